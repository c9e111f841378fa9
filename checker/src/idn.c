/* SPDX-License-Identifier: BSD-2-Clause */
#include "idn.h"

#include <idn2.h>
#include <string.h>

enum { LABEL_TEXT_MAX = 4 * CAA_LABEL_MAX + 1 };

static bool is_ascii(const char *label, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)label[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

static enum caa_status append(char text[CAA_NAME_TEXT_MAX], size_t *at,
                              const char *octets, size_t length)
{
    if (length >= CAA_NAME_TEXT_MAX - *at) {
        return CAA_EFORMAT;
    }
    memcpy(text + *at, octets, length);
    *at += length;
    text[*at] = '\0';
    return CAA_OK;
}

static enum caa_status append_u_label(char text[CAA_NAME_TEXT_MAX], size_t *at,
                                      const char *label, size_t length)
{
    uint8_t u_label[LABEL_TEXT_MAX];
    uint8_t *a_label = NULL;

    if (length >= sizeof(u_label)) {
        return CAA_EFORMAT;
    }
    memcpy(u_label, label, length);
    u_label[length] = '\0';
    int rc = idn2_lookup_u8(u_label, &a_label, IDN2_NO_TR46);
    if (rc == IDN2_MALLOC) {
        return CAA_ENOMEM;
    }
    if (rc != IDN2_OK) {
        return CAA_EFORMAT;
    }
    enum caa_status st =
        append(text, at, (const char *)a_label, strlen((const char *)a_label));
    idn2_free(a_label);
    return st;
}

enum caa_status caa_idn_to_ascii(const char *domain,
                                 char text[CAA_NAME_TEXT_MAX])
{
    enum caa_status st = CAA_OK;
    size_t at = 0;

    text[0] = '\0';
    while (st == CAA_OK && *domain != '\0') {
        size_t length = strcspn(domain, ".");
        st = is_ascii(domain, length)
                 ? append(text, &at, domain, length)
                 : append_u_label(text, &at, domain, length);
        domain += length;
        if (st == CAA_OK && *domain == '.') {
            st = append(text, &at, domain++, 1);
        }
    }
    return st;
}
