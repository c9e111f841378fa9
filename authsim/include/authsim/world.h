/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * world.h - all simulated universes: roots, instances, keys, addresses.
 *
 * A world has one shared universe and any number of private ones. Instances are
 * added, then the world is opened: roots are built, queries can be answered.
 * Same seed, epoch and instances: the same octets. One thread.
 */
#pragma once

#include <authsim/journal.h>
#include <authsim/network.h>
#include <authsim/status.h>
#include <scenario/model.h>

struct sim_world;
struct sim_instance;

struct sim_options {
    uint64_t seed;
    int64_t epoch_s;   /* midnight UTC; signatures are valid around it */
    uint8_t algorithm; /* of zones that do not say: 8 10 13 14 15 16 */
    enum sim_network_kind network;
};

/* Default: seed 1, epoch today, algorithm 13, sandbox. */
void sim_options_default(struct sim_options *options_out);

/* False when signatures made for this epoch would not be valid now. */
bool sim_epoch_is_usable(int64_t epoch_s, int64_t now_s);

SIM_NODISCARD enum sim_status sim_world_new(const struct sim_options *options,
                                            struct sim_world **world_out);
void sim_world_free(struct sim_world *world);

/*
 * Adds an instance before sim_world_open().
 *   model         [borrowed], must outlive the world
 *   instance_out  [borrowed] from the world
 * SIM_ECONFLICT when another instance owns the same apex.
 */
SIM_NODISCARD enum sim_status sim_world_add(struct sim_world *world,
                                            const struct scn_instance *model,
                                            struct sim_instance **instance_out);
SIM_NODISCARD enum sim_status sim_world_open(struct sim_world *world);

/*
 * The same for a world that is open: the instance is served from now on, and
 * the root delegates to it. Private servers get addresses that are free.
 */
SIM_NODISCARD enum sim_status sim_world_join(
    struct sim_world *world, const struct scn_instance *model,
    struct sim_instance **instance_out);
/* Takes the instance out of an open world and frees it, its journal with it.
 * SIM_ENOMEM: it is still there. */
SIM_NODISCARD enum sim_status sim_world_leave(struct sim_world *world,
                                              struct sim_instance *instance);

/*
 * Makes those keys of the instance's zones that take too long to be made while
 * somebody waits for an answer: RSA, 100 ms and more a pair, shared by all
 * zones of the world. Without it they are made when first asked for.
 */
SIM_NODISCARD enum sim_status sim_instance_warm(struct sim_instance *instance);

size_t sim_world_count(const struct sim_world *world);
struct sim_instance *sim_world_at(const struct sim_world *world, size_t index);

/* The instance of the shared universe that owns name; NULL when none does. */
struct sim_instance *sim_world_find(const struct sim_world *world,
                                    const uint8_t *name);

const struct scn_instance *sim_instance_model(
    const struct sim_instance *instance);
struct sim_journal *sim_instance_journal(const struct sim_instance *instance);

/* Of the exchanges at the servers that belong to no instance. */
struct sim_journal *sim_world_journal(const struct sim_world *world);

/* Number of the last exchange at the servers that was journaled; 0: none. */
uint64_t sim_world_newest(const struct sim_world *world);

/* Told of an exchange at the servers when it is journaled: whose it is, NULL
 * for nobody's; x is [borrowed] for the call. */
typedef void sim_watch_fn(void *ctx, const struct sim_instance *instance,
                          const struct sim_exchange *x);

/* From now on fn, and nobody else, is told of all of them, with ctx [borrowed].
 * They come in the order of their numbers. */
void sim_world_watch(struct sim_world *world, sim_watch_fn *fn, void *ctx);

/* Text of a root hints file and of a trust anchor file (one DS record) for the
 * shared universe (instance NULL) or a private one. [owned] by the caller,
 * free(); NULL when out of memory. The anchor of a private universe whose
 * resolver has `trust-anchor: wrong` is wrong here too; "" for none. */
char *sim_world_root_hints(const struct sim_world *world,
                           const struct sim_instance *instance);
char *sim_world_trust_anchor(const struct sim_world *world,
                             const struct sim_instance *instance);

/* Address of a server by label; index of the family (4 or 6). family 0 in the
 * result when it has none. */
struct sim_address sim_instance_server(const struct sim_instance *instance,
                                       const char *label, int family);

/* Switches a fault and zeroes its counters. SIM_ECONFLICT: no such id. */
SIM_NODISCARD enum sim_status sim_instance_set_fault(
    struct sim_instance *instance, const char *fault_id, bool enabled);

/* While failing, every server of the instance answers any question for name
 * with SERVFAIL, before any fault of the model acts. */
SIM_NODISCARD enum sim_status sim_instance_set_failing(
    struct sim_instance *instance, const uint8_t *name, bool failing);

/* One fault and how it stands. */
struct sim_fault_info {
    const struct scn_fault *fault; /* [borrowed] from the model */
    const uint8_t *zone;           /* [borrowed] whose fault it is */
    bool enabled;
    bool acted;
};

/* The faults of the instance in the order of the model; returns their number,
 * of which the first cap are written. */
size_t sim_instance_faults(const struct sim_instance *instance,
                           struct sim_fault_info *faults_out, size_t cap);

/* Whether a zone of the instance holds, or would hold, that RRset. */
bool sim_instance_holds(const struct sim_instance *instance,
                        const struct scn_rrset_id *id);

/* Whether it has records now, of the model or published; those that are
 * generated apart. */
bool sim_instance_has(const struct sim_instance *instance,
                      const struct scn_rrset_id *id);

/* The types of all records of that owner, in the same sense, each perhaps more
 * than once; returns their number, of which the first cap are written. */
size_t sim_instance_types(const struct sim_instance *instance,
                          const uint8_t *owner, uint16_t *types_out,
                          size_t cap);

/* Replaces RRsets of the same owner and type, or removes them, or gives back
 * what the model says of them; signatures and denial follow. SIM_ECONFLICT: an
 * owner lies in no zone of the instance, and nothing was changed. */
SIM_NODISCARD enum sim_status sim_instance_publish(
    struct sim_instance *instance, const struct scn_record *records,
    size_t count);
SIM_NODISCARD enum sim_status sim_instance_withdraw(
    struct sim_instance *instance, const struct scn_rrset_id *rrsets,
    size_t count);
SIM_NODISCARD enum sim_status sim_instance_restore(
    struct sim_instance *instance, const struct scn_rrset_id *rrsets,
    size_t count);

/* Faults of the instance that never acted, for the report. */
size_t sim_instance_idle_faults(const struct sim_instance *instance,
                                const struct scn_fault **faults_out,
                                size_t cap);

/* The complete zone as master file text, signed as it would be served:
 * zone_index of the model, or SIM_ZONE_ROOT for the root that delegates to it.
 *   text_out [owned] by the caller, free() */
#define SIM_ZONE_ROOT ((size_t)-1)
SIM_NODISCARD enum sim_status sim_instance_zone_text(
    struct sim_instance *instance, size_t zone_index, char **text_out);
