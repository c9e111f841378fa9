/* SPDX-License-Identifier: BSD-2-Clause */
/* place.c - files on the sandbox's tmpfs, an Unbound, a front before it. */
#include "place.h"

#include "files.h"
#include "front.h"
#include "upstream_unbound.h"

#include <authsim/sandbox.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { UNBOUND_PORT = 1053, TROUBLE_MAX = 512, DIRECTORY_MODE = 0755 };

struct cfm_place {
    struct cfm_place_config config;
    cfm_place_event_fn *event;
    void *ctx;          /* [borrowed] */
    char *directory;    /* [owned] */
    char *root_hints;   /* [owned] files */
    char *trust_anchor; /* [owned] */
    char *resolv_conf;  /* [owned] */
    char resolver[SIM_ADDRESS_TEXT_MAX];
    struct cfm_place_texts texts;
    struct cfm_unbound *unbound; /* [owned] */
    struct cfm_front *front;     /* [owned] */
    struct event *told;          /* [owned] tells what was found at once */
    char trouble[TROUBLE_MAX];   /* "" for none */
};

static unsigned number_of(const struct cfm_place *place)
{
    return place->config.private == NULL ? 0 : place->config.private->place;
}

static struct sim_instance *owner_of(const struct cfm_place *place)
{
    return place->config.private == NULL ? NULL
                                         : place->config.private->instance;
}

static bool set_trouble(struct cfm_place *place, const char *what, int error)
{
    (void)snprintf(place->trouble, sizeof place->trouble, "%s: %s", what,
                   strerror(error));
    return false;
}

/* --- files --- */

/* Writes text [consumed] to a file of the directory; its path, or NULL. */
static char *put_file(struct cfm_place *place, const char *name, char *text)
{
    char *path = cfm_path_join(place->directory, name);
    int rc = path == NULL || text == NULL ? ENOMEM : cfm_file_write(path, text);
    free(text);
    if (rc != 0) {
        free(path);
        set_trouble(place, name, rc);
        return NULL;
    }
    return path;
}

static char *resolv_conf_text(const char *resolver)
{
    char text[SIM_ADDRESS_TEXT_MAX + 32];
    if (resolver == NULL) {
        return strdup("# no resolver in this lab\n");
    }
    (void)snprintf(text, sizeof text, "nameserver %s\n", resolver);
    return strdup(text);
}

static bool write_files(struct cfm_place *place)
{
    const struct sim_world *world = place->config.world->world;
    const struct sim_instance *owner = owner_of(place);
    char name[32];
    (void)snprintf(name, sizeof name, "universe-%u", number_of(place));
    place->directory = cfm_path_join(SIM_SANDBOX_DIR, name);
    if (place->directory == NULL) {
        return set_trouble(place, SIM_SANDBOX_DIR, ENOMEM);
    }
    if (mkdir(place->directory, DIRECTORY_MODE) != 0 && errno != EEXIST) {
        return set_trouble(place, place->directory, errno);
    }
    place->root_hints =
        put_file(place, "root.hints", sim_world_root_hints(world, owner));
    place->trust_anchor =
        put_file(place, "trust-anchor", sim_world_trust_anchor(world, owner));
    place->resolv_conf =
        put_file(place, "resolv.conf", resolv_conf_text(place->texts.resolver));
    if (place->root_hints == NULL || place->trust_anchor == NULL ||
        place->resolv_conf == NULL) {
        return false;
    }
    place->texts.root_hints = place->root_hints;
    place->texts.trust_anchor = place->trust_anchor;
    return true;
}

/* The shared resolv.conf covers the real one for the whole lab; a private one
 * only for the commands of its universe. */
static bool cover_resolv_conf(struct cfm_place *place)
{
    if (!place->config.covers_resolv_conf) {
        return true;
    }
    if (place->config.private != NULL) {
        place->texts.resolv_conf = place->resolv_conf;
        return true;
    }
    char *text = resolv_conf_text(place->texts.resolver);
    enum sim_status st =
        text == NULL ? SIM_ENOMEM : sim_sandbox_cover("/etc/resolv.conf", text);
    free(text);
    if (st == SIM_OK || st == SIM_ECONFLICT) {
        return true;
    }
    return set_trouble(place, "cannot cover /etc/resolv.conf", errno);
}

/* --- resolver and front --- */

