/* SPDX-License-Identifier: BSD-2-Clause */
/* lab.c - what serve and zone have in common. */
#include "lab.h"

#include <scenario/name.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MAX_OCTETS = SCN_ERROR_FILE_MAX + SCN_ERROR_TEXT_MAX + 64 };

static int tell_out_of_memory(void)
{
    (void)fprintf(stderr, "authsim: out of memory\n");
    return EXIT_SYSTEM;
}

static void tell_error(void *ctx, const struct scn_error *error)
{
    char line[LINE_MAX_OCTETS];

    (void)ctx;
    scn_error_format(error, line, sizeof(line));
    (void)fprintf(stderr, "%s\n", line);
}

static int exit_status_of(enum scn_status st)
{
    switch (st) {
    case SCN_OK:
        return EXIT_DONE;
    case SCN_ENOMEM:
        return tell_out_of_memory();
    case SCN_EINPUT:
    case SCN_ESYSTEM:
        return EXIT_INPUT;
    }
    return EXIT_SYSTEM; /* LCOV_EXCL_LINE: DefensiveCoding */
}

/* --- instances --- */

static size_t count_instances(const struct scn_catalogue *catalogue)
{
    size_t count = 0;

    for (size_t i = 0; i < scn_catalogue_count(catalogue); i++) {
        count += scn_scenario_instances(scn_catalogue_at(catalogue, i));
    }
    return count;
}

/* One instance, unless the suffix leaves no room for it. */
static int add_model(struct lab *lab, const struct scn_scenario *scenario,
                     size_t index, const struct scn_params *params)
{
    struct scn_instance *model = NULL;
    struct scn_error error = { 0 };
    enum scn_status st =
        scn_instance_new(scenario, index, params, &error, &model);

    if (st != SCN_OK) {
        if (st != SCN_ENOMEM) {
            tell_error(NULL, &error);
        }
        return exit_status_of(st);
    }
    if (params->suffix != NULL && model->top_level) {
        (void)fprintf(stderr,
                      "authsim: %s left out: its apex is a top-level domain, "
                      "--suffix cannot move it\n",
                      model->key);
        scn_instance_free(model);
        return EXIT_DONE;
    }
    lab->unreachable = lab->unreachable || lab_says_unreachable(model);
    lab->models[lab->count++] = model;
    return EXIT_DONE;
}

static int add_models(struct lab *lab, const struct scn_params *params)
{
    int status = EXIT_DONE;

    for (size_t i = 0; i < scn_catalogue_count(lab->catalogue); i++) {
        const struct scn_scenario *s = scn_catalogue_at(lab->catalogue, i);
        for (size_t n = 0; status == EXIT_DONE && n < scn_scenario_instances(s);
             n++) {
            status = add_model(lab, s, n, params);
        }
    }
    return status;
}

int lab_load(const struct options *options, struct lab *lab_out)
{
    struct scn_params params;
    struct lab lab = { 0 };
    int status = exit_status_of(
        scn_catalogue_load(options->scenarios, options->scenario_count,
                           tell_error, NULL, &lab.catalogue));

    if (status != EXIT_DONE) {
        return status;
    }
    scn_params_default(&params);
    params.suffix = options->suffix;
    const size_t count = count_instances(lab.catalogue) + 1;
    lab.models = calloc(count, sizeof(struct scn_instance *));
    lab.instances = calloc(count, sizeof(struct sim_instance *));
    lab.suffix = options->suffix;
    lab.keep = options->control != NULL ? LAB_KEEP : LAB_KEEP_UNREAD;
    status = lab.models != NULL && lab.instances != NULL
                 ? add_models(&lab, &params)
                 : tell_out_of_memory();
    scn_catalogue_forget_scenarios(lab.catalogue);
    if (status == EXIT_DONE && lab.count == 0) {
        (void)fprintf(stderr, "authsim: nothing is left to serve\n");
        status = EXIT_INPUT;
    }
    if (status != EXIT_DONE) {
        lab_fini(&lab);
        return status;
    }
    *lab_out = lab;
    return EXIT_DONE;
}

/* --- world --- */

static int tell_status(const char *what, enum sim_status st)
{
    (void)fprintf(stderr, "authsim: %s: %s\n", what, sim_strstatus(st));
    return st == SIM_ECONFLICT || st == SIM_EFORMAT ? EXIT_INPUT : EXIT_SYSTEM;
}

static int tell_not_added(const struct scn_instance *model, enum sim_status st)
{
    if (st != SIM_ECONFLICT) {
        return tell_status(model->key, st);
    }
    (void)fprintf(stderr,
                  "authsim: %s: %s: another scenario owns the same apex\n",
                  model->file, model->key);
    return EXIT_INPUT;
}

int lab_open(const struct options *options, struct lab *lab)
{
    enum sim_status st = sim_world_new(&options->sim, &lab->world);

    if (st != SIM_OK) {
        return tell_status("making a world", st);
    }
    for (size_t i = 0; i < lab->count; i++) {
        st = sim_world_add(lab->world, lab->models[i], &lab->instances[i]);
        if (st != SIM_OK) {
            return tell_not_added(lab->models[i], st);
        }
    }
    st = sim_world_open(lab->world);
    return st == SIM_OK ? EXIT_DONE : tell_status("opening the world", st);
}

