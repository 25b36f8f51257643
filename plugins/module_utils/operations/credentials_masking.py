# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's credentials as anybody may see them: who there is, and where, and no password."""

from __future__ import annotations

from typing import Any

from ..plan.secrets import MASK, redact_text
from ..resources.account_words import Role, role_of

# What may be read; everything else in a body whose shape nobody documented may be a password.
_READABLE = frozenset(Role) - {Role.PASSWORD}
# A shorter one may be a part of ordinary words.
_SHORTEST = 6


def masked_body(value: Any, secrets: frozenset[str], key: str = "") -> Any:
    """A copy in which only what stands under a key that is known to be harmless keeps its texts and numbers.

    :param secrets: the passwords, which go wherever they are found.
    """
    if isinstance(value, dict):
        return {name: masked_body(child, secrets, name) for name, child in value.items()}
    if isinstance(value, list):
        return [masked_body(item, secrets, key) for item in value]
    if value is None or isinstance(value, bool) or value == "":
        return value
    role = role_of(key)
    if role is None or role[0] not in _READABLE or holds_secret(str(value), secrets):
        return MASK
    return value


def holds_secret(text: str, secrets: frozenset[str]) -> bool:
    """Whether a text is a password, or has one in it."""
    if text in secrets or redact_text(text) != text:
        return True
    return any(len(secret) >= _SHORTEST and secret in text for secret in secrets)
