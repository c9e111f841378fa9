/* SPDX-License-Identifier: BSD-2-Clause */
#include "message.h"

enum {
    FLAG_QR = 0x8000,
    FLAG_AA = 0x0400,
    FLAG_TC = 0x0200,
    RCODE_MASK = 0x000F
};

static enum caa_status read_question(struct caa_message *message)
{
    uint16_t class_in = 0;
    enum caa_status st = caa_cursor_name(&message->cursor, &message->question);

    if (st == CAA_OK) {
        st = caa_cursor_u16(&message->cursor, &message->question_type);
    }
    if (st == CAA_OK) {
        st = caa_cursor_u16(&message->cursor, &class_in);
    }
    return st;
}

enum caa_status caa_message_open(const uint8_t *data, size_t length,
                                 struct caa_message *message_out)
{
    struct caa_message message = { .cursor = caa_cursor_init(data, length) };
    uint16_t header[6];
    enum caa_status st = CAA_OK;

    for (size_t i = 0; i < 6 && st == CAA_OK; i++) {
        st = caa_cursor_u16(&message.cursor, &header[i]);
    }
    if (st != CAA_OK) {
        return st;
    }
    message.id = header[0];
    message.response = (header[1] & FLAG_QR) != 0;
    message.authoritative = (header[1] & FLAG_AA) != 0;
    message.truncated = (header[1] & FLAG_TC) != 0;
    message.rcode = header[1] & RCODE_MASK;
    message.left[CAA_SECTION_ANSWER] = header[3];
    message.left[CAA_SECTION_AUTHORITY] = header[4];
    message.left[CAA_SECTION_ADDITIONAL] = header[5];
    message.has_question = header[2] == 1;
    for (unsigned i = 0; i < header[2] && st == CAA_OK; i++) {
        st = read_question(&message);
    }
    if (st == CAA_OK) {
        *message_out = message;
    }
    return st;
}

enum caa_status caa_message_next(struct caa_message *message,
                                 struct caa_record *record_out)
{
    struct caa_cursor *cursor = &message->cursor;
    struct caa_record record = { .section = CAA_SECTION_ANSWER };
    uint16_t length = 0;

    while (record.section != CAA_SECTION_END &&
           message->left[record.section] == 0) {
        record.section++;
    }
    if (record.section == CAA_SECTION_END) {
        *record_out = record;
        return CAA_OK;
    }
    enum caa_status st = caa_cursor_name(cursor, &record.owner);
    if (st == CAA_OK) {
        st = caa_cursor_u16(cursor, &record.type);
    }
    if (st == CAA_OK) {
        st = caa_cursor_u16(cursor, &record.class_in);
    }
    if (st == CAA_OK) {
        st = caa_cursor_u32(cursor, &record.ttl_s);
    }
    if (st == CAA_OK) {
        st = caa_cursor_u16(cursor, &length);
    }
    if (st == CAA_OK) {
        record.rdata_at = cursor->at;
        st = caa_cursor_octets(cursor, length, &record.rdata);
    }
    if (st == CAA_OK) {
        message->left[record.section]--;
        *record_out = record;
    }
    return st;
}

enum caa_status caa_record_name(const struct caa_message *message,
                                const struct caa_record *record,
                                struct caa_name *name_out)
{
    struct caa_cursor cursor = message->cursor;
    struct caa_name name;

    cursor.at = record->rdata_at;
    enum caa_status st = caa_cursor_name(&cursor, &name);
    if (st != CAA_OK || cursor.at > record->rdata_at + record->rdata.length) {
        return CAA_EFORMAT;
    }
    *name_out = name;
    return CAA_OK;
}
