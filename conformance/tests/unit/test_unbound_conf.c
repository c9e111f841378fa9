/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"
#include "unbound_conf.h"

#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const uint8_t island[] = { 6, 'i', 's', 'l', 'a', 'n', 'd', 0 };
static const uint8_t *const islands[] = { island };

static struct cfm_unbound_setup brisk_setup(void)
{
    return (struct cfm_unbound_setup){
        .preset = CFM_PRESET_BRISK,
        .listen = { .family = 4, .octets = { 198, 18, 8, 1 }, .port = 1053 },
        .send_from = { .family = 4, .octets = { 198, 18, 8, 1 } },
        .send_from_6 = { .family = 6, .octets = { 0x20, 1, 0, 2, [15] = 9 } },
        .directory = "/run/box",
        .root_hints = "/run/box/root.hints",
        .trust_anchor = "/run/box/trust-anchor",
    };
}

static void assert_has(const struct cfm_unbound_setup *setup, const char *line)
{
    char *text = cfm_unbound_conf_text(setup);
    assert_non_null(text);
    if (strstr(text, line) == NULL) {
        fail_msg("no '%s' in:\n%s", line, text);
    }
    free(text);
}

static void assert_lacks(const struct cfm_unbound_setup *setup,
                         const char *line)
{
    char *text = cfm_unbound_conf_text(setup);
    assert_non_null(text);
    assert_null(strstr(text, line));
    free(text);
}

static void says_where_to_listen_and_from_where_to_ask(void **state)
{
    (void)state;
    struct cfm_unbound_setup setup = brisk_setup();
    assert_has(&setup, "interface: 198.18.8.1@1053\n");
    assert_has(&setup, "outgoing-interface: 198.18.8.1\n");
    assert_has(&setup, "outgoing-interface: 2001:2::9\n");
    assert_has(&setup, "do-ip6: yes\n");
    setup.send_from_6.family = 0;
    assert_has(&setup, "do-ip6: no\n");
}

static void names_hints_and_anchor_of_its_universe(void **state)
{
    (void)state;
    struct cfm_unbound_setup setup = brisk_setup();
    assert_has(&setup, "root-hints: \"/run/box/root.hints\"\n");
    assert_has(&setup, "trust-anchor-file: \"/run/box/trust-anchor\"\n");
    setup.resolver.trust_anchor = SCN_ANCHOR_WRONG;
    assert_has(&setup, "trust-anchor-file: \"/run/box/trust-anchor\"\n");
    setup.resolver.trust_anchor = SCN_ANCHOR_NONE;
    assert_lacks(&setup, "trust-anchor-file");
}

static void sets_the_resolver_up_as_its_scenario_says(void **state)
{
    (void)state;
    struct cfm_unbound_setup setup = brisk_setup();
    assert_has(&setup, "qname-minimisation: yes\n");
    assert_has(&setup, "qname-minimisation-strict: no\n");
    assert_has(&setup, "use-caps-for-id: no\n");
    assert_lacks(&setup, "domain-insecure");
    setup.resolver.qname_minimisation = SCN_QMIN_STRICT;
    setup.resolver.case_randomisation = true;
    setup.resolver.negative_trust_anchors = islands;
    setup.resolver.negative_trust_anchor_count = 1;
    assert_has(&setup, "qname-minimisation: yes\n");
    assert_has(&setup, "qname-minimisation-strict: yes\n");
    assert_has(&setup, "use-caps-for-id: yes\n");
    assert_has(&setup, "domain-insecure: \"island\"\n");
    setup.resolver.qname_minimisation = SCN_QMIN_DISABLED;
    assert_has(&setup, "qname-minimisation: no\n");
}

static void is_brisk_only_when_it_should_be(void **state)
{
    (void)state;
    struct cfm_unbound_setup setup = brisk_setup();
    assert_has(&setup, "infra-cache-max-rtt: 1000\n");
    assert_has(&setup, "outgoing-port-permit: ");
    setup.preset = CFM_PRESET_DEFAULT;
    assert_lacks(&setup, "infra-cache-max-rtt");
    assert_lacks(&setup, "outgoing-port");
    assert_has(&setup, "root-hints: ");
}

/* unbound-checkconf FILE; its exit status. */
static int check_conf(char *file)
{
    char name[] = "unbound-checkconf";
    char *const argv[] = { name, file, NULL };
    char *const envp[] = { NULL };
    pid_t pid = 0;
    int status = 0;
    assert_int_equal(posix_spawn(&pid, "/usr/sbin/unbound-checkconf", NULL,
                                 NULL, argv, envp),
                     0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Unbound itself reads it, where it is installed. */
static void writes_what_unbound_accepts(void **state)
{
    (void)state;
    struct cfm_unbound_setup setup = brisk_setup();
    char file[] = "/tmp/unbound-conf-XXXXXX";
    if (access("/usr/sbin/unbound-checkconf", X_OK) != 0) {
        skip();
    }
    setup.directory = "/";
    setup.root_hints = "/dev/null";
    setup.trust_anchor = "/dev/null";
    setup.resolver.negative_trust_anchors = islands;
    setup.resolver.negative_trust_anchor_count = 1;
    char *text = cfm_unbound_conf_text(&setup);
    int fd = mkstemp(file);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
    (void)close(fd);
    int rc = check_conf(file);
    (void)unlink(file);
    free(text);
    assert_int_equal(rc, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_where_to_listen_and_from_where_to_ask),
        cmocka_unit_test(names_hints_and_anchor_of_its_universe),
        cmocka_unit_test(sets_the_resolver_up_as_its_scenario_says),
        cmocka_unit_test(is_brisk_only_when_it_should_be),
        cmocka_unit_test(writes_what_unbound_accepts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
