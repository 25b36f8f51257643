# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(merged): what the configuration names is brought about, everything else stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from typing import Any

from ..document.domains import is_in_order, is_led_by, joined, led_by
from ..document.equality import is_container
from ..document.errors import PlanError
from ..document.identity import CONTENTS, MEMBERS, NONE, Rule
from ..document.masking import masked
from ..document.members import Entry, completed, member_key, members_of
from ..document.paths import quoted
from ..document.place import Place
from ..document.policy import CONFIGURED, Policy
from ..document.walk import visit
from .changes import Change
from .domain_conflicts import check_same_site
from .existing import CREATE, Existing
from .matching import (
    ambiguous,
    candidates,
    cannot_be_told_apart,
    lookalike,
    matched,
)
from .pairing import Pairing, unless_same


def check_created(change: Change, policy: Policy) -> None:
    """Refuse what brings entries of named things along that may not be added, where no list of them is stored.

    :raises PlanError: naming the first of them.
    """
    for place, value in visit(change.after, change.place):
        rule = place.rule(value) if isinstance(value, list) else NONE
        if rule.is_named:
            for at, entry in zip(place.entries(value, rule), value, strict=True):
                _check_may_be_added(entry, at, policy)


def _check_may_be_added(entry: Any, place: Place, policy: Policy) -> None:
    if policy.create and not isinstance(entry, Existing):
        return
    said = (
        f"With {policy.prefix}create: false, nothing"
        if not policy.create
        else (
            f"It is for entries that are there (settings_for_vhosts and {CREATE}: false say so), and nothing"
        )
    )
    raise PlanError(
        f"{place} is not there.",
        f"{said} is added to lists of named things. Check the name, or leave the entry out if it is gone.",
        place,
    )


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
                wanted = self._words(stored, wanted, place)
        if self._draft.equal(stored, wanted):
            return stored
        self._draft.change(place, stored, wanted)
        return wanted

    def _words(self, stored: str, wanted: str, place: Place) -> str:
        """The stored words with those that are wanted beside them."""
        result = joined(stored, wanted)
        if not self._meaning.is_ordered(place) or is_led_by(result, wanted):
            return result
        policy = self._draft.policy
        if policy.layers and is_in_order(result, wanted):
            # A file that names further domains does not say that one of them is the primary one.
            return result
        if policy.domain_order == CONFIGURED:
            return led_by(result, wanted)
        kept, said = (quoted(masked(text, place)) for text in (result, wanted))
        self._draft.warn(
            f"{place} keeps the order {kept}, and the configuration says {said}. The first domain is the primary one: "
            f"name them in the stored order, or set {policy.prefix}domain_order: {CONFIGURED} to have those that the "
            f"configuration names first, in its order."
        )
        return result

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
                check_same_site(stored[found], entry, at, self._draft.policy)
                result[found] = self.map(stored[found], entry, at)
                continue
            at = place.entry(len(result), entry, rule)
            _check_may_be_added(entry, at, self._draft.policy)
            self._draft.add(at, entry)
            if rule.kind == "by":
                alike = alike or lookalike(rule, stored)
                name = at.below(rule.field)
                self._draft.warn_of_type(name, alike(entry), entry.get(rule.field))
            result.append(entry)
        return unless_same(result, stored)

    def _union(self, stored: list[Any], wanted: list[Any], place: Place, rule: Rule) -> list[Any]:
        if rule == MEMBERS:
            return self._members(stored, wanted, place)
        result = list(stored)
        find = candidates(rule, stored, place)
        for member in wanted:
            # What the list holds by now, so that a member that is given twice is added once.
            if find(member) or any(self._draft.equal(one, member) for one in result[len(stored) :]):
                continue
            self._draft.add(place.entry(len(result), member, rule), member)
            result.append(member)
        return unless_same(result, stored)

    def _members(self, stored: list[Any], wanted: list[Any], place: Place) -> list[Any]:
        """The union of two sets of scalars; the lines of an entry may be members of their own."""
        holds = self._meaning.holds(place)
        entries = [Entry(value, holds) for value in stored]
        found: defaultdict[Hashable, list[tuple[int, int]]] = defaultdict(list)
        for number, entry in enumerate(entries):
            for line, member in enumerate(entry.members):
                found[member_key(member, holds)].append((number, line))
        added: dict[Hashable, Any] = {}
        changed: set[int] = set()
        named = set()
        for member in (line for value in wanted for line in members_of(value, holds)):
            key = member_key(member, holds)
            if key in named:
                continue
            named.add(key)
            here = [(at, entries[at[0]].members[at[1]]) for at in found.get(key, ())]
            if any(self._draft.equal(one, member) for _at, one in here):
                continue
            if len(here) > 1:
                raise ambiguous(place, "Stored are", here[0][1], here[1][1])
            if not here:
                added[key] = member
                continue
            (number, line), present = here[0]
            new = completed(present, member, holds)
            if not self._draft.equal(present, new):
                entries[number].change(line, new)
                changed.add(number)
        return self._joined(stored, entries, changed, list(added.values()), place)

    def _joined(
        self,
        stored: list[Any],
        entries: list[Entry],
        changed: set[int],
        added: list[Any],
        place: Place,
    ) -> list[Any]:
        result = list(stored)
        for number in sorted(changed):
            result[number] = entries[number].value
            self._draft.change(
                place.entry(number, stored[number], MEMBERS), stored[number], result[number]
            )
        alike = lookalike(MEMBERS, stored) if added else None
        for member in added:
            at = place.entry(len(result), member, MEMBERS)
            self._draft.add(at, member)
            if alike is not None and not is_container(member):
                self._draft.warn_of_type(at, alike(member), member)
            result.append(member)
        return unless_same(result, stored)
