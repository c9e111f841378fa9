/* SPDX-License-Identifier: BSD-2-Clause */
#include "diagnose.h"

#include "answer.h"
#include "deviation.h"
#include "message.h"
#include "probe.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum { ALIASES_MAX = 12, PORT = 53, REFERRALS_MAX = 4 };

struct patient;

struct addresses {
    struct caa_address list[CAA_PROBES_MAX];
    size_t count;
};

/* One probe and where its result belongs. */
struct slot {
    struct patient *patient;
    struct caa_udp_probe *probe; /* owned */
    struct caa_probe *result;    /* inside the patient */
};

/* One name whose look-up failed. */
struct patient {
    struct caa_diagnoser *diagnoser;
    struct caa_name name;
    struct caa_name target; /* the end of its aliases */
    bool probing;
    unsigned referrals;        /* followed so far */
    struct addresses referred; /* where the last servers refer to */
    size_t open;               /* probes that have not ended */
    struct slot slots[CAA_PROBES_MAX];
    struct caa_diagnosis diagnosis;
    struct patient *next; /* owned */
};

struct caa_diagnoser {
    struct event_base *base;         /* borrowed */
    const struct caa_lookup *lookup; /* borrowed */
    struct caa_progress *progress;   /* borrowed */
    struct patient *patients;        /* owned */
};

static const struct caa_answer *ask(const struct caa_diagnoser *diagnoser,
                                    const struct caa_name *name, uint16_t type)
{
    return diagnoser->lookup->ask(diagnoser->lookup->context, name, type);
}

/* Moves *name to the end of its aliases, as far as they can be seen. */
static enum caa_status follow(const struct caa_diagnoser *diagnoser,
                              struct caa_name *name)
{
    for (unsigned i = 0; i < ALIASES_MAX; i++) {
        const struct caa_answer *answer = ask(diagnoser, name, CAA_TYPE_CNAME);
        if (answer == NULL) {
            return CAA_PENDING;
        }
        if (caa_answer_target(answer, name) != CAA_OK) {
            break;
        }
    }
    return CAA_OK;
}

/* The NS set nearest above *name, or NULL in *servers_out. All are asked for
 * at once: those below a silent server take their time. */
static enum caa_status find_servers(const struct caa_diagnoser *diagnoser,
                                    const struct caa_name *name,
                                    const struct caa_answer **servers_out)
{
    const struct caa_answer *found = NULL;
    bool pending = false;

    for (struct caa_name at = *name; !caa_name_is_root(&at);
         at = caa_name_parent(&at)) {
        const struct caa_answer *answer = ask(diagnoser, &at, CAA_TYPE_NS);
        pending = pending || (answer == NULL && found == NULL);
        if (answer != NULL && found == NULL && answer->record_count > 0 &&
            answer->alias_count == 0) {
            found = answer;
        }
    }
    *servers_out = found;
    return pending ? CAA_PENDING : CAA_OK;
}

static void add_address(struct addresses *addresses, const uint8_t *octets,
                        size_t length)
{
    for (size_t i = 0; i < addresses->count; i++) {
        if (addresses->list[i].length == length &&
            memcmp(addresses->list[i].octets, octets, length) == 0) {
            return;
        }
    }
    if (addresses->count < CAA_PROBES_MAX) {
        struct caa_address *address = &addresses->list[addresses->count++];
        address->length = length;
        address->port = PORT;
        memcpy(address->octets, octets, length);
    }
}

static void take_addresses(struct addresses *addresses,
                           const struct caa_answer *answer, size_t length)
{
    for (size_t i = 0; i < answer->record_count; i++) {
        if (answer->records[i].length == length) {
            add_address(addresses, answer->records[i].data, length);
        }
    }
}

/* The addresses in the additional section of a referral. */
static void take_glue(struct addresses *addresses, const uint8_t *reply,
                      size_t length)
{
    struct caa_message message;
    struct caa_record record = { .section = CAA_SECTION_ANSWER };
    enum caa_status st = caa_message_open(reply, length, &message);

    while (st == CAA_OK && record.section != CAA_SECTION_END) {
        st = caa_message_next(&message, &record);
        if (st != CAA_OK || record.section != CAA_SECTION_ADDITIONAL) {
            continue;
        }
        if ((record.type == CAA_TYPE_A && record.rdata.length == 4) ||
            (record.type == CAA_TYPE_AAAA && record.rdata.length == 16)) {
            add_address(addresses, record.rdata.data, record.rdata.length);
        }
    }
}

static enum caa_status find_addresses(const struct caa_diagnoser *diagnoser,
                                      const struct caa_answer *servers,
                                      struct addresses *addresses_out)
{
    struct addresses addresses = { .count = 0 };
    bool pending = false;

    for (size_t i = 0; i < servers->record_count && i < CAA_PROBES_MAX; i++) {
        struct caa_name server;
        if (caa_answer_name(servers, i, &server) != CAA_OK) {
            continue;
        }
        const struct caa_answer *v4 = ask(diagnoser, &server, CAA_TYPE_A);
        const struct caa_answer *v6 = ask(diagnoser, &server, CAA_TYPE_AAAA);
        if (v4 == NULL || v6 == NULL) {
            pending = true;
            continue;
        }
        take_addresses(&addresses, v4, 4);
        take_addresses(&addresses, v6, 16);
    }
    *addresses_out = addresses;
    return pending ? CAA_PENDING : CAA_OK;
}

