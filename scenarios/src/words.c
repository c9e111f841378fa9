/* SPDX-License-Identifier: BSD-2-Clause */
/* words.c - the words of the format, each list once. */
#include "words.h"

#include <scenario/catalogue.h>
#include <scenario/deviations.h>
#include <scenario/requirements.h>

#include <string.h>

const struct scn_word scn_words_verdict[] = { { "permit", SCN_PERMIT },
                                              { "refuse", SCN_REFUSE },
                                              { "either", SCN_EITHER },
                                              { 0 } };

const struct scn_word scn_words_reason[] = {
    { "not-authorised", SCN_NOT_AUTHORISED },
    { "critical-unknown", SCN_CRITICAL_UNKNOWN },
    { "lookup-failed", SCN_LOOKUP_FAILED },
    { "account", SCN_ACCOUNT },
    { "method", SCN_METHOD },
    { "internal-name", SCN_INTERNAL_NAME },
    { 0 }
};

const struct scn_word scn_words_profile[] = {
    { "rfc6844", SCN_RFC6844 },   { "rfc6844-e5065", SCN_RFC6844_E5065 },
    { "rfc8659", SCN_RFC8659 },   { "tls-br", SCN_TLS_BR },
    { "smime-br", SCN_SMIME_BR }, { 0 }
};

const struct scn_word scn_words_feature[] = {
    { "wildcard", SCN_F_WILDCARD },
    { "rfc8657", SCN_F_RFC8657 },
    { "smime", SCN_F_SMIME },
    { "many-names", SCN_F_MANY_NAMES },
    { "issuer-per-request", SCN_F_ISSUER_PER_REQUEST },
    { "account-per-request", SCN_F_ACCOUNT_PER_REQUEST },
    { "method-per-request", SCN_F_METHOD_PER_REQUEST },
    { "perspectives", SCN_F_PERSPECTIVES },
    { "clock", SCN_F_CLOCK },
    { "validation", SCN_F_VALIDATION },
    { 0 }
};

const struct scn_word scn_words_kind[] = { { "tls", SCN_TLS },
                                           { "smime", SCN_SMIME },
                                           { 0 } };

const struct scn_word scn_words_strength[] = {
    { "must", SCN_MUST }, { "should", SCN_SHOULD },       { "may", SCN_MAY },
    { "fact", SCN_FACT }, { "contested", SCN_CONTESTED }, { 0 }
};

const struct scn_word scn_words_universe[] = { { "shared", SCN_SHARED },
                                               { "private", SCN_PRIVATE },
                                               { 0 } };

const struct scn_word scn_words_apex[] = { { "any", false },
                                           { "top-level", true },
                                           { 0 } };

const struct scn_word scn_words_qmin[] = { { "relaxed", SCN_QMIN_RELAXED },
                                           { "strict", SCN_QMIN_STRICT },
                                           { "disabled", SCN_QMIN_DISABLED },
                                           { 0 } };

const struct scn_word scn_words_case_randomisation[] = { { "enabled", true },
                                                         { "disabled", false },
                                                         { 0 } };

const struct scn_word scn_words_anchor[] = { { "right", SCN_ANCHOR_RIGHT },
                                             { "wrong", SCN_ANCHOR_WRONG },
                                             { "none", SCN_ANCHOR_NONE },
                                             { 0 } };

const struct scn_word scn_words_family[] = { { "both", SCN_BOTH_FAMILIES },
                                             { "ipv4", SCN_IPV4 },
                                             { "ipv6", SCN_IPV6 },
                                             { 0 } };

const struct scn_word scn_words_dnssec[] = { { "signed", SCN_SIGNED },
                                             { "unsigned", SCN_UNSIGNED },
                                             { "island", SCN_ISLAND },
                                             { 0 } };

const struct scn_word scn_words_keys[] = { { "csk", SCN_CSK },
                                           { "ksk-and-zsk", SCN_KSK_AND_ZSK },
                                           { 0 } };

