/* SPDX-License-Identifier: BSD-2-Clause */
/* keys_requirements.c - the keys of requirements.yaml. */
#include "keys.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const struct scn_key chapter_keys_list[] = {
    { .name = "id",
      .kind = SCN_KEY_LINE,
      .offset = offsetof(struct scn_spec_chapter, id),
      .required = true,
      .help = "R and one digit, with which its requirements begin" },
    { .name = "title",
      .kind = SCN_KEY_LINE,
      .offset = offsetof(struct scn_spec_chapter, title),
      .required = true,
      .help = "what it is about" },
};
static const struct scn_key_table chapter_keys = {
    "a chapter",       "chapter",
    SCN_SOME_KEYS,     sizeof(struct scn_spec_chapter),
    chapter_keys_list, COUNT(chapter_keys_list)
};

static const struct scn_key requirement_keys_list[] = {
    { .name = "id",
      .kind = SCN_KEY_REQUIREMENT,
      .offset = offsetof(struct scn_spec_requirement, id),
      .required = true,
      .help = "R and three digits; never changes" },
    { .name = "text",
      .kind = SCN_KEY_LINE,
      .offset = offsetof(struct scn_spec_requirement, text),
      .required = true,
      .help = "the document: RFC 8659, TLS-BR" },
    { .name = "section",
      .kind = SCN_KEY_LINE,
      .offset = offsetof(struct scn_spec_requirement, section),
      .help = "section number, in quotes" },
    { .name = "strength",
      .kind = SCN_KEY_WORD,
      .offset = offsetof(struct scn_spec_requirement, strength),
      .words = scn_words_strength,
      .required = true,
      .help = "how much the text demands" },
    { .name = "for",
      .kind = SCN_KEY_PROFILES,
      .offset = offsetof(struct scn_spec_requirement, profiles),
      .words = scn_words_profile,
      .help = "profiles for which it holds; all if not said" },
    { .name = "from",
      .kind = SCN_KEY_DATE,
      .offset = offsetof(struct scn_spec_requirement, from),
      .help = "first day on which it holds" },
    { .name = "until",
      .kind = SCN_KEY_DATE,
      .offset = offsetof(struct scn_spec_requirement, until),
      .help = "first day on which it holds no longer" },
    { .name = "says",
      .kind = SCN_KEY_LINE,
      .offset = offsetof(struct scn_spec_requirement, says),
      .required = true,
      .help = "a paraphrase, in one line" },
};
static const struct scn_key_table requirement_keys = {
    "a requirement",       "requirement",
    SCN_SOME_KEYS,         sizeof(struct scn_spec_requirement),
    requirement_keys_list, COUNT(requirement_keys_list)
};

static const struct scn_key file_keys_list[] = {
    { .name = "chapters",
      .kind = SCN_KEY_MAPS,
      .offset = offsetof(struct scn_spec_requirements, chapters),
      .table = &chapter_keys,
      .required = true,
      .help = "what the ids begin with" },
    { .name = "requirements",
      .kind = SCN_KEY_MAPS,
      .offset = offsetof(struct scn_spec_requirements, requirements),
      .table = &requirement_keys,
      .required = true,
      .help = "the requirements, by rising id" },
};
const struct scn_key_table scn_keys_requirements = {
    "a requirements file", "requirements",
    SCN_SOME_KEYS,         sizeof(struct scn_spec_requirements),
    file_keys_list,        COUNT(file_keys_list)
};
