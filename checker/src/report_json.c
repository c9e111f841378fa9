/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_json.c - the one line of --json. Jansson's *_new functions take what
 * they are given even when they fail, so errors are gathered and looked at
 * once, at the end.
 */
#include "report.h"
#include "wording.h"

#include <jansson.h>

struct writer {
    bool failed;
};

static void put(struct writer *writer, json_t *object, const char *key,
                json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) {
        writer->failed = true;
    }
}

static void put_text(struct writer *writer, json_t *object, const char *key,
                     const char *text)
{
    put(writer, object, key, json_string(text));
}

static void append(struct writer *writer, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0) {
        writer->failed = true;
    }
}

static json_t *name_value(const struct caa_name *name)
{
    char text[CAA_NAME_TEXT_MAX];

    caa_name_to_text(name, text);
    return json_string(text);
}

static void put_answer(struct writer *writer, json_t *object,
                       const struct caa_answer *answer, uint16_t type)
{
    char text[WORDING_RECORD_MAX];
    json_t *aliases = json_array();
    json_t *records = json_array();

    wording_outcome(answer, text);
    put_text(writer, object, "answer", text);
    for (size_t i = 0; i < answer->alias_count; i++) {
        append(writer, aliases, name_value(&answer->aliases[i]));
    }
    for (size_t i = 0; i < answer->record_count && type == CAA_TYPE_CAA; i++) {
        wording_record(&answer->records[i], text);
        append(writer, records, json_string(text));
    }
    put(writer, object, "aliases", aliases);
    put(writer, object, "records", records);
    put(writer, object, "attempts", json_integer(answer->attempts));
    if (answer->outcome == CAA_OUTCOME_ANSWERED) {
        put_text(writer, object, "dnssec", wording_security(answer->security));
    }
    if (answer->why[0] != '\0') {
        put_text(writer, object, "why-bogus", answer->why);
    }
}

static json_t *diagnosis_value(struct writer *writer,
                               const struct caa_diagnosis *diagnosis)
{
    json_t *array = json_array();

    for (size_t i = 0; i < diagnosis->probe_count; i++) {
        const struct caa_probe *probe = &diagnosis->probes[i];
        json_t *object = json_object();
        put_text(writer, object, "address", probe->address);
        put_text(writer, object, "gives", wording_behaviour(probe->behaviour));
        append(writer, array, object);
    }
    return array;
}

static json_t *step_value(struct writer *writer, const struct caa_step *step)
{
    json_t *object = json_object();

    put(writer, object, "name", name_value(&step->name));
    put_text(writer, object, "type", wording_type(step->type));
    put_answer(writer, object, step->answer, step->type);
    if (step->diagnosis != NULL) {
        put(writer, object, "asked-directly",
            diagnosis_value(writer, step->diagnosis));
    }
    if (step->proof_sought) {
        put_text(writer, object, "insecure",
                 caa_shown_text(step->insecurity.shown));
    }
    if (step->proof_sought && step->insecurity.shown != CAA_SHOWN_NOTHING) {
        put(writer, object, "insecure-at", name_value(&step->insecurity.zone));
    }
    put_text(writer, object, "effect", wording_effect(step->effect));
    put_text(writer, object, "section", step->section);
    return object;
}

/* verdict, reason, found-at: of one name, or of the request. */
static void put_verdict(struct writer *writer, json_t *object,
                        const struct caa_result *result)
{
    put_text(writer, object, "verdict", wording_verdict(result->verdict));
    if (result->reason != CAA_REASON_NONE) {
        put_text(writer, object, "reason", caa_reason_id(result->reason));
    }
    if (result->found) {
        put(writer, object, "found-at", name_value(&result->found_at));
    }
}

static json_t *remotes_value(struct writer *writer,
                             const struct caa_result *result)
{
    json_t *array = json_array();

    for (size_t i = 0; i < result->remote_count; i++) {
        const struct caa_remote *remote = &result->remotes[i];
        json_t *object = json_object();
        put_text(writer, object, "address", remote->address);
        put_text(writer, object, "verdict", wording_verdict(remote->verdict));
        if (remote->reason != CAA_REASON_NONE) {
            put_text(writer, object, "reason", caa_reason_id(remote->reason));
        }
        put_text(writer, object, "section", remote->section);
        append(writer, array, object);
    }
    return array;
}

static json_t *result_value(struct writer *writer,
                            const struct caa_subject *subject,
                            const struct caa_result *result)
{
    json_t *object = json_object();
    json_t *steps = json_array();

    put_text(writer, object, "name", subject->text);
    put_verdict(writer, object, result);
    put_text(writer, object, "section", result->section);
    for (size_t i = 0; i < result->step_count; i++) {
        append(writer, steps, step_value(writer, &result->steps[i]));
    }
    put(writer, object, "steps", steps);
    if (result->reused) {
        put(writer, object, "checked", json_integer(result->checked_s));
    }
    if (result->remote_count > 0) {
        put(writer, object, "remotes", remotes_value(writer, result));
    }
    return object;
}

enum caa_status report_json(FILE *out, const struct options *options,
                            const struct caa_result *results)
{
    struct writer writer = { .failed = false };
    struct summary summary = report_summary(options, results);
    json_t *root = json_object();
    json_t *refused = json_array();
    json_t *names = json_array();
    enum caa_status st = CAA_OK;

    put_verdict(&writer, root, summary.deciding);
    for (size_t i = 0; i < options->subject_count; i++) {
        const char *text = options->subjects[i].text;
        if (results[i].verdict == CAA_REFUSE) {
            append(&writer, refused, json_string(text));
        }
        append(&writer, names,
               result_value(&writer, &options->subjects[i], &results[i]));
    }
    put(&writer, root, "refused-names", refused);
    put(&writer, root, "names", names);
    if (root == NULL || writer.failed) {
        st = CAA_ENOMEM;
    } else if (json_dumpf(root, out, JSON_COMPACT) != 0 ||
               fputc('\n', out) == EOF) {
        st = CAA_ESYSTEM;
    }
    json_decref(root);
    return st;
}
