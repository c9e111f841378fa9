/* SPDX-License-Identifier: BSD-2-Clause */
#include "another.h"
#include "desk.h"
#include "testing.h"

#include <scenario/name.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char later[] =
    ANOTHER_HEAD ANOTHER_ZONE ANOTHER_CHECKS("permits", "refuses");

static enum lab_status add(struct lab *lab, const char *id, const char *text,
                           struct scn_error *error)
{
    *error = (struct scn_error){ .line = 0 };
    return lab_add(lab, id, text, strlen(text), error);
}

/* The keys, joined by blanks. */
static void has(const struct lab *lab, const char *wanted)
{
    char keys[256] = "";

    for (size_t i = 0; i < lab->count; i++) {
        const size_t len = strlen(keys);
        (void)snprintf(keys + len, sizeof(keys) - len, "%s%s",
                       len > 0 ? " " : "", lab->models[i]->key);
    }
    assert_string_equal(keys, wanted);
    assert_int_equal(sim_world_count(lab->world), lab->count);
}

/* Whoever the world says has the name. */
static const char *owner_of(const struct lab *lab, const char *name)
{
    uint8_t wire[SCN_NAME_MAX];
    const struct sim_instance *owner = NULL;

    assert_true(scn_name_from_text(name, strlen(name), NULL, wire));
    owner = sim_world_find(lab->world, wire);
    return owner != NULL ? sim_instance_model(owner)->key : "";
}

static void adds_all_checks_behind_those_there_are(void **state)
{
    struct lab *lab = &((struct test_desk *)*state)->lab;
    struct scn_error error;

    assert_int_equal(add(lab, "later", later, &error), LAB_OK);
    has(lab, "desk/permits desk/refuses every-name later/permits "
             "later/refuses");
    assert_string_equal(owner_of(lab, "www.zone.later-permits"),
                        "later/permits");
    assert_string_equal(owner_of(lab, "later-refuses"), "later/refuses");
}

static void removes_one_and_keeps_the_order(void **state)
{
    struct lab *lab = &((struct test_desk *)*state)->lab;
    struct scn_error error;

    assert_int_equal(add(lab, "later", later, &error), LAB_OK);
    assert_true(lab_remove(lab, 1));
    has(lab, "desk/permits every-name later/permits later/refuses");
    for (size_t i = 0; i < lab->count; i++) {
        assert_ptr_equal(sim_instance_model(lab->instances[i]), lab->models[i]);
    }
    assert_string_equal(owner_of(lab, "desk-refuses"), "");
    assert_true(lab_remove(lab, 3));
    assert_true(lab_remove(lab, 0));
    has(lab, "every-name later/permits");
    /* What is there of an id keeps the rest of it out. */
    assert_int_equal(add(lab, "later", later, &error), LAB_CONFLICT);
    has(lab, "every-name later/permits");
    assert_true(lab_remove(lab, 1));
    assert_int_equal(add(lab, "later", later, &error), LAB_OK);
    has(lab, "every-name later/permits later/refuses");
}

/* As at the start: nothing of what it was before. */
static void who_comes_back_is_as_before(void **state)
{
    struct test_desk *d = *state;
    struct scn_error error;
    struct sim_address first;
    struct sim_address again;

    assert_int_equal(add(&d->lab, "later", later, &error), LAB_OK);
    first = sim_instance_server(d->lab.instances[3], "zone", 4);
    char *signatures = test_desk_records(d, "later/permits",
                                         "www.zone.later-permits.", "RRSIG");
    assert_true(lab_remove(&d->lab, 4));
    assert_true(lab_remove(&d->lab, 3));
    assert_int_equal(add(&d->lab, "later", later, &error), LAB_OK);
    again = sim_instance_server(d->lab.instances[3], "zone", 4);
    assert_true(sim_address_same_host(&first, &again));
    test_desk_shows(d, "later/permits", "www.zone.later-permits.", "RRSIG",
                    signatures);
    free(signatures);
}

