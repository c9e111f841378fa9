/* SPDX-License-Identifier: BSD-2-Clause */
/* Vectors of RFC 6979 appendices A.2.5 (P-256) and A.2.6 (P-384). */
#include "ecdsa.h"
#include "testing.h"

#include <stdlib.h>
#include <string.h>

static void from_hex(const char *hex, uint8_t *out)
{
    for (size_t i = 0; hex[2 * i] != '\0'; i++) {
        const char pair[] = { hex[2 * i], hex[2 * i + 1], '\0' };

        out[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
}

struct vector {
    enum sim_curve curve;
    const char *private_key;
    const char *point; /* X | Y */
    const char *message;
    const char *signature; /* r | s */
};

static const struct vector all_vectors[] = {
    { SIM_P256,
      "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
      "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
      "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299",
      "sample",
      "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
      "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8" },
    { SIM_P256,
      "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
      "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
      "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299",
      "test",
      "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
      "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083" },
    { SIM_P384,
      "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D8"
      "96D5724E4C70A825F872C9EA60D2EDF5",
      "EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64"
      "DEF8F0EA9055866064A254515480BC13"
      "8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA84B3F1C9DB1"
      "288B231C3AE0D4FE7344FD2533264720",
      "sample",
      "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C"
      "81A648152E44ACF96E36DD1E80FABE46"
      "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94F"
      "A329C145786E679E7B82C71A38628AC8" },
};

static void matches_the_vectors_of_rfc_6979(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(all_vectors) / sizeof(all_vectors[0]); i++) {
        const struct vector *v = &all_vectors[i];
        struct sim_ecdsa *ecdsa = NULL;
        uint8_t private_key[SIM_ECDSA_SCALAR_MAX];
        uint8_t expected[SIM_ECDSA_SIGNATURE_MAX];
        uint8_t got[SIM_ECDSA_SIGNATURE_MAX];
        size_t len;

        assert_int_equal(sim_ecdsa_new(v->curve, &ecdsa), SIM_OK);
        len = 2 * sim_ecdsa_scalar_len(ecdsa);
        from_hex(v->private_key, private_key);
        from_hex(v->point, expected);
        assert_int_equal(sim_ecdsa_public(ecdsa, private_key, got), SIM_OK);
        assert_memory_equal(got, expected, len);
        from_hex(v->signature, expected);
        assert_int_equal(sim_ecdsa_sign(ecdsa, private_key,
                                        (const uint8_t *)v->message,
                                        strlen(v->message), got),
                         SIM_OK);
        assert_memory_equal(got, expected, len);
        sim_ecdsa_free(ecdsa);
    }
}

static void private_keys_are_in_range(void **state)
{
    struct sim_ecdsa *ecdsa = NULL;
    uint8_t zeros[64] = { 0 };
    uint8_t key[SIM_ECDSA_SCALAR_MAX];
    uint8_t one[32] = { 0 };

    (void)state;
    one[31] = 1;
    assert_int_equal(sim_ecdsa_new(SIM_P256, &ecdsa), SIM_OK);
    assert_int_equal(sim_ecdsa_private(ecdsa, zeros, sizeof(zeros), key),
                     SIM_OK);
    assert_memory_equal(key, one, 32); /* never zero */
    sim_ecdsa_free(ecdsa);
    sim_ecdsa_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_the_vectors_of_rfc_6979),
        cmocka_unit_test(private_keys_are_in_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
