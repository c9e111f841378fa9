/* SPDX-License-Identifier: BSD-2-Clause */
#include "options_settle.h"

#include "anchor.h"
#include "arguments.h"
#include "clock.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_PROFILE      "tls-br"
#define DEFAULT_TRUST_ANCHOR "/usr/share/dns/root.key"
#define DEFAULT_ROOT_HINTS   "/usr/share/dns/root.hints"

enum { DEFAULT_TIMEOUT_MS = 2600, TIMEOUT_MAX_MS = 60000 };

enum caa_status options_usage(struct options *options, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): started above */
    (void)vsnprintf(options->problem, sizeof(options->problem), format,
                    arguments);
    va_end(arguments);
    return CAA_EFORMAT;
}

static enum caa_status settle_kind(struct options *options,
                                   const struct raw_options *raw)
{
    if (raw->kind == NULL || strcmp(raw->kind, "tls") == 0) {
        options->kind = CAA_KIND_TLS;
        return CAA_OK;
    }
    if (strcmp(raw->kind, "smime") == 0) {
        options->kind = CAA_KIND_SMIME;
        return CAA_OK;
    }
    return options_usage(options, "--kind %s: not one of tls, smime",
                         raw->kind);
}

static enum caa_status settle_rules(struct options *options,
                                    const struct raw_options *raw)
{
    const char *profile = raw->profile != NULL ? raw->profile : DEFAULT_PROFILE;
    caa_date date = caa_clock_today();

    if (raw->date != NULL && caa_date_parse(raw->date, &date) != CAA_OK) {
        return options_usage(options, "--date %s: not a day as YYYY-MM-DD",
                             raw->date);
    }
    if (caa_profile_rules(profile, date, options->kind, &options->rules) !=
        CAA_OK) {
        return options_usage(options,
                             "--profile %s: not one of rfc6844, rfc6844-e5065, "
                             "rfc8659, tls-br, smime-br",
                             profile);
    }
    if (raw->allow_lookup_failure) {
        options->rules.failure = CAA_FAILURE_ALLOW;
    }
    for (size_t i = 0; i < raw->rule_count; i++) {
        if (caa_rules_apply(&options->rules, raw->rules[i]) != CAA_OK) {
            return options_usage(
                options, "--rule %s: no such rule or value, see --list-rules",
                raw->rules[i]);
        }
    }
    return CAA_OK;
}

static enum caa_status settle_timeout(struct options *options,
                                      const struct raw_options *raw)
{
    options->unbound.timeout_ms = DEFAULT_TIMEOUT_MS;
    if (raw->timeout_ms != NULL &&
        !argument_is_number(raw->timeout_ms, TIMEOUT_MAX_MS,
                            &options->unbound.timeout_ms)) {
        return options_usage(options,
                             "--timeout-ms %s: not a number from 1 to %d",
                             raw->timeout_ms, TIMEOUT_MAX_MS);
    }
    options->unbound.attempts = options->rules.retry == CAA_RETRY_NONE ? 1 : 2;
    return CAA_OK;
}

static enum caa_status settle_now(struct options *options,
                                  const struct raw_options *raw)
{
    options->now_s = caa_clock_now();
    if (raw->now != NULL && *raw->now != '\0' &&
        !argument_is_time(raw->now, &options->now_s)) {
        return options_usage(options, "--now %s: not a time in Unix seconds",
                             raw->now);
    }
    return CAA_OK;
}

static enum caa_status check_values(struct options *options)
{
    const char *resolver = options->unbound.resolver;

    for (size_t i = 0; i < options->issuer_count; i++) {
        if (!argument_is_issuer(options->issuers[i])) {
            return options_usage(options, "--issuer '%s': not a domain name",
                                 options->issuers[i]);
        }
    }
    if (resolver != NULL && !argument_is_resolver(resolver)) {
        return options_usage(
            options, "--resolver '%s': not ADDRESS or ADDRESS@PORT", resolver);
    }
    return CAA_OK;
}

/* libunbound finds a missing file late, and says so only on stderr. */
static enum caa_status settle_files(struct options *options)
{
    const char *hints = options->unbound.root_hints;

    if (options->unbound.trust_anchor == NULL) {
        options->unbound.trust_anchor = DEFAULT_TRUST_ANCHOR;
        if (access(DEFAULT_TRUST_ANCHOR, R_OK) != 0) {
            return options_usage(
                options, "no trust anchor: give --trust-anchor, or install "
                         "the package dns-root-data for " DEFAULT_TRUST_ANCHOR);
        }
    }
    switch (caa_anchor_check(options->unbound.trust_anchor)) {
    case CAA_OK:
        break;
    case CAA_EFORMAT:
        return options_usage(
            options, "--trust-anchor %s: no DS or DNSKEY of the root in it",
            options->unbound.trust_anchor);
    case CAA_PENDING:
    case CAA_ENOMEM:
    case CAA_ESYSTEM:
        return options_usage(options, "--trust-anchor %s: %s",
                             options->unbound.trust_anchor, strerror(errno));
    }
    if (hints == NULL && access(DEFAULT_ROOT_HINTS, R_OK) == 0) {
        options->unbound.root_hints = DEFAULT_ROOT_HINTS;
    }
    if (hints != NULL && access(hints, R_OK) != 0) {
        return options_usage(options, "--root-hints %s: %s", hints,
                             strerror(errno));
    }
    return CAA_OK;
}

enum caa_status options_settle(struct options *options,
                               const struct raw_options *raw)
{
    enum caa_status st = settle_kind(options, raw);

    if (st == CAA_OK) {
        st = settle_rules(options, raw);
    }
    if (st == CAA_OK) {
        st = settle_timeout(options, raw);
    }
    if (st == CAA_OK) {
        st = settle_now(options, raw);
    }
    if (st == CAA_OK) {
        st = check_values(options);
    }
    return st == CAA_OK ? settle_files(options) : st;
}
