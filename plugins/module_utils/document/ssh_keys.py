# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SSH public keys as lists hold them: options, type, material, comment."""

from __future__ import annotations

import re
from typing import Any

_SSH_KEY = re.compile(
    r"(?:^|\s)(?P<type>(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+"
    r"|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)(?:-cert-v01@openssh\.com)?)"
    r"\s+(?P<material>AAAA[A-Za-z0-9+/]+)=*(?:\s+(?P<comment>.*))?\s*$"
)


def ssh_key(text: str) -> tuple[str, str] | None:
    """The type and the material of a key, which together are its identity; None for another text."""
    match = _SSH_KEY.search(text)
    return (match["type"], match["material"]) if match else None


def ssh_key_label(text: str) -> str | None:
    """A key in a few words, since its middle tells nobody anything; None for another text."""
    match = _SSH_KEY.search(text)
    if match is None:
        return None
    return " ".join(filter(None, (match["type"], f"…{match['material'][-12:]}", match["comment"])))


def with_ssh_options(stored: Any, wanted: Any) -> Any:
    """An SSH key as it is wanted, with the options that the stored one has before it (C(command="...")).

    They restrict what the key may do, and a key that is given without any says nothing about them.
    """
    if not isinstance(stored, str) or not isinstance(wanted, str):
        return wanted
    old, new = _SSH_KEY.search(stored), _SSH_KEY.search(wanted)
    if not old or not new or wanted[: new.start("type")].strip():
        return wanted
    return stored[: old.start("type")] + wanted[new.start("type") :]
