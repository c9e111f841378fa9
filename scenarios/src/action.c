/* SPDX-License-Identifier: BSD-2-Clause */
/* action.c - what a fault does, and what it cannot do at once (FORMAT 5). */
#include "build.h"
#include "zone_text.h"

static bool several(long words, unsigned of)
{
    unsigned both = (unsigned)words & of;

    return (both & (both - 1)) != 0;
}

/* One combination that cannot be; the text says what to write. */
struct conflict {
    bool is_there;
    const char *text;
};

/* What has no record, or no message, to act upon. */
static const char *find_idle(const struct scn_spec_do *spec)
{
    const unsigned of_records =
        (unsigned)~(SCN_WIRE_OPCODE | SCN_WIRE_TRAILING | SCN_WIRE_COUNT_HIGH);
    const bool empty = spec->answer != NULL && spec->answer->len == 0;
    const bool unheard =
        spec->tcp == SCN_TCP_REFUSE || spec->tcp == SCN_TCP_SILENT;
    const struct conflict conflicts[] = {
        { spec->drop != 0 && spec->node->count > 1,
          "`drop` leaves no reply for the other keys to change: leave them "
          "out" },
        { spec->decoy_wrong >= 0 && spec->decoy == NULL,
          "`decoy-wrong` needs `decoy`" },
        { empty && spec->rrsets != 0,
          "`answer: ''` leaves no record for `rrsets`: leave one out" },
        { empty && spec->owners_upper != 0,
          "`answer: ''` leaves no record for `owners`: leave one out" },
        { empty && ((unsigned)spec->wire & of_records) != 0,
          "`answer: ''` leaves no record for `wire` to damage: leave one out" },
        { unheard && (spec->wire != 0 || spec->copies != 0),
          "`tcp: refuse` and `silent` send nothing for `wire` or `copies`: "
          "leave one out" },
    };

    for (size_t i = 0; i < sizeof(conflicts) / sizeof(conflicts[0]); i++) {
        if (conflicts[i].is_there) {
            return conflicts[i].text;
        }
    }
    return NULL;
}

/* Keys that say two things of one. */
static const char *find_contradiction(const struct scn_spec_do *spec)
{
    const struct conflict conflicts[] = {
        { (spec->set & spec->clear) != 0,
          "a flag stands in `set` and in `clear`" },
        { spec->alias != 0 && spec->answer != NULL,
          "`alias` and `answer` both replace the answer: leave one out" },
        { spec->alias != 0 && (spec->strip & SCN_STRIP_CNAME) != 0,
          "`strip: [CNAME]` takes out what `alias` makes: leave one out" },
        { spec->spoil_signatures != 0 && (spec->strip & SCN_STRIP_RRSIG) != 0,
          "`strip: [RRSIG]` takes out what `spoil` changes: leave one out" },
        { spec->echo != 0 && (spec->strip & SCN_STRIP_QUESTION) != 0,
          "`strip: [question]` leaves no question for `echo`" },
        { (spec->opt != SCN_OPT_RIGHT || spec->rcode > SCN_RCODE_PLAIN_MAX) &&
              (spec->strip & SCN_STRIP_OPT) != 0,
          "`strip` takes out the OPT record that `opt` changes, or that the "
          "response code needs" },
        { several(spec->wire, SCN_WIRE_RDLENGTH_LONG | SCN_WIRE_RDLENGTH_SHORT |
                                  SCN_WIRE_RDLENGTH_ZERO),
          "there is one RDLENGTH: choose rdlength-long, -short or -zero" },
        { several(spec->wire, SCN_WIRE_POINTER_LOOP | SCN_WIRE_POINTER_FORWARD),
          "there is one pointer: choose pointer-loop or pointer-forward" },
        { several(spec->wire, SCN_WIRE_COUNT_HIGH | SCN_WIRE_COUNT_LOW),
          "there is one count: choose count-high or count-low" },
    };

    for (size_t i = 0; i < sizeof(conflicts) / sizeof(conflicts[0]); i++) {
        if (conflicts[i].is_there) {
            return conflicts[i].text;
        }
    }
    return NULL;
}

