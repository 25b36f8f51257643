# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses and networks as a list of them holds them, each with a comment if need be."""

from __future__ import annotations

import ipaddress


def address_key(text: str) -> str:
    """Equal for two ways to write one address or network, whatever comment follows C(#)."""
    address = text.split("#", 1)[0].strip().lower()
    try:
        interface = ipaddress.ip_interface(address)
    except ValueError:
        return address or text.strip()
    return str(interface.with_prefixlen)


def completed_address(stored: str, wanted: str) -> str:
    """The address as it is wanted, or the stored one where they differ in a comment that is not given."""
    return wanted if "#" in wanted or "#" not in stored else stored
