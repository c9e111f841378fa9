/* SPDX-License-Identifier: BSD-2-Clause */
#include "json_text.h"
#include "testing.h"

#include <jansson.h>
#include <stdlib.h>

void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);

static bool memory_is_gone;

void *__wrap_realloc(void *old, size_t size)
{
    return memory_is_gone ? NULL : __real_realloc(old, size);
}

static void expect(struct json_text *text, const char *expected)
{
    char *got = json_text_take(text);

    assert_non_null(got);
    assert_string_equal(got, expected);
    free(got);
}

static void string_is_as_jansson_writes_it(const char *chars)
{
    struct json_text text = { 0 };
    json_t *value = json_string(chars);
    char *expected = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

    assert_non_null(expected);
    json_text_string(&text, chars);
    expect(&text, expected);
    free(expected);
    json_decref(value);
}

static void strings_are_as_jansson_writes_them(void **state)
{
    char one[] = "a?z";
    char all[128] = "";

    (void)state;
    for (char c = 1; c < 127; c++) {
        one[1] = c;
        all[c - 1] = c;
        string_is_as_jansson_writes_it(one);
    }
    all[126] = 127;
    string_is_as_jansson_writes_it(all);
    string_is_as_jansson_writes_it("");
    string_is_as_jansson_writes_it("k\u00e4se \u20ac \U0001f600 \u2028 \177");
}

static void numbers_are_whole(void **state)
{
    static const struct {
        uint64_t number;
        const char *text;
    } numbers[] = { { 0, "0" },
                    { 9, "9" },
                    { 10, "10" },
                    { 65535, "65535" },
                    { 1000000000, "1000000000" },
                    { UINT64_MAX, "18446744073709551615" } };
    struct json_text text = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        json_text_number(&text, numbers[i].number);
        expect(&text, numbers[i].text);
    }
    json_text_signed(&text, INT64_MAX);
    expect(&text, "9223372036854775807");
    json_text_signed(&text, INT64_MIN);
    expect(&text, "-9223372036854775808");
    json_text_signed(&text, -1);
    expect(&text, "-1");
}

static void parts_follow_each_other(void **state)
{
    struct json_text text = { 0 };

    (void)state;
    json_text_raw(&text, ""); /* copies nothing to nowhere */
    json_text_raw(&text, "[");
    json_text_bool(&text, true);
    json_text_raw(&text, ",");
    json_text_bool(&text, false);
    json_text_raw(&text, "]");
    expect(&text, "[true,false]");
    expect(&text, "");
}

static void text_grows(void **state)
{
    enum { PARTS = 100000 };
    struct json_text text = { 0 };

    (void)state;
    for (size_t i = 0; i < PARTS; i++) {
        json_text_raw(&text, "x");
        json_text_number(&text, 7);
        json_text_string(&text, "\1");
    }
    assert_int_equal(text.len, PARTS * (sizeof("x7\"\\u0001\"") - 1));
    assert_memory_equal(text.chars + text.len - 10, "x7\"\\u0001\"", 10);
    json_text_fini(&text);
}

/* Each part as the one that finds no memory. */
static void nothing_is_taken_when_memory_ran_out(void **state)
{
    (void)state;
    for (int part = 0; part < 4; part++) {
        struct json_text text = { 0 };

        memory_is_gone = part == 0;
        json_text_raw(&text, "[");
        memory_is_gone = memory_is_gone || part == 1;
        json_text_number(&text, 1);
        memory_is_gone = memory_is_gone || part == 2;
        json_text_string(&text, "a string that is not short");
        memory_is_gone = memory_is_gone || part == 3;
        while (!text.failed) {
            json_text_raw(&text, "more");
        }
        memory_is_gone = false;
        json_text_raw(&text, "too late, though there is memory again");
        assert_null(json_text_take(&text));
        assert_int_equal(text.len, 0);
        assert_false(text.failed);
    }
    struct json_text text = { 0 };
    memory_is_gone = true;
    json_text_number(&text, 1);
    json_text_string(&text, "");
    assert_null(json_text_take(&text));
    memory_is_gone = false;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_as_jansson_writes_them),
        cmocka_unit_test(numbers_are_whole),
        cmocka_unit_test(parts_follow_each_other),
        cmocka_unit_test(text_grows),
        cmocka_unit_test(nothing_is_taken_when_memory_ran_out),
    };

    return cmocka_run_group_tests_name("authsim.json_text", tests, NULL, NULL);
}
