/* SPDX-License-Identifier: BSD-2-Clause */
/* control_verbs.c - the verbs of pebble-challtestsrv that say what a host has.
 */
#include "control_owner.h"
#include "control_verb.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum {
    ADDRESS_MAX = 16,
    TAG_MAX = 255,    /* RFC 8659 section 4.1: a length octet */
    STRING_MAX = 255, /* RFC 1035 section 3.3: likewise */
    RDATA_MAX = 65535,
    RECORDS_MAX = 1024
};

/* One request: whom it is about, what is to be added. */
struct addition {
    struct control_verb verb;
    struct control_rdata *rdatas; /* [owned] with their octets */
    size_t count;
};

static bool addition_init(struct addition *addition,
                          const struct control_desk *desk,
                          const struct control_request *request,
                          const struct control_field *field,
                          struct control_answer *answer)
{
    addition->rdatas = NULL;
    addition->count = 0;
    return control_verb_init(&addition->verb, desk, request, field, answer);
}

static void addition_fini(struct addition *addition)
{
    for (size_t i = 0; i < addition->count; i++) {
        free(addition->rdatas[i].octets);
    }
    free(addition->rdatas);
    control_verb_fini(&addition->verb);
}

/* --- reading what is to be added --- */

/* Room for so many; false with a problem when there are none, or too many. */
static bool have_room(struct addition *addition, size_t count, const char *what,
                      struct control_answer *answer)
{
    if (count == 0 || count > RECORDS_MAX) {
        return control_problem(answer, 400, "%s are %zu: 1 to %d are wanted",
                               what, count, RECORDS_MAX);
    }
    addition->rdatas = calloc(count, sizeof(*addition->rdatas));
    if (addition->rdatas == NULL) {
        control_answer_empty(answer, 500);
    }
    return addition->rdatas != NULL;
}

/* Adds RDATA of len octets, to be filled in; NULL: the answer is a 500. */
static uint8_t *add_rdata(struct addition *addition, size_t len,
                          struct control_answer *answer)
{
    uint8_t *octets = malloc(len + 1); /* never of size 0 */

    if (octets == NULL) {
        control_answer_empty(answer, 500);
        return NULL;
    }
    addition->rdatas[addition->count++] = (struct control_rdata){ octets, len };
    return octets;
}

static bool read_address(struct addition *addition, const json_t *item,
                         int family, struct control_answer *answer)
{
    const char *text = json_string_value(item);
    uint8_t address[ADDRESS_MAX];
    const size_t len = family == AF_INET ? 4 : ADDRESS_MAX;

    if (text == NULL || inet_pton(family, text, address) != 1) {
        return control_problem(
            answer, 400, "addresses hold '%s', which is no IPv%d address",
            text != NULL ? text : "", family == AF_INET ? 4 : 6);
    }
    uint8_t *octets = add_rdata(addition, len, answer);
    if (octets != NULL) {
        memcpy(octets, address, len);
    }
    return octets != NULL;
}

static bool read_addresses(struct addition *addition, int family,
                           struct control_answer *answer)
{
    const json_t *list = json_object_get(addition->verb.body, "addresses");
    const size_t count = json_array_size(list);
    bool good = have_room(addition, count, "addresses", answer);

    for (size_t i = 0; good && i < count; i++) {
        good = read_address(addition, json_array_get(list, i), family, answer);
    }
    return good;
}

/* RFC 8659 section 4.1: flags, the tag's length, tag, value. */
static bool read_policy(struct addition *addition, json_t *item,
                        struct control_answer *answer)
{
    control_body_fold(item, "tag");
    control_body_fold(item, "value");
    const char *tag = control_body_text(item, "tag");
    const char *value = control_body_text(item, "value");
    const size_t tag_len = tag != NULL ? strlen(tag) : 0;
    const size_t value_len = value != NULL ? strlen(value) : 0;

    if (value == NULL || tag_len == 0 || tag_len > TAG_MAX ||
        2 + tag_len + value_len > RDATA_MAX) {
        return control_problem(answer, 400,
                               "a policy wants 'tag' of 1 to %d octets and "
                               "'value'",
                               TAG_MAX);
    }
    uint8_t *octets = add_rdata(addition, 2 + tag_len + value_len, answer);
    if (octets == NULL) {
        return false;
    }
    octets[0] = 0;
    octets[1] = (uint8_t)tag_len;
    memcpy(octets + 2, tag, tag_len);
    memcpy(octets + 2 + tag_len, value, value_len);
    return true;
}

static bool read_policies(struct addition *addition,
                          struct control_answer *answer)
{
    const json_t *list = json_object_get(addition->verb.body, "policies");
    const size_t count = json_array_size(list);
    bool good = have_room(addition, count, "policies", answer);

    for (size_t i = 0; good && i < count; i++) {
        good = read_policy(addition, json_array_get(list, i), answer);
    }
    return good;
}

static bool read_target(struct addition *addition,
                        struct control_answer *answer)
{
    uint8_t target[SCN_NAME_MAX];

    if (!control_name_read("target",
                           control_body_text(addition->verb.body, "target"),
                           target, answer) ||
        !have_room(addition, 1, "targets", answer)) {
        return false;
    }
    const size_t len = scn_name_length(target);
    uint8_t *octets = add_rdata(addition, len, answer);
    if (octets != NULL) {
        memcpy(octets, target, len);
    }
    return octets != NULL;
}

