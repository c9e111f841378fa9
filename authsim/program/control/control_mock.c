/* SPDX-License-Identifier: BSD-2-Clause */
/* control_mock.c - changes of what hosts have, and of the default. */
#include "control_mock_inside.h"

#include <scenario/name.h>

#include <string.h>

/* --- hosts --- */

/* The host's entry; a new one has the default, where there is one. */
static enum sim_status have_one(struct control_mocks *mocks,
                                const struct control_host *host,
                                struct control_mock **mock_out)
{
    *mock_out = control_mock_find(mocks, host);
    if (*mock_out != NULL) {
        return SIM_OK;
    }
    *mock_out = control_mock_insert(mocks, host);
    if (*mock_out == NULL) {
        return SIM_ENOMEM;
    }
    return mocks->fallbacks[CONTROL_SET_A].given ||
                   mocks->fallbacks[CONTROL_SET_AAAA].given
               ? control_mock_apply_default(mocks, *mock_out)
               : SIM_OK;
}

/* The host, and where every name exists those above it: what is below a name
 * makes it exist, so that the wildcard above no longer stands for it. */
static enum sim_status have(struct control_mocks *mocks,
                            const struct control_host *host,
                            struct control_mock **mock_out)
{
    struct control_host above = *host;
    enum sim_status st = SIM_OK;

    while (st == SIM_OK && above.name[0] != 0 &&
           control_mock_has_every_name(host->instance)) {
        above.name = scn_name_parent(above.name);
        st = have_one(mocks, &above, mock_out);
    }
    return st == SIM_OK ? have_one(mocks, host, mock_out) : st;
}

/* --- changes --- */

enum sim_status control_mocks_add(struct control_mocks *mocks,
                                  const struct control_host *host,
                                  enum control_set set,
                                  const struct control_rdata *rdatas,
                                  size_t count)
{
    struct control_mock *mock = NULL;
    enum sim_status st = have(mocks, host, &mock);

    if (st == SIM_OK && set == CONTROL_SET_CNAME) {
        control_mock_free_set(&mock->sets[set]); /* there is one alias */
    }
    for (size_t i = 0; st == SIM_OK && i < count; i++) {
        st = control_mock_append(&mock->sets[set], &rdatas[i]);
    }
    return st == SIM_OK ? control_mock_apply(mocks, mock, set) : st;
}

enum sim_status control_mocks_clear(struct control_mocks *mocks,
                                    const struct control_host *host,
                                    enum control_set set)
{
    struct control_mock *mock = control_mock_find(mocks, host);

    if (mock == NULL || mock->sets[set] == NULL) {
        return SIM_OK;
    }
    control_mock_free_set(&mock->sets[set]);
    return control_mock_apply(mocks, mock, set);
}

enum sim_status control_mocks_set_default(struct control_mocks *mocks,
                                          struct sim_instance *instance,
                                          enum control_set set,
                                          const uint8_t *octets)
{
    static const uint8_t root[] = { 0 };
    const struct control_host top = { instance, root };
    struct control_fallback *fallback = &mocks->fallbacks[set];
    struct control_mock *mock = NULL;
    enum sim_status st = have(mocks, &top, &mock);

    fallback->given = octets != NULL;
    if (octets != NULL) {
        memcpy(fallback->octets, octets, set == CONTROL_SET_A ? 4 : 16);
    }
    for (size_t b = 0; b < CONTROL_MOCK_BUCKETS; b++) {
        mock = mocks->buckets[b];
        for (; st == SIM_OK && mock != NULL; mock = mock->next) {
            st = control_mock_apply_default(mocks, mock);
        }
    }
    return st;
}

uint64_t control_mocks_hidden(const struct control_mocks *mocks,
                              const struct control_host *host)
{
    const struct control_mock *mock = control_mock_find(mocks, host);

    return mock != NULL ? mock->hidden : 0;
}

enum sim_status control_mocks_hide(struct control_mocks *mocks,
                                   const struct control_host *host,
                                   uint64_t number)
{
    struct control_mock *mock = NULL;
    enum sim_status st = have(mocks, host, &mock);

    if (st == SIM_OK) {
        mock->hidden = number;
    }
    return st;
}
