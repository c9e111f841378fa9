/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#include "anchor.h"
#include "arguments.h"
#include "clock.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_PROFILE      "tls-br"
#define DEFAULT_TRUST_ANCHOR "/usr/share/dns/root.key"
#define DEFAULT_ROOT_HINTS   "/usr/share/dns/root.hints"

enum {
    DEFAULT_TIMEOUT_MS = 2600,
    TIMEOUT_MAX_MS = 60000,
    RULES_MAX = 64,
    REMOTES_MAX = 32
};

enum option_id {
    OPTION_ISSUER = 256,
    OPTION_ACCOUNT,
    OPTION_METHOD,
    OPTION_KIND,
    OPTION_RESOLVER,
    OPTION_REMOTE,
    OPTION_ROOT_HINTS,
    OPTION_TRUST_ANCHOR,
    OPTION_STATE,
    OPTION_NOW,
    OPTION_PROFILE,
    OPTION_DATE,
    OPTION_RULE,
    OPTION_LIST_RULES,
    OPTION_ALLOW_LOOKUP_FAILURE,
    OPTION_TIMEOUT_MS,
    OPTION_EXPLAIN,
    OPTION_JSON,
    OPTION_HELP,
    OPTION_VERSION
};

static const struct option long_options[] = {
    { "issuer", required_argument, NULL, OPTION_ISSUER },
    { "account", required_argument, NULL, OPTION_ACCOUNT },
    { "method", required_argument, NULL, OPTION_METHOD },
    { "kind", required_argument, NULL, OPTION_KIND },
    { "resolver", required_argument, NULL, OPTION_RESOLVER },
    { "remote", required_argument, NULL, OPTION_REMOTE },
    { "root-hints", required_argument, NULL, OPTION_ROOT_HINTS },
    { "trust-anchor", required_argument, NULL, OPTION_TRUST_ANCHOR },
    { "state", required_argument, NULL, OPTION_STATE },
    { "now", required_argument, NULL, OPTION_NOW },
    { "profile", required_argument, NULL, OPTION_PROFILE },
    { "date", required_argument, NULL, OPTION_DATE },
    { "rule", required_argument, NULL, OPTION_RULE },
    { "list-rules", no_argument, NULL, OPTION_LIST_RULES },
    { "allow-lookup-failure", no_argument, NULL, OPTION_ALLOW_LOOKUP_FAILURE },
    { "timeout-ms", required_argument, NULL, OPTION_TIMEOUT_MS },
    { "explain", no_argument, NULL, OPTION_EXPLAIN },
    { "json", no_argument, NULL, OPTION_JSON },
    { "help", no_argument, NULL, OPTION_HELP },
    { "version", no_argument, NULL, OPTION_VERSION },
    { NULL, 0, NULL, 0 },
};

/* What the command line said, before it is put together. */
struct raw {
    const char *profile;
    const char *date;
    const char *kind;
    const char *timeout_ms;
    const char *now;
    bool allow_lookup_failure;
    const char *rules[RULES_MAX]; /* in the order given */
    size_t rule_count;
};

__attribute__((format(printf, 2, 3))) static enum caa_status usage(
    struct options *options, const char *format, ...);

static enum caa_status usage(struct options *options, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): started above */
    (void)vsnprintf(options->problem, sizeof(options->problem), format,
                    arguments);
    va_end(arguments);
    return CAA_EFORMAT;
}

static enum caa_status add_rule(struct options *options, struct raw *raw,
                                const char *text)
{
    if (raw->rule_count == RULES_MAX) {
        return usage(options, "more than %d --rule", RULES_MAX);
    }
    raw->rules[raw->rule_count++] = text;
    return CAA_OK;
}

/* One address or several, joined by commas. Nothing adds none: a lab gives one
 * command line to requests with and without remote perspectives. */
static enum caa_status add_remotes(struct options *options, const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, ",");
        if (options->remote_count == REMOTES_MAX) {
            return usage(options, "more than %d --remote", REMOTES_MAX);
        }
        char *address = strndup(text, length);
        if (address == NULL) {
            return usage(options, "out of memory");
        }
        options->remotes[options->remote_count++] = address;
        if (!argument_is_resolver(address)) {
            return usage(options, "--remote '%s': not ADDRESS or ADDRESS@PORT",
                         address);
        }
        text += length;
        if (text[0] == ',' && text[1] == '\0') {
            return usage(options, "--remote: nothing after the last comma");
        }
        text += *text == ',';
    }
    return CAA_OK;
}

