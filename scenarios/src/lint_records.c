/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lint_records.c - records that no zone can have (FORMAT section 11), unless
 * the zone says that it breaks the rule on purpose.
 */
#include "lint_records.h"

#include "build.h"

#include <stdlib.h>
#include <string.h>

enum {
    TYPE_A = 1,
    TYPE_NS = 2,
    TYPE_CNAME = 5,
    TYPE_SOA = 6,
    TYPE_AAAA = 28,
    TYPE_DNAME = 39,
    TYPE_DS = 43,
    TYPE_OPT = 41,
    TYPE_RRSIG = 46,
    TYPE_NSEC = 47,
    TYPE_NSEC3 = 50,
    FIRST_META_TYPE = 128,
    LAST_META_TYPE = 255,
    MESSAGE_MAX = 65535 /* RFC 1035 section 4.2.2 */
};

/* The records of one text in the order of owner, type, RDATA and line. */
struct sorted {
    const struct scn_lint_text *text;
    const struct scn_record *const *records;
    size_t count;
};

static int compare_rdata(const struct scn_record *a, const struct scn_record *b)
{
    const size_t len =
        a->rdata_len < b->rdata_len ? a->rdata_len : b->rdata_len;
    const int order = memcmp(a->rdata, b->rdata, len);

    return order != 0 ? order : (int)a->rdata_len - (int)b->rdata_len;
}

static int by_owner(const void *a, const void *b)
{
    const struct scn_record *x = *(const struct scn_record *const *)a;
    const struct scn_record *y = *(const struct scn_record *const *)b;
    const int order = scn_name_compare(x->owner, y->owner);

    if (order != 0) {
        return order;
    }
    if (x->type != y->type) {
        return x->type < y->type ? -1 : 1;
    }
    const int rdata = compare_rdata(x, y);
    return rdata != 0 ? rdata : (x > y) - (x < y);
}

/* The one that stands later in the text is the one that is wrong. */
static const struct scn_record *later(const struct scn_record *a,
                                      const struct scn_record *b)
{
    return a > b ? a : b;
}

static const struct scn_zone *deepest(const struct sorted *s,
                                      const struct scn_record *record)
{
    return s->text->zone_at(s->text->ctx, record->owner);
}

/* The zone that a record stands in. */
static const struct scn_zone *zone_of(const struct sorted *s,
                                      const struct scn_record *record)
{
    return s->text->zone != NULL ? s->text->zone : deepest(s, record);
}

static enum scn_status fail(const struct sorted *s,
                            const struct scn_record *record, const char *text)
{
    const struct scn_at at = { record->line, s->text->column };
    const struct scn_scope *scope = s->text->scope;
    char owner[SCN_NAME_TEXT_MAX + 1];

    scn_scope_show(scope, record->owner, owner);
    return scn_fail(scope->error, scope->file, at, "'%.200s': %s", owner, text);
}

/* RFC 1034 section 3.6.2; of [from, to) that have one owner. */
static enum scn_status check_alias(const struct sorted *s, size_t from,
                                   size_t to)
{
    const struct scn_zone *zone = zone_of(s, s->records[from]);
    const bool apex = scn_name_equal(s->records[from]->owner, zone->name);
    const struct scn_record *alias = NULL;
    size_t aliases = 0;
    bool others = apex; /* which has SOA and NS */

    for (size_t i = from; i < to; i++) {
        if (s->records[i]->type == TYPE_CNAME) {
            alias = alias != NULL ? later(alias, s->records[i]) : s->records[i];
            aliases++;
        }
        others = others || !scn_rrtype_goes_with_alias(s->records[i]->type);
    }
    if ((zone->breaks & (unsigned)SCN_BREAKS_CNAME) != 0 || alias == NULL) {
        return SCN_OK;
    }
    if (aliases > 1) {
        return fail(s, alias,
                    "a name has one CNAME: if several are meant, say `breaks: "
                    "[cname]`");
    }
    return !others ? SCN_OK
                   : fail(s, alias,
                          "no name has a CNAME beside other data, and an apex "
                          "has SOA and NS: if that is meant, say `breaks: "
                          "[cname]`");
}

