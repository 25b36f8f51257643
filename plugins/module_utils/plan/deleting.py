# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(deleted): exactly what the configuration names goes; what is not there is no change."""

from __future__ import annotations

from typing import Any

from ..document.domains import without
from ..document.equality import is_blank, is_container
from ..document.identity import CONTENTS, MEMBERS, NONE, Rule, field_key
from ..document.members import Entry, member_key, members_of
from ..document.place import Place
from ..document.walk import visit
from .matching import candidates, cannot_be_told_apart, matched
from .pairing import GONE, Pairing, unless_same


class Deleting(Pairing):
    """Takes what a configuration names out of a stored document.

    A key goes if it is named with null, an empty map, or the very value that is stored.
    """

    def _new(self, other: Any, place: Place) -> Any:
        return GONE  # as it is already

    def _value(self, stored: Any, other: Any, place: Place) -> Any:
        if other is None or other == {}:
            return GONE
        if not self._meaning.replaces(place):
            if is_container(other) and is_blank(stored):
                return stored
            self._draft.same_kind(place, stored, other)
            if isinstance(other, dict) and isinstance(stored, dict):
                return self.map(stored, other, place)
            if isinstance(other, list) and isinstance(stored, list):
                return self.entries_left(stored, other, place)
            if isinstance(other, list):
                return stored
            if (
                isinstance(other, str)
                and isinstance(stored, str)
                and self._meaning.holds_words(place)
            ):
                return self._words(stored, other, place)
        if self._draft.equal(stored, other):
            return GONE
        self._draft.warn(
            f"{place} has another value than the one named, and stays. To remove it whatever its "
            f"value, give null."
        )
        return stored

    def _words(self, stored: str, named: str, place: Place) -> Any:
        rest = without(stored, named)
        if rest == stored:
            return stored
        if not rest:
            return GONE
        self._draft.change(place, stored, rest)
        return rest

    def entries_left(self, stored: list[Any], named: list[Any], place: Place) -> list[Any]:
        """The list without the entries and members that are named; the stored one itself where none goes."""
        rule = place.rule(stored, named)
        if not named:
            return stored
        if rule == NONE:
            raise cannot_be_told_apart(place)
        if rule == MEMBERS:
            return self._members(stored, named, place)
        if rule == CONTENTS:
            find = candidates(rule, stored, place)
            gone = {position for member in named for position in find(member)}
            result = list(stored)
        else:
            gone, result = self._entries(stored, named, place, rule)
        for position in sorted(gone):
            entry = stored[position]
            self._draft.remove(place.entry(position, entry, rule), entry)
        left = [entry for position, entry in enumerate(result) if position not in gone]
        return unless_same(left, stored)

    def _members(self, stored: list[Any], named: list[Any], place: Place) -> list[Any]:
        """A set of scalars without those named; the lines of an entry may be members of their own."""
        holds = self._meaning.holds(place)
        unwanted = {member_key(line, holds) for value in named for line in members_of(value, holds)}
        result: list[Any] = []
        for number, value in enumerate(stored):
            at = place.entry(number, value, MEMBERS)
            entry = Entry(value, holds)
            lines = [
                line
                for line, member in enumerate(entry.members)
                if member_key(member, holds) in unwanted
            ]
            for line in lines:
                entry.remove(line)
            left = entry.value if lines else value
            if lines and left is None:
                self._draft.remove(at, value)
                continue
            if lines:
                self._draft.change(at, value, left)
            result.append(left)
        return unless_same(result, stored)

    def _entries(
        self, stored: list[Any], named: list[Any], place: Place, rule: Rule
    ) -> tuple[set[int], list[Any]]:
        result = list(stored)
        gone = set()
        for entry, found in zip(named, matched(rule, stored, named, place), strict=True):
            if found is None:
                continue
            parts = _parts(entry, stored[found], rule)
            at = place.entry(found, stored[found], rule)
            if not parts or (
                self._draft.equal(stored[found], entry) and not self._singles_out(entry, at)
            ):
                gone.add(found)
            else:
                result[found] = self.map(stored[found], parts, at)
        return gone, result

    def _singles_out(self, named: dict[str, Any], place: Place) -> bool:
        """Whether an entry somewhere within is named by nothing but its identity, and so is what is meant."""
        for at, value in visit(named, place, _holds_entries):
            if isinstance(value, list):
                rule = at.rule(value)
                if rule.is_named and any(not _parts(entry, entry, rule) for entry in value):
                    return True
        return False


def _holds_entries(place: Place, value: Any) -> bool:
    return not isinstance(value, list) or place.rule(value).is_named


def _parts(entry: dict[str, Any], stored: dict[str, Any], rule: Rule) -> dict[str, Any]:
    """What an entry names beyond the identity by which it was found."""
    fields = {rule.field}
    if rule.kind == "sites":
        name = field_key(entry, rule.field)
        if name is None or name != field_key(stored, rule.field):
            fields.add(rule.domains)
    return {key: part for key, part in entry.items() if key not in fields}
