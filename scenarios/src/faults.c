/* SPDX-License-Identifier: BSD-2-Clause */
/* faults.c - filters, and which faults can act (FORMAT section 5). */
#include "build.h"
#include "convert.h"
#include "words.h"

#include <string.h>

static enum scn_status check_perspective(const struct scn_build *build,
                                         const struct scn_yaml *node)
{
    uint32_t number = 0;
    long remotes = build->scenario->spec.remotes;

    if (strcmp(node->text, "primary") == 0) {
        return SCN_OK;
    }
    if (strncmp(node->text, "remote-", 7) == 0 &&
        scn_number_from_text(node->text + 7, node->len - 7, (uint32_t)remotes,
                             &number) &&
        number > 0) {
        return SCN_OK;
    }
    return scn_fail(build->scope.error, build->scope.file, node->at,
                    "'%.64s' is no perspective here: known are primary and "
                    "remote-1 to remote-N, N as `remotes` says",
                    node->text);
}

/* FORMAT section 4: the remotes are there over IPv4. */
static enum scn_status check_server(const struct scn_build *build,
                                    const struct scn_spec_filter *spec)
{
    const struct scn_server *servers = build->servers.items;
    const bool remote = spec->perspective != NULL &&
                        strcmp(spec->perspective->text, "primary") != 0;
    size_t index = 0;

    if (!scn_build_has_server(build, spec->server->text, &index)) {
        return scn_fail(build->scope.error, build->scope.file, spec->server->at,
                        "no zone has a server '%.64s': this can never match",
                        spec->server->text);
    }
    if (remote && servers[index].family == SCN_IPV6) {
        return scn_fail(build->scope.error, build->scope.file, spec->server->at,
                        "server '%.64s' has no IPv4, and remote perspectives "
                        "nothing else: this can never match",
                        spec->server->text);
    }
    return SCN_OK;
}

enum scn_status scn_build_filter(struct scn_build *build,
                                 const struct scn_spec_filter *spec,
                                 struct scn_filter *filter_out)
{
    enum scn_status status = SCN_OK;

    *filter_out = (struct scn_filter){
        .type = (uint32_t)spec->type,
        .transport = (enum scn_transport)spec->transport,
        .edns = (enum scn_edns)spec->edns,
        .dnssec_ok = (enum scn_dnssec_ok)spec->dnssec_ok,
        .name_case = (enum scn_case)spec->name_case,
    };
    if (spec->edns == SCN_EDNS_ABSENT && spec->dnssec_ok == SCN_DO_SET) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "`dnssec-ok: set` is a bit of EDNS: with `edns: "
                        "absent` this can never match");
    }
    if (spec->perspective != NULL) {
        status = check_perspective(build, spec->perspective);
    }
    if (status == SCN_OK && spec->server != NULL) {
        status = check_server(build, spec);
    }
    if (status == SCN_OK) {
        status = scn_keep(&build->scope, spec->server, &filter_out->server);
    }
    if (status == SCN_OK) {
        status = scn_keep(&build->scope, spec->perspective,
                          &filter_out->perspective);
    }
    if (status == SCN_OK && spec->name != NULL) {
        status = scn_scope_name(&build->scope, spec->name, &filter_out->name);
    }
    if (status == SCN_OK && spec->under != NULL) {
        status = scn_scope_name(&build->scope, spec->under, &filter_out->under);
    }
    if (status == SCN_OK && filter_out->name != NULL &&
        filter_out->under != NULL &&
        !scn_name_is_under(filter_out->name, filter_out->under)) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "`name` is not below `under`: this can never match");
    }
    return status;
}

static bool text_covers(const char *a, const char *b)
{
    return a == NULL || (b != NULL && strcmp(a, b) == 0);
}

/* Every name that (b_name, b_under) takes is taken by (a_name, a_under). */
static bool names_cover(const struct scn_filter *a, const struct scn_filter *b)
{
    const uint8_t *b_top = b->name != NULL ? b->name : b->under;

    if (a->name != NULL &&
        (b->name == NULL || !scn_name_equal(a->name, b->name))) {
        return false;
    }
    return a->under == NULL ||
           (b_top != NULL && scn_name_is_under(b_top, a->under));
}

/* What is newer, or has options, is present. */
static bool edns_covers(enum scn_edns a, enum scn_edns b)
{
    return a == SCN_ANY_EDNS || a == b ||
           (a == SCN_EDNS_PRESENT &&
            (b == SCN_EDNS_NEWER || b == SCN_EDNS_OPTIONS));
}

