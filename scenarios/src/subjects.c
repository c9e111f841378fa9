/* SPDX-License-Identifier: BSD-2-Clause */
/* subjects.c - the names of a request, as sent and as looked up. */
#include "build.h"
#include "convert.h"

#include <arpa/inet.h>
#include <idn2.h>
#include <string.h>

enum { NAMES_MAX = 10000 };

struct subject_list {
    struct scn_build *build;
    const struct scn_yaml *node; /* the one that is read now */
    enum scn_kind kind;
    struct scn_vec subjects;
};

static bool is_address(const char *text)
{
    unsigned char octets[16];

    return inet_pton(AF_INET, text, octets) == 1 ||
           inet_pton(AF_INET6, text, octets) == 1;
}

static bool is_ascii(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text > 0x7e) {
            return false;
        }
    }
    return true;
}

/* The text an implementation receives: prefix is "*." or "local@" or "". */
static enum scn_status absolute_text(struct subject_list *list,
                                     const char *prefix, size_t prefix_len,
                                     const char *domain, const char **text_out)
{
    struct scn_build *build = list->build;
    size_t len = strlen(domain);
    char origin[SCN_NAME_TEXT_MAX];

    scn_name_to_text(build->scope.origin, origin);
    if (strcmp(domain, "@") == 0) {
        *text_out = scn_format(build->scope.arena, "%.*s%s", (int)prefix_len,
                               prefix, origin);
    } else if (len > 1 && domain[len - 1] == '.') {
        *text_out = scn_format(build->scope.arena, "%.*s%.*s", (int)prefix_len,
                               prefix, (int)(len - 1), domain);
    } else if (len == 1 && domain[0] == '.') {
        *text_out =
            scn_format(build->scope.arena, "%.*s.", (int)prefix_len, prefix);
    } else {
        *text_out = scn_format(build->scope.arena, "%.*s%s.%s", (int)prefix_len,
                               prefix, domain, origin);
    }
    return *text_out != NULL ? SCN_OK : SCN_ENOMEM;
}

/* Where the domain of one name begins. */
static enum scn_status find_domain(const struct subject_list *list,
                                   const char *text, size_t *start_out)
{
    const struct scn_scope *scope = &list->build->scope;
    const char *at = strrchr(text, '@');

    *start_out = 0;
    if (list->kind == SCN_SMIME) {
        bool apex = at != NULL && at > text && at[1] == '\0' && at[-1] == '@';
        at = apex ? at - 1 : at; /* a@@ is a mailbox at the apex */
        if (at == NULL || at == text || at[1] == '\0') {
            return scn_fail(scope->error, scope->file, list->node->at,
                            "'%.200s' is no mailbox: kind smime has names "
                            "such as alice@domain",
                            text);
        }
        *start_out = (size_t)(at - text) + 1;
        return SCN_OK;
    }
    if (at != NULL && strcmp(text, "@") != 0 && strcmp(text, "*.@") != 0) {
        return scn_fail(scope->error, scope->file, list->node->at,
                        "'%.200s' is a mailbox: state `kind: smime`", text);
    }
    *start_out = strncmp(text, "*.", 2) == 0 ? 2 : 0;
    return SCN_OK;
}

/* The domain as the DNS knows it: U-labels, which only mailboxes have, become
 * A-labels (RFC 9495 section 4). */
static enum scn_status read_start(struct subject_list *list, const char *domain,
                                  const uint8_t **start_out)
{
    struct scn_scope *scope = &list->build->scope;
    uint8_t *a_labels = NULL;
    const char *text = domain;

    if (!is_ascii(domain)) {
        int rc =
            idn2_lookup_u8((const uint8_t *)domain, &a_labels, IDN2_NO_TR46);
        if (rc == IDN2_MALLOC) {
            return SCN_ENOMEM;
        }
        if (rc != IDN2_OK) {
            return scn_fail(scope->error, scope->file, list->node->at,
                            "'%.200s' has no A-labels: %s", domain,
                            idn2_strerror(rc));
        }
        text = (const char *)a_labels;
    }
    enum scn_status status =
        scn_scope_name_text(scope, list->node, text, strlen(text), start_out);
    idn2_free(a_labels);
    return status;
}

static enum scn_status add_subject(struct subject_list *list, const char *text)
{
    struct scn_scope *scope = &list->build->scope;
    struct scn_subject *subject =
        scn_vec_push(scope->arena, &list->subjects, sizeof(*subject));
    size_t start = 0;

    if (subject == NULL) {
        return SCN_ENOMEM;
    }
    if (list->subjects.count > NAMES_MAX) {
        return scn_fail(scope->error, scope->file, list->node->at,
                        "more than %d names in one request", (int)NAMES_MAX);
    }
    if (list->kind == SCN_TLS && is_address(text)) {
        subject->text = scn_copy_text(scope->arena, text, strlen(text));
        return subject->text != NULL ? SCN_OK : SCN_ENOMEM;
    }
    if (list->kind == SCN_TLS && !is_ascii(text)) {
        return scn_fail(scope->error, scope->file, list->node->at,
                        "a name is ASCII: write the A-label (xn--...)");
    }
    enum scn_status status = find_domain(list, text, &start);
    if (status == SCN_OK) {
        status = read_start(list, text + start, &subject->start);
    }
    if (status == SCN_OK) {
        status = absolute_text(list, text, start, text + start, &subject->text);
    }
    return status;
}

/* `n<1-78>.good`: the names of one range. */
static enum scn_status add_range(struct subject_list *list, const char *text,
                                 const char *open)
{
    const struct scn_scope *scope = &list->build->scope;
    const char *hyphen = strchr(open, '-');
    const char *close = strchr(open, '>');
    uint32_t first = 0;
    uint32_t last = 0;
    enum scn_status status = SCN_OK;

    if (hyphen == NULL || close == NULL || hyphen > close ||
        strchr(close, '<') != NULL ||
        !scn_number_from_text(open + 1, (size_t)(hyphen - open - 1), NAMES_MAX,
                              &first) ||
        !scn_number_from_text(hyphen + 1, (size_t)(close - hyphen - 1),
                              NAMES_MAX, &last) ||
        first > last) {
        return scn_fail(scope->error, scope->file, list->node->at,
                        "'%.200s': a name holds one range, such as "
                        "n<1-78>.good, at most %d",
                        text, (int)NAMES_MAX);
    }
    for (uint32_t i = first; status == SCN_OK && i <= last; i++) {
        const char *name =
            scn_format(scope->arena, "%.*s%u%s", (int)(open - text), text,
                       (unsigned)i, close + 1);
        status = name != NULL ? add_subject(list, name) : SCN_ENOMEM;
    }
    return status;
}

enum scn_status scn_build_subjects(struct scn_build *build,
                                   const struct scn_yaml *names,
                                   enum scn_kind kind,
                                   const struct scn_subject **subjects_out,
                                   size_t *count_out)
{
    struct subject_list list = { .build = build, .kind = kind };
    enum scn_status status = SCN_OK;
    size_t count = names->kind == SCN_YAML_LIST ? names->count : 1;

    for (size_t i = 0; status == SCN_OK && i < count; i++) {
        const char *text = NULL;
        list.node = names->kind == SCN_YAML_LIST ? &names->items[i] : names;
        status = scn_expand(&build->scope, list.node, &text);
        if (status == SCN_OK) {
            const char *open = strchr(text, '<');
            status = open != NULL ? add_range(&list, text, open)
                                  : add_subject(&list, text);
        }
    }
    *subjects_out = list.subjects.items;
    *count_out = list.subjects.count;
    return status;
}
