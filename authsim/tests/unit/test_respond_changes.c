/* SPDX-License-Identifier: BSD-2-Clause */
/* Changes of every kind in no order, and questions between them. */
#include "fuzz_universe.h"
#include "models.h"
#include "rrtype.h"
#include "testing.h"
#include "twins.h"

#include <scenario/name.h>

enum {
    STEPS = 20000,
    EPOCH = 400, /* steps with the same few questions */
    CHANGE = 25, /* one step of so many is one */
    SERVERS = 16,
    JOINED = 2
};

static const char *const names[] = {
    ".",        "u.",       "www.u.",       "wWw.U.",   "big.u.",
    "b.old.u.", "a.u.",     "out.u.",       "x.n3.u.",  "no.oo.n3.u.",
    "www.c.u.", "plain.u.", "www.plain.u.", "www.i.u.", "b.",
};

static const uint16_t types[] = { 1, 16, SIM_TYPE_CAA };

static const uint16_t asked[] = { 1,           16,           SIM_TYPE_CAA,
                                  SIM_TYPE_DS, SIM_TYPE_SOA, SIM_TYPE_NS };

/* Of each type; their number is that of types. */
static const struct scn_record records[] = {
    { .rdata = (const uint8_t *)"\1\2\3\4", .rdata_len = 4 },
    { .rdata = (const uint8_t *)"\2ab", .rdata_len = 3 },
    { .rdata = (const uint8_t *)"\0\5issuex", .rdata_len = 8 },
};

/* Who comes and goes in both worlds. */
struct guest {
    struct test_model *model; /* [owned] */
    struct sim_instance *kept;
    struct sim_instance *anew;
};

struct storm {
    struct twins *twins;
    struct guest guests[JOINED];
    uint64_t random;
    uint8_t name[SCN_NAME_MAX];
    size_t type; /* of types */
};

/* xorshift64 of Marsaglia: the same in every run. */
static unsigned below(struct storm *s, size_t n)
{
    s->random ^= s->random << 13;
    s->random ^= s->random >> 7;
    s->random ^= s->random << 17;
    return (unsigned)(s->random % n);
}

static struct sim_instance *side(const struct storm *s, bool kept)
{
    return kept ? s->twins->kept.instance : s->twins->anew.instance;
}

static enum sim_status change_records(const struct storm *s, unsigned how,
                                      bool kept)
{
    const struct scn_rrset_id id = { s->name, types[s->type] };
    struct scn_record record = records[s->type];

    record.owner = s->name;
    record.type = types[s->type];
    record.ttl = 60;
    switch (how) {
    case 0:
        return sim_instance_publish(side(s, kept), &record, 1);
    case 1:
        return sim_instance_withdraw(side(s, kept), &id, 1);
    default:
        return sim_instance_restore(side(s, kept), &id, 1);
    }
}

static void come_or_go(struct storm *s, struct guest *guest)
{
    struct twins *t = s->twins;
    const struct scn_instance *model = test_model_instance(guest->model);

    if (guest->kept == NULL) {
        assert_int_equal(sim_world_join(t->kept.world, model, &guest->kept),
                         SIM_OK);
        assert_int_equal(sim_world_join(t->anew.world, model, &guest->anew),
                         SIM_OK);
        return;
    }
    assert_int_equal(sim_world_leave(t->kept.world, guest->kept), SIM_OK);
    assert_int_equal(sim_world_leave(t->anew.world, guest->anew), SIM_OK);
    guest->kept = NULL;
}

/* The same in both worlds. */
static void change(struct storm *s)
{
    const unsigned how = below(s, 8);
    const bool on = below(s, 2) == 0;

    switch (how) {
    case 0:
    case 1:
    case 2:
        assert_int_equal(change_records(s, how, true),
                         change_records(s, how, false));
        break;
    case 3:
    case 4: /* as often as not it was not failing */
        for (int kept = 0; kept < 2; kept++) {
            assert_int_equal(
                sim_instance_set_failing(side(s, kept), s->name, how == 3),
                SIM_OK);
        }
        break;
    case 5:
        for (int kept = 0; kept < 2; kept++) {
            assert_int_equal(
                sim_instance_set_fault(side(s, kept), "outage", on), SIM_OK);
        }
        break;
    default:
        come_or_go(s, &s->guests[how - 6]);
        break;
    }
}

/* An epoch has three names and types, of two servers and those of guests. */
static void ask(struct storm *s, unsigned epoch)
{
    struct twins *t = s->twins;
    const struct guest *guest = &s->guests[below(s, JOINED)];

    t->in.local =
        fuzz_server(t->kept.instance, (epoch + below(s, 2)) % SERVERS);
    if (below(s, 8) == 0 && guest->kept != NULL) {
        t->in.local = sim_instance_server(guest->kept, "top", 4);
    }
    t->in.transport = below(s, 4) == 0 ? SCN_TCP : SCN_UDP;
    t->in.client =
        sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_CLIENT, below(s, 3));
    packet_query(
        &t->query, s->name,
        asked[(epoch + below(s, 3)) % (sizeof(asked) / sizeof(*asked))], 0);
    packet_opt(&t->query, 1232, 0, below(s, 2) == 0 ? 0x8000 : 0);
    twins_ask(t);
}

static void no_change_leaves_an_old_reply(void **state)
{
    struct storm s = { .twins = *state, .random = 88172645463325252 };

    s.guests[0].model = test_model_new("b", "b.");
    (void)test_zone(s.guests[0].model, "b.", "top");
    s.guests[1].model = test_model_new("p", ".");
    (void)test_zone(s.guests[1].model, ".", "top");
    for (unsigned step = 0; step < STEPS; step++) {
        const unsigned epoch = step / EPOCH;
        const size_t count = sizeof(names) / sizeof(*names);
        const char *name = names[(epoch * 2 + below(&s, 3)) % count];
        assert_true(scn_name_from_text(name, strlen(name), NULL, s.name));
        s.type = below(&s, sizeof(types) / sizeof(*types));
        if (below(&s, CHANGE) == 0) {
            change(&s);
        }
        ask(&s, epoch);
    }
    twins_compare_journals(s.twins);
    assert_true(twin_hits(&s.twins->kept) > STEPS / 4);
    for (size_t i = 0; i < JOINED; i++) {
        if (s.guests[i].kept != NULL) {
            come_or_go(&s, &s.guests[i]);
        }
        test_model_free(s.guests[i].model);
    }
}

int main(void)
{
#define ALONE(test) \
    cmocka_unit_test_setup_teardown(test, twins_setup, twins_teardown)
    const struct CMUnitTest tests[] = {
        ALONE(no_change_leaves_an_old_reply),
    };
#undef ALONE
    return cmocka_run_group_tests(tests, NULL, NULL);
}
