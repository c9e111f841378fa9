/* SPDX-License-Identifier: BSD-2-Clause */
#include "journal_line.h"
#include "testing.h"

#include <scenario/name.h>

#include <jansson.h>
#include <stdlib.h>

static const uint8_t root[] = { 0 };
static const uint8_t zone[] = "\4zone";
static const uint8_t name[] = "\3wWw\4zone";
static const uint8_t odd[] = "\7\0.\\\"\n\177\377\3a b\4zone";

static const struct scn_fault plain_fault = { .summary = "rcode SERVFAIL",
                                              .line = 10 };
static const struct scn_fault odd_fault = { .id = "say \"no\"\t\\ \u20ac",
                                            .line = 4000000000 };

static char *line_of(const struct sim_exchange *x, const char *key)
{
    struct json_text text = { 0 };

    journal_line_exchange(&text, x, key);
    char *line = json_text_take(&text);
    assert_non_null(line);
    return line;
}

static void expect(const struct sim_exchange *x, const char *expected)
{
    char *line = line_of(x, "story/permits");

    assert_string_equal(line, expected);
    free(line);
}

static struct sim_exchange plain(void)
{
    return (struct sim_exchange){
        .number = 1,
        .received_ns = 2000,
        .replied_ns = 3000,
        .server = "cut",
        .zone = zone,
        .name = name,
        .type = 257,
        .class = 1,
        .client = { .family = 4, .octets = { 198, 18, 0, 9 }, .port = 4321 },
        .local = { .family = 4, .octets = { 198, 18, 255, 100 }, .port = 53 },
        .perspective = "primary",
        .edns = true,
        .dnssec_ok = true,
        .replied = true,
        .rcode = 3,
        .flags = 0x8583,
        .size = 512,
        .answer_count = 2,
        .usable = true,
    };
}

#define HEAD \
    "{\"number\":1,\"instance\":\"story/permits\",\"received-ns\":2000,"
#define PLACE                                                              \
    "\"server\":\"cut\",\"zone\":\"zone\",\"name\":\"wWw.zone\",\"type\":" \
    "\"CAA\",\"class\":1,"
#define CLIENT                                                         \
    "\"transport\":\"udp\",\"client\":\"198.18.0.9@4321\",\"local\":"  \
    "\"198.18.255.100@53\",\"perspective\":\"primary\",\"edns\":true," \
    "\"dnssec-ok\":true,"
#define REPLY                                                           \
    "\"replied\":true,\"replied-ns\":3000,\"rcode\":3,\"flags\":34179," \
    "\"size\":512,\"answers\":2,\"usable\":true"

static void a_line_says_what_happened(void **state)
{
    const struct sim_exchange x = plain();

    (void)state;
    expect(&x, HEAD PLACE CLIENT REPLY "}");
}

static void silence_has_no_reply(void **state)
{
    struct sim_exchange x = plain();

    (void)state;
    x.replied = false;
    expect(&x, HEAD PLACE CLIENT "\"replied\":false}");
}

static void a_fault_and_what_nearly_acted_are_told(void **state)
{
    const struct sim_near_miss misses[] = { { &plain_fault, "type", 0 },
                                            { &odd_fault, "first", 2 } };
    struct sim_exchange x = plain();

    (void)state;
    x.fault = "once: rcode SERVFAIL";
    x.match_number = 7;
    x.near_misses = misses;
    x.near_miss_count = 2;
    expect(&x, HEAD PLACE CLIENT
           "\"fault\":\"once: rcode SERVFAIL\",\"match\":7,\"near-misses\":["
           "{\"fault\":\"rcode SERVFAIL\",\"line\":10,\"key\":\"type\"},"
           "{\"fault\":\"say \\\"no\\\"\\t\\\\ \u20ac: fault\",\"line\":"
           "4000000000,\"key\":\"first\",\"match\":2}]," REPLY "}");
}

static void aliases_and_proofs_end_it(void **state)
{
    const uint8_t *const aliases[] = { odd, root };
    const uint8_t *const no_ds[] = { zone };
    struct sim_exchange x = plain();

    (void)state;
    x.aliases = aliases;
    x.alias_count = 2;
    x.no_ds = no_ds;
    x.no_ds_count = 1;
    expect(&x, HEAD PLACE CLIENT REPLY
           ",\"aliases\":["
           "\"\\\\000\\\\.\\\\\\\\\\\\\\\"\\\\010\\\\127\\\\255.a\\\\032b."
           "zone\",\".\"],\"no-ds\":[\"zone\"]}");
}

static void what_is_not_there_is_null_or_left_out(void **state)
{
    const struct sim_exchange x = {
        .number = 1,
        .received_ns = 2000,
        .name = root,
        .type = 65280,
        .transport = SCN_TCP,
        .client = { .family = 6,
                    .octets = { 0x20, 0x01, 0, 2, [15] = 1 },
                    .port = 65535 },
    };

    (void)state;
    expect(&x, HEAD "\"server\":null,\"zone\":null,\"name\":\".\",\"type\":"
                    "\"TYPE65280\",\"class\":0,\"transport\":\"tcp\","
                    "\"client\":\"2001:2::1@65535\",\"local\":\"none@0\","
                    "\"edns\":false,\"dnssec-ok\":false,\"replied\":false}");
}

