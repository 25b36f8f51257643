# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(deleted): exactly what the configuration names goes; what is not there is no change."""

from __future__ import annotations

from typing import Any

from ..document.equality import is_blank, is_container
from ..document.identity import (
    APPLICATION,
    CONTENTS,
    DOMAINS,
    MEMBERS,
    NONE,
    VHOSTS,
    Rule,
    application,
    cannot_be_told_apart,
    domain_key,
    words,
)
from ..document.paths import Path, render
from .draft import Draft
from .matching import Matching, candidates

_GONE = object()


class Deleting:
    """Takes what a configuration names out of a stored document, writing down each change."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._lists = draft.lists
        self._matching = Matching(draft.lists)

    def map(self, stored: dict[str, Any], named: dict[str, Any], path: Path = ()) -> dict[str, Any]:
        """The map without what is named; the stored one itself where nothing of that is there.

        A key goes if it is named with null, an empty map, or the very value that is stored.
        """
        result = stored
        for key, part in named.items():
            if key not in stored:
                continue
            place = (*path, key)
            left = _GONE if part is None or part == {} else self._value(stored[key], part, place)
            if left is stored[key]:
                continue
            if result is stored:
                result = dict(stored)
            if left is _GONE:
                self._draft.remove(place, stored[key])
                del result[key]
            else:
                result[key] = left
        return result

    def _value(self, stored: Any, named: Any, path: Path) -> Any:
        if not self._lists.replaces(path):
            if is_container(named) and is_blank(stored):
                return stored
            self._draft.same_kind(path, stored, named)
            if isinstance(named, dict) and isinstance(stored, dict):
                return self.map(stored, named, path)
            if isinstance(named, list) and isinstance(stored, list):
                return self._list(stored, named, path)
            if isinstance(named, list):
                return stored
            if isinstance(named, str) and isinstance(stored, str) and self._lists.holds_words(path):
                return self._words(stored, named, path)
        if self._draft.equal(stored, named):
            return _GONE
        self._draft.warn(
            f"{render(path)} has another value than the one named, and stays. To remove it whatever its "
            f"value, give null."
        )
        return stored

    def _words(self, stored: str, named: str, path: Path) -> Any:
        unwanted = {domain_key(word) for word in words(named)}
        present = words(stored)
        left = [word for word in present if domain_key(word) not in unwanted]
        if len(left) == len(present):
            return stored
        if not left:
            return _GONE
        rest = " ".join(left)
        self._draft.change(path, stored, rest)
        return rest

    def _list(self, stored: list[Any], named: list[Any], path: Path) -> list[Any]:
        rule = self._lists.rule(path, stored, named)
        if not named:
            return stored
        if rule == NONE:
            raise cannot_be_told_apart(path)
        if rule in (MEMBERS, CONTENTS):
            find = candidates(rule, stored, path)
            gone = {place for member in named for place in find(member)}
            result = list(stored)
        else:
            gone, result = self._entries(stored, named, path, rule)
        for place in sorted(gone):
            item = self._lists.item(path, place, stored[place], rule)
            self._draft.remove((*path, item), stored[place])
        result = [entry for place, entry in enumerate(result) if place not in gone]
        same = len(result) == len(stored) and all(
            one is other for one, other in zip(result, stored, strict=True)
        )
        return stored if same else result

    def _entries(
        self, stored: list[Any], named: list[Any], path: Path, rule: Rule
    ) -> tuple[set[int], list[Any]]:
        result = list(stored)
        gone = set()
        places = self._matching.matched(rule, stored, named, path)
        for entry, place in zip(named, places, strict=True):
            if place is None:
                continue
            item = self._lists.item(path, place, stored[place], rule)
            parts = _parts(entry, stored[place], rule)
            below = (*path, item)
            if not parts or (
                self._draft.equal(stored[place], entry) and not self._singles_out(entry, below)
            ):
                gone.add(place)
            else:
                result[place] = self.map(stored[place], parts, below)
        return gone, result

    def _singles_out(self, named: dict[str, Any], path: Path) -> bool:
        """Whether an entry somewhere within is named by nothing but its identity, and so is what is meant."""
        for key, part in named.items():
            place = (*path, key)
            if isinstance(part, dict):
                if self._singles_out(part, place):
                    return True
            elif isinstance(part, list):
                rule = self._lists.rule(place, part)
                if rule.kind not in ("by", "vhosts"):
                    continue
                for item, entry in zip(self._lists.items(place, part, rule), part, strict=True):
                    if not _parts(entry, entry, rule) or self._singles_out(entry, (*place, item)):
                        return True
        return False


def _parts(entry: dict[str, Any], stored: dict[str, Any], rule: Rule) -> dict[str, Any]:
    """What an entry names beyond the identity by which it was found."""
    if rule == VHOSTS:
        by_name = application(entry) is not None and application(entry) == application(stored)
        fields = {APPLICATION} if by_name else {APPLICATION, DOMAINS}
    else:
        fields = {rule.field}
    return {key: part for key, part in entry.items() if key not in fields}
