/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keys.h - the keys of the format, one table per kind of mapping.
 *
 * The loader, its messages ("did you mean") and the JSON Schema all read these
 * tables: a new key is one line in keys.c and one field in spec.h.
 */
#pragma once

#include "spec.h"
#include "words.h"

/* What a value is, and the field it fills. */
enum scn_key_kind {
    SCN_KEY_LINE,         /* one line of text: node */
    SCN_KEY_PROSE,        /* text: node */
    SCN_KEY_ID,           /* an id: node */
    SCN_KEY_DEVIATION,    /* a deviation's id: node */
    SCN_KEY_REQUIREMENT,  /* R101: node */
    SCN_KEY_ADDRESS,      /* ID or ID/CHECK: node */
    SCN_KEY_NAME,         /* a domain name: node */
    SCN_KEY_HEX,          /* octets: node */
    SCN_KEY_ZONE_TEXT,    /* master format: node */
    SCN_KEY_NUMBER,       /* min to max: long */
    SCN_KEY_DATE,         /* yyyy-mm-dd: long */
    SCN_KEY_WORD,         /* one of words: long */
    SCN_KEY_WORDS,        /* a list of words: long, their values or-ed */
    SCN_KEY_PROFILES,     /* a list of words: long, 1 << value or-ed */
    SCN_KEY_TYPE,         /* RR type or one of words: long */
    SCN_KEY_IDS,          /* a list of ids: node */
    SCN_KEY_DEVIATIONS,   /* a list: node */
    SCN_KEY_REQUIREMENTS, /* a list: node */
    SCN_KEY_LINES,        /* a list of lines: node */
    SCN_KEY_NAMES,        /* a list of names or addresses: node */
    SCN_KEY_NUMBERS,      /* a list of numbers: node */
    SCN_KEY_RDATA_LIST,   /* a list of CAA RDATA: node */
    SCN_KEY_RRSET_LIST,   /* a list of 'name TYPE': node */
    SCN_KEY_MAP,          /* a mapping: pointer to its struct */
    SCN_KEY_MAPS          /* a list of mappings: struct scn_spec_list */
};

struct scn_key_table;

struct scn_key {
    const char *name;
    size_t offset; /* of the field in the table's struct */
    long missing;  /* value of a `long` when the key is not there */
    long min;
    long max;
    long choice; /* in a table of one key: stored as second field */
    const struct scn_word *words;
    const struct scn_key_table *table;
    const char *help; /* one line */
    enum scn_key_kind kind;
    bool required;
    bool may_be_empty; /* answer: '' */
};

enum scn_key_shape {
    SCN_SOME_KEYS, /* at least one */
    SCN_ANY_KEYS,  /* `{}` is allowed */
    SCN_ONE_KEY    /* exactly one; its `choice` is stored in the struct */
};

struct scn_key_table {
    const char *what; /* in messages: "a zone" */
    const char *id;   /* in the schema: "zone" */
    enum scn_key_shape shape;
    size_t size; /* of the struct */
    const struct scn_key *keys;
    size_t count;
};

extern const struct scn_key_table scn_keys_scenario;
extern const struct scn_key_table scn_keys_rule_row;
extern const struct scn_key_table scn_keys_requirements;

/* For scn_nearest(): key i of a table. */
const char *scn_key_at(const void *table, size_t i);
