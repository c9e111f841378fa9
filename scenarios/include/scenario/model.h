/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * model.h - what a scenario says, once names are absolute and text is wire.
 *
 * One scn_instance is the private copy of a file's zones and servers that one
 * check (or all steps of a file) owns: FORMAT.md section 2. Everything in it is
 * [owned] by the instance's arena, immutable, and freed by scn_instance_free().
 * Lists are pointer + count; absent strings and names are NULL. Names are wire
 * (name.h), lower-case, absolute. `line` is the line in the file, for messages.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SCN_TYPE_ANY = 0,          /* in filters and damage: every type */
    SCN_TYPE_DENIAL = 0x10000, /* in damage: NSEC or NSEC3 */
    SCN_TYPE_CAA = 257,
    SCN_COPIES_MAX = 4,  /* of one reply */
    SCN_REMOTES_MAX = 16 /* of one instance */
};

/* --- rules and rows (FORMAT sections 4, 7, 8) --- */

enum scn_profile {
    SCN_RFC6844,
    SCN_RFC6844_E5065,
    SCN_RFC8659,
    SCN_TLS_BR,
    SCN_SMIME_BR,
    SCN_PROFILE_COUNT
};

enum scn_verdict { SCN_PERMIT, SCN_REFUSE, SCN_EITHER };

enum scn_reason {
    SCN_REASON_NONE,
    SCN_NOT_AUTHORISED,
    SCN_CRITICAL_UNKNOWN,
    SCN_LOOKUP_FAILED,
    SCN_ACCOUNT,
    SCN_METHOD,
    SCN_INTERNAL_NAME
};

enum scn_feature { /* bits */
                   SCN_F_WILDCARD = 1 << 0,
                   SCN_F_RFC8657 = 1 << 1,
                   SCN_F_SMIME = 1 << 2,
                   SCN_F_MANY_NAMES = 1 << 3,
                   SCN_F_ISSUER_PER_REQUEST = 1 << 4,
                   SCN_F_ACCOUNT_PER_REQUEST = 1 << 5,
                   SCN_F_METHOD_PER_REQUEST = 1 << 6,
                   SCN_F_PERSPECTIVES = 1 << 7,
                   SCN_F_CLOCK = 1 << 8,
                   SCN_F_VALIDATION = 1 << 9
};

enum scn_transport { SCN_ANY_TRANSPORT, SCN_UDP, SCN_TCP };
enum scn_edns {
    SCN_ANY_EDNS,
    SCN_EDNS_PRESENT,
    SCN_EDNS_ABSENT,
    SCN_EDNS_NEWER,  /* a version above 0 */
    SCN_EDNS_OPTIONS /* with options in it */
};
enum scn_dnssec_ok { SCN_ANY_DO, SCN_DO_SET, SCN_DO_CLEAR };
enum scn_case { SCN_ANY_CASE, SCN_CASE_MIXED, SCN_CASE_LOWER };

/* Which queries; every key given must match (FORMAT section 5). */
struct scn_filter {
    const char *server;   /* label */
    const uint8_t *name;  /* exactly this owner */
    const uint8_t *under; /* this name or below */
    uint32_t type;        /* SCN_TYPE_ANY or an RR type */
    enum scn_transport transport;
    enum scn_edns edns;
    enum scn_dnssec_ok dnssec_ok;
    enum scn_case name_case;
    const char *perspective; /* "primary", "remote-1", ... */
};

enum scn_predicate_kind {
    SCN_LOOKED, /* the default; never written in a file */
    SCN_ASKED,
    SCN_NEVER_ASKED,
    SCN_ANSWERED,
    SCN_FAILED,
    SCN_RETRIED,
    SCN_SHOWN_INSECURE
};

enum scn_place { SCN_AT_SERVERS, SCN_AT_FRONT };

/*
 * One fact about the wire. The defaults of FORMAT section 7 are filled in by
 * the loader: filter.name is the start name unless under is given, filter.type
 * is CAA unless the file says otherwise.
 */
