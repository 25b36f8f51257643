# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's credentials as anybody may see them: who there is, and where, and no password."""

from __future__ import annotations

import re
from typing import Any

from ..answers.account_words import Role, role_of
from ..document.masking import MASK, redact_text

# What may be read; everything else in a body whose shape nobody documented may be a password. So may a text
# under a harmless key that does not look like what the key promises.
_ANYTHING = re.compile(r".*", re.DOTALL)
_READABLE = {
    Role.USER: _ANYTHING,
    Role.DATABASE: _ANYTHING,
    Role.NAME: _ANYTHING,
    Role.HOME: re.compile(r"[~/]\S*"),
    Role.HOST: re.compile(r"[\w-]+(?:\.[\w-]+)+\.?(?::\d+)?|localhost|[\dA-Fa-f:.]+"),
    Role.PORT: re.compile(r"\d{1,5}"),
    Role.KIND: re.compile(r"[A-Za-z][A-Za-z_ -]{0,30}"),
    Role.ADDRESS: re.compile(r"[\dA-Fa-f:.,/ ]+"),
    # Ids, versions and times.
    Role.REMARK: re.compile(r"[\d:.+TZ -]+"),
}
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
    looks = _READABLE.get(role[0]) if role else None
    if looks is None or not looks.fullmatch(str(value)) or holds_secret(str(value), secrets):
        return MASK
    return value


def holds_secret(text: str, secrets: frozenset[str]) -> bool:
    """Whether a text is a password, or has one in it."""
    if text in secrets or redact_text(text) != text:
        return True
    return any(len(secret) >= _SHORTEST and secret in text for secret in secrets)
