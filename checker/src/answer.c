/* SPDX-License-Identifier: BSD-2-Clause */
#include "answer.h"

#include "deviation.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>

enum { CLASS_IN = 1 };

/* What one walk over the answer section finds at one owner. */
struct stop {
    size_t records; /* of the type asked for */
    bool alias;
    struct caa_name target;
    bool dname; /* any DNAME in the section */
};

/* Collects into answer->records when that is allocated, else only counts. */
static enum caa_status take_record(struct caa_message *message,
                                   const struct caa_record *record,
                                   uint16_t type, struct caa_answer *answer,
                                   struct stop *stop)
{
    if (record->class_in != CLASS_IN) {
        return CAA_OK;
    }
    if (record->type == CAA_TYPE_DNAME) {
        stop->dname = true;
    }
    if (!caa_name_equal(&record->owner, &answer->owner)) {
        return CAA_OK;
    }
    if (record->type == type) {
        if (answer->records != NULL) {
            struct caa_rdata *rdata = &answer->records[stop->records];
            rdata->data = record->rdata.data;
            rdata->length = record->rdata.length;
        }
        stop->records++;
    } else if (record->type == CAA_TYPE_CNAME) {
        stop->alias = true;
        return caa_record_name(message, record, &stop->target);
    }
    return CAA_OK;
}

static enum caa_status walk(struct caa_answer *answer, uint16_t type,
                            struct stop *stop_out)
{
    struct stop stop = { .records = 0 };
    struct caa_message message;
    struct caa_record record;
    enum caa_status st =
        caa_message_open(answer->packet, answer->packet_length, &message);

    while (st == CAA_OK) {
        st = caa_message_next(&message, &record);
        bool over = CAA_DEVIATES(A27) ? record.section == CAA_SECTION_END
                                      : record.section != CAA_SECTION_ANSWER;
        if (st != CAA_OK || over) {
            break;
        }
        st = take_record(&message, &record, type, answer, &stop);
    }
    if (st == CAA_OK) {
        *stop_out = stop;
    }
    return st;
}

/* The authority section must be readable too: denials rest on it. */
static enum caa_status check_whole(struct caa_answer *answer)
{
    struct caa_message message;
    struct caa_record record = { .section = CAA_SECTION_ANSWER };
    enum caa_status st =
        caa_message_open(answer->packet, answer->packet_length, &message);

    if (st == CAA_OK && ((message.truncated && !CAA_DEVIATES(B14)) ||
                         (!message.response && !CAA_DEVIATES(G19)))) {
        return CAA_EFORMAT;
    }
    if (st == CAA_OK) {
        answer->rcode = message.rcode;
    }
    while (st == CAA_OK && record.section != CAA_SECTION_END) {
        st = caa_message_next(&message, &record);
    }
    return st;
}

static enum caa_status add_alias(struct caa_answer *answer,
                                 const struct caa_name *target)
{
    if (answer->alias_count == CAA_ALIAS_MAX) {
        return CAA_EFORMAT;
    }
    struct caa_name *aliases =
        realloc(answer->aliases, (answer->alias_count + 1) * sizeof(*aliases));
    if (aliases == NULL) {
        return CAA_ENOMEM;
    }
    aliases[answer->alias_count++] = *target;
    answer->aliases = aliases;
    answer->owner = *target;
    return CAA_OK;
}

/* Moves answer->owner along the aliases; stop_out is what is at their end. */
static enum caa_status follow_aliases(struct caa_answer *answer, uint16_t type,
                                      struct stop *stop_out)
{
    struct stop stop = { .records = 0 };
    enum caa_status st = walk(answer, type, &stop);

    while (st == CAA_OK && stop.records == 0 && stop.alias) {
        struct caa_name target = stop.target;
        st = add_alias(answer, &target);
        if (st == CAA_OK) {
            st = walk(answer, type, &stop);
        }
    }
    if (st == CAA_OK) {
        answer->dname = stop.dname;
        *stop_out = stop;
    }
    return st;
}

/* Servers rotate the records of a set; what is told should not change. */
static int compare_rdata(const void *left, const void *right)
{
    const struct caa_rdata *a = left;
    const struct caa_rdata *b = right;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = shorter > 0 ? memcmp(a->data, b->data, shorter) : 0;

    if (order != 0 || a->length == b->length) {
        return order;
    }
    return a->length < b->length ? -1 : 1;
}

enum caa_status caa_answer_read(const uint8_t *packet, size_t length,
                                const struct caa_name *question, uint16_t type,
                                struct caa_answer *answer_out)
{
    struct caa_answer answer = { .owner = *question };
    struct stop stop = { .records = 0 };
    enum caa_status st = CAA_ENOMEM;

    answer.packet = malloc(length > 0 ? length : 1);
    if (answer.packet == NULL) {
        goto out;
    }
    if (length > 0) {
        memcpy(answer.packet, packet, length);
    }
    answer.packet_length = length;
    st = check_whole(&answer);
    if (st == CAA_OK) {
        st = follow_aliases(&answer, type, &stop);
    }
    if (st != CAA_OK) {
        goto out;
    }
    if (stop.records > 0) {
        answer.record_count = stop.records;
        answer.records = calloc(stop.records, sizeof(*answer.records));
        st = answer.records != NULL ? walk(&answer, type, &stop) : CAA_ENOMEM;
        if (st == CAA_OK) {
            qsort(answer.records, stop.records, sizeof(*answer.records),
                  compare_rdata);
        }
    }
    if (st == CAA_OK) {
        *answer_out = answer;
        memset(&answer, 0, sizeof(answer));
    }
out:
    caa_answer_fini(&answer);
    return st;
}

enum caa_status caa_answer_name(const struct caa_answer *answer, size_t index,
                                struct caa_name *name_out)
{
    const struct caa_rdata *rdata = &answer->records[index];
    struct caa_cursor cursor =
        caa_cursor_init(answer->packet, answer->packet_length);
    struct caa_name name;

    cursor.at = (size_t)(rdata->data - answer->packet);
    size_t end = cursor.at + rdata->length;
    if (caa_cursor_name(&cursor, &name) != CAA_OK || cursor.at > end) {
        return CAA_EFORMAT;
    }
    *name_out = name;
    return CAA_OK;
}

enum caa_status caa_answer_target(const struct caa_answer *answer,
                                  struct caa_name *target_out)
{
    if (answer->outcome != CAA_OUTCOME_ANSWERED || answer->record_count == 0) {
        return CAA_EFORMAT;
    }
    return caa_answer_name(answer, 0, target_out);
}

void caa_answer_fini(struct caa_answer *answer)
{
    if (answer == NULL) {
        return;
    }
    free(answer->aliases);
    free(answer->records);
    free(answer->packet);
    memset(answer, 0, sizeof(*answer));
}
