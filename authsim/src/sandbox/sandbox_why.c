/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sandbox_why.c - the errno of a refused namespace says little: EPERM comes
 * from a sysctl, AppArmor, seccomp or a chroot. The settings tell which.
 */
#include "sandbox_why.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct setting {
    const char *path; /* below /proc */
    long refusing;    /* the value that refuses */
    const char *remedy;
};

static const struct setting settings[] = {
    { "sys/user/max_user_namespaces", 0,
      "user.max_user_namespaces is 0: as root run "
      "'sysctl -w user.max_user_namespaces=10000'" },
    { "sys/user/max_net_namespaces", 0,
      "user.max_net_namespaces is 0: as root run "
      "'sysctl -w user.max_net_namespaces=10000'" },
    { "sys/user/max_mnt_namespaces", 0,
      "user.max_mnt_namespaces is 0: as root run "
      "'sysctl -w user.max_mnt_namespaces=10000'" },
    { "sys/user/max_pid_namespaces", 0,
      "user.max_pid_namespaces is 0: as root run "
      "'sysctl -w user.max_pid_namespaces=10000'" },
    { "sys/kernel/unprivileged_userns_clone", 0,
      "kernel.unprivileged_userns_clone is 0: as root run "
      "'sysctl -w kernel.unprivileged_userns_clone=1'" },
    { "sys/kernel/apparmor_restrict_unprivileged_userns", 1,
      "AppArmor restricts user namespaces: as root run "
      "'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'" },
};

enum { PATH_CAP = 512, LINE_CAP = 256 };

static FILE *open_below(const char *proc_dir, const char *path)
{
    char full[PATH_CAP];

    (void)snprintf(full, sizeof(full), "%s/%s", proc_dir, path);
    return fopen(full, "re");
}

static bool reads(const char *proc_dir, const struct setting *setting)
{
    char line[LINE_CAP];
    FILE *f = open_below(proc_dir, setting->path);

    if (f == NULL) {
        return false;
    }
    bool refusing = fgets(line, sizeof(line), f) != NULL &&
                    strtol(line, NULL, 10) == setting->refusing;
    (void)fclose(f);
    return refusing;
}

/* Mode 2: a filter, as container engines set. */
static bool has_seccomp_filter(const char *proc_dir)
{
    char line[LINE_CAP];
    bool found = false;
    FILE *f = open_below(proc_dir, "self/status");

    if (f == NULL) {
        return false;
    }
    while (!found && fgets(line, sizeof(line), f) != NULL) {
        found = strncmp(line, "Seccomp:", 8) == 0 &&
                strtol(line + 8, NULL, 10) == 2;
    }
    (void)fclose(f);
    return found;
}

static const char *find_remedy(const char *proc_dir)
{
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
        if (reads(proc_dir, &settings[i])) {
            return settings[i].remedy;
        }
    }
    if (has_seccomp_filter(proc_dir)) {
        return "a seccomp filter is active: in Docker or Podman add "
               "'--security-opt seccomp=unconfined', and "
               "'--security-opt apparmor=unconfined' where AppArmor is used";
    }
    return "allow this process user namespaces (user_namespaces(7)): not in a "
           "chroot, not below 32 nested ones, and raise "
           "user.max_user_namespaces if it is used up";
}

void sim_sandbox_why_at(const char *proc_dir, const char *step, int error,
                        char *why, size_t cap)
{
    (void)snprintf(why, cap, "cannot %s: %s; %s", step, strerror(error),
                   find_remedy(proc_dir));
}

void sim_sandbox_why(const char *step, int error, char *why, size_t cap)
{
    sim_sandbox_why_at("/proc", step, error, why, cap);
}
