/* SPDX-License-Identifier: BSD-2-Clause */
/* control_routes.h - the paths of the control interface. */
#pragma once

#include "control_desk.h"

struct control_route {
    const char *path; /* a last "/{...}" stands for one segment */
    enum control_method method;
    control_handle_fn *handle;
};

/* Route number `index`, in the order of the document; NULL after the last. */
const struct control_route *control_route_at(size_t index);

/* The route of a request; NULL: the answer says that there is none. */
const struct control_route *control_route_find(
    const struct control_request *request, struct control_answer *answer);

/* "GET", ...; "" for other methods. */
const char *control_method_text(enum control_method method);

/* What stands for the last "/{...}" in the path of a request. */
const char *control_route_segment(const struct control_request *request);
