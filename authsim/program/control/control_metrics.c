/* SPDX-License-Identifier: BSD-2-Clause */
/* control_metrics.c - the text format of Prometheus, version 0.0.4. */
#include "control_metrics.h"

#include "control_desk.h"
#include "control_query.h"

#include <authsim/server.h>

#include <inttypes.h>
#include <stdio.h>

static const struct {
    uint16_t type;
    const char *name;
} types[CONTROL_TYPES] = { { 1, "A" },    { 2, "NS" },      { 5, "CNAME" },
                           { 6, "SOA" },  { 16, "TXT" },    { 28, "AAAA" },
                           { 43, "DS" },  { 48, "DNSKEY" }, { 257, "CAA" },
                           { 0, "other" } };

static const struct {
    uint8_t rcode;
    const char *name;
} rcodes[CONTROL_RCODES] = { { 0, "NOERROR" },  { 1, "FORMERR" },
                             { 2, "SERVFAIL" }, { 3, "NXDOMAIN" },
                             { 4, "NOTIMP" },   { 5, "REFUSED" },
                             { 255, "other" } };

static size_t type_slot(uint16_t type)
{
    size_t i = 0;

    while (i < CONTROL_TYPES - 1 && types[i].type != type) {
        i++;
    }
    return i;
}

static size_t rcode_slot(uint8_t rcode)
{
    size_t i = 0;

    while (i < CONTROL_RCODES - 1 && rcodes[i].rcode != rcode) {
        i++;
    }
    return i;
}

void control_totals_add(struct control_totals *totals,
                        const struct sim_journal *journal, size_t from,
                        size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct sim_exchange *x = sim_journal_at(journal, i);
        totals->queries[x->transport == SCN_TCP][type_slot(x->type)]++;
        totals->faults += x->fault != NULL;
        if (x->replied) {
            totals->replies[rcode_slot(x->rcode)]++;
        } else {
            totals->unanswered++;
        }
    }
}

void control_totals_add_request(struct control_totals *totals, unsigned status)
{
    if (status >= 500) {
        totals->requests[2]++;
    } else {
        totals->requests[status >= 400]++;
    }
}

static void head(FILE *out, const char *name, const char *kind,
                 const char *help)
{
    (void)fprintf(out, "# HELP authsim_%s %s\n# TYPE authsim_%s %s\n", name,
                  help, name, kind);
}

static void one(FILE *out, const char *name, const char *kind, const char *help,
                uint64_t value)
{
    head(out, name, kind, help);
    (void)fprintf(out, "authsim_%s %" PRIu64 "\n", name, value);
}

static void put_queries(FILE *out, const struct control_totals *totals)
{
    static const char *const transports[] = { "udp", "tcp" };

    head(out, "queries_total", "counter", "Queries that were journaled.");
    for (size_t t = 0; t < 2; t++) {
        for (size_t i = 0; i < CONTROL_TYPES; i++) {
            (void)fprintf(out,
                          "authsim_queries_total{transport=\"%s\",type=\"%s\"} "
                          "%" PRIu64 "\n",
                          transports[t], types[i].name, totals->queries[t][i]);
        }
    }
}

static void put_replies(FILE *out, const struct control_totals *totals)
{
    head(out, "replies_total", "counter", "Replies, by response code.");
    for (size_t i = 0; i < CONTROL_RCODES; i++) {
        (void)fprintf(out, "authsim_replies_total{rcode=\"%s\"} %" PRIu64 "\n",
                      rcodes[i].name, totals->replies[i]);
    }
}

static void put_requests(FILE *out, const struct control_totals *totals)
{
    static const char *const statuses[] = { "2xx", "4xx", "5xx" };

    head(out, "control_requests_total", "counter",
         "Requests to the control interface that were answered.");
    for (size_t i = 0; i < CONTROL_STATUSES; i++) {
        (void)fprintf(
            out, "authsim_control_requests_total{status=\"%s\"} %" PRIu64 "\n",
            statuses[i], totals->requests[i]);
    }
}

char *control_metrics_text(const struct control_totals *totals,
                           const struct control_gauges *gauges)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    if (out == NULL) {
        return NULL;
    }
    put_queries(out, totals);
    put_replies(out, totals);
    one(out, "unanswered_total", "counter", "Queries without a reply.",
        totals->unanswered);
    one(out, "faulted_total", "counter", "Exchanges in which a fault acted.",
        totals->faults);
    one(out, "cache_hits_total", "counter", "Replies that were kept.",
        totals->cache_hits);
    one(out, "cache_misses_total", "counter",
        "Queries for which no reply was kept.", totals->cache_misses);
    put_requests(out, totals);
    one(out, "instances", "gauge", "Checks that are served.",
        gauges->instances);
    one(out, "journal_exchanges", "gauge", "Exchanges held in the journals.",
        gauges->exchanges);
    one(out, "control_waits", "gauge", "Requests that wait.", gauges->waits);
    if (fclose(out) != 0) {
        return NULL;
    }
    return text;
}

static void count(const struct sim_journal *journal,
                  struct control_totals *totals, struct control_gauges *gauges)
{
    const size_t first = sim_journal_first(journal);
    const size_t end = sim_journal_count(journal);

    control_totals_add(totals, journal, first, end);
    gauges->exchanges += end - first;
}

void control_get_metrics(struct control_desk *desk,
                         const struct control_request *request,
                         struct control_answer *answer)
{
    struct control_totals totals = desk->gone;
    struct control_gauges gauges = { .instances = desk->lab->count,
                                     .waits = desk->waits.count };

    if (!control_query_none(request, answer)) {
        return;
    }
    if (desk->server != NULL) {
        sim_server_cache(desk->server, &totals.cache_hits,
                         &totals.cache_misses);
    }
    for (size_t i = 0; i < desk->lab->count; i++) {
        count(sim_instance_journal(desk->lab->instances[i]), &totals, &gauges);
    }
    count(sim_world_journal(desk->lab->world), &totals, &gauges);
    control_answer_text(answer, "text/plain; version=0.0.4",
                        control_metrics_text(&totals, &gauges));
}
