/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keys.h - key pairs of zones, a function of seed, zone, role and algorithm.
 *
 * RSA pairs are dear, so there is one per role and algorithm for all zones,
 * made when first wanted. An algorithm that is none of 5, 7, 8, 10, 13, 14, 15,
 * 16 gets octets in the place of keys and signatures: nobody can check them.
 */
#pragma once

#include <authsim/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The others are those that come next, or came before. */
enum sim_role {
    SIM_ROLE_CSK,
    SIM_ROLE_KSK,
    SIM_ROLE_ZSK,
    SIM_ROLE_OTHER_CSK,
    SIM_ROLE_OTHER_KSK,
    SIM_ROLE_OTHER_ZSK,
    SIM_ROLE_COUNT
};

/* RFC 4034 section 2.1.1, RFC 5011 section 3. */
enum { SIM_KEY_ZONE = 256, SIM_KEY_REVOKE = 128, SIM_KEY_SEP = 1 };

enum {
    SIM_KEY_SECRET_MAX = 57,
    SIM_SIGNATURE_MAX = 256,
    SIM_DNSKEY_MAX = 4 + 4 + 256
};

struct sim_keyring;

/* One pair; RDATA as in RFC 4034 section 2.1. */
struct sim_key {
    void *pkey;     /* EVP_PKEY: [owned] for EdDSA, [borrowed] for RSA */
    uint16_t flags; /* 257 with the SEP bit (CSK, KSK), else 256 */
    bool is_other;  /* of the roles that a rollover adds */
    uint16_t tag;   /* RFC 4034 appendix B */
    uint16_t rdata_len;
    uint8_t algorithm;
    uint8_t secret[SIM_KEY_SECRET_MAX];
    uint8_t rdata[SIM_DNSKEY_MAX];
};

SIM_NODISCARD enum sim_status sim_keyring_new(uint64_t seed,
                                              struct sim_keyring **ring_out);
void sim_keyring_free(struct sim_keyring *ring);

/* Whether making a pair takes 100 ms and more: RSA. */
bool sim_algorithm_is_slow(unsigned algorithm);

/* key_out is to be given to sim_key_fini() on SIM_OK; zone is wire. */
SIM_NODISCARD enum sim_status sim_key_init(struct sim_keyring *ring,
                                           const uint8_t *zone,
                                           enum sim_role role,
                                           uint8_t algorithm,
                                           struct sim_key *key_out);
/* Sets the REVOKE bit, which makes it another tag. */
void sim_key_revoke(struct sim_key *key);
void sim_key_fini(struct sim_key *key);

/* Signature in DNSSEC's format: RFC 3110, 5702, 6605, 8080. */
SIM_NODISCARD enum sim_status sim_key_sign(struct sim_keyring *ring,
                                           const struct sim_key *key,
                                           const uint8_t *data, size_t len,
                                           uint8_t sig_out[SIM_SIGNATURE_MAX],
                                           size_t *sig_len_out);

/* RFC 4034 appendix B over DNSKEY RDATA. */
uint16_t sim_key_tag(const uint8_t *rdata, size_t len);

/* True for an algorithm whose signatures are real here. */
bool sim_algorithm_is_known(unsigned algorithm);
/* True for the DS digest types 1, 2 and 4. */
bool sim_digest_is_known(unsigned digest_type);
