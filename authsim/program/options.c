/* SPDX-License-Identifier: BSD-2-Clause */
/* options.c - read strictly: a number that is none is an error. */
#include "options.h"

#include "control_address.h"

#include <authsim/clock.h>
#include <authsim/server.h>
#include <scenario/catalogue.h>

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_PORT = 5300, DNS_PORT = 53, S_PER_DAY = 86400 };

enum option_id {
    OPTION_SANDBOX = 256,
    OPTION_BEYOND_LOOPBACK,
    OPTION_PORT,
    OPTION_THREADS,
    OPTION_SEED,
    OPTION_EPOCH,
    OPTION_ALGORITHM,
    OPTION_SUFFIX,
    OPTION_JOURNAL,
    OPTION_PCAP,
    OPTION_LAB_FILES,
    OPTION_CONTROL,
    OPTION_CONTROL_TOKEN_FILE,
    OPTION_DIR,
    OPTION_HELP,
    OPTION_VERSION
};

/* What is read before it is checked against the command. */
struct reading {
    struct options options;
    bool port_given;
    char *message;
};

static bool complain(struct reading *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool complain(struct reading *r, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void)vsnprintf(r->message, OPTIONS_MESSAGE_MAX, format, args);
    va_end(args);
    return false;
}

static bool read_number(const char *text, uint64_t max, uint64_t *number_out)
{
    char *end = NULL;

    if (text[0] < '0' || text[0] > '9') {
        return false;
    }
    errno = 0;
    const uint64_t number = strtoull(text, &end, 10);
    if (errno != 0 || *end != '\0' || number > max) {
        return false;
    }
    *number_out = number;
    return true;
}

static bool read_port(struct reading *r, const char *text)
{
    uint64_t number = 0;

    if (!read_number(text, UINT16_MAX, &number) || number == 0) {
        return complain(r, "--port wants a number from 1 to 65535, not '%s'",
                        text);
    }
    r->options.port = (uint16_t)number;
    r->port_given = true;
    return true;
}

static bool read_threads(struct reading *r, const char *text)
{
    uint64_t number = 0;

    if (!read_number(text, SIM_SERVER_THREADS_MAX, &number) || number == 0) {
        return complain(r, "--threads wants a number from 1 to %d, not '%s'",
                        SIM_SERVER_THREADS_MAX, text);
    }
    r->options.threads = (unsigned)number;
    return true;
}

static bool read_seed(struct reading *r, const char *text)
{
    if (!read_number(text, UINT64_MAX, &r->options.sim.seed)) {
        return complain(r, "--seed wants a number, not '%s'", text);
    }
    return true;
}

/* Days since 1970-01-01 in the Gregorian calendar. */
static int64_t days_of(uint32_t yyyymmdd)
{
    const int64_t year = yyyymmdd / 10000;
    const int64_t month = yyyymmdd / 100 % 100;
    const int64_t day = yyyymmdd % 100;
    /* Years begin in March, so that the leap day is their last. */
    const int64_t y = month > 2 ? year : year - 1;
    const int64_t m = month > 2 ? month - 3 : month + 9;

    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 -
           719468;
}

static bool read_epoch(struct reading *r, const char *text)
{
    uint32_t date = 0;

    if (!scn_date_from_text(text, &date)) {
        return complain(r, "--epoch wants a day as YYYY-MM-DD, not '%s'", text);
    }
    r->options.sim.epoch_s = days_of(date) * S_PER_DAY;
    if (!sim_epoch_is_usable(r->options.sim.epoch_s, sim_clock_unix_s())) {
        return complain(r,
                        "--epoch %s: signatures made for that day are not "
                        "valid now; choose a day nearer to today",
                        text);
    }
    return true;
}

static bool read_algorithm(struct reading *r, const char *text)
{
    static const uint8_t known[] = { 8, 10, 13, 14, 15, 16 };
    uint64_t number = 0;

    if (read_number(text, UINT8_MAX, &number) && number != 0 &&
        memchr(known, (int)number, sizeof(known)) != NULL) {
        r->options.sim.algorithm = (uint8_t)number;
        return true;
    }
    return complain(r, "--algorithm wants 8, 10, 13, 14, 15 or 16, not '%s'",
                    text);
}