struct scn_predicate {
    enum scn_predicate_kind kind;
    enum scn_place at;
    struct scn_filter filter;
    unsigned at_least;   /* asked: 1 or more */
    const uint8_t *zone; /* shown-insecure */
    unsigned line;
};

/* One expectation with its conditions. Dates are yyyymmdd, 0 when absent. */
struct scn_row {
    enum scn_verdict verdict;
    const char *because; /* with SCN_EITHER, and only there */
    enum scn_reason reason;
    const uint8_t *found_at;
    const char *const *refused_names; /* as in scn_subject.text */
    size_t refused_name_count;
    const struct scn_predicate *evidence; /* all must hold; never empty */
    size_t evidence_count;
    unsigned profiles; /* bit 1 << enum scn_profile; 0: any */
    uint32_t from;     /* first day it holds */
    uint32_t until;    /* first day it holds no longer */
    const struct scn_predicate *conditions; /* `if`, all must hold */
    size_t condition_count;
    const char *rule; /* name in rules.yaml it came from, or NULL */
    const char
        *label; /* "check", "except 2", "lookup-failure 3": for reports */
    unsigned line;
};

struct scn_source {
    const char *text;
    const char *section; /* or NULL */
    const char *url;     /* or NULL */
};

enum scn_kind { SCN_TLS, SCN_SMIME };

/* One name of a request. */
struct scn_subject {
    const char *text; /* as the implementation receives it, absolute, without
                         a trailing dot: "*.x.apex", "a@x.apex", "192.0.2.1" */
    const uint8_t *start; /* where the look-up starts; NULL for an IP address */
};

/* One request and what is expected of it. */
struct scn_check {
    const char *id;      /* the check's own id, or NULL */
    const char *address; /* "ID/CHECK", or "ID" when id is NULL */
    const struct scn_subject *subjects;
    size_t subject_count;
    enum scn_kind kind;
    const char *issuer;  /* never NULL */
    const char *account; /* never NULL */
    const char *method;  /* never NULL */
    unsigned features;   /* enum scn_feature bits, the scenario's included */
    const struct scn_source *sources; /* the scenario's, then its own */
    size_t source_count;
    const char *const *requirements; /* ids: the scenario's, then its own */
    size_t requirement_count;
    /* rows[0] is the check's own; then those of `apply`; then `except`. The
     * LAST whose conditions hold counts. */
    const struct scn_row *rows;
    size_t row_count;
    unsigned line;
};

/* --- zones and servers (FORMAT sections 3, 4) --- */

/* rdata is the wire RDATA, names in it uncompressed. */
struct scn_record {
    const uint8_t *owner;
    const uint8_t *rdata;
    uint32_t ttl;
    uint16_t type;
    uint16_t rdata_len;
    unsigned line; /* 0: written by `caa:` of a check */
};

enum scn_family { SCN_BOTH_FAMILIES, SCN_IPV4, SCN_IPV6 };

struct scn_server {
    const char *label;
    enum scn_family family;
};

enum scn_dnssec { SCN_SIGNED, SCN_UNSIGNED, SCN_ISLAND };
enum scn_keys { SCN_CSK, SCN_KSK_AND_ZSK };
/* How far the exchange of a key has come (RFC 6781 section 4.1, RFC 5011). */
enum scn_rollover {
    SCN_ROLLOVER_NONE,
    SCN_ROLLOVER_ZSK_PRE_PUBLISHED,
    SCN_ROLLOVER_ZSK_DOUBLE_SIGNED,
    SCN_ROLLOVER_KSK_DOUBLE_SIGNED,
    SCN_ROLLOVER_KSK_DOUBLE_DS,
    SCN_ROLLOVER_KSK_REVOKED
};
enum scn_denial {
    SCN_DENIAL_NSEC,
    SCN_DENIAL_NSEC3,
    SCN_DENIAL_NSEC3_OPT_OUT,
    SCN_DENIAL_COMPACT,
    SCN_DENIAL_NSEC_WHITE_LIES,
    SCN_DENIAL_NSEC3_WHITE_LIES
};