static bool open_front(struct cfm_place *place,
                       const struct sim_address *upstream)
{
    const struct cfm_front_config config = {
        .base = place->config.host.base,
        .listen = cfm_place_front(place),
        .upstream = *upstream,
        .world = place->config.world->world,
        .server = place->config.server,
        .perspective = "primary",
        .owner = owner_of(place),
    };
    int rc = cfm_front_new(&config, &place->front);
    return rc == 0
               ? true
               : set_trouble(place, "cannot listen on the front's port 53", rc);
}

static void on_unbound(void *ctx, const char *trouble)
{
    struct cfm_place *place = ctx;
    place->event(place->ctx, trouble);
}

static bool start_unbound(struct cfm_place *place)
{
    const struct cfm_place_config *config = &place->config;
    struct cfm_unbound_setup setup = {
        .preset = config->settings->preset,
        .listen = sim_network_place(config->network, SIM_PLACE_RESOLVER,
                                    number_of(place)),
        .directory = place->directory,
        .root_hints = place->root_hints,
        .trust_anchor = place->trust_anchor,
    };
    setup.send_from = setup.listen;
    /* One that has just been killed may still hold its port. */
    setup.listen.port = (uint16_t)(UNBOUND_PORT + config->generation);
    if (config->private != NULL) {
        setup.resolver = config->private->model->resolver;
    }
    if (config->ipv6) {
        setup.send_from_6 = sim_network_place6(
            config->network, SIM_PLACE_RESOLVER, number_of(place));
    }
    if (config->ipv6 && sim_sandbox_assign(&setup.send_from_6) != SIM_OK) {
        return set_trouble(place, "cannot assign an IPv6 address", errno);
    }
    if (!open_front(place, &setup.listen)) {
        return false;
    }
    int rc = cfm_unbound_start(&config->host, config->unbound, &setup,
                               on_unbound, place, &place->unbound);
    return rc == 0 ? true : set_trouble(place, config->unbound, rc);
}

/* True when all went well. Unbound tells later that it is ready; who has none
 * is ready now. */
static bool open_resolver(struct cfm_place *place, bool *ready_out)
{
    switch (place->config.settings->resolver) {
    case CFM_RESOLVER_UNBOUND:
        return start_unbound(place);
    case CFM_RESOLVER_ADDRESS:
        *ready_out = true;
        return open_front(place, &place->config.settings->resolver_address);
    case CFM_RESOLVER_NONE:
        *ready_out = true;
        return true;
    }
    return false;
}

static void on_told(evutil_socket_t fd, short what, void *ctx)
{
    (void)fd;
    (void)what;
    struct cfm_place *place = ctx;
    place->event(place->ctx, place->trouble[0] == '\0' ? NULL : place->trouble);
}

struct cfm_place *cfm_place_open(const struct cfm_place_config *config,
                                 cfm_place_event_fn *event, void *ctx)
{
    struct cfm_place *place = calloc(1, sizeof *place);
    if (place == NULL) {
        return NULL;
    }
    place->config = *config;
    place->event = event;
    place->ctx = ctx;
    place->told = evtimer_new(config->host.base, on_told, place);
    if (place->told == NULL) {
        cfm_place_close(place);
        return NULL;
    }
    struct sim_address front = cfm_place_front(place);
    if (front.family != 0) {
        sim_address_text(&front, place->resolver);
        place->texts.resolver = place->resolver;
    }
    bool ready = false;
    bool well = write_files(place) && cover_resolv_conf(place) &&
                open_resolver(place, &ready);
    if (ready || !well) {
        event_active(place->told, EV_TIMEOUT, 0);
    }
    return place;
}

void cfm_place_close(struct cfm_place *place)
{
    if (place == NULL) {
        return;
    }
    cfm_front_free(place->front);
    cfm_unbound_free(place->unbound);
    if (place->told != NULL) {
        event_free(place->told);
    }
    free(place->directory);
    free(place->root_hints);
    free(place->trust_anchor);
    free(place->resolv_conf);
    free(place);
}

const struct cfm_place_texts *cfm_place_get(const struct cfm_place *place)
{
    return &place->texts;
}

struct sim_address cfm_place_front(const struct cfm_place *place)
{
    if (place->config.settings->resolver == CFM_RESOLVER_NONE) {
        return (struct sim_address){ .family = 0 };
    }
    return sim_network_place(place->config.network, SIM_PLACE_FRONT,
                             number_of(place));
}
