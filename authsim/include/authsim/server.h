/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * server.h - the sockets through which a world is asked.
 *
 * One wildcard socket per family and transport on port 53 (or another), with
 * PKTINFO telling which simulated server a query was sent to. Others may bind
 * a single address on the same port beside them: UDP with SO_REUSEADDR, TCP
 * with SO_REUSEPORT.
 */
#pragma once

#include <authsim/recorder.h>
#include <authsim/status.h>
#include <authsim/world.h>

#include <event2/event.h>

struct sim_server;

/*
 * Starts to serve an opened world on base's loop. In the loopback network the
 * sockets are bound to the device lo.
 *   world  [borrowed], outlives the server
 *   why    one line that says what could not be had and what to change,
 *          written on SIM_ESYSTEM
 */
SIM_NODISCARD enum sim_status sim_server_new(struct event_base *base,
                                             struct sim_world *world,
                                             uint16_t port, char *why,
                                             size_t why_cap,
                                             struct sim_server **server_out);

/*
 * Serves another opened world from now on, of the same network, by the same
 * sockets; what the old one has said already and is late is sent. On an error
 * nothing has changed. Holding the world.
 *   world  [borrowed], outlives the server; the old one may go
 *   why    as above
 */
SIM_NODISCARD enum sim_status sim_server_replace(struct sim_server *server,
                                                 struct sim_world *world,
                                                 char *why, size_t why_cap);

/* What the clients of TCP can make the server hold (RFC 7766 section 6.2). */
struct sim_tcp_limits {
    /* Of each family; one more, and the one whose last query is longest ago
     * ends. */
    unsigned connections;
    unsigned idle_ms; /* since the last octet came; then a connection ends */
    /* Octets of replies under way on one connection: while there are as many
     * nothing more is read. */
    size_t output;
};

/* 1000 connections, 30 s, 128 KiB. */
void sim_tcp_limits_default(struct sim_tcp_limits *limits_out);

/* Other limits than the default, for connections accepted from now on. */
void sim_server_limit(struct sim_server *server,
                      const struct sim_tcp_limits *limits);

/*
 * For a server that can be reached from beyond this system: UDP clients get
 * little until a cookie says that they are where they say (RFC 7873), and their
 * networks so many replies a second. Once for a server.
 * SIM_ECRYPTO: there is no secret.
 */
SIM_NODISCARD enum sim_status sim_server_guard(struct sim_server *server);

/* Records what is received and sent from now on; not once it is spread.
 *   recorder  [borrowed], outlives the server */
void sim_server_record(struct sim_server *server,
                       struct sim_recorder *recorder);

/* Threads that answer, the event loop's own among them. */
enum { SIM_SERVER_THREADS_MAX = 64 };

/*
 * Answers UDP in so many threads from now on, once for a server: the kernel
 * gives all that comes from one socket for one address to one of them. Whoever
 * uses the world or its journals from now on holds it meanwhile, and the event
 * loop has a turn after other threads have answered. 0 and 1: nothing changes.
 * What cannot be had for all of them leaves none.
 *   why  as above
 * SIM_ECONFLICT: more than SIM_SERVER_THREADS_MAX, spread already, or recorded.
 */
SIM_NODISCARD enum sim_status sim_server_spread(struct sim_server *server,
                                                unsigned threads, char *why,
                                                size_t why_cap);

/* Ends the other threads; those who asked them get nothing more. Not while the
 * world is held. */
void sim_server_gather(struct sim_server *server);

/* From here to the release no other thread answers. Not to be held twice, nor
 * while the event loop runs; nor needed by who has not spread the server. */
void sim_server_hold(struct sim_server *server);
void sim_server_release(struct sim_server *server);

/* Takes the number of the next exchange of the world (struct sim_exchange), for
 * what else writes into its journals: the front. */
uint64_t sim_server_number(struct sim_server *server);

/* How often a reply was there already, and how often it was not, since the
 * server was made: what no fault has a say in is built once, and kept until the
 * world changes. */
void sim_server_cache(const struct sim_server *server, uint64_t *hits_out,
                      uint64_t *misses_out);

/* False in the loopback network, and where the kernel has no IPv6. */
bool sim_server_has_ipv6(const struct sim_server *server);

/* Ends its threads, closes sockets and forgets delayed replies. */
void sim_server_free(struct sim_server *server);
