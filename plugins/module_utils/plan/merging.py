# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(merged): what the configuration names is brought about, everything else stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..document.domains import domain_key, words
from ..document.equality import is_container
from ..document.identity import CONTENTS, MEMBERS, NONE, Rule
from ..document.place import Place
from ..document.ssh_keys import with_ssh_options
from .matching import (
    ambiguous,
    candidates,
    cannot_be_told_apart,
    identity_of,
    lookalike,
    matched,
)
from .pairing import Pairing, unless_same


class Merging(Pairing):
    """Merges a configuration into a stored document: what it does not name stays."""

    def _value(self, stored: Any, other: Any, place: Place) -> Any:
        wanted = other
        if not self._meaning.replaces(place):
            self._draft.same_kind(place, stored, wanted)
            if is_container(wanted) and is_container(stored) and stored and not wanted:
                return stored
            if isinstance(wanted, dict) and isinstance(stored, dict) and stored:
                return self.map(stored, wanted, place)
            if isinstance(wanted, list) and isinstance(stored, list):
                return self._list(stored, wanted, place)
            if (
                isinstance(wanted, str)
                and isinstance(stored, str)
                and self._meaning.holds_words(place)
            ):
                wanted = _joined(stored, wanted)
        if self._draft.equal(stored, wanted):
            return stored
        self._draft.change(place, stored, wanted)
        return wanted

    def _list(self, stored: list[Any], wanted: list[Any], place: Place) -> list[Any]:
        rule = place.rule(stored, wanted)
        if rule == NONE:
            if self._draft.equal(stored, wanted):
                return stored
            if stored:
                raise cannot_be_told_apart(place)
            self._draft.change(place, stored, wanted)
            return wanted
        if rule in (MEMBERS, CONTENTS):
            return self._union(stored, wanted, place, rule)
        return self._entries(stored, wanted, place, rule)

    def _entries(self, stored: list[Any], wanted: list[Any], place: Place, rule: Rule) -> list[Any]:
        result = list(stored)
        alike: Callable[[Any], Any] | None = None
        for entry, found in zip(wanted, matched(rule, stored, wanted, place), strict=True):
            if found is not None:
                at = place.entry(found, stored[found], rule)
                result[found] = self.map(stored[found], entry, at)
                continue
            at = place.entry(len(result), entry, rule)
            self._draft.add(at, entry)
            if rule.kind == "by":
                alike = alike or lookalike(rule, stored)
                name = at.below(rule.field)
                self._draft.warn_of_type(name, alike(entry), entry.get(rule.field))
            result.append(entry)
        return unless_same(result, stored)

    def _union(self, stored: list[Any], wanted: list[Any], place: Place, rule: Rule) -> list[Any]:
        result = list(stored)
        alike: Callable[[Any], Any] | None = None
        find = candidates(rule, stored, place)
        identity = identity_of(rule, place)
        named = set()
        for member in wanted:
            key = identity(member)
            if key in named:
                continue
            named.add(key)
            found = find(member)
            if any(self._draft.equal(stored[position], member) for position in found):
                continue
            if len(found) > 1:
                raise ambiguous(place, "Stored are", stored[found[0]], stored[found[1]])
            if found:
                position = found[0]
                member = with_ssh_options(stored[position], member)
                if self._draft.equal(stored[position], member):
                    continue
                at = place.entry(position, stored[position], rule)
                self._draft.change(at, stored[position], member)
                result[position] = member
            else:
                at = place.entry(len(result), member, rule)
                self._draft.add(at, member)
                if not is_container(member):
                    alike = alike or lookalike(rule, stored)
                    self._draft.warn_of_type(at, alike(member), member)
                result.append(member)
        return unless_same(result, stored)


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
