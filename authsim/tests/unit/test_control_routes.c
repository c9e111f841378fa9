/* SPDX-License-Identifier: BSD-2-Clause */
#include "control_openapi.h"
#include "control_routes.h"
#include "testing.h"

#include <ctype.h>
#include <string.h>

static const struct control_route *find(enum control_method method,
                                        const char *path,
                                        struct control_answer *answer)
{
    const struct control_request request = { .method = method, .path = path };

    return control_route_find(&request, answer);
}

static void finds_every_route(void **state)
{
    const struct control_route *route = NULL;
    struct control_answer answer = { 0 };

    (void)state;
    for (size_t i = 0; (route = control_route_at(i)) != NULL; i++) {
        assert_ptr_equal(find(route->method, route->path, &answer), route);
        assert_int_equal(answer.status, 0);
    }
}

static void tells_what_is_not_there(void **state)
{
    static const char *const paths[] = { "",         "/",        "/Health",
                                         "/healthx", "/health/", "//health" };
    struct control_answer answer = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        assert_null(find(CONTROL_GET, paths[i], &answer));
        assert_int_equal(answer.status, 404);
        assert_null(answer.allow);
    }
    control_answer_fini(&answer);
}

static void sends_other_challenges_elsewhere(void **state)
{
    static const char *const paths[] = {
        "/add-http01",           "/del-http01",
        "/add-redirect",         "/del-redirect",
        "/add-tlsalpn01",        "/del-tlsalpn01",
        "/http-request-history", "/tlsalpn01-request-history"
    };
    struct control_answer answer = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        assert_null(find(CONTROL_POST, paths[i], &answer));
        assert_int_equal(answer.status, 404);
        assert_non_null(strstr(answer.body, paths[i]));
        assert_non_null(strstr(answer.body, "pebble-challtestsrv -dns01 ''"));
    }
    assert_null(find(CONTROL_POST, "/add-http02", &answer));
    assert_null(strstr(answer.body, "pebble"));
    control_answer_fini(&answer);
}

static void a_segment_stands_for_itself(void **state)
{
    const struct control_request request = { .path = "/scenarios/later" };
    struct control_answer answer = { 0 };

    (void)state;
    assert_non_null(find(CONTROL_DELETE, "/scenarios/later", &answer));
    assert_string_equal(control_route_segment(&request), "later");
    assert_null(find(CONTROL_DELETE, "/scenarios/", &answer));
    assert_int_equal(answer.status, 404);
    assert_null(find(CONTROL_DELETE, "/scenarios/a/b", &answer));
    assert_int_equal(answer.status, 404);
    assert_null(find(CONTROL_GET, "/scenarios/later", &answer));
    assert_string_equal(answer.allow, "DELETE");
    control_answer_fini(&answer);
}

static void tells_the_methods_of_a_path(void **state)
{
    struct control_answer answer = { 0 };

    (void)state;
    assert_null(find(CONTROL_POST, "/health", &answer));
    assert_int_equal(answer.status, 405);
    assert_string_equal(answer.allow, "GET");
    assert_null(find(CONTROL_OTHER_METHOD, "/faults", &answer));
    assert_string_equal(answer.allow, "GET, POST");
    assert_null(find(CONTROL_POST, "/journal", &answer));
    assert_string_equal(answer.allow, "GET, DELETE");
    control_answer_fini(&answer);
}

/* The method of a route as a key of the document. */
static const char *key_of(enum control_method method, char key[8])
{
    const char *text = control_method_text(method);
    size_t i = 0;

    for (; text[i] != '\0'; i++) {
        key[i] = (char)tolower((unsigned char)text[i]);
    }
    key[i] = '\0';
    return key;
}

static void the_document_has_the_same_paths(void **state)
{
    json_t *document = json_loads(control_openapi, 0, NULL);
    json_t *paths = json_object_get(document, "paths");
    const struct control_route *route = NULL;
    const char *path = NULL;
    json_t *operations = NULL;
    size_t documented = 0;
    size_t count = 0;
    char key[8];

    (void)state;
    for (; (route = control_route_at(count)) != NULL; count++) {
        operations = json_object_get(paths, route->path);
        assert_non_null(
            json_object_get(operations, key_of(route->method, key)));
    }
    json_object_foreach(paths, path, operations)
    {
        documented += json_object_size(operations);
    }
    assert_int_equal(documented, count);
    json_decref(document);
}

static void every_method_has_a_name(void **state)
{
    (void)state;
    assert_string_equal(control_method_text(CONTROL_GET), "GET");
    assert_string_equal(control_method_text(CONTROL_POST), "POST");
    assert_string_equal(control_method_text(CONTROL_DELETE), "DELETE");
    assert_string_equal(control_method_text(CONTROL_OTHER_METHOD), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_route),
        cmocka_unit_test(tells_what_is_not_there),
        cmocka_unit_test(sends_other_challenges_elsewhere),
        cmocka_unit_test(a_segment_stands_for_itself),
        cmocka_unit_test(tells_the_methods_of_a_path),
        cmocka_unit_test(every_method_has_a_name),
        cmocka_unit_test(the_document_has_the_same_paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
