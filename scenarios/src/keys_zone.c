/* SPDX-License-Identifier: BSD-2-Clause */
/* keys_zone.c - the keys of zones, servers, damage and faults. */
#include "keys_filter.h"
#include "keys_row.h"

#include <scenario/model.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct scn_key when_keys_list[] = {
    SCN_FILTER_KEYS(SCN_TYPE_ANY),
};
static const struct scn_key_table when_keys = {
    "`when`",       "filter",
    SCN_SOME_KEYS,  sizeof(struct scn_spec_filter),
    when_keys_list, COUNT(when_keys_list)
};

static const struct scn_key do_keys_list[] = {
    { .name = "drop",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_do, drop),
      .words = scn_words_drop,
      .help = "no reply at all" },
    { .name = "answer",
      .kind = SCN_KEY_ZONE_TEXT,
      .offset = offsetof(struct scn_spec_do, answer),
      .may_be_empty = true,
      .help = "records in place of the answer section; '' for none" },
    { .name = "strip",
      .kind = SCN_KEY_WORDS,
      .offset = offsetof(struct scn_spec_do, strip),
      .words = scn_words_strip,
      .help = "what is taken out of the reply" },
    { .name = "rcode",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_do, rcode),
      .words = scn_words_rcode,
      .missing = -1,
      .help = "response code in place of the right one" },
    { .name = "set",
      .kind = SCN_KEY_WORDS,
      .offset = offsetof(struct scn_spec_do, set),
      .words = scn_words_flag,
      .help = "header flags that are set" },
    { .name = "clear",
      .kind = SCN_KEY_WORDS,
      .offset = offsetof(struct scn_spec_do, clear),
      .words = scn_words_flag,
      .help = "header flags that are cleared" },
    { .name = "decoy",
      .kind = SCN_KEY_ZONE_TEXT,
      .offset = offsetof(struct scn_spec_do, decoy),
      .help = "records of a forged reply that is sent first" },
    { .name = "decoy-wrong",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_do, decoy_wrong),
      .words = scn_words_decoy,
      .missing = -1,
      .help = "what gives the forged reply away" },
    { .name = "delay-ms",
      .kind = SCN_KEY_NUMBER,
      .offset = offsetof(struct scn_spec_do, delay_ms),
      .min = 1,
      .max = 600000,
      .help = "the reply is sent this much later" },
    { .name = "tcp",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_do, tcp),
      .words = scn_words_tcp,
      .help = "how a TCP connection goes wrong" },
};
static const struct scn_key_table do_keys = {
    "`do`",        "do",
    SCN_SOME_KEYS, sizeof(struct scn_spec_do),
    do_keys_list,  COUNT(do_keys_list)
};

static const struct scn_key fault_keys_list[] = {
    { .name = "id",
      .kind = SCN_KEY_ID,
      .offset = offsetof(struct scn_spec_fault, id),
      .help = "for steps that enable or disable it" },
    { .name = "state",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_fault, enabled),
      .words = scn_words_state,
      .missing = true,
      .help = "at the start; enabled if not said" },
    { .name = "when",
      .kind = SCN_KEY_MAP,
      .offset = offsetof(struct scn_spec_fault, when),
      .table = &when_keys,
      .help = "queries it acts on; all if not said" },
    { .name = "after",
      .kind = SCN_KEY_NUMBER,
      .offset = offsetof(struct scn_spec_fault, after),
      .min = 1,
      .max = 1000000,
      .help = "so many matching queries are spared first" },
    { .name = "first",
      .kind = SCN_KEY_NUMBER,
      .offset = offsetof(struct scn_spec_fault, first),
      .min = 1,
      .max = 1000000,
      .help = "only so many queries are hit" },
    { .name = "every",
      .kind = SCN_KEY_NUMBER,
      .offset = offsetof(struct scn_spec_fault, every),
      .min = 1,
      .max = 1000000,
      .help = "of the matching queries each n-th" },
    { .name = "count-by",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_fault, count_by),
      .words = scn_words_count_by,
      .help = "what has a counter of its own" },
    { .name = "do",
      .kind = SCN_KEY_MAP,
      .offset = offsetof(struct scn_spec_fault, action),
      .table = &do_keys,
      .required = true,
      .help = "what happens to the query or its reply" },
};
static const struct scn_key_table fault_keys = {
    "a fault",       "fault",
    SCN_SOME_KEYS,   sizeof(struct scn_spec_fault),
    fault_keys_list, COUNT(fault_keys_list)
};

static const struct scn_key damage_keys_list[] = {
    { .name = "what",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_damage, what),
      .words = scn_words_damage,
      .required = true,
      .help = "what is wrong with the signed data" },
    { .name = "name",
      .kind = SCN_KEY_NAME,
      .offset = offsetof(struct scn_spec_damage, name),
      .help = "owner of the RRsets; with type denial the denied name" },
    { .name = "under",
      .kind = SCN_KEY_NAME,
      .offset = offsetof(struct scn_spec_damage, under),
      .help = "owners at and below this name" },
    { .name = "type",
      .kind = SCN_KEY_TYPE,
      .offset = offsetof(struct scn_spec_damage, type),
      .words = scn_words_damage_type,
      .missing = SCN_TYPE_ANY,
      .help = "RR type; denial stands for NSEC or NSEC3" },
};
static const struct scn_key_table damage_keys = {
    "an entry of `damage`",         "damage",         SCN_SOME_KEYS,
    sizeof(struct scn_spec_damage), damage_keys_list, COUNT(damage_keys_list)
};