bool scn_filter_covers(const struct scn_filter *a, const struct scn_filter *b)
{
    return text_covers(a->server, b->server) && names_cover(a, b) &&
           (a->type == SCN_TYPE_ANY || a->type == b->type) &&
           (a->transport == SCN_ANY_TRANSPORT ||
            a->transport == b->transport) &&
           edns_covers(a->edns, b->edns) &&
           (a->dnssec_ok == SCN_ANY_DO || a->dnssec_ok == b->dnssec_ok) &&
           (a->name_case == SCN_ANY_CASE || a->name_case == b->name_case) &&
           text_covers(a->perspective, b->perspective);
}

static enum scn_status read_fault(struct scn_build *build,
                                  const struct scn_spec_fault *spec,
                                  struct scn_fault *fault)
{
    enum scn_status status = SCN_OK;

    if (spec->when != NULL) {
        status = scn_build_filter(build, spec->when, &fault->when);
    }
    if (status == SCN_OK) {
        status = scn_build_action(build, spec->action, &fault->action);
    }
    if (status == SCN_OK) {
        status = scn_keep(&build->scope, spec->id, &fault->id);
    }
    if (status != SCN_OK) {
        return status;
    }
    if (fault->action.rcode > SCN_RCODE_PLAIN_MAX &&
        !edns_covers(SCN_EDNS_PRESENT, fault->when.edns)) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "response code %s needs the OPT record of a reply to "
                        "EDNS: add `edns: present` to `when`",
                        scn_word_text(scn_words_rcode, fault->action.rcode));
    }
    fault->enabled = spec->enabled != 0;
    fault->after = (unsigned)spec->after;
    fault->first = (unsigned)spec->first;
    fault->every = (unsigned)spec->every;
    fault->window_ms = (unsigned)spec->window_ms;
    fault->count_by = (enum scn_count_by)spec->count_by;
    fault->line = spec->node->at.line;
    fault->summary = scn_fault_summary(build->scope.arena, &fault->action);
    return fault->summary != NULL ? SCN_OK : SCN_ENOMEM;
}

/* What an action needs of the queries that the filter lets through. */
static const char *find_misfit(const struct scn_fault *fault)
{
    const struct scn_action *action = &fault->action;
    const enum scn_transport transport = fault->when.transport;
    const bool elsewhere =
        action->decoy_count > 0 && (action->decoy_wrong == SCN_DECOY_PORT ||
                                    action->decoy_wrong == SCN_DECOY_ADDRESS);
    const struct misfit {
        bool is_there;
        const char *text;
    } misfits[] = {
        { transport == SCN_UDP && action->tcp != SCN_TCP_NORMAL,
          "`tcp` never happens under `transport: udp`" },
        { transport == SCN_TCP && action->udp_limit > 0,
          "`udp-limit` never matters under `transport: tcp`" },
        { transport == SCN_TCP && elsewhere,
          "a decoy from another port or address cannot reach a TCP "
          "connection: choose another `decoy-wrong`" },
        { fault->when.edns == SCN_EDNS_ABSENT &&
              (action->opt != SCN_OPT_RIGHT || action->strip == SCN_STRIP_OPT),
          "a reply to `edns: absent` has no OPT record for `opt` or "
          "`strip`" },
        { fault->when.name_case == SCN_CASE_LOWER &&
              action->echo == SCN_ECHO_LOWER,
          "a name that came in small letters goes back so anyway: leave "
          "`echo` or `case` out" },
    };

    for (size_t i = 0; i < sizeof(misfits) / sizeof(misfits[0]); i++) {
        if (misfits[i].is_there) {
            return misfits[i].text;
        }
    }
    return NULL;
}

/* The same, and counts that leave nothing to act on. */
static enum scn_status check_fit(const struct scn_build *build,
                                 const struct scn_spec_fault *spec,
                                 const struct scn_fault *fault)
{
    const struct scn_action *action = &fault->action;
    const enum scn_transport transport = fault->when.transport;
    const char *text = find_misfit(fault);

    if (text != NULL) {
        return scn_fail(build->scope.error, build->scope.file, spec->node->at,
                        "%s", text);
    }
    if (fault->window_ms > 0 && fault->after == 0 && fault->first == 0 &&
        fault->every == 0) {
        text = "`window-ms` needs `after`, `first` or `every`";
    } else if (fault->first > 0 && fault->every > fault->first) {
        text = "this fault can never act: of the `first` matches none is one "
               "of `every` so many";
    } else if (transport == SCN_TCP &&
               (action->tcp == SCN_TCP_REFUSE ||
                action->tcp == SCN_TCP_SILENT) &&
               spec->action->node->count > 1) {
        text = "`tcp: refuse` and `silent` under `transport: tcp` leave no "
               "reply for the other keys to change: leave them out";
    }
    return text == NULL ? SCN_OK
                        : scn_fail(build->scope.error, build->scope.file,
                                   spec->node->at, "%s", text);
}

