/* SPDX-License-Identifier: BSD-2-Clause */
/* unbound_context.h - one libunbound context, set up for CAA. */
#pragma once

#include <caacheck/lookup_unbound.h>

#include <unbound.h>

/* ub_ctx_delete() releases *context_out. problem_out: as caa_unbound_new(). */
CAA_NODISCARD enum caa_status caa_unbound_context_new(
    struct event_base *base, const struct caa_unbound_settings *settings,
    char problem_out[CAA_PROBLEM_MAX], struct ub_ctx **context_out);
