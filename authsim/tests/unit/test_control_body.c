/* SPDX-License-Identifier: BSD-2-Clause */
#include "control_body.h"
#include "testing.h"

#include <scenario/name.h>

#include <string.h>

static const struct control_field fields[] = {
    { "name", CONTROL_TEXT, true },
    { "count", CONTROL_NUMBER, false },
    { "flag", CONTROL_FLAG, false },
    { "list", CONTROL_LIST, false },
};

/* Reads text; the object, or NULL with a problem that says `wanted`. */
static json_t *read_body(const char *text, enum control_others others,
                         const char *wanted)
{
    const struct control_form form = { fields, 4, others };
    const struct control_request request = { .body = text,
                                             .body_len = strlen(text) };
    struct control_answer answer = { 0 };
    json_t *object = NULL;

    if (control_body_read(&request, &form, &object, &answer)) {
        assert_null(wanted);
        assert_non_null(object);
        return object;
    }
    assert_null(object);
    assert_int_equal(answer.status, 400);
    if (wanted == NULL || strstr(answer.body, wanted) == NULL) {
        fail_msg("it says %s", answer.body);
    }
    control_answer_fini(&answer);
    return NULL;
}

static void reads_an_object(void **state)
{
    json_t *object = read_body("{\"name\":\"x\",\"count\":0,\"flag\":false,"
                               "\"list\":[]}",
                               CONTROL_OTHERS_REFUSED, NULL);

    (void)state;
    assert_string_equal(control_body_text(object, "name"), "x");
    assert_null(control_body_text(object, "other"));
    json_decref(object);
}

static void passes_over_other_keys_where_told(void **state)
{
    static const char text[] = "{\"name\":\"x\",\"more\":1}";

    (void)state;
    json_decref(read_body(text, CONTROL_OTHERS_IGNORED, NULL));
    (void)read_body(text, CONTROL_OTHERS_REFUSED, "the body holds 'more'");
}

static void takes_keys_in_any_case_where_others_are_ignored(void **state)
{
    static const char text[] = "{\"NAME\":\"x\",\"List\":[],\"Count\":7}";
    json_t *object = read_body(text, CONTROL_OTHERS_IGNORED, NULL);

    (void)state;
    assert_string_equal(control_body_text(object, "name"), "x");
    assert_true(json_is_array(json_object_get(object, "list")));
    assert_int_equal(json_integer_value(json_object_get(object, "count")), 7);
    json_decref(object);
    object = read_body("{\"Name\":\"y\",\"name\":\"x\"}",
                       CONTROL_OTHERS_IGNORED, NULL);
    assert_string_equal(control_body_text(object, "name"), "x");
    json_decref(object);
    (void)read_body("{\"Name\":1}", CONTROL_OTHERS_IGNORED, "a string");
    (void)read_body("{\"Name\":\"x\"}", CONTROL_OTHERS_REFUSED,
                    "the body wants 'name'");
}

static void refuses_what_is_no_object(void **state)
{
    (void)state;
    (void)read_body("", CONTROL_OTHERS_IGNORED, "no JSON: line 1");
    (void)read_body("{", CONTROL_OTHERS_IGNORED, "no JSON");
    (void)read_body("{} {}", CONTROL_OTHERS_IGNORED, "no JSON");
    (void)read_body("[]", CONTROL_OTHERS_IGNORED, "no JSON object");
    (void)read_body("{\"name\":\"x\",\"name\":\"y\"}", CONTROL_OTHERS_IGNORED,
                    "no JSON");
    (void)read_body("{\"name\":\"\xff\"}", CONTROL_OTHERS_IGNORED, "no JSON");
    (void)read_body("{\"name\":\"a\\u0000b\"}", CONTROL_OTHERS_IGNORED,
                    "no JSON");
}

static void refuses_fields_of_another_kind(void **state)
{
    (void)state;
    (void)read_body("{}", CONTROL_OTHERS_IGNORED,
                    "the body wants 'name': a string");
    (void)read_body("{\"name\":1}", CONTROL_OTHERS_IGNORED, "a string");
    (void)read_body("{\"name\":\"x\",\"count\":-1}", CONTROL_OTHERS_IGNORED,
                    "an integer from 0 on");
    (void)read_body("{\"name\":\"x\",\"count\":1.5}", CONTROL_OTHERS_IGNORED,
                    "an integer from 0 on");
    (void)read_body("{\"name\":\"x\",\"flag\":0}", CONTROL_OTHERS_IGNORED,
                    "true or false");
    (void)read_body("{\"name\":\"x\",\"list\":null}", CONTROL_OTHERS_IGNORED,
                    "an array");
}

static void reads_names(void **state)
{
    struct control_answer answer = { 0 };
    uint8_t name[SCN_NAME_MAX];

    (void)state;
    assert_true(control_name_read("host", "wWw.X", name, &answer));
    assert_memory_equal(name, "\3www\1x", 7);
    assert_true(control_name_read("host", "www.x.", name, &answer));
    assert_memory_equal(name, "\3www\1x", 7);
    assert_int_equal(answer.status, 0);
    assert_false(control_name_read("host", "", name, &answer));
    assert_false(control_name_read("host", "a..b", name, &answer));
    assert_int_equal(answer.status, 400);
    assert_non_null(strstr(answer.body, "host is 'a..b'"));
    control_answer_fini(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_an_object),
        cmocka_unit_test(passes_over_other_keys_where_told),
        cmocka_unit_test(takes_keys_in_any_case_where_others_are_ignored),
        cmocka_unit_test(refuses_what_is_no_object),
        cmocka_unit_test(refuses_fields_of_another_kind),
        cmocka_unit_test(reads_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
