/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * result.h - one graded check, as it goes into the reports.
 *
 * Results are made in the lab child and cross to the parent as JSON lines
 * (channel.h), so everything a report or the terminal needs is in here.
 */
#pragma once

#include "explain.h"

#include <jansson.h>

/* Strings are [owned]; absent ones are NULL. */
struct cfm_result {
    char *scenario; /* id of the file */
    char *check;    /* the check's own id, or NULL */
    char *address;  /* ID/CHECK or ID */
    char *title;
    enum cfm_outcome outcome;
    char *verdict;     /* "permit", "refuse", or NULL: none was given */
    char *expected;    /* "permit", "refuse", "either" */
    char *row;         /* scn_row.label */
    char *because;     /* of an either row */
    char *reason;      /* what the implementation told, or NULL */
    char *explanation; /* one line: why this outcome, got against expected */
    double duration_ms;
    json_t *sources;  /* [owned] array of {text, section, url} */
    json_t *evidence; /* [owned] array of strings: predicates that held,
                         with counts unless reproducible */
    char *output;     /* what it printed, cut; for failures */
    json_t *grounds;  /* [owned] array of strings: verdict, rows, conditions */
    json_t *story;    /* [owned] array of strings (repro), or NULL */
};

/* Fills result_out from a graded run. With settings->reproducible, counts,
 * order, addresses of clients and times are left out. 0, or -1 when out of
 * memory. */
int cfm_result_make(const struct cfm_trial *trial, const char *title,
                    struct cfm_result *result_out);
void cfm_result_fini(struct cfm_result *result);

/* Array of {text, section, url}; [owned] by the caller, NULL when out of
 * memory. */
json_t *cfm_sources_to_json(const struct scn_check *check);

/* [owned] by the caller; NULL when out of memory. */
json_t *cfm_result_to_json(const struct cfm_result *result);
/* 0, or -1 when the object is not one of ours. */
int cfm_result_from_json(const json_t *object, struct cfm_result *result_out);
