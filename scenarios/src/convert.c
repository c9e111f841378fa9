/* SPDX-License-Identifier: BSD-2-Clause */
/* convert.c - strict readings of single words. */
#include "convert.h"

#include <scenario/catalogue.h>

#include <ldns/ldns.h>

#include <string.h>

bool scn_number_from_text(const char *text, size_t len, uint32_t max,
                          uint32_t *number_out)
{
    uint64_t number = 0;

    if (len == 0 || len > 10 || (len > 1 && text[0] == '0')) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        number = number * 10 + (uint64_t)(text[i] - '0');
    }
    if (number > max) {
        return false;
    }
    *number_out = (uint32_t)number;
    return true;
}

static bool is_one_of(const char *const *words, const char *text, size_t len)
{
    for (; *words != NULL; words++) {
        if (strlen(*words) == len && memcmp(*words, text, len) == 0) {
            return true;
        }
    }
    return false;
}

bool scn_is_id(const char *text, size_t len)
{
    static const char *const taken[] = { "yes", "no",   "on",    "off",  "y",
                                         "n",   "true", "false", "null", NULL };

    if (len == 0 || len > 63 || text[0] < 'a' || text[0] > 'z' ||
        text[len - 1] == '-') {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        bool letter = text[i] >= 'a' && text[i] <= 'z';
        bool digit = text[i] >= '0' && text[i] <= '9';
        bool hyphen = text[i] == '-' && text[i + 1] != '-';
        if (!letter && !digit && !hyphen) {
            return false;
        }
    }
    return !is_one_of(taken, text, len);
}

bool scn_is_special_use(const char *text, size_t len)
{
    static const char *const special[] = { "test",      "local", "invalid",
                                           "onion",     "arpa",  "example",
                                           "localhost", NULL };

    return is_one_of(special, text, len);
}

bool scn_is_deviation(const char *text)
{
    size_t digits = 0;

    if (text[0] < 'A' || text[0] > 'Z' || text[1] == '0') {
        return false;
    }
    while (text[1 + digits] >= '0' && text[1 + digits] <= '9') {
        digits++;
    }
    return digits > 0 && digits < 4 && text[1 + digits] == '\0';
}

bool scn_is_requirement(const char *text)
{
    return text[0] == 'R' && strlen(text) == 4 &&
           strspn(text + 1, "0123456789") == 3;
}

bool scn_type_from_text(const char *text, uint32_t *type_out)
{
    size_t len = strlen(text);

    if (len == 0 || len > 16) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        bool upper = text[i] >= 'A' && text[i] <= 'Z';
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (!upper && !digit && text[i] != '-') {
            return false;
        }
    }
    if (len > 4 && memcmp(text, "TYPE", 4) == 0) {
        return scn_number_from_text(text + 4, len - 4, UINT16_MAX, type_out) &&
               *type_out != 0;
    }
    if (strcmp(text, "ANY") == 0) {
        return false; /* the word is `any` */
    }
    *type_out = (uint32_t)ldns_get_rr_type_by_name(text);
    return *type_out != 0;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

bool scn_hex_from_text(const char *text, size_t len, uint8_t *out)
{
    if (len % 2 != 0) {
        return false;
    }
    for (size_t i = 0; i < len; i += 2) {
        int high = hex_digit(text[i]);
        int low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i / 2] = (uint8_t)(high * 16 + low);
    }
    return true;
}

static uint32_t days_of_month(uint32_t year, uint32_t month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap ? 1u : 0u);
}

bool scn_date_from_text(const char *text, uint32_t *date_out)
{
    uint32_t digits = 0;

    if (strlen(text) != 10) {
        return false;
    }
    for (size_t i = 0; i < 10; i++) {
        bool hyphen = i == 4 || i == 7;
        if (hyphen ? text[i] != '-' : (text[i] < '0' || text[i] > '9')) {
            return false;
        }
        digits = hyphen ? digits : digits * 10 + (uint32_t)(text[i] - '0');
    }
    uint32_t year = digits / 10000;
    uint32_t month = digits / 100 % 100;
    uint32_t day = digits % 100;
    if (year < 1970 || month < 1 || month > 12 || day < 1 ||
        day > days_of_month(year, month)) {
        return false;
    }
    *date_out = digits;
    return true;
}
