/* SPDX-License-Identifier: BSD-2-Clause */
/* test_start_request.c - what was packed comes out again, and nothing else. */
#include "start_request.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

static char program[] = "program";
static char empty[] = "";
static char variable[] = "A=b c";
static char *const arguments[] = { program, empty, NULL };
static char *const environment[] = { variable, NULL };
static char *const nothing[] = { NULL };

/* The strings of spec in memory of their exact size. */
static char *pack(const struct cfm_process_spec *spec,
                  struct cfm_start_head *head)
{
    char *octets = cfm_start_pack(spec, head);
    assert_non_null(octets);
    return octets;
}

static void unpacks_what_was_packed(void **state)
{
    (void)state;
    const struct cfm_process_spec spec = { .path = "/bin/program",
                                           .argv = arguments,
                                           .envp = environment,
                                           .resolv_conf = "/run/resolv.conf",
                                           .state = "/run/state" };
    struct cfm_start_head head;
    struct cfm_start_request request;
    char *octets = pack(&spec, &head);
    assert_true(cfm_start_unpack(&head, octets, &request));
    assert_string_equal(request.spec.path, "/bin/program");
    assert_string_equal(request.spec.resolv_conf, "/run/resolv.conf");
    assert_string_equal(request.spec.state, "/run/state");
    assert_string_equal(request.spec.argv[0], "program");
    assert_string_equal(request.spec.argv[1], "");
    assert_null(request.spec.argv[2]);
    assert_string_equal(request.spec.envp[0], "A=b c");
    assert_null(request.spec.envp[1]);
    cfm_start_request_fini(&request);
}

static void keeps_what_is_not_there_apart_from_the_rest(void **state)
{
    (void)state;
    const struct cfm_process_spec spec = { .path = "/bin/program",
                                           .argv = arguments,
                                           .envp = nothing };
    struct cfm_start_head head;
    struct cfm_start_request request;
    char *octets = pack(&spec, &head);
    assert_true(cfm_start_unpack(&head, octets, &request));
    assert_null(request.spec.resolv_conf);
    assert_null(request.spec.state);
    assert_string_equal(request.spec.argv[0], "program");
    assert_null(request.spec.envp[0]);
    cfm_start_request_fini(&request);
}

static void rejects_strings_that_the_head_does_not_announce(void **state)
{
    (void)state;
    const struct cfm_process_spec spec = { .path = "/bin/program",
                                           .argv = arguments,
                                           .envp = environment };
    struct cfm_start_head head;
    struct cfm_start_request request;
    free(pack(&spec, &head));
    struct cfm_start_head wrong[] = { head, head, head, head, head };
    wrong[0].arguments++;
    wrong[1].variables++;
    wrong[2].variables--;
    wrong[3].octets--; /* no NUL at the end */
    wrong[4].octets = 0;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct cfm_start_head right;
        char *octets = pack(&spec, &right);
        assert_false(cfm_start_unpack(&wrong[i], octets, &request));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unpacks_what_was_packed),
        cmocka_unit_test(keeps_what_is_not_there_apart_from_the_rest),
        cmocka_unit_test(rejects_strings_that_the_head_does_not_announce),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
