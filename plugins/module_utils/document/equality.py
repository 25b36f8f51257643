# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When two values mean the same.

First step: they are exactly equal. Numbers are equal by value within their kind (C(1.10) and C(1.1)), never
across kinds: C(1), C(1.0), C("1") and C(True) are four values. The order of a map's keys has no meaning.

Second step: they are exactly equal once both went through what the platform may do to a value that it
stores. C(REWRITINGS) is the one table of that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from decimal import Decimal, InvalidOperation
from typing import Any

Equal = Callable[[Any, Any], bool]

# What PHP, Laravel's middleware and Unicode call white space at the ends of a text.
TRIMMED = (
    "\t\n\v\f\r \0\x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200e\u2028\u2029\u202f\u205f\u3000\ufeff"
)
# From here on a float without a fraction may be written with an exponent, and so stays a float.
_LARGEST_WHOLE = 2**63


def _trimmed(text: str) -> str | None:
    return text.strip(TRIMMED) or None  # and a blank text becomes null


def _empty_map_to_list(value: dict[str, Any]) -> Any:
    return value or []


def _whole_float_to_integer(value: float) -> float:
    if value.is_integer() and abs(value) < _LARGEST_WHOLE:
        exact = exact_decimal(value)
        if exact == exact.to_integral_value():
            return int(exact)
    return value


# By the kind of a value: what becomes of it.
REWRITINGS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, _trimmed),
    (dict, _empty_map_to_list),
    (float, _whole_float_to_integer),
)


def rewritten(value: Any) -> Any:
    """One value as the platform may hand it back; what a map or list contains is left as it is."""
    for kind, rewriting in REWRITINGS:
        if isinstance(value, kind):
            return rewriting(value)
    return value


def exactly_equal(left: Any, right: Any) -> bool:
    """Whether the two mean the same to the last digit (the first step)."""
    if isinstance(left, dict):
        return _equal_maps(left, right, exactly_equal)
    if isinstance(left, list):
        return _equal_lists(left, right, exactly_equal)
    return _equal_scalars(left, right)


def platform_equal(left: Any, right: Any) -> bool:
    """Whether the two mean the same to the platform (both steps)."""
    if left is right:
        return True
    left, right = rewritten(left), rewritten(right)
    if isinstance(left, dict):
        return _equal_maps(left, right, platform_equal)
    if isinstance(left, list):
        return _equal_lists(left, right, platform_equal)
    return _equal_scalars(left, right)


def comparing(comparison: str) -> Equal:
    """The comparison that the policy names."""
    return exactly_equal if comparison == "strict" else platform_equal


def _equal_maps(left: dict[str, Any], right: Any, equal: Equal) -> bool:
    if left is right:
        return True
    if not isinstance(right, dict) or len(left) != len(right):
        return False
    return all(key in right and equal(value, right[key]) for key, value in left.items())


def _equal_lists(left: list[Any], right: Any, equal: Equal) -> bool:
    if left is right:
        return True
    if not isinstance(right, list) or len(left) != len(right):
        return False
    return all(equal(one, other) for one, other in zip(left, right, strict=True))


def _equal_scalars(left: Any, right: Any) -> bool:
    if type_name(left) != type_name(right):
        return False
    if isinstance(left, float):
        return _equal_floats(left, right)
    return bool(left == right)


def _equal_floats(left: float, right: float) -> bool:
    if hasattr(left, "literal") and hasattr(right, "literal"):
        return exact_decimal(left) == exact_decimal(right)
    return left == right


def exact_decimal(number: float) -> Decimal:
    """The number with all the digits that were read."""
    try:
        return Decimal(getattr(number, "literal", repr(number)))
    except InvalidOperation:  # an exponent beyond Decimal's
        return Decimal(number)


def type_name(value: Any) -> str:
    """What kind of JSON value this is: map, list, text, boolean, integer, float or null."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, dict):
        return "map"
    if isinstance(value, list):
        return "list"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "float"
    return "null"


def is_container(value: Any) -> bool:
    return isinstance(value, (dict, list))


def is_blank(value: Any) -> bool:
    """Whether the value holds nothing that could be lost: null, blank text, an empty map or list."""
    return rewritten(value) in (None, [])


def content_key(value: Any) -> Hashable:
    """Something that is equal for two values exactly if they mean the same to the platform.

    The one exception are floats that differ beyond what a float can hold: they share a key.
    """
    value = rewritten(value)
    if isinstance(value, dict):
        return ("map", frozenset((key, content_key(child)) for key, child in value.items()))
    if isinstance(value, list):
        return ("list", tuple(content_key(child) for child in value))
    return (type_name(value), value)


def differ_only_in_type(left: Any, right: Any) -> bool:
    """Whether two scalars look alike to a reader of YAML but are values of different types."""
    if is_container(left) or is_container(right) or type_name(left) == type_name(right):
        return False
    return not looks(left).isdisjoint(looks(right))


def looks(value: Any) -> frozenset[str]:
    """The ways in which a scalar may be written in YAML without quotes, in lower case."""
    if value is None:
        return frozenset({"", "null", "~", "none"})
    if isinstance(value, bool):
        return frozenset({"true", "1", "yes", "on"} if value else {"false", "0", "no", "off"})
    if isinstance(value, str):
        return frozenset({value.strip(TRIMMED).lower()})
    if isinstance(value, float):
        whole = rewritten(value)
        return frozenset({getattr(value, "literal", repr(value)), repr(float(value)), str(whole)})
    return frozenset({str(value)})
