# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts and percentages as monitoring systems write them, and how full that makes a disk or a memory.

What does not say what it is stays unknown: a bare C(42) as a disk, and C(0.42) as a percentage, which may
be a fraction.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_FULL = 100.0
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+")
_AMOUNT = re.compile(rf"({_NUMBER.pattern})\s*([a-z]+)?", re.IGNORECASE)
_KEY_UNIT = re.compile(r"_([kmgt]i?_?b|b|bytes?|[kmgt])$")

#: Megabytes in a unit, by its first letter. Tools that say "GB" of a disk or a memory mean 1024 MB.
_MEGABYTES = {"b": 1 / 1024**2, "k": 1 / 1024, "m": 1.0, "g": 1024.0, "t": 1024.0**2}
_UNIT = re.compile(r"b|bytes?|[kmgt](i?b|ibibytes?|ilobytes?|egabytes?|igabytes?|erabytes?)?")

_USED_PERCENT = frozenset(
    {
        *(
            "used_percent",
            "percent_used",
            "used_percentage",
            "percentage_used",
            "used_pct",
            "pct_used",
        ),
        *("usage_percent", "usage_percentage", "percent_usage", "usage_pct", "use_percent"),
        *("percent", "percentage", "pct", "pcent", "utilization", "utilisation"),
    }
)
_FREE_PERCENT = frozenset(
    {
        *("free_percent", "percent_free", "free_percentage", "free_pct", "pct_free"),
        *("available_percent", "percent_available", "available_pct", "avail_percent", "avail_pct"),
    }
)
_EITHER = "usage"
_TOTAL = ("total", "size", "capacity")
_USED = ("used",)
# Memory in caches is available, but not free: what is available says more.
_LEFT = ("available", "avail", "free")
_AMOUNTS = frozenset((*_TOTAL, *_USED, *_LEFT))


@dataclass(frozen=True)
class Usage:
    """How much of something is in use; None is what is not known.

    :ivar percent: from 0 to 100.
    :ivar total_mb: in megabytes of 1024 kilobytes, as is C(used_mb).
    """

    percent: float | None = None
    total_mb: float | None = None
    used_mb: float | None = None


@dataclass(frozen=True)
class _Amount:
    """A number, and how many megabytes one of it is; None where nothing names a unit."""

    number: float
    megabytes: float | None

    def in_mb(self) -> float | None:
        return None if self.megabytes is None else finite(self.number * self.megabytes)


def number(value: Any) -> float | None:
    """A number that is not negative, as a number or as text; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        try:
            found = float(value)
        except OverflowError:
            return None
    elif isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        found = float(value)
    else:
        return None
    return finite(found) if found >= 0 else None


def finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def read_usage(value: Any) -> Usage:
    """What C("42%") or an object with percentages and amounts says; an empty one where it says nothing.

    A percentage that is said counts more than one that could be calculated, as a disk has space that it
    keeps for itself.
    """
    if isinstance(value, str):
        return Usage(percent=_marked_percentage(value))
    if not isinstance(value, Mapping):
        return Usage()
    percents, amounts = _sorted_out(value)
    total, used = _total_and_used(amounts)
    said = _said_percentage(percents, bool(amounts))
    return Usage(
        percent=said if said is not None else _calculated(used, total),
        total_mb=_rounded(total),
        used_mb=_rounded(used),
    )


def key_words(key: Any) -> str:
    """A key without differences of spelling: C(usedPercent), C(Used-Percent) and C(used_percent) are one."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", str(key).replace("%", "_percent_")).casefold()
    return re.sub(r"[\s_.-]+", "_", parted).strip("_")


