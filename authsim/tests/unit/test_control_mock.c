/* SPDX-License-Identifier: BSD-2-Clause */
#include "desk.h"
#include "testing.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

#define P "desk/permits"
#define R "desk/refuses"
#define E "every-name"

static const uint8_t deep[] = "\1a\1b\1c";
static const uint8_t above[] = "\1b\1c";
static const uint8_t www[] = "\3www\4zone\14desk-permits";
static uint8_t nine[] = { 192, 0, 2, 9 };
static uint8_t ten[] = { 192, 0, 2, 10 };
static uint8_t text[] = "\1x";
static uint8_t target[] = "\1t";

static struct control_host host_of(struct test_desk *d, const char *key,
                                   const uint8_t *name)
{
    return (struct control_host){ test_desk_instance(d, key), name };
}

static void add(struct test_desk *d, const char *key, const uint8_t *name,
                enum control_set set, uint8_t *octets, size_t len)
{
    const struct control_host host = host_of(d, key, name);
    const struct control_rdata rdata = { octets, len };

    assert_int_equal(control_mocks_add(d->desk.mocks, &host, set, &rdata, 1),
                     SIM_OK);
}

static void clear(struct test_desk *d, const char *key, const uint8_t *name,
                  enum control_set set)
{
    const struct control_host host = host_of(d, key, name);

    assert_int_equal(control_mocks_clear(d->desk.mocks, &host, set), SIM_OK);
}

static void set_default(struct test_desk *d, enum control_set set,
                        const uint8_t *octets)
{
    assert_int_equal(control_mocks_set_default(
                         d->desk.mocks, test_desk_instance(d, E), set, octets),
                     SIM_OK);
}

/* They are in the order of adding, whatever else is added between. */
static void keeps_sets_apart(void **state)
{
    struct test_desk *d = *state;

    add(d, P, www, CONTROL_SET_A, ten, 4);
    add(d, P, www, CONTROL_SET_TXT, text, 2);
    add(d, P, www, CONTROL_SET_A, nine, 4);
    add(d, E, deep, CONTROL_SET_A, nine, 4);
    test_desk_shows(d, P, "www.zone.desk-permits.", "A",
                    "192.0.2.10|192.0.2.9");
    clear(d, P, www, CONTROL_SET_A);
    clear(d, P, www, CONTROL_SET_A);
    test_desk_shows(d, P, "www.zone.desk-permits.", "A", "192.0.2.1");
    test_desk_shows(d, P, "www.zone.desk-permits.", "TXT", "\"x\"");
    test_desk_shows(d, E, "a.b.c.", "A", "192.0.2.9");
}

static void a_name_outside_is_told_and_left(void **state)
{
    struct test_desk *d = *state;
    const struct control_host host = host_of(d, R, www);
    const struct control_rdata rdata = { nine, 4 };
    char *before = test_desk_state(d);

    assert_int_equal(
        control_mocks_add(d->desk.mocks, &host, CONTROL_SET_A, &rdata, 1),
        SIM_ECONFLICT);
    char *after = test_desk_state(d);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

/* Names above make those below them exist: they have the default themselves. */
static void the_default_is_at_names_above(void **state)
{
    struct test_desk *d = *state;

    set_default(d, CONTROL_SET_A, ten);
    add(d, E, deep, CONTROL_SET_A, nine, 4);
    test_desk_shows(d, E, ".", "A", "192.0.2.10");
    test_desk_shows(d, E, "*.", "A", "192.0.2.10");
    test_desk_shows(d, E, "c.", "A", "192.0.2.10");
    test_desk_shows(d, E, "*.c.", "A", "192.0.2.10");
    test_desk_shows(d, E, "b.c.", "A", "192.0.2.10");
    test_desk_shows(d, E, "a.b.c.", "A", "192.0.2.9");
    test_desk_shows(d, E, "*.a.b.c.", "A", "192.0.2.10");
    add(d, E, above, CONTROL_SET_CNAME, target, 3);
    test_desk_shows(d, E, "b.c.", "A", "");
    test_desk_shows(d, E, "b.c.", "CNAME", "t.");
    set_default(d, CONTROL_SET_A, NULL);
    test_desk_shows(d, E, "c.", "A", "");
    test_desk_shows(d, E, "a.b.c.", "A", "192.0.2.9");
    test_desk_shows(d, E, "*.a.b.c.", "A", "");
    clear(d, E, above, CONTROL_SET_CNAME);
    test_desk_shows(d, E, "b.c.", "A", "");
    set_default(d, CONTROL_SET_A, nine);
    test_desk_shows(d, E, "b.c.", "A", "192.0.2.9");
}

/* "*." and 254 octets are no name. */
static void the_longest_name_has_none_below_it(void **state)
{
    struct test_desk *d = *state;
    uint8_t name[SCN_NAME_MAX] = { 0 };

    for (size_t i = 0; i < 127; i++) {
        name[2 * i] = 1;
        name[2 * i + 1] = 'a';
    }
    assert_int_equal(scn_name_length(name), SCN_NAME_MAX);
    set_default(d, CONTROL_SET_A, ten);
    add(d, E, name, CONTROL_SET_TXT, text, 2);
    test_desk_shows(d, E, "a.", "A", "192.0.2.10");
}

static void remembers_up_to_where_history_is_hidden(void **state)
{
    struct test_desk *d = *state;
    const struct control_host host = host_of(d, P, www);
    const struct control_host other = host_of(d, E, www);

    assert_int_equal(control_mocks_hidden(d->desk.mocks, &host), 0);
    assert_int_equal(control_mocks_hide(d->desk.mocks, &host, 7), SIM_OK);
    assert_int_equal(control_mocks_hide(d->desk.mocks, &host, 9), SIM_OK);
    assert_int_equal(control_mocks_hidden(d->desk.mocks, &host), 9);
    assert_int_equal(control_mocks_hidden(d->desk.mocks, &other), 0);
    control_mocks_forget(d->desk.mocks, host.instance);
    assert_int_equal(control_mocks_hidden(d->desk.mocks, &host), 0);
}

/* One that goes away takes its own along, and no more. */
static void forgets_an_instance(void **state)
{
    struct test_desk *d = *state;

    set_default(d, CONTROL_SET_A, ten);
    add(d, P, www, CONTROL_SET_TXT, text, 2);
    control_mocks_forget(d->desk.mocks, test_desk_instance(d, P));
    add(d, P, www, CONTROL_SET_TXT, target, 2);
    test_desk_shows(d, P, "www.zone.desk-permits.", "TXT", "\"t\"");
    add(d, E, deep, CONTROL_SET_TXT, text, 2);
    test_desk_shows(d, E, "a.b.c.", "A", "192.0.2.10");
    control_mocks_forget(d->desk.mocks, test_desk_instance(d, E));
    add(d, E, (const uint8_t *)"\1z", CONTROL_SET_TXT, text, 2);
    test_desk_shows(d, E, "z.", "A", "");
}

static void nothing_is_freed_without_harm(void **state)
{
    (void)state;
    control_mocks_free(NULL);
    control_mocks_free(control_mocks_new());
}

#define T(f) \
    cmocka_unit_test_setup_teardown(f, test_desk_setup, test_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(keeps_sets_apart),
        T(a_name_outside_is_told_and_left),
        T(the_default_is_at_names_above),
        T(the_longest_name_has_none_below_it),
        T(remembers_up_to_where_history_is_hidden),
        T(forgets_an_instance),
        T(nothing_is_freed_without_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
