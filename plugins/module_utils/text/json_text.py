# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON text in and out, with every number's digits kept.

Python's own decoder turns C(8.10) into C(8.1) and C(0.1000000000000000055) into C(0.1). A configuration
that passes through the collection must leave it as it came, so a float whose text Python would write
differently remembers that text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn


class Number(float):
    """A float that is written again as it was read.

    :ivar literal: the number's text in JSON, for instance C("8.10").
    """

    literal: str

    def __new__(cls, literal: str) -> Number:
        number = super().__new__(cls, literal)
        number.literal = literal
        return number

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        return (self.literal,)


class DoubleKey(ValueError):
    """A key stands in an object twice."""


def decode(text: str | bytes, *, unique: bool = False) -> Any:
    """The value that the JSON text stands for.

    :param unique: whether a key that stands in an object twice is refused (DoubleKey); the last one counts otherwise.
    :raises ValueError: where it is not JSON (RFC 8259: C(NaN) and C(Infinity) are not), is not
        UTF-8/16/32, or is nested too deeply to be read.
    """
    try:
        return json.loads(
            text,
            parse_float=_float,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique if unique else None,
        )
    except RecursionError:
        raise ValueError("nested too deeply") from None


def encode(value: Any) -> str:
    """Compact JSON text of plain data (dict with string keys, list, str, int, float, bool, None).

    Everything but ASCII is escaped, so that a lone surrogate survives as well.

    :raises ValueError: for NaN and infinite numbers, and for nesting too deep to be written.
    """
    try:
        if any(isinstance(number, Number) for number in _floats(value)):
            return "".join(_pieces(value))
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _float(literal: str) -> float:
    number = float(literal)
    return number if repr(number) == literal else Number(literal)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DoubleKey("a key stands here twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _floats(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _floats(item)
    elif isinstance(value, list):
        for item in value:
            yield from _floats(item)


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, Number):
        yield value.literal
    elif isinstance(value, dict):
        separator = "{"
        for key, item in value.items():
            yield f"{separator}{json.dumps(key)}:"
            yield from _pieces(item)
            separator = ","
        yield "}" if value else "{}"
    elif isinstance(value, list):
        separator = "["
        for item in value:
            yield separator
            yield from _pieces(item)
            separator = ","
        yield "]" if value else "[]"
    else:
        yield json.dumps(value, allow_nan=False)
