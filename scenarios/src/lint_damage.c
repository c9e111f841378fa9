/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lint_damage.c - damage that can never show (FORMAT section 11): what the
 * zone's settings leave nothing to do for, scopes that no record is in, and two
 * entries that say different things of the same records.
 */
#include "build.h"
#include "words.h"

enum { TYPE_DS = 43, TYPE_RRSIG = 46, TYPE_NSEC = 47, TYPE_DNSKEY = 48 };
enum { TYPE_NSEC3 = 50 };

/* Words as bits of a set. */
#define WORD(what) (UINT64_C(1) << (what))

/* Of the DNSKEY set. */
static const uint64_t of_keys = WORD(SCN_NO_ZSK) | WORD(SCN_NO_KSK) |
                                WORD(SCN_CORRUPT_KEY) | WORD(SCN_MANY_KEYS);
/* Of NSEC or NSEC3 records themselves. */
static const uint64_t of_denial =
    WORD(SCN_WRONG_BITMAP) | WORD(SCN_WRONG_NEXT) | WORD(SCN_SELF_NEXT) |
    WORD(SCN_WRONG_HASH) | WORD(SCN_NO_ENT) | WORD(SCN_OPTED_OUT);
/* Of the hashes of names. */
static const uint64_t of_hashes =
    WORD(SCN_NO_ENCLOSER) | WORD(SCN_WRONG_HASH) | WORD(SCN_NO_ENT);
static const uint64_t of_times =
    WORD(SCN_EXPIRED) | WORD(SCN_NOT_YET_VALID) | WORD(SCN_INVERTED);
/* Need a signature, which `unsigned` takes away. */
static const uint64_t of_signatures =
    WORD(SCN_EXPIRED) | WORD(SCN_NOT_YET_VALID) | WORD(SCN_INVERTED) |
    WORD(SCN_BAD_SIGNATURE) | WORD(SCN_EXTRA_BAD_SIGNATURE) |
    WORD(SCN_MANY_SIGNATURES) | WORD(SCN_WRONG_SIGNER) |
    WORD(SCN_WRONG_LABELS) | WORD(SCN_WRONG_TYPE_COVERED) |
    WORD(SCN_WRONG_ALGORITHM) | WORD(SCN_WRONG_KEY_TAG) |
    WORD(SCN_WRONG_OWNER) | WORD(SCN_WRONG_CLASS) | WORD(SCN_ONE_ALGORITHM);

static bool is_of(enum scn_damage_what what, uint64_t words)
{
    return (WORD(what) & words) != 0;
}

/* What the zone's own settings leave nothing to do for. */
static const char *find_setting(const struct scn_zone *zone,
                                const struct scn_damage *damage)
{
    if (damage->what == SCN_OPTED_OUT &&
        zone->denial != SCN_DENIAL_NSEC3_OPT_OUT) {
        return "`opted-out` needs `denial: nsec3-opt-out`";
    }
    if ((damage->what == SCN_NO_ZSK || damage->what == SCN_NO_KSK) &&
        zone->keys != SCN_KSK_AND_ZSK) {
        return "`no-zsk` and `no-ksk` need `keys: ksk-and-zsk`";
    }
    if (damage->bit != 0 && damage->what != SCN_WRONG_BITMAP) {
        return "`bit` goes with `what: wrong-bitmap`, and only there: leave it "
               "out";
    }
    if (damage->what == SCN_ONE_ALGORITHM && zone->algorithm_count < 2) {
        return "`one-algorithm` needs two `algorithms`";
    }
    return NULL;
}

/* A type that no record has which the word is about. */
static const char *find_type(const struct scn_zone *zone,
                             const struct scn_damage *damage)
{
    const uint32_t type = damage->type;

    if (type == SCN_TYPE_ANY) {
        return NULL;
    }
    if (type == TYPE_RRSIG) {
        return "no RRSIG is signed: name the type that it covers";
    }
    if (type == (scn_denial_is_nsec3(zone->denial) ? TYPE_NSEC : TYPE_NSEC3)) {
        return "the zone denies by the other of NSEC and NSEC3: say `type: "
               "denial`, or another `denial`";
    }
    if (is_of(damage->what, of_keys) && type != TYPE_DNSKEY) {
        return "this is what the DNSKEY set has wrong: leave `type` out";
    }
    if (is_of(damage->what, of_denial) && type != SCN_TYPE_DENIAL &&
        type != TYPE_NSEC && type != TYPE_NSEC3) {
        return "this is what an NSEC or NSEC3 has wrong: say `type: denial`, "
               "or leave `type` out";
    }
    return NULL;
}

