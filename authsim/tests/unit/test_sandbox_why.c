/* SPDX-License-Identifier: BSD-2-Clause */
#include "sandbox_why.h"
#include "testing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CAP = 512 };

/* A /proc of our own, so that every refusal can be shown. */
static char root[] = "/tmp/sandbox-why-XXXXXX";

static void path_below(char path[CAP], const char *name)
{
    (void)snprintf(path, CAP, "%s/%s", root, name);
}

static void put(const char *name, const char *text)
{
    char path[CAP];

    path_below(path, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void drop(const char *name)
{
    char path[CAP];

    path_below(path, name);
    (void)remove(path);
}

static void expect(const char *name, const char *text, const char *words)
{
    char why[CAP];

    put(name, text);
    sim_sandbox_why_at(root, "make namespaces", EPERM, why, sizeof(why));
    drop(name);
    assert_non_null(strstr(why, "cannot make namespaces: "));
    assert_non_null(strstr(why, words));
    assert_null(strchr(why, '\n'));
}

static void names_the_setting_that_refuses(void **state)
{
    (void)state;
    expect("sys/user/max_user_namespaces", "0\n",
           "sysctl -w user.max_user_namespaces=");
    expect("sys/user/max_net_namespaces", "0\n",
           "sysctl -w user.max_net_namespaces=");
    expect("sys/user/max_mnt_namespaces", "0\n",
           "sysctl -w user.max_mnt_namespaces=");
    expect("sys/user/max_pid_namespaces", "0\n",
           "sysctl -w user.max_pid_namespaces=");
    expect("sys/kernel/unprivileged_userns_clone", "0\n",
           "sysctl -w kernel.unprivileged_userns_clone=1");
    expect("sys/kernel/apparmor_restrict_unprivileged_userns", "1\n",
           "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
    expect("self/status", "Name:\tx\nSeccomp:\t2\n",
           "--security-opt seccomp=unconfined");
}

static void does_not_blame_a_setting_that_allows(void **state)
{
    (void)state;
    expect("sys/user/max_user_namespaces", "1000\n", "user_namespaces(7)");
    expect("self/status", "Seccomp:\t0\n", "user_namespaces(7)");
}

static void make_directory(const char *name)
{
    char path[CAP];

    path_below(path, name);
    (void)mkdir(path, 0700);
}

static int setup(void **state)
{
    (void)state;
    if (mkdtemp(root) == NULL) {
        return -1;
    }
    make_directory("sys");
    make_directory("sys/user");
    make_directory("sys/kernel");
    make_directory("self");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    drop("sys/user");
    drop("sys/kernel");
    drop("sys");
    drop("self");
    return rmdir(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_the_setting_that_refuses),
        cmocka_unit_test(does_not_blame_a_setting_that_allows),
    };

    return cmocka_run_group_tests_name("authsim.sandbox_why", tests, setup,
                                       teardown);
}
