/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shell.c - greets, then hands the terminal to a shell in a process group of
 * its own, or to the command that was given. The parent takes the terminal back
 * (lab.c).
 */
#include "shell.h"

#include "channel.h"
#include "command.h"
#include "files.h"
#include "remotes.h"

#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { EXIT_NOT_FOUND = 127, NAMES_SHOWN = 4 };

struct cfm_shell {
    struct cfm_lab_context *lab;          /* [borrowed] */
    const struct cfm_lab_instance *entry; /* [borrowed] */
    struct cfm_place *place;              /* [owned] of a private universe */
    pid_t pid;
    bool running;
};

static const struct scn_check *first_check(const struct scn_instance *model)
{
    for (size_t i = 0; i < model->step_count; i++) {
        if (model->steps[i].kind == SCN_STEP_CHECK) {
            return model->steps[i].check;
        }
    }
    return NULL;
}

static void greet(const struct cfm_lab_instance *entry,
                  const struct cfm_place_texts *texts)
{
    const struct scn_check *check = first_check(entry->model);
    (void)printf("%s: %s\n", entry->model->key,
                 scn_scenario_title(entry->scenario));
    if (texts->resolver != NULL) {
        (void)printf("  resolver      %s (also in /etc/resolv.conf)\n",
                     texts->resolver);
    }
    (void)printf("  root hints    %s\n  trust anchor  %s\n", texts->root_hints,
                 texts->trust_anchor);
    for (size_t i = 0; check != NULL && i < check->subject_count; i++) {
        if (i == NAMES_SHOWN) {
            (void)printf("                and %zu more\n",
                         check->subject_count - i);
            break;
        }
        (void)printf("  %s          %s\n", i == 0 ? "name" : "    ",
                     check->subjects[i].text);
    }
    if (check != NULL && texts->resolver != NULL) {
        (void)printf("Try:  dig @%s %s CAA +dnssec\n", texts->resolver,
                     check->subjects[0].text);
    }
    (void)printf("The lab ends with this shell.\n\n");
    (void)fflush(stdout);
}

/* What is executed. */
struct start {
    char *path;         /* [owned] */
    char **argv;        /* [owned] */
    char **environment; /* [owned] */
};

static void free_start(struct start *start)
{
    free(start->path);
    cfm_strings_free(start->argv);
    cfm_strings_free(start->environment);
}

static bool has_command(const struct cfm_settings *settings)
{
    return settings->command_count > 0 && !settings->default_command;
}

/* The command with its placeholders replaced, or the user's shell. */
static void fill_command(const struct cfm_settings *settings,
                         const struct cfm_values *values, struct start *start)
{
    const char *shell = getenv("SHELL");
    const char *const fallback[] = { "/bin/sh", NULL };
    const char *const interactive[] = { shell, NULL };
    const char *const *command = fallback;
    if (has_command(settings)) {
        command = settings->command;
    } else if (shell != NULL && access(shell, X_OK) == 0) {
        command = interactive;
    }
    start->path = cfm_path_find_program(command[0], NULL);
    start->argv = cfm_command_expand(command, values);
}

static bool make_start(const struct cfm_shell *shell,
                       const struct cfm_place_texts *texts, struct start *start)
{
    const struct scn_check *check = first_check(shell->entry->model);
    size_t count = check == NULL ? 0 : check->subject_count;
    const char **names = calloc(count + 1, sizeof *names);
    const struct cfm_lab_context *lab = shell->lab;
    char *remotes = cfm_remotes_text(
        lab->network, lab->remotes == NULL ? 0 : shell->entry->model->remotes);
    *start = (struct start){ .path = NULL };
    if (names == NULL || remotes == NULL) {
        free(names);
        free(remotes);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        names[i] = check->subjects[i].text;
    }
    const struct cfm_values values = {
        .names = names,
        .name_count = count,
        .issuer = check == NULL ? "" : check->issuer,
        .account = check == NULL ? "" : check->account,
        .method = check == NULL ? "" : check->method,
        .kind = check != NULL && check->kind == SCN_SMIME ? "smime" : "tls",
        .resolver = texts->resolver,
        .root_hints = texts->root_hints,
        .trust_anchor = texts->trust_anchor,
        .remotes = remotes,
    };
    fill_command(lab->job->settings, &values, start);
    start->environment = cfm_command_environment(environ, &values);
    free(names);
    free(remotes);
    return start->path != NULL && start->argv != NULL &&
           start->environment != NULL;
}

