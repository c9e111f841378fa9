/* SPDX-License-Identifier: BSD-2-Clause */
#include "answer.h"
#include "rrtype.h"
#include "testing.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct sample {
    uint16_t type;
    const char *rdata;
    size_t len;
    const char *text;
};

static const struct sample all_samples[] = {
    { SIM_TYPE_A, "\300\0\2\1", 4, "192.0.2.1" },
    { SIM_TYPE_A, "\300\0\2", 3, "\\# 3 C00002" },
    { SIM_TYPE_AAAA, "\40\1\15\270\0\0\0\0\0\0\0\0\0\0\0\1", 16,
      "2001:db8::1" },
    { SIM_TYPE_NS, "\1a\1b\0", 5, "a.b." },
    { SIM_TYPE_NS, "\0", 1, "." },
    { SIM_TYPE_NS, "\5a", 2, "\\# 2 0561" },
    { SIM_TYPE_NS, "\300\14", 2, "\\# 2 C00C" },
    { SIM_TYPE_NS, "\1a\0x", 4, "\\# 4 01610078" },
    { SIM_TYPE_MX, "\0\12\1a\0", 5, "10 a." },
    { SIM_TYPE_MX, "\0", 1, "\\# 1 00" },
    { SIM_TYPE_TXT, "\1a\3\"b\\", 6, "\"a\" \"\\\"b\\\\\"" },
    { SIM_TYPE_TXT, "\2\1\377", 3, "\"\\001\\255\"" },
    { SIM_TYPE_TXT, "\5a", 2, "\\# 2 0561" },
    { SIM_TYPE_TXT, "", 0, "\\# 0" },
    { SIM_TYPE_SRV, "\0\1\0\2\0\3\1a\0", 9, "1 2 3 a." },
    { SIM_TYPE_DS, "\0\1\15\2\253\315", 6, "1 13 2 ABCD" },
    { SIM_TYPE_DS, "\0\1\15\2", 4, "\\# 4 00010D02" },
    { SIM_TYPE_DNSKEY, "\1\1\3\15\1\2\3\4", 8, "257 3 13 AQIDBA==" },
    { SIM_TYPE_DNSKEY, "\1\1\3\15", 4, "\\# 4 0101030D" },
    { SIM_TYPE_NSEC, "\1b\0\0\1\100", 6, "b. A" },
    { SIM_TYPE_NSEC3, "\1\1\0\14\1\252\5\1\2\3\4\5\0\1\100", 15,
      "1 1 12 AA 04106105 A" },
    { SIM_TYPE_NSEC3, "\1\1\0\14\0\2\1\2\0\1\100", 11, "1 1 12 - 0410 A" },
    { SIM_TYPE_NSEC3, "\1\1\0\14\0\0", 6, "\\# 6 0101000C0000" },
    { SIM_TYPE_NSEC3PARAM, "\1\0\0\0\0", 5, "1 0 0 -" },
    { SIM_TYPE_NSEC3PARAM, "\1\0\0\0\5", 5, "\\# 5 0100000005" },
    { SIM_TYPE_RRSIG, "\1\1\15\2\0\0\1\54\0\0\0\1\0\0\0\0\0\7\1z\0\1", 22,
      "CAA 13 2 300 19700101000001 19700101000000 7 z. AQ==" },
    { SIM_TYPE_RRSIG, "\1", 1, "\\# 1 01" },
    { SIM_TYPE_RRSIG, "\1\1\15\2\0\0\1\54\0", 9, "\\# 9 01010D020000012C00" },
    { SIM_TYPE_CAA, "\0\5issueca \"q\"", 13, "0 issue \"ca \\\"q\\\"\"" },
    { SIM_TYPE_CAA, "\200\3tbs", 5, "128 tbs \"\"" },
    { SIM_TYPE_CAA, "\200\3tbsx", 6, "128 tbs \"x\"" },
    { SIM_TYPE_CAA, "\0\5a", 3, "\\# 3 000561" },
    { SIM_TYPE_CAA, "\0\3a-bv", 6, "\\# 6 0003612D6276" },
    { SIM_TYPE_CAA, "\0\1av\377", 5, "\\# 5 00016176FF" },
    { SIM_TYPE_CAA, "\0\0", 2, "\\# 2 0000" },
    { 65280, "\1", 1, "\\# 1 01" },
};

static void writes_rdata_of_every_type(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(all_samples) / sizeof(all_samples[0]); i++) {
        struct sim_text text = { 0 };
        char *chars;

        sim_text_rdata(&text, all_samples[i].type,
                       (const uint8_t *)all_samples[i].rdata,
                       all_samples[i].len);
        chars = sim_text_take(&text);
        assert_string_equal(chars, all_samples[i].text);
        free(chars);
    }
}

static void writes_a_line_for_a_record(void **state)
{
    const struct sim_rr rr = { .owner = (const uint8_t *)"\1a",
                               .rdata = (const uint8_t *)"\1",
                               .ttl = 60,
                               .type = 65280,
                               .rdata_len = 1 };
    struct sim_text text = { 0 };
    char *chars;

    (void)state;
    sim_text_rr(&text, &rr);
    chars = sim_text_take(&text);
    assert_string_equal(chars, "a.\t60\tIN\tTYPE65280\t\\# 1 01\n");
    free(chars);
}

static void grows_as_needed(void **state)
{
    struct sim_text text = { 0 };
    char *chars;

    (void)state;
    for (int i = 0; i < 1000; i++) {
        sim_text_string(&text, "0123456789");
    }
    assert_int_equal(text.len, 10000);
    chars = sim_text_take(&text);
    assert_int_equal(strlen(chars), 10000);
    free(chars);
    assert_null(sim_text_take(&text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_rdata_of_every_type),
        cmocka_unit_test(writes_a_line_for_a_record),
        cmocka_unit_test(grows_as_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
