/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "zone_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint8_t apex[] = "\4apex";

struct fixture {
    struct scn_arena arena;
    struct scn_error error;
    struct scn_params params;
    struct scn_scope scope;
    struct scn_yaml node;
    struct scn_vec records;
};

static void set_up(struct fixture *f, const char *text)
{
    *f = (struct fixture){ .error = { .text = "no error" } };
    scn_params_default(&f->params);
    f->scope = (struct scn_scope){ .arena = &f->arena,
                                   .file = "f.yaml",
                                   .error = &f->error,
                                   .params = &f->params,
                                   .origin = apex };
    f->node = (struct scn_yaml){ .style = SCN_YAML_LITERAL,
                                 .text = text,
                                 .len = strlen(text),
                                 .text_at = { 10, 5 },
                                 .at = { 10, 5 } };
}

static const struct scn_record *read_text(struct fixture *f, const char *text)
{
    set_up(f, text);
    enum scn_status status =
        scn_zone_text_read(&f->scope, &f->node, &f->records);
    if (status != SCN_OK) {
        print_error("%u:%u %s\n", f->error.line, f->error.column,
                    f->error.text);
    }
    assert_int_equal(status, SCN_OK);
    return f->records.items;
}

static void assert_owner(const struct scn_record *record, const char *text)
{
    char shown[SCN_NAME_TEXT_MAX];

    if (record == NULL) {
        fail();
        return;
    }
    scn_name_to_text(record->owner, shown);
    assert_string_equal(shown, text);
}

static void assert_rdata(const struct scn_record *record, const char *octets,
                         size_t len)
{
    assert_int_equal(record->rdata_len, len);
    assert_memory_equal(record->rdata, octets, len);
}

/* len of a string literal with octets in it */
#define RDATA(literal) literal, sizeof(literal) - 1

static void reads_owner_ttl_class_and_type(void **state)
{
    struct fixture f;
    const struct scn_record *r =
        read_text(&f, "; nothing yet\n\n"
                      "WWW        A 192.0.2.1\n"
                      "@ 60       A 192.0.2.2 ; a comment\n"
                      "1 IN       A 192.0.2.3\n"
                      "b 60 IN    A 192.0.2.4\n"
                      "c IN 70\tA 192.0.2.5\n"
                      "$TTL 5\n"
                      "*.d        A 192.0.2.6");

    (void)state;
    assert_int_equal(f.records.count, 6);
    assert_owner(&r[0], "www.apex");
    assert_int_equal(r[0].ttl, 300);
    assert_int_equal(r[0].type, 1);
    assert_int_equal(r[0].line, 12);
    assert_rdata(&r[0], RDATA("\xc0\x00\x02\x01"));
    assert_owner(&r[1], "apex");
    assert_int_equal(r[1].ttl, 60);
    assert_owner(&r[2], "1.apex");
    assert_int_equal(r[3].ttl, 60);
    assert_int_equal(r[4].ttl, 70);
    assert_int_equal(r[5].ttl, 5);
    assert_int_equal(r[5].line, 18);
    assert_owner(&r[5], "*.d.apex");
    assert_true(f.scope.origin_used);
    scn_arena_fini(&f.arena);
}

static void reads_caa_of_any_octets(void **state)
{
    struct fixture f;
    const struct scn_record *r =
        read_text(&f, "a CAA 0 issue \"ca.test; a=b\"\n"
                      "a CAA 128 \"is\\000sue\" \"\\255\\\"\\\\;\"\n"
                      "a CAA 255 \"\" \"\"\n"
                      "a CAA 1 tag va\\;lue\n"
                      "a CAA 0 a-b \"(x) $y @ \\{issuer}\"\n"
                      "a CAA \\# 3 000561\n"
                      "a CAA \\# 0\n"
                      "a CAA \\# 4 0005 6162\n");

    (void)state;
    assert_int_equal(f.records.count, 8);
    assert_int_equal(r[0].type, SCN_TYPE_CAA);
    assert_rdata(&r[0], RDATA("\0\5issueca.test; a=b"));
    assert_rdata(&r[1], RDATA("\x80\6is\0sue\xff\"\\;"));
    assert_rdata(&r[2], RDATA("\xff\0"));
    assert_rdata(&r[3], RDATA("\1\3tagva;lue"));
    assert_rdata(&r[4], RDATA("\0\3a-b(x) $y @ {issuer}"));
    assert_rdata(&r[5], RDATA("\0\5a"));
    assert_rdata(&r[6], RDATA(""));
    assert_rdata(&r[7], RDATA("\0\5ab"));
    scn_arena_fini(&f.arena);
}

static void replaces_placeholders_and_lets_none_escape(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f, "a CAA 0 issue \"{issuer}|{ISSUER}|{other}\"\n"
               "a CAA 0 issue {account}\n"
               "a CNAME {issuer}\n"
               "a TXT \"{other-method}\" {method}\n");
    f.params.account = "a\"b;c d\\e";
    assert_int_equal(scn_zone_text_read(&f.scope, &f.node, &f.records), SCN_OK);
    const struct scn_record *r = f.records.items;
    assert_rdata(&r[0], RDATA("\0\5issueca.test|CA.TEST|other-ca.test"));
    assert_rdata(&r[1], RDATA("\0\5issuea\"b;c d\\e"));
    assert_rdata(&r[2], RDATA("\2ca\4test\4apex\0"));
    assert_rdata(&r[3], RDATA("\6dns-01\7http-01"));
    scn_arena_fini(&f.arena);
}