/* In the child. A shell takes care of its own jobs; it needs to find itself in
 * the foreground. */
static _Noreturn void become_shell(const struct cfm_place_texts *texts,
                                   const struct start *start)
{
    sigset_t none;
    (void)setpgid(0, 0);
    if (isatty(STDIN_FILENO)) {
        (void)tcsetpgrp(STDIN_FILENO, getpid());
    }
    for (int number = 1; number < NSIG; number++) {
        (void)signal(number, SIG_DFL);
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    if (texts->resolv_conf != NULL) {
        (void)mount(texts->resolv_conf, "/etc/resolv.conf", NULL, MS_BIND,
                    NULL);
    }
    (void)execve(start->path, start->argv, start->environment);
    _exit(EXIT_NOT_FOUND);
}

static void on_ended(void *ctx, int wait_status)
{
    (void)wait_status;
    struct cfm_shell *shell = ctx;
    shell->running = false;
    (void)cfm_channel_send_text(shell->lab->channel_fd, CFM_EVENT_DONE, NULL);
    cfm_lab_finish(shell->lab);
}

/* All signals stay blocked until the child has its own handlers, or none. */
static pid_t fork_shell(const struct cfm_place_texts *texts,
                        const struct start *start)
{
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)sigprocmask(SIG_SETMASK, &all, &before);
    long pid = syscall(SYS_clone, CLONE_NEWNS | SIGCHLD, NULL, NULL, NULL, 0UL);
    if (pid == 0) {
        become_shell(texts, start);
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return (pid_t)pid;
}

static void start_shell(struct cfm_shell *shell,
                        const struct cfm_place_texts *texts)
{
    struct cfm_lab_context *lab = shell->lab;
    struct start start;
    if (!make_start(shell, texts, &start)) {
        free_start(&start);
        cfm_lab_reject(lab, "the command cannot be found");
        return;
    }
    if (!has_command(lab->job->settings)) {
        greet(shell->entry, texts);
    }
    shell->pid = fork_shell(texts, &start);
    free_start(&start);
    shell->running = shell->pid > 0;
    if (!shell->running ||
        cfm_reaper_watch(lab->host.reaper, shell->pid, on_ended, shell) != 0) {
        cfm_lab_fail(lab, "cannot start a shell");
    }
}

static void on_place(void *ctx, const char *trouble)
{
    struct cfm_shell *shell = ctx;
    if (trouble != NULL) {
        cfm_lab_fail(shell->lab, trouble);
    } else if (!shell->running) {
        start_shell(shell, cfm_place_get(shell->place));
    }
}

struct cfm_shell *cfm_shell_start(struct cfm_lab_context *lab)
{
    const struct cfm_selected *selected = &lab->job->selected[0];
    struct cfm_shell *shell = calloc(1, sizeof *shell);
    if (shell == NULL) {
        return NULL;
    }
    shell->lab = lab;
    shell->entry =
        cfm_lab_world_find(&lab->world, selected->scenario, selected->index);
    if (shell->entry == NULL) {
        free(shell);
        return NULL;
    }
    if (shell->entry->place == 0) {
        start_shell(shell, cfm_place_get(lab->place));
        return shell;
    }
    const struct cfm_place_config config =
        cfm_lab_place_config(lab, shell->entry);
    shell->place = cfm_place_open(&config, on_place, shell);
    if (shell->place == NULL) {
        free(shell);
        return NULL;
    }
    return shell;
}

void cfm_shell_free(struct cfm_shell *shell)
{
    if (shell == NULL) {
        return;
    }
    if (shell->running) {
        cfm_reaper_forget(shell->lab->host.reaper, shell->pid);
        (void)kill(shell->pid, SIGKILL);
    }
    cfm_place_close(shell->place);
    free(shell);
}
