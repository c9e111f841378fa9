/* SPDX-License-Identifier: BSD-2-Clause */
/* exchange.c - first how much it is, then the copy. */
#include "exchange.h"

#include <scenario/name.h>

#include <string.h>

static size_t text_size(const char *text)
{
    return text == NULL ? 0 : strlen(text) + 1;
}

static size_t name_size(const uint8_t *name)
{
    return name == NULL ? 0 : scn_name_length(name);
}

static size_t names_size(const uint8_t *const *names, size_t count)
{
    size_t size = count * sizeof(*names);

    for (size_t i = 0; i < count; i++) {
        size += name_size(names[i]);
    }
    return size;
}

size_t sim_exchange_block(const struct sim_exchange *x)
{
    return x->near_miss_count * sizeof(*x->near_misses) +
           names_size(x->aliases, x->alias_count) +
           names_size(x->no_ds, x->no_ds_count) + text_size(x->server) +
           text_size(x->perspective) + text_size(x->fault) +
           name_size(x->zone) + name_size(x->name) + name_size(x->alias_to);
}

/* Copies size octets to *next and moves it on; NULL stays NULL. */
static const uint8_t *put(uint8_t **next, const void *data, size_t size)
{
    uint8_t *copy = *next;

    if (data == NULL) {
        return NULL;
    }
    memcpy(copy, data, size);
    *next += size;
    return copy;
}

static void put_names(uint8_t **next, const uint8_t **table,
                      const uint8_t *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        table[i] = put(next, names[i], name_size(names[i]));
    }
}

/* Tables with pointers first, for their alignment, then octets. */
void sim_exchange_copy(const struct sim_exchange *x, uint8_t *block,
                       struct sim_exchange *copy_out)
{
    const size_t near_misses = x->near_miss_count * sizeof(*x->near_misses);
    const uint8_t **aliases = (const uint8_t **)(void *)(block + near_misses);
    const uint8_t **no_ds = aliases + x->alias_count;
    uint8_t *next = (uint8_t *)(void *)(no_ds + x->no_ds_count);

    *copy_out = *x;
    copy_out->near_misses =
        (const void *)put(&block, x->near_misses, near_misses);
    put_names(&next, aliases, x->aliases, x->alias_count);
    put_names(&next, no_ds, x->no_ds, x->no_ds_count);
    copy_out->aliases = aliases;
    copy_out->no_ds = no_ds;
    copy_out->server =
        (const char *)put(&next, x->server, text_size(x->server));
    copy_out->perspective =
        (const char *)put(&next, x->perspective, text_size(x->perspective));
    copy_out->fault = (const char *)put(&next, x->fault, text_size(x->fault));
    copy_out->zone = put(&next, x->zone, name_size(x->zone));
    copy_out->name = put(&next, x->name, name_size(x->name));
    copy_out->alias_to = put(&next, x->alias_to, name_size(x->alias_to));
}
