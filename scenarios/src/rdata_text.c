/* SPDX-License-Identifier: BSD-2-Clause */
/* rdata_text.c - RDATA of all types but CAA, through ldns. */
#include "rdata_text.h"

#include "convert.h"

#include <scenario/model.h>

#include <ldns/ldns.h>

#include <stdlib.h>
#include <string.h>

static enum scn_status read_unknown(const struct scn_zone_source *source,
                                    const struct scn_zone_line *line,
                                    size_t first, uint8_t *rdata,
                                    size_t *len_out)
{
    const struct scn_word_of_line *words = line->words;
    uint32_t claimed = 0;
    size_t len = 0;

    if (first + 1 >= line->word_count || words[first + 1].quoted ||
        !scn_number_from_text(line->text + words[first + 1].start,
                              words[first + 1].len, SCN_RDATA_MAX, &claimed)) {
        return scn_zone_line_fail(source, line, first + 1,
                                  "'\\#' is followed by the length of the "
                                  "RDATA, 0 to 65535");
    }
    for (size_t i = first + 2; i < line->word_count; i++) {
        if (len + words[i].len / 2 > claimed ||
            !scn_hex_from_text(line->text + words[i].start, words[i].len,
                               rdata + len)) {
            return scn_zone_line_fail(source, line, i,
                                      "pairs of hexadecimal digits, %u octets "
                                      "in all, follow the length",
                                      (unsigned)claimed);
        }
        len += words[i].len / 2;
    }
    if (len != claimed) {
        return scn_zone_line_fail(source, line, line->word_count,
                                  "%zu octets of RDATA where '\\#' announces "
                                  "%u",
                                  len, (unsigned)claimed);
    }
    *len_out = len;
    return SCN_OK;
}

/* Types whose text ldns reads well, how many words they have (it ignores what
 * is too many), and how they are written. It leaks or guesses in the text of
 * others, which are written as `\# length hex`. */
static const struct known_type {
    uint16_t type;
    size_t words;        /* 0: any number */
    const char *numbers; /* octets of each word from the first on; -: none */
    const char *form;
} known_types[] = {
    { LDNS_RR_TYPE_A, 1, "", "an IPv4 address, such as 192.0.2.1" },
    { LDNS_RR_TYPE_AAAA, 1, "", "an IPv6 address, such as 2001:db8::1" },
    { LDNS_RR_TYPE_NS, 1, "", "a name" },
    { LDNS_RR_TYPE_CNAME, 1, "", "a name" },
    { LDNS_RR_TYPE_DNAME, 1, "", "a name" },
    { LDNS_RR_TYPE_PTR, 1, "", "a name" },
    { LDNS_RR_TYPE_MX, 2, "2", "preference, name" },
    { LDNS_RR_TYPE_AFSDB, 2, "2", "subtype, name" },
    { LDNS_RR_TYPE_RP, 2, "", "two names" },
    { LDNS_RR_TYPE_HINFO, 2, "", "two strings of at most 255 octets" },
    { LDNS_RR_TYPE_SRV, 4, "222", "priority, weight, port, name" },
    { LDNS_RR_TYPE_NAPTR, 6, "22", "order, preference, three strings, name" },
    { LDNS_RR_TYPE_SOA, 7, "--44444", "two names and five numbers" },
    { LDNS_RR_TYPE_TXT, 0, "", "strings of at most 255 octets" },
    { LDNS_RR_TYPE_SPF, 0, "", "strings of at most 255 octets" },
    { LDNS_RR_TYPE_DS, 0, "211",
      "key tag, algorithm, digest type, digest in hex" },
    { LDNS_RR_TYPE_CDS, 0, "211",
      "key tag, algorithm, digest type, digest in hex" },
    { LDNS_RR_TYPE_DNSKEY, 0, "211",
      "flags, protocol, algorithm, key in base64" },
    { LDNS_RR_TYPE_CDNSKEY, 0, "211",
      "flags, protocol, algorithm, key in base64" },
    { LDNS_RR_TYPE_RRSIG, 0, "", "the nine fields of RFC 4034 section 3.2" },
    { LDNS_RR_TYPE_NSEC, 0, "", "next name, types" },
    { LDNS_RR_TYPE_NSEC3, 0, "112",
      "hash, flags, iterations, salt or -, next hash, types" },
    { LDNS_RR_TYPE_NSEC3PARAM, 4, "112", "hash, flags, iterations, salt or -" },
    { LDNS_RR_TYPE_TLSA, 0, "111",
      "usage, selector, matching type, data in hex" },
    { LDNS_RR_TYPE_SSHFP, 0, "11", "algorithm, type, fingerprint in hex" },
    { LDNS_RR_TYPE_URI, 3, "22", "priority, weight, target in quotes" },
};

