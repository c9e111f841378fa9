/* SPDX-License-Identifier: BSD-2-Clause */
/* Every allocation of a request fails once: nothing crashes, leaks or claims
 * success, and the next request is as good as ever. */
#include "desk.h"
#include "testing.h"

#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long countdown = -1; /* allocations until one fails; <0: none */

static bool fails(void)
{
    return countdown >= 0 && countdown-- == 0;
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

#define WWW "www.zone.desk-permits"

static const struct {
    unsigned (*ask)(struct test_desk *d, const char *path);
    const char *path;
    const char *body; /* of a POST */
} requests[] = {
    { test_desk_delete, "/scenarios/desk", NULL },
    { test_desk_delete, "/journal", NULL },
    { test_desk_get, "/faults", NULL },
    { test_desk_get, "/journal", NULL },
    { test_desk_get, "/scenarios", NULL },
    { test_desk_get, "/openapi.json", NULL },
    { NULL, "/records",
      "{\"publish\":\"new.zone.desk-permits A 192.0.2.9\\nb.c TXT x\","
      "\"withdraw\":[\"" WWW " CAA\"],\"restore\":[\"" WWW " A\"]}" },
    { NULL, "/add-a", "{\"host\":\"a.b.c\",\"addresses\":[\"192.0.2.9\"]}" },
    { NULL, "/add-caa",
      "{\"host\":\"" WWW
      "\",\"policies\":[{\"tag\":\"issue\",\"value\":\"x\"}]}" },
    { NULL, "/set-cname", "{\"host\":\"" WWW "\",\"target\":\"a.example\"}" },
    { NULL, "/set-txt", "{\"host\":\"" WWW "\",\"value\":\"x\"}" },
    { NULL, "/clear-cname", "{\"host\":\"" WWW "\"}" },
    { NULL, "/set-servfail", "{\"host\":\"" WWW "\"}" },
    { NULL, "/set-default-ipv4", "{\"ip\":\"192.0.2.77\"}" },
    { NULL, "/clear-request-history", "{\"host\":\"x.y\",\"type\":\"dns\"}" },
    { NULL, "/dns-request-history", "{\"host\":\"" WWW "\"}" },
    { NULL, "/faults",
      "{\"scenario\":\"desk/permits\",\"fault\":\"outage\",\"enabled\":true}" },
    { NULL, "/scenarios?id=later",
      "title: Another\n"
      "sources: [{text: RFC 8659, section: \"3\"}]\n"
      "zones:\n"
      "  - name: zone\n"
      "    dnssec: signed\n"
      "    records: |\n"
      "      www.zone CAA 0 issue \"{issuer}\"\n"
      "      other.zone CAA 0 issue \"{other}\"\n"
      "checks:\n"
      "  - {id: permits, names: [www.zone], verdict: permit}\n"
      "  - {id: refuses, names: [other.zone], verdict: refuse}\n" },
};

static unsigned ask(struct test_desk *d, size_t request)
{
    return requests[request].ask != NULL
               ? requests[request].ask(d, requests[request].path)
               : test_desk_post(d, requests[request].path,
                                requests[request].body);
}

static bool is_good(unsigned status)
{
    return status >= 200 && status < 300;
}

/* The status when allocation number `n` of the request fails; *reached tells
 * whether there are so many. */
static unsigned ask_short_of_memory(size_t request, long n, bool *reached)
{
    void *state = NULL;
    struct test_desk *d = NULL;
    unsigned status = 0;

    assert_int_equal(test_desk_setup(&state), 0);
    d = state;
    (void)test_desk_query(d, "desk/permits", WWW, 1);
    countdown = n;
    status = ask(d, request);
    *reached = countdown < 0;
    countdown = -1;
    /* Whatever was left undone can be done now, unless it was done. */
    const unsigned again = ask(d, request);
    assert_true(is_good(again) || (again == 409 && status == 201) ||
                (again == 404 && status == 204));
    free(test_desk_state(d));
    assert_int_equal(test_desk_teardown(&state), 0);
    return status;
}

static void a_request_short_of_memory_fails_alone(void **state)
{
    (void)state;
    for (size_t r = 0; r < sizeof(requests) / sizeof(requests[0]); r++) {
        bool reached = true;
        unsigned status = 0;
        /* Further on, fewer: the loader asks often, and alike. */
        for (long n = 0; reached; n += 1 + n / 16) {
            status = ask_short_of_memory(r, n, &reached);
            assert_true(reached == (status == 500));
        }
        assert_true(is_good(status));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_short_of_memory_fails_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
