/* SPDX-License-Identifier: BSD-2-Clause */
/* file.c - write(2) until it is done; ftruncate(2) when that cannot be. */
#include <authsim/file.h>

#include <errno.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

/* The last len octets of a regular file, unless others have written since. */
static void take_back(int fd, size_t len)
{
    const off_t end = lseek(fd, 0, SEEK_CUR);
    const off_t before = end - (off_t)len;
    struct stat st;

    if (len > 0 && end >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
        st.st_size == end && ftruncate(fd, before) == 0) {
        (void)lseek(fd, before, SEEK_SET);
    }
}

bool sim_file_append(int fd, const void *octets, size_t len)
{
    const char *next = octets;
    size_t left = len;

    while (left > 0) {
        const ssize_t n = write(fd, next, left);

        if (n >= 0) {
            next += n;
            left -= (size_t)n;
        } else if (errno == EAGAIN) {
            struct pollfd room = { .fd = fd, .events = POLLOUT };
            (void)poll(&room, 1, -1);
        } else if (errno != EINTR) {
            const int error = errno;
            take_back(fd, len - left);
            errno = error;
            return false;
        }
    }
    return true;
}