static void without_a_question_it_is_nobodys(void **state)
{
    struct sim_exchange x = plain();

    (void)state;
    x.zone = NULL;
    x.name = NULL;
    x.type = 0;
    x.class = 0;
    char *line = line_of(&x, NULL);
    assert_string_equal(line,
                        "{\"number\":1,\"instance\":null,\"received-ns\":2000,"
                        "\"server\":\"cut\",\"zone\":null,\"name\":null,"
                        "\"type\":null,\"class\":null," CLIENT REPLY "}");
    free(line);
}

static void a_fault_that_never_acted_is_told(void **state)
{
    struct json_text text = { 0 };

    (void)state;
    journal_line_idle(&text, &plain_fault, "story/permits", 4);
    char *line = json_text_take(&text);
    assert_string_equal(line,
                        "{\"instance\":\"story/permits\",\"never-acted\":"
                        "\"rcode SERVFAIL\",\"line\":10,\"exchanges\":4}");
    free(line);
}

/* What jansson reads of it, jansson writes so. */
static void expect_canonical(const struct sim_exchange *x)
{
    char *line = line_of(x, "key");
    json_t *read = json_loads(line, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(read);
    char *written = json_dumps(read, JSON_COMPACT);
    assert_non_null(written);
    assert_string_equal(line, written);
    free(written);
    json_decref(read);
    free(line);
}

static void every_type_has_its_text(void **state)
{
    struct sim_exchange x = plain();

    (void)state;
    for (unsigned type = 0; type <= UINT16_MAX; type += type < 300 ? 1 : 499) {
        x.type = (uint16_t)type;
        expect_canonical(&x);
    }
}

static void every_octet_has_its_text(void **state)
{
    uint8_t label[] = "\2x?\4zone";
    const uint8_t *const names[] = { label };
    struct sim_exchange x = plain();

    (void)state;
    x.name = label;
    x.aliases = names;
    x.alias_count = 1;
    for (unsigned octet = 0; octet < 256; octet++) {
        label[2] = (uint8_t)octet;
        expect_canonical(&x);
    }
}

static const uint8_t *longest(uint8_t octets[SCN_NAME_MAX])
{
    for (size_t i = 0; i < (size_t)4 * 63; i++) {
        octets[i] = (uint8_t)(i % 63 == 0 ? 62 : i);
    }
    octets[(size_t)4 * 63] = 0;
    return octets;
}

/* Each bit of mix says whether one of the parts is there. */
static struct sim_exchange mixed(unsigned mix)
{
    static const struct sim_near_miss misses[] = {
        { &odd_fault, "every", 3 }, { &plain_fault, "edns", 0 }
    };
    static const uint8_t *const names[] = { odd, name, root };
    struct sim_exchange x = plain();

    x.number = (uint64_t)INT64_MAX - mix;
    x.received_ns = INT64_MIN + mix;
    x.replied = (mix & 1) != 0;
    x.fault = (mix & 2) != 0 ? "\x1f a fault\r\n" : NULL;
    x.near_misses = misses;
    x.near_miss_count = (mix >> 2) % 3;
    x.aliases = names;
    x.alias_count = (mix >> 4) % 4;
    x.no_ds = names + 1;
    x.no_ds_count = (mix >> 6) % 3;
    x.server = (mix & 256) != 0 ? "se\"rver" : NULL;
    x.zone = (mix & 512) != 0 ? odd : NULL;
    x.local.family = (mix & 1024) != 0 ? 6 : 4;
    return x;
}

static void every_mix_of_parts_is_one_object(void **state)
{
    uint8_t octets[SCN_NAME_MAX];

    (void)state;
    for (unsigned mix = 0; mix < 2048; mix++) {
        struct sim_exchange x = mixed(mix);

        expect_canonical(&x);
        x.name = longest(octets);
        expect_canonical(&x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_says_what_happened),
        cmocka_unit_test(silence_has_no_reply),
        cmocka_unit_test(a_fault_and_what_nearly_acted_are_told),
        cmocka_unit_test(aliases_and_proofs_end_it),
        cmocka_unit_test(what_is_not_there_is_null_or_left_out),
        cmocka_unit_test(without_a_question_it_is_nobodys),
        cmocka_unit_test(a_fault_that_never_acted_is_told),
        cmocka_unit_test(every_type_has_its_text),
        cmocka_unit_test(every_octet_has_its_text),
        cmocka_unit_test(every_mix_of_parts_is_one_object),
    };

    return cmocka_run_group_tests_name("authsim.journal_line", tests, NULL,
                                       NULL);
}
