/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sandbox_inside.c - user map, mounts and network of a new sandbox, and what a
 * sandbox may cover or assign later.
 */
#include "sandbox_inside.h"

#include "loopback.h"

#include <authsim/sandbox.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0644, DIRECTORY_MODE = 0755 };

static enum sim_status write_text(int fd, const char *text)
{
    size_t len = strlen(text);

    while (len > 0) {
        ssize_t n = write(fd, text, len);
        if (n < 0 && errno != EINTR) {
            return SIM_ESYSTEM;
        }
        if (n > 0) {
            text += n;
            len -= (size_t)n;
        }
    }
    return SIM_OK;
}

/* Opens with flags, writes the whole text, closes. */
static enum sim_status write_file(const char *path, int flags, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | flags, FILE_MODE);

    if (fd < 0) {
        return SIM_ESYSTEM;
    }
    enum sim_status st = write_text(fd, text);
    int error = errno;
    if (close(fd) != 0) {
        return SIM_ESYSTEM;
    }
    errno = error;
    return st;
}

enum sim_status sim_sandbox_map_user(const struct sim_sandbox_owner *owner,
                                     const char **step_out)
{
    char uid_map[64];
    char gid_map[64];

    (void)snprintf(uid_map, sizeof(uid_map), "0 %u 1\n", (unsigned)owner->uid);
    (void)snprintf(gid_map, sizeof(gid_map), "0 %u 1\n", (unsigned)owner->gid);
    *step_out = "write /proc/self/setgroups, uid_map and gid_map";
    /* user_namespaces(7): an unprivileged writer of gid_map must first give up
     * setgroups(2). */
    if (write_file("/proc/self/setgroups", 0, "deny") != SIM_OK ||
        write_file("/proc/self/uid_map", 0, uid_map) != SIM_OK) {
        return SIM_ESYSTEM;
    }
    return write_file("/proc/self/gid_map", 0, gid_map);
}

static bool is_directory(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static enum sim_status cover_directory(const char *path)
{
    return mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV,
                 "mode=0755,size=512m") == 0
               ? SIM_OK
               : SIM_ESYSTEM;
}

enum sim_status sim_sandbox_mounts(const char **step_out)
{
    *step_out = "make mounts private";
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
        return SIM_ESYSTEM;
    }
    *step_out = "mount a tmpfs over /run";
    if (cover_directory("/run") != SIM_OK) {
        return SIM_ESYSTEM;
    }
    *step_out = "mount a tmpfs over /var/run";
    /* Usually a symlink to /run. */
    if (is_directory("/var/run") && cover_directory("/var/run") != SIM_OK) {
        return SIM_ESYSTEM;
    }
    *step_out = "make " SIM_SANDBOX_DIR;
    if (mkdir(SIM_SANDBOX_DIR, DIRECTORY_MODE) != 0) {
        return SIM_ESYSTEM;
    }
    /* Masked parts of /proc, as containers have them, forbid a fresh mount:
     * process ids then read as outside, no more. */
    (void)mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
                NULL);
    return SIM_OK;
}

enum sim_status sim_sandbox_network(const char **step_out)
{
    static const struct sim_address v4 = { .family = 4, .octets = { 198, 18 } };
    static const struct sim_address v6 = { .family = 6,
                                           .octets = { 0x20, 0x01, 0, 2 } };

    *step_out = "bring the device lo up";
    if (sim_loopback_up() != SIM_OK) {
        return SIM_ESYSTEM;
    }
    *step_out = "route 198.18.0.0/15 to lo";
    if (sim_loopback_route(&v4, 15) != SIM_OK) {
        return SIM_ESYSTEM;
    }
    /* A kernel without IPv6 is told by the server's sockets. The sysctl lets
     * programs bind IPv6 addresses that are routed, not assigned; /proc/sys
     * may be read-only. */
    if (sim_loopback_route(&v6, 48) == SIM_OK) {
        (void)write_file("/proc/sys/net/ipv6/ip_nonlocal_bind", 0, "1");
    }
    return SIM_OK;
}

bool sim_sandbox_sealed(void)
{
    return getpid() == 1 || is_directory(SIM_SANDBOX_DIR);
}

enum sim_status sim_sandbox_assign(const struct sim_address *address)
{
    return sim_loopback_assign(address);
}

/* --- covering a file --- */

/* mkdir -p of everything before the last slash. */
static enum sim_status make_parents(const char *path)
{
    char part[PATH_MAX];

    for (const char *slash = strchr(path + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        size_t len = (size_t)(slash - path);
        memcpy(part, path, len);
        part[len] = '\0';
        if (mkdir(part, DIRECTORY_MODE) != 0 && errno != EEXIST) {
            return SIM_ESYSTEM;
        }
    }
    return SIM_OK;
}

/*
 * Where path leads when it is a symlink whose target the tmpfs over /run hides,
 * for example ../run/systemd/resolve/stub-resolv.conf. False: it leads
 * elsewhere, or is no symlink.
 */
static bool leads_into_run(const char *path, char target[PATH_MAX])
{
    char link[PATH_MAX];
    ssize_t n = readlink(path, link, sizeof(link) - 1);

    if (n <= 0) {
        return false;
    }
    link[n] = '\0';
    const char *run = strstr(link, "run/");
    if (run == NULL || (run > link && run[-1] != '/')) {
        return false;
    }
    return snprintf(target, PATH_MAX, "/%s", run) < PATH_MAX;
}

enum sim_status sim_sandbox_cover(const char *path, const char *text)
{
    char real[PATH_MAX];
    char copy[] = SIM_SANDBOX_DIR "/cover-XXXXXX";

    if (realpath(path, real) == NULL) {
        if (errno != ENOENT) {
            return SIM_ESYSTEM;
        }
        if (!leads_into_run(path, real)) {
            return SIM_ECONFLICT;
        }
        return make_parents(real) == SIM_OK
                   ? write_file(real, O_CREAT | O_TRUNC, text)
                   : SIM_ESYSTEM;
    }
    int fd = mkstemp(copy);
    if (fd < 0) {
        return SIM_ESYSTEM;
    }
    enum sim_status st = write_text(fd, text);
    if (st == SIM_OK && (fchmod(fd, FILE_MODE) != 0 ||
                         mount(copy, real, NULL, MS_BIND, NULL) != 0)) {
        st = SIM_ESYSTEM;
    }
    int error = errno;
    (void)close(fd);
    errno = error;
    return st;
}
