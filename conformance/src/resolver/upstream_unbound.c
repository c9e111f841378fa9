/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * upstream_unbound.c - starts Unbound, waits for its word that it serves.
 *
 * It stays in the foreground and logs to a pipe; the lab's PID namespace ends
 * it with the lab.
 */
#include "upstream_unbound.h"

#include "files.h"
#include "spawn_program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LOG_MAX = 4096, TROUBLE_MAX = 1024 };

static const char ready_words[] = "start of service";

struct cfm_unbound {
    struct cfm_process_host host;
    cfm_unbound_event_fn *event;
    void *ctx; /* [borrowed] */
    pid_t pid;
    bool running;
    bool ready;
    int log_fd;
    struct event *log_readable; /* [owned] */
    char log[LOG_MAX + 1];      /* the last of it */
    size_t log_len;
};

char *cfm_unbound_find(void)
{
    return cfm_path_find_program("unbound", "/usr/local/sbin:/usr/sbin:/sbin");
}

/* Keeps the last LOG_MAX octets. */
static void keep_log(struct cfm_unbound *unbound, const char *octets,
                     size_t len)
{
    if (len > LOG_MAX) {
        octets += len - LOG_MAX;
        len = LOG_MAX;
    }
    if (unbound->log_len + len > LOG_MAX) {
        size_t gone = unbound->log_len + len - LOG_MAX;
        memmove(unbound->log, unbound->log + gone, unbound->log_len - gone);
        unbound->log_len -= gone;
    }
    memcpy(unbound->log + unbound->log_len, octets, len);
    unbound->log_len += len;
    unbound->log[unbound->log_len] = '\0';
}

/* False at the end, or when there is nothing for now. */
static bool read_log(struct cfm_unbound *unbound)
{
    char octets[LOG_MAX];
    ssize_t got = read(unbound->log_fd, octets, sizeof octets);
    if (got > 0) {
        keep_log(unbound, octets, (size_t)got);
        return true;
    }
    if (got == 0) {
        event_del(unbound->log_readable);
    }
    return false;
}

static void on_log(evutil_socket_t fd, short what, void *ctx)
{
    (void)fd;
    (void)what;
    struct cfm_unbound *unbound = ctx;
    bool read_some = read_log(unbound);
    if (read_some && !unbound->ready &&
        strstr(unbound->log, ready_words) != NULL) {
        unbound->ready = true;
        unbound->event(unbound->ctx, NULL);
    }
}

/* The last line of the log, without time and process. */
static const char *last_line(struct cfm_unbound *unbound)
{
    while (unbound->log_len > 0 && unbound->log[unbound->log_len - 1] == '\n') {
        unbound->log[--unbound->log_len] = '\0';
    }
    const char *line = strrchr(unbound->log, '\n');
    line = line == NULL ? unbound->log : line + 1;
    const char *text = strstr(line, "] ");
    return text == NULL ? line : text + 2;
}

static void on_ended(void *ctx, int wait_status)
{
    (void)wait_status;
    struct cfm_unbound *unbound = ctx;
    unbound->running = false;
    while (read_log(unbound)) {
    }
    char trouble[TROUBLE_MAX];
    (void)snprintf(trouble, sizeof trouble, "unbound %s: %s",
                   unbound->ready ? "has ended" : "did not start",
                   last_line(unbound));
    unbound->event(unbound->ctx, trouble);
}

static int listen_to_log(struct cfm_unbound *unbound, int *write_fd)
{
    int fds[2];
    if (pipe(fds) != 0) {
        return errno;
    }
    unbound->log_fd = fds[0];
    *write_fd = fds[1];
    if (fcntl(fds[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(fds[1], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(fds[0], F_SETFL, O_NONBLOCK) != 0) {
        return errno;
    }
    unbound->log_readable = event_new(unbound->host.base, fds[0],
                                      EV_READ | EV_PERSIST, on_log, unbound);
    if (unbound->log_readable == NULL ||
        event_add(unbound->log_readable, NULL) != 0) {
        return ENOMEM;
    }
    return 0;
}

static int start(struct cfm_unbound *unbound, const char *path,
                 const char *conf_file)
{
    char name[] = "unbound";
    char foreground[] = "-d";
    char with_conf[] = "-c";
    char *conf = strdup(conf_file);
    char *argv[] = { name, foreground, with_conf, conf, NULL };
    int write_fd = -1;
    int rc = conf == NULL ? ENOMEM : listen_to_log(unbound, &write_fd);
    if (rc == 0) {
        const struct cfm_spawn spawn = { .path = path,
                                         .argv = argv,
                                         .fd = write_fd,
                                         .places = { STDOUT_FILENO,
                                                     STDERR_FILENO },
                                         .place_count = 2,
                                         .own_group = true };
        rc = cfm_spawn(&spawn, &unbound->pid);
    }
    if (rc == 0) {
        unbound->running = true;
        rc = cfm_reaper_watch(unbound->host.reaper, unbound->pid, on_ended,
                              unbound) != 0
                 ? ENOMEM
                 : 0;
    }
    if (write_fd >= 0) {
        (void)close(write_fd);
    }
    free(conf);
    return rc;
}

static int write_conf(const struct cfm_unbound_setup *setup, const char *file)
{
    char *text = cfm_unbound_conf_text(setup);
    int rc = text == NULL ? ENOMEM : cfm_file_write(file, text);
    free(text);
    return rc;
}

int cfm_unbound_start(const struct cfm_process_host *host, const char *path,
                      const struct cfm_unbound_setup *setup,
                      cfm_unbound_event_fn *event, void *ctx,
                      struct cfm_unbound **unbound_out)
{
    struct cfm_unbound *unbound = calloc(1, sizeof *unbound);
    char *conf_file = cfm_path_join(setup->directory, "unbound.conf");
    int rc = ENOMEM;
    if (unbound == NULL || conf_file == NULL) {
        goto out;
    }
    unbound->host = *host;
    unbound->event = event;
    unbound->ctx = ctx;
    unbound->log_fd = -1;
    rc = write_conf(setup, conf_file);
    if (rc == 0) {
        rc = start(unbound, path, conf_file);
    }
    if (rc == 0) {
        *unbound_out = unbound;
        unbound = NULL;
    }
out:
    free(conf_file);
    cfm_unbound_free(unbound);
    return rc;
}

void cfm_unbound_free(struct cfm_unbound *unbound)
{
    if (unbound == NULL) {
        return;
    }
    if (unbound->running) {
        cfm_reaper_forget(unbound->host.reaper, unbound->pid);
        (void)kill(unbound->pid, SIGKILL);
    }
    if (unbound->log_readable != NULL) {
        event_free(unbound->log_readable);
    }
    if (unbound->log_fd >= 0) {
        (void)close(unbound->log_fd);
    }
    free(unbound);
}