static enum scn_status check_do(const struct scn_build *build,
                                const struct scn_spec_do *spec)
{
    const char *text = find_idle(spec);

    if (text == NULL) {
        text = find_contradiction(spec);
    }
    return text == NULL ? SCN_OK
                        : scn_fail(build->scope.error, build->scope.file,
                                   spec->node->at, "%s", text);
}

/* RFC 1035 section 4.2.2: a header, and records of 11 octets and RDATA. */
static enum scn_status check_size(const struct scn_build *build,
                                  const struct scn_yaml *node,
                                  const struct scn_vec *records)
{
    const struct scn_record *list = records->items;
    size_t size = 12;

    for (size_t i = 0; i < records->count; i++) {
        size += 11 + (size_t)list[i].rdata_len;
    }
    return size <= UINT16_MAX
               ? SCN_OK
               : scn_fail(build->scope.error, build->scope.file, node->at,
                          "these records are more than a message can be, "
                          "65535 octets");
}

/* Records that a key adds; node NULL: the key was left out. */
static enum scn_status read_added(struct scn_build *build,
                                  const struct scn_yaml *node, const char *key,
                                  struct scn_vec *records)
{
    if (node == NULL) {
        return SCN_OK;
    }
    enum scn_status status = scn_zone_text_read(&build->scope, node, records);
    if (status == SCN_OK && records->count == 0) {
        status = scn_fail(build->scope.error, build->scope.file, node->at,
                          "`%s` holds no record", key);
    }
    return status == SCN_OK ? check_size(build, node, records) : status;
}

enum scn_status scn_build_action(struct scn_build *build,
                                 const struct scn_spec_do *spec,
                                 struct scn_action *action_out)
{
    struct scn_vec answer = { 0 };
    struct scn_vec authority = { 0 };
    struct scn_vec additional = { 0 };
    struct scn_vec decoy = { 0 };
    enum scn_status status = check_do(build, spec);

    if (status == SCN_OK && spec->answer != NULL) {
        status = scn_zone_text_read(&build->scope, spec->answer, &answer);
    }
    if (status == SCN_OK && spec->answer != NULL) {
        status = check_size(build, spec->answer, &answer);
    }
    if (status == SCN_OK) {
        status = read_added(build, spec->authority, "authority", &authority);
    }
    if (status == SCN_OK) {
        status = read_added(build, spec->additional, "additional", &additional);
    }
    if (status == SCN_OK) {
        status = read_added(build, spec->decoy, "decoy", &decoy);
    }
    *action_out = (struct scn_action){
        .drop = (enum scn_drop)spec->drop,
        .has_answer = spec->answer != NULL,
        .answer = answer.items,
        .answer_count = answer.count,
        .alias = (enum scn_alias)spec->alias,
        .strip = (unsigned)spec->strip,
        .rrsets = (unsigned)spec->rrsets,
        .authority = authority.items,
        .authority_count = authority.count,
        .additional = additional.items,
        .additional_count = additional.count,
        .spoil_signatures = spec->spoil_signatures != 0,
        .rcode = (int)spec->rcode,
        .echo = (enum scn_echo)spec->echo,
        .owners_upper = spec->owners_upper != 0,
        .opt = (enum scn_opt)spec->opt,
        .set = (uint16_t)spec->set,
        .clear = (uint16_t)spec->clear,
        .udp_limit = (unsigned)spec->udp_limit,
        .decoy = decoy.items,
        .decoy_count = decoy.count,
        .decoy_wrong = spec->decoy_wrong >= 0
                           ? (enum scn_decoy_wrong)spec->decoy_wrong
                           : SCN_DECOY_ID,
        .wire = (unsigned)spec->wire,
        .copies = (unsigned)spec->copies,
        .delay_ms = (unsigned)spec->delay_ms,
        .jitter_ms = (unsigned)spec->jitter_ms,
        .tcp = (enum scn_tcp_pacing)spec->tcp,
    };
    return status;
}
