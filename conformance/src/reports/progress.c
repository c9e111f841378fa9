/* SPDX-License-Identifier: BSD-2-Clause */
/* progress.c - draws and removes the progress line. */
#include "progress.h"

#include <sys/ioctl.h>

enum { EVERY_NS = 100000000, COLUMNS_UNKNOWN = 80 };

void cfm_progress_init(struct cfm_progress *progress, FILE *out, bool live,
                       int64_t now_ns)
{
    *progress = (struct cfm_progress){ .out = out, .live = live };
    progress->started_ns = now_ns;
    progress->drawn_ns = now_ns - EVERY_NS;
}

static int columns(FILE *out)
{
    struct winsize size;

    if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 20) {
        return size.ws_col;
    }
    return COLUMNS_UNKNOWN;
}

void cfm_progress_draw(struct cfm_progress *progress, int64_t now_ns)
{
    char line[256];

    if (!progress->live || now_ns - progress->drawn_ns < EVERY_NS) {
        return;
    }
    (void)snprintf(line, sizeof(line), "%zu/%zu checks, %zu failed, %.1f s  %s",
                   progress->done, progress->total, progress->failed,
                   (double)(now_ns - progress->started_ns) / 1e9,
                   progress->current);
    (void)fprintf(progress->out, "\r\033[K%.*s", columns(progress->out) - 1,
                  line);
    (void)fflush(progress->out);
    progress->drawn_ns = now_ns;
    progress->shown = true;
}

void cfm_progress_clear(struct cfm_progress *progress)
{
    if (progress->shown) {
        (void)fprintf(progress->out, "\r\033[K");
        (void)fflush(progress->out);
        progress->shown = false;
    }
}
