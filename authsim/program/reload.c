/* SPDX-License-Identifier: BSD-2-Clause */
/* reload.c - another universe in place of the one that is served. */
#include "lab_files.h"
#include "notify.h"
#include "service.h"

#include <authsim/sandbox.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Nothing of it is served yet. Trouble is told. */
static bool make_next(const struct service *s, struct lab *next_out)
{
    struct lab next = { 0 };
    int status = lab_load(s->options, &next);

    if (status == EXIT_DONE) {
        status = lab_open(s->options, &next);
    }
    if (status == EXIT_DONE) {
        status = lab_warm(&next);
    }
    if (status == EXIT_DONE && s->options->sandbox) {
        status = lab_write_files(&next, SIM_SANDBOX_DIR);
    }
    if (status == EXIT_DONE) {
        status = lab_files_write(s->options, &next);
    }
    if (status != EXIT_DONE) {
        lab_fini(&next);
        return false;
    }
    *next_out = next;
    return true;
}

/* What next needs besides: a journal file opened anew, so that one that was
 * moved away stays as it is; sockets. s has next as its lab meanwhile. */
static bool bring_in(struct service *s, struct journal_lines **journal_out)
{
    const char *path = s->options->journal;
    struct journal_lines *journal = NULL;
    char why[SERVICE_WHY_MAX] = "out of memory";

    if (path != NULL) {
        journal = journal_lines_open(path, &s->lab);
        if (journal == NULL) {
            (void)fprintf(stderr, "authsim: %s: %s\n", path, strerror(errno));
            return false;
        }
    }
    if (sim_server_replace(s->server, s->lab.world, why, sizeof(why)) !=
        SIM_OK) {
        (void)fprintf(stderr, "authsim: serving: %s\n", why);
        journal_lines_close(journal);
        return false;
    }
    *journal_out = journal;
    return true;
}

/* The last words of the universe that has been. Returns 0, or the errno of what
 * kept them from being written. */
static int take_out(struct service *s, struct lab *old)
{
    const struct lab next = s->lab;
    int error = 0;

    s->lab = *old;
    if (s->control != NULL) {
        control_forget(s->control);
    }
    if (s->journal != NULL && !journal_lines_end(s->journal)) {
        error = errno;
    }
    s->lab = next;
    lab_fini(old);
    return error;
}

/* Holding the world: both of them. */
static bool exchange(struct service *s, struct lab *next, int *error_out)
{
    struct journal_lines *journal = NULL;
    struct lab old = s->lab;

    s->lab = *next;
    if (!bring_in(s, &journal)) {
        s->lab = old;
        lab_fini(next);
        return false;
    }
    *error_out = take_out(s, &old);
    journal_lines_close(s->journal);
    s->journal = journal;
    return true;
}

static bool replace(struct service *s, struct lab *next, int *error_out)
{
    sim_server_hold(s->server);
    const bool replaced = exchange(s, next, error_out);
    sim_server_release(s->server);
    return replaced;
}

bool service_reload(struct service *service)
{
    struct lab next = { 0 };
    int error = 0;

    notify_reloading(service->notify);
    if (!make_next(service, &next) || !replace(service, &next, &error)) {
        (void)fprintf(stderr, "authsim: not reloaded: what was served is "
                              "served on\n");
    } else if (error != 0) {
        errno = error;
        return false;
    } else {
        (void)service_say(service, "reloaded");
    }
    notify_ready(service->notify);
    return true;
}
