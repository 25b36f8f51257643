# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Amounts and percentages as monitoring systems write them, and how full that makes a disk or a memory.

What does not say what it is stays unknown: a bare C(42) as a disk, and C(0.42) as a percentage, which may
be a fraction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils.answers.scalars import NUMBER, finite, number
from ...module_utils.answers.vocabulary import spelled
from .monitoring_words import AMOUNTS, MEGABYTES, UNIT, UNIT_OF_KEY, Amount

_FULL = 100.0
_SURELY_PERCENTAGES = (Amount.USED_PERCENT, Amount.FREE_PERCENT)
_PERCENTAGES = (*_SURELY_PERCENTAGES, Amount.USAGE)
_AMOUNT = re.compile(rf"({NUMBER.pattern})\s*([a-z]+)?", re.IGNORECASE)


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


_Percents = dict[str, Any]
_Amounts = dict[str, _Amount]


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


def _sorted_out(value: Mapping[Any, Any]) -> tuple[_Percents, _Amounts]:
    """The values whose keys speak of percentages, and the amounts, by what they are and their plain names."""
    percents: _Percents = {}
    amounts: _Amounts = {}
    common = _megabytes(value.get("unit"))
    for key, item in value.items():
        name = spelled(str(key))
        if AMOUNTS.meaning(name) in _PERCENTAGES:
            percents.setdefault(name, item)
        unit = UNIT_OF_KEY.search(name)
        plain = name[: unit.start()] if unit else name
        meaning = AMOUNTS.meaning(plain)
        if meaning is None or meaning in _SURELY_PERCENTAGES:
            continue
        if _is_marked(item):
            percents.setdefault("used_percent" if meaning is Amount.USED else plain, item)
            continue
        amount = _amount(item, _megabytes(unit[1]) if unit else common)
        if amount is None:
            continue
        if meaning is Amount.USAGE:
            # Bare, it may as well be a percentage.
            if amount.megabytes is None or common is not None:
                continue
            plain = "used"
        amounts.setdefault(plain, amount)
    return percents, amounts


def _said_percentage(percents: _Percents, with_amounts: bool) -> float | None:
    for name, item in percents.items():
        meaning = AMOUNTS.meaning(name)
        if meaning is Amount.USAGE and with_amounts and not _is_marked(item):
            continue
        found = _percentage(item)
        if found is None:
            continue
        if meaning in (Amount.FREE_PERCENT, Amount.LEFT):
            return round(_FULL - found, 4)
        if meaning in _PERCENTAGES:
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


def _total_and_used(amounts: _Amounts) -> tuple[_Amount | None, _Amount | None]:
    """Both from any two of what is in all, in use and left; None where that does not add up."""
    total = AMOUNTS.first(amounts, Amount.TOTAL)
    used = AMOUNTS.first(amounts, Amount.USED)
    left = AMOUNTS.first(amounts, Amount.LEFT)
    if total is None and used is not None and left is not None:
        total = _combined(used, left, 1)
    elif used is None and total is not None and left is not None:
        used = _combined(total, left, -1)
    return total, used


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
    return MEGABYTES[word[0]] if UNIT.fullmatch(word) else None


def _rounded(amount: _Amount | None) -> float | None:
    found = None if amount is None else amount.in_mb()
    return None if found is None else round(found, 1)
