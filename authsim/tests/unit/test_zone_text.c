/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole zones as text: they repeat, and others' tools verify them. */
#include "models.h"
#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const uint8_t salt[] = { 0xab, 0xcd };

/* All shapes of names in one zone, and a child of each kind. */
static struct test_model *make(const char *apex, enum scn_denial denial,
                               enum scn_keys keys)
{
    struct test_model *model = test_model_new("t", apex);
    struct scn_zone *zone = test_zone(model, "t.", "top");

    zone->denial = denial;
    zone->keys = keys;
    zone->nsec3_iterations = 5;
    zone->nsec3_salt = salt;
    zone->nsec3_salt_len = sizeof(salt);
    test_caa(model, "t.", "ca.test");
    test_address(model, "a.b.t.");
    test_address(model, "*.w.t.");
    test_alias(model, "d.t.", SIM_TYPE_DNAME, "b.t.");
    test_alias(model, "c.t.", SIM_TYPE_CNAME, "a.b.t.");
    test_zone(model, "safe.t.", "safe");
    test_zone(model, "plain.t.", "plain")->dnssec = SCN_UNSIGNED;
    test_zone(model, "deep.hole.t.", "plain")->dnssec = SCN_UNSIGNED;
    return model;
}

static char *text_of(struct test_model *model, uint8_t algorithm, size_t index)
{
    struct sim_options options = test_options();
    struct sim_instance *instance = NULL;
    struct sim_world *world;
    char *text = NULL;

    options.algorithm = algorithm;
    world = test_world(model, &options, &instance);
    assert_int_equal(sim_instance_zone_text(instance, index, &text), SIM_OK);
    sim_world_free(world);
    return text;
}

/* Exit status of a tool on a file with that text; -1 when it is not there. */
static int run_tool(const char *tool, const char *text, char *const *arguments)
{
    extern char **environ;
    char path[] = "/tmp/test_zone_text.XXXXXX";
    char *argv[8] = { NULL };
    size_t count = 0;
    int fd = mkstemp(path);
    int status = -1;
    pid_t pid = 0;
    posix_spawn_file_actions_t actions;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    while (arguments[count] != NULL) {
        argv[count] = arguments[count];
        count++;
    }
    argv[count] = path;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawn(&pid, tool, &actions, NULL, argv, environ) == 0) {
        assert_int_equal(waitpid(pid, &status, 0), pid);
        status = WIFEXITED(status) ? WEXITSTATUS(status) : 255;
    }
    posix_spawn_file_actions_destroy(&actions);
    unlink(path);
    return status;
}

static const enum scn_denial all_denials[] = { SCN_DENIAL_NSEC,
                                               SCN_DENIAL_NSEC3,
                                               SCN_DENIAL_NSEC3_OPT_OUT,
                                               SCN_DENIAL_COMPACT };
static const uint8_t all_algorithms[] = { 8, 10, 13, 14, 15, 16 };

static void check_with(const char *tool, char *const *arguments)
{
    if (access(tool, X_OK) != 0) {
        print_message("%s is not installed\n", tool);
        skip();
    }
    for (size_t d = 0; d < sizeof(all_denials) / sizeof(all_denials[0]); d++) {
        for (size_t a = 0; a < sizeof(all_algorithms); a++) {
            struct test_model *model = make(
                "t.", all_denials[d], d % 2 == 0 ? SCN_CSK : SCN_KSK_AND_ZSK);
            char *text = text_of(model, all_algorithms[a], 0);

            assert_int_equal(run_tool(tool, text, arguments), 0);
            free(text);
            test_model_free(model);
        }
    }
}

static void ldns_verifies_every_algorithm_and_denial(void **state)
{
    static char name[] = "ldns-verify-zone";
    char *arguments[] = { name, NULL };

    (void)state;
    check_with("/usr/bin/ldns-verify-zone", arguments);
}

