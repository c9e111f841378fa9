/* SPDX-License-Identifier: BSD-2-Clause */
#include "ascii.h"
#include "deviation.h"
#include "idn.h"
#include "mailbox.h"

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
        if (octet == '@') {
            return "has an @ that belongs to no mailbox here";
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

/* A bug: a name is the octets that were typed. */
static void keep_case(struct caa_name *name, const char *text)
{
    for (size_t i = 0; text[i] != '\0' && text[i] != '.'; i++) {
        name->wire[i + 1] = (uint8_t)text[i];
    }
}

/* Reads a name in ASCII; every kind of subject has one. */
static enum caa_status read_name(const char *text, struct caa_subject *subject,
                                 const char **problem_out)
{
    const char *problem = shape_problem(text);

    if (problem == NULL && caa_name_from_text(text, &subject->name) != CAA_OK) {
        problem = "has a label over 63 octets, or is too long";
    }
    if (problem != NULL) {
        *problem_out = problem;
        return CAA_EFORMAT;
    }
    if (is_onion(&subject->name)) {
        subject->kind = CAA_SUBJECT_ONION;
    }
    if (CAA_DEVIATES(E23)) {
        keep_case(&subject->name, text);
    }
    subject->underscore = strchr(text, '_') != NULL;
    return CAA_OK;
}

static enum caa_status read_host(const char *text, struct caa_subject *subject,
                                 const char **problem_out)
{
    char name[CAA_NAME_TEXT_MAX];

    if (is_address(text) && !(CAA_DEVIATES(E20) && strchr(text, ':') == NULL)) {
        subject->kind = CAA_SUBJECT_IP;
        memcpy(subject->text, text, strlen(text) + 1);
        return CAA_OK;
    }
    if (strncmp(text, "*.", 2) == 0) {
        subject->wildcard = true;
        text += 2;
    }
    enum caa_status st = read_name(text, subject, problem_out);
    if (st == CAA_OK) {
        size_t length = subject->wildcard ? 2 : 0;
        caa_name_to_text(&subject->name, name);
        memcpy(subject->text, "*.", length);
        memcpy(subject->text + length, name, strlen(name) + 1);
    }
    return st;
}

/* The look-up begins at the domain, in A-labels (RFC 9495 section 4). */
static enum caa_status read_mailbox(const char *text,
                                    struct caa_subject *subject,
                                    const char **problem_out)
{
    const char *domain = text;
    char name[CAA_NAME_TEXT_MAX];
    enum caa_status st = caa_mailbox_domain(text, &domain, problem_out);

    if (st != CAA_OK) {
        return st;
    }
    if (strlen(text) >= sizeof(subject->text)) {
        *problem_out = "is too long";
        return CAA_EFORMAT;
    }
    if (is_address(domain) || strncmp(domain, "*.", 2) == 0) {
        *problem_out = "has no domain that e-mail could be sent to";
        return CAA_EFORMAT;
    }
    memcpy(subject->text, text, strlen(text) + 1);
    if (CAA_DEVIATES(E27) && domain != text) {
        domain = strchr(text, '@') + 1;
    }
    st = caa_idn_to_ascii(domain, name);
    if (st == CAA_EFORMAT) {
        *problem_out = "has a domain that IDNA2008 cannot write in A-labels";
    } else if (st == CAA_ENOMEM) {
        *problem_out = "cannot be read: out of memory";
    }
    if (CAA_DEVIATES(E27) || CAA_DEVIATES(E28)) {
        const char *asked = CAA_DEVIATES(E28) ? domain : name;
        return caa_name_from_text(asked, &subject->name);
    }
    return st == CAA_OK ? read_name(name, subject, problem_out) : st;
}

enum caa_status caa_subject_parse(const char *text, enum caa_kind kind,
                                  struct caa_subject *subject_out,
                                  const char **problem_out)
{
    struct caa_subject subject = { .kind = CAA_SUBJECT_DNS };
    enum caa_status st = CAA_EFORMAT;

    switch (kind) {
    case CAA_KIND_TLS:
        st = read_host(text, &subject, problem_out);
        break;
    case CAA_KIND_SMIME:
        st = read_mailbox(text, &subject, problem_out);
        break;
    }
    if (st == CAA_OK) {
        *subject_out = subject;
    }
    return st;
}
