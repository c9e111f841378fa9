/* SPDX-License-Identifier: BSD-2-Clause */
/* The key tables are whole, and FORMAT.md names all they hold. */
#include "file.h"
#include "keys.h"
#include "testing.h"

#include <scenario/catalogue.h>

#include <stdlib.h>
#include <string.h>

struct walk {
    const struct scn_key_table *seen[64];
    size_t count;
    const char *format; /* text of FORMAT.md */
    int missing;
};

static bool is_word_octet(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* True when word stands in text, and is not a part of a longer word. */
static bool names(const char *text, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = text; (at = strstr(at, word)) != NULL; at++) {
        if ((at == text || !is_word_octet(at[-1])) && !is_word_octet(at[len])) {
            return true;
        }
    }
    return false;
}

static void want(struct walk *w, const char *what, const char *word)
{
    if (!names(w->format, word)) {
        print_error("FORMAT.md does not name %s, of %s\n", word, what);
        w->missing++;
    }
}

static void walk_table(struct walk *w, const struct scn_key_table *table)
{
    for (size_t i = 0; i < w->count; i++) {
        if (w->seen[i] == table) {
            return;
        }
    }
    assert_true(w->count < 64);
    w->seen[w->count++] = table;
    assert_true(table->count > 0);
    for (size_t i = 0; i < table->count; i++) {
        const struct scn_key *key = &table->keys[i];
        assert_true(strlen(key->help) > 0);
        assert_true(key->offset < table->size);
        want(w, table->what, key->name);
        for (size_t k = 0; key->words != NULL && key->words[k].text; k++) {
            want(w, key->name, key->words[k].text);
        }
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(table->keys[k].name, key->name);
        }
        if (key->table != NULL) {
            walk_table(w, key->table);
        }
    }
}

static void the_page_names_every_key_and_word(void **state)
{
    struct walk w = { 0 };
    size_t len = 0;
    char *text = scn_file_read(TESTBED_SCENARIOS "/FORMAT.md", &len);

    (void)state;
    assert_non_null(text);
    char *terminated = realloc(text, len + 1);
    assert_non_null(terminated);
    terminated[len] = '\0';
    w.format = terminated;
    walk_table(&w, &scn_keys_scenario);
    free(terminated);
    assert_int_equal(w.missing, 0);
    assert_true(w.count > 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_names_every_key_and_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
