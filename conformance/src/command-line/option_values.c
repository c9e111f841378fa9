/* SPDX-License-Identifier: BSD-2-Clause */
/* option_values.c - strict readers of option values. */
#include "option_values.h"

#include "words.h"

#include <scenario/name.h>

#include <stdlib.h>
#include <string.h>

static const char no_memory[] = "more memory";

bool cfm_list_add(const char ***list, size_t *count, const char *text)
{
    const char **longer =
        realloc((void *)*list, (*count + 2) * sizeof(*longer)); /* and a NULL */

    if (longer == NULL) {
        return false;
    }
    longer[(*count)++] = text;
    longer[*count] = NULL;
    *list = longer;
    return true;
}

static const char *add(const char ***list, size_t *count, const char *text)
{
    return cfm_list_add(list, count, text) ? NULL : no_memory;
}

/* Decimal digits without sign, blank or leading zero. */
static bool read_number(const char *text, uint64_t max, uint64_t *number_out)
{
    uint64_t number = 0;

    if (text[0] == '\0' || (text[0] == '0' && text[1] != '\0')) {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return false;
        }
        uint64_t digit = (uint64_t)(*text - '0');
        if (number > (max - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
    }
    *number_out = number;
    return number <= max;
}

static bool read_count(const char *text, unsigned max, unsigned *count_out)
{
    uint64_t number = 0;

    if (!read_number(text, max, &number) || number == 0) {
        return false;
    }
    *count_out = (unsigned)number;
    return true;
}

/* --- lists and plain text --- */

const char *cfm_take_catalogue(struct cfm_invocation *out, const char *value)
{
    return add(&out->settings.catalogue, &out->settings.catalogue_count, value);
}

const char *cfm_take_only(struct cfm_invocation *out, const char *value)
{
    return add(&out->settings.only, &out->settings.only_count, value);
}

const char *cfm_take_skip(struct cfm_invocation *out, const char *value)
{
    return add(&out->settings.skip, &out->settings.skip_count, value);
}

const char *cfm_take_deviation(struct cfm_invocation *out, const char *value)
{
    return add(&out->settings.deviations, &out->settings.deviation_count,
               value);
}

const char *cfm_take_claims(struct cfm_invocation *out, const char *value)
{
    (void)value;
    out->settings.claims = true;
    return NULL;
}

const char *cfm_take_exhaustive(struct cfm_invocation *out, const char *value)
{
    (void)value;
    out->settings.exhaustive = true;
    return NULL;
}

static bool ends_in(const char *text, const char *ending)
{
    size_t len = strlen(text);
    size_t ending_len = strlen(ending);

    return len > ending_len && strcmp(text + len - ending_len, ending) == 0;
}

const char *cfm_take_report(struct cfm_invocation *out, const char *value)
{
    if (!ends_in(value, ".json") && !ends_in(value, ".xml")) {
        return "a file name that ends in .json, or in .xml for JUnit";
    }
    return add(&out->settings.reports, &out->settings.report_count, value);
}

const char *cfm_take_baseline(struct cfm_invocation *out, const char *value)
{
    out->settings.baseline = value;
    return NULL;
}

const char *cfm_take_write_baseline(struct cfm_invocation *out,
                                    const char *value)
{
    out->settings.write_baseline = value;
    return NULL;
}

/* What stands in records and arguments must be one word. */
static bool is_word(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c <= ' ' || *c == '"' || *c == ';' || *c == '\\' || *c > '~') {
            return false;
        }
    }
    return text[0] != '\0';
}

const char *cfm_take_issuer(struct cfm_invocation *out, const char *value)
{
    out->settings.params.issuer = value;
    return is_word(value) ? NULL : "an issuer domain name";
}

const char *cfm_take_account(struct cfm_invocation *out, const char *value)
{
    out->settings.params.account = value;
    return is_word(value) ? NULL : "an account URI";
}

const char *cfm_take_method(struct cfm_invocation *out, const char *value)
{
    out->settings.params.method = value;
    return is_word(value) ? NULL : "a validation method label";
}

const char *cfm_take_suffix(struct cfm_invocation *out, const char *value)
{
    uint8_t name[SCN_NAME_MAX];

    out->settings.params.suffix = value;
    return scn_name_from_text(value, strlen(value), NULL, name)
               ? NULL
               : "a domain name";
}

/* --- choices --- */

const char *cfm_take_blind(struct cfm_invocation *out, const char *value)
{
    (void)value;
    out->blind = true;
    return NULL;
}

const char *cfm_take_json(struct cfm_invocation *out, const char *value)
{
    (void)value;
    out->json = true;
    return NULL;
}

const char *cfm_take_verbose(struct cfm_invocation *out, const char *value)
{
    (void)value;
    out->settings.verbose = true;
    return NULL;
}

const char *cfm_take_reproducible(struct cfm_invocation *out, const char *value)
{
    (void)value;
    out->settings.reproducible = true;
    return NULL;
}

