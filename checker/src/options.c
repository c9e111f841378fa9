/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#include "arguments.h"
#include "options_settle.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { REMOTES_MAX = 32 };

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

static enum caa_status add_rule(struct options *options,
                                struct raw_options *raw, const char *text)
{
    if (raw->rule_count == OPTIONS_RULES_MAX) {
        return options_usage(options, "more than %d --rule", OPTIONS_RULES_MAX);
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
            return options_usage(options, "more than %d --remote", REMOTES_MAX);
        }
        char *address = strndup(text, length);
        if (address == NULL) {
            return options_usage(options, "out of memory");
        }
        options->remotes[options->remote_count++] = address;
        if (!argument_is_resolver(address)) {
            return options_usage(
                options, "--remote '%s': not ADDRESS or ADDRESS@PORT", address);
        }
        text += length;
        if (text[0] == ',' && text[1] == '\0') {
            return options_usage(options,
                                 "--remote: nothing after the last comma");
        }
        text += *text == ',';
    }
    return CAA_OK;
}

/* Options that only fill a field. */
static bool take_text(struct options *options, struct raw_options *raw, int id,
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

static enum caa_status take_option(struct options *options,
                                   struct raw_options *raw, int id)
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

static enum caa_status take_names(struct options *options, int argc,
                                  char **argv)
{
    if (optind == argc) {
        return options_usage(options, "no NAME given, see --help");
    }
    options->names = argv + optind;
    options->subjects =
        calloc((size_t)(argc - optind), sizeof(*options->subjects));
    if (options->subjects == NULL) {
        return options_usage(options, "out of memory");
    }
    for (int i = optind; i < argc; i++) {
        const char *problem = "";
        if (caa_subject_parse(argv[i], options->kind,
                              &options->subjects[options->subject_count],
                              &problem) != CAA_OK) {
            return options_usage(options, "the name '%s' %s", argv[i], problem);
        }
        options->subject_count++;
    }
    return CAA_OK;
}

/* Also leaves a message of our own instead of getopt's. */
static enum caa_status take_all(struct options *options,
                                struct raw_options *raw, int argc, char **argv)
{
    enum caa_status st = CAA_OK;
    int id = 0;

    opterr = 0;
    optind = 1;
    while (st == CAA_OK &&
           (id = getopt_long(argc, argv, ":", long_options, NULL)) != -1) {
        if (id == ':') {
            return options_usage(options, "%s needs a value, see --help",
                                 argv[optind - 1]);
        }
        if (id == '?') {
            return options_usage(options, "%s: no such option, see --help",
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
    struct raw_options raw = { .profile = NULL };

    memset(options, 0, sizeof(*options));
    options->issuers = calloc((size_t)argc + 1, sizeof(*options->issuers));
    options->remotes = calloc(REMOTES_MAX, sizeof(*options->remotes));
    if (options->issuers == NULL || options->remotes == NULL) {
        return options_usage(options, "out of memory");
    }
    enum caa_status st = take_all(options, &raw, argc, argv);
    if (st != CAA_OK) {
        return st;
    }
    if (options->action != ACTION_CHECK) {
        /* exit status 0 would permit a NAME that nobody looked at */
        return optind == argc ? CAA_OK
                              : options_usage(options,
                                              "%s: no NAME beside --help, "
                                              "--version or --list-rules",
                                              argv[optind]);
    }
    st = options_settle(options, &raw);
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
