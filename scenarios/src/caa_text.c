/* SPDX-License-Identifier: BSD-2-Clause */
/* caa_text.c - CAA RDATA with any octets in tag and value (RFC 8659 s4.1). */
#include "convert.h"
#include "rdata_text.h"

#include <stdlib.h>
#include <string.h>

static enum scn_status fail_shape(const struct scn_zone_source *source,
                                  const struct scn_zone_line *line,
                                  size_t first)
{
    if (line->word_count < first + 3 && line->has_comment) {
        return scn_zone_line_fail(source, line, line->word_count,
                                  "an unquoted ';' begins a comment and cuts "
                                  "the CAA record: quote the value");
    }
    return scn_zone_line_fail(
        source, line, line->word_count > first + 3 ? first + 3 : SIZE_MAX,
        "CAA is `flags tag value`, three words: quote a "
        "value that holds blanks");
}

enum scn_status scn_caa_read(const struct scn_zone_source *source,
                             const struct scn_zone_line *line, size_t first,
                             uint8_t *rdata, size_t *len_out)
{
    uint32_t flags = 0;

    if (line->word_count != first + 3) {
        return fail_shape(source, line, first);
    }
    const struct scn_word_of_line *words = line->words + first;
    if (words[0].quoted || !scn_number_from_text(line->text + words[0].start,
                                                 words[0].len, 255, &flags)) {
        return scn_zone_line_fail(source, line, first,
                                  "CAA flags are a number from 0 to 255");
    }
    /* A word never decodes to more octets than it has characters. */
    size_t room = words[1].len + words[2].len + 2;
    uint8_t *octets = malloc(room);
    if (octets == NULL) {
        return SCN_ENOMEM;
    }
    octets[0] = (uint8_t)flags;
    size_t tag_len = scn_zone_line_decode(line, first + 1, octets + 2);
    octets[1] = (uint8_t)tag_len;
    size_t len = 2 + tag_len;
    len += scn_zone_line_decode(line, first + 2, octets + len);
    enum scn_status status = SCN_OK;
    if (tag_len > 255) {
        status = scn_zone_line_fail(source, line, first + 1,
                                    "a CAA tag has at most 255 octets, this "
                                    "one %zu",
                                    tag_len);
    } else if (len > SCN_RDATA_MAX) {
        status = scn_zone_line_fail(source, line, first + 2,
                                    "RDATA has at most 65535 octets, this "
                                    "%zu",
                                    len);
    } else {
        memcpy(rdata, octets, len);
        *len_out = len;
    }
    free(octets);
    return status;
}