def _sorted_out(value: Mapping[Any, Any]) -> tuple[dict[str, Any], dict[str, _Amount]]:
    """The values whose keys speak of percentages, and the amounts by their plain names."""
    percents: dict[str, Any] = {}
    amounts: dict[str, _Amount] = {}
    common = _megabytes(value.get("unit"))
    for key, item in value.items():
        name = key_words(key)
        if name in _USED_PERCENT or name in _FREE_PERCENT or name == _EITHER:
            percents.setdefault(name, item)
            if name != _EITHER:
                continue
        unit = _KEY_UNIT.search(name)
        plain = name[: unit.start()] if unit else name
        if plain not in _AMOUNTS and plain != _EITHER:
            continue
        if _is_marked(item):
            percents.setdefault("used_percent" if plain in _USED else plain, item)
            continue
        amount = _amount(item, _megabytes(unit[1]) if unit else common)
        if amount is None:
            continue
        if plain == _EITHER:
            # Bare, it may as well be a percentage.
            if amount.megabytes is None or common is not None:
                continue
            plain = "used"
        amounts.setdefault(plain, amount)
    return percents, amounts


def _said_percentage(percents: Mapping[str, Any], with_amounts: bool) -> float | None:
    for name, item in percents.items():
        if name == _EITHER and with_amounts and not _is_marked(item):
            continue
        found = _percentage(item)
        if found is None:
            continue
        if name in _FREE_PERCENT or name in _LEFT:
            return round(_FULL - found, 4)
        if name in _USED_PERCENT or name == _EITHER:
            return found
    return None


def _percentage(value: Any) -> float | None:
    """A percentage; not what is as likely a fraction of one."""
    if _is_marked(value):
        return _marked_percentage(value)
    found = number(value)
    return found if found is not None and (found == 0 or 1 < found <= _FULL) else None


def _is_marked(value: Any) -> bool:
    return isinstance(value, str) and value.strip().endswith("%")


def _marked_percentage(value: str) -> float | None:
    text = value.strip()
    found = number(text[:-1]) if text.endswith("%") else None
    return found if found is not None and found <= _FULL else None


def _total_and_used(amounts: Mapping[str, _Amount]) -> tuple[_Amount | None, _Amount | None]:
    """Both from any two of what is in all, in use and left; None where that does not add up."""
    total = _first(amounts, _TOTAL)
    used = _first(amounts, _USED)
    left = _first(amounts, _LEFT)
    if total is None and used is not None and left is not None:
        total = _combined(used, left, 1)
    elif used is None and total is not None and left is not None:
        used = _combined(total, left, -1)
    return total, used


def _first(amounts: Mapping[str, _Amount], names: tuple[str, ...]) -> _Amount | None:
    return next((amounts[name] for name in names if name in amounts), None)


def _combined(one: _Amount, other: _Amount, sign: int) -> _Amount | None:
    scale = _scale(other, one)
    if scale is None:
        return None
    result = finite(one.number + sign * other.number * scale)
    return _Amount(result, one.megabytes) if result is not None and result >= 0 else None


def _scale(of: _Amount, to: _Amount) -> float | None:
    """What turns numbers of one amount into numbers of the other; None for a unit beside none."""
    if of.megabytes == to.megabytes:
        return 1.0
    if of.megabytes is None or to.megabytes is None:
        return None
    return of.megabytes / to.megabytes


def _calculated(used: _Amount | None, total: _Amount | None) -> float | None:
    if used is None or total is None or total.number == 0:
        return None
    scale = _scale(used, total)
    if scale is None:
        return None
    percent = _FULL * used.number * scale / total.number
    return round(percent, 1) if percent <= _FULL else None


def _amount(value: Any, megabytes: float | None) -> _Amount | None:
    """An amount; a unit in its text counts more than that of its key."""
    if isinstance(value, str):
        found = _AMOUNT.fullmatch(value.strip())
        if found and found[2]:
            unit, value = _megabytes(found[2]), found[1]
            if unit is None:
                return None
            megabytes = unit
    read = number(value)
    return None if read is None else _Amount(read, megabytes)


def _megabytes(unit: Any) -> float | None:
    word = unit.strip().casefold().replace("_", "") if isinstance(unit, str) else ""
    return _MEGABYTES[word[0]] if _UNIT.fullmatch(word) else None


def _rounded(amount: _Amount | None) -> float | None:
    found = None if amount is None else amount.in_mb()
    return None if found is None else round(found, 1)
