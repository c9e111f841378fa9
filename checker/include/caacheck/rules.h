/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rules.h - how CAA is read, as data. A profile at a policy date is a value of
 * struct caa_rules, and so is a wrong reading of the texts: change one field
 * and ask what an implementation that reads it so would decide. In every field
 * 0 is the reading of RFC 8659 (with RFC 8657), so that a zeroed value is the
 * profile rfc8659.
 */
#pragma once

#include <caacheck/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is asked for: a certificate for names of servers or for mailboxes. */
enum caa_kind { CAA_KIND_TLS, CAA_KIND_SMIME };

/* Which text the run is held to: decides the sections that are cited. */
enum caa_text { CAA_TEXT_8659, CAA_TEXT_6844, CAA_TEXT_5065 };
/* Which Baseline Requirements apply as well, with their sections. */
enum caa_baseline { CAA_BASELINE_NONE, CAA_BASELINE_TLS, CAA_BASELINE_SMIME };

enum caa_rule_climb {
    CAA_CLIMB_TO_TLD,
    CAA_CLIMB_SKIP_TLD,
    CAA_CLIMB_NONE,
    CAA_CLIMB_TO_ROOT,
    CAA_CLIMB_SKIP_SINGLE,
    CAA_CLIMB_PUBLIC_SUFFIX,
    CAA_CLIMB_WITH_WWW,
    CAA_CLIMB_REGISTERED
};
enum caa_rule_alias {
    CAA_ALIAS_TARGET,
    CAA_ALIAS_TREE,
    CAA_ALIAS_IGNORE,
    CAA_ALIAS_FIRST_ONLY,
    CAA_ALIAS_LONE,
    CAA_ALIAS_INSTEAD,
    CAA_ALIAS_AT_START
};
enum caa_rule_alias_empty { CAA_ALIAS_EMPTY_CLIMB, CAA_ALIAS_EMPTY_FOUND };
enum caa_rule_alias_denied {
    CAA_ALIAS_DENIED_EMPTY,
    CAA_ALIAS_DENIED_FAILURE,
    CAA_ALIAS_DENIED_PERMIT
};
enum caa_rule_alias_limit {
    CAA_ALIAS_LIMIT_NONE,
    CAA_ALIAS_LIMIT_4,
    CAA_ALIAS_LIMIT_8,
    CAA_ALIAS_LIMIT_4_EMPTY
};
enum caa_rule_dname { CAA_DNAME_FOLLOW, CAA_DNAME_IGNORE, CAA_DNAME_FAILURE };
enum caa_rule_dname_owner { CAA_DNAME_OWNER_PLAIN, CAA_DNAME_OWNER_TARGET };
enum caa_rule_depth { CAA_DEPTH_ALL, CAA_DEPTH_16, CAA_DEPTH_5 };
enum caa_rule_wildcard_name {
    CAA_WILDCARD_BASE,
    CAA_WILDCARD_LITERAL,
    CAA_WILDCARD_PARENT,
    CAA_WILDCARD_NO_CLIMB
};
enum caa_rule_unrestricted {
    CAA_UNRESTRICTED_PERMIT,
    CAA_UNRESTRICTED_CLIMB,
    CAA_UNRESTRICTED_REFUSE
};
/* What a kind of failure counts as: servfail, timeout, unreadable, yxdomain. */
enum caa_rule_reading { CAA_READ_FAILURE, CAA_READ_EMPTY, CAA_READ_PERMIT };
enum caa_rule_nxdomain {
    CAA_NXDOMAIN_EMPTY,
    CAA_NXDOMAIN_FAILURE,
    CAA_NXDOMAIN_PERMIT
};
enum caa_rule_internal { CAA_INTERNAL_EMPTY, CAA_INTERNAL_REFUSE };
enum caa_rule_underscore { CAA_UNDERSCORE_ACCEPT, CAA_UNDERSCORE_REFUSE };
enum caa_rule_bogus {
    CAA_BOGUS_FAILURE,
    CAA_BOGUS_ACCEPT,
    CAA_BOGUS_ACCEPT_DENIAL,
    CAA_BOGUS_ACCEPT_NXDOMAIN,
    CAA_BOGUS_ACCEPT_NODATA,
    CAA_BOGUS_ACCEPT_RECORDS,
    CAA_BOGUS_BY_ADDRESS
};
enum caa_rule_insecure {
    CAA_INSECURE_ACCEPT,
    CAA_INSECURE_REFUSE_DENIAL,
    CAA_INSECURE_REFUSE,
    CAA_INSECURE_REFUSE_NXDOMAIN,
    CAA_INSECURE_REFUSE_NODATA,
    CAA_INSECURE_REFUSE_ALIAS,
    CAA_INSECURE_REFUSE_OPT_OUT
};
enum caa_rule_failure { CAA_FAILURE_REFUSE, CAA_FAILURE_ALLOW };
enum caa_rule_proof { CAA_PROOF_NO_CHAIN, CAA_PROOF_CONFIRMED, CAA_PROOF_NONE };
enum caa_rule_allowed { CAA_ALLOWED_CLIMB, CAA_ALLOWED_PERMIT };
enum caa_rule_retry { CAA_RETRY_ONCE, CAA_RETRY_NONE };
enum caa_rule_tag_case { CAA_TAG_NOCASE, CAA_TAG_EXACT };
enum caa_rule_critical {
    CAA_CRITICAL_REFUSE,
    CAA_CRITICAL_IGNORE,
    CAA_CRITICAL_UNLESS_MATCH
};
enum caa_rule_flag {
    CAA_FLAG_BIT_0,
    CAA_FLAG_ANY_BIT,
    CAA_FLAG_VALUE_1,
    CAA_FLAG_EXACTLY_128,
    CAA_FLAG_EITHER_END
};
enum caa_rule_known {
    CAA_KNOWN_ACCEPT,
    CAA_KNOWN_REFUSE,
    CAA_KNOWN_REFUSE_UNUSED
};
enum caa_rule_unknown { CAA_UNKNOWN_IGNORE, CAA_UNKNOWN_REFUSE };
enum caa_rule_unparsable {
    CAA_UNPARSABLE_REFUSE,
    CAA_UNPARSABLE_SKIP,
    CAA_UNPARSABLE_DROP_SET
};
enum caa_rule_issuewild {
    CAA_ISSUEWILD_OBEY,
    CAA_ISSUEWILD_IGNORE,
    CAA_ISSUEWILD_AS_ISSUE,
    CAA_ISSUEWILD_WITH_ISSUE,
    CAA_ISSUEWILD_RESTRICTS_ALL
};
enum caa_rule_fallback {
    CAA_FALLBACK_ISSUE,
    CAA_FALLBACK_REFUSE,
    CAA_FALLBACK_EMPTY_PERMITS,
    CAA_FALLBACK_WHEN_EMPTY,
    CAA_FALLBACK_WHEN_MALFORMED
};
enum caa_rule_mail {
    CAA_MAIL_ISSUEMAIL,
    CAA_MAIL_ISSUE,
    CAA_MAIL_ISSUE_ELSE,
    CAA_MAIL_NONE
};
enum caa_rule_tls_mail { CAA_TLS_MAIL_IGNORE, CAA_TLS_MAIL_AS_ISSUE };
enum caa_rule_match {
    CAA_MATCH_ANY,
    CAA_MATCH_ALL,
    CAA_MATCH_FIRST,
    CAA_MATCH_LAST
};
enum caa_rule_limit {
    CAA_LIMIT_NONE,
    CAA_LIMIT_100,
    CAA_LIMIT_FIRST,
    CAA_LIMIT_LAST
};
enum caa_rule_verdict { CAA_VERDICT_OBEY, CAA_VERDICT_IGNORE };
enum caa_rule_grammar { CAA_GRAMMAR_8659, CAA_GRAMMAR_6844 };
enum caa_rule_strict { CAA_STRICT, CAA_LENIENT };
enum caa_rule_hyphen { CAA_HYPHEN_ACCEPT, CAA_HYPHEN_MALFORMED };
enum caa_rule_malformed {
    CAA_MALFORMED_NOBODY,
    CAA_MALFORMED_NO_RECORD,
    CAA_MALFORMED_REFUSE_SET
};
enum caa_rule_empty_issuer {
    CAA_EMPTY_NOBODY,
    CAA_EMPTY_ANYBODY,
    CAA_EMPTY_NO_RECORD,
    CAA_EMPTY_REFUSE_SET
};
enum caa_rule_compare {
    CAA_COMPARE_ISSUER,
    CAA_COMPARE_WHOLE,
    CAA_COMPARE_SUFFIX,
    CAA_COMPARE_PREFIX,
    CAA_COMPARE_SUBSTRING,
    CAA_COMPARE_SUBDOMAIN,
    CAA_COMPARE_PARENT,
    CAA_COMPARE_ANY_DOT,
    CAA_COMPARE_FIRST_LABEL
};
enum caa_rule_issuer_case { CAA_ISSUER_NOCASE, CAA_ISSUER_EXACT };
enum caa_rule_account {
    CAA_ACCOUNT_OBEY,
    CAA_ACCOUNT_IGNORE,
    CAA_ACCOUNT_LAST_WINS,
    CAA_ACCOUNT_FIRST_WINS,
    CAA_ACCOUNT_ANY,
    CAA_ACCOUNT_PREFIX,
    CAA_ACCOUNT_NOCASE,
    CAA_ACCOUNT_SLASH,
    CAA_ACCOUNT_UNQUOTED,
    CAA_ACCOUNT_TO_EQUALS
};
enum caa_rule_method {
    CAA_METHOD_OBEY,
    CAA_METHOD_IGNORE,
    CAA_METHOD_PREFIX,
    CAA_METHOD_FIRST,
    CAA_METHOD_KNOWN,
    CAA_METHOD_NOCASE
};
enum caa_rule_method_list {
    CAA_METHOD_LIST_EXACT,
    CAA_METHOD_LIST_TRIMMED,
    CAA_METHOD_LIST_LAZY
};
enum caa_rule_empty_parameter {
    CAA_EMPTY_PARAMETER_UNSATISFIABLE,
    CAA_EMPTY_PARAMETER_IGNORE
};
enum caa_rule_tag_match {
    CAA_TAG_WHOLE,
    CAA_TAG_PREFIX,
    CAA_TAG_TO_NUL,
    CAA_TAG_TO_HYPHEN
};
enum caa_rule_tag_length {
    CAA_TAG_ANY_LENGTH,
    CAA_TAG_15_DROPPED,
    CAA_TAG_15_REFUSED
};
enum caa_rule_empty_tag {
    CAA_EMPTY_TAG_UNKNOWN,
    CAA_EMPTY_TAG_SKIP,
    CAA_EMPTY_TAG_DROP_SET
};
enum caa_rule_reserved {
    CAA_RESERVED_IGNORED,
    CAA_RESERVED_DROPPED,
    CAA_RESERVED_REFUSED
};
enum caa_rule_iodef { CAA_IODEF_UNREAD, CAA_IODEF_CHECKED };
enum caa_rule_value_end {
    CAA_VALUE_WHOLE,
    CAA_VALUE_TO_NUL,
    CAA_VALUE_CUT_255,
    CAA_VALUE_DROPPED_255
};
enum caa_rule_outer_blanks {
    CAA_BLANKS_SKIP,
    CAA_BLANKS_MALFORMED,
    CAA_BLANKS_SPACES
};
enum caa_rule_issuer_form {
    CAA_FORM_GRAMMAR,
    CAA_FORM_LAST_LF,
    CAA_FORM_SPACES,
    CAA_FORM_QUOTED,
    CAA_FORM_COMMAS,
    CAA_FORM_PERCENT,
    CAA_FORM_ASTERISK,
    CAA_FORM_URL,
    CAA_FORM_NO_HIGH,
    CAA_FORM_TO_BLANK
};
enum caa_rule_parameters {
    CAA_PARAMETERS_MALFORMED,
    CAA_PARAMETERS_IGNORED,
    CAA_PARAMETERS_NO_EQUALS
};
enum caa_rule_octets { CAA_OCTETS_VISIBLE, CAA_OCTETS_HIGH, CAA_OCTETS_BLANK };
enum caa_rule_semicolon {
    CAA_SEMICOLON_BETWEEN,
    CAA_SEMICOLON_LAST,
    CAA_SEMICOLON_ANYWHERE
};
enum caa_rule_equals { CAA_EQUALS_BLANKS, CAA_EQUALS_BARE };
enum caa_rule_split { CAA_SPLIT_SEMICOLON, CAA_SPLIT_BLANK };
enum caa_rule_parameter_case { CAA_PARAMETER_NOCASE, CAA_PARAMETER_EXACT };
enum caa_rule_8657 {
    CAA_8657_EACH,
    CAA_8657_EVERY,
    CAA_8657_JOINED,
    CAA_8657_NOT_WILDCARDS,
    CAA_8657_EITHER
};
enum caa_rule_start { CAA_START_AS_ASKED, CAA_START_WITHOUT_WWW };
enum caa_rule_alias_failure {
    CAA_ALIAS_FAILURE_FAILS,
    CAA_ALIAS_FAILURE_EMPTY
};
enum caa_rule_sets {
    CAA_SETS_NEAREST,
    CAA_SETS_UNITED,
    CAA_SETS_FARTHEST,
    CAA_SETS_PER_TAG,
    CAA_SETS_CRITICAL_ABOVE,
    CAA_SETS_FAILURE_ABOVE
};
enum caa_rule_nodata { CAA_NODATA_EMPTY, CAA_NODATA_PERMIT };
enum caa_rule_error {
    CAA_ERROR_FAILURE,
    CAA_ERROR_EMPTY,
    CAA_ERROR_PERMIT,
    CAA_ERROR_REFUSED_EMPTY,
    CAA_ERROR_NOTIMP_EMPTY,
    CAA_ERROR_FORMERR_EMPTY
};
enum caa_rule_near { CAA_NEAR_REFUSES, CAA_NEAR_UNLESS_FOUND };