static void reads_other_types_to_uncompressed_wire(void **state)
{
    struct fixture f;
    const struct scn_record *r =
        read_text(&f, "a AAAA 2001:db8::1\n"
                      "a MX 10 Mail\n"
                      "a MX 0 .\n"
                      "@ SOA ns hostmaster 1 2 3 4 5\n"
                      "a TXT one \"two three\" \"\\\"\"\n"
                      "a DNAME b.c\n"
                      "a TYPE65280 \\# 2 abcd\n"
                      "a CNAME x.onion.\n"
                      "a NSEC b A CAA\n");

    (void)state;
    assert_int_equal(f.records.count, 9);
    assert_int_equal(r[0].rdata_len, 16);
    assert_rdata(&r[1], RDATA("\0\12\4Mail\4apex\0"));
    assert_rdata(&r[2], RDATA("\0\0\0"));
    assert_rdata(&r[3], RDATA("\2ns\4apex\0\12hostmaster\4apex\0"
                              "\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5"));
    assert_rdata(&r[4], RDATA("\3one\11two three\1\""));
    assert_rdata(&r[5], RDATA("\1b\1c\4apex\0"));
    assert_int_equal(r[6].type, 65280);
    assert_rdata(&r[6], RDATA("\xab\xcd"));
    assert_rdata(&r[7], RDATA("\1x\5onion\0"));
    assert_rdata(&r[8], RDATA("\1b\4apex\0\0\1\x40\1\1\x40"));
    scn_arena_fini(&f.arena);
}

static void generates_numbered_records(void **state)
{
    struct fixture f;
    const struct scn_record *r =
        read_text(&f, "$GENERATE 8-12/2 n$.a 60 CNAME t$$\\$.b\n"
                      "x$ TXT $\n");

    (void)state;
    assert_int_equal(f.records.count, 4);
    assert_owner(&r[0], "n8.a.apex");
    assert_rdata(&r[0], RDATA("\4t88$\1b\4apex\0"));
    assert_int_equal(r[0].ttl, 60);
    assert_int_equal(r[0].line, 10);
    assert_owner(&r[2], "n12.a.apex");
    assert_owner(&r[3], "x\\$.apex");
    assert_int_equal(r[3].line, 11);
    scn_arena_fini(&f.arena);
}

static void absolute_owners_need_a_private_universe(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f, "open. A 192.0.2.1\n. NS ns.open.\n");
    assert_int_equal(scn_zone_text_read(&f.scope, &f.node, &f.records),
                     SCN_EINPUT);
    f.scope.absolute_allowed = true;
    f.records = (struct scn_vec){ 0 };
    assert_int_equal(scn_zone_text_read(&f.scope, &f.node, &f.records), SCN_OK);
    const struct scn_record *r = f.records.items;
    assert_owner(&r[0], "open");
    assert_owner(&r[1], ".");
    assert_false(f.scope.origin_used);
    scn_arena_fini(&f.arena);
}

static void says_where_in_the_file_the_trouble_is(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f, "a A 192.0.2.1\n\na CAA 0 issue\n");
    assert_int_equal(scn_zone_text_read(&f.scope, &f.node, &f.records),
                     SCN_EINPUT);
    assert_string_equal(f.error.file, "f.yaml");
    assert_int_equal(f.error.line, 12);
    assert_int_equal(f.error.column, 18);
    scn_arena_fini(&f.arena);
}

static void one_caa_record_stands_alone(void **state)
{
    struct fixture f;

    (void)state;
    set_up(&f, "0 issue \"{issuer}\"");
    assert_int_equal(scn_caa_text_read(&f.scope, &f.node, apex, &f.records),
                     SCN_OK);
    const struct scn_record *r = f.records.items;
    assert_int_equal(r->line, 0);
    assert_int_equal(r->ttl, 300);
    assert_int_equal(r->type, SCN_TYPE_CAA);
    assert_rdata(r, RDATA("\0\5issueca.test"));
    scn_arena_fini(&f.arena);
    set_up(&f, "0 issue \"a\" ; b");
    assert_int_equal(scn_caa_text_read(&f.scope, &f.node, apex, &f.records),
                     SCN_EINPUT);
    scn_arena_fini(&f.arena);
    set_up(&f, " ");
    assert_int_equal(scn_caa_text_read(&f.scope, &f.node, apex, &f.records),
                     SCN_EINPUT);
    scn_arena_fini(&f.arena);
}

/* A value of `octets` octets x. */
static void assert_value_of(size_t octets, enum scn_status expected)
{
    struct fixture f;
    char *text = malloc(octets + 32);

    assert_non_null(text);
    int head = snprintf(text, 32, "a CAA 0 issue \"");
    memset(text + head, 'x', octets);
    (void)snprintf(text + head + octets, 8, "\"\n");
    set_up(&f, text);
    assert_int_equal(scn_zone_text_read(&f.scope, &f.node, &f.records),
                     expected);
    scn_arena_fini(&f.arena);
    free(text);
}

static void rdata_fills_a_message_and_no_more(void **state)
{
    (void)state;
    assert_value_of(65535 - 7, SCN_OK);
    assert_value_of(65535 - 6, SCN_EINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_owner_ttl_class_and_type),
        cmocka_unit_test(reads_caa_of_any_octets),
        cmocka_unit_test(replaces_placeholders_and_lets_none_escape),
        cmocka_unit_test(reads_other_types_to_uncompressed_wire),
        cmocka_unit_test(generates_numbered_records),
        cmocka_unit_test(absolute_owners_need_a_private_universe),
        cmocka_unit_test(says_where_in_the_file_the_trouble_is),
        cmocka_unit_test(one_caa_record_stands_alone),
        cmocka_unit_test(rdata_fills_a_message_and_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
