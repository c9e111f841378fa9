/* SPDX-License-Identifier: BSD-2-Clause */
#include "diagnose.h"
#include "fake_lookup.h"
#include "fake_server.h"
#include "probe.h"

struct outcome {
    bool ended;
    enum caa_behaviour behaviour;
    unsigned rcode;
};

static void on_done(void *context, const struct caa_probe_end *end)
{
    struct outcome *outcome = context;

    outcome->ended = true;
    outcome->behaviour = end->behaviour;
    outcome->rcode = end->rcode;
}

/* Asks a server of the test for a name. */
static struct outcome probe(const char *text)
{
    struct event_base *base = event_base_new();
    struct fake_server server;
    struct caa_udp_probe *made = NULL;
    struct outcome outcome = { .ended = false };
    struct caa_name name = fake_name(text);
    struct caa_address address = { .octets = { 127, 0, 0, 1 }, .length = 4 };

    fake_server_init(&server, base);
    address.port = server.port;
    assert_int_equal(
        caa_udp_probe_new(base, &address, &name, on_done, &outcome, &made),
        CAA_OK);
    while (!outcome.ended) {
        assert_int_equal(event_base_loop(base, EVLOOP_ONCE), 0);
    }
    caa_udp_probe_free(made);
    fake_server_fini(&server);
    event_base_free(base);
    return outcome;
}

static void a_probe_tells_what_the_server_does(void **state)
{
    (void)state;
    assert_int_equal(probe("found.test").behaviour, CAA_BEHAVIOUR_ANSWERS);
    assert_int_equal(probe("missing.test").behaviour, CAA_BEHAVIOUR_ANSWERS);
    assert_int_equal(probe("servfail.test").behaviour, CAA_BEHAVIOUR_SERVFAIL);
    assert_int_equal(probe("refused.test").behaviour, CAA_BEHAVIOUR_ERROR);
    assert_int_equal(probe("refused.test").rcode, 5);
    assert_int_equal(probe("query.test").behaviour, CAA_BEHAVIOUR_UNREADABLE);
    assert_int_equal(probe("silent.test").behaviour, CAA_BEHAVIOUR_SILENT);
}

static void an_unreachable_address_is_silent(void **state)
{
    struct event_base *base = event_base_new();
    struct caa_udp_probe *made = NULL;
    struct outcome outcome = { .ended = false };
    struct caa_name name = fake_name("a.test");
    struct caa_address address = { .octets = { 127, 0, 0, 1 },
                                   .length = 4,
                                   .port = 0 };

    (void)state;
    assert_int_equal(
        caa_udp_probe_new(base, &address, &name, on_done, &outcome, &made),
        CAA_OK);
    assert_false(outcome.ended);
    while (!outcome.ended) {
        assert_int_equal(event_base_loop(base, EVLOOP_ONCE), 0);
    }
    assert_int_equal(outcome.behaviour, CAA_BEHAVIOUR_SILENT);
    caa_udp_probe_free(made);
    caa_udp_probe_free(NULL);
    event_base_free(base);
}

static enum caa_behaviour classify(const struct packet *packet, uint16_t id)
{
    struct caa_name name = fake_name("a.test");
    unsigned rcode = 0;

    return caa_probe_classify(packet->octets, packet->length, id, &name,
                              &rcode);
}

static void only_a_reply_to_the_question_counts(void **state)
{
    struct packet packet;

    (void)state;
    packet_begin(&packet, 2, "a.test", CAA_TYPE_CAA);
    assert_int_equal(classify(&packet, 0x1234), CAA_BEHAVIOUR_SERVFAIL);
    assert_int_equal(classify(&packet, 0x1235), CAA_BEHAVIOUR_UNREADABLE);
    packet_begin(&packet, 2, "b.test", CAA_TYPE_CAA);
    assert_int_equal(classify(&packet, 0x1234), CAA_BEHAVIOUR_UNREADABLE);
    packet_begin(&packet, 2, "a.test", CAA_TYPE_A);
    assert_int_equal(classify(&packet, 0x1234), CAA_BEHAVIOUR_UNREADABLE);
    packet.length = 5;
    assert_int_equal(classify(&packet, 0x1234), CAA_BEHAVIOUR_UNREADABLE);
    packet_begin(&packet, 0, "a.test", CAA_TYPE_CAA);
    assert_int_equal(classify(&packet, 0x1234), CAA_BEHAVIOUR_REFERS);
}

