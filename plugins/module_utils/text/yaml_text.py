# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML as the platform's editor shows it: block style, text of several lines as it stands.

What is written loads again as the same data, in YAML 1.1 as in 1.2. Nothing in it can drive a terminal:
control and formatting characters only ever appear as escapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# Written as nothing at all behind its key or dash: the place of something that is not shown.
BARE = object()

_INDENT = "  "
_PLAIN = re.compile(r"[^\W\d](?:[\w./@+=,;()*%$-]|:(?=\S)| (?=\S)(?!#))*|/(?:[\w./@+=%-])*")
_WORDS_WITH_A_MEANING = frozenset(
    {"true", "false", "yes", "no", "on", "off", "y", "n", "null", "none", "nan", "inf", "infinity"}
)
# Control, format (text direction, zero width), surrogates, line and paragraph separators.
_FORGING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Only among these may be something that is forging.
_UNUSUAL = re.compile(r"[^ -~]")
_NAMED_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
# Beyond this length YAML wants a key to be announced by "?".
_LONGEST_KEY = 100


@dataclass(frozen=True)
class Tagged:
    """A scalar under a tag, its lines as they stand.

    :ivar tag: for instance C(!vault).
    :ivar text: printable, without white space at the ends of its lines, and with no line feed at its end.
    """

    tag: str
    text: str


def to_yaml(document: Any) -> str:
    """The document as YAML text, with a line feed at its end; no text for nothing (an empty map)."""
    if document == {}:
        return ""
    return "".join(f"{line}\n" for line in _value("", document, ""))


def _value(opening: str, value: Any, pad: str) -> Iterator[str]:
    """A value behind its key, with what belongs to it one step further in."""
    if value is BARE:
        yield opening
    elif isinstance(value, (dict, list)) and value:
        if opening:
            yield opening
            pad += _INDENT
        yield from _map(value, pad) if isinstance(value, dict) else _list(value, pad)
    else:
        first, *rest = _scalar(value)
        yield f"{opening} {first}" if opening else first
        yield from (f"{pad}{_INDENT}{line}" if line else "" for line in rest)


def _map(value: dict[str, Any], pad: str) -> Iterator[str]:
    for key, child in value.items():
        name = _one_line(key)
        if len(name) > _LONGEST_KEY:
            yield f"{pad}? {name}"
            name = ""
        yield from _value(f"{pad}{name}:", child, pad)


def _list(value: list[Any], pad: str) -> Iterator[str]:
    for child in value:
        if isinstance(child, (dict, list)) and child:
            below = pad + _INDENT
            lines = _map(child, below) if isinstance(child, dict) else _list(child, below)
            yield f"{pad}- {next(lines, below)[len(below) :]}"
            yield from lines
        else:
            yield from _value(f"{pad}-", child, pad)


def _scalar(value: Any) -> list[str]:
    if isinstance(value, str):
        if "\n" in value and _stands_as_block(value):
            return _block(value)
        return [_one_line(value)]
    if isinstance(value, Tagged):
        return [f"{value.tag} |", *value.text.split("\n")]
    if isinstance(value, dict):
        return ["{}"]
    if isinstance(value, list):
        return ["[]"]
    if value is None:
        return ["null"]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, float):
        return [_float(value)]
    return [str(value)]


def _float(value: float) -> str:
    text = str(getattr(value, "literal", repr(value))).lower()
    mantissa, mark, exponent = text.partition("e")
    if not mark:
        return text
    # YAML 1.1 knows an exponent only behind a fraction, and only with its sign.
    if "." not in mantissa:
        mantissa += ".0"
    return (
        f"{mantissa}e{exponent}" if exponent.startswith(("-", "+")) else f"{mantissa}e+{exponent}"
    )


def _one_line(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_WITH_A_MEANING:
        return text
    if any(map(_is_forging, set(_UNUSUAL.findall(text)))):
        return f'"{"".join(map(_escaped, text))}"'
    return "'" + text.replace("'", "''") + "'"


def _stands_as_block(text: str) -> bool:
    if text[0] in " \t\n" or any(map(_is_forging, set(_UNUSUAL.findall(text)) - {"\n", "\t"})):
        return False
    return not any(line and not line.strip() for line in text.split("\n"))


def _block(text: str) -> list[str]:
    lines = text.split("\n")
    if lines[-1]:
        return ["|-", *lines]
    if lines[-2]:
        return ["|", *lines[:-1]]
    return ["|+", *lines[:-1]]


def _is_forging(character: str) -> bool:
    if " " <= character <= "~":
        return False
    return unicodedata.category(character) in _FORGING or character in "\ufffe\uffff"


def _escaped(character: str) -> str:
    if character in _NAMED_ESCAPES:
        return _NAMED_ESCAPES[character]
    if not _is_forging(character):
        return character
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
