/* SPDX-License-Identifier: BSD-2-Clause */
#include "state.h"
#include "testing.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOW_S = 1700000000, EIGHT_HOURS_S = 28800, TOLD_MAX = 16384 };

struct box {
    char directory[64];
    char path[128];
    struct caa_subject subjects[2];
    struct caa_result results[2];
    struct options options;
};

static void name_one(struct box *box, size_t index, const char *text)
{
    const char *problem = NULL;

    assert_int_equal(
        caa_subject_parse(text, CAA_KIND_TLS, &box->subjects[index], &problem),
        CAA_OK);
    box->results[index] =
        (struct caa_result){ .verdict = CAA_PERMIT, .found = true };
}

static int set_up(void **state)
{
    struct box *box = calloc(1, sizeof(*box));

    (void)snprintf(box->directory, sizeof(box->directory),
                   "/tmp/caacheck-state-XXXXXX");
    assert_non_null(mkdtemp(box->directory));
    (void)snprintf(box->path, sizeof(box->path), "%s/caacheck-state.json",
                   box->directory);
    name_one(box, 0, "www.a.test");
    name_one(box, 1, "b.test");
    box->options = (struct options){ .kind = CAA_KIND_TLS,
                                     .now_s = NOW_S,
                                     .unbound = { .trust_anchor = "root.key" },
                                     .state_directory = box->directory,
                                     .subjects = box->subjects,
                                     .subject_count = 2 };
    assert_int_equal(caa_profile_rules("tls-br", 20261220, CAA_KIND_TLS,
                                       &box->options.rules),
                     CAA_OK);
    *state = box;
    return 0;
}

static int tear_down(void **state)
{
    struct box *box = *state;

    (void)remove(box->path);
    int rc = rmdir(box->directory); /* which must hold nothing else */
    free(box);
    return rc;
}

static bool recalls(struct box *box, int64_t age_s)
{
    int64_t checked_s = 0;

    box->options.now_s = NOW_S + age_s;
    bool found = state_recall(&box->options, &checked_s);
    assert_int_equal(checked_s, found ? NOW_S : 0);
    return found;
}

/* What a look at the state and then a check that permits tell on standard
 * error; nothing stood for the check. */
static const char *told_by_a_check(struct box *box)
{
    static char text[TOLD_MAX];
    FILE *file = tmpfile();
    int kept = dup(STDERR_FILENO);

    assert_non_null(file);
    assert_int_equal(dup2(fileno(file), STDERR_FILENO), STDERR_FILENO);
    bool found = recalls(box, 0);
    state_remember(&box->options, box->results);
    assert_int_equal(dup2(kept, STDERR_FILENO), STDERR_FILENO);
    (void)close(kept);
    rewind(file);
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    (void)fclose(file);
    assert_false(found);
    return text;
}

static void assert_one_line(const char *text, const char *about)
{
    const char *end = strchr(text, '\n');

    assert_non_null(end);
    assert_string_equal(end, "\n");
    assert_non_null(strstr(text, about));
}

static void write_file(const char *path, const char *octets, size_t length)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(octets, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static size_t count_entries(const char *path)
{
    DIR *directory = opendir(path);
    size_t count = 0;

    assert_non_null(directory);
    for (const struct dirent *entry = readdir(directory); entry != NULL;
         entry = readdir(directory)) {
        count += entry->d_name[0] != '.';
    }
    (void)closedir(directory);
    return count;
}

static void a_permission_is_used_again_for_eight_hours(void **state)
{
    struct box *box = *state;

    assert_string_equal(told_by_a_check(box), "");
    assert_int_equal(count_entries(box->directory), 1);
    assert_true(recalls(box, 0));
    assert_true(recalls(box, EIGHT_HOURS_S));
    assert_false(recalls(box, EIGHT_HOURS_S + 1));
    assert_false(recalls(box, -1));
}

static void a_refusal_of_any_name_is_not_kept(void **state)
{
    struct box *box = *state;

    box->results[1].verdict = CAA_REFUSE;
    assert_string_equal(told_by_a_check(box), "");
    assert_int_equal(count_entries(box->directory), 0);
}

static void what_was_permitted_before_outlives_a_refusal_of_others(void **state)
{
    struct box *box = *state;

    assert_string_equal(told_by_a_check(box), "");
    box->options.account = "u";
    box->results[0].verdict = CAA_REFUSE;
    assert_string_equal(told_by_a_check(box), "");
    box->options.account = NULL;
    assert_true(recalls(box, 1));
}

static void without_a_directory_nothing_is_known(void **state)
{
    struct box *box = *state;

    box->options.state_directory = NULL;
    assert_string_equal(told_by_a_check(box), "");
    assert_false(recalls(box, 0));
}

static void where_no_text_lets_it_stand_no_file_is_touched(void **state)
{
    struct box *box = *state;

    write_file(box->path, "{", 1);
    box->options.rules.reuse = CAA_REUSE_NONE;
    assert_string_equal(told_by_a_check(box), "");
    box->options.rules.reuse = CAA_REUSE_LONGER;
    assert_one_line(told_by_a_check(box), "damaged");
}

static void what_is_damaged_costs_one_line_and_is_replaced(void **state)
{
    static const char *const texts[] = {
        "",
        "{",
        "null",
        "\xFF",
        "{\"caacheck-state\": 2, \"checks\": []}",
        "[1, 2]",
    };
    struct box *box = *state;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        write_file(box->path, texts[i], strlen(texts[i]));
        assert_one_line(told_by_a_check(box), box->path);
        assert_true(recalls(box, 0));
    }
}

