/* SPDX-License-Identifier: BSD-2-Clause */
/* damage.c - which words of FORMAT section 6 hit which RRsets. */
#include "rrtype.h"
#include "zone.h"

#include <scenario/name.h>

static bool is_denial(uint16_t type)
{
    return type == SIM_TYPE_NSEC || type == SIM_TYPE_NSEC3;
}

static bool type_matches(const struct scn_damage *damage, uint16_t type)
{
    if (damage->type == SCN_TYPE_ANY || damage->type == type) {
        return true;
    }
    return damage->type == SCN_TYPE_DENIAL && is_denial(type);
}

static bool name_matches(const struct scn_damage *damage, const uint8_t *name)
{
    if (name == NULL) {
        return false;
    }
    return (damage->name == NULL || scn_name_equal(damage->name, name)) &&
           (damage->under == NULL || scn_name_is_under(name, damage->under));
}

uint16_t sim_damage_bit(const struct sim_zone *zone, const uint8_t *denied)
{
    const struct scn_zone *model = zone->model;

    for (size_t i = 0; model != NULL && i < model->damage_count; i++) {
        const struct scn_damage *damage = &model->damages[i];

        if (damage->what == SCN_WRONG_BITMAP &&
            type_matches(damage, SIM_TYPE_NSEC) &&
            name_matches(damage, denied)) {
            return damage->bit;
        }
    }
    return 0;
}

/* A denial is meant by the name it denies; for other records by the owner. A
 * denial without question (zone text, an NSEC asked for) goes by its owner. */
uint64_t sim_damage_of(const struct sim_zone *zone, const uint8_t *owner,
                       uint16_t type, const uint8_t *denied)
{
    const struct scn_zone *model = zone->model;
    const uint8_t *name = is_denial(type) && denied != NULL ? denied : owner;
    uint64_t hits = 0;

    if (model == NULL) {
        return 0;
    }
    for (size_t i = 0; i < model->damage_count; i++) {
        const struct scn_damage *damage = &model->damages[i];

        if (type_matches(damage, type) && name_matches(damage, name)) {
            hits |= SIM_DAMAGE(damage->what);
        }
    }
    return hits;
}
