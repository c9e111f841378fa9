/* SPDX-License-Identifier: BSD-2-Clause */
/* print_schema.c - prints what scenarios/schema.json must hold. */
#include <scenario/catalogue.h>

#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *text = scn_schema_text();
    int failed = text == NULL || fputs(text, stdout) == EOF;

    free(text);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
