/* SPDX-License-Identifier: BSD-2-Clause */
/* remotes.c - a resolver and a front for each remote perspective. */
#include "remotes.h"

#include "files.h"
#include "front.h"
#include "upstream_unbound.h"

#include <authsim/sandbox.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { UNBOUND_PORT = 1053, TROUBLE_MAX = 256, DIRECTORY_MODE = 0755 };

struct remote {
    struct cfm_remotes *remotes; /* [borrowed] */
    char *directory;             /* [owned] */
    struct cfm_unbound *unbound; /* [owned] */
    struct cfm_front *front;     /* [owned] */
    bool ready;
    char name[32]; /* remote-N */
};

struct cfm_remotes {
    struct cfm_place_config config;
    const struct cfm_place_texts *files; /* [borrowed] */
    cfm_place_event_fn *event;
    void *ctx;          /* [borrowed] */
    struct event *told; /* [owned] tells trouble that was found at once */
    struct remote *all; /* [owned] */
    unsigned count;
    char trouble[TROUBLE_MAX];
};

unsigned cfm_remotes_needed(const struct cfm_settings *settings,
                            const struct cfm_lab_world *world,
                            const struct cfm_selected *selected, size_t count)
{
    unsigned needed = 0;
    if (settings->resolver != CFM_RESOLVER_UNBOUND ||
        (settings->features & (unsigned)SCN_F_PERSPECTIVES) == 0) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        const struct cfm_lab_instance *entry =
            cfm_lab_world_find(world, selected[i].scenario, selected[i].index);
        unsigned remotes = entry == NULL ? 0 : entry->model->remotes;
        needed = remotes > needed ? remotes : needed;
    }
    return needed;
}

/* Behind those of the private universes. */
static struct sim_address front_address(enum sim_network_kind network,
                                        unsigned number)
{
    return sim_network_place(network, SIM_PLACE_FRONT,
                             CFM_PLACES_PRIVATE + number);
}

static void on_unbound(void *ctx, const char *trouble)
{
    struct remote *remote = ctx;
    struct cfm_remotes *remotes = remote->remotes;
    bool all_ready = true;
    if (trouble != NULL) {
        remotes->event(remotes->ctx, trouble);
        return;
    }
    remote->ready = true;
    for (unsigned i = 0; i < remotes->count; i++) {
        all_ready = all_ready && remotes->all[i].ready;
    }
    if (all_ready) {
        remotes->event(remotes->ctx, NULL);
    }
}

static int open_front(struct remote *remote, unsigned number,
                      const struct sim_address *upstream)
{
    const struct cfm_place_config *config = &remote->remotes->config;
    const struct cfm_front_config front = {
        .base = config->host.base,
        .listen = front_address(config->network, number),
        .upstream = *upstream,
        .world = config->world->world,
        .server = config->server,
        .perspective = remote->name,
    };
    return cfm_front_new(&front, &remote->front);
}

static int open_one(struct cfm_remotes *remotes, unsigned number)
{
    const struct cfm_place_config *config = &remotes->config;
    struct remote *remote = &remotes->all[number - 1];
    remote->remotes = remotes;
    (void)snprintf(remote->name, sizeof remote->name, "remote-%u", number);
    remote->directory = cfm_path_join(SIM_SANDBOX_DIR, remote->name);
    if (remote->directory == NULL) {
        return ENOMEM;
    }
    if (mkdir(remote->directory, DIRECTORY_MODE) != 0 && errno != EEXIST) {
        return errno;
    }
    struct cfm_unbound_setup setup = {
        .preset = config->settings->preset,
        .listen = sim_network_place(config->network, SIM_PLACE_CLIENT, number),
        .directory = remote->directory,
        .root_hints = remotes->files->root_hints,
        .trust_anchor = remotes->files->trust_anchor,
    };
    setup.send_from = setup.listen;
    setup.listen.port = UNBOUND_PORT;
    int rc = open_front(remote, number, &setup.listen);
    return rc != 0 ? rc
                   : cfm_unbound_start(&config->host, config->unbound, &setup,
                                       on_unbound, remote, &remote->unbound);
}

static void on_told(evutil_socket_t fd, short what, void *ctx)
{
    (void)fd;
    (void)what;
    struct cfm_remotes *remotes = ctx;
    remotes->event(remotes->ctx, remotes->trouble);
}

struct cfm_remotes *cfm_remotes_open(const struct cfm_place_config *config,
                                     const struct cfm_place *shared,
                                     unsigned count, cfm_place_event_fn *event,
                                     void *ctx)
{
    struct cfm_remotes *remotes = calloc(1, sizeof *remotes);
    if (remotes == NULL) {
        return NULL;
    }
    remotes->config = *config;
    remotes->files = cfm_place_get(shared);
    remotes->event = event;
    remotes->ctx = ctx;
    remotes->count = count;
    remotes->told = evtimer_new(config->host.base, on_told, remotes);
    remotes->all = calloc(count, sizeof *remotes->all);
    if (remotes->told == NULL || remotes->all == NULL) {
        cfm_remotes_close(remotes);
        return NULL;
    }
    int rc = 0;
    for (unsigned number = 1; number <= count && rc == 0; number++) {
        rc = open_one(remotes, number);
        if (rc != 0) {
            (void)snprintf(remotes->trouble, sizeof remotes->trouble,
                           "the resolver of remote-%u: %s", number,
                           strerror(rc));
            event_active(remotes->told, EV_TIMEOUT, 0);
        }
    }
    return remotes;
}

void cfm_remotes_close(struct cfm_remotes *remotes)
{
    if (remotes == NULL) {
        return;
    }
    for (unsigned i = 0; remotes->all != NULL && i < remotes->count; i++) {
        cfm_front_free(remotes->all[i].front);
        cfm_unbound_free(remotes->all[i].unbound);
        free(remotes->all[i].directory);
    }
    if (remotes->told != NULL) {
        event_free(remotes->told);
    }
    free(remotes->all);
    free(remotes);
}

char *cfm_remotes_text(enum sim_network_kind network, unsigned count)
{
    char *text = calloc(count + 1, SIM_ADDRESS_TEXT_MAX + 1);
    char *end = text;
    for (unsigned i = 1; text != NULL && i <= count; i++) {
        struct sim_address front = front_address(network, i);
        if (i > 1) {
            *end++ = ',';
        }
        sim_address_text(&front, end);
        end += strlen(end);
    }
    return text;
}