/* RFC 2181 sections 5 and 5.2; of [from, to) that are one RRset. */
static enum scn_status check_set(const struct sorted *s, size_t from, size_t to)
{
    const struct scn_record *first = s->records[from];

    for (size_t i = from + 1; i < to; i++) {
        if (s->records[i]->ttl != first->ttl && first->type != TYPE_RRSIG) {
            return fail(s, later(first, s->records[i]),
                        "the records of one set have one TTL: a fault with "
                        "`rrsets: [mixed-ttl]` serves several");
        }
        if (compare_rdata(s->records[i], s->records[i - 1]) == 0) {
            return fail(s, s->records[i],
                        "this record stands twice: a fault with `rrsets: "
                        "[twice]` serves it twice");
        }
    }
    if (first->type == TYPE_DNAME && to - from > 1) {
        return fail(s, later(first, s->records[to - 1]),
                    "a name has one DNAME (RFC 6672 section 2.4)");
    }
    return SCN_OK;
}

static enum scn_status check_soa(const struct sorted *s, size_t from, size_t to)
{
    const struct scn_record *soa = s->records[from];

    if (soa->type != TYPE_SOA) {
        return SCN_OK;
    }
    if (to - from > 1 || !scn_name_equal(soa->owner, zone_of(s, soa)->name)) {
        return fail(s, later(soa, s->records[to - 1]),
                    "a zone has one SOA, at its apex");
    }
    return SCN_OK;
}

/* RFC 1034 section 4.2.1: the parent has NS and DS of a zone below, and
 * addresses of its servers. */
static enum scn_status check_place(const struct sorted *s,
                                   const struct scn_record *record)
{
    const struct scn_zone *place = deepest(s, record);
    const bool at_cut =
        place != NULL && scn_name_equal(record->owner, place->name);

    if (place == zone_of(s, record) || record->type == TYPE_A ||
        record->type == TYPE_AAAA ||
        (at_cut && (record->type == TYPE_NS || record->type == TYPE_DS))) {
        return SCN_OK;
    }
    return fail(s, record,
                "this lies in a zone below, which is declared: write it there "
                "(here go its NS, DS and glue)");
}

/* RFC 6895 section 3.1: OPT and 128 to 255 are of messages and questions. RFC
 * 4034 section 2.2 and 4: the signer of a zone makes these three. */
static enum scn_status check_type(const struct sorted *s,
                                  const struct scn_record *record)
{
    const uint16_t type = record->type;

    if (type == TYPE_OPT ||
        (type >= FIRST_META_TYPE && type <= LAST_META_TYPE)) {
        return fail(s, record,
                    "no zone holds this type: OPT and those from 128 to 255 "
                    "are for messages and questions");
    }
    if ((type == TYPE_RRSIG || type == TYPE_NSEC || type == TYPE_NSEC3) &&
        zone_of(s, record)->dnssec != SCN_UNSIGNED) {
        return fail(s, record,
                    "a signed zone has RRSIG, NSEC and NSEC3 generated: leave "
                    "it out, say `damage`, or let a fault `answer` it");
    }
    return SCN_OK;
}

/* What no reply can hold; each record takes at least 12 octets more. */
static enum scn_status check_size(const struct sorted *s, size_t from,
                                  size_t to)
{
    size_t size = 12;

    for (size_t i = from; i < to; i++) {
        size += 12 + (size_t)s->records[i]->rdata_len;
    }
    return size <= MESSAGE_MAX
               ? SCN_OK
               : fail(s, s->records[to - 1],
                      "this set is larger than a message can be, 65535 octets");
}

/* The end of the run from `from` of one owner, and of one type if told so. */
static size_t run_end(const struct sorted *s, size_t from, bool of_type)
{
    const struct scn_record *first = s->records[from];
    size_t to = from + 1;

    while (to < s->count &&
           scn_name_equal(s->records[to]->owner, first->owner) &&
           (!of_type || s->records[to]->type == first->type)) {
        to++;
    }
    return to;
}