/* Options that only fill a field. */
static bool take_text(struct options *options, struct raw *raw, int id,
                      const char *text)
{
    switch (id) {
    case OPTION_ACCOUNT:
        options->account = text;
        return true;
    case OPTION_METHOD:
        options->method = text;
        return true;
    case OPTION_KIND:
        raw->kind = text;
        return true;
    case OPTION_RESOLVER:
        options->unbound.resolver = text;
        return true;
    case OPTION_ROOT_HINTS:
        options->unbound.root_hints = text;
        return true;
    case OPTION_TRUST_ANCHOR:
        options->unbound.trust_anchor = text;
        return true;
    case OPTION_STATE:
        options->state_directory = *text != '\0' ? text : NULL;
        return true;
    case OPTION_NOW:
        raw->now = text;
        return true;
    case OPTION_PROFILE:
        raw->profile = text;
        return true;
    case OPTION_DATE:
        raw->date = text;
        return true;
    case OPTION_TIMEOUT_MS:
        raw->timeout_ms = text;
        return true;
    default:
        return false;
    }
}

static enum caa_status take_option(struct options *options, struct raw *raw,
                                   int id)
{
    switch (id) {
    case OPTION_ISSUER:
        options->issuers[options->issuer_count++] = optarg;
        break;
    case OPTION_REMOTE:
        return add_remotes(options, optarg);
    case OPTION_RULE:
        return add_rule(options, raw, optarg);
    case OPTION_ALLOW_LOOKUP_FAILURE:
        raw->allow_lookup_failure = true;
        break;
    case OPTION_EXPLAIN:
        options->explain = true;
        break;
    case OPTION_JSON:
        options->json = true;
        break;
    case OPTION_LIST_RULES:
        options->action = ACTION_LIST_RULES;
        break;
    case OPTION_HELP:
        options->action = ACTION_HELP;
        break;
    case OPTION_VERSION:
        options->action = ACTION_VERSION;
        break;
    default:
        (void)take_text(options, raw, id, optarg);
        break;
    }
    return CAA_OK;
}

static enum caa_status settle_kind(struct options *options,
                                   const struct raw *raw)
{
    if (raw->kind == NULL || strcmp(raw->kind, "tls") == 0) {
        options->kind = CAA_KIND_TLS;
        return CAA_OK;
    }
    if (strcmp(raw->kind, "smime") == 0) {
        options->kind = CAA_KIND_SMIME;
        return CAA_OK;
    }
    return usage(options, "--kind %s: not one of tls, smime", raw->kind);
}

static enum caa_status settle_rules(struct options *options,
                                    const struct raw *raw)
{
    const char *profile = raw->profile != NULL ? raw->profile : DEFAULT_PROFILE;
    caa_date date = caa_clock_today();

    if (raw->date != NULL && caa_date_parse(raw->date, &date) != CAA_OK) {
        return usage(options, "--date %s: not a day as YYYY-MM-DD", raw->date);
    }
    if (caa_profile_rules(profile, date, options->kind, &options->rules) !=
        CAA_OK) {
        return usage(options,
                     "--profile %s: not one of rfc6844, rfc6844-e5065, "
                     "rfc8659, tls-br, smime-br",
                     profile);
    }
    if (raw->allow_lookup_failure) {
        options->rules.failure = CAA_FAILURE_ALLOW;
    }
    for (size_t i = 0; i < raw->rule_count; i++) {
        if (caa_rules_apply(&options->rules, raw->rules[i]) != CAA_OK) {
            return usage(options,
                         "--rule %s: no such rule or value, see --list-rules",
                         raw->rules[i]);
        }
    }
    return CAA_OK;
}

static enum caa_status settle_timeout(struct options *options,
                                      const struct raw *raw)
{
    options->unbound.timeout_ms = DEFAULT_TIMEOUT_MS;
    if (raw->timeout_ms != NULL &&
        !argument_is_number(raw->timeout_ms, TIMEOUT_MAX_MS,
                            &options->unbound.timeout_ms)) {
        return usage(options, "--timeout-ms %s: not a number from 1 to %d",
                     raw->timeout_ms, TIMEOUT_MAX_MS);
    }
    options->unbound.attempts = options->rules.retry == CAA_RETRY_NONE ? 1 : 2;
    return CAA_OK;
}

static enum caa_status settle_now(struct options *options,
                                  const struct raw *raw)
{
    options->now_s = caa_clock_now();
    if (raw->now != NULL && *raw->now != '\0' &&
        !argument_is_time(raw->now, &options->now_s)) {
        return usage(options, "--now %s: not a time in Unix seconds", raw->now);
    }
    return CAA_OK;
}

static enum caa_status check_values(struct options *options)
{
    const char *resolver = options->unbound.resolver;

