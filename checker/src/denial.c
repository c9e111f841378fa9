/* SPDX-License-Identifier: BSD-2-Clause */
#include "denial.h"

#include "ascii.h"
#include "message.h"

#include <nettle/sha1.h>
#include <string.h>

enum {
    BASE32_LENGTH = 32, /* of a SHA-1, without padding */
    NSEC3_HASH_SHA1 = 1,
    NSEC3_FLAG_OPT_OUT = 1,
    NSEC3_ITERATIONS_MAX = 150 /* above, validators stop as well */
};

struct nsec3 {
    uint8_t algorithm;
    uint8_t flags;
    uint16_t iterations;
    struct caa_octets salt;
    struct caa_octets bitmap;
};

/* RFC 4034 section 4.1.2: windows of (number, length, bits). */
static bool bitmap_has(struct caa_octets bitmap, uint16_t type)
{
    struct caa_cursor cursor = caa_cursor_init(bitmap.data, bitmap.length);
    uint8_t window = 0;
    uint8_t length = 0;
    struct caa_octets bits;

    while (caa_cursor_u8(&cursor, &window) == CAA_OK &&
           caa_cursor_u8(&cursor, &length) == CAA_OK &&
           caa_cursor_octets(&cursor, length, &bits) == CAA_OK) {
        size_t octet = (size_t)(type & 0xFFU) / 8;
        if (window == type >> 8 && octet < bits.length) {
            return (bits.data[octet] & (0x80 >> (type & 7))) != 0;
        }
    }
    return false;
}

/* The parent's side of a cut has NS and no SOA; an unsigned one no DS. */
static bool is_insecure_cut(struct caa_octets bitmap)
{
    return bitmap_has(bitmap, CAA_TYPE_NS) &&
           !bitmap_has(bitmap, CAA_TYPE_SOA) &&
           !bitmap_has(bitmap, CAA_TYPE_DS);
}

static enum caa_status read_nsec3(struct caa_octets rdata,
                                  struct nsec3 *nsec3_out)
{
    struct caa_cursor cursor = caa_cursor_init(rdata.data, rdata.length);
    struct nsec3 nsec3;
    struct caa_octets next;
    uint8_t length = 0;

    if (caa_cursor_u8(&cursor, &nsec3.algorithm) != CAA_OK ||
        caa_cursor_u8(&cursor, &nsec3.flags) != CAA_OK ||
        caa_cursor_u16(&cursor, &nsec3.iterations) != CAA_OK ||
        caa_cursor_u8(&cursor, &length) != CAA_OK ||
        caa_cursor_octets(&cursor, length, &nsec3.salt) != CAA_OK ||
        caa_cursor_u8(&cursor, &length) != CAA_OK ||
        caa_cursor_octets(&cursor, length, &next) != CAA_OK ||
        caa_cursor_octets(&cursor, caa_cursor_left(&cursor), &nsec3.bitmap) !=
            CAA_OK) {
        return CAA_EFORMAT;
    }
    *nsec3_out = nsec3;
    return CAA_OK;
}

/* IH of RFC 5155 section 5. */
static bool hash_name(const struct caa_name *name, const struct nsec3 *nsec3,
                      uint8_t digest[SHA1_DIGEST_SIZE])
{
    struct sha1_ctx sha1;
    const uint8_t *input = name->wire;
    size_t length = name->length;

    if (nsec3->algorithm != NSEC3_HASH_SHA1 ||
        nsec3->iterations > NSEC3_ITERATIONS_MAX) {
        return false;
    }
    sha1_init(&sha1);
    for (unsigned i = 0; i <= nsec3->iterations; i++) {
        sha1_update(&sha1, length, input);
        sha1_update(&sha1, nsec3->salt.length, nsec3->salt.data);
        sha1_digest(&sha1, SHA1_DIGEST_SIZE, digest);
        input = digest;
        length = SHA1_DIGEST_SIZE;
    }
    return true;
}