static void tells_what_is_wrong(void **state)
{
    struct lab *lab = &((struct test_desk *)*state)->lab;
    struct scn_error error;

    assert_int_equal(add(lab, "bad", ANOTHER_HEAD "colour: red\n", &error),
                     LAB_WRONG);
    assert_string_equal(error.file, "bad.yaml");
    assert_int_equal(error.line, 3);
    assert_non_null(strstr(error.text, "colour"));
    assert_int_equal(add(lab, "Bad", later, &error), LAB_WRONG);
    assert_non_null(strstr(error.text, "'Bad' is none"));
    assert_int_equal(add(lab, "x/desk", later, &error), LAB_WRONG);
    assert_string_equal(error.file, "id");
    assert_non_null(strstr(error.text, "'x/desk' is no id"));
    assert_int_equal(add(lab, "", later, &error), LAB_WRONG);
    has(lab, "desk/permits desk/refuses every-name");
}

static void an_apex_has_one_owner(void **state)
{
    struct lab *lab = &((struct test_desk *)*state)->lab;
    struct scn_error error;

    assert_int_equal(add(lab, "a-b",
                         ANOTHER_HEAD ANOTHER_ZONE ANOTHER_CHECKS("c", "d"),
                         &error),
                     LAB_OK);
    assert_int_equal(add(lab, "a",
                         ANOTHER_HEAD ANOTHER_ZONE ANOTHER_CHECKS("x", "b-d"),
                         &error),
                     LAB_CONFLICT);
    has(lab, "desk/permits desk/refuses every-name a-b/c a-b/d");
    assert_string_equal(owner_of(lab, "a-b-d"), "a-b/d");
    assert_string_equal(owner_of(lab, "a-x"), "");
}

/* The suffix of the start is that of what comes later. */
static void hangs_below_the_suffix(void **state)
{
    struct lab *lab = &((struct test_desk *)*state)->lab;
    char long_suffix[240];
    struct scn_error error;

    lab->suffix = "lab.test";
    assert_int_equal(add(lab, "later", later, &error), LAB_OK);
    assert_string_equal(owner_of(lab, "www.zone.later-permits.lab.test"),
                        "later/permits");
    for (size_t i = 0; i < sizeof(long_suffix); i++) {
        long_suffix[i] = i % 2 == 0 ? 'a' : '.';
    }
    long_suffix[sizeof(long_suffix) - 1] = '\0';
    lab->suffix = long_suffix;
    assert_int_equal(add(lab, "longer", later, &error), LAB_WRONG);
    assert_string_equal(error.file, "longer.yaml");
    has(lab, "desk/permits desk/refuses every-name later/permits "
             "later/refuses");
}

static void a_top_level_domain_does_not_move(void **state)
{
    static const char text[] = ANOTHER_HEAD
        "apex: top-level\n"
        "zones: [{name: '@', dnssec: signed, records: '@ CAA 0 issue "
        "\"{issuer}\"'}]\n"
        "twin: later\n"
        "checks: [{names: ['@'], verdict: permit}]\n";
    struct lab *lab = &((struct test_desk *)*state)->lab;
    struct scn_error error;

    lab->suffix = "lab.test";
    assert_int_equal(add(lab, "later", text, &error), LAB_WRONG);
    assert_string_equal(error.file, "later.yaml");
    assert_non_null(strstr(error.text, "--suffix cannot move it"));
    has(lab, "desk/permits desk/refuses every-name");
    lab->suffix = NULL;
    assert_int_equal(add(lab, "later", text, &error), LAB_OK);
    assert_string_equal(owner_of(lab, "www.later"), "later");
}

static void needs_sockets_of_the_start(void **state)
{
    static const char text[] = ANOTHER_HEAD ANOTHER_ZONE
        "    faults: [{do: {drop: unreachable}}]\n" ANOTHER_CHECKS("a", "b");
    struct lab *lab = &((struct test_desk *)*state)->lab;
    struct scn_error error;

    assert_int_equal(add(lab, "later", text, &error), LAB_WRONG);
    assert_string_equal(error.file, "later.yaml");
    has(lab, "desk/permits desk/refuses every-name");
    assert_false(lab_says_unreachable(lab->models[0]));
    lab->unreachable = true;
    assert_int_equal(add(lab, "later", text, &error), LAB_OK);
    assert_true(lab_says_unreachable(lab->models[3]));
}

#define T(f) \
    cmocka_unit_test_setup_teardown(f, test_desk_setup, test_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(adds_all_checks_behind_those_there_are),
        T(removes_one_and_keeps_the_order),
        T(who_comes_back_is_as_before),
        T(tells_what_is_wrong),
        T(an_apex_has_one_owner),
        T(hangs_below_the_suffix),
        T(a_top_level_domain_does_not_move),
        T(needs_sockets_of_the_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
