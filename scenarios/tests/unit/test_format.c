/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What can go wrong is listed three times: in FORMAT.md, in the tables of the
 * loader, in the JSON Schema. The lists are the same, and each example of the
 * page is read.
 */
#include "file.h"
#include "keys.h"
#include "reading.h"
#include "testing.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKENS_MAX = 64, TOKEN_MAX = 160, ROW_MAX = 1024 };

/* What stands between backticks, in the order of the page. */
struct tokens {
    char text[TOKENS_MAX][TOKEN_MAX];
    size_t count;
};

/* One row of a table: its names, what is said of them, its examples. */
struct row {
    struct tokens names;
    struct tokens said;
    struct tokens examples;
};

static char *read_page(void)
{
    size_t len = 0;
    char *text = scn_file_read(TESTBED_SCENARIOS "/FORMAT.md", &len);

    assert_non_null(text);
    char *page = realloc(text, len + 1);
    assert_non_null(page);
    page[len] = '\0';
    return page;
}

static void read_tokens(const char *from, const char *end, struct tokens *out)
{
    out->count = 0;
    for (;;) {
        const char *open = memchr(from, '`', (size_t)(end - from));
        if (open == NULL) {
            return;
        }
        const char *close = memchr(open + 1, '`', (size_t)(end - open - 1));
        assert_non_null(close);
        const size_t len = (size_t)(close - open - 1);
        assert_true(out->count < TOKENS_MAX && len < TOKEN_MAX);
        memcpy(out->text[out->count], open + 1, len);
        out->text[out->count++][len] = '\0';
        from = close + 1;
    }
}

/* The row that begins at line; false when that is no row of names. */
static bool read_row(const char *line, struct row *row)
{
    const char *end = strchr(line, '\n');
    const char *said;
    const char *examples;

    if (strncmp(line, "| `", 3) != 0) {
        return false;
    }
    said = strstr(line + 2, " | ");
    assert_non_null(said);
    examples = strstr(said + 3, " | ");
    assert_true(examples != NULL && examples < end);
    read_tokens(line, said, &row->names);
    read_tokens(said, examples, &row->said);
    read_tokens(examples, end, &row->examples);
    return true;
}

/* The first row of the table after `heading`. */
static const char *find_table(const char *page, const char *heading)
{
    const char *at = strstr(page, heading);

    assert_non_null(at);
    at = strstr(at, "\n|---");
    assert_non_null(at);
    return strchr(at + 1, '\n') + 1;
}

static const char *next_line(const char *line)
{
    return strchr(line, '\n') + 1;
}

/* Says what is wrong with the page, and fails the test. */
static void complain(const char *about, const char *what)
{
    print_error("FORMAT.md, %s: %s\n", about, what);
    fail();
}

static const struct scn_key *find_key(const struct scn_key_table *table,
                                      const char *name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->keys[i].name, name) == 0) {
            return &table->keys[i];
        }
    }
    fail_msg("no key '%s'", name);
    return NULL;
}

static const struct scn_key_table *zone_table(const char *key)
{
    return find_key(find_key(&scn_keys_scenario, "zones")->table, key)->table;
}

static const struct scn_key_table *do_table(void)
{
    return find_key(zone_table("faults"), "do")->table;
}