enum caa_rule_quorum {
    CAA_QUORUM_NONE,
    CAA_QUORUM_BASELINE,
    CAA_QUORUM_MAJORITY,
    CAA_QUORUM_ALL
};
enum caa_rule_remote { CAA_REMOTE_OWN, CAA_REMOTE_SHARED };

/* How long a permission stands: not beyond its own check, the TTL or eight
 * hours, and longer than anything allows. */
enum caa_rule_reuse {
    CAA_REUSE_NONE,
    CAA_REUSE_LONGER,
    CAA_REUSE_THIRTY_DAYS,
    CAA_REUSE_FOREVER
};
enum caa_rule_reuse_denial { CAA_REUSE_DENIAL_SAME, CAA_REUSE_DENIAL_LONG };

/* Each field holds a value of the enum of the same name, text enum caa_text and
 * baseline enum caa_baseline. */
struct caa_rules {
    uint8_t text;
    uint8_t baseline;
    /* climb and aliases */
    uint8_t climb;
    uint8_t start;
    uint8_t alias;
    uint8_t alias_empty;
    uint8_t alias_denied;
    uint8_t alias_limit;
    uint8_t alias_failure;
    uint8_t dname;
    uint8_t dname_owner;
    uint8_t depth;
    uint8_t wildcard_name;
    uint8_t unrestricted;
    uint8_t sets;
    uint8_t nodata;
    /* answers, failures, DNSSEC */
    uint8_t nxdomain;
    uint8_t internal;
    uint8_t underscore;
    uint8_t servfail;
    uint8_t error_rcode;
    uint8_t timeout;
    uint8_t unreadable;
    uint8_t yxdomain;
    uint8_t near;
    uint8_t bogus;
    uint8_t insecure;
    uint8_t failure;
    uint8_t proof;
    uint8_t allowed;
    uint8_t retry;
    /* the relevant set */
    uint8_t tag_case;
    uint8_t tag_match;
    uint8_t tag_length;
    uint8_t empty_tag;
    uint8_t critical;
    uint8_t flag;
    uint8_t reserved;
    uint8_t critical_known;
    uint8_t critical_iodef;
    uint8_t iodef;
    uint8_t unknown;
    uint8_t unparsable;
    uint8_t issuewild;
    uint8_t fallback;
    uint8_t mail;
    uint8_t tls_mail;
    uint8_t match;
    uint8_t limit;
    uint8_t verdict;
    /* values of issue, issuewild and issuemail, RFC 8657 */
    uint8_t grammar;
    uint8_t value_end;
    uint8_t outer_blanks;
    uint8_t parameter_tag;
    uint8_t parameters;
    uint8_t octets;
    uint8_t semicolon;
    uint8_t equals;
    uint8_t split;
    uint8_t trailing_dot;
    uint8_t issuer_blanks;
    uint8_t issuer_form;
    uint8_t hyphen;
    uint8_t malformed;
    uint8_t empty_issuer;
    uint8_t compare;
    uint8_t issuer_case;
    uint8_t parameter_case;
    uint8_t rfc8657;
    uint8_t account;
    uint8_t method;
    uint8_t method_list;
    uint8_t empty_parameter;
    /* remote perspectives */
    uint8_t quorum;
    uint8_t remote_lookups;
    /* earlier checks */
    uint8_t reuse;
    uint8_t reuse_denial;
};

