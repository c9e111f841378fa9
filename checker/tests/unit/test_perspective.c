/* SPDX-License-Identifier: BSD-2-Clause */
#include "perspective.h"
#include "testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REMOTES_MOST = 8, NAMES = 2 };

static char anchor_path[] = "/tmp/caacheck-anchor-XXXXXX";

static int write_anchor(void **state)
{
    static const char text[] =
        ". 172800 IN DS 20326 8 2 "
        "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n";
    int fd = mkstemp(anchor_path);

    (void)state;
    return fd >= 0 && write(fd, text, sizeof(text) - 1) > 0 && close(fd) == 0
               ? 0
               : -1;
}

static int remove_anchor(void **state)
{
    (void)state;
    return unlink(anchor_path);
}

/* Two names and their perspectives, which have all found permissions. */
struct box {
    char text[REMOTES_MOST][32];
    char *remotes[REMOTES_MOST];
    struct caa_subject subjects[NAMES];
    struct options options;
    struct perspectives all;
};

static void open_box(struct box *box, size_t remotes, const char *profile,
                     caa_date date)
{
    char problem[CAA_PROBLEM_MAX] = "";

    memset(box, 0, sizeof(*box));
    for (size_t i = 0; i < remotes; i++) {
        (void)snprintf(box->text[i], sizeof(box->text[i]), "127.0.0.%zu",
                       i + 1);
        box->remotes[i] = box->text[i];
    }
    box->options = (struct options){
        .remotes = box->remotes,
        .remote_count = remotes,
        .subjects = box->subjects,
        .subject_count = NAMES,
        .unbound = { .resolver = "127.0.0.1",
                     .trust_anchor = anchor_path,
                     .timeout_ms = 1,
                     .attempts = 1 },
    };
    assert_int_equal(
        caa_profile_rules(profile, date, CAA_KIND_TLS, &box->options.rules),
        CAA_OK);
    assert_int_equal(perspectives_init(&box->options, problem, &box->all),
                     CAA_OK);
    for (size_t p = 0; p <= remotes; p++) {
        for (size_t i = 0; i < NAMES; i++) {
            perspectives_results(&box->all, p)[i].section = "own";
        }
    }
}

/* The first `against` remotes refuse the second name. */
static enum caa_verdict judged(struct box *box, size_t against)
{
    const struct caa_result *results = perspectives_results(&box->all, 0);

    for (size_t p = 1; p <= against; p++) {
        struct caa_result *result = &perspectives_results(&box->all, p)[1];
        result->verdict = CAA_REFUSE;
        result->reason = CAA_REASON_LOOKUP_FAILED;
    }
    assert_int_equal(perspectives_judge(&box->all, &box->options), CAA_OK);
    assert_int_equal(results[0].verdict, CAA_PERMIT);
    return results[1].verdict;
}

static enum caa_verdict judged_with(size_t remotes, size_t against,
                                    const char *profile, caa_date date)
{
    struct box box;

    open_box(&box, remotes, profile, date);
    enum caa_verdict verdict = judged(&box, against);
    perspectives_fini(&box.all);
    return verdict;
}

/* TLS-BR section 3.2.2.9, the table of the quorum; it begins at two. */
static void judges_by_the_table_of_the_requirements(void **state)
{
    static const size_t allowed[REMOTES_MOST + 1] = {
        0, 0, 1, 1, 1, 1, 2, 2, 2
    };

    (void)state;
    for (size_t remotes = 1; remotes <= REMOTES_MOST; remotes++) {
        for (size_t against = 0; against <= 3 && against <= remotes;
             against++) {
            assert_int_equal(judged_with(remotes, against, "tls-br", 20261220),
                             against <= allowed[remotes] ? CAA_PERMIT
                                                         : CAA_REFUSE);
        }
    }
}

