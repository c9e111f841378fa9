/* SPDX-License-Identifier: BSD-2-Clause */
/* Real namespaces; where they are refused these tests fail, and say why. */
#include "testing.h"

#include <authsim/sandbox.h>

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WHY = 512, TEXT = 512 };

/* Exit status of run inside a sandbox, -1 when it was killed. */
static int run_inside(enum sim_network_kind kind, sim_sandbox_fn *run,
                      void *ctx)
{
    char why[WHY] = "";
    pid_t pid = -1;
    int status = 0;

    if (sim_sandbox_spawn(kind, run, ctx, &pid, why, sizeof(why)) != SIM_OK) {
        fail_msg("%s", why);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int is_first_and_root(void *ctx)
{
    (void)ctx;
    return getpid() == 1 && geteuid() == 0 && getegid() == 0 &&
                   sim_sandbox_sealed()
               ? 42
               : 1;
}

static void the_child_is_process_one_and_root_inside(void **state)
{
    (void)state;
    assert_int_equal(run_inside(SIM_NETWORK_SANDBOX, is_first_and_root, NULL),
                     42);
}

/* Binds and sends to itself: the address is local and port 53 is ours. */
static bool reaches_itself(int family, const char *address)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons(53) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
                               .sin6_port = htons(53) };
    const bool four = family == AF_INET;
    struct sockaddr *to =
        four ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6;
    const socklen_t len = four ? sizeof(v4) : sizeof(v6);
    void *octets = four ? (void *)&v4.sin_addr : (void *)&v6.sin6_addr;
    char got = 0;

    if (inet_pton(family, address, octets) != 1) {
        return false;
    }
    int receiver = socket(family, SOCK_DGRAM, 0);
    int sender = socket(family, SOCK_DGRAM, 0);
    bool ok = bind(receiver, to, len) == 0 &&
              sendto(sender, "x", 1, 0, to, len) == 1 &&
              recv(receiver, &got, 1, MSG_DONTWAIT) == 1 && got == 'x';
    (void)close(receiver);
    (void)close(sender);
    return ok;
}

static int has_routes(void *ctx)
{
    static const char *const v4[] = { "198.18.0.1", "198.19.255.254",
                                      "127.0.0.1" };
    static const char *const v6[] = { "2001:2::1", "2001:2:0:ffff::77", "::1" };

    (void)ctx;
    for (int i = 0; i < 3; i++) {
        if (!reaches_itself(AF_INET, v4[i])) {
            return 1 + i;
        }
        if (!reaches_itself(AF_INET6, v6[i])) {
            return 11 + i;
        }
    }
    return 0;
}

static void every_address_of_the_lab_is_local(void **state)
{
    (void)state;
    assert_int_equal(run_inside(SIM_NETWORK_SANDBOX, has_routes, NULL), 0);
}

static int reaches_outside(void *ctx)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(53) };

    (void)ctx;
    to.sin_addr.s_addr = htonl(0xc0000201); /* 192.0.2.1 */
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    return sendto(fd, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)) == -1 &&
                   errno == ENETUNREACH
               ? 0
               : 1;
}

static void nothing_outside_can_be_reached(void **state)
{
    (void)state;
    assert_int_equal(run_inside(SIM_NETWORK_SANDBOX, reaches_outside, NULL), 0);
}

static int assigns_addresses(void *ctx)
{
    const struct sim_address v4 = { .family = 4, .octets = { 198, 18, 0, 9 } };
    const struct sim_address v6 = { .family = 6,
                                    .octets = { 0x20, 1, 0, 2, [15] = 9 } };
    struct sockaddr_in6 bound = { .sin6_family = AF_INET6 };

    (void)ctx;
    memcpy(&bound.sin6_addr, v6.octets, 16);
    for (int i = 0; i < 2; i++) {
        if (sim_sandbox_assign(&v4) != SIM_OK ||
            sim_sandbox_assign(&v6) != SIM_OK) {
            return errno;
        }
    }
    int fd = socket(AF_INET6, SOCK_DGRAM, 0);
    return bind(fd, (struct sockaddr *)&bound, sizeof(bound));
}