const struct scn_word scn_words_rollover[] = {
    { "none", SCN_ROLLOVER_NONE },
    { "zsk-pre-published", SCN_ROLLOVER_ZSK_PRE_PUBLISHED },
    { "zsk-double-signed", SCN_ROLLOVER_ZSK_DOUBLE_SIGNED },
    { "ksk-double-signed", SCN_ROLLOVER_KSK_DOUBLE_SIGNED },
    { "ksk-double-ds", SCN_ROLLOVER_KSK_DOUBLE_DS },
    { "ksk-revoked", SCN_ROLLOVER_KSK_REVOKED },
    { 0 }
};

const struct scn_word scn_words_denial[] = {
    { "nsec", SCN_DENIAL_NSEC },
    { "nsec3", SCN_DENIAL_NSEC3 },
    { "nsec3-opt-out", SCN_DENIAL_NSEC3_OPT_OUT },
    { "compact", SCN_DENIAL_COMPACT },
    { "nsec-white-lies", SCN_DENIAL_NSEC_WHITE_LIES },
    { "nsec3-white-lies", SCN_DENIAL_NSEC3_WHITE_LIES },
    { 0 }
};

const struct scn_word scn_words_ns[] = { { "present", false },
                                         { "absent", true },
                                         { 0 } };

const struct scn_word scn_words_digest[] = { { "right", false },
                                             { "wrong", true },
                                             { 0 } };

const struct scn_word scn_words_damage[] = {
    { "expired", SCN_EXPIRED },
    { "not-yet-valid", SCN_NOT_YET_VALID },
    { "inverted", SCN_INVERTED },
    { "unsigned", SCN_RRSIG_REMOVED },
    { "bad-signature", SCN_BAD_SIGNATURE },
    { "extra-bad-signature", SCN_EXTRA_BAD_SIGNATURE },
    { "wrong-signer", SCN_WRONG_SIGNER },
    { "wrong-labels", SCN_WRONG_LABELS },
    { "wrong-type-covered", SCN_WRONG_TYPE_COVERED },
    { "wrong-algorithm", SCN_WRONG_ALGORITHM },
    { "wrong-key-tag", SCN_WRONG_KEY_TAG },
    { "wrong-owner", SCN_WRONG_OWNER },
    { "wrong-class", SCN_WRONG_CLASS },
    { "one-algorithm", SCN_ONE_ALGORITHM },
    { "missing", SCN_MISSING },
    { "ancestor-denial", SCN_ANCESTOR_DENIAL },
    { "dname-denial", SCN_DNAME_DENIAL },
    { "no-cover", SCN_NO_COVER },
    { "no-wildcard", SCN_NO_WILDCARD },
    { "no-encloser", SCN_NO_ENCLOSER },
    { "wrong-match", SCN_WRONG_MATCH },
    { "wrong-bitmap", SCN_WRONG_BITMAP },
    { "wrong-next", SCN_WRONG_NEXT },
    { "self-next", SCN_SELF_NEXT },
    { "wrong-hash", SCN_WRONG_HASH },
    { "no-ent", SCN_NO_ENT },
    { "opted-out", SCN_OPTED_OUT },
    { "no-zsk", SCN_NO_ZSK },
    { "no-ksk", SCN_NO_KSK },
    { "corrupt-key", SCN_CORRUPT_KEY },
    { "many-keys", SCN_MANY_KEYS },
    { "many-signatures", SCN_MANY_SIGNATURES },
    { 0 }
};

const struct scn_word scn_words_state[] = { { "enabled", true },
                                            { "disabled", false },
                                            { 0 } };

const struct scn_word scn_words_count_by[] = { { "question", SCN_PER_QUESTION },
                                               { "server", SCN_PER_SERVER },
                                               { "fault", SCN_PER_FAULT },
                                               { 0 } };

const struct scn_word scn_words_transport[] = { { "udp", SCN_UDP },
                                                { "tcp", SCN_TCP },
                                                { 0 } };

const struct scn_word scn_words_edns[] = { { "present", SCN_EDNS_PRESENT },
                                           { "absent", SCN_EDNS_ABSENT },
                                           { "newer", SCN_EDNS_NEWER },
                                           { "options", SCN_EDNS_OPTIONS },
                                           { 0 } };

const struct scn_word scn_words_dnssec_ok[] = { { "set", SCN_DO_SET },
                                                { "clear", SCN_DO_CLEAR },
                                                { 0 } };

const struct scn_word scn_words_case[] = { { "mixed", SCN_CASE_MIXED },
                                           { "lower", SCN_CASE_LOWER },
                                           { 0 } };