static void on_probe_done(void *context, const struct caa_probe_end *end);

/* One round: every address is asked once. */
static void start_probes(struct patient *patient,
                         const struct addresses *addresses)
{
    struct caa_diagnoser *diagnoser = patient->diagnoser;

    patient->probing = true;
    for (size_t i = 0; i < addresses->count; i++) {
        const struct caa_address *address = &addresses->list[i];
        struct slot *slot = &patient->slots[i];
        struct caa_probe *result =
            &patient->diagnosis.probes[patient->diagnosis.probe_count];
        int family = address->length == 4 ? AF_INET : AF_INET6;
        slot->patient = patient;
        slot->result = result;
        if (inet_ntop(family, address->octets, result->address,
                      sizeof(result->address)) == NULL ||
            caa_udp_probe_new(diagnoser->base, address, &patient->target,
                              on_probe_done, slot, &slot->probe) != CAA_OK) {
            continue;
        }
        patient->diagnosis.probe_count++;
        patient->open++;
        diagnoser->progress->waiting++;
    }
}

/* Goes on to where the servers refer, when that is all that they do. */
static void follow_referral(struct patient *patient)
{
    struct addresses addresses = patient->referred;

    if (patient->diagnosis.behaviour != CAA_BEHAVIOUR_REFERS ||
        addresses.count == 0 || patient->referrals == REFERRALS_MAX) {
        return;
    }
    patient->referrals++;
    patient->referred.count = 0;
    memset(&patient->diagnosis, 0, sizeof(patient->diagnosis));
    start_probes(patient, &addresses);
}

static void on_probe_done(void *context, const struct caa_probe_end *end)
{
    struct slot *slot = context;
    struct patient *patient = slot->patient;
    struct caa_progress *progress = patient->diagnoser->progress;

    CAA_OVERHEAR(&patient->name, &patient->target, end->reply, end->length);
    slot->result->behaviour = end->behaviour;
    slot->result->rcode = end->rcode;
    if (patient->diagnosis.behaviour < end->behaviour) {
        patient->diagnosis.behaviour = end->behaviour;
    }
    if (end->behaviour == CAA_BEHAVIOUR_REFERS) {
        take_glue(&patient->referred, end->reply, end->length);
    }
    caa_udp_probe_free(slot->probe);
    slot->probe = NULL;
    patient->open--;
    progress->waiting--;
    progress->arrived = true;
    if (patient->open == 0) {
        follow_referral(patient);
    }
}

/* Everything up to the probes; again and again until nothing is pending. */
static enum caa_status prepare(struct patient *patient)
{
    const struct caa_answer *servers = NULL;
    struct addresses addresses = { .count = 0 };
    struct caa_name name = patient->name;
    struct caa_diagnoser *diagnoser = patient->diagnoser;
    enum caa_status early = find_servers(diagnoser, &name, &servers);
    enum caa_status st = follow(diagnoser, &name);

    if (st == CAA_OK && caa_name_equal(&name, &patient->name)) {
        st = early;
    } else if (st == CAA_OK) {
        st = find_servers(diagnoser, &name, &servers);
    }
    if (st == CAA_OK && servers != NULL) {
        st = find_addresses(diagnoser, servers, &addresses);
    }
    if (st == CAA_OK) {
        patient->target = name;
        start_probes(patient, &addresses);
    }
    return st;
}

enum caa_status caa_diagnoser_new(struct event_base *base,
                                  const struct caa_lookup *lookup,
                                  struct caa_progress *progress,
                                  struct caa_diagnoser **diagnoser_out)
{
    struct caa_diagnoser *diagnoser = calloc(1, sizeof(*diagnoser));

    if (diagnoser == NULL) {
        return CAA_ENOMEM;
    }
    diagnoser->base = base;
    diagnoser->lookup = lookup;
    diagnoser->progress = progress;
    *diagnoser_out = diagnoser;
    return CAA_OK;
}

void caa_diagnoser_free(struct caa_diagnoser *diagnoser)
{
    if (diagnoser == NULL) {
        return;
    }
    while (diagnoser->patients != NULL) {
        struct patient *patient = diagnoser->patients;
        diagnoser->patients = patient->next;
        for (size_t i = 0; i < CAA_PROBES_MAX; i++) {
            caa_udp_probe_free(patient->slots[i].probe);
        }
        free(patient);
    }
    free(diagnoser);
}

static const struct caa_diagnosis unknown = { .behaviour =
                                                  CAA_BEHAVIOUR_UNKNOWN };

const struct caa_diagnosis *caa_diagnoser_ask(struct caa_diagnoser *diagnoser,
                                              const struct caa_name *name)
{
    struct patient *patient = diagnoser->patients;

    while (patient != NULL && !caa_name_equal(&patient->name, name)) {
        patient = patient->next;
    }
    if (patient == NULL) {
        patient = calloc(1, sizeof(*patient));
        if (patient == NULL) {
            return &unknown;
        }
        patient->diagnoser = diagnoser;
        patient->name = *name;
        patient->next = diagnoser->patients;
        diagnoser->patients = patient;
    }
    if (!patient->probing && prepare(patient) != CAA_OK) {
        return NULL;
    }
    return patient->open == 0 ? &patient->diagnosis : NULL;
}
