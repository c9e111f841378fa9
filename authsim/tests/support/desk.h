/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * desk.h - the control interface without HTTP, for tests: desk.yaml and
 * every-name.yaml are served.
 */
#pragma once

#include "control_desk.h"

struct test_desk {
    struct lab lab;
    struct control_desk desk;
    struct sim_responder *responder; /* [owned] numbers the exchanges */
    struct control_answer answer;    /* to the last request */
};

/* Setup and teardown of a test; *state is a struct test_desk. */
int test_desk_setup(void **state);
int test_desk_teardown(void **state);

/* Asks, and returns the status. A '?' parts the query from the path. */
unsigned test_desk_get(struct test_desk *d, const char *path);
unsigned test_desk_delete(struct test_desk *d, const char *path);
unsigned test_desk_post(struct test_desk *d, const char *path,
                        const char *body);
/* A body of any octets. */
unsigned test_desk_post_octets(struct test_desk *d, const char *path,
                               const void *body, size_t len);

/* The instance of that key. */
struct sim_instance *test_desk_instance(struct test_desk *d, const char *key);

/* A query over UDP, in the journal afterwards; the RCODE of the reply. */
unsigned test_desk_query(struct test_desk *d, const char *key, const char *name,
                         uint16_t type);

/* The records of an owner and type in the zones of the instance, without their
 * TTL, joined by '|', as [owned] text. The owner ends in a dot. */
char *test_desk_records(struct test_desk *d, const char *key, const char *owner,
                        const char *type);

/* Fails the test unless the records are those. */
void test_desk_shows(struct test_desk *d, const char *key, const char *owner,
                     const char *type, const char *wanted);

/* All that can be seen of what is served: the scenarios, the faults, the
 * journal, every zone with its serial and signatures. [owned] */
char *test_desk_state(struct test_desk *d);

/* Fails the test unless a POST is answered by that status, by a problem whose
 * detail has the words, and changes nothing. */
void test_desk_refuses(struct test_desk *d, const char *path, const char *body,
                       unsigned status, const char *words);
void test_desk_refuses_octets(struct test_desk *d, const char *path,
                              const void *body, size_t len, unsigned status,
                              const char *words);
/* The same of the answer to a request made just now, before being the state
 * before it, which is [consumed]. */
void test_desk_refused(struct test_desk *d, char *before, unsigned status,
                       const char *words);