static void judges_from_the_day_of_each_profile_on(void **state)
{
    static const struct {
        const char *profile;
        caa_date date;
        enum caa_verdict verdict;
    } days[] = {
        { "tls-br", 20250315, CAA_PERMIT },
        { "tls-br", 20250914, CAA_PERMIT },
        { "tls-br", 20250915, CAA_REFUSE },
        { "tls-br", 20270401, CAA_REFUSE },
        { "smime-br", 20250515, CAA_PERMIT },
        { "smime-br", 20250914, CAA_PERMIT },
        { "smime-br", 20250915, CAA_REFUSE },
        { "rfc8659", 20270401, CAA_PERMIT },
        { "rfc6844", 20270401, CAA_PERMIT },
        { "rfc6844-e5065", 20270401, CAA_PERMIT },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
        assert_int_equal(judged_with(5, 2, days[i].profile, days[i].date),
                         days[i].verdict);
    }
}

static void a_refusal_of_the_primary_stands(void **state)
{
    struct box box;

    (void)state;
    open_box(&box, 7, "tls-br", 20261220);
    struct caa_result *primary = &perspectives_results(&box.all, 0)[1];
    primary->verdict = CAA_REFUSE;
    primary->reason = CAA_REASON_NOT_AUTHORISED;
    assert_int_equal(judged(&box, 0), CAA_REFUSE);
    assert_int_equal(primary->reason, CAA_REASON_NOT_AUTHORISED);
    assert_string_equal(primary->section, "own");
    perspectives_fini(&box.all);
}

static void the_result_tells_what_each_remote_found(void **state)
{
    struct box box;

    (void)state;
    open_box(&box, 3, "smime-br", 20261220);
    assert_int_equal(judged(&box, 2), CAA_REFUSE);
    const struct caa_result *result = &perspectives_results(&box.all, 0)[1];
    assert_int_equal(result->reason, CAA_REASON_NOT_CORROBORATED);
    assert_string_equal(result->section,
                        "SMIME-BR section 4.2.2.2 (multi-perspective)");
    assert_int_equal(result->remote_count, 3);
    assert_string_equal(result->remotes[1].address, "127.0.0.2");
    assert_int_equal(result->remotes[1].verdict, CAA_REFUSE);
    assert_int_equal(result->remotes[1].reason, CAA_REASON_LOOKUP_FAILED);
    assert_string_equal(result->remotes[1].section, "own");
    assert_int_equal(result->remotes[2].verdict, CAA_PERMIT);
    perspectives_fini(&box.all);
}

static void without_remotes_there_is_nothing_to_judge(void **state)
{
    struct box box;

    (void)state;
    open_box(&box, 0, "tls-br", 20261220);
    assert_int_equal(judged(&box, 0), CAA_PERMIT);
    assert_null(perspectives_results(&box.all, 0)->remotes);
    perspectives_fini(&box.all);
}

static void a_setting_that_is_refused_leaves_nothing_behind(void **state)
{
    static char nowhere[] = "no address";
    char *remotes[] = { nowhere };
    char problem[CAA_PROBLEM_MAX] = "";
    struct options options = { .remotes = remotes,
                               .remote_count = 1,
                               .subject_count = NAMES,
                               .unbound = { .resolver = "127.0.0.1",
                                            .trust_anchor = anchor_path,
                                            .timeout_ms = 1,
                                            .attempts = 1 } };
    struct perspectives all;

    (void)state;
    assert_int_equal(perspectives_init(&options, problem, &all), CAA_ESYSTEM);
    assert_string_not_equal(problem, "");
    assert_int_equal(all.count, 1);
    perspectives_fini(&all);
    assert_null(all.base);
    assert_int_equal(all.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_by_the_table_of_the_requirements),
        cmocka_unit_test(judges_from_the_day_of_each_profile_on),
        cmocka_unit_test(a_refusal_of_the_primary_stands),
        cmocka_unit_test(the_result_tells_what_each_remote_found),
        cmocka_unit_test(without_remotes_there_is_nothing_to_judge),
        cmocka_unit_test(a_setting_that_is_refused_leaves_nothing_behind),
    };

    return cmocka_run_group_tests_name("checker.perspective", tests,
                                       write_anchor, remove_anchor);
}
