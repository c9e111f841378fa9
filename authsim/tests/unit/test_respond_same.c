/* SPDX-License-Identifier: BSD-2-Clause */
/* Many queries, some of them wrong, of every kind of zone. */
#include "fuzz_universe.h"
#include "rrtype.h"
#include "testing.h"
#include "twins.h"

#include <scenario/name.h>

enum { QUESTIONS = 5, CLASS_CHAOS = 3 };

static const char *const names[] = {
    ".",           "u.",           "www.u.",          "wWw.U.",
    "big.u.",      "nothing.u.",   "x.wild.u.",       "b.old.u.",
    "old.u.",      "a.u.",         "loop.u.",         "out.u.",
    "ent.u.",      "mail.u.",      "n3.u.",           "www.n3.u.",
    "x.n3.u.",     "y.wild.n3.u.", "ent.n3.u.",       "oo.n3.u.",
    "no.oo.n3.u.", "u.oo.n3.u.",   "www.c.u.",        "no.c.u.",
    "plain.u.",    "www.plain.u.", "x.wild.plain.u.", "www.i.u.",
    "elsewhere.",
};

static const uint16_t types[] = {
    1,
    SIM_TYPE_CAA,
    16,
    SIM_TYPE_DS,
    SIM_TYPE_DNSKEY,
    SIM_TYPE_NS,
    SIM_TYPE_SOA,
    SIM_TYPE_ANY,
    SIM_TYPE_NSEC,
    SIM_TYPE_RRSIG,
    252,
    0,
};

enum {
    FORMS = 14,
    SERVERS = 16,
    ALL = sizeof(names) / sizeof(names[0]) * sizeof(types) / sizeof(types[0]) *
          SERVERS
};

static void spoil_class(struct packet *p)
{
    p->octets[p->len - 1] = CLASS_CHAOS;
}

static void two_questions(struct packet *p)
{
    p->octets[QUESTIONS] = 2;
}

/* As clients ask, and as they should not. */
static void make_query(struct twins *f, const uint8_t *name, uint16_t type,
                       unsigned form)
{
    struct packet *p = &f->query;
    static const unsigned flags[FORMS] = { 0,      0x0100, 0x0110, 0, 0,
                                           0x0100, 0,      0,      0, 0,
                                           0,      0x2800, 0x8000, 0 };

    packet_query(p, name, type, flags[form]);
    switch (form) {
    case 1:
    case 2:
        packet_opt(p, 4096, 0, 0x8000);
        break;
    case 3:
        packet_opt(p, 512, 0, 0x8000);
        break;
    case 4:
        packet_opt(p, 1232, 0, 0);
        break;
    case 5:
        packet_opt(p, 1232, 3, 0x8000); /* BADVERS */
        break;
    case 6:
        packet_option(p, 8, 8);
        break;
    case 7:
        packet_option(p, 8, 9);
        break;
    case 8:
        spoil_class(p);
        break;
    case 9:
        two_questions(p);
        break;
    case 10:
        packet_u8(p, 0); /* after the last record */
        break;
    case 13:
        p->len = PACKET_HEADER + 1; /* in the middle */
        break;
    default: /* with its flags */
        break;
    }
}

/* One name and type to every server; how, goes round. */
static void ask_everywhere(struct twins *f, const uint8_t *name, uint16_t type,
                           unsigned first)
{
    for (unsigned server = 0; server < SERVERS; server++) {
        const unsigned n = first + server;
        f->in.local = fuzz_server(f->kept.instance, server);
        f->in.transport = n % 3 == 0 ? SCN_TCP : SCN_UDP;
        make_query(f, name, type, n % FORMS);
        twins_ask(f);
    }
}

static void ask_all(struct twins *f, unsigned first)
{
    uint8_t name[SCN_NAME_MAX];

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        assert_true(scn_name_from_text(names[i], strlen(names[i]), NULL, name));
        for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++) {
            ask_everywhere(f, name, types[t], first);
            first += SERVERS;
        }
    }
}

/* The journal from there on shows every kind of reply. */
static void says_all_kinds(const struct sim_journal *journal, size_t from)
{
    size_t aliases = 0;
    size_t cuts = 0;
    size_t truncated = 0;
    size_t denied = 0;
    size_t newer = 0;

    for (size_t i = from; i < sim_journal_count(journal); i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        aliases += x->alias_count > 0 && x->alias_to != NULL;
        cuts += x->no_ds_count > 0;
        truncated += (x->flags & SCN_TC) != 0;
        denied += x->rcode == SIM_NXDOMAIN && x->usable;
        newer += x->edns_newer;
    }
    assert_true(aliases > 0);
    assert_true(cuts > 0);
    assert_true(truncated > 0);
    assert_true(denied > 0);
    assert_true(newer > 0);
}

static void nobody_can_tell_what_was_kept(void **state)
{
    struct twins *f = *state;
    const struct sim_journal *journal = sim_instance_journal(f->kept.instance);
    size_t before = 0;

    ask_all(f, 0);
    ask_all(f, FORMS / 2);
    before = sim_journal_count(journal);
    f->in.client = sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT, 1);
    ask_all(f, 0);
    ask_all(f, FORMS / 2);
    /* All but what has no reply, or a zone with faults. */
    assert_true(twin_hits(&f->kept) > ALL * 9 / 5);
    says_all_kinds(journal, before);
    assert_int_equal(sim_instance_set_fault(f->kept.instance, "outage", true),
                     SIM_OK);
    assert_int_equal(sim_instance_set_fault(f->anew.instance, "outage", true),
                     SIM_OK);
    sim_journal_set_lab_own(sim_instance_journal(f->kept.instance), true);
    sim_journal_set_lab_own(sim_instance_journal(f->anew.instance), true);
    ask_all(f, 0);
    assert_int_equal(twin_hits(&f->anew), 0);
    twins_compare_journals(f);
}

int main(void)
{
#define ALONE(test) \
    cmocka_unit_test_setup_teardown(test, twins_setup, twins_teardown)
    const struct CMUnitTest tests[] = {
        ALONE(nobody_can_tell_what_was_kept),
    };
#undef ALONE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