static bool read_option(struct reading *r, enum option_id id, const char *value)
{
    switch (id) {
    case OPTION_SANDBOX:
        r->options.sandbox = true;
        return true;
    case OPTION_BEYOND_LOOPBACK:
        r->options.beyond_loopback = true;
        return true;
    case OPTION_PORT:
        return read_port(r, value);
    case OPTION_THREADS:
        return read_threads(r, value);
    case OPTION_SEED:
        return read_seed(r, value);
    case OPTION_EPOCH:
        return read_epoch(r, value);
    case OPTION_ALGORITHM:
        return read_algorithm(r, value);
    case OPTION_SUFFIX:
        r->options.suffix = value;
        return true;
    case OPTION_JOURNAL:
        r->options.journal = value;
        return true;
    case OPTION_PCAP:
        r->options.pcap = value;
        return true;
    case OPTION_LAB_FILES:
        r->options.lab_files = value;
        return true;
    case OPTION_CONTROL:
        r->options.control = value;
        return true;
    case OPTION_CONTROL_TOKEN_FILE:
        r->options.control_token_file = value;
        return true;
    case OPTION_DIR:
        r->options.dir = value;
        return true;
    case OPTION_HELP:
    case OPTION_VERSION:
        break;
    }
    return true; /* LCOV_EXCL_LINE: both ended the reading before */
}

static bool check_control(struct reading *r)
{
    const struct options *o = &r->options;
    struct control_address address;

    if (o->control == NULL) {
        return o->control_token_file == NULL ||
               complain(r, "--control-token-file wants --control");
    }
    if (!control_address_from_text(o->control, &address)) {
        return complain(r,
                        "--control wants ADDRESS:PORT, [ADDRESS]:PORT or "
                        "unix:PATH, not '%s'",
                        o->control);
    }
    if (!control_address_is_local(&address) && o->control_token_file == NULL) {
        return complain(r,
                        "--control %s can be reached from elsewhere and wants "
                        "--control-token-file",
                        o->control);
    }
    return true;
}

static bool check_serve(struct reading *r)
{
    struct options *o = &r->options;

    if (o->dir != NULL) {
        return complain(r, "--dir belongs to 'authsim zone'");
    }
    if (o->sandbox && o->child == NULL) {
        return complain(r, "--sandbox wants '-- COMMAND [ARG...]' at the end");
    }
    if (!o->sandbox && o->child != NULL) {
        return complain(r, "a COMMAND after '--' wants --sandbox");
    }
    if (o->sandbox && r->port_given) {
        return complain(r, "--port is not for --sandbox: it has port 53");
    }
    if (o->sandbox && o->beyond_loopback) {
        return complain(r, "--beyond-loopback is not for --sandbox, where "
                           "nothing comes from beyond");
    }
    if (o->pcap != NULL && o->threads > 1) {
        return complain(r,
                        "--pcap writes packets in their order and wants one "
                        "thread, not --threads %u",
                        o->threads);
    }
    if (o->sandbox) {
        o->port = DNS_PORT;
    } else if (!o->beyond_loopback) {
        o->sim.network = SIM_NETWORK_LOOPBACK;
    }
    return check_control(r);
}

static bool check_zone(struct reading *r)
{
    const struct options *o = &r->options;

    if (o->sandbox || o->beyond_loopback || r->port_given || o->threads > 0 ||
        o->journal != NULL || o->pcap != NULL || o->lab_files != NULL ||
        o->control != NULL || o->control_token_file != NULL ||
        o->child != NULL) {
        return complain(r, "--sandbox, --beyond-loopback, --port, --threads, "
                           "--journal, --pcap, --lab-files, --control, "
                           "--control-token-file and '-- COMMAND' belong "
                           "to 'authsim serve'");
    }
    return o->dir != NULL || complain(r, "'authsim zone' wants --dir DIR");
}

