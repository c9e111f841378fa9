/* SPDX-License-Identifier: BSD-2-Clause */
/* journal_lines.c - a file that grows with the journals. */
#include "journal_lines.h"

#include "journal_line.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct journal_lines {
    struct lab *lab; /* [borrowed] */
    FILE *out;       /* [owned] unless it is stdout */
};

struct journal_lines *journal_lines_open(const char *path, struct lab *lab)
{
    struct journal_lines *lines = calloc(1, sizeof(*lines));

    if (lines == NULL) {
        return NULL;
    }
    lines->lab = lab;
    lines->out = strcmp(path, "-") == 0 ? stdout : fopen(path, "ae");
    if (lines->out == NULL) {
        const int error = errno;
        journal_lines_close(lines);
        errno = error;
        return NULL;
    }
    return lines;
}

static size_t count_fresh(const struct journal_lines *lines)
{
    size_t count = 0;

    for (size_t i = 0; i < lines->lab->count; i++) {
        count +=
            sim_journal_count(sim_instance_journal(lines->lab->instances[i])) -
            lines->lab->written[i];
    }
    return count;
}

static void collect(struct journal_lines *lines, struct journal_entry *fresh)
{
    for (size_t i = 0; i < lines->lab->count; i++) {
        const struct sim_journal *journal =
            sim_instance_journal(lines->lab->instances[i]);
        for (; lines->lab->written[i] < sim_journal_count(journal);
             lines->lab->written[i]++) {
            fresh->x = sim_journal_at(journal, lines->lab->written[i]);
            fresh->key = lines->lab->models[i]->key;
            fresh++;
        }
    }
}

/* line is [consumed]. */
static bool write_line(const struct journal_lines *lines, json_t *line)
{
    const bool written = json_dumpf(line, lines->out, JSON_COMPACT) == 0 &&
                         fputc('\n', lines->out) != EOF;

    json_decref(line);
    return written;
}

bool journal_lines_write(struct journal_lines *lines)
{
    const size_t count = count_fresh(lines);
    bool written = true;

    if (count == 0) {
        return true;
    }
    struct journal_entry *fresh = calloc(count, sizeof(*fresh));
    if (fresh == NULL) {
        return false;
    }
    collect(lines, fresh);
    journal_entries_sort(fresh, count);
    for (size_t i = 0; written && i < count; i++) {
        written = write_line(lines, journal_line_json(&fresh[i]));
    }
    free(fresh);
    return fflush(lines->out) == 0 && written;
}

/* The idle faults of one instance. */
static bool write_idle(const struct journal_lines *lines, size_t instance)
{
    const struct sim_instance *of = lines->lab->instances[instance];
    const size_t count = sim_instance_idle_faults(of, NULL, 0);
    const struct scn_fault **idle =
        calloc(count + 1, sizeof(const struct scn_fault *));
    bool written = idle != NULL;

    if (idle == NULL) {
        return false;
    }
    (void)sim_instance_idle_faults(of, idle, count);
    for (size_t i = 0; written && i < count; i++) {
        json_t *line =
            json_pack("{s:s, s:o, s:i, s:I}", "instance",
                      lines->lab->models[instance]->key, "never-acted",
                      journal_fault_json(idle[i]), "line", (int)idle[i]->line,
                      "exchanges",
                      (json_int_t)sim_journal_count(sim_instance_journal(
                          lines->lab->instances[instance])));
        written = write_line(lines, line);
    }
    free(idle);
    return written;
}

bool journal_lines_end(struct journal_lines *lines)
{
    bool written = true;

    for (size_t i = 0; written && i < lines->lab->count; i++) {
        written = write_idle(lines, i);
    }
    return fflush(lines->out) == 0 && written;
}

void journal_lines_close(struct journal_lines *lines)
{
    if (lines == NULL) {
        return;
    }
    if (lines->out != NULL && lines->out != stdout) {
        (void)fclose(lines->out);
    }
    free(lines);
}
