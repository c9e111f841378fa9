/* SPDX-License-Identifier: BSD-2-Clause */
#include "deviation.h"
#include "fake_lookup.h"

#include <caacheck/check.h>

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const issuers[] = { "ca.test" };
static const struct caa_request request = { .issuers = issuers,
                                            .issuer_count = 1 };

static void one_deviation_is_on_at_a_time(void **state)
{
    (void)state;
    assert_false(caa_deviates("X1"));
    assert_int_equal(caa_deviation_select("X1"), CAA_OK);
    assert_true(caa_deviates("X1"));
    assert_int_equal(caa_deviation_select("X2"), CAA_OK);
    assert_false(caa_deviates("X1"));
    assert_true(CAA_DEVIATES(X2));
    assert_int_equal(caa_deviation_select("X"), CAA_EFORMAT);
    assert_true(caa_deviates("X2"));
}

static void no_two_deviations_share_an_id(void **state)
{
    size_t count = 0;
    const struct caa_deviation *table = caa_deviation_table(&count);

    (void)state;
    assert_true(count > 10);
    for (size_t i = 0; i < count; i++) {
        assert_true(strlen(table[i].what) > 0);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(table[i].id, table[j].id);
        }
    }
}

static void tells_where_a_bug_can_show(void **state)
{
    (void)state;
    assert_int_equal(caa_deviation_reach("J1"), CAA_REACH_ANSWERS);
    assert_int_equal(caa_deviation_reach("B16"), CAA_REACH_FAILURES);
    assert_int_equal(caa_deviation_reach("G17"), CAA_REACH_LOOKUPS);
    assert_int_equal(caa_deviation_reach("Z1"), CAA_REACH_LOOKUPS);
}

/* Switches one on, and NULL, which is none that bites here. */
static void switch_on(const char *id)
{
    assert_int_equal(caa_deviation_select(id != NULL ? id : "X1"), CAA_OK);
}

/* --- what one set of records says --- */

static enum caa_reason decide(const char *id, const struct caa_rdata *records,
                              size_t count)
{
    struct caa_rules rules = { .text = CAA_TEXT_8659 };

    switch_on(id);
    return caa_decide(records, count, &request, false, &rules).reason;
}

/* Whether the deviation ends a process by a signal. */
static bool crashes(const char *id, const struct caa_rdata *records,
                    size_t count)
{
    int status = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        (void)signal(SIGABRT, SIG_DFL);
        (void)decide(id, records, count);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status);
}

static void records_crash_it(void **state)
{
    static const uint8_t high[] = { 0, 5, 'i', 's', 's', 'u', 'e', 'c', 0xFF };
    static const uint8_t past_end[] = { 0, 5, 'a' };
    static const uint8_t plain[] = { 0, 1, 'a' };
    static const uint8_t wide[300] = { 0, 1, 'a' };
    struct caa_rdata records[1001];

    (void)state;
    for (size_t i = 0; i < 1001; i++) {
        records[i] = (struct caa_rdata){ plain, sizeof(plain) };
    }
    assert_true(crashes("H23", records, 1001));
    assert_false(crashes("H23", records, 1000));
    assert_false(crashes(NULL, records, 1001));
    records[0] = (struct caa_rdata){ high, sizeof(high) };
    assert_true(crashes("C14", records, 1));
    assert_false(crashes("C19", records, 1));
    records[0] = (struct caa_rdata){ past_end, sizeof(past_end) };
    assert_true(crashes("C19", records, 1));
    assert_false(crashes("H24", records, 1));
    records[0] = (struct caa_rdata){ wide, sizeof(wide) };
    assert_true(crashes("H24", records, 1));
    assert_false(crashes("C14", records, 1));
}

static void records_are_taken_amiss(void **state)
{
    static const uint8_t empty[] = { 0, 5, 'i', 'o', 'd', 'e', 'f' };
    static const uint8_t critical[] = { 128, 5, 'i', 'o', 'd', 'e', 'f' };
    static const uint8_t wide[258] = { 0, 255 };
    struct caa_rdata records[] = { { empty, sizeof(empty) },
                                   { critical, sizeof(critical) } };

    (void)state;
    assert_int_equal(decide(NULL, records, 2), CAA_REASON_NONE);
    assert_int_equal(decide("C24", records, 1), CAA_REASON_NONE);
    assert_int_equal(decide("C24", records, 2), CAA_REASON_CRITICAL_UNKNOWN);
    assert_int_equal(decide("C18", records, 1), CAA_REASON_CRITICAL_UNKNOWN);
    records[0] = (struct caa_rdata){ wide, sizeof(wide) };
    assert_int_equal(decide("C18", records, 1), CAA_REASON_CRITICAL_UNKNOWN);
    assert_int_equal(decide(NULL, records, 1), CAA_REASON_NONE);
}