int lab_warm(const struct lab *lab)
{
    enum sim_status st = SIM_OK;

    for (size_t i = 0; i < lab->count && st == SIM_OK; i++) {
        st = sim_instance_warm(lab->instances[i]);
    }
    return st == SIM_OK ? EXIT_DONE : tell_status("making keys", st);
}

void lab_fini(struct lab *lab)
{
    sim_world_free(lab->world);
    for (size_t i = 0; lab->models != NULL && i < lab->count; i++) {
        scn_instance_free(lab->models[i]);
    }
    free(lab->models);
    free(lab->instances);
    scn_catalogue_free(lab->catalogue);
    *lab = (struct lab){ 0 };
}

const struct sim_instance *lab_universe(const struct lab *lab)
{
    for (size_t i = 0; i < lab->count; i++) {
        if (lab->models[i]->universe == SCN_SHARED) {
            return NULL;
        }
    }
    return lab->instances[0];
}

/* --- files --- */

static void put_address(FILE *out, const struct sim_address *address)
{
    char text[SIM_ADDRESS_TEXT_MAX];

    if (address->family != 0) {
        sim_address_text(address, text);
        (void)fprintf(out, " %s", text);
    }
}

char *lab_servers_text(const struct lab *lab)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    if (out == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < lab->count; i++) {
        const struct scn_instance *model = lab->models[i];
        for (size_t s = 0; s < model->server_count; s++) {
            const char *label = model->servers[s].label;
            const struct sim_address v4 =
                sim_instance_server(lab->instances[i], label, 4);
            const struct sim_address v6 =
                sim_instance_server(lab->instances[i], label, 6);
            (void)fprintf(out, "%s %s", model->key, label);
            put_address(out, &v4);
            put_address(out, &v6);
            (void)fprintf(out, "\n");
        }
    }
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

static bool write_and_close(int fd, const char *text)
{
    FILE *out = fdopen(fd, "w");

    if (out == NULL) {
        (void)close(fd);
        return false;
    }
    const bool written = fputs(text, out) >= 0;
    return fclose(out) == 0 && written;
}

bool lab_write_file(const char *dir, const char *name, const char *text)
{
    char path[PATH_MAX];
    char draft[PATH_MAX];

    if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= PATH_MAX ||
        snprintf(draft, sizeof(draft), "%s/.authsim-XXXXXX", dir) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    const int fd = mkstemp(draft);
    if (fd < 0) {
        return false;
    }
    if (fchmod(fd, 0644) == 0 && write_and_close(fd, text) &&
        rename(draft, path) == 0) {
        return true;
    }
    const int error = errno;
    (void)unlink(draft);
    errno = error;
    return false;
}

static int write_owned(const char *dir, const char *name, char *text)
{
    int status = EXIT_DONE;

    if (text == NULL) {
        return tell_out_of_memory();
    }
    if (!lab_write_file(dir, name, text)) {
        (void)fprintf(stderr, "authsim: cannot write %s/%s: %s\n", dir, name,
                      strerror(errno));
        status = EXIT_INPUT;
    }
    free(text);
    return status;
}

int lab_write_universe(const struct lab *lab,
                       const struct sim_instance *instance, const char *dir)
{
    int status = write_owned(dir, "root.hints",
                             sim_world_root_hints(lab->world, instance));

    if (status == EXIT_DONE) {
        status = write_owned(dir, "trust-anchor",
                             sim_world_trust_anchor(lab->world, instance));
    }
    return status;
}

bool lab_make_directories(const char *path)
{
    char part[PATH_MAX];
    const size_t len = strlen(path);

    if (len >= sizeof(part)) {
        errno = ENAMETOOLONG;
        return false;
    }
    for (size_t i = 1; i <= len; i++) {
        if (path[i] != '/' && path[i] != '\0') {
            continue;
        }
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0755) != 0 && errno != EEXIST) {
            return false;
        }
    }
    return true;
}

/* The hints of each private universe into DIR/KEY. */
static int write_private(const struct lab *lab, const char *dir)
{
    int status = EXIT_DONE;

    for (size_t i = 0; status == EXIT_DONE && i < lab->count; i++) {
        char path[PATH_MAX];
        if (lab->models[i]->universe != SCN_PRIVATE) {
            continue;
        }
        if (snprintf(path, sizeof(path), "%s/%s", dir, lab->models[i]->key) >=
                PATH_MAX ||
            !lab_make_directories(path)) {
            (void)fprintf(stderr,
                          "authsim: cannot make a directory in %s: %s\n", dir,
                          strerror(errno));
            return EXIT_INPUT;
        }
        status = lab_write_universe(lab, lab->instances[i], path);
    }
    return status;
}

int lab_write_files(const struct lab *lab, const char *dir)
{
    int status = EXIT_DONE;

    if (!lab_make_directories(dir)) {
        (void)fprintf(stderr, "authsim: cannot make %s: %s\n", dir,
                      strerror(errno));
        return EXIT_INPUT;
    }
    status = lab_write_universe(lab, lab_universe(lab), dir);
    if (status == EXIT_DONE) {
        status = write_owned(dir, "servers", lab_servers_text(lab));
    }
    if (status == EXIT_DONE && lab->count > 1) {
        status = write_private(lab, dir);
    }
    return status;
}
