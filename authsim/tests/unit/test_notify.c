/* SPDX-License-Identifier: BSD-2-Clause */
#include "notify.h"
#include "testing.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { TOLD_MAX = 128 };

/* A manager that listens at name, '@' leading for the octet 0. */
static int manager_at(const char *name)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const size_t len = strlen(name);
    const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

    assert_true(fd >= 0);
    memcpy(address.sun_path, name, len);
    if (name[0] == '@') {
        address.sun_path[0] = '\0';
    }
    assert_int_equal(
        bind(fd, (const struct sockaddr *)&address,
             (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)),
        0);
    return fd;
}

static void expect_told(int manager, const char *expected, size_t len)
{
    char told[TOLD_MAX] = "";
    const ssize_t n = recv(manager, told, sizeof(told) - 1, MSG_DONTWAIT);

    assert_true(n >= (ssize_t)len);
    assert_memory_equal(told, expected, len);
}

static void expect_words(const char *name)
{
    static const char reloading[] = "RELOADING=1\nMONOTONIC_USEC=";
    const int manager = manager_at(name);

    assert_int_equal(setenv("NOTIFY_SOCKET", name, 1), 0);
    const int fd = notify_open();
    assert_true(fd >= 0);
    assert_null(getenv("NOTIFY_SOCKET"));
    notify_ready(fd);
    expect_told(manager, "READY=1", sizeof("READY=1") - 1);
    notify_reloading(fd);
    expect_told(manager, reloading, sizeof(reloading) - 1);
    notify_stopping(fd);
    expect_told(manager, "STOPPING=1", sizeof("STOPPING=1") - 1);
    (void)close(manager);
    notify_ready(fd); /* to nobody: no harm */
    (void)close(fd);
}

static void a_manager_is_told(void **state)
{
    char directory[] = "/tmp/test-notify-XXXXXX";
    char name[sizeof(directory) + 8];

    (void)state;
    assert_non_null(mkdtemp(directory));
    (void)snprintf(name, sizeof(name), "%s/socket", directory);
    expect_words(name);
    assert_int_equal(unlink(name), 0);
    assert_int_equal(rmdir(directory), 0);
    (void)snprintf(name, sizeof(name), "@test-notify-%d", (int)getpid());
    expect_words(name);
}

static void without_a_manager_there_is_silence(void **state)
{
    char name[TOLD_MAX + 1];

    (void)state;
    assert_int_equal(unsetenv("NOTIFY_SOCKET"), 0);
    assert_int_equal(notify_open(), -1);
    notify_ready(-1);
    notify_reloading(-1);
    notify_stopping(-1);
    memset(name, '/', TOLD_MAX);
    name[TOLD_MAX] = '\0';
    const char *const bad[] = { "", "/", "@", "relative", "/none/such", name };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(setenv("NOTIFY_SOCKET", bad[i], 1), 0);
        assert_int_equal(notify_open(), -1);
        assert_null(getenv("NOTIFY_SOCKET"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_manager_is_told),
        cmocka_unit_test(without_a_manager_there_is_silence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