/* Port 53 of these addresses: nobody is there, and it is loopback. */
static const struct fake_line servers[] = {
    { .name = "x.z.t", .type = CAA_TYPE_CNAME, .dname_target = "y.z.t" },
    { .name = "z.t", .type = CAA_TYPE_NS, .dname_target = "ns.t" },
    { .name = "ns.t",
      .type = CAA_TYPE_A,
      .octets = "\177\303\125\207",
      .octet_count = 4 },
    { .name = "ns.t",
      .type = CAA_TYPE_AAAA,
      .octets = "\0\0\0\0\0\0\0\0\0\0\377\377\177\303\125\207",
      .octet_count = 16 },
    { .name = "odd.t", .type = CAA_TYPE_NS, .dname_target = "ns.odd" },
    { .name = "ns.odd",
      .type = CAA_TYPE_A,
      .octets = "\177\0",
      .octet_count = 2 },
    { NULL },
};

static struct caa_diagnosis diagnose(const char *text)
{
    struct event_base *base = event_base_new();
    struct fake_lookup fake;
    struct caa_progress progress = { .waiting = 0 };
    struct caa_diagnoser *diagnoser = NULL;
    const struct caa_diagnosis *diagnosis = NULL;
    struct caa_name name = fake_name(text);

    fake_init(&fake, servers);
    assert_int_equal(
        caa_diagnoser_new(base, &fake.lookup, &progress, &diagnoser), CAA_OK);
    while (diagnosis == NULL) {
        diagnosis = caa_diagnoser_ask(diagnoser, &name);
        if (diagnosis == NULL && progress.waiting > 0) {
            assert_int_equal(event_base_loop(base, EVLOOP_ONCE), 0);
        }
    }
    struct caa_diagnosis copy = *diagnosis;
    assert_int_equal(progress.waiting, 0);
    caa_diagnoser_free(diagnoser);
    fake_fini(&fake);
    event_base_free(base);
    return copy;
}

static void finds_the_servers_behind_an_alias(void **state)
{
    struct caa_diagnosis diagnosis = diagnose("x.z.t");

    (void)state;
    assert_int_equal(diagnosis.probe_count, 2);
    assert_string_equal(diagnosis.probes[0].address, "127.195.85.135");
    assert_int_equal(diagnosis.behaviour, CAA_BEHAVIOUR_SILENT);
}

static void without_servers_nothing_is_known(void **state)
{
    (void)state;
    assert_int_equal(diagnose("a.b").behaviour, CAA_BEHAVIOUR_UNKNOWN);
    assert_int_equal(diagnose("a.odd.t").probe_count, 0);
}

static void can_be_freed_while_probing(void **state)
{
    struct event_base *base = event_base_new();
    struct fake_lookup fake;
    struct caa_progress progress = { .waiting = 0 };
    struct caa_diagnoser *diagnoser = NULL;
    struct caa_name name = fake_name("x.z.t");

    (void)state;
    fake_init(&fake, servers);
    assert_int_equal(
        caa_diagnoser_new(base, &fake.lookup, &progress, &diagnoser), CAA_OK);
    while (progress.waiting == 0) {
        assert_null(caa_diagnoser_ask(diagnoser, &name));
    }
    caa_diagnoser_free(diagnoser);
    caa_diagnoser_free(NULL);
    fake_fini(&fake);
    event_base_free(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_probe_tells_what_the_server_does),
        cmocka_unit_test(an_unreachable_address_is_silent),
        cmocka_unit_test(only_a_reply_to_the_question_counts),
        cmocka_unit_test(finds_the_servers_behind_an_alias),
        cmocka_unit_test(without_servers_nothing_is_known),
        cmocka_unit_test(can_be_freed_while_probing),
    };

    return cmocka_run_group_tests_name("checker.diagnose", tests, NULL, NULL);
}
