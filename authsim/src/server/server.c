/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * server.c - four wildcard sockets, or two where there is no IPv6; two, or one,
 * more for each further thread.
 */
#include "socket.h"
#include "tcp.h"
#include "thread.h"
#include "udp.h"
#include "universe.h"
#include "unreachable.h"

#include <authsim/server.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sim_server {
    struct event_base *base;           /* [borrowed] */
    struct sim_shared shared;          /* [owned] */
    struct sim_udp *udp[SIM_FAMILIES]; /* [owned] NULL: no such family */
    struct sim_tcp *tcp[SIM_FAMILIES]; /* [owned] */
    evutil_socket_t hold;              /* [owned] the port's mark */
    uint16_t port;
    bool only_lo;
    struct sim_wake *wake; /* [owned] NULL: no other thread */
    struct sim_thread *threads[SIM_SERVER_THREADS_MAX]; /* [owned] */
    size_t thread_count;
};

static const char *remedy(int error)
{
    switch (error) {
    case EACCES:
    case EPERM:
        return "ports below 1024 need a sandbox, CAP_NET_BIND_SERVICE or "
               "'sysctl -w net.ipv4.ip_unprivileged_port_start=53'";
    case EADDRINUSE:
        return "another process has that port: stop it or choose another";
    case EMFILE:
    case ENFILE:
        return "raise the limit of open files (ulimit -n)";
    default:
        return "see socket(7), ip(7) and ipv6(7)";
    }
}

static void tell(const char *step, const struct sim_socket_options *options,
                 char *why, size_t cap)
{
    const int error = errno;

    (void)snprintf(why, cap, "cannot %s %s port %u over IPv%d: %s; %s", step,
                   options->kind == SIM_SOCKET_UDP ? "UDP" : "TCP",
                   options->port, options->family, strerror(error),
                   remedy(error));
    errno = error;
}

static enum sim_status hold_port(struct sim_server *server,
                                 const struct sim_socket_options *options,
                                 char *why, size_t cap)
{
    const enum sim_status st =
        sim_socket_hold_port(options->port, &server->hold);

    if (st == SIM_ESYSTEM) {
        tell("hold", options, why, cap);
    }
    return st;
}

static bool zone_says_unreachable(const struct scn_zone *zone)
{
    for (size_t i = 0; i < zone->fault_count; i++) {
        if (zone->faults[i].action.drop == SCN_DROP_UNREACHABLE) {
            return true;
        }
    }
    return false;
}

static bool instance_says_unreachable(const struct scn_instance *model)
{
    bool says = false;

    for (size_t z = 0; z < model->zone_count; z++) {
        says = says || zone_says_unreachable(&model->zones[z]);
    }
    return says;
}

static bool world_says_unreachable(const struct sim_world *world)
{
    bool says = false;

    for (size_t i = 0; i < world->count; i++) {
        says = says || instance_says_unreachable(world->instances[i]->model);
    }
    return says;
}

/* For `drop: unreachable`, and only where a scenario has it. */
static enum sim_status open_icmp(struct sim_server *server,
                                 const struct sim_world *world,
                                 enum sim_family family, char *why, size_t cap)
{
    if (server->shared.icmp[family] >= 0 || !world_says_unreachable(world)) {
        return SIM_OK;
    }
    const enum sim_status st = sim_unreachable_open(
        family == SIM_IPV4 ? 4 : 6, &server->shared.icmp[family]);
    if (st != SIM_OK) {
        const int error = errno;
        (void)snprintf(why, cap,
                       "cannot make the raw socket that `drop: unreachable` "
                       "needs: %s; it needs a sandbox or CAP_NET_RAW",
                       strerror(error));
        errno = error;
        return st;
    }
    return SIM_OK;
}

/* Both transports of one family. */
static enum sim_status open_family(struct sim_server *server,
                                   struct sim_socket_options *options,
                                   char *why, size_t cap)
{
    const enum sim_family family = options->family == 4 ? SIM_IPV4 : SIM_IPV6;
    const char *step = "";
    enum sim_status st = SIM_OK;

    options->kind = SIM_SOCKET_UDP;
    st = sim_udp_new(server->base, options, &server->shared, NULL,
                     &server->udp[family], &step);
    if (st == SIM_OK) {
        options->kind = SIM_SOCKET_TCP;
        st = sim_tcp_new(server->base, options, &server->shared,
                         &server->tcp[family], &step);
    }
    if (st == SIM_ESYSTEM) {
        tell(step, options, why, cap);
    }
    return st;
}

/* Where the kernel has no IPv6 there is none to be had. */
static bool is_family_missing(enum sim_status st)
{
    return st == SIM_ESYSTEM &&
           (errno == EAFNOSUPPORT || errno == EADDRNOTAVAIL);
}

enum sim_status sim_server_new(struct event_base *base, struct sim_world *world,
                               uint16_t port, char *why, size_t why_cap,
                               struct sim_server **server_out)
{
    const bool loopback = world->options.network == SIM_NETWORK_LOOPBACK;
    struct sim_socket_options options = { .family = 4,
                                          .port = port,
                                          .only_lo = loopback };
    struct sim_server *server = calloc(1, sizeof(*server));
    enum sim_status st = SIM_ENOMEM;

