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

/* Words that types of fixed shape have; ldns ignores what is too many. */
static size_t fixed_words(uint16_t type)
{
    switch (type) {
    case LDNS_RR_TYPE_A:
    case LDNS_RR_TYPE_AAAA:
    case LDNS_RR_TYPE_NS:
    case LDNS_RR_TYPE_CNAME:
    case LDNS_RR_TYPE_DNAME:
    case LDNS_RR_TYPE_PTR:
        return 1;
    case LDNS_RR_TYPE_MX:
    case LDNS_RR_TYPE_AFSDB:
    case LDNS_RR_TYPE_RP:
        return 2;
    case LDNS_RR_TYPE_SRV:
        return 4;
    case LDNS_RR_TYPE_NAPTR:
        return 6;
    case LDNS_RR_TYPE_SOA:
        return 7;
    default: /* RR types are not ours to enumerate */
        return 0;
    }
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

static enum scn_status check_rdata_name(const struct scn_zone_source *source,
                                        const struct scn_zone_line *line,
                                        size_t first, const ldns_rdf *rdf)
{
    const uint8_t *name = ldns_rdf_data(rdf);

    if (*name == 0 || scn_scope_allows(source->scope, name)) {
        return SCN_OK;
    }
    return scn_zone_line_fail(source, line, first,
                              "a name in this record lies outside the apex: "
                              "leave its last dot out, or state `universe: "
                              "private`");
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
        if (ldns_rdf_get_type(rdf) == LDNS_RDF_TYPE_DNAME) {
            enum scn_status status = check_rdata_name(source, line, first, rdf);
            if (status != SCN_OK) {
                return status;
            }
        }
        memcpy(rdata + len, ldns_rdf_data(rdf), ldns_rdf_size(rdf));
        len += ldns_rdf_size(rdf);
    }
    *len_out = len;
    return SCN_OK;
}

static enum scn_status read_with_ldns(const struct scn_zone_source *source,
                                      const struct scn_zone_line *line,
                                      size_t first, uint16_t type,
                                      uint8_t *rdata, size_t *len_out)
{
    size_t fixed = fixed_words(type);
    const uint8_t *origin_wire = source->scope->origin;
    ldns_rr *rr = NULL;
    enum scn_status status = SCN_ENOMEM;

    if (fixed != 0 && line->word_count != first + fixed) {
        return scn_zone_line_fail(
            source, line,
            line->word_count > first + fixed ? first + fixed : SIZE_MAX,
            "this type has %zu word%s of RDATA", fixed, fixed == 1 ? "" : "s");
    }
    char *text = line_for_ldns(line, first, type);
    ldns_rdf *origin = ldns_rdf_new_frm_data(
        LDNS_RDF_TYPE_DNAME, scn_name_length(origin_wire), origin_wire);
    if (text == NULL || origin == NULL) {
        goto out;
    }
    ldns_status ldns = ldns_rr_new_frm_str(&rr, text, 0, origin, NULL);
    if (ldns != LDNS_STATUS_OK) {
        rr = NULL;
        status = scn_zone_line_fail(source, line, first, "RDATA: %s",
                                    ldns_get_errorstr_by_id(ldns));
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
