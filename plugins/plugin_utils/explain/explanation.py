# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a host is to hold what it is to hold: which file says so, over which others, and what the platform has there."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...module_utils.document.equality import is_container
from ...module_utils.document.masking import masked
from ...module_utils.document.paths import Pattern
from ...module_utils.document.place import Place
from ...module_utils.document.policy import Policy
from ...module_utils.document.walk import visit
from ...module_utils.plan.changes import short
from ...module_utils.plan.origins import counterpart
from ..desired_config.layering import Layered


class Held(str, enum.Enum):
    """What the platform has at a place, beside what the files say."""

    SAME = "same"
    OTHER = "other"
    NOTHING = "nothing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Explanation:
    """One place. Values are short, masked and fit for a terminal.

    :ivar wanted: what the files come to; None where none says anything of it.
    :ivar said: which file and line says it, and what it says there; the one that wins first.
    :ivar joined: whether what they say adds up, in the place of one winning over the others.
    :ivar stored: what the platform has; None where that is nothing, or nobody asked.
    """

    path: str
    wanted: str | None
    said: tuple[tuple[str, str], ...]
    joined: bool
    held: Held
    stored: str | None

    def __str__(self) -> str:
        return f"{self._wanted()} {self._held()}".rstrip()

    def _wanted(self) -> str:
        if not self.said:
            return f"{self.path}: no file says anything of it."
        (winner, _value), *others = self.said
        over = [f" {'with' if self.joined else 'over'} {file} ({value})" for file, value in others]
        return f"{self.path} is {self.wanted}, by {winner}{''.join(over)}."

    def _held(self) -> str:
        return {
            Held.SAME: "The platform holds the same.",
            Held.OTHER: f"The platform holds {self.stored}.",
            Held.NOTHING: "The platform holds nothing there.",
            Held.UNKNOWN: "",
        }[self.held]

    def shown(self) -> dict[str, Any]:
        """As a task returns it."""
        return {
            "path": self.path,
            "wanted": self.wanted,
            "said": [{"source": source, "value": value} for source, value in self.said],
            "joined": self.joined,
            "held": self.held.value,
            "stored": self.stored,
            "summary": str(self),
        }


def explained(
    pattern: Pattern, wanted: Layered, stored: dict[str, Any] | None, policy: Policy
) -> list[Explanation]:
    """Each place that a pattern describes: those that the files speak of, and then what only the platform has.

    :param stored: what the platform holds; None where nobody asked.
    """
    found = [
        _explanation(place, value, wanted, stored, policy)
        for place, value in _described(pattern, wanted.document, policy)
    ]
    for place, value in _described(pattern, stored or {}, policy):
        if counterpart(wanted.document, place) is None:
            held = short(masked(value, place))
            found.append(Explanation(str(place), None, (), False, Held.OTHER, held))
    return found


def _described(
    pattern: Pattern, document: dict[str, Any], policy: Policy
) -> Iterator[tuple[Place, Any]]:
    for place, value in visit(document, policy.root):
        if place.parent is not None and pattern.matches(place.path):
            yield place, value


def _explanation(
    place: Place, value: Any, wanted: Layered, stored: dict[str, Any] | None, policy: Policy
) -> Explanation:
    said = tuple(
        (str(origin), short(masked(one, place))) for origin, one in wanted.origins.saying(place)
    )
    meaning = place.meaning
    joined = (is_container(value) or meaning.holds_words(place)) and not meaning.replaces(place)
    there = None if stored is None else counterpart(stored, place)
    if there is None:
        held, shown = Held.UNKNOWN if stored is None else Held.NOTHING, None
    else:
        held = Held.SAME if policy.equal(there[1], value) else Held.OTHER
        shown = short(masked(there[1], place))
    return Explanation(str(place), short(masked(value, place)), said, joined, held, shown)
