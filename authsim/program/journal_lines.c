/* SPDX-License-Identifier: BSD-2-Clause */
/* journal_lines.c - a file that grows with the journals. */
#include "journal_lines.h"

#include "journal_line.h"

#include <authsim/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FILE_MODE = 0666,    /* what the umask leaves of it */
    ENOUGH = 1024 * 1024 /* octets to be written, however many follow */
};

struct journal_lines {
    struct lab *lab;       /* [borrowed] */
    int fd;                /* [owned] unless it is standard output */
    struct json_text text; /* whole lines that are not written yet */
};

/* A failure to grow the text is met when it is written. */
static void on_exchange(void *ctx, const struct sim_instance *instance,
                        const struct sim_exchange *x)
{
    struct journal_lines *lines = ctx;

    journal_line_exchange(&lines->text, x,
                          instance != NULL ? sim_instance_model(instance)->key
                                           : NULL);
    json_text_raw(&lines->text, "\n");
}

struct journal_lines *journal_lines_open(const char *path, struct lab *lab)
{
    struct journal_lines *lines = calloc(1, sizeof(*lines));

    if (lines == NULL) {
        return NULL;
    }
    lines->lab = lab;
    lines->fd =
        strcmp(path, "-") == 0
            ? STDOUT_FILENO
            : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, FILE_MODE);
    if (lines->fd < 0) {
        const int error = errno;
        journal_lines_close(lines);
        errno = error;
        return NULL;
    }
    sim_world_watch(lab->world, on_exchange, lines);
    return lines;
}

bool journal_lines_write(struct journal_lines *lines)
{
    struct json_text *text = &lines->text;

    if (text->failed) {
        errno = ENOMEM;
        return false;
    }
    if (!sim_file_append(lines->fd, text->chars, text->len)) {
        return false;
    }
    text->len = 0;
    return true;
}

/* The idle faults of one instance. */
static bool write_idle(struct journal_lines *lines, size_t instance)
{
    const struct sim_instance *of = lines->lab->instances[instance];
    const size_t exchanges = sim_journal_count(sim_instance_journal(of));
    const size_t count = sim_instance_idle_faults(of, NULL, 0);
    const struct scn_fault **idle =
        calloc(count + 1, sizeof(const struct scn_fault *));

    if (idle == NULL) {
        return false;
    }
    (void)sim_instance_idle_faults(of, idle, count);
    for (size_t i = 0; i < count; i++) {
        journal_line_idle(&lines->text, idle[i],
                          lines->lab->models[instance]->key, exchanges);
        json_text_raw(&lines->text, "\n");
    }
    free(idle);
    return lines->text.len < ENOUGH || journal_lines_write(lines);
}

bool journal_lines_end(struct journal_lines *lines)
{
    bool written = true;

    for (size_t i = 0; written && i < lines->lab->count; i++) {
        written = write_idle(lines, i);
    }
    return written && journal_lines_write(lines);
}

void journal_lines_close(struct journal_lines *lines)
{
    if (lines == NULL) {
        return;
    }
    if (lines->fd >= 0 && lines->fd != STDOUT_FILENO) {
        (void)close(lines->fd);
    }
    json_text_fini(&lines->text);
    free(lines);
}
