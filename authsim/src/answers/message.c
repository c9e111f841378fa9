/* SPDX-License-Identifier: BSD-2-Clause */
/* message.c - the frame of a reply, and what fits. */
#include "message.h"

#include "writer.h"

#include <scenario/model.h>

#include <string.h>

enum {
    OPCODE_MASK = 0x7800,
    EDNS_DO = 0x8000,
    EDNS_CO = 0x4000, /* RFC 9824 section 5.1 */
    LACKING = 8,
    OPTION_COOKIE = 10, /* RFC 7873 section 4 */
    OPTION_FIXED = 4
};

void sim_message_frame(const struct sim_query *query, uint8_t rcode,
                       struct sim_message *message_out)
{
    const uint16_t copied = OPCODE_MASK | SCN_RD | SCN_CD;

    *message_out = (struct sim_message){
        .id = query->id,
        .flags = (uint16_t)(SCN_QR | (query->flags & copied)),
        .rcode = rcode,
        .question = query->has_question,
        .name = query->name,
        .type = query->type,
        .class = query->class,
        .opt = query->edns,
        .dnssec_ok = query->dnssec_ok,
        .compact_ok = query->compact_ok,
        .query_opt = query->opt,
        .query_opt_len = query->opt_len,
    };
}

size_t sim_message_limit(const struct sim_query *query,
                         enum scn_transport transport)
{
    if (transport == SCN_TCP) {
        return SIM_MESSAGE_MAX;
    }
    if (!query->edns || query->edns_size < SIM_UDP_PLAIN_MAX) {
        return SIM_UDP_PLAIN_MAX;
    }
    return query->edns_size < SIM_UDP_EDNS_MAX ? query->edns_size
                                               : SIM_UDP_EDNS_MAX;
}

/* Which sections are written, and with which flags. */
struct cut {
    bool answer;
    bool authority;
    bool additional;
    bool opt;
    uint16_t flags;
};

static void put_list(struct sim_writer *w, const struct sim_rr_list *list)
{
    for (size_t i = 0; i < list->count && !w->overrun; i++) {
        sim_writer_rr(w, &list->rrs[i]);
    }
}

/* Malformed: RFC 6891 section 6.1.2, with RDATA that is not there. */
static uint16_t options_len(const struct sim_message *m)
{
    const uint16_t lacking = m->opt_form == SCN_OPT_MALFORMED ? LACKING : 0;

    return (uint16_t)(lacking + (m->cookie != NULL
                                     ? OPTION_FIXED + SIM_MESSAGE_COOKIE
                                     : 0));
}

static void put_opt(struct sim_writer *w, const struct sim_message *m)
{
    if (m->opt_form == SCN_OPT_ECHO) {
        sim_writer_octets(w, m->query_opt, m->query_opt_len);
        return;
    }
    sim_writer_u8(w, 0); /* the root */
    sim_writer_u16(w, SIM_TYPE_OPT);
    sim_writer_u16(w, SIM_UDP_EDNS_MAX);
    sim_writer_u8(w, (uint8_t)(m->rcode >> 4));
    sim_writer_u8(w, 0); /* version */
    sim_writer_u16(w, (uint16_t)((m->dnssec_ok ? EDNS_DO : 0) |
                                 (m->compact_ok ? EDNS_CO : 0)));
    sim_writer_u16(w, options_len(m));
    if (m->cookie != NULL) {
        sim_writer_u16(w, OPTION_COOKIE);
        sim_writer_u16(w, SIM_MESSAGE_COOKIE);
        sim_writer_octets(w, m->cookie, SIM_MESSAGE_COOKIE);
    }
}

static uint16_t count_of(const struct sim_rr_list *list, bool written)
{
    return written ? (uint16_t)list->count : 0;
}

static bool write_message(struct sim_writer *w, const struct sim_message *m,
                          const struct cut *cut)
{
    const bool opt = m->opt && cut->opt;
    const uint16_t additional =
        (uint16_t)(count_of(&m->additional, cut->additional) + opt);

    sim_writer_restart(w);
    sim_writer_u16(w, m->id);
    sim_writer_u16(w, (uint16_t)(m->flags | cut->flags | (m->rcode & 0x0f)));
    sim_writer_u16(w, m->question);
    sim_writer_u16(w, count_of(&m->answer, cut->answer));
    sim_writer_u16(w, count_of(&m->authority, cut->authority));
    sim_writer_u16(w, additional);
    for (uint8_t i = 0; i < m->question; i++) {
        /* Octet for octet: its case is the client's check (0x20). */
        sim_writer_name(w, m->name);
        sim_writer_u16(w, m->type);
        sim_writer_u16(w, m->class);
    }
    if (cut->answer) {
        put_list(w, &m->answer);
    }
    if (cut->authority) {
        put_list(w, &m->authority);
    }
    if (cut->additional) {
        put_list(w, &m->additional);
    }
    if (opt) {
        put_opt(w, m);
    }
    return !w->overrun;
}

/* RFC 1034 section 4.2.1: no answer, not authoritative, NS in authority. */
static bool is_referral(const struct sim_message *m)
{
    return m->answer.count == 0 && (m->flags & SCN_AA) == 0 &&
           m->authority.count > 0 && m->rcode == SIM_NOERROR;
}

size_t sim_message_encode(const struct sim_message *message, size_t limit,
                          uint8_t *buf)
{
    const struct cut cuts[] = {
        { true, true, true, true, 0 },
        { true, true, false, true, is_referral(message) ? SCN_TC : 0 },
        { false, false, false, true, SCN_TC },
        { false, false, false, false, SCN_TC },
    };
    struct sim_writer w;

    sim_writer_init(&w, buf, limit);
    for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
        if (write_message(&w, message, &cuts[i])) {
            return w.at;
        }
    }
    return w.at; /* LCOV_EXCL_LINE: header, question and OPT are 282 octets */
}