static inline bool scn_denial_is_nsec3(enum scn_denial denial)
{
    return denial == SCN_DENIAL_NSEC3 || denial == SCN_DENIAL_NSEC3_OPT_OUT ||
           denial == SCN_DENIAL_NSEC3_WHITE_LIES;
}

/* One DS at the parent; fields that are -1 are the right ones. */
struct scn_ds {
    int algorithm;
    int digest_type; /* -1: SHA-256 */
    int key_tag;
    bool digest_wrong;
};

/* What the records of a zone may not be, unless that is meant. */
enum scn_breaks { /* bits */
                  SCN_BREAKS_CNAME = 1 << 0
};

enum scn_damage_what {
    SCN_EXPIRED,
    SCN_NOT_YET_VALID,
    SCN_INVERTED,
    SCN_RRSIG_REMOVED, /* unsigned */
    SCN_BAD_SIGNATURE,
    SCN_EXTRA_BAD_SIGNATURE,
    SCN_WRONG_SIGNER,
    SCN_WRONG_LABELS,
    SCN_WRONG_TYPE_COVERED,
    SCN_WRONG_ALGORITHM,
    SCN_WRONG_KEY_TAG,
    SCN_WRONG_OWNER,
    SCN_WRONG_CLASS,
    SCN_ONE_ALGORITHM,
    SCN_MISSING,
    SCN_ANCESTOR_DENIAL,
    SCN_DNAME_DENIAL,
    SCN_NO_COVER,
    SCN_NO_WILDCARD,
    SCN_NO_ENCLOSER,
    SCN_WRONG_MATCH,
    SCN_WRONG_BITMAP,
    SCN_WRONG_NEXT,
    SCN_SELF_NEXT,
    SCN_WRONG_HASH,
    SCN_NO_ENT,
    SCN_OPTED_OUT,
    SCN_NO_ZSK,
    SCN_NO_KSK,
    SCN_CORRUPT_KEY,
    SCN_MANY_KEYS,
    SCN_MANY_SIGNATURES
};

/* What every server of the zone says wrong (FORMAT section 6). */
struct scn_damage {
    enum scn_damage_what what;
    const uint8_t *name;
    const uint8_t *under;
    uint32_t type; /* SCN_TYPE_ANY, SCN_TYPE_DENIAL or an RR type */
    uint16_t bit;  /* wrong-bitmap: of this type; 0: of the type asked for */
    unsigned line;
};

enum scn_strip { /* bits */
                 SCN_STRIP_RRSIG = 1 << 0,
                 SCN_STRIP_NSEC = 1 << 1,
                 SCN_STRIP_NSEC3 = 1 << 2,
                 SCN_STRIP_SOA = 1 << 3,
                 SCN_STRIP_OPT = 1 << 4,
                 SCN_STRIP_QUESTION = 1 << 5,
                 SCN_STRIP_CNAME = 1 << 6
};

enum scn_drop {
    SCN_DROP_NOTHING,
    SCN_DROP_QUERY,
    SCN_DROP_UNREACHABLE /* ... as a host does whose port is closed */
};

/* What comes back as the question. */
enum scn_echo {
    SCN_ECHO_RIGHT,
    SCN_ECHO_LOWER,
    SCN_ECHO_OTHER_NAME,
    SCN_ECHO_OTHER_TYPE,
    SCN_ECHO_OTHER_CLASS,
    SCN_ECHO_TWICE
};

enum scn_alias { SCN_ALIAS_NONE, SCN_ALIAS_ENDLESS };

/* What is done to the records of the answer section, in this order. */
enum scn_rrsets { /* bits */
                  SCN_RRSETS_ROTATE = 1 << 0,
                  SCN_RRSETS_REVERSE = 1 << 1,
                  SCN_RRSETS_PART = 1 << 2,
                  SCN_RRSETS_TWICE = 1 << 3,
                  SCN_RRSETS_MIXED_TTL = 1 << 4
};