const struct scn_word scn_words_echo[] = {
    { "lower", SCN_ECHO_LOWER },
    { "other-name", SCN_ECHO_OTHER_NAME },
    { "other-type", SCN_ECHO_OTHER_TYPE },
    { "other-class", SCN_ECHO_OTHER_CLASS },
    { "twice", SCN_ECHO_TWICE },
    { 0 }
};

const struct scn_word scn_words_owners[] = { { "upper", true }, { 0 } };

const struct scn_word scn_words_spoil[] = { { "signatures", true }, { 0 } };

const struct scn_word scn_words_opt[] = { { "echo", SCN_OPT_ECHO },
                                          { "malformed", SCN_OPT_MALFORMED },
                                          { 0 } };

const struct scn_word scn_words_place[] = { { "servers", SCN_AT_SERVERS },
                                            { "front", SCN_AT_FRONT },
                                            { 0 } };

const struct scn_word scn_words_drop[] = {
    { "query", SCN_DROP_QUERY }, { "unreachable", SCN_DROP_UNREACHABLE }, { 0 }
};

const struct scn_word scn_words_breaks[] = { { "cname", SCN_BREAKS_CNAME },
                                             { 0 } };

const struct scn_word scn_words_alias[] = { { "endless", SCN_ALIAS_ENDLESS },
                                            { 0 } };

const struct scn_word scn_words_strip[] = {
    { "RRSIG", SCN_STRIP_RRSIG }, { "NSEC", SCN_STRIP_NSEC },
    { "NSEC3", SCN_STRIP_NSEC3 }, { "SOA", SCN_STRIP_SOA },
    { "OPT", SCN_STRIP_OPT },     { "question", SCN_STRIP_QUESTION },
    { "CNAME", SCN_STRIP_CNAME }, { 0 }
};

const struct scn_word scn_words_rrsets[] = {
    { "rotate", SCN_RRSETS_ROTATE },       { "reverse", SCN_RRSETS_REVERSE },
    { "part", SCN_RRSETS_PART },           { "twice", SCN_RRSETS_TWICE },
    { "mixed-ttl", SCN_RRSETS_MIXED_TTL }, { 0 }
};

const struct scn_word scn_words_wire[] = {
    { "opcode", SCN_WIRE_OPCODE },
    { "class-ch", SCN_WIRE_CLASS_CH },
    { "rdlength-long", SCN_WIRE_RDLENGTH_LONG },
    { "rdlength-short", SCN_WIRE_RDLENGTH_SHORT },
    { "rdlength-zero", SCN_WIRE_RDLENGTH_ZERO },
    { "pointer-loop", SCN_WIRE_POINTER_LOOP },
    { "pointer-forward", SCN_WIRE_POINTER_FORWARD },
    { "count-high", SCN_WIRE_COUNT_HIGH },
    { "count-low", SCN_WIRE_COUNT_LOW },
    { "trailing-octets", SCN_WIRE_TRAILING },
    { 0 }
};

/* The four bits of the header (RFC 1035 section 4.1.1, RFC 2136 section 2.2),
 * and what needs more (RFC 6891 section 9, RFC 7873 section 8). */
const struct scn_word scn_words_rcode[] = {
    { "NOERROR", 0 },    { "FORMERR", 1 },
    { "SERVFAIL", 2 },   { "NXDOMAIN", 3 },
    { "NOTIMP", 4 },     { "REFUSED", 5 },
    { "YXDOMAIN", 6 },   { "YXRRSET", 7 },
    { "NXRRSET", 8 },    { "NOTAUTH", 9 },
    { "NOTZONE", 10 },   { "BADVERS", 16 },
    { "BADCOOKIE", 23 }, { 0 }
};

const struct scn_word scn_words_flag[] = {
    { "qr", SCN_QR }, { "aa", SCN_AA }, { "tc", SCN_TC },
    { "rd", SCN_RD }, { "ra", SCN_RA }, { "z", SCN_Z },
    { "ad", SCN_AD }, { "cd", SCN_CD }, { 0 }
};

