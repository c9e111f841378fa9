/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz_universe.c - whatever is not as it should be ends the run. */
#include "fuzz_universe.h"

#include "universe.h"

#include <ldns/ldns.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { EPOCH_S = 1793491200 }; /* 2026-11-01 */

uint8_t fuzz_u8(struct fuzz_octets *octets)
{
    if (octets->left == 0) {
        return 0;
    }
    octets->left--;
    return *octets->at++;
}

uint16_t fuzz_u16(struct fuzz_octets *octets)
{
    const uint16_t high = fuzz_u8(octets);

    return (uint16_t)(high << 8 | fuzz_u8(octets));
}

static void on_report(void *ctx, const struct scn_error *error)
{
    (void)ctx;
    (void)fprintf(stderr, "%s:%u: %s\n", error->file, error->line, error->text);
}

/* What is read once stays for the whole run. */
const struct scn_instance *fuzz_model(void)
{
    static const char *const path = AUTHSIM_FUZZ_UNIVERSE;
    static struct scn_catalogue *catalogue;
    static struct scn_instance *model;
    struct scn_params params;
    struct scn_error error;

    if (model != NULL) {
        return model;
    }
    scn_params_default(&params);
    if (scn_catalogue_load(&path, 1, on_report, NULL, &catalogue) != SCN_OK ||
        scn_instance_new(scn_catalogue_at(catalogue, 0), 0, &params, &error,
                         &model) != SCN_OK) {
        abort();
    }
    return model;
}

struct sim_world *fuzz_world(const struct scn_instance *model,
                             struct sim_instance **instance_out)
{
    struct sim_options options;
    struct sim_world *world = NULL;

    sim_options_default(&options);
    options.epoch_s = EPOCH_S;
    if (sim_world_new(&options, &world) != SIM_OK ||
        sim_world_add(world, model, instance_out) != SIM_OK ||
        sim_world_open(world) != SIM_OK) {
        abort();
    }
    return world;
}

struct sim_address fuzz_server(const struct sim_instance *instance,
                               unsigned number)
{
    const size_t hosts = instance->model->server_count;
    const size_t host = number / 2 % (hosts + 1);

    if (host == hosts) {
        return number % 2 == 0
                   ? sim_network_place(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0)
                   : sim_network_place6(SIM_NETWORK_SANDBOX, SIM_PLACE_ROOT, 0);
    }
    return sim_instance_server(instance, instance->model->servers[host].label,
                               number % 2 == 0 ? 4 : 6);
}

static bool can_be_read(const struct sim_outgoing *message)
{
    ldns_pkt *packet = NULL;
    const ldns_status status =
        ldns_wire2pkt(&packet, message->octets, message->len);

    ldns_pkt_free(packet);
    return status == LDNS_STATUS_OK;
}

static bool is_reply(const struct sim_incoming *in,
                     const struct sim_outgoing *message)
{
    return message->len >= 12 && memcmp(message->octets, in->octets, 2) == 0 &&
           (message->octets[2] & 0x80) != 0;
}

/* The zone whose author wrote names that are none. */
static bool asks_of_odd(const struct sim_incoming *in)
{
    static const char odd[] = "\3odd\1u";
    const size_t len = sizeof(odd); /* with the root */
    bool found = false;

    for (size_t i = 0; !found && i + len <= in->len; i++) {
        found = strncasecmp((const char *)in->octets + i, odd, len) == 0;
    }
    return found;
}

void fuzz_judge(const struct sim_incoming *in,
                const struct sim_reaction *reaction, bool honest)
{
    if (reaction->count > SIM_REACTION_MAX || (honest && reaction->count > 1)) {
        abort();
    }
    for (size_t i = 0; i < reaction->count; i++) {
        const struct sim_outgoing *message = &reaction->messages[i];
        if (message->len > SIM_MESSAGE_MAX) {
            abort();
        }
        if (honest &&
            (!is_reply(in, message) ||
             !(can_be_read(message) || asks_of_odd(in)) ||
             (in->transport == SCN_UDP && message->len > SIM_UDP_EDNS_MAX))) {
            abort();
        }
    }
}
