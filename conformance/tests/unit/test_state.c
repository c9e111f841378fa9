/* SPDX-License-Identifier: BSD-2-Clause */
/* test_state.c - in a sandbox, where a tmpfs can be mounted. */
#include "boxed.h"
#include "state.h"
#include "testing.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { EPOCH_S = 1700000000, SIZE_MAX_OCTETS = 4 << 20 };

static struct cfm_state *open_state(unsigned number)
{
    struct cfm_state *state = cfm_state_new(number, EPOCH_S);

    assert_non_null(state);
    return state;
}

static void tells_the_time_as_it_is_moved(void **state)
{
    struct cfm_state *kept = open_state(0);

    (void)state;
    assert_string_equal(cfm_state_now(kept), "1700000000");
    cfm_state_advance(kept, 28801);
    assert_string_equal(cfm_state_now(kept), "1700028801");
    cfm_state_advance(kept, 0);
    assert_string_equal(cfm_state_now(kept), "1700028801");
    cfm_state_free(kept);
}

/* Who is told of the directory gets it writable, in a namespace of its own. */
static void has_a_small_directory_that_only_a_command_may_write_to(void **state)
{
    struct cfm_state *kept = open_state(0);
    struct statvfs about;

    (void)state;
    assert_int_equal(statvfs(cfm_state_directory(kept), &about), 0);
    assert_true((about.f_flag & ST_RDONLY) != 0);
    assert_true((about.f_flag & ST_NOSUID) != 0);
    assert_true(about.f_blocks * about.f_frsize <= SIZE_MAX_OCTETS);
    assert_int_equal(access(cfm_state_directory(kept), W_OK), -1);
    assert_int_equal(errno, EROFS);
    cfm_state_free(kept);
}

static void keeps_those_of_one_lab_apart(void **state)
{
    struct cfm_state *one = open_state(1);
    struct cfm_state *two = open_state(2);

    (void)state;
    assert_string_not_equal(cfm_state_directory(one), cfm_state_directory(two));
    assert_null(cfm_state_new(1, EPOCH_S));
    assert_int_equal(errno, EEXIST);
    cfm_state_free(one);
    cfm_state_free(two);
}

static void leaves_no_directory_behind(void **state)
{
    struct cfm_state *kept = open_state(3);
    char *directory = strdup(cfm_state_directory(kept));

    (void)state;
    assert_int_equal(access(directory, F_OK), 0);
    cfm_state_free(kept);
    assert_int_equal(access(directory, F_OK), -1);
    free(directory);
    cfm_state_free(NULL);
}

static int all_tests(void *ctx)
{
    (void)ctx;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_time_as_it_is_moved),
        cmocka_unit_test(
            has_a_small_directory_that_only_a_command_may_write_to),
        cmocka_unit_test(keeps_those_of_one_lab_apart),
        cmocka_unit_test(leaves_no_directory_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
    return run_boxed(all_tests);
}
