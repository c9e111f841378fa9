/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench_decide.c - decides over a few sets, so often as it is told. The time is
 * taken by who runs it (ci/bench/decision).
 */
#include <caacheck/decide.h>

#include <stdio.h>
#include <stdlib.h>

/* RDATA of RFC 8659 section 4.1: flags, tag length, tag, value. */
#define RDATA(text)                                                 \
    {                                                               \
        .data = (const uint8_t *)(text), .length = sizeof(text) - 1 \
    }

enum { RECORDS_MAX = 3 };

struct set {
    struct caa_rdata records[RECORDS_MAX];
    size_t count;
    bool wildcard;
};

static const struct set sets[] = {
    { { RDATA("\0\5issueca.test") }, 1, false },
    { { RDATA("\0\5issue;"), RDATA("\0\x9issuewildca.test") }, 2, true },
    { { RDATA("\0\5issueca.test; accounturi=https://ca.test/acct/1; "
              "validationmethods=dns-01,http-01"),
        RDATA("\0\5issueother.test"), RDATA("\0\5iodefmailto:a@b.test") },
      3,
      false },
    { { RDATA("\0\5issueca.test"), RDATA("\x80\3tbsx") }, 2, false },
};
enum { SETS = sizeof(sets) / sizeof(sets[0]) };

int main(int argc, char **argv)
{
    static const char *const issuers[] = { "ca.test" };
    const struct caa_request request = { .kind = CAA_KIND_TLS,
                                         .issuers = issuers,
                                         .issuer_count = 1,
                                         .account = "https://ca.test/acct/1",
                                         .method = "http-01" };
    unsigned long rounds = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
    unsigned long permitted = 0;
    struct caa_rules rules;

    if (rounds == 0 ||
        caa_profile_rules("tls-br", 20261101, CAA_KIND_TLS, &rules) != CAA_OK) {
        (void)fprintf(stderr, "usage: bench_decide ROUNDS\n");
        return 64;
    }
    for (unsigned long i = 0; i < rounds; i++) {
        const struct set *set = &sets[i % SETS];
        permitted += caa_decide(set->records, set->count, &request,
                                set->wildcard, &rules)
                         .verdict == CAA_PERMIT;
    }
    (void)printf("%lu of %lu permitted\n", permitted, rounds);
    return 0;
}