static bool has_token(const struct tokens *tokens, const char *text)
{
    for (size_t i = 0; i < tokens->count; i++) {
        if (strcmp(tokens->text[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/* Rows of this key's words have a table of their own. */
static bool has_own_table(const char *key)
{
    return strcmp(key, "rrsets") == 0 || strcmp(key, "wire") == 0;
}

/* Is it a word of one of the keys that the row is about? */
static bool is_word_of(const struct row *row, const char *text)
{
    long value = 0;

    for (size_t n = 0; n < row->names.count; n++) {
        const struct scn_key *key = find_key(do_table(), row->names.text[n]);
        if (key->words != NULL && scn_word_find(key->words, text, &value)) {
            return true;
        }
    }
    return false;
}

/* Every word of a key stands in backticks in what is said of it. */
static void check_said(const struct tokens *said, const struct scn_key *key)
{
    for (size_t w = 0; key->words != NULL && key->words[w].text; w++) {
        if (!has_token(said, key->words[w].text)) {
            complain(key->words[w].text, "not in the row of its key");
        }
    }
}

/* What is said of keys in backticks are their words, all of them. */
static void check_words(const struct row *row)
{
    for (size_t n = 0; n < row->names.count; n++) {
        check_said(&row->said, find_key(do_table(), row->names.text[n]));
    }
    for (size_t i = 0; i < row->said.count; i++) {
        if (!is_word_of(row, row->said.text[i])) {
            complain(row->said.text[i], "no word of the row's key");
        }
    }
}

static void the_page_has_the_keys_of_faults_in_their_order(void **state)
{
    static struct row row;
    char *page = read_page();
    const char *line = find_table(page, "\n`do`, composed in this order:");
    size_t at = 0;

    (void)state;
    for (; read_row(line, &row); line = next_line(line)) {
        for (size_t i = 0; i < row.names.count; i++) {
            assert_true(at < do_table()->count);
            assert_string_equal(row.names.text[i], do_table()->keys[at].name);
            at++;
        }
        if (!has_own_table(row.names.text[0])) {
            check_words(&row);
        }
    }
    assert_int_equal(at, do_table()->count);
    free(page);
}

static size_t word_count(const struct scn_word *words)
{
    size_t count = 0;

    while (words[count].text != NULL) {
        count++;
    }
    return count;
}

static void check_are_words(const struct tokens *names,
                            const struct scn_word *words)
{
    long value = 0;

    for (size_t i = 0; i < names->count; i++) {
        if (!scn_word_find(words, names->text[i], &value)) {
            complain(names->text[i], "no word of the loader's");
        }
    }
}

/* The names of a table are the words of a list, each once. */
static void check_names(const char *line, const struct scn_word *words)
{
    static struct row row;
    size_t named = 0;

    for (; read_row(line, &row); line = next_line(line)) {
        check_are_words(&row.names, words);
        named += row.names.count;
    }
    assert_int_equal(named, word_count(words));
}

static void the_page_has_all_words_of_the_longer_lists(void **state)
{
    char *page = read_page();

    (void)state;
    check_names(find_table(page, "\n`rrsets`, in this order"),
                find_key(do_table(), "rrsets")->words);
    check_names(find_table(page, "\n`wire`, in this order"),
                find_key(do_table(), "wire")->words);
    check_names(find_table(page, "\n## 6. Damage"), scn_words_damage);
    free(page);
}

/* --- examples --- */

static void expect_read(const char *before, const char *example,
                        const char *after)
{
    char text[ROW_MAX];

    (void)snprintf(text, sizeof(text),
                   HEAD "zones:\n  - dnssec: signed\n"
                        "    denial: nsec3-opt-out\n    keys: ksk-and-zsk\n"
                        "    algorithms: [13, 15]\n    %s%s%s\n"
                        "checks:\n" PERMITS REFUSES,
                   before, example, after);
    scn_instance_free(make_instance(text, 0, NULL));
}

/* Does the name stand in one of the examples? */
static bool is_shown(const struct row *row, const char *name)
{
    for (size_t i = 0; i < row->examples.count; i++) {
        if (strstr(row->examples.text[i], name) != NULL) {
            return true;
        }
    }
    return false;
}

static void check_row(const struct row *row, const char *before,
                      const char *after)
{
    for (size_t i = 0; i < row->examples.count; i++) {
        expect_read(before, row->examples.text[i], after);
    }
    for (size_t n = 0; n < row->names.count; n++) {
        if (!is_shown(row, row->names.text[n])) {
            complain(row->names.text[n], "no example");
        }
    }
}

/* Every name of the table stands in an example that is read. */
static void check_examples(const char *line, const char *before,
                           const char *after)
{
    static struct row row;
    size_t rows = 0;

    for (; read_row(line, &row); line = next_line(line), rows++) {
        check_row(&row, before, after);
    }
    assert_true(rows > 3);
}

static void every_fault_has_an_example_that_is_read(void **state)
{
    static const char before[] = "faults: [{when: {edns: present}, do: ";
    static const char after[] = "}]";
    char *page = read_page();

    (void)state;
    check_examples(find_table(page, "\n`do`, composed in this order:"), before,
                   after);
    check_examples(find_table(page, "\n`rrsets`, in this order"), before,
                   after);
    check_examples(find_table(page, "\n`wire`, in this order"), before, after);
    check_examples(find_table(page, "\n## 6. Damage"), "damage: [", "]");
    free(page);
}

/* The block of YAML after `heading`, each line four columns further in. */
static void read_block(const char *page, const char *heading, char *block,
                       size_t cap)
{
    const char *line = strstr(page, heading);
    size_t used = 0;

    assert_non_null(line);
    line = strstr(line, "\n```yaml\n");
    assert_non_null(line);
    for (line += strlen("\n```yaml\n"); strncmp(line, "```", 3) != 0;
         line = next_line(line)) {
        const int len = (int)(next_line(line) - line);
        used +=
            (size_t)snprintf(block + used, cap - used, "    %.*s", len, line);
        assert_true(used < cap);
    }
}

static void faults_that_work_together_are_read(void **state)
{
    static char block[4 * ROW_MAX];
    static char text[5 * ROW_MAX];
    char *page = read_page();

    (void)state;
    read_block(page, "\nSeveral together;", block, sizeof(block));
    (void)snprintf(text, sizeof(text),
                   HEAD "remotes: 2\nzones:\n  - dnssec: signed\n%s"
                        "checks:\n" PERMITS REFUSES,
                   block);
    struct scn_instance *instance = make_instance(text, 0, NULL);
    assert_true(instance->zones[0].fault_count > 5);
    scn_instance_free(instance);
    free(page);
}

/* --- schema --- */

/* The words of an enum, or of one in a list. */
static void expect_enum(const json_t *property, const struct scn_word *words)
{
    const json_t *items = json_object_get(property, "items");
    const json_t *list =
        json_object_get(items != NULL ? items : property, "enum");

    assert_int_equal(json_array_size(list), word_count(words));
    for (size_t i = 0; words[i].text != NULL; i++) {
        assert_string_equal(json_string_value(json_array_get(list, i)),
                            words[i].text);
    }
}

static void expect_properties(const json_t *schema, const char *name,
                              const struct scn_key_table *table)
{
    const json_t *properties = json_object_get(
        json_object_get(json_object_get(schema, "definitions"), name),
        "properties");

    assert_int_equal(json_object_size(properties), table->count);
    for (size_t i = 0; i < table->count; i++) {
        const struct scn_key *key = &table->keys[i];
        const json_t *property = json_object_get(properties, key->name);

        assert_non_null(property);
        if (key->kind == SCN_KEY_WORD || key->kind == SCN_KEY_WORDS) {
            expect_enum(property, key->words);
        }
    }
}

static void the_schema_has_the_same_keys_and_words(void **state)
{
    json_t *schema = json_load_file(TESTBED_SCENARIOS "/schema.json", 0, NULL);

    (void)state;
    assert_non_null(schema);
    expect_properties(schema, "do", do_table());
    expect_properties(schema, "fault", zone_table("faults"));
    expect_properties(schema, "damage", zone_table("damage"));
    json_decref(schema);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_has_the_keys_of_faults_in_their_order),
        cmocka_unit_test(the_page_has_all_words_of_the_longer_lists),
        cmocka_unit_test(every_fault_has_an_example_that_is_read),
        cmocka_unit_test(faults_that_work_together_are_read),
        cmocka_unit_test(the_schema_has_the_same_keys_and_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