static void bind_verifies_every_algorithm_and_denial(void **state)
{
    static char name[] = "dnssec-verify";
    static char quiet[] = "-q";
    static char one_key[] = "-z";
    static char origin[] = "-o";
    static char apex[] = "t.";
    char *arguments[] = { name, quiet, one_key, origin, apex, NULL };

    (void)state;
    check_with("/usr/bin/dnssec-verify", arguments);
}

/* The check above can fail: a damaged zone does not verify. */
static void ldns_rejects_a_damaged_zone(void **state)
{
    static char name[] = "ldns-verify-zone";
    char *arguments[] = { name, NULL };
    struct test_model *model = test_model_new("t", "t.");
    char *text;

    (void)state;
    test_zone(model, "t.", "top");
    test_damage(model, SCN_BAD_SIGNATURE, NULL, SIM_TYPE_NS);
    text = text_of(model, 13, 0);
    if (access("/usr/bin/ldns-verify-zone", X_OK) == 0) {
        assert_int_not_equal(
            run_tool("/usr/bin/ldns-verify-zone", text, arguments), 0);
    }
    free(text);
    test_model_free(model);
}

static void same_seed_gives_the_same_text(void **state)
{
    (void)state;
    for (size_t a = 0; a < sizeof(all_algorithms); a++) {
        struct test_model *model =
            make("t.", SCN_DENIAL_NSEC3, SCN_KSK_AND_ZSK);
        char *first = text_of(model, all_algorithms[a], 0);
        char *second = text_of(model, all_algorithms[a], 0);

        assert_string_equal(first, second);
        assert_memory_equal(first, "t.\t300\tIN\tSOA\t", 13);
        free(first);
        free(second);
        test_model_free(model);
    }
}

static void writes_the_root_above_an_instance(void **state)
{
    struct test_model *shared = make("t.", SCN_DENIAL_NSEC, SCN_CSK);
    struct test_model *private = test_model_new("p", ".");
    char *text;

    (void)state;
    text = text_of(shared, 13, SIM_ZONE_ROOT);
    assert_non_null(strstr(text, "\nt.\t300\tIN\tDS\t"));
    free(text);
    test_zone(private, ".", "root");
    test_caa(private, ".", ";");
    text = text_of(private, 13, SIM_ZONE_ROOT);
    assert_non_null(strstr(text, "\n.\t300\tIN\tCAA\t0 issue \";\"\n"));
    free(text);
    test_model_free(shared);
    test_model_free(private);
}

static void there_is_no_text_of_a_zone_that_is_not_there(void **state)
{
    struct test_model *model = make("t.", SCN_DENIAL_NSEC, SCN_CSK);
    const struct sim_options options = test_options();
    struct sim_instance *instance = NULL;
    struct sim_world *world = test_world(model, &options, &instance);
    char *text = NULL;

    (void)state;
    assert_int_equal(sim_instance_zone_text(instance, 99, &text),
                     SIM_ECONFLICT);
    assert_null(text);
    sim_world_free(world);
    test_model_free(model);
}

static void damage_is_in_the_text(void **state)
{
    struct test_model *model = test_model_new("t", "t.");
    char *text;

    (void)state;
    test_zone(model, "t.", "top");
    test_caa(model, "t.", "ca.test");
    test_damage(model, SCN_MISSING, NULL, SIM_TYPE_CAA);
    test_damage(model, SCN_WRONG_BITMAP, NULL, SCN_TYPE_DENIAL);
    text = text_of(model, 13, 0);
    assert_null(strstr(text, "IN\tCAA"));
    assert_null(strstr(text, "DNSKEY CAA\n")); /* turned over */
    assert_non_null(strstr(text, "ns-top.t. NS SOA RRSIG NSEC DNSKEY\n"));
    free(text);
    test_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ldns_verifies_every_algorithm_and_denial),
        cmocka_unit_test(bind_verifies_every_algorithm_and_denial),
        cmocka_unit_test(ldns_rejects_a_damaged_zone),
        cmocka_unit_test(same_seed_gives_the_same_text),
        cmocka_unit_test(writes_the_root_above_an_instance),
        cmocka_unit_test(there_is_no_text_of_a_zone_that_is_not_there),
        cmocka_unit_test(damage_is_in_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