static void addresses_can_be_assigned_twice(void **state)
{
    (void)state;
    assert_int_equal(run_inside(SIM_NETWORK_SANDBOX, assigns_addresses, NULL),
                     0);
}

/* /run is empty but for the lab's directory, which can be written. */
static int has_own_run(void *ctx)
{
    (void)ctx;
    FILE *f = fopen(SIM_SANDBOX_DIR "/probe", "w");
    if (f == NULL || fclose(f) != 0) {
        return 1;
    }
    return rmdir("/run") == -1 && rename(SIM_SANDBOX_DIR, "/run/x") == 0 ? 0
                                                                         : 2;
}

static void run_is_its_own_and_gone_afterwards(void **state)
{
    struct stat info;

    (void)state;
    assert_int_equal(run_inside(SIM_NETWORK_SANDBOX, has_own_run, NULL), 0);
    assert_int_equal(stat("/run/x", &info), -1);
    assert_int_equal(stat(SIM_SANDBOX_DIR, &info), -1);
}

static bool file_says(const char *path, const char *expected)
{
    char text[TEXT] = "";
    FILE *f = fopen(path, "r");

    if (f == NULL) {
        return false;
    }
    (void)!fread(text, 1, sizeof(text) - 1, f);
    (void)fclose(f);
    return strcmp(text, expected) == 0;
}

struct cover_case {
    const char *path;
    enum sim_status expected;
    bool readable;
};

static int covers(void *ctx)
{
    const struct cover_case *c = ctx;

    if (sim_sandbox_cover(c->path, "nameserver 198.18.0.1\n") != c->expected) {
        return 1;
    }
    return c->readable == file_says(c->path, "nameserver 198.18.0.1\n") ? 0 : 2;
}

static void covers_a_file_for_the_sandbox_only(void **state)
{
    char path[] = "/tmp/cover-test-XXXXXX";
    struct cover_case c = { path, SIM_OK, true };
    int fd = mkstemp(path);

    (void)state;
    assert_int_equal(write(fd, "mine", 4), 4);
    (void)close(fd);
    assert_int_equal(run_inside(SIM_NETWORK_SANDBOX, covers, &c), 0);
    assert_true(file_says(path, "mine"));
    (void)unlink(path);
}

static void covers_where_a_symlink_leads(void **state)
{
    char path[] = "/tmp/cover-test-XXXXXX";
    char link[TEXT];
    struct cover_case c = { link, SIM_OK, true };

    (void)state;
    (void)close(mkstemp(path));
    (void)snprintf(link, sizeof(link), "%s-link", path);
    assert_int_equal(symlink(path, link), 0);
    assert_int_equal(run_inside(SIM_NETWORK_SANDBOX, covers, &c), 0);
    (void)unlink(link);
    assert_true(file_says(path, ""));
    (void)unlink(path);
}

static void covers_a_symlink_into_run_that_the_tmpfs_hid(void **state)
{
    char link[] = "/tmp/cover-test-XXXXXX";
    struct cover_case c = { link, SIM_OK, true };

    (void)state;
    (void)close(mkstemp(link));
    (void)unlink(link);
    assert_int_equal(symlink("../run/some/resolver/stub.conf", link), 0);
    assert_int_equal(run_inside(SIM_NETWORK_SANDBOX, covers, &c), 0);
    (void)unlink(link);
}

static void says_when_there_is_nothing_to_cover(void **state)
{
    struct cover_case missing = { "/tmp/no-such-file-here", SIM_ECONFLICT,
                                  false };

    (void)state;
    assert_int_equal(run_inside(SIM_NETWORK_SANDBOX, covers, &missing), 0);
}

/* In the loopback network the caller's network is kept. */
static int sees_interface(void *ctx)
{
    (void)ctx;
    return if_nametoindex("lo") != 0 ? 0 : 1;
}

