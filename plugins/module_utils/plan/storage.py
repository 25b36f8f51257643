# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the platform could not store as it is sent: it is refused before anything is written.

The platform is a PHP application, most probably. PHP's JSON makes a list of a map whose keys count from 0, keeps
integers of 64 bits and floats of 17 digits, and takes no text that is not Unicode.
"""

from __future__ import annotations

from typing import Any

from ..document.equality import exact_decimal
from ..document.errors import PlanError
from ..document.masking import masked
from ..document.place import Place
from ..document.walk import visit
from .changes import Change

_LARGEST = 2**63


def check_scalars(change: Change) -> None:
    """Refuse numbers and texts that would be stored as others, or not at all.

    What is stored already, and stays as it is, was stored.

    :raises PlanError: naming the place.
    """
    for place, value in visit(change.after, change.place):
        if isinstance(value, str):
            _check_text(value, place)
        elif isinstance(value, dict):
            for key in value:
                _check_text(key, place)
        elif isinstance(value, bool):
            continue
        elif isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
            raise _number(
                place, value, "an integer beyond 64 bits, which loses digits when it is stored"
            )
        elif isinstance(value, float) and _loses_digits(value):
            raise _number(place, value, "a number of more digits than are stored")


def check_maps(before: dict[str, Any], after: dict[str, Any], root: Place) -> None:
    """Refuse a plan that leaves a map whose keys count from 0, which would be stored as a list.

    :raises PlanError: naming the place.
    """
    for place, value in visit(after, root):
        if isinstance(value, dict) and _counts(value) and value != _at(before, place):
            raise PlanError(
                f"{place} is a map whose keys count from 0, which the platform would store as a list.",
                "Give a list, or other keys.",
                place,
            )


def _check_text(text: str, place: Place) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise PlanError(
            f"{place} holds half of a character (a lone surrogate), which the platform cannot store.",
            "Look at where the text comes from: it was decoded wrongly, or cut within a character.",
            place,
        ) from None


def _loses_digits(number: float) -> bool:
    literal = getattr(number, "literal", None)
    if literal is None:
        return False
    return float(literal) in (float("inf"), float("-inf")) or exact_decimal(
        number
    ) != exact_decimal(float(literal))


def _number(place: Place, value: Any, what: str) -> PlanError:
    shown = masked(getattr(value, "literal", None) or str(value), place)
    return PlanError(f"{place} is {what}: {shown}.", "Quote it, so that it stays text.", place)


def _counts(value: dict[str, Any]) -> bool:
    return next(iter(value), None) == "0" and list(value) == [str(n) for n in range(len(value))]


def _at(document: Any, place: Place) -> Any:
    """What stands at a place of another document, as far as keys and positions lead there."""
    for step in place.steps:
        if isinstance(step, str) and isinstance(document, dict):
            document = document.get(step)
        elif isinstance(step, int) and isinstance(document, list) and step < len(document):
            document = document[step]
        else:
            return None
    return document
