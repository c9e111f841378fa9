/* SPDX-License-Identifier: BSD-2-Clause */
/* journal_line.c - one JSON object per exchange. */
#include "journal_line.h"

#include <scenario/name.h>

#include <stdio.h>
#include <stdlib.h>

static const char *type_name(uint16_t type, char *buf, size_t cap)
{
    static const struct {
        uint16_t type;
        const char *name;
    } names[] = { { 1, "A" },           { 2, "NS" },      { 5, "CNAME" },
                  { 6, "SOA" },         { 12, "PTR" },    { 15, "MX" },
                  { 16, "TXT" },        { 28, "AAAA" },   { 33, "SRV" },
                  { 39, "DNAME" },      { 43, "DS" },     { 46, "RRSIG" },
                  { 47, "NSEC" },       { 48, "DNSKEY" }, { 50, "NSEC3" },
                  { 51, "NSEC3PARAM" }, { 255, "ANY" },   { 257, "CAA" } };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].type == type) {
            return names[i].name;
        }
    }
    (void)snprintf(buf, cap, "TYPE%u", type); /* RFC 3597 section 5 */
    return buf;
}

static json_t *name_json(const uint8_t *name)
{
    char text[SCN_NAME_TEXT_MAX];

    if (name == NULL) {
        return json_null();
    }
    scn_name_to_text(name, text);
    return json_string(text);
}

static json_t *names_json(const uint8_t *const *names, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        (void)json_array_append_new(list, name_json(names[i]));
    }
    return list;
}

static json_t *address_json(const struct sim_address *address)
{
    char text[SIM_ADDRESS_TEXT_MAX];
    char whole[SIM_ADDRESS_TEXT_MAX + 8];

    sim_address_text(address, text);
    (void)snprintf(whole, sizeof(whole), "%s@%u", text, address->port);
    return json_string(whole);
}

/* What was said, when anything was. */
static void put_reply(json_t *line, const struct sim_exchange *x)
{
    (void)json_object_set_new(line, "replied", json_boolean(x->replied));
    if (!x->replied) {
        return;
    }
    (void)json_object_set_new(line, "replied-ns", json_integer(x->replied_ns));
    (void)json_object_set_new(line, "rcode", json_integer(x->rcode));
    (void)json_object_set_new(line, "flags", json_integer(x->flags));
    (void)json_object_set_new(line, "size", json_integer(x->size));
    (void)json_object_set_new(line, "answers", json_integer(x->answer_count));
    (void)json_object_set_new(line, "usable", json_boolean(x->usable));
}

json_t *journal_fault_json(const struct scn_fault *fault)
{
    char text[SIM_FAULT_TEXT_MAX];

    sim_fault_text(fault, text);
    return json_string(text);
}

/* Which faults nearly acted, and what they lacked. */
static void put_near_misses(json_t *line, const struct sim_exchange *x)
{
    json_t *list = json_array();

    for (size_t i = 0; i < x->near_miss_count; i++) {
        const struct sim_near_miss *miss = &x->near_misses[i];
        json_t *item = json_pack("{s:o, s:i, s:s}", "fault",
                                 journal_fault_json(miss->fault), "line",
                                 (int)miss->fault->line, "key", miss->key);
        if (miss->match_number > 0) {
            (void)json_object_set_new(item, "match",
                                      json_integer(miss->match_number));
        }
        (void)json_array_append_new(list, item);
    }
    (void)json_object_set_new(line, "near-misses", list);
}

json_t *journal_line_json(const struct journal_entry *entry)
{
    const struct sim_exchange *x = entry->x;
    char type[16];
    json_t *line =
        json_pack("{s:I, s:s, s:I, s:s?, s:o, s:o, s:s, s:i, s:s}", "number",
                  (json_int_t)x->number, "instance", entry->key, "received-ns",
                  (json_int_t)x->received_ns, "server", x->server, "zone",
                  name_json(x->zone), "name", name_json(x->name), "type",
                  type_name(x->type, type, sizeof(type)), "class", x->class,
                  "transport", x->transport == SCN_TCP ? "tcp" : "udp");

    (void)json_object_set_new(line, "client", address_json(&x->client));
    (void)json_object_set_new(line, "local", address_json(&x->local));
    (void)json_object_set_new(line, "perspective", json_string(x->perspective));
    (void)json_object_set_new(line, "edns", json_boolean(x->edns));
    (void)json_object_set_new(line, "dnssec-ok", json_boolean(x->dnssec_ok));
    if (x->fault != NULL) {
        (void)json_object_set_new(line, "fault", json_string(x->fault));
        (void)json_object_set_new(line, "match", json_integer(x->match_number));
    }
    if (x->near_miss_count > 0) {
        put_near_misses(line, x);
    }
    put_reply(line, x);
    if (x->alias_count > 0) {
        (void)json_object_set_new(line, "aliases",
                                  names_json(x->aliases, x->alias_count));
    }
    if (x->no_ds_count > 0) {
        (void)json_object_set_new(line, "no-ds",
                                  names_json(x->no_ds, x->no_ds_count));
    }
    return line;
}

static int by_number(const void *a, const void *b)
{
    const struct journal_entry *x = a;
    const struct journal_entry *y = b;

    return (x->x->number > y->x->number) - (x->x->number < y->x->number);
}

void journal_entries_sort(struct journal_entry *entries, size_t count)
{
    qsort(entries, count, sizeof(*entries), by_number);
}