    if (server == NULL) {
        return SIM_ENOMEM;
    }
    server->base = base;
    server->hold = -1;
    server->port = port;
    server->only_lo = loopback;
    server->shared.icmp[SIM_IPV4] = -1;
    server->shared.icmp[SIM_IPV6] = -1;
    (void)pthread_mutex_init(&server->shared.world, NULL); /* cannot fail */
    st = sim_responder_new(world, &server->shared.responder);
    if (st == SIM_OK) {
        st = hold_port(server, &options, why, why_cap);
    }
    if (st == SIM_OK) {
        st = open_family(server, &options, why, why_cap);
    }
    if (st == SIM_OK) {
        st = open_icmp(server, world, SIM_IPV4, why, why_cap);
    }
    if (st == SIM_OK && !loopback) {
        options.family = 6;
        st = open_family(server, &options, why, why_cap);
        if (st == SIM_OK) {
            st = open_icmp(server, world, SIM_IPV6, why, why_cap);
        }
        st = is_family_missing(st) ? SIM_OK : st;
    }
    if (st != SIM_OK) {
        sim_server_free(server);
        return st;
    }
    *server_out = server;
    return SIM_OK;
}

enum sim_status sim_server_replace(struct sim_server *server,
                                   struct sim_world *world, char *why,
                                   size_t why_cap)
{
    enum sim_status st = SIM_OK;

    for (int i = 0; st == SIM_OK && i < SIM_FAMILIES; i++) {
        if (server->udp[i] != NULL) {
            st = open_icmp(server, world, (enum sim_family)i, why, why_cap);
        }
    }
    if (st == SIM_OK) {
        sim_responder_replace(server->shared.responder, world);
    }
    return st;
}

enum sim_status sim_server_guard(struct sim_server *server)
{
    return sim_guard_new(NULL, &server->shared.guard);
}

void sim_server_limit(struct sim_server *server,
                      const struct sim_tcp_limits *limits)
{
    for (int i = 0; i < SIM_FAMILIES; i++) {
        if (server->tcp[i] != NULL) {
            sim_tcp_limit(server->tcp[i], limits);
        }
    }
}

void sim_server_record(struct sim_server *server, struct sim_recorder *recorder)
{
    server->shared.recorder = recorder;
}

uint64_t sim_server_number(struct sim_server *server)
{
    return sim_responder_number(server->shared.responder);
}

/* --- more threads --- */

/* How UDP sockets of one more thread are opened. Returns their number. */
static size_t udp_options(const struct sim_server *server,
                          struct sim_socket_options options[SIM_FAMILIES])
{
    size_t count = 0;

    for (int i = 0; i < SIM_FAMILIES; i++) {
        if (server->udp[i] != NULL) {
            options[count++] = (struct sim_socket_options){
                .family = i == SIM_IPV4 ? 4 : 6,
                .kind = SIM_SOCKET_UDP,
                .port = server->port,
                .only_lo = server->only_lo,
            };
        }
    }
    return count;
}

enum sim_status sim_server_spread(struct sim_server *server, unsigned threads,
                                  char *why, size_t why_cap)
{
    struct sim_socket_options options[SIM_FAMILIES] = { 0 };
    const size_t count = udp_options(server, options);
    const char *step = "make an eventfd for";
    enum sim_status st = SIM_OK;

    if (threads <= 1) {
        return SIM_OK;
    }
    if (threads > SIM_SERVER_THREADS_MAX || server->wake != NULL ||
        server->shared.recorder != NULL) {
        return SIM_ECONFLICT;
    }
    st = sim_wake_new(server->base, NULL, NULL, &server->wake);
    for (unsigned i = 1; st == SIM_OK && i < threads; i++) {
        st = sim_thread_new(options, count, &server->shared, server->wake,
                            &server->threads[server->thread_count], &step);
        server->thread_count += st == SIM_OK ? 1 : 0;
    }
    if (st == SIM_ESYSTEM) {
        tell(step, &options[0], why, why_cap);
    }
    if (st != SIM_OK) {
        sim_server_gather(server);
    }
    return st;
}

void sim_server_gather(struct sim_server *server)
{
    while (server->thread_count > 0) {
        sim_thread_free(server->threads[--server->thread_count]);
    }
    sim_wake_free(server->wake);
    server->wake = NULL;
}

void sim_server_hold(struct sim_server *server)
{
    (void)pthread_mutex_lock(&server->shared.world);
}

void sim_server_release(struct sim_server *server)
{
    (void)pthread_mutex_unlock(&server->shared.world);
}

void sim_server_cache(const struct sim_server *server, uint64_t *hits_out,
                      uint64_t *misses_out)
{
    const struct sim_cache_counts counts =
        sim_responder_cache(server->shared.responder);

    *hits_out = counts.hits;
    *misses_out = counts.misses;
}

bool sim_server_has_ipv6(const struct sim_server *server)
{
    return server->udp[SIM_IPV6] != NULL;
}

void sim_server_free(struct sim_server *server)
{
    if (server == NULL) {
        return;
    }
    sim_server_gather(server);
    for (int i = 0; i < SIM_FAMILIES; i++) {
        sim_udp_free(server->udp[i]);
        sim_tcp_free(server->tcp[i]);
        if (server->shared.icmp[i] >= 0) {
            (void)evutil_closesocket(server->shared.icmp[i]);
        }
    }
    if (server->hold >= 0) {
        (void)evutil_closesocket(server->hold);
    }
    sim_guard_free(server->shared.guard);
    sim_responder_free(server->shared.responder);
    (void)pthread_mutex_destroy(&server->shared.world);
    free(server);
}
