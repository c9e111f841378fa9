/* SPDX-License-Identifier: BSD-2-Clause */
#include "denials.h"

#include "rrtype.h"
#include "testing.h"
#include "universe.h"

#include <scenario/name.h>

#include <string.h>

void denials_open(struct denials *denials)
{
    const struct sim_options options = test_options();

    denials->world = test_world(denials->model, &options, &denials->instance);
    denials->arena = sim_arena_new();
}

void denials_close(struct denials *denials)
{
    sim_arena_free(denials->arena);
    sim_world_free(denials->world);
    test_model_free(denials->model);
}

struct sim_answer denials_ask(struct denials *denials, const char *name,
                              uint16_t type)
{
    return test_ask(denials->instance, "top", name, type, denials->arena);
}

struct sim_type_set denials_nsec(const struct sim_answer *answer,
                                 const char *owner, const char *next)
{
    uint8_t wire[SCN_NAME_MAX];
    uint8_t end[SCN_NAME_MAX];
    struct sim_type_set set = { .count = 0 };

    assert_int_equal(test_count(&answer->authority, owner, SIM_TYPE_NSEC), 1);
    assert_true(scn_name_from_text(owner, strlen(owner), NULL, wire));
    assert_true(scn_name_from_text(next, strlen(next), NULL, end));
    for (size_t i = 0; i < answer->authority.count; i++) {
        const struct sim_rr *rr = &answer->authority.rrs[i];

        if (rr->type == SIM_TYPE_NSEC && scn_name_equal(rr->owner, wire)) {
            const size_t at = scn_name_length(rr->rdata);
            assert_true(scn_name_equal(rr->rdata, end));
            sim_bitmap_read(rr->rdata + at, rr->rdata_len - at, &set);
        }
    }
    return set;
}
