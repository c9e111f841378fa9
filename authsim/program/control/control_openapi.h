/* SPDX-License-Identifier: BSD-2-Clause */
/* control_openapi.h - authsim/openapi.json, as the build made it text. */
#pragma once

extern const char control_openapi[];
