# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON from the API as data that an inventory can hold, and that whoever writes it down can write."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

# Keys by which Ansible's own JSON marks vaulted and unsafe text. It would take data under one for such text,
# or refuse the whole inventory.
_ANSIBLES_KEYS = "__ansible_"

# What may need a second look: one of those keys, in letters or with some of them escaped, or an escaped half
# of a surrogate pair.
_SUSPICIOUS = re.compile(r"__ansible_|\\u(?:00[0-7]|[dD][89a-fA-F])")


def decode(text: str | bytes) -> Any:
    """JSON as plain data: floats are floats, no text holds half a surrogate pair, no key is Ansible's own.

    Half a pair cannot be written as UTF-8: it becomes the replacement character. A key that begins with
    C(__ansible_) gets a further underscore in front.

    :raises ValueError: for what is not JSON, and for what is nested too deeply.
    """
    source = text if isinstance(text, str) else text.decode(json.detect_encoding(text))
    try:
        value = _DECODER.decode(source)
        return _harmless(value) if _SUSPICIOUS.search(source) else value
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else _whole(value)
    if isinstance(value, list):
        return [_harmless(item) for item in value]
    if not isinstance(value, dict):
        return value
    made: dict[str, Any] = {}
    for key, item in value.items():
        name = _whole(key)
        if name.startswith(_ANSIBLES_KEYS):
            name = f"_{name}"
            while name in value:
                name = f"_{name}"
        made[name] = _harmless(item)
    return made


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)
