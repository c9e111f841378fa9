/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * journal_line.c - one JSON object per exchange. It is made for every query
 * that is answered: nothing is allocated, and printf() has no part in it.
 */
#include "journal_line.h"

#include <scenario/name.h>

static void put_type(struct json_text *text, uint16_t type)
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
            json_text_string(text, names[i].name);
            return;
        }
    }
    json_text_raw(text, "\"TYPE"); /* RFC 3597 section 5 */
    json_text_number(text, type);
    json_text_raw(text, "\"");
}

static void put_text(struct json_text *text, const char *chars)
{
    if (chars != NULL) {
        json_text_string(text, chars);
    } else {
        json_text_raw(text, "null");
    }
}

static void put_name(struct json_text *text, const uint8_t *name)
{
    char chars[SCN_NAME_TEXT_MAX];

    if (name == NULL) {
        json_text_raw(text, "null");
        return;
    }
    scn_name_to_text(name, chars);
    json_text_string(text, chars);
}

static void put_names(struct json_text *text, const char *member,
                      const uint8_t *const *names, size_t count)
{
    json_text_raw(text, member);
    for (size_t i = 0; i < count; i++) {
        json_text_raw(text, i > 0 ? "," : "[");
        put_name(text, names[i]);
    }
    json_text_raw(text, "]");
}

static void put_address(struct json_text *text,
                        const struct sim_address *address)
{
    char chars[SIM_ADDRESS_TEXT_MAX];

    sim_address_text(address, chars);
    json_text_raw(text, "\"");
    json_text_raw(text, chars);
    json_text_raw(text, "@");
    json_text_number(text, address->port);
    json_text_raw(text, "\"");
}

static void put_fault(struct json_text *text, const struct scn_fault *fault)
{
    char chars[SIM_FAULT_TEXT_MAX];

    sim_fault_text(fault, chars);
    json_text_string(text, chars);
}

/* Which faults nearly acted, and what they lacked. */
static void put_near_misses(struct json_text *text,
                            const struct sim_exchange *x)
{
    json_text_raw(text, ",\"near-misses\":[");
    for (size_t i = 0; i < x->near_miss_count; i++) {
        const struct sim_near_miss *miss = &x->near_misses[i];

        json_text_raw(text, i > 0 ? ",{\"fault\":" : "{\"fault\":");
        put_fault(text, miss->fault);
        json_text_raw(text, ",\"line\":");
        json_text_number(text, miss->fault->line);
        json_text_raw(text, ",\"key\":");
        json_text_string(text, miss->key);
        if (miss->match_number > 0) {
            json_text_raw(text, ",\"match\":");
            json_text_number(text, miss->match_number);
        }
        json_text_raw(text, "}");
    }
    json_text_raw(text, "]");
}

static void put_question(struct json_text *text, const struct sim_exchange *x)
{
    json_text_raw(text, ",\"received-ns\":");
    json_text_signed(text, x->received_ns);
    json_text_raw(text, ",\"server\":");
    put_text(text, x->server);
    json_text_raw(text, ",\"zone\":");
    put_name(text, x->zone);
    json_text_raw(text, ",\"name\":");
    put_name(text, x->name);
    if (x->name == NULL) {
        json_text_raw(text, ",\"type\":null,\"class\":null");
        return;
    }
    json_text_raw(text, ",\"type\":");
    put_type(text, x->type);
    json_text_raw(text, ",\"class\":");
    json_text_number(text, x->class);
}

/* Who asked, and how. */
static void put_client(struct json_text *text, const struct sim_exchange *x)
{
    json_text_raw(text, x->transport == SCN_TCP
                            ? ",\"transport\":\"tcp\",\"client\":"
                            : ",\"transport\":\"udp\",\"client\":");
    put_address(text, &x->client);
    json_text_raw(text, ",\"local\":");
    put_address(text, &x->local);
    if (x->perspective != NULL) {
        json_text_raw(text, ",\"perspective\":");
        json_text_string(text, x->perspective);
    }
    json_text_raw(text, ",\"edns\":");
    json_text_bool(text, x->edns);
    json_text_raw(text, ",\"dnssec-ok\":");
    json_text_bool(text, x->dnssec_ok);
}

/* What was said, when anything was. */
static void put_reply(struct json_text *text, const struct sim_exchange *x)
{
    if (!x->replied) {
        json_text_raw(text, ",\"replied\":false");
        return;
    }
    json_text_raw(text, ",\"replied\":true,\"replied-ns\":");
    json_text_signed(text, x->replied_ns);
    json_text_raw(text, ",\"rcode\":");
    json_text_number(text, x->rcode);
    json_text_raw(text, ",\"flags\":");
    json_text_number(text, x->flags);
    json_text_raw(text, ",\"size\":");
    json_text_number(text, x->size);
    json_text_raw(text, ",\"answers\":");
    json_text_number(text, x->answer_count);
    json_text_raw(text, ",\"usable\":");
    json_text_bool(text, x->usable);
}

void journal_line_exchange(struct json_text *text, const struct sim_exchange *x,
                           const char *key)
{
    json_text_raw(text, "{\"number\":");
    json_text_number(text, x->number);
    json_text_raw(text, ",\"instance\":");
    put_text(text, key);
    put_question(text, x);
    put_client(text, x);
    if (x->fault != NULL) {
        json_text_raw(text, ",\"fault\":");
        json_text_string(text, x->fault);
        json_text_raw(text, ",\"match\":");
        json_text_number(text, x->match_number);
    }
    if (x->near_miss_count > 0) {
        put_near_misses(text, x);
    }
    put_reply(text, x);
    if (x->alias_count > 0) {
        put_names(text, ",\"aliases\":", x->aliases, x->alias_count);
    }
    if (x->no_ds_count > 0) {
        put_names(text, ",\"no-ds\":", x->no_ds, x->no_ds_count);
    }
    json_text_raw(text, "}");
}

void journal_line_idle(struct json_text *text, const struct scn_fault *fault,
                       const char *key, size_t exchanges)
{
    json_text_raw(text, "{\"instance\":");
    json_text_string(text, key);
    json_text_raw(text, ",\"never-acted\":");
    put_fault(text, fault);
    json_text_raw(text, ",\"line\":");
    json_text_number(text, fault->line);
    json_text_raw(text, ",\"exchanges\":");
    json_text_number(text, exchanges);
    json_text_raw(text, "}");
}
