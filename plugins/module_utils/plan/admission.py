# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may enter a plan: plain data that JSON can hold, that is clear about what it means, and is as it was meant."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..document.depth import DEEPEST, too_deep
from ..document.errors import PlanError
from ..document.masking import CHANGED, MASK, masked
from ..document.place import Place
from ..document.policy import DELETED, Policy
from ..document.schema import VERSION
from ..document.walk import Handler, fold, visit
from .changes import Change
from .existing import CREATE, existing
from .matching import check_list
from .yaml_words import boolean_for_text, booleans_among_texts

_WHAT = "The configuration"


@dataclass(frozen=True)
class Admitted:
    """A desired configuration that may be planned for.

    :ivar document: a copy, made of plain dicts and lists; scalars are as they were given.
    :ivar warnings: what looks like a slip all the same, a sentence each.
    """

    document: dict[str, Any]
    warnings: tuple[str, ...]


def admitted(document: Any, policy: Policy, state: str) -> Admitted:
    """Read a desired configuration, once.

    :raises PlanError: for anything but a map; for keys that are no text, values that JSON cannot hold, and nesting
        without end; for lists in which it cannot be told which entry is meant (C(check_list)).
    """
    if not isinstance(document, dict):
        raise PlanError(f"{_WHAT} is not a map but {_kind(document)}.", "Give keys and values.")
    reading = _Admission(policy, state)
    copy: dict[str, Any] = fold(document, policy.root, reading)
    return Admitted(copy, tuple(reading.warnings))


class _Admission(Handler[Any]):
    def __init__(self, policy: Policy, state: str) -> None:
        self._policy = policy
        self._state = state
        self.warnings: list[str] = []
        # Within so many lists that are to be stored as they are given.
        self._as_given = 0

    def prepared(self, value: Any, place: Place) -> Any:
        if isinstance(value, (dict, list, tuple)):
            if place.depth > DEEPEST:
                raise too_deep(_WHAT)
            if not isinstance(value, dict) and place.meaning.replaces(place):
                self._as_given += 1
        return value

    def keys(self, value: dict[str, Any], place: Place) -> Iterable[str]:
        for key in value:
            if not isinstance(key, str):
                raise PlanError(
                    f"{place} has a key that is not text but {_kind(key)}: {key}.",
                    "Quote it: YAML reads words such as on, yes and null, numbers and dates as something else.",
                    place,
                )
        return value

    def map(self, children: list[tuple[str, Any]], place: Place) -> dict[str, Any]:
        made = dict(children)
        return existing(made, place, self._state, self._policy) if CREATE in made else made

    def list(self, children: list[Any], place: Place) -> list[Any]:
        if place.meaning.replaces(place):
            self._as_given -= 1
        elif not self._as_given:
            check_list(children, place, self._state)
        if self._state != DELETED:
            self.warnings += booleans_among_texts(children, place)
        return children

    def scalar(self, value: Any, place: Place, beside: Any) -> Any:
        if isinstance(value, bool) and self._state != DELETED:
            self.warnings += boolean_for_text(value, place)
        if value is None or isinstance(value, (str, bool, int)):
            return value
        if isinstance(value, float):
            if getattr(value, "literal", None) is None and not math.isfinite(value):
                raise PlanError(
                    f"{place} is {value}, which JSON cannot hold.",
                    "Quote it if text is meant.",
                    place,
                )
            return value
        if hasattr(value, "isoformat"):
            raise PlanError(
                f"{place} is {_kind(value)}, which JSON cannot hold.",
                f'Quote it, so that it stays text: "{masked(value.isoformat(), place)}".',
                place,
            )
        raise PlanError(
            f"{place} is {_kind(value)}, which JSON cannot hold.",
            "Give text, a number, true, false, null, a list or a map.",
            place,
        )


def damaged_versions(change: Change) -> Iterator[PlanError]:
    """The refusal, with the fix, of each version that YAML has read as a float and so perhaps damaged.

    One that is stored already, and stays as it is, is nobody's mistake now. A number that still knows its digits is
    none of these.
    """
    for place, value in visit(change.after, change.place):
        if (
            isinstance(value, float)
            and getattr(value, "literal", None) is None
            and place.known is not None
            and place.known.holds == VERSION
        ):
            shown = masked(repr(value), place)
            yield PlanError(
                f"{place} is the number {shown}, and a version loses digits as a number "
                f"(8.10 becomes 8.1).",
                f'Quote it: {place.key}: "{shown}" (or the digits that are meant), or set '
                f"allow_float_versions: true.",
                place,
            )


def check_masks(change: Change) -> None:
    """Refuse to store the mask under which a secret was shown in the secret's place.

    :raises PlanError: for a text that is the mask, or that is what the stored one looks like when masked.
    """
    before = change.before
    for place, value in visit(change.after, change.place):
        if not isinstance(value, str) or MASK not in value:
            continue
        shown = value.removesuffix(CHANGED)
        beside = before if place is change.place and isinstance(before, str) else None
        if shown == MASK or (beside is not None and masked(beside, place) == shown):
            raise PlanError(
                f"{place} would become {value!r}, which stands for a secret that was not shown.",
                "Leave the key out to keep the secret that is stored, or give the secret itself.",
                place,
            )


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    names = {str: "text", bool: "a boolean", int: "an integer", float: "a number", list: "a list"}
    return names.get(type(value), f"a {type(value).__name__}")