/* One TXT record, of as many strings as the value needs. */
static bool read_value(struct addition *addition, struct control_answer *answer)
{
    const char *value = control_body_text(addition->verb.body, "value");
    size_t left = strlen(value);
    const size_t len = left + (left + STRING_MAX - 1) / STRING_MAX;

    if (left == 0 || len > RDATA_MAX) {
        return control_problem(answer, 400,
                               "value has %zu octets: from 1 to what a TXT "
                               "record can hold is wanted",
                               left);
    }
    uint8_t *octets = have_room(addition, 1, "values", answer)
                          ? add_rdata(addition, len, answer)
                          : NULL;
    while (octets != NULL && left > 0) {
        const size_t part = left < STRING_MAX ? left : STRING_MAX;
        *octets++ = (uint8_t)part;
        memcpy(octets, value, part);
        octets += part;
        value += part;
        left -= part;
    }
    return octets != NULL;
}

/* RFC 1034 section 3.6.2: what has SOA and NS is no alias. */
static bool can_be_alias(const struct control_verb *verb,
                         struct control_answer *answer)
{
    const struct scn_zone *zone =
        control_zone_of(verb->host.instance, verb->name);

    if (!scn_name_equal(zone->name, verb->name) ||
        (zone->breaks & (unsigned)SCN_BREAKS_CNAME) != 0) {
        return true;
    }
    return control_problem(answer, 409,
                           "the host is the apex of a zone, which has SOA and "
                           "NS and thus no CNAME: a name below it is wanted, "
                           "or a zone with `breaks: [cname]`");
}

/* --- the verbs --- */

static void add(struct control_desk *desk, const struct addition *addition,
                enum control_set set, struct control_answer *answer)
{
    control_verb_answer(
        answer, control_mocks_add(desk->mocks, &addition->verb.host, set,
                                  addition->rdatas, addition->count));
}

static void clear(struct control_desk *desk,
                  const struct control_request *request, enum control_set set,
                  struct control_answer *answer)
{
    struct control_verb verb;

    if (control_verb_init(&verb, desk, request, NULL, answer)) {
        control_verb_answer(answer,
                            control_mocks_clear(desk->mocks, &verb.host, set));
    }
    control_verb_fini(&verb);
}

static void add_addresses(struct control_desk *desk,
                          const struct control_request *request, int family,
                          struct control_answer *answer)
{
    static const struct control_field field = { "addresses", CONTROL_LIST,
                                                true };
    struct addition addition;

    if (addition_init(&addition, desk, request, &field, answer) &&
        read_addresses(&addition, family, answer)) {
        add(desk, &addition,
            family == AF_INET ? CONTROL_SET_A : CONTROL_SET_AAAA, answer);
    }
    addition_fini(&addition);
}

void control_add_a(struct control_desk *desk,
                   const struct control_request *request,
                   struct control_answer *answer)
{
    add_addresses(desk, request, AF_INET, answer);
}

void control_add_aaaa(struct control_desk *desk,
                      const struct control_request *request,
                      struct control_answer *answer)
{
    add_addresses(desk, request, AF_INET6, answer);
}

void control_add_caa(struct control_desk *desk,
                     const struct control_request *request,
                     struct control_answer *answer)
{
    static const struct control_field field = { "policies", CONTROL_LIST,
                                                true };
    struct addition addition;

    if (addition_init(&addition, desk, request, &field, answer) &&
        read_policies(&addition, answer)) {
        add(desk, &addition, CONTROL_SET_CAA, answer);
    }
    addition_fini(&addition);
}

void control_set_cname(struct control_desk *desk,
                       const struct control_request *request,
                       struct control_answer *answer)
{
    static const struct control_field field = { "target", CONTROL_TEXT, true };
    struct addition addition;

    if (addition_init(&addition, desk, request, &field, answer) &&
        can_be_alias(&addition.verb, answer) &&
        read_target(&addition, answer)) {
        add(desk, &addition, CONTROL_SET_CNAME, answer);
    }
    addition_fini(&addition);
}

void control_set_txt(struct control_desk *desk,
                     const struct control_request *request,
                     struct control_answer *answer)
{
    static const struct control_field field = { "value", CONTROL_TEXT, true };
    struct addition addition;

    if (addition_init(&addition, desk, request, &field, answer) &&
        read_value(&addition, answer)) {
        add(desk, &addition, CONTROL_SET_TXT, answer);
    }
    addition_fini(&addition);
}

void control_clear_a(struct control_desk *desk,
                     const struct control_request *request,
                     struct control_answer *answer)
{
    clear(desk, request, CONTROL_SET_A, answer);
}

void control_clear_aaaa(struct control_desk *desk,
                        const struct control_request *request,
                        struct control_answer *answer)
{
    clear(desk, request, CONTROL_SET_AAAA, answer);
}

void control_clear_caa(struct control_desk *desk,
                       const struct control_request *request,
                       struct control_answer *answer)
{
    clear(desk, request, CONTROL_SET_CAA, answer);
}

void control_clear_cname(struct control_desk *desk,
                         const struct control_request *request,
                         struct control_answer *answer)
{
    clear(desk, request, CONTROL_SET_CNAME, answer);
}

void control_clear_txt(struct control_desk *desk,
                       const struct control_request *request,
                       struct control_answer *answer)
{
    clear(desk, request, CONTROL_SET_TXT, answer);
}
