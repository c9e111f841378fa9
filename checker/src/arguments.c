/* SPDX-License-Identifier: BSD-2-Clause */
#include "arguments.h"

#include "issue_value.h"

#include <arpa/inet.h>
#include <string.h>

enum { ADDRESS_TEXT_MAX = 64, PORT_MOST = 65535, TIME_DIGITS_MAX = 12 };

bool argument_is_issuer(const char *text)
{
    static const struct caa_rules rfc8659 = { .text = CAA_TEXT_8659 };
    struct caa_octets value = { .data = (const uint8_t *)text,
                                .length = strlen(text) };
    struct caa_issue_value parsed = caa_issue_value_parse(value, &rfc8659);

    return value.length > 0 && parsed.conforms &&
           parsed.issuer.length == value.length;
}

bool argument_is_resolver(const char *text)
{
    char address[ADDRESS_TEXT_MAX];
    uint8_t octets[16];
    unsigned port = 0;
    size_t length = strcspn(text, "@");

    if (length >= sizeof(address)) {
        return false;
    }
    memcpy(address, text, length);
    address[length] = '\0';
    return (inet_pton(AF_INET, address, octets) == 1 ||
            inet_pton(AF_INET6, address, octets) == 1) &&
           (text[length] == '\0' ||
            argument_is_number(text + length + 1, PORT_MOST, &port));
}

bool argument_is_number(const char *text, unsigned most, unsigned *number_out)
{
    unsigned number = 0;

    for (const char *at = text; *at != '\0'; at++) {
        unsigned digit = (unsigned)*at - '0';
        if (digit > 9 || number > (most - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
    }
    if (number == 0) {
        return false;
    }
    *number_out = number;
    return true;
}

bool argument_is_time(const char *text, int64_t *time_out)
{
    int64_t time = 0;

    if (*text == '\0' || strlen(text) > TIME_DIGITS_MAX) {
        return false;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        time = time * 10 + (*at - '0');
    }
    *time_out = time;
    return true;
}
