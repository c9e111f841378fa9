/* SPDX-License-Identifier: BSD-2-Clause */
#include "adapter.h"
#include "command.h"
#include "files.h"
#include "testing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char why[512];

static enum cfm_adapter_status init(const char **command,
                                    enum cfm_resolver_kind resolver,
                                    struct cfm_adapter *adapter)
{
    struct cfm_settings settings = {
        .command = command,
        .resolver = resolver,
        .time_limit_ms = 5,
        .jobs = 3,
    };
    while (command[settings.command_count] != NULL) {
        settings.command_count++;
    }
    why[0] = '\0';
    return cfm_adapter_init(&settings, adapter, why, sizeof why);
}

static void finds_a_command_in_path(void **state)
{
    (void)state;
    const char *command[] = { "sh", "-c", "{name}", NULL };
    struct cfm_adapter adapter;
    assert_int_equal(init(command, CFM_RESOLVER_UNBOUND, &adapter),
                     CFM_ADAPTER_OK);
    assert_int_equal(adapter.path[0], '/');
    assert_int_equal(adapter.uses, 1U << CFM_P_NAME);
    assert_int_equal(adapter.time_limit_ms, 5);
    assert_int_equal(adapter.parallel, 3);
    cfm_adapter_fini(&adapter);
}

static void rejects_a_command_that_is_not_there(void **state)
{
    (void)state;
    const char *relative[] = { "./no-such-file", NULL };
    const char *in_path[] = { "no-such-program-at-all", NULL };
    struct cfm_adapter adapter;
    assert_int_equal(init(relative, CFM_RESOLVER_UNBOUND, &adapter),
                     CFM_ADAPTER_USAGE);
    assert_non_null(strstr(why, "./no-such-file: not found"));
    assert_int_equal(init(in_path, CFM_RESOLVER_UNBOUND, &adapter),
                     CFM_ADAPTER_USAGE);
    assert_non_null(strstr(why, "not found"));
}

static void rejects_a_command_that_may_not_be_executed(void **state)
{
    (void)state;
    const char *file[] = { "/etc/passwd", NULL };
    const char *directory[] = { "/tmp", NULL };
    struct cfm_adapter adapter;
    assert_int_equal(init(file, CFM_RESOLVER_UNBOUND, &adapter),
                     CFM_ADAPTER_USAGE);
    assert_non_null(strstr(why, "may not be executed"));
    assert_int_equal(init(directory, CFM_RESOLVER_UNBOUND, &adapter),
                     CFM_ADAPTER_USAGE);
}

static void rejects_an_empty_command(void **state)
{
    (void)state;
    const char *command[] = { NULL };
    struct cfm_adapter adapter;
    assert_int_equal(init(command, CFM_RESOLVER_UNBOUND, &adapter),
                     CFM_ADAPTER_USAGE);
}

static void rejects_the_resolver_where_there_is_none(void **state)
{
    (void)state;
    const char *command[] = { "true", "@{resolver}", NULL };
    const char *shell[] = { "true", "${resolver}", "{root-hints}", NULL };
    struct cfm_adapter adapter;
    assert_int_equal(init(command, CFM_RESOLVER_NONE, &adapter),
                     CFM_ADAPTER_USAGE);
    assert_non_null(strstr(why, "{resolver}"));
    assert_int_equal(init(shell, CFM_RESOLVER_NONE, &adapter), CFM_ADAPTER_OK);
    cfm_adapter_fini(&adapter);
}

static void makes_a_relative_path_absolute(void **state)
{
    (void)state;
    char *before = getcwd(NULL, 0);
    assert_int_equal(chdir("/usr/bin"), 0);
    char *path = cfm_path_find_program("./sh", NULL);
    assert_string_equal(path, "/usr/bin/./sh");
    free(path);
    assert_int_equal(chdir(before), 0);
    free(before);
}

static void looks_in_extra_directories_last(void **state)
{
    (void)state;
    assert_null(cfm_path_find_program("no-such-program-at-all", "/:/tmp"));
    assert_int_equal(errno, ENOENT);
    assert_null(cfm_path_find_program("passwd-", "/etc"));
    char *path = cfm_path_find_program("init-not-here", "");
    assert_null(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_command_in_path),
        cmocka_unit_test(rejects_a_command_that_is_not_there),
        cmocka_unit_test(rejects_a_command_that_may_not_be_executed),
        cmocka_unit_test(rejects_an_empty_command),
        cmocka_unit_test(rejects_the_resolver_where_there_is_none),
        cmocka_unit_test(makes_a_relative_path_absolute),
        cmocka_unit_test(looks_in_extra_directories_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