enum { CAA_RULE_VALUES_MAX = 12 };

/* One line of the table of rules. values[i] spells the enum value i. */
struct caa_rule_info {
    const char *key;
    size_t offset; /* of the uint8_t in struct caa_rules */
    const char *values[CAA_RULE_VALUES_MAX];
    const char *help;
    const char *section;
};

/* The table, in the order of struct caa_rules; *count_out lines. */
const struct caa_rule_info *caa_rule_table(size_t *count_out);

/*
 * Applies "key=value". CAA_EFORMAT when the key or the value is not in the
 * table; the rules are then unchanged.
 */
CAA_NODISCARD enum caa_status caa_rules_apply(struct caa_rules *rules,
                                              const char *text);

/* A day of the calendar as year * 10000 + month * 100 + day. */
typedef uint32_t caa_date;

/* YYYY-MM-DD, a day that exists. */
CAA_NODISCARD enum caa_status caa_date_parse(const char *text,
                                             caa_date *date_out);

/*
 * The rules of a profile on a day for one kind of request: rfc6844,
 * rfc6844-e5065, rfc8659, tls-br or smime-br. CAA_EFORMAT for any other name.
 */
CAA_NODISCARD enum caa_status caa_profile_rules(const char *profile,
                                                caa_date date,
                                                enum caa_kind kind,
                                                struct caa_rules *rules_out);

/* What a step or a verdict rests on; see caa_section(). */
enum caa_topic {
    CAA_TOPIC_CLIMB,
    CAA_TOPIC_ALIAS,
    CAA_TOPIC_FAILURE,
    CAA_TOPIC_ALLOWED_FAILURE,
    CAA_TOPIC_DNSSEC,
    CAA_TOPIC_INTERNAL,
    CAA_TOPIC_SUBJECT,
    CAA_TOPIC_UNDERSCORE,
    CAA_TOPIC_ONION,
    CAA_TOPIC_CRITICAL,
    CAA_TOPIC_RDATA,
    CAA_TOPIC_ISSUE,
    CAA_TOPIC_ISSUEWILD,
    CAA_TOPIC_ISSUEMAIL,
    CAA_TOPIC_UNRESTRICTED,
    CAA_TOPIC_ACCOUNT,
    CAA_TOPIC_METHOD,
    CAA_TOPIC_QUORUM,
    CAA_TOPIC_REUSE
};

/* The text and section that govern a topic under these rules. Static. */
const char *caa_section(const struct caa_rules *rules, enum caa_topic topic);
