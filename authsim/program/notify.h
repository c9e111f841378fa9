/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify.h - tells a service manager how things stand, as sd_notify(3) says:
 * datagrams to the Unix socket that NOTIFY_SOCKET names.
 */
#pragma once

/*
 * A socket to whom NOTIFY_SOCKET names, which no child inherits; the variable
 * is taken out of the environment. [owned] by the caller, close(). It works on
 * when the name cannot be reached any more. -1 without a manager; when there is
 * one and it cannot be had that is told on standard error.
 */
int notify_open(void);

/* How things stand; fd -1 is silence, and trouble of a manager no trouble of
 * ours. */
void notify_ready(int fd);
void notify_reloading(int fd);
void notify_stopping(int fd);
