/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fake_lookup.h - a DNS of a few lines. What is not in the table is NOERROR
 * without data; the first question for every name is answered late, so that
 * every test also proves that a check can wait.
 */
#pragma once

#include "testing.h"

#include <caacheck/lookup.h>

#include <stdlib.h>
#include <string.h>

enum {
    FAKE_LIST_MAX = 12,
    FAKE_ANSWERS_MAX = 600,
    FAKE_RDATA_MAX = 128,
    FAKE_PACKET_MAX = 512
};

struct fake_line {
    const char *name;
    const char *aliases[FAKE_LIST_MAX]; /* targets, in order */
    const char *caa[FAKE_LIST_MAX];     /* "flags tag value" */
    enum caa_outcome outcome;
    unsigned rcode;
    unsigned attempts; /* 0: one */
    bool secure;
    bool bogus;
    bool dname;               /* the answer for CAA passed one */
    const char *dname_target; /* a name as RDATA: for DNAME, NS, CNAME */
    const char *octets;       /* RDATA as it stands, octet_count long */
    size_t octet_count;
    const uint8_t *packet; /* the message, for denials */
    size_t packet_length;
    uint16_t type; /* 0: CAA */
};

struct fake_answer {
    struct caa_name name;
    uint16_t type;
    bool arrived;
    struct caa_answer answer;
    struct caa_name aliases[FAKE_LIST_MAX];
    struct caa_rdata records[FAKE_LIST_MAX];
    uint8_t octets[FAKE_LIST_MAX][FAKE_RDATA_MAX];
    uint8_t packet[FAKE_PACKET_MAX];
};

struct fake_lookup {
    const struct fake_line *lines; /* borrowed; ends with a NULL name */
    struct fake_answer *answers;   /* owned */
    size_t count;
    const struct caa_diagnosis *diagnosis; /* borrowed; NULL: none */
    size_t asked;
    struct caa_lookup lookup;
};

static inline struct caa_name fake_name(const char *text)
{
    struct caa_name name;

    assert_int_equal(caa_name_from_text(text, &name), CAA_OK);
    return name;
}

/* "flags tag value" to RDATA. */
static inline size_t fake_rdata(const char *text, uint8_t rdata[FAKE_RDATA_MAX])
{
    char *tag = NULL;
    unsigned long flags = strtoul(text, &tag, 10);
    tag++;
    size_t tag_length = strcspn(tag, " ");
    const char *value = tag[tag_length] == ' ' ? tag + tag_length + 1 : "";
    size_t value_length = strlen(value);

    assert_true(2 + tag_length + value_length <= FAKE_RDATA_MAX);
    rdata[0] = (uint8_t)flags;
    rdata[1] = (uint8_t)tag_length;
    memcpy(rdata + 2, tag, tag_length);
    for (size_t i = 0; i < value_length; i++) {
        rdata[2 + tag_length + i] = (uint8_t)value[i];
    }
    return 2 + tag_length + value_length;
}

static inline void fake_add(struct fake_answer *made, size_t index,
                            size_t length)
{
    made->records[index].data = made->octets[index];
    made->records[index].length = length;
    made->answer.records = made->records;
    made->answer.record_count = index + 1;
}

static inline void fake_fill_caa(struct fake_answer *made,
                                 const struct fake_line *line)
{
    for (size_t i = 0; i < FAKE_LIST_MAX && line->aliases[i] != NULL; i++) {
        made->aliases[i] = fake_name(line->aliases[i]);
        made->answer.aliases = made->aliases;
        made->answer.alias_count = i + 1;
        made->answer.owner = made->aliases[i];
    }
    for (size_t i = 0; i < FAKE_LIST_MAX && line->caa[i] != NULL; i++) {
        fake_add(made, i, fake_rdata(line->caa[i], made->octets[i]));
    }
}

static inline void fake_fill(struct fake_answer *made,
                             const struct fake_line *line)
{
    struct caa_answer *answer = &made->answer;

    answer->outcome = line->outcome;
    answer->rcode = line->rcode;
    answer->dname = line->dname;
    answer->attempts = line->attempts > 0 ? line->attempts : 1;
    answer->security = line->bogus    ? CAA_BOGUS
                       : line->secure ? CAA_SECURE
                                      : CAA_INSECURE;
    if (line->dname_target != NULL) {
        struct caa_name target = fake_name(line->dname_target);
        memcpy(made->octets[0], target.wire, target.length);
        fake_add(made, 0, target.length);
        answer->packet = made->octets[0];
        answer->packet_length = target.length;
    } else if (line->octets != NULL) {
        memcpy(made->octets[0], line->octets, line->octet_count);
        fake_add(made, 0, line->octet_count);
    } else {
        fake_fill_caa(made, line);
    }
    if (line->packet != NULL) {
        assert_true(line->packet_length <= FAKE_PACKET_MAX);
        memcpy(made->packet, line->packet, line->packet_length);
        answer->packet = made->packet;
        answer->packet_length = line->packet_length;
    }
}

static inline const struct caa_answer *fake_ask(void *context,
                                                const struct caa_name *name,
                                                uint16_t type)
{
    struct fake_lookup *fake = context;

    for (size_t i = 0; i < fake->count; i++) {
        struct fake_answer *known = &fake->answers[i];
        if (known->type == type && caa_name_equal(&known->name, name)) {
            known->arrived = true;
            return &known->answer;
        }
    }
    assert_true(fake->count < FAKE_ANSWERS_MAX);
    struct fake_answer *made = &fake->answers[fake->count++];
    fake->asked += type == CAA_TYPE_CAA;
    made->name = *name;
    made->type = type;
    made->answer.owner = *name;
    made->answer.attempts = 1;
    if (type == CAA_TYPE_DNSKEY) { /* the root's, unless a line says more */
        made->answer.security = CAA_SECURE;
    }
    for (const struct fake_line *line = fake->lines; line->name != NULL;
         line++) {
        struct caa_name owner = fake_name(line->name);
        uint16_t owner_type = line->type > 0 ? line->type : CAA_TYPE_CAA;
        if (owner_type == type && caa_name_equal(&owner, name)) {
            fake_fill(made, line);
        }
    }
    return NULL;
}

static inline const struct caa_diagnosis *fake_diagnose(
    void *context, const struct caa_name *name)
{
    struct fake_lookup *fake = context;

    (void)name;
    return fake->diagnosis;
}

static inline void fake_init(struct fake_lookup *fake,
                             const struct fake_line *lines)
{
    memset(fake, 0, sizeof(*fake));
    fake->lines = lines;
    fake->answers = calloc(FAKE_ANSWERS_MAX, sizeof(*fake->answers));
    assert_non_null(fake->answers);
    fake->lookup.context = fake;
    fake->lookup.ask = fake_ask;
    fake->lookup.diagnose = fake_diagnose;
}

static inline void fake_fini(struct fake_lookup *fake)
{
    free(fake->answers);
}
