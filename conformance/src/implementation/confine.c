/* SPDX-License-Identifier: BSD-2-Clause */
/* confine.c - mounts, capabilities(7), core dumps. */
#include "confine.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { DIRECTORY_MODE = 0755, HIGHEST_CAPABILITY = 63 };

static const unsigned long tmpfs_flags = MS_NOSUID | MS_NODEV;
static const char tmpfs_options[] = "mode=1777,size=64m,nr_inodes=16384";

/* LCOV_EXCL_START: it runs in a process that leaves through _exit(), which
 * writes no counters; tests/unit/test_process.c runs all of it. */
int cfm_confine_files(void)
{
    if ((mkdir(CFM_COMMAND_TMP, DIRECTORY_MODE) != 0 && errno != EEXIST) ||
        mount("tmpfs", CFM_COMMAND_TMP, "tmpfs", tmpfs_flags, tmpfs_options) !=
            0) {
        return -1;
    }
    /* A system without it has nothing to be filled there. */
    if (access("/dev/shm", F_OK) == 0 &&
        mount("tmpfs", "/dev/shm", "tmpfs", tmpfs_flags, tmpfs_options) != 0) {
        return -1;
    }
    return mount(NULL, "/run", NULL,
                 MS_REMOUNT | MS_BIND | MS_RDONLY | tmpfs_flags, NULL);
}

/* Not among them: CAP_SYS_ADMIN, CAP_NET_ADMIN, CAP_SYS_PTRACE. */
static bool may_keep(unsigned long capability)
{
    static const unsigned char kept[] = {
        CAP_AUDIT_WRITE, CAP_CHOWN,     CAP_DAC_OVERRIDE, CAP_FOWNER,
        CAP_FSETID,      CAP_KILL,      CAP_MKNOD,        CAP_NET_BIND_SERVICE,
        CAP_NET_RAW,     CAP_SETFCAP,   CAP_SETGID,       CAP_SETPCAP,
        CAP_SETUID,      CAP_SYS_CHROOT
    };
    for (size_t i = 0; i < sizeof kept; i++) {
        if (kept[i] == capability) {
            return true;
        }
    }
    return false;
}

/* Root's exec takes what is bounding or inheritable. */
static int empty_inheritable(void)
{
    struct __user_cap_header_struct header = {
        .version = _LINUX_CAPABILITY_VERSION_3
    };
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, data) != 0) {
        return -1;
    }
    for (size_t i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
        data[i].inheritable = 0;
    }
    return (int)syscall(SYS_capset, &header, data);
}

int cfm_confine_rights(void)
{
    /* 1, and not 0, keeps the programs that core_pattern may name from being
     * started too (core(5)). */
    const struct rlimit no_core = { .rlim_cur = 1, .rlim_max = 1 };
    if (setrlimit(RLIMIT_CORE, &no_core) != 0 || empty_inheritable() != 0) {
        return -1;
    }
    for (unsigned long i = 0; i <= HIGHEST_CAPABILITY; i++) {
        /* EINVAL: this kernel has fewer. */
        if (!may_keep(i) && prctl(PR_CAPBSET_DROP, i, 0, 0, 0) != 0 &&
            errno != EINVAL) {
            return -1;
        }
    }
    return 0;
}
/* LCOV_EXCL_STOP */
