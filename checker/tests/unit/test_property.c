/* SPDX-License-Identifier: BSD-2-Clause */
#include "property.h"
#include "testing.h"

static void reads_flags_tag_and_value(void **state)
{
    static const uint8_t rdata[] = { 128, 5, 'i', 's', 's', 'u', 'e', ';' };
    struct caa_property property = caa_property_parse(rdata, sizeof(rdata));

    (void)state;
    assert_int_equal(property.form, CAA_PROPERTY_WELL_FORMED);
    assert_int_equal(property.flags, 128);
    assert_int_equal(property.tag.length, 5);
    assert_memory_equal(property.tag.data, "issue", 5);
    assert_int_equal(property.value.length, 1);
    assert_int_equal(property.value.data[0], ';');
}

static void the_value_may_be_empty_or_long(void **state)
{
    static const uint8_t empty[] = { 0, 1, 'a' };
    uint8_t longest[65535] = { 0, 1, 'a' };

    (void)state;
    struct caa_property property = caa_property_parse(empty, sizeof(empty));
    assert_int_equal(property.form, CAA_PROPERTY_WELL_FORMED);
    assert_int_equal(property.value.length, 0);
    property = caa_property_parse(longest, sizeof(longest));
    assert_int_equal(property.form, CAA_PROPERTY_WELL_FORMED);
    assert_int_equal(property.value.length, 65532);
}

static void the_tag_may_have_255_octets(void **state)
{
    uint8_t rdata[257] = { 0, 255 };
    struct caa_property property = caa_property_parse(rdata, sizeof(rdata));

    (void)state;
    assert_int_equal(property.form, CAA_PROPERTY_WELL_FORMED);
    assert_int_equal(property.tag.length, 255);
    property = caa_property_parse(rdata, sizeof(rdata) - 1);
    assert_int_equal(property.form, CAA_PROPERTY_UNPARSABLE);
}

static void nul_cuts_neither_tag_nor_value(void **state)
{
    static const uint8_t rdata[] = { 0, 3, 'a', 0, 'b', 'c', 0, 'd' };
    struct caa_property property = caa_property_parse(rdata, sizeof(rdata));

    (void)state;
    assert_int_equal(property.tag.length, 3);
    assert_int_equal(property.value.length, 3);
}

static void tells_an_empty_tag_from_what_cannot_be_parsed(void **state)
{
    static const uint8_t empty_tag[] = { 128, 0, 'x' };
    static const uint8_t past_end[] = { 128, 5, 'a' };

    (void)state;
    struct caa_property property =
        caa_property_parse(empty_tag, sizeof(empty_tag));
    assert_int_equal(property.form, CAA_PROPERTY_EMPTY_TAG);
    assert_int_equal(property.flags, 128);
    assert_int_equal(caa_property_parse(past_end, 3).form,
                     CAA_PROPERTY_UNPARSABLE);
    assert_int_equal(caa_property_parse(past_end, 1).form,
                     CAA_PROPERTY_UNPARSABLE);
    assert_int_equal(caa_property_parse(past_end, 1).flags, 128);
    assert_int_equal(caa_property_parse(NULL, 0).form, CAA_PROPERTY_UNPARSABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_flags_tag_and_value),
        cmocka_unit_test(the_value_may_be_empty_or_long),
        cmocka_unit_test(the_tag_may_have_255_octets),
        cmocka_unit_test(nul_cuts_neither_tag_nor_value),
        cmocka_unit_test(tells_an_empty_tag_from_what_cannot_be_parsed),
    };

    return cmocka_run_group_tests_name("checker.property", tests, NULL, NULL);
}