const struct scn_word scn_words_decoy[] = { { "id", SCN_DECOY_ID },
                                            { "port", SCN_DECOY_PORT },
                                            { "address", SCN_DECOY_ADDRESS },
                                            { "question", SCN_DECOY_QUESTION },
                                            { 0 } };

const struct scn_word scn_words_tcp[] = {
    { "refuse", SCN_TCP_REFUSE },
    { "silent", SCN_TCP_SILENT },
    { "reset", SCN_TCP_RESET },
    { "close-after-length", SCN_TCP_CLOSE_AFTER_LENGTH },
    { "length-long", SCN_TCP_LENGTH_LONG },
    { "length-short", SCN_TCP_LENGTH_SHORT },
    { "one-octet", SCN_TCP_ONE_OCTET },
    { "two-messages", SCN_TCP_TWO_MESSAGES },
    { 0 }
};

const struct scn_word scn_words_forget[] = { { "journal", true }, { 0 } };

const struct scn_word scn_words_shown[] = {
    { "unsafe", SCN_SHOWN_UNSAFE },
    { "overstrict", SCN_SHOWN_OVERSTRICT },
    { "hang", SCN_SHOWN_HANG },
    { "crash", SCN_SHOWN_CRASH },
    { "no-evidence", SCN_SHOWN_NO_EVIDENCE },
    { "wrong-reason", SCN_SHOWN_WRONG_REASON },
    { 0 }
};

const struct scn_word scn_words_any_type[] = { { "any", SCN_TYPE_ANY }, { 0 } };

const struct scn_word scn_words_damage_type[] = { { "any", SCN_TYPE_ANY },
                                                  { "denial", SCN_TYPE_DENIAL },
                                                  { 0 } };

const struct scn_word scn_words_predicate[] = {
    { "looked", SCN_LOOKED },
    { "asked", SCN_ASKED },
    { "never-asked", SCN_NEVER_ASKED },
    { "answered", SCN_ANSWERED },
    { "failed", SCN_FAILED },
    { "retried", SCN_RETRIED },
    { "shown-insecure", SCN_SHOWN_INSECURE },
    { 0 }
};

bool scn_word_find(const struct scn_word *words, const char *text,
                   long *value_out)
{
    for (; words->text != NULL; words++) {
        if (strcmp(words->text, text) == 0) {
            *value_out = words->value;
            return true;
        }
    }
    return false;
}

const char *scn_word_text(const struct scn_word *words, long value)
{
    for (; words->text != NULL; words++) {
        if (words->value == value) {
            return words->text;
        }
    }
    return "";
}

const char *scn_word_at(const void *words, size_t i)
{
    const struct scn_word *list = words;

    return list[i].text;
}

const char *scn_strength_text(enum scn_strength strength)
{
    return scn_word_text(scn_words_strength, (long)strength);
}

const char *scn_verdict_text(enum scn_verdict verdict)
{
    return scn_word_text(scn_words_verdict, (long)verdict);
}

const char *scn_reason_text(enum scn_reason reason)
{
    return scn_word_text(scn_words_reason, (long)reason);
}

const char *scn_profile_text(enum scn_profile profile)
{
    return scn_word_text(scn_words_profile, (long)profile);
}

const char *scn_predicate_kind_text(enum scn_predicate_kind kind)
{
    return scn_word_text(scn_words_predicate, (long)kind);
}

const char *scn_shown_text(enum scn_shown shown)
{
    return scn_word_text(scn_words_shown, (long)shown);
}

const char *scn_feature_text(enum scn_feature feature)
{
    return scn_word_text(scn_words_feature, (long)feature);
}

bool scn_profile_from_text(const char *text, enum scn_profile *profile_out)
{
    long value = 0;

    if (!scn_word_find(scn_words_profile, text, &value)) {
        return false;
    }
    *profile_out = (enum scn_profile)value;
    return true;
}

bool scn_reason_from_text(const char *text, enum scn_reason *reason_out)
{
    long value = 0;

    if (!scn_word_find(scn_words_reason, text, &value)) {
        return false;
    }
    *reason_out = (enum scn_reason)value;
    return true;
}

bool scn_feature_from_text(const char *text, enum scn_feature *feature_out)
{
    long value = 0;

    if (!scn_word_find(scn_words_feature, text, &value)) {
        return false;
    }
    *feature_out = (enum scn_feature)value;
    return true;
}
