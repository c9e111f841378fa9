/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * confine.h - what a command under test may not do to the lab around it.
 *
 * Its user is root of the lab's namespaces, and could take the network down,
 * uncover /run or fill the tmpfs on which the lab keeps its own files. To be
 * called in the command's own mount namespace, before it starts.
 */
#pragma once

#include <authsim/sandbox.h>

/* TMPDIR of the commands: each sees one of its own, which goes with it. */
#define CFM_COMMAND_TMP SIM_SANDBOX_DIR "/tmp"

/* A temporary directory and /dev/shm of bounded size, the rest of /run read
 * only. 0, or -1 and errno. */
int cfm_confine_files(void);

/*
 * What exec gives: the capabilities that container engines leave to root, and
 * no core dumps. The caller keeps its own rights. 0, or -1 and errno.
 */
int cfm_confine_rights(void);