static const struct known_type *find_type(uint16_t type)
{
    for (size_t i = 0; i < sizeof(known_types) / sizeof(known_types[0]); i++) {
        if (known_types[i].type == type) {
            return &known_types[i];
        }
    }
    return NULL;
}

/* The record as one line for ldns, owner and TTL beside the point. */
static char *line_for_ldns(const struct scn_zone_line *line, size_t first,
                           uint16_t type)
{
    size_t cap = line->len + 3 * line->word_count + 64;
    char *text = malloc(cap);

    if (text == NULL) {
        return NULL;
    }
    char *mnemonic = ldns_rr_type2str(type);
    size_t used = 0;
    if (mnemonic != NULL) {
        used = (size_t)snprintf(text, cap, ". 0 IN %.20s", mnemonic);
    }
    free(mnemonic);
    for (size_t i = first; i < line->word_count; i++) {
        const struct scn_word_of_line *word = &line->words[i];
        text[used++] = ' ';
        if (word->quoted) {
            text[used++] = '"';
        }
        memcpy(text + used, line->text + word->start, word->len);
        used += word->len;
        if (word->quoted) {
            text[used++] = '"';
        }
    }
    text[used] = '\0';
    return text;
}

static bool is_allowed(const struct scn_zone_source *source,
                       const uint8_t *name)
{
    return *name == 0 || scn_scope_allows(source->scope, name);
}

static enum scn_status collect(const struct scn_zone_source *source,
                               const struct scn_zone_line *line, size_t first,
                               const ldns_rr *rr, uint8_t *rdata,
                               size_t *len_out)
{
    size_t len = 0;

    for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
        const ldns_rdf *rdf = ldns_rr_rdf(rr, i);
        if (len + ldns_rdf_size(rdf) > SCN_RDATA_MAX) {
            return scn_zone_line_fail(source, line, first,
                                      "RDATA has at most 65535 octets");
        }
        if (ldns_rdf_get_type(rdf) == LDNS_RDF_TYPE_DNAME &&
            ldns_rdf_size(rdf) > SCN_NAME_MAX) {
            return scn_zone_line_fail(source, line, first,
                                      "a name in this record has more than 255 "
                                      "octets, with the apex");
        }
        if (ldns_rdf_get_type(rdf) == LDNS_RDF_TYPE_DNAME &&
            !is_allowed(source, ldns_rdf_data(rdf))) {
            return scn_zone_line_fail(source, line, first,
                                      "a name in this record lies outside the "
                                      "apex: leave its last dot out, or state "
                                      "`universe: private`");
        }
        memcpy(rdata + len, ldns_rdf_data(rdf), ldns_rdf_size(rdf));
        len += ldns_rdf_size(rdf);
    }
    *len_out = len;
    return SCN_OK;
}

/* Index of a number that its field cannot hold, which ldns would cut, or
 * SIZE_MAX. Words that are no digits, such as a mnemonic, are left to ldns. */
static size_t too_large(const struct scn_zone_line *line, size_t first,
                        const char *numbers)
{
    for (size_t i = 0; numbers[i] != '\0' && first + i < line->word_count;
         i++) {
        const struct scn_word_of_line *word = &line->words[first + i];
        const char *text = line->text + word->start;
        const uint32_t max = numbers[i] == '1'   ? UINT8_MAX
                             : numbers[i] == '2' ? UINT16_MAX
                                                 : UINT32_MAX;
        size_t digits = 0;
        uint64_t value = 0;

        while (digits < word->len && text[digits] >= '0' &&
               text[digits] <= '9' && value <= UINT32_MAX) {
            value = 10 * value + (uint64_t)(text[digits++] - '0');
        }
        if (numbers[i] != '-' && value > max) {
            return first + i;
        }
    }
    return SIZE_MAX;
}

