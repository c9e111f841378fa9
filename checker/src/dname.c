/* SPDX-License-Identifier: BSD-2-Clause */
/* dname.c - RFC 6844 and its erratum: a DNAME redirects its own owner too. */
#include "answer.h"
#include "climb.h"

enum caa_status caa_climb_dname(struct caa_climb *climb,
                                const struct caa_name *name)
{
    const struct caa_check *check = climb->check;
    const struct caa_lookup *lookup = check->lookup;
    struct caa_step step = { .name = *name, .type = CAA_TYPE_DNAME };
    struct caa_name target;
    bool failed = false;

    step.answer = lookup->ask(lookup->context, name, CAA_TYPE_DNAME);
    if (step.answer == NULL) {
        return CAA_PENDING;
    }
    enum caa_status st = caa_climb_take_failure(climb, &step, &failed);
    if (st != CAA_OK || failed) {
        return st;
    }
    if (step.answer->alias_count > 0 ||
        caa_answer_target(step.answer, &target) != CAA_OK) {
        return CAA_OK;
    }
    step.effect = CAA_EFFECT_REDIRECTED;
    step.section = caa_section(check->rules, CAA_TOPIC_ALIAS);
    st = caa_climb_add_step(climb, &step);
    if (st != CAA_OK) {
        return st;
    }
    return check->rules->alias == CAA_ALIAS_TREE
               ? caa_climb_tree(climb, &target)
               : caa_climb_visit(climb, &target, false);
}