static enum scn_status check_owner(const struct sorted *s, size_t from,
                                   size_t to)
{
    enum scn_status status = SCN_OK;
    size_t end = 0;

    for (size_t i = from; status == SCN_OK && i < to; i = end) {
        end = run_end(s, i, true);
        status = check_type(s, s->records[i]);
        if (status == SCN_OK) {
            status = check_place(s, s->records[i]);
        }
        if (status == SCN_OK) {
            status = check_size(s, i, end);
        }
        if (status == SCN_OK) {
            status = check_soa(s, i, end);
        }
        if (status == SCN_OK) {
            status = check_set(s, i, end);
        }
    }
    return status == SCN_OK ? check_alias(s, from, to) : status;
}

/* The record of [from, to) below whose owner the zone says nothing: a DNAME
 * (RFC 6672 section 2.4), or an NS of a zone that is not declared. */
static const struct scn_record *find_end(const struct sorted *s, size_t from,
                                         size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct scn_record *record = s->records[i];

        if (record->type == TYPE_DNAME ||
            (record->type == TYPE_NS &&
             !scn_name_equal(record->owner, zone_of(s, record)->name))) {
            return record;
        }
    }
    return NULL;
}

static bool is_hidden(const struct scn_record *record,
                      const struct scn_record *end)
{
    const bool glue = end != NULL && end->type == TYPE_NS &&
                      (record->type == TYPE_A || record->type == TYPE_AAAA);

    return end != NULL && !glue && !scn_name_equal(record->owner, end->owner) &&
           scn_name_is_under(record->owner, end->owner);
}

/* In canonical order what is below a name follows it. */
static enum scn_status check_all(const struct sorted *s)
{
    const struct scn_record *end = NULL;
    enum scn_status status = SCN_OK;
    size_t to = 0;

    for (size_t i = 0; status == SCN_OK && i < s->count; i = to) {
        const struct scn_record *record = s->records[i];

        to = run_end(s, i, false);
        status = check_owner(s, i, to);
        if (status == SCN_OK && is_hidden(record, end)) {
            status = fail(s, record,
                          end->type == TYPE_DNAME
                              ? "a DNAME above it redirects this name: nobody "
                                "can ask for the record"
                              : "an NS above it delegates this name away: "
                                "declare that zone and write it there");
        }
        if (end == NULL || !scn_name_is_under(record->owner, end->owner)) {
            end = find_end(s, i, to);
        }
    }
    return status;
}

enum scn_status scn_lint_text(const struct scn_lint_text *text,
                              const struct scn_vec *records)
{
    const struct scn_record *list = records->items;
    const struct scn_record **sorted =
        calloc(records->count + 1, sizeof(const struct scn_record *));
    const struct sorted s = { text, sorted, records->count };

    if (sorted == NULL) {
        return SCN_ENOMEM;
    }
    for (size_t i = 0; i < records->count; i++) {
        sorted[i] = &list[i];
    }
    qsort(sorted, records->count, sizeof(const struct scn_record *), by_owner);
    const enum scn_status status = check_all(&s);
    free(sorted);
    return status;
}

static const struct scn_zone *zone_at(const void *ctx, const uint8_t *name)
{
    const struct scn_draft *draft = scn_build_deepest(ctx, name);

    return draft != NULL ? &draft->zone : NULL;
}

enum scn_status scn_lint_records(struct scn_build *build,
                                 const struct scn_draft *draft)
{
    const struct scn_yaml *node = draft->spec->records;
    const struct scn_lint_text text = {
        .scope = &build->scope,
        .column = node != NULL ? node->text_at.column : 0,
        .zone = &draft->zone,
        .zone_at = zone_at,
        .ctx = build,
    };

    return scn_lint_text(&text, &draft->records);
}

enum scn_status scn_lint_published(struct scn_build *build,
                                   const struct scn_yaml *node,
                                   const struct scn_vec *records)
{
    const struct scn_lint_text text = {
        .scope = &build->scope,
        .column = node->text_at.column,
        .zone_at = zone_at,
        .ctx = build,
    };

    return scn_lint_text(&text, records);
}
