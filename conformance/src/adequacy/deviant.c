/* SPDX-License-Identifier: BSD-2-Clause */
/* deviant.c - command lines of caacheck and caacheck-deviant. */
#include "deviant.h"

#include "options.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SWITCHES_MAX = 65536 };

static _Noreturn void be_the_program(const char *program, int fd)
{
    if (dup2(fd, STDOUT_FILENO) >= 0) {
        (void)execlp(program, program, "--list-deviations", (char *)NULL);
    }
    _exit(127);
}

/* What arrives until the end, terminated; [owned], NULL when out of memory. */
static char *read_all(int fd)
{
    char *text = calloc(1, SWITCHES_MAX + 1);
    size_t len = 0;
    ssize_t got = text == NULL ? 0 : 1;

    while (got > 0 && len < SWITCHES_MAX) {
        got = read(fd, text + len, SWITCHES_MAX - len);
        if (got < 0 && errno == EINTR) {
            got = 1;
            continue;
        }
        len += got > 0 ? (size_t)got : 0;
    }
    return text;
}

/* What the program lists; NULL when it cannot be run. */
static char *ask(const char *program)
{
    int fds[2];
    int status = 0;

    if (pipe(fds) != 0) {
        return NULL;
    }
    pid_t pid = fork();
    if (pid == 0) {
        be_the_program(program, fds[1]);
    }
    (void)close(fds[1]);
    char *text = pid < 0 ? NULL : read_all(fds[0]);
    (void)close(fds[0]);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

int cfm_deviant_init(const char *program_dir, struct cfm_deviant *deviant_out)
{
    char *beside = program_dir == NULL
                       ? NULL
                       : cfm_textf("%s/caacheck-deviant", program_dir);

    if (beside == NULL || access(beside, X_OK) != 0) {
        free(beside);
        beside = cfm_text_copy("caacheck-deviant");
    }
    if (beside == NULL) {
        return -1;
    }
    *deviant_out = (struct cfm_deviant){ beside, ask(beside) };
    return 0;
}

void cfm_deviant_fini(struct cfm_deviant *deviant)
{
    free(deviant->program);
    free(deviant->switches);
    *deviant = (struct cfm_deviant){ 0 };
}

/* Whether a line of text is the word. */
static bool has_line(const char *text, const char *word)
{
    size_t len = strlen(word);

    while (text != NULL) {
        if (strncmp(text, word, len) == 0 &&
            (text[len] == '\n' || text[len] == '\0')) {
            return true;
        }
        text = strchr(text, '\n');
        text = text == NULL ? NULL : text + 1;
    }
    return false;
}

bool cfm_deviant_can(const struct cfm_deviant *deviant,
                     const struct scn_deviation *deviation)
{
    return deviation->rule_count > 0 ||
           has_line(deviant->switches, deviation->id);
}

struct command {
    const char **words; /* [owned] */
    size_t count;
    bool failed;
};

static void add(struct command *command, const char *word)
{
    command->failed = command->failed ||
                      !cfm_list_add(&command->words, &command->count, word);
}

/* The words of base from first to before end. */
static void add_base(struct command *command, const struct cfm_settings *base,
                     size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        add(command, base->command[i]);
    }
}

static int finish(struct command *command, const struct cfm_settings *base,
                  struct cfm_settings *settings_out)
{
    if (command->failed) {
        free((void *)command->words);
        return -1;
    }
    *settings_out = *base;
    settings_out->command = command->words;
    settings_out->command_count = command->count;
    return 0;
}

int cfm_deviant_settings(const struct cfm_deviant *deviant,
                         const struct cfm_settings *base,
                         const struct scn_deviation *deviation,
                         struct cfm_settings *settings_out)
{
    enum { NAMES = 2 }; /* "--" and "{names}" stand last */
    struct command command = { 0 };
    size_t end = base->command_count - NAMES;

    if (has_line(deviant->switches, deviation->id)) {
        add(&command, deviant->program);
        add(&command, "--deviation");
        add(&command, deviation->id);
    } else {
        add(&command, base->command[0]);
    }
    add_base(&command, base, 1, end);
    for (size_t i = 0; i < deviation->rule_count; i++) {
        add(&command, "--rule");
        add(&command, deviation->rules[i]);
    }
    add_base(&command, base, end, base->command_count);
    return finish(&command, base, settings_out);
}

int cfm_deviant_compare_settings(const struct cfm_deviant *deviant,
                                 const struct cfm_settings *base,
                                 const char *candidates, bool asking,
                                 struct cfm_settings *settings_out)
{
    struct command command = { 0 };

    add(&command, deviant->program);
    add(&command, asking ? "--compare-asking" : "--compare");
    add(&command, candidates);
    add_base(&command, base, 1, base->command_count);
    return finish(&command, base, settings_out);
}