/* What is done to the octets of the reply, in this order. */
enum scn_wire { /* bits */
                SCN_WIRE_OPCODE = 1 << 0,
                SCN_WIRE_CLASS_CH = 1 << 1,
                SCN_WIRE_RDLENGTH_LONG = 1 << 2,
                SCN_WIRE_RDLENGTH_SHORT = 1 << 3,
                SCN_WIRE_RDLENGTH_ZERO = 1 << 4,
                SCN_WIRE_POINTER_LOOP = 1 << 5,
                SCN_WIRE_POINTER_FORWARD = 1 << 6,
                SCN_WIRE_COUNT_HIGH = 1 << 7,
                SCN_WIRE_COUNT_LOW = 1 << 8,
                SCN_WIRE_TRAILING = 1 << 9
};

/* Header flags as bits of the 16-bit flags word (RFC 1035 section 4.1.1). */
enum scn_flag {
    SCN_QR = 0x8000,
    SCN_AA = 0x0400,
    SCN_TC = 0x0200,
    SCN_RD = 0x0100,
    SCN_RA = 0x0080,
    SCN_Z = 0x0040,
    SCN_AD = 0x0020,
    SCN_CD = 0x0010
};

/* What is wrong with the OPT record of a reply. */
enum scn_opt { SCN_OPT_RIGHT, SCN_OPT_ECHO, SCN_OPT_MALFORMED };

enum scn_decoy_wrong {
    SCN_DECOY_ID,
    SCN_DECOY_PORT,
    SCN_DECOY_ADDRESS,
    SCN_DECOY_QUESTION
};

enum scn_tcp_pacing {
    SCN_TCP_NORMAL,
    SCN_TCP_REFUSE,
    SCN_TCP_SILENT,
    SCN_TCP_RESET,
    SCN_TCP_CLOSE_AFTER_LENGTH,
    SCN_TCP_LENGTH_LONG,
    SCN_TCP_LENGTH_SHORT,
    SCN_TCP_ONE_OCTET,
    SCN_TCP_TWO_MESSAGES
};

/* What a fault does, composed in the order of FORMAT section 5. */
struct scn_action {
    enum scn_drop drop;
    bool has_answer; /* replace the answer section, perhaps by nothing */
    const struct scn_record *answer;
    size_t answer_count;
    enum scn_alias alias;               /* replaces the whole reply */
    unsigned strip;                     /* enum scn_strip bits */
    unsigned rrsets;                    /* enum scn_rrsets bits */
    const struct scn_record *authority; /* added to the section */
    size_t authority_count;
    const struct scn_record *additional; /* added to the section */
    size_t additional_count;
    bool spoil_signatures; /* none of the reply verifies */
    int rcode;             /* -1: unchanged; above 15 it needs OPT */
    enum scn_echo echo;
    bool owners_upper;              /* of the answer, in capitals */
    enum scn_opt opt;               /* what the OPT record is like */
    uint16_t set;                   /* enum scn_flag bits */
    uint16_t clear;                 /* enum scn_flag bits */
    unsigned udp_limit;             /* octets; 0: what the client says */
    const struct scn_record *decoy; /* sent first when decoy_count > 0 */
    size_t decoy_count;
    enum scn_decoy_wrong decoy_wrong;
    unsigned wire;   /* enum scn_wire bits */
    unsigned copies; /* 0: one */
    unsigned delay_ms;
    unsigned jitter_ms; /* at most so much is added to the delay */
    enum scn_tcp_pacing tcp;
};

enum scn_count_by { SCN_PER_QUESTION, SCN_PER_SERVER, SCN_PER_FAULT };

