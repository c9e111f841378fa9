/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <scenario/name.h>
#include <scenario/records.h>

#include <string.h>

static const int *const zone_at_ctx = &(const int){ 7 };

static enum scn_status read_text(const char *text, struct scn_error *error,
                                 struct scn_records **records_out)
{
    return scn_records_read("body", text, strlen(text), error, records_out);
}

static void reads_records_below_the_root(void **state)
{
    static const char text[] = "www.example CAA 0 issue \"ca.test\"\n"
                               "www.example. 60 IN A 192.0.2.1\n";
    struct scn_records *records = NULL;
    struct scn_error error;
    size_t count = 0;

    (void)state;
    assert_int_equal(read_text(text, &error, &records), SCN_OK);
    const struct scn_record *list = scn_records_list(records, &count);
    assert_int_equal(count, 2);
    assert_true(
        scn_name_equal(list[0].owner, (const uint8_t *)"\3www\7example"));
    assert_true(scn_name_equal(list[1].owner, list[0].owner));
    assert_int_equal(list[0].type, SCN_TYPE_CAA);
    assert_int_equal(list[0].rdata_len, 14);
    assert_memory_equal(list[0].rdata, "\0\5issueca.test", 14);
    assert_int_equal(list[0].ttl, 300);
    assert_int_equal(list[1].ttl, 60);
    scn_records_free(records);
    scn_records_free(NULL);
}

static void reads_text_without_a_record(void **state)
{
    struct scn_records *records = NULL;
    struct scn_error error;
    size_t count = 1;

    (void)state;
    assert_int_equal(read_text("; nothing\n", &error, &records), SCN_OK);
    (void)scn_records_list(records, &count);
    assert_int_equal(count, 0);
    scn_records_free(records);
}

static void says_where_a_record_is_wrong(void **state)
{
    struct scn_records *records = NULL;
    struct scn_error error;

    (void)state;
    assert_int_equal(read_text("a A 192.0.2.1\na B c\n", &error, &records),
                     SCN_EINPUT);
    assert_string_equal(error.file, "body");
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 3);
    assert_non_null(strstr(error.text, "no RR type"));
    assert_null(records);
}

static void refuses_what_is_no_text(void **state)
{
    struct scn_records *records = NULL;
    struct scn_error error;

    (void)state;
    assert_int_equal(read_text("a TXT \"\x01\"\n", &error, &records),
                     SCN_EINPUT);
    assert_int_equal(read_text("a TXT \"\xff\"\n", &error, &records),
                     SCN_EINPUT);
    assert_int_equal(
        scn_records_read("body", "a TXT \"\0\"\n", 10, &error, &records),
        SCN_EINPUT);
}

/* Zones "t" and, where a name may be an alias and more, "loose.t". */
static const struct scn_zone *zone_at(const void *ctx, const uint8_t *name)
{
    static const struct scn_zone zones[] = {
        { .name = (const uint8_t *)"\1t" },
        { .name = (const uint8_t *)"\5loose\1t", .breaks = SCN_BREAKS_CNAME },
    };

    assert_ptr_equal(ctx, zone_at_ctx);
    return &zones[scn_name_is_under(name, zones[1].name) ? 1 : 0];
}

/* What keeps the text from being published; "" when nothing does. */
static const char *wrong_with(const char *text, struct scn_error *error)
{
    struct scn_records *records = NULL;

    *error = (struct scn_error){ .line = 0 };
    assert_int_equal(read_text(text, error, &records), SCN_OK);
    const enum scn_status status =
        scn_records_check(records, zone_at, zone_at_ctx, error);
    assert_int_equal(status, error->line == 0 ? SCN_OK : SCN_EINPUT);
    scn_records_free(records);
    return error->text;
}

static void lets_a_zone_have_what_it_can(void **state)
{
    struct scn_error error;

    (void)state;
    assert_string_equal(wrong_with("", &error), "");
    assert_string_equal(wrong_with("a.t CNAME b.t\nb.t A 192.0.2.1\n"
                                   "b.t A 192.0.2.2\nb.t 60 AAAA ::1\n"
                                   "t SOA a b 1 2 3 4 5\n",
                                   &error),
                        "");
    assert_string_equal(
        wrong_with("a.loose.t CNAME b.t\na.loose.t A 192.0.2.1", &error), "");
}

static void says_what_no_zone_can_have(void **state)
{
    struct scn_error error;

    (void)state;
    assert_non_null(strstr(
        wrong_with("b.t A 192.0.2.1\na.t CNAME b.t\na.t TXT x\n", &error),
        "'a.t': no name has a CNAME beside other data"));
    assert_string_equal(error.file, "body");
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 1);
    assert_non_null(strstr(wrong_with("t CNAME b.t", &error), "an apex has"));
    assert_non_null(strstr(wrong_with("a.t CNAME b.t\na.t CNAME c.t", &error),
                           "a name has one CNAME"));
    assert_int_equal(error.line, 2);
    assert_non_null(
        strstr(wrong_with("a.t A 192.0.2.1\na.t A 192.0.2.1", &error),
               "stands twice"));
    assert_non_null(strstr(
        wrong_with("a.t A 192.0.2.1\na.t 60 A 192.0.2.2", &error), "one TTL"));
    assert_non_null(strstr(wrong_with("a.t DNAME b.t\na.t DNAME c.t", &error),
                           "one DNAME"));
    assert_non_null(strstr(wrong_with("a.t SOA a b 1 2 3 4 5", &error),
                           "one SOA, at its apex"));
}

static void reads_types(void **state)
{
    uint16_t type = 7;

    (void)state;
    assert_true(scn_rrtype_from_text("CAA", &type));
    assert_int_equal(type, 257);
    assert_true(scn_rrtype_from_text("TYPE65280", &type));
    assert_int_equal(type, 65280);
    assert_false(scn_rrtype_from_text("caa", &type));
    assert_false(scn_rrtype_from_text("", &type));
    assert_false(scn_rrtype_from_text("ANY", &type));
    assert_false(scn_rrtype_from_text("TYPE0", &type));
    assert_int_equal(type, 65280);
    assert_true(scn_rrtype_goes_with_alias(5));
    assert_true(scn_rrtype_goes_with_alias(46));
    assert_true(scn_rrtype_goes_with_alias(47));
    assert_false(scn_rrtype_goes_with_alias(1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_records_below_the_root),
        cmocka_unit_test(reads_text_without_a_record),
        cmocka_unit_test(says_where_a_record_is_wrong),
        cmocka_unit_test(refuses_what_is_no_text),
        cmocka_unit_test(lets_a_zone_have_what_it_can),
        cmocka_unit_test(says_what_no_zone_can_have),
        cmocka_unit_test(reads_types),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
