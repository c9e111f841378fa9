/* SPDX-License-Identifier: BSD-2-Clause */
#include "reading.h"
#include "testing.h"

#include <scenario/requirements.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CHAPTERS "chapters:\n  - {id: R1, title: First}\n"
#define FIRST                                                               \
    "  - {id: R101, text: RFC 8659, section: \"3\", strength: must, says: " \
    "climb}\n"

static enum scn_status read_text(const char *text, struct scn_error *error,
                                 struct scn_requirements **out)
{
    *error = (struct scn_error){ .text = "no error" };
    return scn_requirements_read("dir/requirements.yaml", text, strlen(text),
                                 error, out);
}

static void reads_chapters_and_requirements(void **state)
{
    struct scn_requirements *requirements = NULL;
    struct scn_error error;
    size_t count = 0;

    (void)state;
    assert_int_equal(
        read_text(CHAPTERS "requirements:\n" FIRST
                           "  - {id: R102, text: TLS-BR, strength: contested, "
                           "for: [tls-br], from: 2025-07-21, until: "
                           "2026-03-15, says: whatever}\n",
                  &error, &requirements),
        SCN_OK);
    const struct scn_chapter *chapters =
        scn_requirements_chapters(requirements, &count);
    assert_int_equal(count, 1);
    assert_string_equal(chapters[0].id, "R1");
    assert_string_equal(chapters[0].title, "First");
    const struct scn_requirement *list =
        scn_requirements_list(requirements, &count);
    assert_int_equal(count, 2);
    assert_string_equal(list[0].section, "3");
    assert_int_equal(list[0].strength, SCN_MUST);
    assert_int_equal(list[0].profiles, 0);
    assert_null(list[1].section);
    assert_int_equal(list[1].profiles, 1U << SCN_TLS_BR);
    assert_int_equal(list[1].from, 20250721);
    assert_int_equal(list[1].until, 20260315);
    assert_string_equal(scn_strength_text(list[1].strength), "contested");
    assert_ptr_equal(scn_requirements_find(requirements, "R102"), &list[1]);
    assert_null(scn_requirements_find(requirements, "R103"));
    scn_requirements_free(requirements);
    scn_requirements_free(NULL);
}

static void assert_bad(const char *text, unsigned line, const char *why)
{
    struct scn_requirements *requirements = NULL;
    struct scn_error error;

    assert_int_equal(read_text(text, &error, &requirements), SCN_EINPUT);
    assert_null(requirements);
    assert_string_equal(error.file, "dir/requirements.yaml");
    assert_int_equal(error.line, line);
    if (strstr(error.text, why) == NULL) {
        fail_msg("got: %s", error.text);
    }
}

static void refuses_bad_tables(void **state)
{
    (void)state;
    assert_bad("- a\n", 1, "a requirements file is a mapping");
    assert_bad("chapters:\n  - {id: 1, title: x}\nrequirements:\n" FIRST, 2,
               "'1' is no id for a chapter");
    assert_bad(CHAPTERS "  - {id: R1, title: x}\nrequirements:\n" FIRST, 3,
               "each once");
    assert_bad(CHAPTERS "requirements:\n" FIRST FIRST, 5, "ids rise");
    assert_bad(CHAPTERS "requirements:\n  - {id: R201, text: a, strength: may, "
                        "says: b}\n",
               4, "R201 lies in no chapter: add R2");
    assert_bad(CHAPTERS "requirements:\n  - {id: R1, text: a, strength: may, "
                        "says: b}\n",
               4, "not a requirement such as R101");
    assert_bad(CHAPTERS "requirements:\n  - {id: R101, text: a, strength: "
                        "muss, says: b}\n",
               4, "did you mean 'must'");
}

/* --- what a catalogue cites --- */

struct told {
    size_t count;
    struct scn_error last;
};

static void on_error(void *ctx, const struct scn_error *error)
{
    struct told *told = ctx;

    told->count++;
    told->last = *error;
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void tells_what_is_cited_and_not_there(void **state)
{
    char dir[] = "/tmp/test_requirements.XXXXXX";
    char file[64];
    char table[64];
    struct scn_catalogue *catalogue = NULL;
    struct told told = { .count = 0 };
    const char *const paths[] = { dir };

    (void)state;
    assert_non_null(mkdtemp(dir));
    (void)snprintf(file, sizeof(file), "%s/story.yaml", dir);
    (void)snprintf(table, sizeof(table), "%s/requirements.yaml", dir);
    write_text(file, HEAD "requirements: [R101]\nchecks:\n"
                          "  - {id: a, verdict: permit, requirements: "
                          "[R101, R110]}\n"
                          "  - {id: b, verdict: refuse}\n");
    write_text(table, CHAPTERS "requirements:\n" FIRST);
    assert_int_equal(scn_catalogue_load(paths, 1, on_error, &told, &catalogue),
                     SCN_EINPUT);
    assert_int_equal(told.count, 1);
    assert_int_equal(told.last.line, 5);
    assert_non_null(strstr(told.last.text, "R110 is not in requirements.yaml"));
    write_text(table, CHAPTERS "requirements:\n" FIRST
                               "  - {id: R110, text: a, strength: may, says: "
                               "b}\n");
    assert_int_equal(scn_catalogue_load(paths, 1, on_error, &told, &catalogue),
                     SCN_OK);
    assert_non_null(
        scn_requirements_find(scn_catalogue_requirements(catalogue), "R110"));
    scn_catalogue_free(catalogue);
    assert_int_equal(unlink(table), 0);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(dir), 0);
}

static void a_check_has_its_files_and_its_own(void **state)
{
    struct scn_instance *instance = make_instance(
        HEAD "requirements: [R101]\nchecks:\n"
             "  - {id: a, verdict: permit, requirements: [R205]}\n"
             "  - {id: b, verdict: refuse}\n",
        0, NULL);

    (void)state;
    const struct scn_check *check = instance->steps[0].check;
    assert_int_equal(check->requirement_count, 2);
    assert_string_equal(check->requirements[0], "R101");
    assert_string_equal(check->requirements[1], "R205");
    scn_instance_free(instance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_chapters_and_requirements),
        cmocka_unit_test(refuses_bad_tables),
        cmocka_unit_test(tells_what_is_cited_and_not_there),
        cmocka_unit_test(a_check_has_its_files_and_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
