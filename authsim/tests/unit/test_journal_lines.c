/* SPDX-License-Identifier: BSD-2-Clause */
#include "journal_lines.h"
#include "models.h"
#include "testing.h"
#include "universe.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_MAX = 4096 };

/* Two instances, a/ and b/, of one world. */
struct fixture {
    struct test_model *made[2];
    struct scn_zone *zones[2];
    struct scn_instance *models[2];
    struct sim_instance *instances[2];
    struct lab lab;
    struct scn_fault fault;
    char path[32];
};

static struct test_model *make(const char *key, const char *apex,
                               struct scn_zone **zone_out)
{
    struct test_model *model = test_model_new(key, apex);

    *zone_out = test_zone(model, apex, "top");
    return model;
}

static int setup(void **state)
{
    const struct sim_options options = test_options();
    struct fixture *f = calloc(1, sizeof(*f));

    assert_non_null(f);
    f->made[0] = make("a/x", "a.", &f->zones[0]);
    f->made[1] = make("b/y", "b.", &f->zones[1]);
    for (size_t i = 0; i < 2; i++) {
        f->models[i] = test_model_instance(f->made[i]);
    }
    f->lab = (struct lab){ .models = f->models,
                           .instances = f->instances,
                           .count = 2,
                           .world = test_world(f->made[0], &options,
                                               &f->instances[0]) };
    assert_int_equal(
        sim_world_join(f->lab.world, f->models[1], &f->instances[1]), SIM_OK);
    (void)snprintf(f->path, sizeof(f->path), "/tmp/test-lines-XXXXXX");
    const int fd = mkstemp(f->path);
    assert_true(fd >= 0);
    (void)close(fd);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;

    sim_world_free(f->lab.world);
    test_model_free(f->made[0]);
    test_model_free(f->made[1]);
    (void)unlink(f->path);
    free(f);
    return 0;
}

static void note(struct fixture *f, size_t instance, uint64_t number)
{
    const struct sim_exchange x = { .number = number };

    assert_int_equal(sim_instance_note(f->instances[instance], &x), SIM_OK);
}

/* What follows the first two members of every line does not concern this. */
static void expect(const struct fixture *f, const char *expected)
{
    FILE *file = fopen(f->path, "re");
    char line[TEXT_MAX];
    char got[TEXT_MAX] = "";
    size_t len = 0;

    assert_non_null(file);
    while (fgets(line, sizeof(line), file) != NULL) {
        const char *rest = strstr(line, ",\"received-ns\"");

        assert_non_null(strchr(line, '\n'));
        len += (size_t)snprintf(got + len, sizeof(got) - len, "%.*s%s",
                                (int)(rest != NULL ? rest - line : TEXT_MAX),
                                line, rest != NULL ? "}\n" : "");
        assert_true(len < sizeof(got));
    }
    (void)fclose(file);
    assert_string_equal(got, expected);
}

static void lines_come_in_the_order_of_arrival(void **state)
{
    struct fixture *f = *state;
    struct journal_lines *lines = journal_lines_open(f->path, &f->lab);

    assert_non_null(lines);
    assert_true(journal_lines_write(lines));
    expect(f, "");
    note(f, 1, 1);
    note(f, 0, 2);
    note(f, 1, 3);
    expect(f, "");
    assert_true(journal_lines_write(lines));
    note(f, 0, 4);
    assert_true(journal_lines_end(lines));
    expect(f, "{\"number\":1,\"instance\":\"b/y\"}\n"
              "{\"number\":2,\"instance\":\"a/x\"}\n"
              "{\"number\":3,\"instance\":\"b/y\"}\n"
              "{\"number\":4,\"instance\":\"a/x\"}\n");
    journal_lines_close(lines);
}

static void what_is_nobodys_is_there_too(void **state)
{
    const struct sim_exchange x = { .number = 2 };
    struct fixture *f = *state;
    struct journal_lines *lines = journal_lines_open(f->path, &f->lab);

    assert_non_null(lines);
    note(f, 0, 1);
    assert_int_equal(sim_world_note(f->lab.world, &x), SIM_OK);
    assert_true(journal_lines_end(lines));
    expect(f, "{\"number\":1,\"instance\":\"a/x\"}\n"
              "{\"number\":2,\"instance\":null}\n");
    journal_lines_close(lines);
}

