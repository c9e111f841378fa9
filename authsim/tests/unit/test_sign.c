/* SPDX-License-Identifier: BSD-2-Clause */
#include "octets.h"
#include "rrtype.h"
#include "sign.h"
#include "testing.h"

#include <authsim/world.h>

#include <stdlib.h>
#include <string.h>

static const struct sim_rrsig the_fields = { .signer = (const uint8_t *)"\1Z",
                                             .inception_s = 0x01020304,
                                             .expiration_s = 0x05060708,
                                             .labels = 2 };
static const struct sim_key the_key = { .algorithm = 13, .tag = 0x1122 };

/* RFC 4034 section 3.1.8.1, octet by octet: names lower-case, records sorted,
 * a duplicate once. */
static void signs_the_canonical_form(void **state)
{
    static const struct sim_rdata rdatas[] = {
        { (const uint8_t *)"\0\7\1B", 5 },
        { (const uint8_t *)"\0\5\1C", 5 },
        { (const uint8_t *)"\0\7\1b", 5 },
    };
    const struct sim_rrset rrset = { .owner = (const uint8_t *)"\1W\1z",
                                     .rdatas = rdatas,
                                     .count = 3,
                                     .ttl = 300,
                                     .type = SIM_TYPE_MX };
    static const uint8_t expected[] = {
        0,    15,   13, 2,   0, 0,  1,   44,  5,   6, 7,   8,   1,   2, 3, 4,
        0x11, 0x22, 1,  'z', 0, 1,  'w', 1,   'z', 0, 0,   15,  0,   1, 0, 0,
        1,    44,   0,  5,   0, 5,  1,   'c', 0,   1, 'w', 1,   'z', 0, 0, 15,
        0,    1,    0,  0,   1, 44, 0,   5,   0,   7, 1,   'b', 0,
    };
    uint8_t *data = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(sim_sign_data(&rrset, &the_fields, &the_key, &data, &len),
                     SIM_OK);
    assert_int_equal(len, sizeof(expected));
    assert_memory_equal(data, expected, len);
    free(data);
}

/* RFC 4035 section 5.3.2: the owner signed is the wildcard. */
static void signs_an_expansion_as_its_wildcard(void **state)
{
    static const struct sim_rdata rdata = { (const uint8_t *)"\1\2\3\4", 4 };
    const struct sim_rrset rrset = { .owner = (const uint8_t *)"\1a\1b\1w\1z",
                                     .rdatas = &rdata,
                                     .count = 1,
                                     .type = SIM_TYPE_A };
    uint8_t *data = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(sim_sign_data(&rrset, &the_fields, &the_key, &data, &len),
                     SIM_OK);
    assert_memory_equal(data + 18 + 3, "\1*\1w\1z", 7);
    free(data);
}

static void signs_empty_rdata(void **state)
{
    static const struct sim_rdata rdata = { NULL, 0 };
    const struct sim_rrset rrset = { .owner = (const uint8_t *)"\1z",
                                     .rdatas = &rdata,
                                     .count = 1,
                                     .type = SIM_TYPE_CAA };
    uint8_t *data = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(sim_sign_data(&rrset, &the_fields, &the_key, &data, &len),
                     SIM_OK);
    assert_int_equal(len, 18 + 3 + 3 + 10);
    free(data);
}

static void counts_labels_without_root_and_wildcard(void **state)
{
    (void)state;
    assert_int_equal(sim_rrsig_labels((const uint8_t *)""), 0);
    assert_int_equal(sim_rrsig_labels((const uint8_t *)"\1a\1b"), 2);
    assert_int_equal(sim_rrsig_labels((const uint8_t *)"\1*\1b"), 1);
}

static void windows_surround_the_epoch(void **state)
{
    const int64_t epoch_s = 1793491200; /* 2026-11-01 */
    const int64_t year_s = INT64_C(365) * 86400;
    struct sim_window valid = sim_window_valid(epoch_s);
    struct sim_window expired = sim_window_expired(epoch_s);
    struct sim_window future = sim_window_future(epoch_s);

    (void)state;
    assert_int_equal(valid.inception_s, epoch_s - year_s);
    assert_int_equal(valid.expiration_s, epoch_s + 10 * year_s);
    assert_int_equal(expired.expiration_s, epoch_s - 2 * year_s);
    assert_true(future.inception_s >= valid.expiration_s);
    /* 2037-12-31, for tools that stop in 2038 */
    assert_int_equal(sim_window_valid(epoch_s + 5 * year_s).expiration_s,
                     2145830400);
}

static void an_epoch_is_usable_while_its_signatures_are_valid(void **state)
{
    const int64_t epoch_s = 1793491200;
    const int64_t day_s = 86400;

    (void)state;
    assert_true(sim_epoch_is_usable(epoch_s, epoch_s));
    assert_true(sim_epoch_is_usable(epoch_s, epoch_s + 3000 * day_s));
    assert_false(sim_epoch_is_usable(epoch_s, epoch_s + 3650 * day_s));
    assert_false(sim_epoch_is_usable(epoch_s, epoch_s - 365 * day_s));
    assert_false(sim_epoch_is_usable(0, 0));
    assert_false(sim_epoch_is_usable(2145830400, 2145830400));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_the_canonical_form),
        cmocka_unit_test(signs_an_expansion_as_its_wildcard),
        cmocka_unit_test(signs_empty_rdata),
        cmocka_unit_test(counts_labels_without_root_and_wildcard),
        cmocka_unit_test(windows_surround_the_epoch),
        cmocka_unit_test(an_epoch_is_usable_while_its_signatures_are_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
