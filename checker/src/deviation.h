/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * deviation.h - bugs that can be switched on, each by the id it has in
 * scenarios/deviations.yaml, at the place where an implementation would have
 * it. They exist in caacheck-deviant alone, which shows that the catalogue
 * catches them: in caacheck every CAA_DEVIATES() is the constant false.
 * A misreading of the texts is no bug but a value of struct caa_rules.
 */
#pragma once

#ifdef CAA_WITH_DEVIATIONS

#include <caacheck/lookup.h>

#define CAA_DEVIATES(id) caa_deviates(#id)
#define CAA_NOTED()      caa_deviation_noted()

/* See caa_overhear() and caa_believed(). */
#define CAA_OVERHEAR(name, target, reply, length) \
    caa_overhear(name, target, reply, length)
#define CAA_BELIEVED(lookup, name, answer) caa_believed(lookup, name, answer)

/* Where a bug can show. */
enum caa_reach {
    CAA_REACH_ANSWERS,  /* in what is made of the request and the answers */
    CAA_REACH_FAILURES, /* in a look-up that fails, or does not validate */
    CAA_REACH_LOOKUPS   /* in any look-up */
};

struct caa_deviation {
    const char *id;
    const char *what; /* the bug does */
    enum caa_reach reach;
};

/* All of them; *count_out lines. */
const struct caa_deviation *caa_deviation_table(size_t *count_out);

/* Switches one on and every other off; CAA_EFORMAT when there is none. */
CAA_NODISCARD enum caa_status caa_deviation_select(const char *id);

/* Switches every one off. */
void caa_deviation_clear(void);

/* CAA_REACH_LOOKUPS for one that is not in the table. */
enum caa_reach caa_deviation_reach(const char *id);

/* While deviations are compared, a crash or a hang is only noted. */
void caa_deviation_note_only(bool on);
/* A bug that crashes or hangs is about to: true when it is only to be noted. */
bool caa_deviation_noted(void);
/* Whether one was noted since the last call. */
bool caa_deviation_take_note(void);

/* Whether this one is on. */
bool caa_deviates(const char *id);

/* Keeps the first reply of a server to the question for the CAA of name, whose
 * aliases end at target; NULL is none. */
void caa_overhear(const struct caa_name *name, const struct caa_name *target,
                  const uint8_t *reply, size_t length);

/* What the bug that is on takes for the answer; NULL: not there yet. */
const struct caa_answer *caa_believed(const struct caa_lookup *lookup,
                                      const struct caa_name *name,
                                      const struct caa_answer *answer);

#else

#define CAA_DEVIATES(id)                          false
#define CAA_NOTED()                               false
#define CAA_OVERHEAR(name, target, reply, length) ((void)0)
#define CAA_BELIEVED(lookup, name, answer)        (answer)

#endif
