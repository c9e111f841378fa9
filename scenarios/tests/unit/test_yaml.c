/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "yaml.h"

#include <stdio.h>
#include <string.h>

struct fixture {
    struct scn_arena arena;
    struct scn_error error;
    const struct scn_yaml *node;
};

static enum scn_status read_text(struct fixture *f, const char *text)
{
    *f = (struct fixture){ .error = { .text = "no error" } };
    return scn_yaml_read(&f->arena, "f.yaml", text, strlen(text), &f->error,
                         &f->node);
}

static void assert_place(struct scn_at at, unsigned line, unsigned column)
{
    assert_int_equal(at.line, line);
    assert_int_equal(at.column, column);
}

static void builds_a_tree_with_places(void **state)
{
    struct fixture f;

    (void)state;
    assert_int_equal(read_text(&f, "a: one\nb:\n  - x\n  - {c: 'y'}\n"),
                     SCN_OK);
    assert_int_equal(f.node->kind, SCN_YAML_MAP);
    assert_int_equal(f.node->count, 2);
    const struct scn_yaml *a = scn_yaml_find(f.node, "a");
    assert_string_equal(a->text, "one");
    assert_place(a->at, 1, 4);
    const struct scn_yaml *b = scn_yaml_find(f.node, "b");
    assert_int_equal(b->kind, SCN_YAML_LIST);
    assert_int_equal(b->count, 2);
    assert_place(b->items[0].at, 3, 5);
    const struct scn_yaml *c = scn_yaml_find(&b->items[1], "c");
    assert_int_equal(c->style, SCN_YAML_SINGLE);
    assert_place(c->text_at, 4, 10);
    assert_null(scn_yaml_find(f.node, "d"));
    scn_arena_fini(&f.arena);
}

static void an_empty_value_is_an_empty_scalar_at_its_key(void **state)
{
    struct fixture f;

    (void)state;
    assert_int_equal(read_text(&f, "a: b\nkey:\n"), SCN_OK);
    const struct scn_yaml *value = scn_yaml_find(f.node, "key");
    assert_int_equal(value->kind, SCN_YAML_SCALAR);
    assert_int_equal(value->len, 0);
    assert_place(value->at, 2, 1);
    scn_arena_fini(&f.arena);
}

static void places_in_a_literal_block_are_those_of_the_file(void **state)
{
    struct fixture f;

    (void)state;
    assert_int_equal(
        read_text(&f, "a:\n  b: |\n\n      one\n        two\n    # no\n"),
        SCN_OK);
    const struct scn_yaml *text =
        scn_yaml_find(scn_yaml_find(f.node, "a"), "b");
    assert_string_equal(text->text, "\none\n  two\n");
    assert_place(scn_yaml_place(text, 1), 4, 7);
    assert_place(scn_yaml_place(text, 3), 4, 9);
    assert_place(scn_yaml_place(text, 7), 5, 9);
    scn_arena_fini(&f.arena);
}

static void places_count_doubled_quotes(void **state)
{
    struct fixture f;

    (void)state;
    assert_int_equal(read_text(&f, "a: 'it''s x'\n"), SCN_OK);
    const struct scn_yaml *text = scn_yaml_find(f.node, "a");
    assert_string_equal(text->text, "it's x");
    assert_place(scn_yaml_place(text, 5), 1, 11);
    scn_arena_fini(&f.arena);
}

static void doubled_quotes_are_single_however_many(void **state)
{
    struct fixture f;

    (void)state;
    assert_int_equal(read_text(&f, "a: 'x''''''''''''''''''''y'\nb: ''\n"),
                     SCN_OK);
    assert_string_equal(scn_yaml_find(f.node, "a")->text, "x''''''''''y");
    assert_string_equal(scn_yaml_find(f.node, "b")->text, "");
    scn_arena_fini(&f.arena);
}

static void a_folded_text_is_placed_at_its_beginning(void **state)
{
    struct fixture f;

    (void)state;
    assert_int_equal(read_text(&f, "a: >\n  one\n  two\n"), SCN_OK);
    const struct scn_yaml *text = scn_yaml_find(f.node, "a");
    assert_true(text->several_lines);
    assert_string_equal(text->text, "one two\n");
    assert_place(scn_yaml_place(text, 5), 2, 3);
    scn_arena_fini(&f.arena);
}

static void a_refusal_names_the_file(void **state)
{
    struct fixture f;

    (void)state;
    assert_int_equal(read_text(&f, "a: [1, 2\n"), SCN_EINPUT);
    assert_string_equal(f.error.file, "f.yaml");
    assert_true(f.error.line > 0);
    assert_null(f.node);
    scn_arena_fini(&f.arena);
}

static void source_is_utf8_without_directives(void **state)
{
    static const char *const good[] = { "",
                                        "a\n",
                                        "\xc2\x80",
                                        "\xe0\xa0\x80",
                                        "\xed\x9f\xbf",
                                        "\xf4\x8f\xbf\xbf",
                                        "a %\n %" };
    static const char *const bad[] = {
        "\x80",
        "\xc1\xbf",
        "\xc2",
        "\xc2 ",
        "\xe0\x9f\xbf",
        "\xed\xa0\x80",
        "\xe2\x82",
        "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xff",
        "%",
        "\xef\xbb\xbf",
        "a\n%TAG",
    };
    struct scn_error error;

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_int_equal(
            scn_yaml_check_source("f.yaml", good[i], strlen(good[i]), &error),
            SCN_OK);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(
            scn_yaml_check_source("f.yaml", bad[i], strlen(bad[i]), &error),
            SCN_EINPUT);
    }
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 1);
}

static void refuses_too_many_keys(void **state)
{
    struct fixture f;
    char text[8192];
    size_t used = 0;

    (void)state;
    for (int i = 0; i < 600; i++) {
        used +=
            (size_t)snprintf(text + used, sizeof(text) - used, "k%d: v\n", i);
    }
    assert_int_equal(read_text(&f, text), SCN_EINPUT);
    assert_non_null(strstr(f.error.text, "more than 512 keys"));
    scn_arena_fini(&f.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builds_a_tree_with_places),
        cmocka_unit_test(an_empty_value_is_an_empty_scalar_at_its_key),
        cmocka_unit_test(places_in_a_literal_block_are_those_of_the_file),
        cmocka_unit_test(places_count_doubled_quotes),
        cmocka_unit_test(doubled_quotes_are_single_however_many),
        cmocka_unit_test(a_folded_text_is_placed_at_its_beginning),
        cmocka_unit_test(a_refusal_names_the_file),
        cmocka_unit_test(source_is_utf8_without_directives),
        cmocka_unit_test(refuses_too_many_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
