# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(merged): what the configuration names is brought about, everything else stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..document.equality import is_container
from ..document.identity import (
    CONTENTS,
    MEMBERS,
    NONE,
    Rule,
    cannot_be_told_apart,
    domain_key,
    with_ssh_options,
    words,
)
from ..document.paths import Path
from .draft import Draft
from .matching import Matching, candidates, identity_of


class Merging:
    """Merges a configuration into a stored document, writing down each change."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._lists = draft.lists
        self._matching = Matching(draft.lists)

    def map(
        self, stored: dict[str, Any], desired: dict[str, Any], path: Path = ()
    ) -> dict[str, Any]:
        """The map after the merge; the stored one itself where nothing changes."""
        result = stored
        for key, wanted in desired.items():
            place = (*path, key)
            if key not in stored:
                self._draft.add(place, wanted)
                value = wanted
            else:
                value = self._value(stored[key], wanted, place)
                if value is stored[key]:
                    continue
            if result is stored:
                result = dict(stored)
            result[key] = value
        return result

    def _value(self, stored: Any, wanted: Any, path: Path) -> Any:
        if not self._lists.replaces(path):
            self._draft.same_kind(path, stored, wanted)
            if is_container(wanted) and is_container(stored) and stored and not wanted:
                return stored
            if isinstance(wanted, dict) and isinstance(stored, dict) and stored:
                return self.map(stored, wanted, path)
            if isinstance(wanted, list) and isinstance(stored, list):
                return self._list(stored, wanted, path)
            if (
                isinstance(wanted, str)
                and isinstance(stored, str)
                and self._lists.holds_words(path)
            ):
                wanted = _joined(stored, wanted)
        if self._draft.equal(stored, wanted):
            return stored
        self._draft.change(path, stored, wanted)
        return wanted

    def _list(self, stored: list[Any], wanted: list[Any], path: Path) -> list[Any]:
        rule = self._lists.rule(path, stored, wanted)
        if rule == NONE:
            if self._draft.equal(stored, wanted):
                return stored
            if stored:
                raise cannot_be_told_apart(path)
            self._draft.change(path, stored, wanted)
            return wanted
        if rule in (MEMBERS, CONTENTS):
            return self._union(stored, wanted, path, rule)
        return self._entries(stored, wanted, path, rule)

    def _entries(self, stored: list[Any], wanted: list[Any], path: Path, rule: Rule) -> list[Any]:
        result = list(stored)
        changed = False
        alike: Callable[[Any], Any] | None = None
        places = self._matching.matched(rule, stored, wanted, path)
        for entry, place in zip(wanted, places, strict=True):
            if place is None:
                item = self._lists.item(path, len(result), entry, rule)
                self._draft.add((*path, item), entry)
                if rule.kind == "by":
                    alike = alike or self._matching.lookalike(rule, stored)
                    self._draft.warn_of_type(
                        (*path, item, rule.field), alike(entry), entry.get(rule.field)
                    )
                result.append(entry)
                changed = True
                continue
            item = self._lists.item(path, place, stored[place], rule)
            result[place] = self.map(stored[place], entry, (*path, item))
            changed = changed or result[place] is not stored[place]
        return result if changed else stored

    def _union(self, stored: list[Any], wanted: list[Any], path: Path, rule: Rule) -> list[Any]:
        result = list(stored)
        changed = False
        alike: Callable[[Any], Any] | None = None
        find = candidates(rule, stored, path)
        identity = identity_of(rule, path)
        named = set()
        for member in wanted:
            key = identity(member)
            if key in named:
                continue
            named.add(key)
            places = find(member)
            if any(self._draft.equal(stored[place], member) for place in places):
                continue
            if len(places) > 1:
                one, other = (stored[place] for place in (places[0], places[1]))
                raise self._matching.ambiguous(path, "Stored are", one, other)
            if places:
                place = places[0]
                member = with_ssh_options(stored[place], member)
                if self._draft.equal(stored[place], member):
                    continue
                item = self._lists.item(path, place, stored[place], rule)
                self._draft.change((*path, item), stored[place], member)
                result[place] = member
            else:
                item = self._lists.item(path, len(result), member, rule)
                self._draft.add((*path, item), member)
                if not is_container(member):
                    alike = alike or self._matching.lookalike(rule, stored)
                    self._draft.warn_of_type((*path, item), alike(member), member)
                result.append(member)
            changed = True
        return result if changed else stored


def _joined(stored: str, wanted: str) -> str:
    present = {domain_key(word) for word in words(stored)}
    missing = []
    for word in words(wanted):
        if domain_key(word) not in present:
            present.add(domain_key(word))
            missing.append(word)
    if not missing:
        return stored
    return " ".join((stored.rstrip(), *missing)) if stored.strip() else " ".join(missing)