struct scn_fault {
    const char *id; /* or NULL */
    bool enabled;   /* at the start */
    struct scn_filter when;
    unsigned after;
    unsigned first;     /* 0: no end */
    unsigned every;     /* 0: every one */
    unsigned window_ms; /* counts begin anew after it; 0: never */
    enum scn_count_by count_by;
    struct scn_action action;
    const char
        *summary; /* one line for people: "drop query", "rcode SERVFAIL" */
    unsigned line;
};

struct scn_zone {
    const uint8_t *name;
    const uint16_t *servers; /* indices into scn_instance.servers */
    size_t server_count;
    const struct scn_record *records; /* in file order */
    size_t record_count;
    unsigned breaks; /* enum scn_breaks bits */
    enum scn_dnssec dnssec;
    const uint8_t *algorithms; /* empty: the run's default */
    size_t algorithm_count;
    enum scn_keys keys;
    enum scn_rollover rollover;
    enum scn_denial denial;
    const uint8_t *nsec3_salt;
    size_t nsec3_salt_len;
    uint16_t nsec3_iterations;
    bool ns_absent; /* delegation: {ns: absent} */
    bool declared;  /* false for the apex zone that the loader added */
    unsigned line;
    const struct scn_ds *ds; /* empty: the right one, or none by dnssec */
    size_t ds_count;
    const struct scn_damage *damages;
    size_t damage_count;
    const struct scn_fault *faults;
    size_t fault_count;
};

/* --- steps (FORMAT section 10) --- */

enum scn_step_kind {
    SCN_STEP_QUERY,
    SCN_STEP_CHECK,
    SCN_STEP_ENABLE,
    SCN_STEP_DISABLE,
    SCN_STEP_PUBLISH,
    SCN_STEP_WITHDRAW,
    SCN_STEP_WAIT,
    SCN_STEP_ADVANCE,
    SCN_STEP_FORGET_JOURNAL
};

struct scn_rrset_id {
    const uint8_t *owner;
    uint16_t type;
};

struct scn_step {
    enum scn_step_kind kind;
    struct scn_rrset_id query;     /* SCN_STEP_QUERY */
    const struct scn_check *check; /* SCN_STEP_CHECK */
    const char *const *fault_ids;  /* SCN_STEP_ENABLE, _DISABLE */
    size_t fault_id_count;
    const struct scn_record *publish; /* SCN_STEP_PUBLISH */
    size_t publish_count;
    const struct scn_rrset_id *withdraw; /* SCN_STEP_WITHDRAW */
    size_t withdraw_count;
    unsigned wait_ms;   /* SCN_STEP_WAIT: real time */
    unsigned advance_s; /* SCN_STEP_ADVANCE: the implementation's clock only */
    unsigned line;
};

/* --- the whole --- */

enum scn_universe { SCN_SHARED, SCN_PRIVATE };
enum scn_qmin { SCN_QMIN_RELAXED, SCN_QMIN_STRICT, SCN_QMIN_DISABLED };
enum scn_anchor { SCN_ANCHOR_RIGHT, SCN_ANCHOR_WRONG, SCN_ANCHOR_NONE };

/* How the resolver of a private universe is set up. */
struct scn_resolver {
    enum scn_qmin qname_minimisation;
    bool case_randomisation;
    enum scn_anchor trust_anchor;
    const uint8_t *const *negative_trust_anchors;
    size_t negative_trust_anchor_count;
};

struct scn_instance {
    const char *file;    /* for messages */
    const char *id;      /* the scenario's id */
    const char *key;     /* unique: "ID/CHECK", or "ID" (one check, or steps) */
    const uint8_t *apex; /* the root in a private universe */
    enum scn_universe universe;
    bool top_level; /* apex: top-level: --suffix cannot move it */
    struct scn_resolver resolver;
    unsigned remotes;
    const struct scn_server *servers;
    size_t server_count;
    /* Parents stand before children. In a private universe the root zone is
     * there, declared or not. */
    const struct scn_zone *zones;
    size_t zone_count;
    /* A file with `checks` has one step here, its check. */
    const struct scn_step *steps;
    size_t step_count;
};