/* --- what one name says --- */

static struct caa_subject subject(const char *id, enum caa_kind kind,
                                  const char *text)
{
    struct caa_subject read;
    const char *problem = "";

    switch_on(id);
    assert_int_equal(caa_subject_parse(text, kind, &read, &problem), CAA_OK);
    return read;
}

static void names_are_misread(void **state)
{
    struct caa_name a = fake_name("a.test");
    struct caa_subject read = subject("E23", CAA_KIND_TLS, "A.test");

    (void)state;
    assert_false(caa_name_equal(&read.name, &a));
    read = subject(NULL, CAA_KIND_TLS, "A.test");
    assert_true(caa_name_equal(&read.name, &a));
    assert_int_equal(subject("E20", CAA_KIND_TLS, "192.0.2.1").kind,
                     CAA_SUBJECT_DNS);
    assert_int_equal(subject("E20", CAA_KIND_TLS, "2001:db8::1").kind,
                     CAA_SUBJECT_IP);
}

static void mailboxes_are_misread(void **state)
{
    struct caa_subject read =
        subject("E27", CAA_KIND_SMIME, "\"a@b\"@example.test");

    (void)state;
    assert_memory_equal(read.name.wire, "\012b\"@example\004test", 16);
    read = subject("E28", CAA_KIND_SMIME, "a@b\xC3\xBC.test");
    assert_memory_equal(read.name.wire, "\003b\xC3\xBC\004test", 9);
    read = subject(NULL, CAA_KIND_SMIME, "a@b\xC3\xBC.test");
    assert_memory_equal(read.name.wire, "\011xn--b", 6);
}

/* --- what a climb makes of answers --- */

struct climbed {
    enum caa_reason reason;
    size_t asked; /* names for their CAA */
};

static struct climbed climb_all(const char *id, const struct fake_line *lines,
                                const struct caa_diagnosis *diagnosis,
                                const char *name)
{
    struct caa_subject read = subject(id, CAA_KIND_TLS, name);
    struct caa_rules rules = { .text = CAA_TEXT_8659 };
    struct caa_result result;
    struct fake_lookup fake;
    struct caa_check check = { .request = &request,
                               .rules = &rules,
                               .lookup = &fake.lookup };
    enum caa_status st = CAA_PENDING;

    fake_init(&fake, lines);
    fake.diagnosis = diagnosis;
    caa_result_init(&result);
    for (size_t i = 0; st == CAA_PENDING && i < 100; i++) {
        st = caa_check_subject(&check, &read, &result);
    }
    assert_int_equal(st, CAA_OK);
    struct climbed climbed = { result.reason, fake.asked };
    caa_result_fini(&result);
    fake_fini(&fake);
    return climbed;
}

static enum caa_reason climb(const char *id, const struct fake_line *lines,
                             const struct caa_diagnosis *diagnosis,
                             const char *name)
{
    return climb_all(id, lines, diagnosis, name).reason;
}

static void odd_labels_and_onions_are_misjudged(void **state)
{
    static const struct fake_line lines[] = {
        { .name = "to.test", .aliases = { "_a.test" } },
        { NULL },
    };

    (void)state;
    assert_int_equal(climb("E22", lines, NULL, "to.test"),
                     CAA_REASON_LOOKUP_FAILED);
    assert_int_equal(climb("E22", lines, NULL, "xn--bcher-kva.test"),
                     CAA_REASON_LOOKUP_FAILED);
    assert_int_equal(climb("E22", lines, NULL, "plain.test"), CAA_REASON_NONE);
    assert_int_equal(climb(NULL, lines, NULL, "to.test"), CAA_REASON_NONE);
    assert_int_equal(climb_all("J13", lines, NULL, "a.onion").asked, 1);
    assert_int_equal(climb_all(NULL, lines, NULL, "a.onion").asked, 0);
}