const char *cfm_take_colour(struct cfm_invocation *out, const char *value)
{
    static const char *const words[] = {
        [CFM_COLOUR_AUTO] = "auto",
        [CFM_COLOUR_ALWAYS] = "always",
        [CFM_COLOUR_NEVER] = "never",
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(value, words[i]) == 0) {
            out->colour = (enum cfm_colour)i;
            return NULL;
        }
    }
    return "auto, always or never";
}

const char *cfm_take_profile(struct cfm_invocation *out, const char *value)
{
    return scn_profile_from_text(value, &out->settings.profile)
               ? NULL
               : "one of rfc6844, rfc6844-e5065, rfc8659, tls-br, smime-br";
}

const char *cfm_take_resolver(struct cfm_invocation *out, const char *value)
{
    if (strcmp(value, "none") == 0) {
        out->settings.resolver = CFM_RESOLVER_NONE;
        return NULL;
    }
    if (strcmp(value, "unbound") == 0) {
        out->settings.resolver = CFM_RESOLVER_UNBOUND;
        return NULL;
    }
    out->settings.resolver = CFM_RESOLVER_ADDRESS;
    return sim_address_from_text(value, &out->settings.resolver_address)
               ? NULL
               : "unbound, none, or ADDRESS[@PORT]";
}

const char *cfm_take_resolver_preset(struct cfm_invocation *out,
                                     const char *value)
{
    if (strcmp(value, "brisk") == 0) {
        out->settings.preset = CFM_PRESET_BRISK;
        return NULL;
    }
    out->settings.preset = CFM_PRESET_DEFAULT;
    return strcmp(value, "default") == 0 ? NULL : "brisk or default";
}

/* One word of --features; `-word` takes away, `all` and `none` set all. */
static bool take_feature(const char *word, unsigned *features, unsigned *said)
{
    bool minus = word[0] == '-';
    enum scn_feature feature = SCN_F_WILDCARD;

    if (strcmp(word, "all") == 0) {
        *features = ~0U;
        *said = ~0U;
        return true;
    }
    if (strcmp(word, "none") == 0) {
        *features = 0;
        *said = ~0U;
        return true;
    }
    if (!scn_feature_from_text(minus ? word + 1 : word, &feature)) {
        return false;
    }
    *features =
        minus ? *features & ~(unsigned)feature : *features | (unsigned)feature;
    *said |= (unsigned)feature;
    return true;
}

const char *cfm_take_features(struct cfm_invocation *out, const char *value)
{
    bool from_default = value[0] == '-';
    unsigned features = from_default ? CFM_DEFAULT_FEATURES : 0;
    unsigned said = from_default ? 0 : ~0U;
    char *words = strdup(value);
    char *rest = words;
    bool good = true;

    if (words == NULL) {
        return no_memory;
    }
    for (char *word = strsep(&rest, ","); good && word != NULL;
         word = strsep(&rest, ",")) {
        good = take_feature(word, &features, &said);
    }
    free(words);
    out->settings.features = features;
    out->settings.features_said = said;
    return good ? NULL
                : "words joined by commas: wildcard, rfc8657, smime, "
                  "many-names, issuer-per-request, account-per-request, "
                  "method-per-request, perspectives, clock, validation, all, "
                  "none, or -WORD to take one away";
}

/* --- numbers and days --- */

const char *cfm_take_time_limit(struct cfm_invocation *out, const char *value)
{
    unsigned seconds = 0;

    if (!read_count(value, 86400, &seconds)) {
        return "seconds, from 1 to 86400";
    }
    out->settings.time_limit_ms = seconds * 1000;
    return NULL;
}

const char *cfm_take_jobs(struct cfm_invocation *out, const char *value)
{
    return read_count(value, 4096, &out->settings.jobs) ? NULL
                                                        : "from 1 to 4096";
}

const char *cfm_take_repeat(struct cfm_invocation *out, const char *value)
{
    return read_count(value, 1000, &out->settings.repeat) ? NULL
                                                          : "from 1 to 1000";
}

const char *cfm_take_seed(struct cfm_invocation *out, const char *value)
{
    /* Reports are JSON, whose integers end here. */
    return read_number(value, INT64_MAX, &out->settings.seed)
               ? NULL
               : "a whole number from 0 to 9223372036854775807";
}

const char *cfm_take_algorithm(struct cfm_invocation *out, const char *value)
{
    static const uint8_t known[] = { 8, 10, 13, 14, 15, 16 };
    uint64_t number = 0;

    if (read_number(value, 255, &number) &&
        memchr(known, (int)number, sizeof(known)) != NULL) {
        out->settings.algorithm = (uint8_t)number;
        return NULL;
    }
    return "8, 10, 13, 14, 15 or 16";
}

const char *cfm_take_epoch(struct cfm_invocation *out, const char *value)
{
    uint32_t date = 0;

    if (!scn_date_from_text(value, &date)) {
        return "a day as YYYY-MM-DD";
    }
    out->settings.epoch_s = cfm_date_start_s(date);
    return NULL;
}

const char *cfm_take_date(struct cfm_invocation *out, const char *value)
{
    return scn_date_from_text(value, &out->settings.policy_date)
               ? NULL
               : "a day as YYYY-MM-DD";
}
