/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * denial_compact.c - RFC 9824: one NSEC made for the name asked. A name that is
 * not there is said to have no types but RRSIG, NSEC and NXNAME.
 */
#include "denial.h"
#include "rrtype.h"

#include <scenario/name.h>

#include <string.h>

enum sim_status sim_compact_prove(const struct sim_zone *zone,
                                  const struct sim_denial *denial,
                                  struct sim_arena *arena,
                                  struct sim_proof *proof)
{
    uint8_t octets[SCN_NAME_MAX + SIM_BITMAP_MAX];
    struct sim_type_set set = { .count = 0 };
    struct sim_rdata rdata = { octets, 0 };
    struct sim_rrset head = { .ttl = zone->negative_ttl,
                              .type = SIM_TYPE_NSEC };
    struct sim_rrset *rrset = NULL;
    size_t len = scn_name_length(denial->name);
    uint8_t *owner = sim_arena_copy(arena, denial->name, len);
    enum sim_status st;

    if (owner == NULL) {
        return SIM_ENOMEM;
    }
    scn_name_lower(owner);
    head.owner = owner;
    switch (denial->what) {
    case SIM_DENY_EXACT:
        return SIM_OK; /* section 3.5: signed as if it stood there */
    case SIM_DENY_NAME:
        sim_type_set_add(&set, SIM_TYPE_NXNAME);
        break;
    case SIM_DENY_TYPE:
    case SIM_DENY_DS:
        sim_node_types(zone, denial->node, &set);
        break;
    case SIM_DENY_WILDCARD_TYPE:
        sim_node_types(zone, denial->wildcard, &set);
        break;
    }
    sim_type_set_add(&set, SIM_TYPE_NSEC);
    sim_type_set_add(&set, SIM_TYPE_RRSIG);
    sim_denial_successor(owner, octets);
    len = scn_name_length(octets);
    rdata.len = (uint16_t)(len + sim_bitmap_write(&set, octets + len));
    st = sim_denial_rrset(arena, &head, &rdata, &rrset);
    if (st == SIM_OK) {
        proof->temporary = true;
        sim_proof_add(proof, rrset);
    }
    return st;
}
