# SPDX-License-Identifier: BSD-2-Clause
"""Asks Open MPIC's CAA checker (open_mpic_core.MpicCaaChecker) whether a CA may
issue, as its coordinator asks a perspective: one request for one name. Look-ups,
climb, reading and decision are its own; it takes its resolver from
/etc/resolv.conf. Look-up failures refuse (allow_lookup_failure is off, its default).

usage: shim.py NAME ISSUER KIND   exit 0: permit, 1: refuse, 2: look-up failed
"""

import asyncio
import sys
import traceback

from open_mpic_core import (
    CaaCheckParameters,
    CaaCheckRequest,
    CertificateType,
    ErrorMessages,
    MpicCaaChecker,
)

PERMIT, REFUSE, LOOKUP_FAILED, BROKEN = 0, 1, 2, 70


def domain_of(name: str, kind: str) -> str:
    """The API takes domains: whoever has a mailbox asks for what is behind its @."""
    return name.rpartition("@")[2] if kind == "smime" else name


async def ask(name: str, issuer: str, kind: str):
    certificate = CertificateType.S_MIME if kind == "smime" else CertificateType.TLS_SERVER
    request = CaaCheckRequest(
        domain_or_ip_target=domain_of(name, kind),
        caa_check_parameters=CaaCheckParameters(
            certificate_type=certificate, caa_domains=[issuer]
        ),
    )
    return await MpicCaaChecker(default_caa_domain_list=[issuer]).check_caa(request)


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return BROKEN
    try:
        answer = asyncio.run(ask(*arguments))
    except Exception:  # Python itself would end with 1, which says refuse
        traceback.print_exc()
        return BROKEN
    for error in answer.errors or []:
        print(error.error_type, error.error_message, file=sys.stderr)
    if answer.check_passed:
        return PERMIT
    if answer.check_completed:
        return REFUSE
    lookup = ErrorMessages.CAA_LOOKUP_ERROR.key
    failed = any(error.error_type == lookup for error in answer.errors or [])
    return LOOKUP_FAILED if failed else BROKEN


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
