/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * surroundings.h - what a lab changes of its process and its sandbox before it
 * begins, as far as it may be had.
 */
#pragma once

/* unbound: the path of the program, or NULL; [owned] by the caller, before and
 * after. */
void cfm_surroundings_arrange(char **unbound);