/* Words of hexadecimal digits, which ldns fills up to whole octets, begin
 * behind so many others; 0: there are none. */
static size_t words_before_hex(uint16_t type)
{
    switch (type) {
    case LDNS_RR_TYPE_DS:
    case LDNS_RR_TYPE_CDS:
    case LDNS_RR_TYPE_TLSA:
        return 3;
    case LDNS_RR_TYPE_SSHFP:
        return 2;
    default:
        return 0;
    }
}

static bool has_half_an_octet(const struct scn_zone_line *line, size_t first,
                              uint16_t type)
{
    const size_t before = words_before_hex(type);
    size_t digits = 0;

    for (size_t i = first + before; before > 0 && i < line->word_count; i++) {
        digits += line->words[i].len;
    }
    return digits % 2 != 0;
}

static enum scn_status read_with_ldns(const struct scn_zone_source *source,
                                      const struct scn_zone_line *line,
                                      size_t first, uint16_t type,
                                      uint8_t *rdata, size_t *len_out)
{
    const struct known_type *known = find_type(type);
    const uint8_t *origin_wire = source->scope->origin;
    ldns_rr *rr = NULL;
    enum scn_status status = SCN_ENOMEM;

    if (known == NULL) {
        return scn_zone_line_fail(source, line, first,
                                  "the text of this type is not read: write "
                                  "`\\# length hex` (RFC 3597)");
    }
    size_t fixed = known->words;
    if (fixed != 0 && line->word_count != first + fixed) {
        return scn_zone_line_fail(
            source, line,
            line->word_count > first + fixed ? first + fixed : SIZE_MAX,
            "this type has %zu word%s of RDATA: %s", fixed,
            fixed == 1 ? "" : "s", known->form);
    }
    const size_t large = too_large(line, first, known->numbers);
    if (large != SIZE_MAX) {
        return scn_zone_line_fail(source, line, large,
                                  "this number does not fit: RDATA of this "
                                  "type is %s",
                                  known->form);
    }
    char *text = line_for_ldns(line, first, type);
    ldns_rdf *origin = ldns_rdf_new_frm_data(
        LDNS_RDF_TYPE_DNAME, scn_name_length(origin_wire), origin_wire);
    if (text == NULL || origin == NULL) {
        goto out;
    }
    if (has_half_an_octet(line, first, type) ||
        ldns_rr_new_frm_str(&rr, text, 0, origin, NULL) != LDNS_STATUS_OK) {
        rr = NULL;
        status = scn_zone_line_fail(source, line, first,
                                    "RDATA of this type is %s", known->form);
        goto out;
    }
    status = collect(source, line, first, rr, rdata, len_out);
out:
    ldns_rr_free(rr);
    ldns_rdf_deep_free(origin);
    free(text);
    return status;
}

enum scn_status scn_rdata_read(const struct scn_zone_source *source,
                               const struct scn_zone_line *line, size_t first,
                               uint16_t type, const uint8_t **rdata_out,
                               uint16_t *len_out)
{
    uint8_t rdata[SCN_RDATA_MAX];
    size_t len = 0;
    enum scn_status status = SCN_OK;

    if (first < line->word_count && scn_zone_line_is(line, first, "\\#")) {
        status = read_unknown(source, line, first, rdata, &len);
    } else if (type == SCN_TYPE_CAA) {
        status = scn_caa_read(source, line, first, rdata, &len);
    } else if (first >= line->word_count) {
        status = scn_zone_line_fail(source, line, first, "no RDATA");
    } else {
        status = read_with_ldns(source, line, first, type, rdata, &len);
    }
    if (status != SCN_OK) {
        return status;
    }
    *rdata_out = scn_copy(source->scope->arena, rdata, len);
    *len_out = (uint16_t)len;
    return *rdata_out != NULL ? SCN_OK : SCN_ENOMEM;
}
