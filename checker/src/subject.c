/* SPDX-License-Identifier: BSD-2-Clause */
#include "ascii.h"

#include <caacheck/subject.h>

#include <arpa/inet.h>
#include <string.h>

static bool is_address(const char *text)
{
    uint8_t address[16];

    return inet_pton(AF_INET, text, address) == 1 ||
           inet_pton(AF_INET6, text, address) == 1;
}

/* What is wrong with the octets of a name; NULL when nothing is. */
static const char *octet_problem(const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        uint8_t octet = (uint8_t)*at;
        if (octet >= 0x80) {
            return "is not ASCII: give A-labels (xn--...)";
        }
        if (octet == '*') {
            return "has an asterisk that is not a first label of its own";
        }
        if (!caa_ascii_is_alnum(octet) && octet != '-' && octet != '_' &&
            octet != '.') {
            return "has a character that no DNS name of a certificate has";
        }
    }
    return NULL;
}

static const char *shape_problem(const char *text)
{
    if (*text == '\0' || strcmp(text, ".") == 0) {
        return "is empty";
    }
    if (*text == '.' || strstr(text, "..") != NULL) {
        return "has an empty label";
    }
    return octet_problem(text);
}

static bool is_onion(const struct caa_name *name)
{
    struct caa_name top = caa_name_suffix(name, 1);

    return top.length == 7 && memcmp(top.wire, "\005onion", 6) == 0;
}

static void set_text(struct caa_subject *subject, const char *prefix,
                     const char *text)
{
    size_t length = strlen(prefix);

    memcpy(subject->text, prefix, length);
    memcpy(subject->text + length, text, strlen(text) + 1);
}

enum caa_status caa_subject_parse(const char *text,
                                  struct caa_subject *subject_out,
                                  const char **problem_out)
{
    struct caa_subject subject = { .kind = CAA_SUBJECT_DNS };
    char name[CAA_NAME_TEXT_MAX];

    if (is_address(text)) {
        subject.kind = CAA_SUBJECT_IP;
        set_text(&subject, "", text);
        *subject_out = subject;
        return CAA_OK;
    }
    if (strncmp(text, "*.", 2) == 0) {
        subject.wildcard = true;
        text += 2;
    }
    const char *problem = shape_problem(text);
    if (problem == NULL && caa_name_from_text(text, &subject.name) != CAA_OK) {
        problem = "has a label over 63 octets, or is too long";
    }
    if (problem != NULL) {
        *problem_out = problem;
        return CAA_EFORMAT;
    }
    if (is_onion(&subject.name)) {
        subject.kind = CAA_SUBJECT_ONION;
    }
    subject.underscore = strchr(text, '_') != NULL;
    caa_name_to_text(&subject.name, name);
    set_text(&subject, subject.wildcard ? "*." : "", name);
    *subject_out = subject;
    return CAA_OK;
}
