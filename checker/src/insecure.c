/* SPDX-License-Identifier: BSD-2-Clause */
#include "answer.h"
#include "denial.h"
#include "message.h"

#include <caacheck/insecure.h>

enum { ALIASES_MAX = 12 };

/* What the DS look-up of one name adds. */
enum finding { FINDING_GO_ON, FINDING_PROVEN, FINDING_NONE };

static enum finding read_secure(const struct caa_answer *answer,
                                const struct caa_name *name,
                                enum caa_shown *shown_out)
{
    if (answer->rcode != CAA_RCODE_NOERROR) {
        return FINDING_NONE; /* the name does not exist */
    }
    if (answer->record_count > 0) {
        if (!caa_ds_all_unknown(answer->records, answer->record_count)) {
            return FINDING_GO_ON;
        }
        *shown_out = CAA_SHOWN_UNKNOWN_DS;
        return FINDING_PROVEN;
    }
    if (caa_denial_read(answer->packet, answer->packet_length, name) !=
        CAA_DENIAL_CUT) {
        return FINDING_GO_ON;
    }
    *shown_out = CAA_SHOWN_CUT;
    return FINDING_PROVEN;
}

static enum finding read_answer(const struct caa_answer *answer,
                                const struct caa_name *name,
                                enum caa_shown *shown_out)
{
    if (answer->outcome != CAA_OUTCOME_ANSWERED || answer->alias_count > 0) {
        return FINDING_NONE; /* an alias: of its target, not of this name */
    }
    switch (answer->security) {
    case CAA_BOGUS:
        return FINDING_NONE;
    case CAA_SECURE:
        return read_secure(answer, name, shown_out);
    case CAA_INSECURE:
        break;
    }
    *shown_out = caa_denial_read(answer->packet, answer->packet_length, name) ==
                         CAA_DENIAL_OPT_OUT
                     ? CAA_SHOWN_OPT_OUT
                     : CAA_SHOWN_BY_VALIDATOR;
    return FINDING_PROVEN;
}

static enum caa_status prove_one(const struct caa_lookup *lookup,
                                 const struct caa_name *name,
                                 struct caa_insecurity *insecurity_out)
{
    struct caa_insecurity insecurity = { .shown = CAA_SHOWN_NOTHING };
    size_t labels = caa_name_label_count(name);
    enum finding finding = FINDING_GO_ON;

    for (size_t count = 1; count <= labels && finding == FINDING_GO_ON;
         count++) {
        insecurity.zone = caa_name_suffix(name, count);
        const struct caa_answer *answer =
            lookup->ask(lookup->context, &insecurity.zone, CAA_TYPE_DS);
        if (answer == NULL) {
            return CAA_PENDING;
        }
        finding = read_answer(answer, &insecurity.zone, &insecurity.shown);
    }
    *insecurity_out = insecurity;
    return CAA_OK;
}

enum next { NEXT_ALIAS, NEXT_NONE, NEXT_UNKNOWN };

/* Moves *at to its target when it is an alias. When that cannot be asked, what
 * failed may be a target nobody knows of. */
static enum caa_status next_alias(const struct caa_lookup *lookup,
                                  struct caa_name *at, enum next *next_out)
{
    const struct caa_answer *alias =
        lookup->ask(lookup->context, at, CAA_TYPE_CNAME);

    if (alias == NULL) {
        return CAA_PENDING;
    }
    if (alias->outcome != CAA_OUTCOME_ANSWERED ||
        alias->security == CAA_BOGUS) {
        *next_out = NEXT_UNKNOWN;
    } else {
        *next_out =
            caa_answer_target(alias, at) == CAA_OK ? NEXT_ALIAS : NEXT_NONE;
    }
    return CAA_OK;
}

enum caa_status caa_root_is_secure(const struct caa_lookup *lookup,
                                   bool *secure_out)
{
    static const struct caa_name root = { .length = 1 };
    const struct caa_answer *answer =
        lookup->ask(lookup->context, &root, CAA_TYPE_DNSKEY);

    if (answer == NULL) {
        return CAA_PENDING;
    }
    *secure_out = answer->outcome == CAA_OUTCOME_ANSWERED &&
                  answer->security == CAA_SECURE;
    return CAA_OK;
}

static bool is_weak(enum caa_shown shown)
{
    return shown == CAA_SHOWN_NOTHING || shown == CAA_SHOWN_BY_VALIDATOR;
}

/* A chain too long for a resolver is a failure of the CA's own. */
static enum caa_status ask_target(const struct caa_lookup *lookup,
                                  const struct caa_name *target,
                                  struct caa_insecurity *weakest)
{
    const struct caa_answer *answer =
        lookup->ask(lookup->context, target, CAA_TYPE_CAA);

    if (answer == NULL) {
        return CAA_PENDING;
    }
    if (answer->outcome == CAA_OUTCOME_ANSWERED) {
        weakest->shown = CAA_SHOWN_NO_FAULT;
    }
    return CAA_OK;
}

static enum caa_status prove_targets(const struct caa_lookup *lookup,
                                     const struct caa_name *name,
                                     struct caa_insecurity *weakest)
{
    struct caa_name at = *name;

    for (unsigned i = 0; weakest->shown != CAA_SHOWN_NOTHING; i++) {
        struct caa_insecurity insecurity;
        enum next next = NEXT_UNKNOWN;
        enum caa_status st = next_alias(lookup, &at, &next);
        if (st == CAA_OK && next == NEXT_NONE) {
            return i > 0 ? ask_target(lookup, &at, weakest) : CAA_OK;
        }
        if (st == CAA_OK && (next == NEXT_UNKNOWN || i == ALIASES_MAX)) {
            weakest->shown = CAA_SHOWN_NOTHING;
            break;
        }
        if (st == CAA_OK) {
            st = prove_one(lookup, &at, &insecurity);
        }
        if (st != CAA_OK) {
            return st;
        }
        if (is_weak(insecurity.shown)) {
            *weakest = insecurity;
        }
    }
    return CAA_OK;
}

enum caa_status caa_insecure_prove(const struct caa_lookup *lookup,
                                   const struct caa_name *name,
                                   struct caa_insecurity *insecurity_out)
{
    struct caa_insecurity weakest;
    bool root_secure = false;
    enum caa_status st = caa_root_is_secure(lookup, &root_secure);

    if (st == CAA_OK) {
        st = prove_one(lookup, name, &weakest);
    }
    if (st == CAA_OK && !root_secure) {
        weakest.shown = CAA_SHOWN_NOTHING;
    }
    if (st == CAA_OK) {
        st = prove_targets(lookup, name, &weakest);
    }
    if (st == CAA_OK) {
        *insecurity_out = weakest;
    }
    return st;
}

const char *caa_shown_text(enum caa_shown shown)
{
    switch (shown) {
    case CAA_SHOWN_NOTHING:
        return "not shown to be Insecure";
    case CAA_SHOWN_CUT:
        return "a validated denial of DS with the NS bit";
    case CAA_SHOWN_OPT_OUT:
        return "an opt-out span";
    case CAA_SHOWN_UNKNOWN_DS:
        return "a DS set of only unknown algorithms or digests";
    case CAA_SHOWN_BY_VALIDATOR:
        return "the validator's word";
    case CAA_SHOWN_NO_FAULT:
        return "no matter, the target of the alias answers by itself";
    }
    return "";
}
