/* SPDX-License-Identifier: BSD-2-Clause */
/* schema.c - the JSON Schema of a scenario file, from the key tables. */
#include "keys.h"

#include <scenario/catalogue.h>

#include <jansson.h>
#include <string.h>

char *scn_schema_text(void)
{
    return NULL;
}
