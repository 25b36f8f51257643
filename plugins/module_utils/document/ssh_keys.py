# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SSH public keys as lists hold them: what stands before the key, its type and material, a comment."""

from __future__ import annotations

import re
from collections.abc import Hashable

_SSH_KEY = re.compile(
    r"(?:^|\s)(?P<type>(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+"
    r"|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)(?:-cert-v01@openssh\.com)?)"
    r"\s+(?P<material>AAAA[A-Za-z0-9+/]+)=*(?:\s+(?P<comment>.*))?\s*$"
)
# What sshd(8) knows before a key in an authorized_keys file. What else stands there (a host in known_hosts, a
# principal in allowed_signers) is part of what the line means.
_OPTION_NAMES = (
    "agent-forwarding|cert-authority|command|environment|expiry-time|from|no-agent-forwarding"
    "|no-port-forwarding|no-pty|no-touch-required|no-user-rc|no-x11-forwarding|permitlisten|permitopen"
    "|port-forwarding|principals|pty|restrict|tunnel|user-rc|verify-required|x11-forwarding"
)
_OPTION = rf'(?i:{_OPTION_NAMES})(?:="(?:[^"\\]|\\.)*")?'
_OPTIONS = re.compile(rf"\s*(?:{_OPTION}(?:,{_OPTION})*)?\s*")


def _parsed(text: str) -> re.Match[str] | None:
    # What is commented out is not in force, and so no key.
    return None if text.lstrip().startswith("#") else _SSH_KEY.search(text)


def ssh_key(text: str) -> Hashable | None:
    """A key's identity: type and material, and what stands before them unless it is options. None for other text."""
    match = _parsed(text)
    if match is None:
        return None
    before = text[: match.start("type")]
    owner = () if _OPTIONS.fullmatch(before) else tuple(before.split())
    return (*owner, match["type"], match["material"])


def ssh_key_label(text: str) -> str | None:
    """A key in a few words, since its middle tells nobody anything; None for another text."""
    match = _parsed(text)
    if match is None:
        return None
    before = text[: match.start("type")].strip()
    owner = "" if _OPTIONS.fullmatch(before) else before
    shown = f"…{match['material'][-12:]}"
    return " ".join(filter(None, (owner, match["type"], shown, match["comment"])))


def completed_ssh_key(stored: str, wanted: str) -> str:
    """The key as it is wanted, with the options and the comment of the stored one where it gives none.

    Options (C(command="...")) restrict what the key may do, and a key that is given without any says nothing
    about them; so with the comment.
    """
    old, new = _parsed(stored), _parsed(wanted)
    if not old or not new:
        return wanted
    options = stored[: old.start("type")]
    if wanted[: new.start("type")].strip() or not _OPTIONS.fullmatch(options):
        options = wanted[: new.start("type")]
    key = wanted[new.start("type") :]
    if old["comment"] and not new["comment"]:
        key = f"{key.rstrip()} {old['comment'].rstrip()}"
    return options + key