/* Base32 with the extended hex alphabet (RFC 4648 section 7), lower case. */
static void to_base32(const uint8_t digest[SHA1_DIGEST_SIZE],
                      uint8_t text[BASE32_LENGTH])
{
    for (size_t i = 0; i < BASE32_LENGTH; i++) {
        size_t bit = i * 5;
        unsigned pair = (unsigned)digest[bit / 8] << 8;
        if (bit / 8 + 1 < SHA1_DIGEST_SIZE) {
            pair |= digest[bit / 8 + 1];
        }
        unsigned digit = pair >> (11 - bit % 8) & 0x1F;
        text[i] = (uint8_t)(digit < 10 ? '0' + digit : 'a' + digit - 10);
    }
}

static bool nsec3_matches(const struct caa_record *record,
                          const struct nsec3 *nsec3,
                          const struct caa_name *name)
{
    uint8_t digest[SHA1_DIGEST_SIZE];
    uint8_t text[BASE32_LENGTH];

    if (record->owner.wire[0] != BASE32_LENGTH ||
        !hash_name(name, nsec3, digest)) {
        return false;
    }
    to_base32(digest, text);
    return memcmp(record->owner.wire + 1, text, sizeof(text)) == 0;
}

static enum caa_denial by_nsec3(const struct caa_record *record,
                                const struct caa_name *name)
{
    struct nsec3 nsec3;

    if (read_nsec3(record->rdata, &nsec3) != CAA_OK) {
        return CAA_DENIAL_NO_CUT;
    }
    if (nsec3_matches(record, &nsec3, name)) {
        return is_insecure_cut(nsec3.bitmap) ? CAA_DENIAL_CUT
                                             : CAA_DENIAL_NO_CUT;
    }
    return (nsec3.flags & NSEC3_FLAG_OPT_OUT) != 0 ? CAA_DENIAL_OPT_OUT
                                                   : CAA_DENIAL_NO_CUT;
}

static enum caa_denial by_nsec(const struct caa_message *message,
                               const struct caa_record *record,
                               const struct caa_name *name)
{
    struct caa_cursor cursor = message->cursor;
    struct caa_name next;
    struct caa_octets bitmap;
    size_t end = record->rdata_at + record->rdata.length;

    cursor.at = record->rdata_at;
    if (!caa_name_equal(&record->owner, name) ||
        caa_cursor_name(&cursor, &next) != CAA_OK || cursor.at > end ||
        caa_cursor_octets(&cursor, end - cursor.at, &bitmap) != CAA_OK) {
        return CAA_DENIAL_NO_CUT;
    }
    return is_insecure_cut(bitmap) ? CAA_DENIAL_CUT : CAA_DENIAL_NO_CUT;
}

enum caa_denial caa_denial_read(const uint8_t *packet, size_t length,
                                const struct caa_name *name)
{
    enum caa_denial found = CAA_DENIAL_NO_CUT;
    struct caa_message message;
    struct caa_record record;
    enum caa_status st = caa_message_open(packet, length, &message);

    while (st == CAA_OK) {
        enum caa_denial denial = CAA_DENIAL_NO_CUT;
        st = caa_message_next(&message, &record);
        if (st != CAA_OK || record.section == CAA_SECTION_END) {
            break;
        }
        if (record.section != CAA_SECTION_AUTHORITY) {
            continue;
        }
        if (record.type == CAA_TYPE_NSEC) {
            denial = by_nsec(&message, &record, name);
        } else if (record.type == CAA_TYPE_NSEC3) {
            denial = by_nsec3(&record, name);
        }
        if (denial == CAA_DENIAL_CUT) {
            return CAA_DENIAL_CUT;
        }
        found = denial != CAA_DENIAL_NO_CUT ? denial : found;
    }
    return st == CAA_OK ? found : CAA_DENIAL_NO_CUT;
}

static bool is_known_algorithm(uint8_t algorithm)
{
    switch (algorithm) {
    case 1:
    case 3:
    case 5:
    case 6:
    case 7:
    case 8:
    case 10:
    case 12:
    case 13:
    case 14:
    case 15:
    case 16:
        return true;
    default:
        return false;
    }
}

bool caa_ds_all_unknown(const struct caa_rdata *records, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        /* key tag (2), algorithm, digest type, digest: RFC 4034 section 5.1 */
        if (records[i].length < 4) {
            return false;
        }
        uint8_t digest_type = records[i].data[3];
        if (is_known_algorithm(records[i].data[2]) && digest_type >= 1 &&
            digest_type <= 4) {
            return false;
        }
    }
    return count > 0;
}
