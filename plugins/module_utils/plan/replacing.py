# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(replaced), and what changed between any two documents: the second one, told as changes of the first."""

from __future__ import annotations

from typing import Any

from ..document.identity import Rule
from ..document.paths import Item, Path
from .draft import Draft
from .matching import Matching


class Replacing:
    """Turns one document into another, writing down each change.

    Entries are followed by their identity, so that a change reads as one of the entry, not of the list.
    What is equal to the platform stays as it is stored.

    :param refusing: whether a map where a list is stored (and so on) is refused. Otherwise nothing is.
    """

    def __init__(self, draft: Draft, refusing: bool) -> None:
        self._draft = draft
        self._refusing = refusing
        self._lists = draft.lists
        self._matching = Matching(draft.lists)

    def map(
        self, stored: dict[str, Any], desired: dict[str, Any], path: Path = ()
    ) -> dict[str, Any]:
        """The desired map, with what did not change taken from the stored one, in the stored order of keys."""
        result = {}
        changed = False
        for key, value in stored.items():
            if key not in desired:
                self._draft.remove((*path, key), value)
                changed = True
                continue
            result[key] = self._value(value, desired[key], (*path, key))
            changed = changed or result[key] is not value
        for key, value in desired.items():
            if key not in stored:
                self._draft.add((*path, key), value)
                result[key] = value
                changed = True
        return result if changed else stored

    def _value(self, stored: Any, wanted: Any, path: Path) -> Any:
        whole = self._lists.replaces(path)
        if (
            not whole
            and isinstance(stored, dict)
            and isinstance(wanted, dict)
            and stored
            and wanted
        ):
            return self.map(stored, wanted, path)
        if not whole and isinstance(stored, list) and isinstance(wanted, list):
            return self._list(stored, wanted, path)
        if self._draft.equal(stored, wanted):
            return stored
        if self._refusing:
            self._draft.same_kind(path, stored, wanted)
        self._draft.change(path, stored, wanted)
        return wanted

    def _list(self, stored: list[Any], wanted: list[Any], path: Path) -> list[Any]:
        rule = self._lists.rule(path, stored, wanted)
        places = self._matching.aligned(rule, stored, wanted, path)
        kept = {place for place in places if place is not None}
        for place, entry in enumerate(stored):
            if place not in kept:
                self._draft.remove((*path, self._lists.item(path, place, entry, rule)), entry)
        result: list[Any] = []
        added: list[int] = []
        for position, (entry, found) in enumerate(zip(wanted, places, strict=True)):
            if found is None:
                item = self._lists.item(path, len(stored) + len(added), entry, rule)
                self._draft.add((*path, item), entry)
                added.append(position)
                result.append(entry)
            else:
                item = self._lists.item(path, found, stored[found], rule)
                result.append(self._value(stored[found], entry, (*path, item)))
        self._order(places, added, wanted, path, rule)
        same = len(result) == len(stored) and all(
            one is other for one, other in zip(result, stored, strict=True)
        )
        return stored if same else result

    def _order(
        self, places: list[int | None], added: list[int], wanted: list[Any], path: Path, rule: Rule
    ) -> None:
        """Write down a change of order: kept entries in stored order and added ones last need no mention."""
        kept = sorted(place for place in places if place is not None)
        rank = {place: number for number, place in enumerate(kept)}
        rank_added = {position: len(kept) + number for number, position in enumerate(added)}
        positions = tuple(
            rank_added[position] if place is None else rank[place]
            for position, place in enumerate(places)
        )
        if positions == tuple(range(len(positions))):
            return
        after = [self._called(path, position, entry, rule) for position, entry in enumerate(wanted)]
        before = [""] * len(after)
        for name, position in zip(after, positions, strict=True):
            before[position] = name
        self._draft.order(path, before, after, positions)

    def _called(self, path: Path, position: int, entry: Any, rule: Rule) -> str:
        item: Item = self._lists.item(path, position, entry, rule)
        return item.label or f"#{position}"