static void the_loopback_kind_needs_no_namespace(void **state)
{
    (void)state;
    assert_int_equal(run_inside(SIM_NETWORK_LOOPBACK, sees_interface, NULL), 0);
}

/* --- death --- */

static int sleeps(void *ctx)
{
    const int *fd = ctx;

    /* A grandchild holds the pipe as well: it must die too. */
    if (fork() < 0) {
        return 1;
    }
    for (;;) {
        (void)pause();
    }
    return *fd;
}

/* True once every process that held the pipe's other end is gone. */
static bool pipe_ends(int fd)
{
    char octet = 0;

    return read(fd, &octet, 1) == 0;
}

static void everything_inside_dies_with_the_child(void **state)
{
    char why[WHY] = "";
    pid_t pid = -1;
    int fds[2];

    (void)state;
    assert_int_equal(pipe(fds), 0);
    assert_int_equal(sim_sandbox_spawn(SIM_NETWORK_SANDBOX, sleeps, &fds[1],
                                       &pid, why, sizeof(why)),
                     SIM_OK);
    (void)close(fds[1]);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_true(pipe_ends(fds[0]));
    (void)close(fds[0]);
}

static void everything_inside_dies_with_the_parent(void **state)
{
    int fds[2];

    (void)state;
    assert_int_equal(pipe(fds), 0);
    pid_t parent = fork();
    if (parent == 0) {
        char why[WHY];
        pid_t pid = -1;
        if (sim_sandbox_spawn(SIM_NETWORK_SANDBOX, sleeps, &fds[1], &pid, why,
                              sizeof(why)) == SIM_OK) {
            (void)raise(SIGKILL);
        }
        _exit(1);
    }
    (void)close(fds[1]);
    int status = 0;
    assert_int_equal(waitpid(parent, &status, 0), parent);
    assert_true(WIFSIGNALED(status));
    assert_true(pipe_ends(fds[0]));
    (void)close(fds[0]);
}

/* Within a sandbox no further one can be had once its quota is 0. */
static int is_refused_with_a_remedy(void *ctx)
{
    char why[WHY] = "";
    pid_t pid = -1;
    int fd = open("/proc/sys/user/max_user_namespaces", O_WRONLY);

    (void)ctx;
    if (fd < 0 || write(fd, "0", 1) != 1) {
        return 1;
    }
    (void)close(fd);
    if (sim_sandbox_spawn(SIM_NETWORK_SANDBOX, sleeps, NULL, &pid, why,
                          sizeof(why)) != SIM_ESYSTEM) {
        return 2;
    }
    return strstr(why, "sysctl -w user.max_user_namespaces=") != NULL ? 0 : 3;
}

static void tells_what_to_change_where_namespaces_are_refused(void **state)
{
    (void)state;
    assert_int_equal(
        run_inside(SIM_NETWORK_SANDBOX, is_refused_with_a_remedy, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_child_is_process_one_and_root_inside),
        cmocka_unit_test(every_address_of_the_lab_is_local),
        cmocka_unit_test(nothing_outside_can_be_reached),
        cmocka_unit_test(addresses_can_be_assigned_twice),
        cmocka_unit_test(run_is_its_own_and_gone_afterwards),
        cmocka_unit_test(covers_a_file_for_the_sandbox_only),
        cmocka_unit_test(covers_where_a_symlink_leads),
        cmocka_unit_test(covers_a_symlink_into_run_that_the_tmpfs_hid),
        cmocka_unit_test(says_when_there_is_nothing_to_cover),
        cmocka_unit_test(the_loopback_kind_needs_no_namespace),
        cmocka_unit_test(everything_inside_dies_with_the_child),
        cmocka_unit_test(everything_inside_dies_with_the_parent),
        cmocka_unit_test(tells_what_to_change_where_namespaces_are_refused),
    };

    return cmocka_run_group_tests_name("authsim.sandbox", tests, NULL, NULL);
}