static void it_hangs_on_a_failure(void **state)
{
    static const struct fake_line lines[] = {
        { .name = "x.test", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 },
        { NULL },
    };
    int status = 0;
    pid_t child = fork();

    (void)state;
    assert_true(child >= 0);
    if (child == 0) {
        (void)alarm(1); /* what ends it, or nothing does */
        (void)climb("B7", lines, NULL, "x.test");
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
    assert_int_equal(climb(NULL, lines, NULL, "x.test"),
                     CAA_REASON_LOOKUP_FAILED);
}

/* --- what is overheard --- */

enum { QR = 0x80, TC = 0x02, AD = 0x20 };

/* Lets the deviation hear a reply for `name` with one CAA that names o. */
static void let_hear(const char *id, const char *name, unsigned section,
                     uint8_t high, uint8_t low)
{
    static const uint8_t rdata[] = { 0, 5, 'i', 's', 's', 'u', 'e', 'o' };
    static const uint8_t numbers[] = { 1, 0, 1, 0, 0, 0, 0, 0 };
    struct caa_name owner = fake_name(name);
    uint8_t reply[256] = { 0, 0, high, low, 0, 1 };
    size_t length = 12;

    switch_on(id);
    reply[7 + 2 * section] = 1;
    memcpy(reply + length, owner.wire, owner.length);
    length += owner.length;
    reply[length] = 1; /* CAA is 257, and 1 is IN */
    memcpy(reply + length + 1, numbers, 3);
    length += 4;
    memcpy(reply + length, owner.wire, owner.length);
    length += owner.length;
    reply[length] = 1;
    memcpy(reply + length + 1, numbers, sizeof(numbers));
    reply[length + 9] = sizeof(rdata);
    memcpy(reply + length + 10, rdata, sizeof(rdata));
    length += 10 + sizeof(rdata);
    caa_overhear(&owner, &owner, reply, length);
    caa_overhear(&owner, &owner, reply, 5);
}

static void replies_are_believed(void **state)
{
    static const struct caa_diagnosis known = { .behaviour =
                                                    CAA_BEHAVIOUR_ANSWERS };
    static const struct fake_line lines[] = {
        { .name = "cut.t", .caa = { "0 issue ca.test" } },
        { .name = "bogus.t", .bogus = true },
        { .name = "failed.t", .outcome = CAA_OUTCOME_SERVFAIL, .attempts = 2 },
        { .name = "folded.t" },
        { .name = "added.t" },
        { NULL },
    };

    (void)state;
    let_hear("B14", "cut.t", 0, QR | TC, 0);
    assert_int_equal(climb("B14", lines, &known, "cut.t"),
                     CAA_REASON_NOT_AUTHORISED);
    assert_int_equal(climb("A27", lines, &known, "cut.t"), CAA_REASON_NONE);
    let_hear("B18", "bogus.t", 0, QR, AD);
    assert_int_equal(climb("B18", lines, &known, "bogus.t"),
                     CAA_REASON_NOT_AUTHORISED);
    assert_int_equal(climb("B14", lines, &known, "bogus.t"),
                     CAA_REASON_LOOKUP_FAILED);
    let_hear("G19", "failed.t", 0, 0, 0);
    assert_int_equal(climb("G19", lines, &known, "failed.t"),
                     CAA_REASON_NOT_AUTHORISED);
    let_hear("B31", "folded.t", 0, QR, 0);
    assert_int_equal(climb("B31", lines, &known, "folded.t"),
                     CAA_REASON_LOOKUP_FAILED);
    let_hear("A27", "added.t", 1, QR, 0);
    assert_int_equal(climb("A27", lines, &known, "added.t"),
                     CAA_REASON_NOT_AUTHORISED);
    assert_int_equal(climb(NULL, lines, &known, "added.t"), CAA_REASON_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_deviation_is_on_at_a_time),
        cmocka_unit_test(no_two_deviations_share_an_id),
        cmocka_unit_test(tells_where_a_bug_can_show),
        cmocka_unit_test(records_crash_it),
        cmocka_unit_test(records_are_taken_amiss),
        cmocka_unit_test(names_are_misread),
        cmocka_unit_test(mailboxes_are_misread),
        cmocka_unit_test(odd_labels_and_onions_are_misjudged),
        cmocka_unit_test(it_hangs_on_a_failure),
        cmocka_unit_test(replies_are_believed),
    };

    return cmocka_run_group_tests_name("checker.deviation", tests, NULL, NULL);
}