/* A name that is not the zone's to damage. */
static const char *find_place(const struct scn_build *build,
                              const struct scn_draft *draft,
                              const struct scn_damage *damage)
{
    const uint8_t *name = damage->name != NULL ? damage->name : damage->under;
    const uint8_t *zone = draft->zone.name;

    if (name == NULL) {
        return NULL;
    }
    const struct scn_draft *place = scn_build_deepest(build, name);
    if (!scn_name_is_under(name, zone)) {
        return "its name lies outside the zone";
    }
    if (damage->name != NULL && damage->under != NULL &&
        !scn_name_is_under(damage->name, damage->under)) {
        return "`name` is not below `under`";
    }
    if (damage->type == TYPE_DS && damage->name != NULL && *damage->name != 0 &&
        scn_name_equal(damage->name, zone)) {
        return "the DS of a zone is its parent's: put it there";
    }
    if (is_of(damage->what, of_keys) && !scn_name_equal(name, zone)) {
        return "the keys stand at the zone's own name: leave `name` and "
               "`under` out";
    }
    if (place != draft && damage->what != SCN_ANCESTOR_DENIAL &&
        !scn_name_equal(name, place->zone.name)) {
        return "its name lies in a zone below, which is declared: put it there";
    }
    return NULL;
}

static bool same_name(const uint8_t *a, const uint8_t *b)
{
    return a == b || (a != NULL && b != NULL && scn_name_equal(a, b));
}

static bool same_scope(const struct scn_damage *a, const struct scn_damage *b)
{
    return a->type == b->type && same_name(a->name, b->name) &&
           same_name(a->under, b->under);
}

/* Two words of which the same records can show one. */
static bool exclude(enum scn_damage_what a, enum scn_damage_what b)
{
    return (is_of(a, of_times) && is_of(b, of_times)) ||
           (a == SCN_RRSIG_REMOVED && is_of(b, of_signatures)) ||
           (b == SCN_RRSIG_REMOVED && is_of(a, of_signatures));
}

/* The entry before damages[i] that leaves it nothing to do, or NULL. */
static const struct scn_damage *find_rival(const struct scn_damage *damages,
                                           size_t i)
{
    for (size_t k = 0; k < i; k++) {
        const bool twice = damages[k].what == damages[i].what &&
                           damages[k].bit == damages[i].bit;
        if (same_scope(&damages[k], &damages[i]) &&
            (twice || exclude(damages[k].what, damages[i].what))) {
            return &damages[k];
        }
    }
    return NULL;
}

static enum scn_status fail_setting(const struct scn_build *build,
                                    struct scn_at at, const char *text)
{
    return scn_fail(build->scope.error, build->scope.file, at, "%s", text);
}

enum scn_status scn_lint_damage(const struct scn_build *build,
                                const struct scn_draft *draft,
                                const struct scn_damage *damages, size_t i)
{
    const struct scn_spec_damage *specs = draft->spec->damage.items;
    const struct scn_damage *damage = &damages[i];
    const struct scn_at at = specs[i].node->at;
    const struct scn_damage *rival = find_rival(damages, i);
    const char *text = find_setting(&draft->zone, damage);

    if (text != NULL) {
        return fail_setting(build, at, text);
    }
    if (is_of(damage->what, of_hashes) &&
        !scn_denial_is_nsec3(draft->zone.denial)) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "`%s` needs `denial: nsec3` or another of NSEC3",
                        scn_word_text(scn_words_damage, (long)damage->what));
    }
    text = find_type(&draft->zone, damage);
    if (text == NULL) {
        text = find_place(build, draft, damage);
    }
    if (text != NULL) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "this damage can never show: %s", text);
    }
    return rival == NULL
               ? SCN_OK
               : scn_fail(build->scope.error, build->scope.file, at,
                          "of this and the damage in line %u the same records "
                          "can show one: leave one out, or say of which "
                          "records each is",
                          rival->line);
}
