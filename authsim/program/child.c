/* SPDX-License-Identifier: BSD-2-Clause */
/* child.c - fork and exec, with the errno of a failed exec brought back. */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_KILLED = 128, EXIT_NO_EXEC = 127 };

static const struct child_place *place_at(const char *text,
                                          const struct child_place *places,
                                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *word = places[i].placeholder;
        if (strncmp(text, word, strlen(word)) == 0) {
            return &places[i];
        }
    }
    return NULL;
}

char *child_substitute(const char *text, const struct child_place *places,
                       size_t count)
{
    char *result = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&result, &len);

    if (out == NULL) {
        return NULL;
    }
    for (const char *c = text; *c != '\0';) {
        const struct child_place *place =
            c > text && c[-1] == '$' ? NULL : place_at(c, places, count);
        if (place == NULL) {
            (void)fputc(*c++, out);
            continue;
        }
        (void)fputs(place->value, out);
        c += strlen(place->placeholder);
    }
    if (fclose(out) != 0) {
        free(result);
        return NULL;
    }
    return result;
}

/* In the forked process; what it allocates ends with it. */
static void become(const struct child *child)
{
    struct sigaction standard = { .sa_handler = SIG_DFL };
    sigset_t none;
    size_t count = 0;

    while (child->words[count] != NULL) {
        count++;
    }
    char **words = calloc(count + 1, sizeof(*words));
    if (words == NULL) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        words[i] = child_substitute(child->words[i], child->places,
                                    child->place_count);
        if (words[i] == NULL) {
            return;
        }
    }
    for (size_t i = 0; i < child->place_count; i++) {
        if (setenv(child->places[i].variable, child->places[i].value, 1) != 0) {
            return;
        }
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)sigaction(SIGINT, &child->interrupt, NULL);
    (void)sigaction(SIGPIPE, &standard, NULL);
    (void)sigaction(SIGXFSZ, &standard, NULL);
    if (words[0] != NULL) {
        (void)execvp(words[0], words);
    }
}

enum sim_status child_start(const struct child *child, pid_t *pid_out)
{
    int report[2];
    int error = 0;

    if (pipe(report) != 0) {
        return SIM_ESYSTEM;
    }
    (void)fcntl(report[1], F_SETFD, FD_CLOEXEC);
    (void)fflush(NULL);
    const pid_t pid = fork();
    if (pid == 0) {
        (void)close(report[0]);
        become(child);
        error = errno;
        (void)!write(report[1], &error, sizeof(error));
        _exit(EXIT_NO_EXEC);
    }
    (void)close(report[1]);
    if (pid < 0) {
        (void)close(report[0]);
        return SIM_ESYSTEM;
    }
    /* End of file: exec has closed the other end. */
    const ssize_t n = read(report[0], &error, sizeof(error));
    (void)close(report[0]);
    if (n > 0) {
        (void)waitpid(pid, NULL, 0);
        errno = error;
        return SIM_ESYSTEM;
    }
    *pid_out = pid;
    return SIM_OK;
}

int child_exit_status(int wait_status)
{
    return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status)
                                  : EXIT_KILLED + WTERMSIG(wait_status);
}
