/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "text.h"
#include "write_file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int make(void **state)
{
    char *dir = strdup("/tmp/test-write-XXXXXX");

    assert_non_null(dir);
    assert_non_null(mkdtemp(dir));
    *state = dir;
    return 0;
}

static int drop(void **state)
{
    assert_int_equal(rmdir(*state), 0); /* nothing is left in it */
    free(*state);
    return 0;
}

static void replaces_a_file_whole(void **state)
{
    char *path = cfm_textf("%s/report.json", (char *)*state);
    char why[256] = "";
    struct stat st;

    (void)umask(022);
    assert_int_equal(cfm_can_write_file(path, why, sizeof(why)), 0);
    assert_int_equal(cfm_write_file(path, "first", why, sizeof(why)), 0);
    assert_int_equal(cfm_write_file(path, "second\n", why, sizeof(why)), 0);
    char *text = cfm_read_file(path);
    assert_string_equal(text, "second\n");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0644);
    assert_int_equal(unlink(path), 0);
    free(text);
    free(path);
}

static void says_why_it_cannot_write(void **state)
{
    char *path = cfm_textf("%s/none/report.json", (char *)*state);
    char why[256] = "";

    assert_int_equal(cfm_can_write_file(path, why, sizeof(why)), -1);
    assert_non_null(strstr(why, "none/report.json: cannot be written: No such "
                                "file"));
    assert_int_equal(cfm_write_file(path, "x", why, sizeof(why)), -1);
    assert_non_null(strstr(why, "No such file"));
    assert_null(cfm_read_file(path));
    free(path);
}

static void leaves_nothing_behind_when_the_target_is_a_directory(void **state)
{
    char *path = cfm_textf("%s/taken.json", (char *)*state);
    char why[256] = "";

    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(cfm_can_write_file(path, why, sizeof(why)), -1);
    assert_non_null(strstr(why, "directory"));
    assert_int_equal(cfm_write_file(path, "x", why, sizeof(why)), -1);
    assert_int_equal(rmdir(path), 0);
    free(path);
}

static void knows_two_paths_of_one_place(void **state)
{
    const char *dir = *state;
    char *path = cfm_textf("%s/r.json", dir);
    char *again = cfm_textf("%s/.//r.json", dir);
    char *other = cfm_textf("%s/s.json", dir);
    char *nowhere = cfm_textf("%s/none/r.json", dir);

    assert_true(cfm_same_file(path, again));
    assert_true(cfm_same_file("r.json", "./r.json"));
    assert_false(cfm_same_file(path, other));
    assert_false(cfm_same_file(path, "r.json"));
    assert_false(cfm_same_file(nowhere, nowhere));
    free(path);
    free(again);
    free(other);
    free(nowhere);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(replaces_a_file_whole),
        CASE(says_why_it_cannot_write),
        CASE(knows_two_paths_of_one_place),
        CASE(leaves_nothing_behind_when_the_target_is_a_directory),
    };

    return cmocka_run_group_tests_name("conformance.write_file", tests, NULL,
                                       NULL);
}
