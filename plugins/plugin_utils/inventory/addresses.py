# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may become `ansible_host`: something that looks like a host name or an address, of another machine."""

from __future__ import annotations

import ipaddress
import re
import socket

from ...module_utils.document.domains import name_in_dns

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\Z")
_NUMBERS = re.compile(r"[0-9xXa-fA-F.]+\Z")


def address(name: str) -> str | None:
    """The name as `ansible_host`, or None where it is no host name and no address.

    An international name comes in the form in which DNS knows it. The controller itself is nobody's address.
    """
    if not name.isascii():
        try:
            name = name_in_dns(name)
        except UnicodeError:
            return None
    if not _HOST_NAME.match(name):
        try:
            ipaddress.IPv6Address(name)
        except ValueError:
            return None
        if "%" in name:
            return None
    return None if is_this_machine(name) else name


def is_this_machine(name: str) -> bool:
    """Whether a name or address leads to the machine that resolves it."""
    bare = name.rstrip(".").lower()
    if bare in ("localhost", "localhost.localdomain") or bare.endswith(".localhost"):
        return True
    if not (":" in bare or _NUMBERS.match(bare)):
        return False
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        try:
            # 127.1 and 2130706433 are addresses too.
            found = ipaddress.IPv4Address(socket.inet_aton(bare))
        except (OSError, ValueError):
            return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.is_loopback or found.is_unspecified