static bool check(struct reading *r)
{
    if (r->options.scenario_count == 0) {
        return complain(r, "no SCENARIO: name a scenario file or a directory "
                           "of them");
    }
    return r->options.command == COMMAND_SERVE ? check_serve(r) : check_zone(r);
}

/* Cuts argv at the first "--"; what follows is COMMAND. */
static int cut_child(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            options->child = i + 1 < argc ? argv + i + 1 : NULL;
            argv[i] = NULL;
            return i;
        }
    }
    return argc;
}

static bool read_command(struct reading *r, const char *word)
{
    if (word != NULL && strcmp(word, "serve") == 0) {
        r->options.command = COMMAND_SERVE;
        return true;
    }
    if (word != NULL && strcmp(word, "zone") == 0) {
        r->options.command = COMMAND_ZONE;
        return true;
    }
    return complain(r, "the first argument is 'serve' or 'zone', not '%s'",
                    word != NULL ? word : "");
}

/* All options; the words that are none are left behind optind. */
static enum options_result read_all(struct reading *r, int argc, char **argv)
{
    static const struct option longs[] = {
        { "sandbox", no_argument, NULL, OPTION_SANDBOX },
        { "beyond-loopback", no_argument, NULL, OPTION_BEYOND_LOOPBACK },
        { "port", required_argument, NULL, OPTION_PORT },
        { "threads", required_argument, NULL, OPTION_THREADS },
        { "seed", required_argument, NULL, OPTION_SEED },
        { "epoch", required_argument, NULL, OPTION_EPOCH },
        { "algorithm", required_argument, NULL, OPTION_ALGORITHM },
        { "suffix", required_argument, NULL, OPTION_SUFFIX },
        { "journal", required_argument, NULL, OPTION_JOURNAL },
        { "pcap", required_argument, NULL, OPTION_PCAP },
        { "lab-files", required_argument, NULL, OPTION_LAB_FILES },
        { "control", required_argument, NULL, OPTION_CONTROL },
        { "control-token-file", required_argument, NULL,
          OPTION_CONTROL_TOKEN_FILE },
        { "dir", required_argument, NULL, OPTION_DIR },
        { "help", no_argument, NULL, OPTION_HELP },
        { "version", no_argument, NULL, OPTION_VERSION },
        { NULL, 0, NULL, 0 }
    };
    int id = 0;

    opterr = 0;
    optind = 1;
    while ((id = getopt_long(argc, argv, ":", longs, NULL)) != -1) {
        if (id == OPTION_HELP) {
            return OPTIONS_HELP;
        }
        if (id == OPTION_VERSION) {
            return OPTIONS_VERSION;
        }
        if (id == '?' || id == ':') {
            (void)complain(r, "%s '%s'",
                           id == ':' ? "no value given for" : "no such option:",
                           argv[optind - 1]);
            return OPTIONS_BAD;
        }
        if (!read_option(r, (enum option_id)id, optarg)) {
            return OPTIONS_BAD;
        }
    }
    return OPTIONS_RUN;
}

enum options_result options_parse(int argc, char **argv,
                                  struct options *options_out,
                                  char message[OPTIONS_MESSAGE_MAX])
{
    struct reading r = { .message = message,
                         .options = { .port = DEFAULT_PORT } };

    sim_options_default(&r.options.sim);
    argc = cut_child(argc, argv, &r.options);
    const enum options_result result = read_all(&r, argc, argv);
    if (result != OPTIONS_RUN) {
        return result;
    }
    if (!read_command(&r, argv[optind])) {
        return OPTIONS_BAD;
    }
    r.options.scenarios = (const char *const *)(argv + optind + 1);
    r.options.scenario_count = (size_t)(argc - optind - 1);
    if (!check(&r)) {
        return OPTIONS_BAD;
    }
    *options_out = r.options;
    return OPTIONS_RUN;
}