static const struct scn_key ds_keys_list[] = {
    { .name = "algorithm",
      .kind = SCN_KEY_NUMBER,
      .offset = offsetof(struct scn_spec_ds, algorithm),
      .max = 255,
      .missing = -1,
      .help = "the key's own if not said" },
    { .name = "digest-type",
      .kind = SCN_KEY_NUMBER,
      .offset = offsetof(struct scn_spec_ds, digest_type),
      .max = 255,
      .missing = -1,
      .help = "2 (SHA-256) if not said" },
    { .name = "key-tag",
      .kind = SCN_KEY_NUMBER,
      .offset = offsetof(struct scn_spec_ds, key_tag),
      .max = 65535,
      .missing = -1,
      .help = "the key's own if not said" },
    { .name = "digest",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_ds, digest_wrong),
      .words = scn_words_digest,
      .help = "right if not said" },
};
static const struct scn_key_table ds_keys = {
    "an entry of `ds`",         "ds",         SCN_SOME_KEYS,
    sizeof(struct scn_spec_ds), ds_keys_list, COUNT(ds_keys_list)
};

static const struct scn_key delegation_keys_list[] = {
    { .name = "ns",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_delegation, ns_absent),
      .words = scn_words_ns,
      .help = "whether the parent delegates at all" },
    { .name = "ds",
      .kind = SCN_KEY_MAPS,
      .offset = offsetof(struct scn_spec_delegation, ds),
      .table = &ds_keys,
      .help = "the DS set at the parent" },
};
static const struct scn_key_table delegation_keys = {
    "`delegation`",       "delegation",
    SCN_SOME_KEYS,        sizeof(struct scn_spec_delegation),
    delegation_keys_list, COUNT(delegation_keys_list)
};

static const struct scn_key scn_keys_zone_list[] = {
    { .name = "name",
      .kind = SCN_KEY_NAME,
      .offset = offsetof(struct scn_spec_zone, name),
      .help = "the apex if not said" },
    { .name = "servers",
      .kind = SCN_KEY_IDS,
      .offset = offsetof(struct scn_spec_zone, servers),
      .help = "labels of its servers; one of its own if not said" },
    { .name = "records",
      .kind = SCN_KEY_ZONE_TEXT,
      .offset = offsetof(struct scn_spec_zone, records),
      .help = "master format (RFC 1035 section 5)" },
    { .name = "dnssec",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_zone, dnssec),
      .words = scn_words_dnssec,
      .help = "signed if not said; must be said where there are faults" },
    { .name = "algorithms",
      .kind = SCN_KEY_NUMBERS,
      .offset = offsetof(struct scn_spec_zone, algorithms),
      .min = 1,
      .max = 255,
      .help = "DNSSEC algorithm numbers; the run's if not said" },
    { .name = "keys",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_zone, keys),
      .words = scn_words_keys,
      .help = "one key, or one for keys and one for zone data" },
    { .name = "denial",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_zone, denial),
      .words = scn_words_denial,
      .help = "how absence is proved" },
    { .name = "nsec3-iterations",
      .kind = SCN_KEY_NUMBER,
      .offset = offsetof(struct scn_spec_zone, nsec3_iterations),
      .max = 65535,
      .help = "0 if not said" },
    { .name = "nsec3-salt",
      .kind = SCN_KEY_HEX,
      .offset = offsetof(struct scn_spec_zone, nsec3_salt),
      .help = "hexadecimal, at most 255 octets; none if not said" },
    { .name = "delegation",
      .kind = SCN_KEY_MAP,
      .offset = offsetof(struct scn_spec_zone, delegation),
      .table = &delegation_keys,
      .help = "what the parent says of this zone" },
    { .name = "damage",
      .kind = SCN_KEY_MAPS,
      .offset = offsetof(struct scn_spec_zone, damage),
      .table = &damage_keys,
      .help = "what every server of the zone says wrong" },
    { .name = "faults",
      .kind = SCN_KEY_MAPS,
      .offset = offsetof(struct scn_spec_zone, faults),
      .table = &fault_keys,
      .help = "what a server or a path does wrong; the first that hits acts" },
};
const struct scn_key_table scn_keys_zone = {
    "a zone",           "zone",
    SCN_SOME_KEYS,      sizeof(struct scn_spec_zone),
    scn_keys_zone_list, COUNT(scn_keys_zone_list)
};

static const struct scn_key scn_keys_server_list[] = {
    { .name = "name",
      .kind = SCN_KEY_ID,
      .offset = offsetof(struct scn_spec_server, name),
      .required = true,
      .help = "the label that zones use" },
    { .name = "family",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_server, family),
      .words = scn_words_family,
      .help = "addresses it has; both if not said" },
};
const struct scn_key_table scn_keys_server = {
    "a server",           "server",
    SCN_SOME_KEYS,        sizeof(struct scn_spec_server),
    scn_keys_server_list, COUNT(scn_keys_server_list)
};

static const struct scn_key scn_keys_resolver_list[] = {
    { .name = "qname-minimisation",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_resolver, qname_minimisation),
      .words = scn_words_qmin,
      .help = "RFC 9156; relaxed if not said" },
    { .name = "case-randomisation",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_resolver, case_randomisation),
      .words = scn_words_case_randomisation,
      .help = "0x20; disabled if not said" },
    { .name = "trust-anchor",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_resolver, trust_anchor),
      .words = scn_words_anchor,
      .help = "right if not said" },
    { .name = "negative-trust-anchors",
      .kind = SCN_KEY_NAMES,
      .offset = offsetof(struct scn_spec_resolver, negative_trust_anchors),
      .help = "names below which nothing is validated (RFC 7646)" },
};
const struct scn_key_table scn_keys_resolver = {
    "`resolver`",           "resolver",
    SCN_SOME_KEYS,          sizeof(struct scn_spec_resolver),
    scn_keys_resolver_list, COUNT(scn_keys_resolver_list)
};