    for (size_t i = 0; i < options->issuer_count; i++) {
        if (!argument_is_issuer(options->issuers[i])) {
            return usage(options, "--issuer '%s': not a domain name",
                         options->issuers[i]);
        }
    }
    if (resolver != NULL && !argument_is_resolver(resolver)) {
        return usage(options, "--resolver '%s': not ADDRESS or ADDRESS@PORT",
                     resolver);
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
            return usage(options,
                         "no trust anchor: give --trust-anchor, or install "
                         "the package dns-root-data for " DEFAULT_TRUST_ANCHOR);
        }
    }
    switch (caa_anchor_check(options->unbound.trust_anchor)) {
    case CAA_OK:
        break;
    case CAA_EFORMAT:
        return usage(options,
                     "--trust-anchor %s: no DS or DNSKEY of the root in it",
                     options->unbound.trust_anchor);
    case CAA_PENDING:
    case CAA_ENOMEM:
    case CAA_ESYSTEM:
        return usage(options, "--trust-anchor %s: %s",
                     options->unbound.trust_anchor, strerror(errno));
    }
    if (hints == NULL && access(DEFAULT_ROOT_HINTS, R_OK) == 0) {
        options->unbound.root_hints = DEFAULT_ROOT_HINTS;
    }
    if (hints != NULL && access(hints, R_OK) != 0) {
        return usage(options, "--root-hints %s: %s", hints, strerror(errno));
    }
    return CAA_OK;
}

static enum caa_status take_names(struct options *options, int argc,
                                  char **argv)
{
    if (optind == argc) {
        return usage(options, "no NAME given, see --help");
    }
    options->subjects =
        calloc((size_t)(argc - optind), sizeof(*options->subjects));
    if (options->subjects == NULL) {
        return usage(options, "out of memory");
    }
    for (int i = optind; i < argc; i++) {
        const char *problem = "";
        if (caa_subject_parse(argv[i], options->kind,
                              &options->subjects[options->subject_count],
                              &problem) != CAA_OK) {
            return usage(options, "the name '%s' %s", argv[i], problem);
        }
        options->subject_count++;
    }
    return CAA_OK;
}

/* Also leaves a message of our own instead of getopt's. */
static enum caa_status take_all(struct options *options, struct raw *raw,
                                int argc, char **argv)
{
    enum caa_status st = CAA_OK;
    int id = 0;

    opterr = 0;
    optind = 1;
    while (st == CAA_OK &&
           (id = getopt_long(argc, argv, ":", long_options, NULL)) != -1) {
        if (id == ':') {
            return usage(options, "%s needs a value, see --help",
                         argv[optind - 1]);
        }
        if (id == '?') {
            return usage(options, "%s: no such option, see --help",
                         argv[optind - 1]);
        }
        st = take_option(options, raw, id);
    }
    return st;
}

enum caa_status options_parse(int argc, char **argv,
                              struct options *options_out)
{
    struct options *options = options_out;
    struct raw raw = { .profile = NULL };

    memset(options, 0, sizeof(*options));
    options->issuers = calloc((size_t)argc + 1, sizeof(*options->issuers));
    options->remotes = calloc(REMOTES_MAX, sizeof(*options->remotes));
    if (options->issuers == NULL || options->remotes == NULL) {
        return usage(options, "out of memory");
    }
    enum caa_status st = take_all(options, &raw, argc, argv);
    if (st != CAA_OK) {
        return st;
    }
    if (options->action != ACTION_CHECK) {
        /* exit status 0 would permit a NAME that nobody looked at */
        return optind == argc ? CAA_OK
                              : usage(options,
                                      "%s: no NAME beside --help, "
                                      "--version or --list-rules",
                                      argv[optind]);
    }
    st = settle_kind(options, &raw);
    if (st == CAA_OK) {
        st = settle_rules(options, &raw);
    }
    if (st == CAA_OK) {
        st = settle_timeout(options, &raw);
    }
    if (st == CAA_OK) {
        st = settle_now(options, &raw);
    }
    if (st == CAA_OK) {
        st = check_values(options);
    }
    if (st == CAA_OK) {
        st = settle_files(options);
    }
    return st == CAA_OK ? take_names(options, argc, argv) : st;
}

void options_fini(struct options *options)
{
    for (size_t i = 0; i < options->remote_count; i++) {
        free(options->remotes[i]);
    }
    free(options->remotes);
    options->remotes = NULL;
    options->remote_count = 0;
    free(options->issuers);
    free(options->subjects);
    options->issuers = NULL;
    options->subjects = NULL;
}
