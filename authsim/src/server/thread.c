/* SPDX-License-Identifier: BSD-2-Clause */
/* thread.c - an event loop with UDP endpoints and nothing else. */
#include "thread.h"

#include "udp.h"

#include <authsim/loop.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

struct sim_thread {
    struct event_base *base;           /* [owned] */
    struct sim_udp *udp[SIM_FAMILIES]; /* [owned] */
    struct sim_wake *stop;             /* [owned] */
    pthread_t id;
    bool runs;
};

static void *run(void *arg)
{
    struct sim_thread *thread = arg;

    (void)event_base_dispatch(thread->base);
    return NULL;
}

static void on_stop(void *ctx)
{
    struct sim_thread *thread = ctx;

    (void)event_base_loopbreak(thread->base);
}

/* Signals are the main thread's. */
static enum sim_status start(struct sim_thread *thread, const char **step_out)
{
    sigset_t all;
    sigset_t before;

    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    errno = pthread_create(&thread->id, NULL, run, thread);
    thread->runs = errno == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    *step_out = "start a thread for";
    return thread->runs ? SIM_OK : SIM_ESYSTEM;
}

enum sim_status sim_thread_new(const struct sim_socket_options *options,
                               size_t count, struct sim_shared *shared,
                               struct sim_wake *main_wake,
                               struct sim_thread **thread_out,
                               const char **step_out)
{
    struct sim_thread *thread = calloc(1, sizeof(*thread));
    enum sim_status st = SIM_OK;

    if (thread == NULL) {
        return SIM_ENOMEM;
    }
    *step_out = "make an event loop for";
    st = sim_loop_new(&thread->base);
    if (st == SIM_OK) {
        *step_out = "make an eventfd for";
        st = sim_wake_new(thread->base, on_stop, thread, &thread->stop);
    }
    for (size_t i = 0; st == SIM_OK && i < count; i++) {
        st = sim_udp_new(thread->base, &options[i], shared, main_wake,
                         &thread->udp[i], step_out);
    }
    if (st == SIM_OK) {
        st = start(thread, step_out);
    }
    if (st != SIM_OK) {
        const int error = errno;
        sim_thread_free(thread);
        errno = error;
        return st;
    }
    *thread_out = thread;
    return SIM_OK;
}

void sim_thread_free(struct sim_thread *thread)
{
    if (thread == NULL) {
        return;
    }
    if (thread->runs) {
        sim_wake_up(thread->stop);
        (void)pthread_join(thread->id, NULL);
    }
    for (size_t i = 0; i < SIM_FAMILIES; i++) {
        sim_udp_free(thread->udp[i]);
    }
    sim_wake_free(thread->stop);
    if (thread->base != NULL) {
        event_base_free(thread->base);
    }
    free(thread);
}
