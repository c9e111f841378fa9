/* SPDX-License-Identifier: BSD-2-Clause */
#include "canonical.h"
#include "rrtype.h"
#include "testing.h"

#include <string.h>

static void check(uint16_t type, const char *before, const char *after,
                  size_t len)
{
    uint8_t octets[64];

    memcpy(octets, before, len);
    sim_canonical_rdata(type, octets, len);
    assert_memory_equal(octets, after, len);
}

static void lowers_names_of_the_listed_types(void **state)
{
    (void)state;
    check(SIM_TYPE_NS, "\1A\2Bc", "\1a\2bc", 6);
    check(SIM_TYPE_MX, "AA\1A", "AA\1a", 5);
    check(SIM_TYPE_SOA, "\1A\0\1B\0AAAA", "\1a\0\1b\0AAAA", 10);
    check(SIM_TYPE_SRV, "AAAAAA\1Z", "AAAAAA\1z", 9);
    check(35, "AAAA\1A\1B\1C\1D", "AAAA\1A\1B\1C\1d", 13);
}

/* RFC 6840 section 5.1: NSEC keeps its case. */
static void leaves_other_types_alone(void **state)
{
    (void)state;
    check(SIM_TYPE_NSEC, "\1A\0", "\1A\0", 3);
    check(SIM_TYPE_CAA, "\0\1A\1A", "\0\1A\1A", 5);
}

static void survives_malformed_rdata(void **state)
{
    (void)state;
    check(SIM_TYPE_NS, "\5A", "\5A", 2);
    check(SIM_TYPE_NS, "\377AA", "\377AA", 3);
    check(SIM_TYPE_MX, "A", "A", 1);
    check(SIM_TYPE_NS, "", "", 0);
    check(35, "AAAA\50A", "AAAA\50A", 6);
}

/* RFC 4034 section 6.3. */
static void absent_octets_sort_first(void **state)
{
    const struct sim_rdata none = { NULL, 0 };
    const struct sim_rdata zero = { (const uint8_t *)"\0", 1 };
    const struct sim_rdata one = { (const uint8_t *)"\1", 1 };
    const struct sim_rdata high = { (const uint8_t *)"\377", 1 };

    (void)state;
    assert_true(sim_canonical_compare(&none, &zero) < 0);
    assert_true(sim_canonical_compare(&zero, &one) < 0);
    assert_true(sim_canonical_compare(&high, &one) > 0);
    assert_int_equal(sim_canonical_compare(&one, &one), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lowers_names_of_the_listed_types),
        cmocka_unit_test(leaves_other_types_alone),
        cmocka_unit_test(survives_malformed_rdata),
        cmocka_unit_test(absent_octets_sort_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
