# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(replaced), and what changed between any two documents: the second one, told as changes of the first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..document.identity import Rule
from ..document.paths import Item
from ..document.place import Place
from .draft import Draft
from .matching import aligned
from .pairing import GONE, Pairing, unless_same


class Replacing(Pairing):
    """Turns one document into another, in the stored order of keys.

    Entries are followed by their identity, so that a change reads as one of the entry, not of the list.
    What is equal to the platform stays as it is stored.

    :param refusing: whether a map where a list is stored (and so on) is refused. Otherwise nothing is.
    """

    def __init__(self, draft: Draft, refusing: bool) -> None:
        super().__init__(draft)
        self._refusing = refusing

    def _keys(self, stored: dict[str, Any], other: dict[str, Any]) -> Iterable[str]:
        return (*stored, *(key for key in other if key not in stored))

    def _unnamed(self, stored: Any, place: Place) -> Any:
        return GONE

    def _value(self, stored: Any, other: Any, place: Place) -> Any:
        if not self._meaning.replaces(place):
            if isinstance(stored, dict) and isinstance(other, dict) and stored and other:
                return self.map(stored, other, place)
            if isinstance(stored, list) and isinstance(other, list):
                return self._list(stored, other, place)
        if self._draft.equal(stored, other):
            return stored
        if self._refusing:
            self._draft.same_kind(place, stored, other)
        self._draft.change(place, stored, other)
        return other

    def _list(self, stored: list[Any], wanted: list[Any], place: Place) -> list[Any]:
        rule = place.rule(stored, wanted)
        positions = aligned(rule, stored, wanted, place)
        kept = {position for position in positions if position is not None}
        for position, entry in enumerate(stored):
            if position not in kept:
                self._draft.remove(place.entry(position, entry, rule), entry)
        result: list[Any] = []
        added: list[int] = []
        for number, (entry, found) in enumerate(zip(wanted, positions, strict=True)):
            if found is None:
                self._draft.add(place.entry(len(stored) + len(added), entry, rule), entry)
                added.append(number)
                result.append(entry)
            else:
                at = place.entry(found, stored[found], rule)
                result.append(self._value(stored[found], entry, at))
        self._order(positions, added, wanted, place, rule)
        return unless_same(result, stored)

    def _order(
        self,
        found: list[int | None],
        added: list[int],
        wanted: list[Any],
        place: Place,
        rule: Rule,
    ) -> None:
        """Write down a change of order: kept entries in stored order and added ones last need no mention."""
        kept = sorted(position for position in found if position is not None)
        rank = {position: number for number, position in enumerate(kept)}
        rank_added = {position: len(kept) + number for number, position in enumerate(added)}
        positions = tuple(
            rank_added[number] if position is None else rank[position]
            for number, position in enumerate(found)
        )
        if positions == tuple(range(len(positions))):
            return
        after = [_called(place.entry(number, entry, rule)) for number, entry in enumerate(wanted)]
        before = [""] * len(after)
        for name, position in zip(after, positions, strict=True):
            before[position] = name
        self._draft.order(place, before, after, positions)


def _called(entry: Place) -> str:
    item = entry.step
    return item.label or f"#{item.index}" if isinstance(item, Item) else item