/* The only thing to strip is what denies in the other kind of zone. */
static bool strips_other_denial(const struct scn_zone *zone, unsigned strip)
{
    return strip == (unsigned)(scn_denial_is_nsec3(zone->denial)
                                   ? SCN_STRIP_NSEC
                                   : SCN_STRIP_NSEC3);
}

/* What there is in signed zones alone. */
static enum scn_status check_signed(const struct scn_build *build,
                                    const struct scn_draft *draft,
                                    const struct scn_spec_fault *spec,
                                    const struct scn_action *action)
{
    const unsigned of_signed =
        SCN_STRIP_RRSIG | SCN_STRIP_NSEC | SCN_STRIP_NSEC3;

    if (draft->zone.dnssec != SCN_UNSIGNED) {
        return !strips_other_denial(&draft->zone, action->strip)
                   ? SCN_OK
                   : scn_fail(build->scope.error, build->scope.file,
                              spec->action->node->at,
                              "the zone denies by the other of NSEC and NSEC3, "
                              "which alone it has for `strip`");
    }
    if (action->spoil_signatures) {
        return scn_fail(build->scope.error, build->scope.file,
                        spec->action->node->at,
                        "an unsigned zone has no signatures to `spoil`");
    }
    if (action->strip != 0 && (action->strip & ~of_signed) == 0) {
        return scn_fail(build->scope.error, build->scope.file,
                        spec->action->node->at,
                        "an unsigned zone has no RRSIG, NSEC or NSEC3 to "
                        "`strip`");
    }
    return SCN_OK;
}

/* What a fault's filter can never meet in its zone. */
static enum scn_status check_reach(const struct scn_build *build,
                                   const struct scn_draft *draft,
                                   const struct scn_spec_fault *spec,
                                   const struct scn_fault *fault)
{
    const struct scn_filter *when = &fault->when;
    struct scn_at at = spec->node->at;
    size_t server = 0;
    bool serves = when->server == NULL;

    if (when->server != NULL &&
        scn_build_has_server(build, when->server, &server)) {
        for (size_t i = 0; i < draft->zone.server_count; i++) {
            serves = serves || draft->zone.servers[i] == server;
        }
    }
    if (!serves) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "this fault can never act: server '%s' is not one of "
                        "the zone's",
                        when->server);
    }
    if (when->name != NULL &&
        !scn_name_is_under(when->name, draft->zone.name)) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "this fault can never act: its `name` lies outside "
                        "the zone");
    }
    if (when->under != NULL &&
        !scn_name_is_under(when->under, draft->zone.name) &&
        !scn_name_is_under(draft->zone.name, when->under)) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "this fault can never act: `under` lies outside the "
                        "zone");
    }
    if (!fault->enabled && fault->id == NULL) {
        return scn_fail(build->scope.error, build->scope.file, at,
                        "this fault can never act: it is disabled and has no "
                        "id to enable it by");
    }
    return SCN_OK;
}

/* The first fault that hits acts: one that always hits hides later ones. */
static enum scn_status check_hidden(const struct scn_build *build,
                                    const struct scn_spec_fault *specs,
                                    const struct scn_fault *faults, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        bool always = faults[k].enabled && faults[k].id == NULL &&
                      faults[k].after == 0 && faults[k].first == 0 &&
                      faults[k].every == 0;
        if (always && scn_filter_covers(&faults[k].when, &faults[i].when)) {
            return scn_fail(build->scope.error, build->scope.file,
                            specs[i].node->at,
                            "this fault can never act: the one in line %u "
                            "always acts first",
                            faults[k].line);
        }
    }
    return SCN_OK;
}

enum scn_status scn_build_faults(struct scn_build *build,
                                 struct scn_draft *draft)
{
    const struct scn_spec_list *list = &draft->spec->faults;
    const struct scn_spec_fault *specs = list->items;
    struct scn_fault *faults =
        scn_alloc_array(build->scope.arena, list->count, sizeof(*faults));
    enum scn_status status = faults != NULL ? SCN_OK : SCN_ENOMEM;

    for (size_t i = 0; status == SCN_OK && i < list->count; i++) {
        status = read_fault(build, &specs[i], &faults[i]);
        if (status == SCN_OK) {
            status = check_fit(build, &specs[i], &faults[i]);
        }
        if (status == SCN_OK) {
            status = check_signed(build, draft, &specs[i], &faults[i].action);
        }
        if (status == SCN_OK) {
            status = check_reach(build, draft, &specs[i], &faults[i]);
        }
        if (status == SCN_OK) {
            status = check_hidden(build, specs, faults, i);
        }
    }
    draft->zone.faults = faults;
    draft->zone.fault_count = list->count;
    return status;
}
