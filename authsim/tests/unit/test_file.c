/* SPDX-License-Identifier: BSD-2-Clause */
#include "testing.h"

#include <authsim/file.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FULL = 8, TEXT_MAX = 64, MUCH = 1 << 20 };

struct file {
    char path[32];
    int fd;
};

static int make_file(void **state)
{
    static struct file file;

    file = (struct file){ .path = "/tmp/test-file-XXXXXX" };
    file.fd = mkstemp(file.path);
    assert_true(file.fd >= 0);
    *state = &file;
    return 0;
}

static int remove_file(void **state)
{
    const struct file *file = *state;

    (void)close(file->fd);
    return unlink(file->path);
}

static void expect(const struct file *file, const char *expected)
{
    char text[TEXT_MAX] = "";

    assert_true(pread(file->fd, text, sizeof(text) - 1, 0) >= 0);
    assert_string_equal(text, expected);
}

/* No file of this process has more than FULL octets meanwhile. */
static bool append_to_full(int fd, const char *octets, size_t len)
{
    struct rlimit before;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit limit = { .rlim_cur = FULL,
                                  .rlim_max = before.rlim_max };
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const bool appended = sim_file_append(fd, octets, len);
    const int error = errno;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    errno = error;
    return appended;
}

static void what_does_not_fit_leaves_no_half(void **state)
{
    struct file *file = *state;

    for (int flags = 0; flags <= O_APPEND; flags += O_APPEND) {
        assert_int_equal(fcntl(file->fd, F_SETFL, flags), 0);
        assert_int_equal(ftruncate(file->fd, 0), 0);
        assert_int_equal(lseek(file->fd, 0, SEEK_SET), 0);
        assert_true(append_to_full(file->fd, "first\n", 6));
        assert_false(append_to_full(file->fd, "second\n", 7));
        assert_int_equal(errno, EFBIG);
        expect(file, "first\n");
        assert_true(sim_file_append(file->fd, "third\n", 6));
        expect(file, "first\nthird\n");
    }
}

static void what_others_wrote_stays(void **state)
{
    struct file *file = *state;

    assert_int_equal(pwrite(file->fd, "0123456789", 10, 0), 10);
    assert_int_equal(lseek(file->fd, 4, SEEK_SET), 4);
    assert_false(append_to_full(file->fd, "abcdef", 6));
    expect(file, "0123abcd89");
}

static void a_pipe_that_does_not_block_is_waited_for(void **state)
{
    static const char much[MUCH];
    static char got[MUCH];
    int ends[2];
    int status = 0;
    size_t len = 0;
    ssize_t n = 0;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
    const pid_t pid = fork();
    if (pid == 0) {
        _exit(sim_file_append(ends[1], much, sizeof(much)) ? 0 : 1);
    }
    (void)close(ends[1]);
    while ((n = read(ends[0], got, sizeof(got))) > 0) {
        len += (size_t)n;
    }
    (void)close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(len, MUCH);
}

static void what_nobody_takes_is_told(void **state)
{
    const int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

    (void)state;
    assert_true(sim_file_append(fd, "", 0));
    assert_false(sim_file_append(fd, "x", 1));
    assert_int_equal(errno, ENOSPC);
    (void)close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_does_not_fit_leaves_no_half,
                                        make_file, remove_file),
        cmocka_unit_test_setup_teardown(what_others_wrote_stays, make_file,
                                        remove_file),
        cmocka_unit_test(a_pipe_that_does_not_block_is_waited_for),
        cmocka_unit_test(what_nobody_takes_is_told),
    };

    return cmocka_run_group_tests_name("authsim.file", tests, NULL, NULL);
}
