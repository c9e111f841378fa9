/* SPDX-License-Identifier: BSD-2-Clause */
/* fault_text.c - what a fault does, in one line for people. */
#include "arena.h"
#include "build.h"
#include "words.h"

#include <stdio.h>

struct text {
    char buf[512];
    size_t len;
};

static void add_text(struct text *text, const char *before, const char *after)
{
    size_t room = sizeof(text->buf) - text->len;
    int len = snprintf(text->buf + text->len, room, "%s%s%s",
                       text->len > 0 ? ", " : "", before, after);

    if (len > 0) {
        text->len += (size_t)len < room ? (size_t)len : room - 1;
    }
}

/* "strip RRSIG NSEC" */
static void add_words(struct text *text, const char *verb,
                      const struct scn_word *words, unsigned set)
{
    char list[160] = ""; /* every list of words fits */
    size_t used = 0;

    for (; set != 0 && words->text != NULL; words++) {
        if ((set & (unsigned)words->value) != 0) {
            int len =
                snprintf(list + used, sizeof(list) - used, " %s", words->text);
            used += len > 0 ? (size_t)len : 0;
        }
    }
    if (used > 0) {
        add_text(text, verb, list);
    }
}

/* What becomes of the sections. */
static void add_sections(struct text *text, const struct scn_action *action)
{
    if (action->has_answer) {
        add_text(text,
                 action->answer_count > 0 ? "answer replaced"
                                          : "answer emptied",
                 "");
    }
    if (action->alias != SCN_ALIAS_NONE) {
        add_text(text, "alias ",
                 scn_word_text(scn_words_alias, (long)action->alias));
    }
    add_words(text, "strip", scn_words_strip, action->strip);
    add_words(text, "rrsets", scn_words_rrsets, action->rrsets);
    if (action->authority_count > 0) {
        add_text(text, "authority added", "");
    }
    if (action->additional_count > 0) {
        add_text(text, "additional added", "");
    }
    if (action->spoil_signatures) {
        add_text(text, "spoil signatures", "");
    }
}

/* What becomes of the rest of the message. */
static void add_frame(struct text *text, const struct scn_action *action)
{
    if (action->rcode >= 0) {
        add_text(text, "rcode ", scn_word_text(scn_words_rcode, action->rcode));
    }
    if (action->echo != SCN_ECHO_RIGHT) {
        add_text(text, "echo ",
                 scn_word_text(scn_words_echo, (long)action->echo));
    }
    if (action->owners_upper) {
        add_text(text, "owners upper", "");
    }
    if (action->opt != SCN_OPT_RIGHT) {
        add_text(text, "opt ", scn_word_text(scn_words_opt, (long)action->opt));
    }
    add_words(text, "set", scn_words_flag, action->set);
    add_words(text, "clear", scn_words_flag, action->clear);
}

/* "delay 20 ms" */
static void add_number(struct text *text, const char *verb, unsigned number,
                       const char *unit)
{
    char rest[32];

    if (number > 0) {
        (void)snprintf(rest, sizeof(rest), "%u%s", number, unit);
        add_text(text, verb, rest);
    }
}

/* How it is sent. */
static void add_sending(struct text *text, const struct scn_action *action)
{
    add_number(text, "udp limit ", action->udp_limit, "");
    if (action->decoy_count > 0) {
        add_text(text, "decoy first, wrong ",
                 scn_word_text(scn_words_decoy, (long)action->decoy_wrong));
    }
    add_words(text, "wire", scn_words_wire, action->wire);
    add_number(text, "", action->copies, " copies");
    add_number(text, "delay ", action->delay_ms, " ms");
    add_number(text, "jitter ", action->jitter_ms, " ms");
    if (action->tcp != SCN_TCP_NORMAL) {
        add_text(text, "tcp ", scn_word_text(scn_words_tcp, (long)action->tcp));
    }
}

char *scn_fault_summary(struct scn_arena *arena,
                        const struct scn_action *action)
{
    struct text text = { .len = 0 };

    if (action->drop != SCN_DROP_NOTHING) {
        add_text(&text, "drop ",
                 scn_word_text(scn_words_drop, (long)action->drop));
    }
    add_sections(&text, action);
    add_frame(&text, action);
    add_sending(&text, action);
    return scn_copy_text(arena, text.buf, text.len);
}
