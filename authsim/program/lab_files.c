/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lab_files.c - files for resolvers. An NS record has no port: where it is not
 * 53, a resolver has to be told of every zone where its servers are.
 */
#include "lab_files.h"

#include <scenario/name.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_server(FILE *out, const struct sim_address *address,
                       uint16_t port)
{
    char text[SIM_ADDRESS_TEXT_MAX];

    if (address->family != 0) {
        sim_address_text(address, text);
        (void)fprintf(out, "    stub-addr: %s@%u\n", text, port);
    }
}

static void put_zones(FILE *out, const struct lab *lab, size_t index,
                      uint16_t port)
{
    const struct scn_instance *model = lab->models[index];

    for (size_t i = 0; i < model->zone_count; i++) {
        const struct scn_zone *zone = &model->zones[i];
        char name[SCN_NAME_TEXT_MAX];
        scn_name_to_text(zone->name, name);
        if (*zone->name == 0 || strpbrk(name, "\"\\") != NULL) {
            continue; /* the root has been; unbound.conf has no escapes */
        }
        (void)fprintf(out, "stub-zone:\n    name: \"%s.\"\n", name);
        for (size_t s = 0; s < zone->server_count; s++) {
            const struct sim_address address =
                sim_instance_server(lab->instances[index],
                                    model->servers[zone->servers[s]].label, 4);
            put_server(out, &address, port);
        }
    }
}

/* Of the universe whose root.hints lie beside. [owned] by the caller, free();
 * NULL when out of memory. */
static char *stub_zones_text(const struct options *options,
                             const struct lab *lab)
{
    const struct sim_instance *only = lab_universe(lab);
    const struct sim_address root =
        sim_network_place(options->sim.network, SIM_PLACE_ROOT, 0);
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    if (out == NULL) {
        return NULL;
    }
    (void)fprintf(out, "# For unbound.conf, with `do-not-query-localhost: no`"
                       "\nstub-zone:\n    name: \".\"\n");
    put_server(out, &root, options->port);
    for (size_t i = 0; i < lab->count; i++) {
        if (only != NULL ? lab->instances[i] == only
                         : lab->models[i]->universe == SCN_SHARED) {
            put_zones(out, lab, i, options->port);
        }
    }
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

int lab_files_write(const struct options *options, const struct lab *lab)
{
    const char *dir = options->lab_files;
    char *text = NULL;
    int status = EXIT_DONE;

    if (dir == NULL) {
        return EXIT_DONE;
    }
    status = lab_write_files(lab, dir);
    if (status != EXIT_DONE || options->sandbox) {
        return status;
    }
    text = stub_zones_text(options, lab);
    if (text == NULL || !lab_write_file(dir, "stub-zones.conf", text)) {
        (void)fprintf(stderr, "authsim: cannot write %s/stub-zones.conf: %s\n",
                      dir, strerror(errno));
        status = EXIT_INPUT;
    }
    free(text);
    return status;
}
