/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * probe.h - one CAA query to one name server, over UDP, without recursion and
 * without a retry. It explains a failure and never decides more than a
 * deviation: an answer found this way is not validated, so it is not used.
 */
#pragma once

#include <caacheck/lookup.h>

struct event_base;
struct caa_udp_probe;

/* How a probe ended. */
struct caa_probe_end {
    enum caa_behaviour behaviour;
    unsigned rcode;
    const uint8_t *reply; /* [borrowed] for the call; NULL when silent */
    size_t length;
};

/* Called once, from the loop; may free the probe. */
typedef void caa_probe_done_fn(void *context, const struct caa_probe_end *end);

/* An IPv4 (4 octets) or IPv6 (16 octets) address and a port. */
struct caa_address {
    uint8_t octets[16];
    size_t length;
    uint16_t port;
};

/*
 * context is borrowed and outlives the probe. An address that cannot be
 * reached at all is a probe that ends CAA_BEHAVIOUR_SILENT.
 */
CAA_NODISCARD enum caa_status caa_udp_probe_new(
    struct event_base *base, const struct caa_address *address,
    const struct caa_name *name, caa_probe_done_fn *done, void *context,
    struct caa_udp_probe **probe_out);

/* Stops it when it has not ended. NULL is accepted. */
void caa_udp_probe_free(struct caa_udp_probe *probe);

/* What a reply of length > 0 to a query with this id and name shows. Pure. */
enum caa_behaviour caa_probe_classify(const uint8_t *reply, size_t length,
                                      uint16_t id, const struct caa_name *name,
                                      unsigned *rcode_out);
