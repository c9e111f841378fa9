/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * spec.h - a scenario file as written: every key read and checked for its kind,
 * names and zone text not yet resolved, because they depend on the instance.
 *
 * Filled by keys.c's tables through spec_read.c. Every struct begins with the
 * mapping it came from, for messages. Choices, numbers, dates, types and sets
 * of words are `long`; texts and lists of texts are the tree's own nodes.
 */
#pragma once

#include "yaml.h"

/* A list of mappings. */
struct scn_spec_list {
    const void *items;
    size_t count;
};

struct scn_spec_filter {
    const struct scn_yaml *node;
    const struct scn_yaml *server;
    const struct scn_yaml *name;
    const struct scn_yaml *under;
    long type;
    long transport;
    long edns;
    long dnssec_ok;
    long name_case;
    const struct scn_yaml *perspective;
    long at;       /* predicates only */
    long at_least; /* asked only */
};

struct scn_spec_predicate {
    const struct scn_yaml *node;
    long kind; /* enum scn_predicate_kind */
    const struct scn_spec_filter *filter;
    const struct scn_yaml *zone;
};

struct scn_spec_row {
    const struct scn_yaml *node;
    long verdict;
    const struct scn_yaml *because;
    long reason;
    const struct scn_yaml *found_at;
    const struct scn_yaml *refused_names;
    struct scn_spec_list evidence;
    long profiles;
    long from;
    long until;
    struct scn_spec_list conditions;
};

struct scn_spec_apply {
    const struct scn_yaml *node;
    const struct scn_yaml *rule;
    const struct scn_yaml *zone;
};

struct scn_spec_source {
    const struct scn_yaml *node;
    const struct scn_yaml *text;
    const struct scn_yaml *section;
    const struct scn_yaml *url;
};

struct scn_spec_check {
    const struct scn_yaml *node;
    const struct scn_yaml *id;
    const struct scn_yaml *names;
    const struct scn_yaml *caa;
    long kind;
    const struct scn_yaml *issuer;
    const struct scn_yaml *account;
    const struct scn_yaml *method;
    long features;
    const struct scn_yaml *requirements;
    struct scn_spec_list sources;
    struct scn_spec_row row;
    struct scn_spec_list apply;
    struct scn_spec_list except;
};

struct scn_spec_ds {
    const struct scn_yaml *node;
    long algorithm;
    long digest_type;
    long key_tag;
    long digest_wrong;
};

struct scn_spec_delegation {
    const struct scn_yaml *node;
    long ns_absent;
    struct scn_spec_list ds;
};

struct scn_spec_damage {
    const struct scn_yaml *node;
    long what;
    const struct scn_yaml *name;
    const struct scn_yaml *under;
    long type;
    long bit;
};

struct scn_spec_do {
    const struct scn_yaml *node;
    long drop;
    const struct scn_yaml *answer;
    long alias;
    long strip;
    long rrsets;
    const struct scn_yaml *authority;
    const struct scn_yaml *additional;
    long spoil_signatures;
    long rcode;
    long echo;
    long owners_upper;
    long opt;
    long set;
    long clear;
    long udp_limit;
    const struct scn_yaml *decoy;
    long decoy_wrong;
    long wire;
    long copies;
    long delay_ms;
    long jitter_ms;
    long tcp;
};

struct scn_spec_fault {
    const struct scn_yaml *node;
    const struct scn_yaml *id;
    long enabled;
    const struct scn_spec_filter *when;
    long after;
    long first;
    long every;
    long window_ms;
    long count_by;
    const struct scn_spec_do *action;
};

struct scn_spec_zone {
    const struct scn_yaml *node;
    const struct scn_yaml *name;
    const struct scn_yaml *servers;
    const struct scn_yaml *records;
    long dnssec;
    long breaks; /* enum scn_breaks bits */
    const struct scn_yaml *algorithms;
    long keys;
    long rollover;
    long denial;
    long nsec3_iterations;
    const struct scn_yaml *nsec3_salt;
    const struct scn_spec_delegation *delegation;
    struct scn_spec_list damage;
    struct scn_spec_list faults;
};

struct scn_spec_server {
    const struct scn_yaml *node;
    const struct scn_yaml *name;
    long family;
};

struct scn_spec_query {
    const struct scn_yaml *node;
    const struct scn_yaml *name;
    long type;
};

struct scn_spec_step {
    const struct scn_yaml *node;
    long kind; /* enum scn_step_kind */
    const struct scn_spec_query *query;
    const struct scn_spec_check *check;
    const struct scn_yaml *list; /* enable, disable, withdraw */
    const struct scn_yaml *publish;
    long number; /* wait-ms, advance-s; forget */
};

struct scn_spec_resolver {
    const struct scn_yaml *node;
    long qname_minimisation;
    long case_randomisation;
    long trust_anchor;
    const struct scn_yaml *negative_trust_anchors;
};

struct scn_spec_scenario {
    const struct scn_yaml *node;
    const struct scn_yaml *title;
    const struct scn_yaml *story;
    const struct scn_yaml *notes;
    struct scn_spec_list sources;
    const struct scn_yaml *catches;
    const struct scn_yaml *requirements;
    long features;
    const struct scn_yaml *twin;
    long universe;
    long top_level;
    const struct scn_spec_resolver *resolver;
    long remotes;
    struct scn_spec_list servers;
    struct scn_spec_list zones;
    struct scn_spec_list checks;
    struct scn_spec_list steps;
};

struct scn_spec_chapter {
    const struct scn_yaml *node;
    const struct scn_yaml *id;
    const struct scn_yaml *title;
};

struct scn_spec_requirement {
    const struct scn_yaml *node;
    const struct scn_yaml *id;
    const struct scn_yaml *text;
    const struct scn_yaml *section;
    const struct scn_yaml *says;
    long strength;
    long profiles;
    long from;
    long until;
};

struct scn_spec_requirements {
    const struct scn_yaml *node;
    struct scn_spec_list chapters;
    struct scn_spec_list requirements;
};