static void a_file_is_appended_to(void **state)
{
    struct fixture *f = *state;

    for (uint64_t i = 1; i < 3; i++) {
        struct journal_lines *lines = journal_lines_open(f->path, &f->lab);

        assert_non_null(lines);
        note(f, 0, i);
        assert_true(journal_lines_write(lines));
        journal_lines_close(lines);
    }
    expect(f, "{\"number\":1,\"instance\":\"a/x\"}\n"
              "{\"number\":2,\"instance\":\"a/x\"}\n");
}

/* Neither the end of its instance nor a cleared journal takes a line away. */
static void what_was_journaled_is_written_though_it_is_gone(void **state)
{
    struct fixture *f = *state;
    struct sim_journal *journal = sim_instance_journal(f->instances[0]);
    struct journal_lines *lines = journal_lines_open(f->path, &f->lab);

    assert_non_null(lines);
    note(f, 0, 1);
    note(f, 1, 2);
    sim_journal_forget(journal);
    sim_journal_drop(journal);
    note(f, 0, 3);
    assert_int_equal(sim_world_leave(f->lab.world, f->instances[1]), SIM_OK);
    f->lab.count = 1;
    assert_true(journal_lines_write(lines));
    expect(f, "{\"number\":1,\"instance\":\"a/x\"}\n"
              "{\"number\":2,\"instance\":\"b/y\"}\n"
              "{\"number\":3,\"instance\":\"a/x\"}\n");
    journal_lines_close(lines);
}

static void the_end_tells_what_never_acted(void **state)
{
    struct fixture *f = *state;
    struct journal_lines *lines = journal_lines_open(f->path, &f->lab);

    assert_non_null(lines);
    f->fault = (struct scn_fault){ .id = "late", .enabled = true, .line = 3 };
    f->zones[1]->faults = &f->fault;
    f->zones[1]->fault_count = 1;
    note(f, 1, 1);
    assert_true(journal_lines_end(lines));
    expect(f,
           "{\"number\":1,\"instance\":\"b/y\"}\n"
           "{\"instance\":\"b/y\",\"never-acted\":\"late: fault\",\"line\":3,"
           "\"exchanges\":1}\n");
    journal_lines_close(lines);
}

static void what_cannot_be_written_is_told(void **state)
{
    struct fixture *f = *state;
    struct journal_lines *lines = journal_lines_open("/dev/full", &f->lab);

    assert_non_null(lines);
    assert_true(journal_lines_write(lines));
    note(f, 0, 1);
    assert_false(journal_lines_write(lines));
    assert_int_equal(errno, ENOSPC);
    assert_false(journal_lines_end(lines));
    assert_int_equal(errno, ENOSPC);
    journal_lines_close(lines);
    assert_null(journal_lines_open("/no/such/directory", &f->lab));
    assert_int_equal(errno, ENOENT);
    journal_lines_close(NULL);
}

/* No more than one line fits; signals are not to end what notices that. */
static void a_full_file_ends_with_a_whole_line(void **state)
{
    struct fixture *f = *state;
    struct journal_lines *lines = journal_lines_open(f->path, &f->lab);
    struct rlimit before;
    struct stat st;

    assert_non_null(lines);
    note(f, 0, 1);
    assert_true(journal_lines_write(lines));
    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit limit = { .rlim_cur = (rlim_t)st.st_size + 9,
                                  .rlim_max = before.rlim_max };
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    note(f, 0, 2);
    const bool written = journal_lines_write(lines);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_false(written);
    expect(f, "{\"number\":1,\"instance\":\"a/x\"}\n");
    journal_lines_close(lines);
}

#define LINES_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LINES_TEST(lines_come_in_the_order_of_arrival),
        LINES_TEST(what_is_nobodys_is_there_too),
        LINES_TEST(a_file_is_appended_to),
        LINES_TEST(what_was_journaled_is_written_though_it_is_gone),
        LINES_TEST(the_end_tells_what_never_acted),
        LINES_TEST(what_cannot_be_written_is_told),
        LINES_TEST(a_full_file_ends_with_a_whole_line),
    };

    return cmocka_run_group_tests_name("authsim.journal_lines", tests, NULL,
                                       NULL);
}
