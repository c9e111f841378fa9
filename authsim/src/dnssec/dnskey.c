/* SPDX-License-Identifier: BSD-2-Clause */
/* dnskey.c - the keys that a zone shows (RFC 4034 section 2), which damage
 * makes others than those that it signs with. */
#include "octets.h"
#include "random.h"
#include "rrtype.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

enum {
    TTL_S = 300,
    HEADER_LEN = 4,
    CHANGED_LEN = 24 /* fewer than any public key has */
};

static enum sim_status add(struct sim_zone *zone, struct sim_record_list *list,
                           const uint8_t *rdata, uint16_t len)
{
    const struct sim_record record = { .owner = zone->name,
                                       .ttl = TTL_S,
                                       .type = SIM_TYPE_DNSKEY,
                                       .rdata = rdata,
                                       .rdata_len = len };

    return sim_record_add(list, &record);
}

/* Exchanges the first two and the last two octets of the public key: the key
 * tag, a sum of 16-bit words (RFC 4034 appendix B), stays the same. */
static enum sim_status add_corrupt(struct sim_zone *zone,
                                   const struct sim_key *key,
                                   struct sim_record_list *list)
{
    uint8_t *rdata = sim_arena_copy(zone->arena, key->rdata, key->rdata_len);
    const size_t last = (size_t)key->rdata_len - 2;

    if (rdata == NULL) {
        return SIM_ENOMEM;
    }
    memcpy(rdata + HEADER_LEN, key->rdata + last, 2);
    memcpy(rdata + last, key->rdata + HEADER_LEN, 2);
    return add(zone, list, rdata, key->rdata_len);
}

/* Writes the last word, 0 until now, so that the tag becomes that one. The
 * carry that the sum folds in may add one. */
static void give_tag(uint8_t *rdata, uint16_t len, uint16_t tag)
{
    const uint16_t word = (uint16_t)(tag - sim_key_tag(rdata, len));

    sim_put_u16(rdata + len - 2, word);
    if (sim_key_tag(rdata, len) != tag) {
        sim_put_u16(rdata + len - 2, (uint16_t)(word - 1));
    }
}

/* Keys that nobody signs with, of the tag of one that does. */
static enum sim_status add_many(struct sim_zone *zone,
                                const struct sim_key *key,
                                struct sim_record_list *list)
{
    struct sim_random_label label = {
        .seed = zone->world->options.seed,
        .purpose = "many keys",
        .subject = zone->name,
        .subject_len = scn_name_length(zone->name),
    };
    const size_t changed = (size_t)key->rdata_len - CHANGED_LEN;
    enum sim_status st = SIM_OK;

    for (; label.counter < SIM_MANY && st == SIM_OK; label.counter++) {
        uint8_t *rdata =
            sim_arena_copy(zone->arena, key->rdata, key->rdata_len);
        if (rdata == NULL) {
            return SIM_ENOMEM;
        }
        st = sim_random(&label, rdata + changed, CHANGED_LEN);
        if (st == SIM_OK) {
            sim_put_u16(rdata + key->rdata_len - 2, 0);
            give_tag(rdata, key->rdata_len, key->tag);
            st = add(zone, list, rdata, key->rdata_len);
        }
    }
    return st;
}

static bool is_left_out(const struct sim_zone *zone, const struct sim_key *key,
                        uint64_t damage)
{
    const bool to_come =
        key->is_other && zone->model->rollover == SCN_ROLLOVER_KSK_DOUBLE_DS;
    const enum scn_damage_what what =
        (key->flags & SIM_KEY_SEP) != 0 ? SCN_NO_KSK : SCN_NO_ZSK;

    return to_come || (damage & SIM_DAMAGE(what)) != 0;
}

enum sim_status sim_zone_add_dnskeys(struct sim_zone *zone,
                                     struct sim_record_list *list)
{
    const uint64_t damage =
        sim_damage_of(zone, zone->name, SIM_TYPE_DNSKEY, NULL);
    enum sim_status st = sim_zone_make_keys(zone);

    for (size_t i = 0; i < zone->key_count && st == SIM_OK; i++) {
        const struct sim_key *key = &zone->keys[i];
        const bool data = sim_zone_key_signs(zone, key, SIM_TYPE_SOA, 0);

        if (data && (damage & SIM_DAMAGE(SCN_MANY_KEYS)) != 0) {
            st = add_many(zone, key, list);
        }
        if (st != SIM_OK || is_left_out(zone, key, damage)) {
            continue;
        }
        st = data && (damage & SIM_DAMAGE(SCN_CORRUPT_KEY)) != 0
                 ? add_corrupt(zone, key, list)
                 : add(zone, list, key->rdata, key->rdata_len);
    }
    return st;
}
