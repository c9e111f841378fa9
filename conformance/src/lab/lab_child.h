/* SPDX-License-Identifier: BSD-2-Clause */
/* lab_child.h - the life of the lab child, PID 1 of the sandbox. */
#pragma once

#include "adapter.h"
#include "lab.h"

/* What the parent prepared before the sandbox hid anything. */
struct cfm_lab_child {
    const struct cfm_lab_job *job; /* [borrowed] */
    int channel_fd;                /* to write to */
    int parent_fd;                 /* the parent's end, to close */
    struct cfm_adapter adapter;    /* [owned] by the child's copy */
    char *unbound;                 /* [owned] NULL: not installed */
};

/* A sim_sandbox_fn; ctx is a struct cfm_lab_child. Exit status 0, 2 or 3. */
int cfm_lab_child_run(void *ctx);
