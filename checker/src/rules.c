/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rules.c - the one table of rules. The first value of every line is the
 * reading of RFC 8659 and RFC 8657.
 */
#include <caacheck/rules.h>

#include <string.h>

#define RULE(key, field, help, section, ...)                                   \
    {                                                                          \
        key, offsetof(struct caa_rules, field), { __VA_ARGS__ }, help, section \
    }

/* clang-format off */
static const struct caa_rule_info rule_table[] = {
    RULE("climb", climb, "which parents are asked",
         "RFC 8659 section 3", "to-tld", "skip-tld", "none", "to-root", "skip-single", "public-suffix", "with-www", "registered"),
    RULE("start", start, "where the climb starts",
         "RFC 8659 section 3", "as-asked", "without-www"),
    RULE("alias", alias, "what an alias adds: its target, the target's parents too (RFC 6844), nothing",
         "RFC 8659 section 3", "target", "target-tree", "ignore", "first-only", "lone", "instead", "at-start"),
    RULE("alias-empty", alias_empty, "an alias to a name without CAA",
         "RFC 8659 section 3", "climb", "found"),
    RULE("alias-nxdomain", alias_denied, "an alias to a name that does not exist",
         "RFC 8659 section 3", "empty", "failure", "permit"),
    RULE("alias-limit", alias_limit, "the longest chain of aliases that is followed",
         "RFC 8659 section 3", "none", "4", "8", "4-empty"),
    RULE("alias-failure", alias_failure, "an alias whose target fails",
         "RFC 8659 section 3", "failure", "empty"),
    RULE("dname", dname, "a name below a DNAME",
         "RFC 6672 section 2", "follow", "ignore", "failure"),
    RULE("dname-owner", dname_owner, "the owner of a DNAME itself",
         "RFC 8659 section 3", "not-redirected", "redirected"),
    RULE("depth", depth, "how many names a climb asks at most",
         "RFC 8659 section 3", "all", "16", "5"),
    RULE("wildcard-name", wildcard_name, "where the climb for *.x starts",
         "RFC 8659 section 3", "base", "literal", "parent", "no-climb"),
    RULE("unrestricted-set", unrestricted, "a set without a property that restricts such requests",
         "RFC 8659 section 3", "permit", "climb", "refuse"),
    RULE("sets", sets, "which sets on the way to the top-level domain decide",
         "RFC 8659 section 3", "nearest", "united", "farthest", "per-tag", "critical-above", "failure-above"),
    RULE("nodata", nodata, "a name that exists without CAA",
         "RFC 8659 section 3", "empty", "permit"),
    RULE("nxdomain", nxdomain, "a name that does not exist",
         "RFC 8659 section 3", "empty", "failure", "permit"),
    RULE("internal-name", internal, "a top-level domain that the signed root denies",
         "Mozilla bug 1695786", "empty", "refuse"),
    RULE("underscore", underscore, "an underscore in a requested name",
         "TLS-BR section 7.1.2.7.12", "accept", "refuse"),
    RULE("servfail", servfail, "SERVFAIL",
         "RFC 8659 section 3", "failure", "empty", "permit"),
    RULE("error-rcode", error_rcode, "REFUSED, NOTIMP, FORMERR and other errors of a server",
         "RFC 8659 section 6.2", "failure", "empty", "permit", "refused-empty", "notimp-empty", "formerr-empty"),
    RULE("timeout", timeout, "no answer after the retry",
         "RFC 8659 section 6.1", "failure", "empty", "permit"),
    RULE("unreadable", unreadable, "an answer that cannot be read",
         "RFC 8659 section 6.2", "failure", "empty", "permit"),
    RULE("yxdomain", yxdomain, "YXDOMAIN, for a DNAME that makes a name too long",
         "RFC 6672 section 2.2", "failure", "empty", "permit"),
    RULE("near-failure", near, "a failure below a set",
         "RFC 8659 section 3", "refuses", "unless-found"),
    RULE("bogus", bogus, "an answer that does not validate",
         "RFC 4035 section 4.3", "failure", "accept", "accept-denial", "accept-nxdomain", "accept-nodata", "accept-records", "by-address"),
    RULE("insecure", insecure, "an answer without a chain of trust",
         "RFC 4035 section 4.3", "accept", "refuse-denial", "refuse", "refuse-nxdomain", "refuse-nodata", "refuse-alias", "refuse-opt-out"),
    RULE("lookup-failure", failure, "whether a failed look-up may permit at all",
         "RFC 8659 section 6.3", "refuse", "allow"),
    RULE("failure-proof", proof, "what an allowed failure needs beside a retry: no chain of trust, its explicit proof, nothing",
         "TLS-BR section 4.2.2.1", "no-chain", "confirmed-insecure", "none"),
    RULE("allowed-failure", allowed, "what an allowed failure is",
         "TLS-BR section 4.2.2.1", "climb", "permit"),
    RULE("retry", retry, "how often a failed look-up is tried again",
         "TLS-BR section 4.2.2.1", "once", "none"),
    RULE("tag-case", tag_case, "how tags are compared",
         "RFC 8659 section 4.1", "ignore", "exact"),
    RULE("tag-match", tag_match, "how much of a tag is compared",
         "RFC 8659 section 4.1", "whole", "prefix", "to-nul", "to-hyphen"),
    RULE("tag-length", tag_length, "tags over 15 octets",
         "RFC 8659 section 4.1", "any", "15-dropped", "15-refused"),
    RULE("empty-tag", empty_tag, "a property whose tag is empty",
         "RFC 8659 section 4.1", "unknown", "skip", "drop-set"),
    RULE("critical-unknown", critical, "a critical property with an unknown tag",
         "RFC 8659 section 4.1", "refuse", "ignore", "unless-match"),
    RULE("critical-flag", flag, "which flags make a property critical",
         "RFC 8659 section 4.1", "bit-0", "any-bit", "value-1", "exactly-128", "either-end"),
    RULE("reserved-flags", reserved, "a property with flags beside the critical one",
         "RFC 8659 section 4.1", "ignored", "dropped", "refused"),
    RULE("critical-known", critical_known, "a critical issue, issuewild or issuemail",
         "RFC 8659 section 4.1", "accept", "refuse", "refuse-unused"),
    RULE("critical-iodef", critical_iodef, "a critical iodef",
         "RFC 8659 section 4.4", "accept", "refuse"),
    RULE("iodef-value", iodef, "an iodef that is no URI of mailto, http or https",
         "RFC 8659 section 4.4", "unread", "checked"),
    RULE("unknown-tag", unknown, "a property that is not critical with an unknown tag",
         "RFC 8659 section 4.1", "ignore", "refuse"),
    RULE("unparsable", unparsable, "a property whose tag runs past its RDATA",
         "RFC 8659 section 4.1", "refuse", "skip", "drop-set"),
    RULE("issuewild", issuewild, "what issuewild does",
         "RFC 8659 section 4.3", "obey", "ignore", "as-issue", "with-issue", "restricts-all"),
    RULE("wildcard-fallback", fallback, "a wildcard and a set without issuewild",
         "RFC 8659 section 4.3", "issue", "refuse", "empty-permits", "when-empty", "when-malformed"),
    RULE("mail-property", mail, "which property restricts e-mail: issuemail, issue, issue where there is no issuemail, none",
         "RFC 9495 section 4", "issuemail", "issue", "issue-else", "none"),
    RULE("tls-issuemail", tls_mail, "what issuemail does to a request for TLS",
         "RFC 9495 section 4", "ignore", "as-issue"),
    RULE("match", match, "how many of several issue properties must match",
         "RFC 8659 section 4.2", "any", "all", "first", "last"),
    RULE("record-limit", limit, "how many records of a set are read",
         "RFC 8659 section 3", "none", "100", "first", "last"),
    RULE("verdict", verdict, "what becomes of the verdict",
         "RFC 8659 section 3", "obey", "ignore"),
    RULE("grammar", grammar, "the grammar of issue values",
         "RFC 8659 section 4.2", "rfc8659", "rfc6844"),
    RULE("value-end", value_end, "how much of a value is read",
         "RFC 8659 section 4.1", "rdata", "to-nul", "cut-255", "dropped-255"),
    RULE("outer-blanks", outer_blanks, "blanks round a value",
         "RFC 8659 section 4.2", "skip", "malformed", "spaces"),
    RULE("empty-parameter-tag", parameter_tag, "a parameter without a tag",
         "RFC 8659 section 4.2", "malformed", "accept"),
    RULE("malformed-parameters", parameters, "parameters that break the grammar",
         "RFC 8659 section 4.2", "malformed", "ignore", "no-equals"),
    RULE("parameter-octets", octets, "which octets a parameter's value may hold",
         "RFC 8659 section 4.2", "visible", "high", "blank"),
    RULE("semicolon", semicolon, "a semicolon that no parameter follows",
         "RFC 8659 section 4.2", "malformed", "last", "anywhere"),
    RULE("equals-blanks", equals, "blanks round a parameter's equals sign",
         "RFC 8659 section 4.2", "accept", "malformed"),
    RULE("parameter-split", split, "what ends a parameter",
         "RFC 8659 section 4.2", "semicolon", "semicolon-and-blank"),
    RULE("trailing-dot", trailing_dot, "an issuer with a last dot",
         "RFC 8659 section 4.2", "malformed", "accept"),
    RULE("issuer-blanks", issuer_blanks, "blanks inside the issuer",
         "RFC 8659 section 4.2", "malformed", "accept"),
    RULE("issuer-form", issuer_form, "what an issuer may be beside a name: before a last LF, within any white space, in quotes, one of several, with %XX, behind *., in a URL, among octets of 0x80 and above, before a blank",
         "RFC 8659 section 4.2", "name", "last-lf", "white-space", "quoted", "commas", "percent", "asterisk", "url", "high-octets", "to-blank"),
    RULE("parameter-hyphen", hyphen, "a hyphen in a parameter's tag",
         "RFC 8659 section 4.2", "accept", "malformed"),
    RULE("malformed-value", malformed, "a value that breaks the grammar",
         "RFC 8659 section 4.2", "nobody", "no-record", "refuse-set"),
    RULE("empty-issuer", empty_issuer, "whom a value without an issuer authorises",
         "RFC 8659 section 4.2", "nobody", "anybody", "no-record", "refuse-set"),
    RULE("issuer-compare", compare, "what is compared with the issuer",
         "RFC 8659 section 4.2", "issuer", "whole-value", "suffix", "prefix", "substring", "subdomain", "parent", "any-dot", "first-label"),
    RULE("issuer-case", issuer_case, "how issuers are compared",
         "RFC 8659 section 4.2", "ignore", "exact"),
    RULE("parameter-case", parameter_case, "how the tags of parameters are compared",
         "RFC 8657 section 3", "ignore", "exact"),
    RULE("rfc8657", rfc8657, "how parameters of several records, or several in one, go together",
         "RFC 8657 section 3", "each-record", "every-record", "joined", "not-for-wildcards", "either"),
    RULE("accounturi", account, "the parameter accounturi",
         "RFC 8657 section 3", "obey", "ignore", "last-wins", "first-wins", "any", "prefix", "nocase", "last-slash", "unquoted", "to-equals"),
    RULE("validationmethods", method, "the parameter validationmethods",
         "RFC 8657 section 4", "obey", "ignore", "prefix", "first", "known", "nocase"),
    RULE("method-list", method_list, "blanks in the list of methods",
         "RFC 8657 section 4", "exact", "trimmed", "lazy"),
    RULE("empty-parameter", empty_parameter, "an accounturi or validationmethods without a value",
         "RFC 8657 section 3", "unsatisfiable", "ignore"),
    RULE("quorum", quorum, "how many remote perspectives must corroborate a permission: none, all but one of up to five and all but two of more, more than half, all",
         "TLS-BR section 3.2.2.9", "none-needed", "baseline", "majority", "all"),
    RULE("remote-lookups", remote_lookups, "whose answers a remote perspective judges",
         "TLS-BR section 3.2.2.9", "own", "shared"),
    RULE("reuse", reuse, "how long an earlier permission may be used again: never, its TTL or eight hours, thirty days, for ever",
         "TLS-BR section 4.2.2.1", "none", "ttl-or-8-hours", "thirty-days", "forever"),
    RULE("reuse-denial", reuse_denial, "the same, of a permission that rests on there being no CAA",
         "TLS-BR section 4.2.2.1", "same", "thirty-days"),
};
/* clang-format on */

const struct caa_rule_info *caa_rule_table(size_t *count_out)
{
    *count_out = sizeof(rule_table) / sizeof(rule_table[0]);
    return rule_table;
}

/* Sets the field when `value` is one of the values of the line. */
static enum caa_status set_value(struct caa_rules *rules,
                                 const struct caa_rule_info *info,
                                 const char *value)
{
    for (uint8_t i = 0; i < CAA_RULE_VALUES_MAX && info->values[i]; i++) {
        if (strcmp(info->values[i], value) == 0) {
            ((uint8_t *)rules)[info->offset] = i;
            return CAA_OK;
        }
    }
    return CAA_EFORMAT;
}

enum caa_status caa_rules_apply(struct caa_rules *rules, const char *text)
{
    size_t count = 0;
    const struct caa_rule_info *table = caa_rule_table(&count);
    const char *equals = strchr(text, '=');

    if (equals == NULL) {
        return CAA_EFORMAT;
    }
    size_t length = (size_t)(equals - text);
    for (size_t i = 0; i < count; i++) {
        if (strlen(table[i].key) == length &&
            memcmp(table[i].key, text, length) == 0) {
            return set_value(rules, &table[i], equals + 1);
        }
    }
    return CAA_EFORMAT;
}
