/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * journal.h - every exchange, as the predicates of FORMAT section 7 need it.
 *
 * Each instance has one journal: what reached its servers, the root queries for
 * its names, and (written by the conformance front) what the implementation
 * asked its resolver. The world has another one for what belongs to none of
 * them: root queries for names that nobody owns, and messages without a
 * question.
 */
#pragma once

#include <authsim/network.h>
#include <authsim/status.h>
#include <scenario/model.h>

/* A fault that was enabled and did not act, and what it lacked. */
struct sim_near_miss {
    const struct scn_fault *fault; /* [borrowed] from the instance's model */
    /* The key of its filter that did not match while all others did, and there
     * was another; or `after`, `first` or `every`, when all did. Static. */
    const char *key;
    unsigned match_number; /* with the latter three; 0: not counted */
};

/* One query and what was done with it. Pointers are [owned] by the journal
 * once appended; names are wire. */
struct sim_exchange {
    enum scn_place at;
    uint64_t number;     /* order of arrival in the whole world, from 1 */
    int64_t received_ns; /* sim_clock_monotonic_ns() */
    int64_t replied_ns;  /* when the last octet was due; 0: no reply (yet) */
    const char *server;  /* label, "root", or NULL at the front */
    const uint8_t *zone; /* the zone that answered; NULL at the front */
    const uint8_t *name; /* the question's name in the case received; NULL: the
                            message had no question, so no type and class */
    uint16_t type;
    uint16_t class;
    enum scn_transport transport;
    struct sim_address client;
    struct sim_address local;
    const char *perspective; /* "primary", "remote-1", ... */
    bool edns;
    bool edns_newer;   /* of a version above 0 */
    bool edns_options; /* with options in it */
    bool dnssec_ok;
    unsigned match_number; /* of the fault below, from 1; 0: none matched */
    const char *fault;     /* fault's id and summary, NULL: none acted */
    const struct sim_near_miss *near_misses; /* in the order of the file */
    size_t near_miss_count;
    bool replied;
    uint8_t rcode;
    uint16_t flags;        /* the reply's flags word */
    uint16_t size;         /* octets of the reply */
    uint16_t answer_count; /* RRs in the reply's answer section */
    bool usable; /* the zone's own reply, octets unchanged by a fault, to be
                    read, and not truncated */
    /* Names the reply's own alias chain passed through, the question's name
     * not among them: each was looked up by this server. */
    const uint8_t *const *aliases;
    size_t alias_count;
    /* Where the first alias of the reply leads, whether this server looked that
     * name up or not; NULL when the reply holds none. */
    const uint8_t *alias_to;
    /* Cuts for which the reply carried the signed proof of no (usable) DS. */
    const uint8_t *const *no_ds;
    size_t no_ds_count;
    bool lab_own; /* caused by a `query` step, not by the implementation */
};

struct sim_journal;

enum { SIM_FAULT_TEXT_MAX = 256 };

/* "id: summary", or what there is of it. */
void sim_fault_text(const struct scn_fault *fault,
                    char text[SIM_FAULT_TEXT_MAX]);

SIM_NODISCARD enum sim_status sim_journal_new(struct sim_journal **journal_out);
void sim_journal_free(struct sim_journal *journal);

/* Appends a deep copy; returns its index for sim_journal_reply(). */
SIM_NODISCARD enum sim_status sim_journal_append(struct sim_journal *journal,
                                                 const struct sim_exchange *x,
                                                 size_t *index_out);

/* Completes entry `index` when its reply comes later (the front). */
void sim_journal_reply(struct sim_journal *journal, size_t index,
                       int64_t replied_ns, uint16_t flags, uint16_t size,
                       uint16_t answer_count);

/* Entries so far; those before sim_journal_first() are no longer there. */
size_t sim_journal_count(const struct sim_journal *journal);
size_t sim_journal_first(const struct sim_journal *journal);
/* [borrowed]; valid until the journal changes. index: from the first on. */
const struct sim_exchange *sim_journal_at(const struct sim_journal *journal,
                                          size_t index);

/* `forget: journal`: the window of the predicates starts here. */
void sim_journal_forget(struct sim_journal *journal);
/* Likewise with the first entry of that number or a later one, if it does not
 * start later already. For entries in the order of their numbers. */
void sim_journal_forget_before(struct sim_journal *journal, uint64_t number);
/* Index of the first entry of the window. */
size_t sim_journal_window(const struct sim_journal *journal);

/* Gives up the entries before the window; the others keep their index. */
void sim_journal_drop(struct sim_journal *journal);

/* While own is true, appended entries are marked lab_own. */
void sim_journal_set_lab_own(struct sim_journal *journal, bool own);
