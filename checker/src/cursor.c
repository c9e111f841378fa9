/* SPDX-License-Identifier: BSD-2-Clause */
#include "cursor.h"

struct caa_cursor caa_cursor_init(const uint8_t *data, size_t length)
{
    static const uint8_t nothing[1];
    struct caa_cursor cursor = { .data = length > 0 ? data : nothing,
                                 .length = length };

    return cursor;
}

size_t caa_cursor_left(const struct caa_cursor *cursor)
{
    return cursor->length - cursor->at;
}

enum caa_status caa_cursor_octets(struct caa_cursor *cursor, size_t length,
                                  struct caa_octets *octets_out)
{
    if (length > caa_cursor_left(cursor)) {
        return CAA_EFORMAT;
    }
    octets_out->data = cursor->data + cursor->at;
    octets_out->length = length;
    cursor->at += length;
    return CAA_OK;
}

/* Big-endian, `size` octets, at most four. */
static enum caa_status read_number(struct caa_cursor *cursor, size_t size,
                                   uint32_t *value_out)
{
    struct caa_octets octets;
    enum caa_status st = caa_cursor_octets(cursor, size, &octets);

    if (st != CAA_OK) {
        return st;
    }
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value = value << 8 | octets.data[i];
    }
    *value_out = value;
    return CAA_OK;
}

enum caa_status caa_cursor_u8(struct caa_cursor *cursor, uint8_t *value_out)
{
    uint32_t value = 0;
    enum caa_status st = read_number(cursor, 1, &value);

    if (st == CAA_OK) {
        *value_out = (uint8_t)value;
    }
    return st;
}

enum caa_status caa_cursor_u16(struct caa_cursor *cursor, uint16_t *value_out)
{
    uint32_t value = 0;
    enum caa_status st = read_number(cursor, 2, &value);

    if (st == CAA_OK) {
        *value_out = (uint16_t)value;
    }
    return st;
}

enum caa_status caa_cursor_u32(struct caa_cursor *cursor, uint32_t *value_out)
{
    return read_number(cursor, 4, value_out);
}

/* A name on its way out of the message. */
struct reading {
    struct caa_cursor at;
    size_t limit; /* pointers must point before this; it only shrinks */
    size_t end;   /* where the name ends in the message, 0 until known */
    struct caa_name name;
};

/* Goes to where a pointer points; `high` is its first octet, just read. */
static enum caa_status follow(struct reading *reading, uint8_t high)
{
    uint8_t low = 0;
    enum caa_status st = caa_cursor_u8(&reading->at, &low);

    if (st != CAA_OK) {
        return st;
    }
    size_t target = (size_t)(high & 0x3F) << 8 | low;
    if (target >= reading->limit) {
        return CAA_EFORMAT;
    }
    if (reading->end == 0) {
        reading->end = reading->at.at;
    }
    reading->limit = target;
    reading->at.at = target;
    return CAA_OK;
}

static enum caa_status take_label(struct reading *reading, uint8_t length)
{
    struct caa_octets label;
    enum caa_status st = caa_cursor_octets(&reading->at, length, &label);

    return st == CAA_OK
               ? caa_name_append(&reading->name, label.data, label.length)
               : st;
}

enum caa_status caa_cursor_name(struct caa_cursor *cursor,
                                struct caa_name *name_out)
{
    struct reading reading = { .at = *cursor, .limit = cursor->at };
    uint8_t octet = 0;
    enum caa_status st = caa_cursor_u8(&reading.at, &octet);

    while (st == CAA_OK && octet != 0) {
        st = octet >= 0xC0 ? follow(&reading, octet)
                           : take_label(&reading, octet);
        if (st == CAA_OK) {
            st = caa_cursor_u8(&reading.at, &octet);
        }
    }
    if (st == CAA_OK) {
        st = caa_name_close(&reading.name);
    }
    if (st == CAA_OK) {
        cursor->at = reading.end != 0 ? reading.end : reading.at.at;
        *name_out = reading.name;
    }
    return st;
}
