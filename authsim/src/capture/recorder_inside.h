/* SPDX-License-Identifier: BSD-2-Clause */
/* recorder_inside.h - what streams need of a recorder. */
#pragma once

#include "ip_packet.h"

#include <authsim/recorder.h>

/* The number of another stream, from 1. */
uint32_t sim_recorder_stream(struct sim_recorder *recorder);

/* One segment, sent by that end. */
void sim_recorder_segment(struct sim_recorder *recorder,
                          const struct sim_segment *segment, enum sim_end by,
                          int64_t at_ns);
