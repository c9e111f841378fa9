/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * control_mock.h - what the verbs of pebble-challtestsrv put into the zones.
 *
 * That server has no zones: a host has what was added, every name exists, and A
 * and AAAA have a default. Here a set of records that was added stands in place
 * of what the scenario says, and gives way to it when it is cleared. Where a
 * universe of its own has every name, the default is published at each host,
 * at the names above it and at wildcards below them.
 */
#pragma once

#include <authsim/world.h>

enum control_set {
    CONTROL_SET_A,
    CONTROL_SET_AAAA,
    CONTROL_SET_CAA,
    CONTROL_SET_CNAME,
    CONTROL_SET_TXT,
    CONTROL_SETS
};

/* A host: its name, and whose zones it is in. [borrowed] for the call. */
struct control_host {
    struct sim_instance *instance;
    const uint8_t *name; /* lower-case */
};

struct control_rdata {
    uint8_t *octets; /* [borrowed] */
    size_t len;
};

struct control_mocks;

struct control_mocks *control_mocks_new(void); /* NULL when out of memory */
void control_mocks_free(struct control_mocks *mocks);

/* Adds records to a set of the host; an alias takes the place of all else. */
SIM_NODISCARD enum sim_status control_mocks_add(
    struct control_mocks *mocks, const struct control_host *host,
    enum control_set set, const struct control_rdata *rdatas, size_t count);
/* The scenario's own records are back. */
SIM_NODISCARD enum sim_status control_mocks_clear(
    struct control_mocks *mocks, const struct control_host *host,
    enum control_set set);

/* The address of names that have none, 4 octets of an A or 16 of an AAAA; NULL:
 * there is none. instance has a universe of its own. */
SIM_NODISCARD enum sim_status control_mocks_set_default(
    struct control_mocks *mocks, struct sim_instance *instance,
    enum control_set set, const uint8_t *octets);

/* Up to which exchange the history of the host was cleared; 0: it was not. */
uint64_t control_mocks_hidden(const struct control_mocks *mocks,
                              const struct control_host *host);
SIM_NODISCARD enum sim_status control_mocks_hide(
    struct control_mocks *mocks, const struct control_host *host,
    uint64_t number);

/* Forgets all of an instance that goes away. */
void control_mocks_forget(struct control_mocks *mocks,
                          const struct sim_instance *instance);
