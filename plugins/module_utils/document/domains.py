# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains as a configuration names them: words of one text, each of which may be written in several ways."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

# A domain may be a Jinja expression, which is the platform's to render and may hold blanks.
_WORD = re.compile(r"(?:\{\{.*?\}\}|\{%.*?%\}|\S)+", re.DOTALL)


def words(text: Any) -> list[str]:
    """The words of a text, or of a list of texts, in their order; Jinja expressions stay in one piece."""
    if isinstance(text, list):
        return [word for part in text for word in words(part)]
    return _WORD.findall(text) if isinstance(text, str) else []


def domains_in(text: Any) -> dict[str, str]:
    """The domains that a text, or a list of texts, names: by what they mean → as they are written."""
    return {domain_key(word): word for word in words(text)}


@lru_cache(maxsize=65536)
def domain_key(word: str) -> str:
    """Equal for two ways to write one domain: in any case, with a final dot, in Unicode or in Punycode."""
    name = word.lower()
    if name.isascii() and "xn--" not in name:
        return name.removesuffix(".") or name
    try:
        return name.removesuffix(".").encode("idna").decode("ascii")
    except UnicodeError:
        return name