/* Every cut of a file that would permit. */
static void what_is_cut_short_permits_nothing(void **state)
{
    struct box *box = *state;
    char octets[TOLD_MAX];
    FILE *file = NULL;

    assert_string_equal(told_by_a_check(box), "");
    file = fopen(box->path, "r");
    assert_non_null(file);
    size_t length = fread(octets, 1, sizeof(octets), file);
    (void)fclose(file);
    assert_in_range(length, 1, sizeof(octets) - 1);
    for (size_t cut = 0; cut < length; cut++) {
        write_file(box->path, octets, cut);
        assert_one_line(told_by_a_check(box), "damaged");
    }
}

static void what_is_too_large_is_not_read(void **state)
{
    struct box *box = *state;

    assert_string_equal(told_by_a_check(box), "");
    assert_true(recalls(box, 0));
    assert_int_equal(truncate(box->path, (1 << 24) + 1), 0);
    assert_one_line(told_by_a_check(box), "damaged");
    assert_true(recalls(box, 0));
}

static void no_writer_is_waited_for(void **state)
{
    struct box *box = *state;

    assert_int_equal(mkfifo(box->path, S_IRUSR | S_IWUSR), 0);
    assert_one_line(told_by_a_check(box), "damaged");
    assert_true(recalls(box, 0));
}

static void what_cannot_be_replaced_is_left_alone(void **state)
{
    struct box *box = *state;

    assert_int_equal(mkdir(box->path, S_IRWXU), 0);
    const char *told = told_by_a_check(box);
    assert_non_null(strstr(told, "damaged"));
    assert_non_null(strstr(told, "cannot be written"));
    assert_int_equal(count_entries(box->directory), 1);
}

static void a_directory_that_cannot_be_written_costs_one_line(void **state)
{
    struct box *box = *state;

    box->options.state_directory = "/proc";
    assert_one_line(told_by_a_check(box), "cannot be written");
    box->options.state_directory = "/nonexistent";
    assert_one_line(told_by_a_check(box), "cannot be written");
}

static void a_path_that_is_too_long_costs_one_line(void **state)
{
    struct box *box = *state;
    char path[PATH_MAX];

    memset(path, 'a', sizeof(path));
    path[sizeof(path) - 1] = '\0';
    box->options.state_directory = path;
    assert_one_line(told_by_a_check(box), "too long");
    path[sizeof(path) - 25] = '\0'; /* room for the file, not for a new one */
    assert_non_null(strstr(told_by_a_check(box), "cannot be written"));
}

static void a_text_that_is_not_utf_8_is_not_kept(void **state)
{
    struct box *box = *state;

    box->options.account = "\xFF";
    assert_one_line(told_by_a_check(box), "cannot be written");
    assert_int_equal(count_entries(box->directory), 0);
}

#define IN_A_DIRECTORY(name) \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DIRECTORY(a_permission_is_used_again_for_eight_hours),
        IN_A_DIRECTORY(a_refusal_of_any_name_is_not_kept),
        IN_A_DIRECTORY(what_was_permitted_before_outlives_a_refusal_of_others),
        IN_A_DIRECTORY(without_a_directory_nothing_is_known),
        IN_A_DIRECTORY(where_no_text_lets_it_stand_no_file_is_touched),
        IN_A_DIRECTORY(what_is_damaged_costs_one_line_and_is_replaced),
        IN_A_DIRECTORY(what_is_cut_short_permits_nothing),
        IN_A_DIRECTORY(what_is_too_large_is_not_read),
        IN_A_DIRECTORY(no_writer_is_waited_for),
        IN_A_DIRECTORY(what_cannot_be_replaced_is_left_alone),
        IN_A_DIRECTORY(a_directory_that_cannot_be_written_costs_one_line),
        IN_A_DIRECTORY(a_path_that_is_too_long_costs_one_line),
        IN_A_DIRECTORY(a_text_that_is_not_utf_8_is_not_kept),
    };

    return cmocka_run_group_tests_name("checker.state", tests, NULL, NULL);
}
