# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains as a configuration names them: words of one text, each of which may be written in several ways.

What turns a name into another spelling is here, whoever asks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

try:
    import idna
except (
    ImportError
):  # requests brings it along; without it names in Unicode are the same only as they are written
    idna = None  # type: ignore[assignment]

# A domain may be a Jinja expression, which is the platform's to render and may hold blanks.
_WORD = re.compile(r"(?:\{\{.*?\}\}|\{%.*?%\}|\S)+", re.DOTALL)


def words(text: Any) -> list[str]:
    """The words of a text, or of a list of texts, in their order; Jinja expressions stay in one piece."""
    if isinstance(text, list):
        return [word for part in text for word in words(part)]
    return _WORD.findall(text) if isinstance(text, str) else []


def domains_in(text: Any) -> dict[str, str]:
    """The domains that a text, or a list of texts, names: by what they mean → as they are written."""
    return {key: word for word in words(text) for key in domain_keys(word)}


def domain_keys(word: str) -> tuple[str, ...]:
    """What one word names: nginx takes C(.shop.example) for C(shop.example) and C(*.shop.example)."""
    if len(word) > 1 and word.startswith(".") and not word.startswith(".."):
        name = domain_key(word[1:])
        return (name, f"*.{name}")
    return (domain_key(word),)


@lru_cache(maxsize=65536)
def domain_key(word: str) -> str:
    """Equal for two ways to write one domain: in any case, with a final dot, in Unicode or in Punycode.

    As IDNA 2008 has it (UTS 46, not transitional): C(straße.example) and C(strasse.example) are two. A regular
    expression (C(~...)) and what the platform's Jinja renders mean what they say, letter by letter.
    """
    if word.startswith("~") or "{" in word:
        return word
    wildcard = "*." if word.startswith("*.") else ""
    try:
        return (wildcard + name_in_dns(word[len(wildcard) :])).removesuffix(".") or word
    except UnicodeError:
        return unicodedata.normalize("NFC", word.lower()).removesuffix(".")


def name_in_dns(name: str) -> str:
    """A name as DNS knows it: in small letters, an international one in Punycode.

    :raises UnicodeError: where the name has no such form.
    """
    lowered = name.lower()
    if lowered.isascii() and "xn--" not in lowered:
        return lowered
    if idna is None:
        raise UnicodeError("no idna")
    encoded: bytes = idna.encode(name, uts46=True)
    return encoded.decode("ascii").lower()


def joined(stored: str, wanted: str) -> str:
    """The words of a text with those of another that name what it does not yet."""
    present = domains_in(stored)
    missing = []
    for word in words(wanted):
        new = [key for key in domain_keys(word) if key not in present]
        if new:
            # Of a word that names two, half may be there already.
            missing.append(word if len(new) == len(domain_keys(word)) else new[0])
            present.update(dict.fromkeys(new, word))
    if not missing:
        return stored
    return " ".join((stored.rstrip(), *missing)) if stored.strip() else " ".join(missing)


def is_led_by(text: str, wanted: str) -> bool:
    """Whether the first domain of a text is the first of another, and all of that one come in its order.

    :param text: names all that the other one does.
    """
    first = next(iter(domains_in(text)), None)
    return next(iter(domains_in(wanted)), first) == first and is_in_order(text, wanted)


def is_in_order(text: str, wanted: str) -> bool:
    """Whether the domains of a text that another one names come in the order of that one."""
    rank = {key: number for number, key in enumerate(domains_in(wanted))}
    found = [rank[key] for key in domains_in(text) if key in rank]
    return found == sorted(found)


def led_by(text: str, wanted: str) -> str:
    """The words of a text, those that name what another one names first, in the order of that one.

    The text itself where they lead it already (C(is_led_by)).
    """
    if is_led_by(text, wanted):
        return text
    order = list(domains_in(wanted))
    rank = {key: number for number, key in enumerate(order)}

    def place(word: str) -> int:
        return min(rank.get(key, len(order)) for key in domain_keys(word))

    return " ".join(sorted(words(text), key=place))


def without(stored: str, unwanted: str) -> str:
    """The words of a text that name nothing of another; the text itself where it names nothing of that."""
    gone = domains_in(unwanted)
    left: list[str] = []
    present = words(stored)
    for word in present:
        keys = domain_keys(word)
        kept = [key for key in keys if key not in gone]
        if len(kept) == len(keys):
            left.append(word)
        else:
            left += kept
    return stored if left == present else " ".join(left)
