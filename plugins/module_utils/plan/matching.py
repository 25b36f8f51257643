# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which stored entry of a list an entry of the configuration speaks of."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from ..document.equality import content_key, looks, platform_equal
from ..document.errors import PlanError
from ..document.identity import (
    CONTENTS,
    DOMAINS,
    MEMBERS,
    VHOSTS,
    ListRules,
    Rule,
    application,
    domains,
    field_key,
    member_key,
    told_apart_by,
)
from ..document.paths import Path, render
from ..document.policy import MERGED, REPLACED

# The positions of all stored entries that an entry may mean.
Candidates = Callable[[Any], Sequence[int]]


def candidates(rule: Rule, stored: Sequence[Any], path: Path) -> Candidates:
    """A look-up of the stored entries that have a given entry's identity."""
    if rule == VHOSTS:
        return _vhost_candidates(stored)
    key = identity_of(rule, path)
    index: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for position, entry in enumerate(stored):
        index[key(entry)].append(position)
    index.pop(None, None)
    return lambda entry: index.get(key(entry), ())


def identity_of(rule: Rule, path: Path) -> Callable[[Any], Hashable]:
    """What tells the entries of a list apart, for every rule but that of vhosts."""
    if rule == MEMBERS:
        return lambda entry: member_key(entry, path)
    if rule.kind == "by":
        return lambda entry: field_key(entry, rule.field)
    return content_key


def _vhost_candidates(stored: Sequence[Any]) -> Candidates:
    by_application: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    by_domain: defaultdict[str, list[int]] = defaultdict(list)
    named = set()
    for position, entry in enumerate(stored):
        if not isinstance(entry, dict):
            continue
        name = application(entry)
        if name is not None:
            by_application[name].append(position)
            named.add(position)
        for domain in domains(entry):
            by_domain[domain].append(position)

    def find(entry: Any) -> Sequence[int]:
        if not isinstance(entry, dict):
            return ()
        name = application(entry)
        if name is not None and name in by_application:
            return by_application[name]
        shared = {position for domain in domains(entry) for position in by_domain.get(domain, ())}
        if name is not None:
            # Two applications of different names are two vhosts, whatever they share.
            shared -= named
        return tuple(sorted(shared))

    return find


class Matching:
    """Finds for each entry that the configuration names the one stored entry that it means."""

    def __init__(self, lists: ListRules) -> None:
        self._lists = lists

    def matched(
        self, rule: Rule, stored: Sequence[Any], desired: Sequence[Any], path: Path
    ) -> list[int | None]:
        """For each desired entry the position of the stored one; None for what is not stored.

        :raises PlanError: where an entry means several stored ones, or two entries mean the same one.
        """
        find = candidates(rule, stored, path)
        found: list[int | None] = []
        claimed: dict[int, int] = {}
        for position, entry in enumerate(desired):
            positions = find(entry)
            if not positions:
                found.append(None)
                continue
            if len(positions) > 1:
                one, other = (
                    self._name(path, rule, stored, place) for place in (positions[0], positions[1])
                )
                raise PlanError(
                    f"{self._name(path, rule, desired, position)} of the configuration may mean {one} as "
                    f"well as {other}, which are both stored.",
                    "Mend the stored configuration (one of the two has to go or to be renamed), or "
                    + told_apart_by(path),
                )
            place = positions[0]
            if place in claimed:
                one = self._name(path, rule, desired, claimed[place])
                other = self._name(path, rule, desired, position)
                raise PlanError(
                    f"{one} and {other} of the configuration both mean the stored "
                    f"{self._name(path, rule, stored, place)}.",
                    "Make one entry of the two.",
                )
            claimed[place] = position
            found.append(place)
        return found

    def aligned(
        self, rule: Rule, stored: Sequence[Any], desired: Sequence[Any], path: Path
    ) -> list[int | None]:
        """The same for a comparison, which never fails: what is ambiguous goes by content, then by order."""
        find = candidates(rule, stored, path)
        found: list[int | None] = [None] * len(desired)
        free = [True] * len(stored)

        def claim(look_up: Candidates, several: bool) -> None:
            for position, entry in enumerate(desired):
                if found[position] is not None:
                    continue
                places = look_up(entry)
                if several or len(places) == 1:
                    place = _first_free(places, free)
                    if place is not None:
                        free[place] = False
                        found[position] = place

        if rule.kind in ("by", "vhosts"):
            claim(find, several=False)
        if None in found and rule.kind in ("by", "vhosts", "members"):
            claim(candidates(CONTENTS, stored, path), several=True)
        claim(find, several=True)
        return found

    def check_desired(self, value: Any, path: Path, state: str) -> None:
        """Refuse lists in which two entries have one identity, at this place and everywhere below.

        For C(replaced) entries may also have none, and sets hold what they are given.

        :raises PlanError: naming both entries.
        """
        if isinstance(value, dict):
            for key, child in value.items():
                if isinstance(child, (dict, list)):
                    self.check_desired(child, (*path, key), state)
        elif isinstance(value, list) and value and not self._lists.replaces(path):
            rule = self._lists.known(path, value) or self._lists.rule(path, value)
            if rule == MEMBERS:
                if state == MERGED:
                    self._check_members(value, path)
                return
            if rule == self._lists.known(path, value):
                self._check_entries(rule, value, path, nameless=state == REPLACED)
            for index, child in enumerate(value):
                if isinstance(child, (dict, list)):
                    self.check_desired(
                        child, (*path, self._lists.item(path, index, child, rule)), state
                    )

    def _check_members(self, members: Sequence[Any], path: Path) -> None:
        seen: dict[Hashable, Any] = {}
        for member in members:
            other = seen.setdefault(member_key(member, path), member)
            if other is not member and not platform_equal(other, member):
                raise self.ambiguous(path, "The configuration gives", other, member)

    def ambiguous(self, path: Path, what: str, one: Any, other: Any) -> PlanError:
        """The refusal of two members of a set that are the same one, and yet not equal."""
        first, second = (
            render((*path, self._lists.item(path, 0, member, MEMBERS))) for member in (one, other)
        )
        return PlanError(
            f"{what} {first} as well as {second}, which are the same member.",
            "Keep one of the two, or declare replace for the list under lists: to store it as given.",
        )

    def _check_entries(
        self, rule: Rule, entries: Sequence[Any], path: Path, nameless: bool
    ) -> None:
        seen: dict[Hashable, int] = {}
        for position, entry in enumerate(entries):
            keys = _keys(rule, entry)
            if not keys and not nameless:
                needed = f"{rule.field}" if rule.kind == "by" else f"app_name and no {DOMAINS}"
                raise PlanError(
                    f"{self._name(path, rule, entries, position)} of the configuration has no {needed}, so "
                    f"that it cannot be told which entry is meant.",
                    "Give it one, or " + told_apart_by(path),
                )
            for kind, key in keys:
                other = seen.setdefault((kind, key), position)
                if other != position:
                    raise PlanError(
                        f"{self._name(path, rule, entries, other)} and "
                        f"{self._name(path, rule, entries, position)} of the configuration have the same "
                        f"{kind}.",
                        "Make one entry of the two, or " + told_apart_by(path),
                    )

    def lookalike(self, rule: Rule, stored: Sequence[Any]) -> Callable[[Any], Any]:
        """A look-up of the stored scalar (or identity) that an entry differs from only in type."""
        index: dict[str, list[Any]] = {}
        for entry in stored:
            value = _scalar(rule, entry)
            for look in looks(value):
                index.setdefault(look, []).append(value)

        def find(entry: Any) -> Any:
            value = _scalar(rule, entry)
            alike = (other for look in looks(value) for other in index.get(look, ()))
            return next(
                (other for other in alike if content_key(other) != content_key(value)), None
            )

        return find

    def _name(self, path: Path, rule: Rule, entries: Sequence[Any], position: int) -> str:
        item = self._lists.item(path, position, entries[position], rule)
        name = render((*path, item))
        return f"{name} (#{position})" if item.label else name


def _first_free(places: Sequence[int], free: Sequence[bool]) -> int | None:
    if isinstance(places, deque):
        # The index's own: entries of one identity are handed out in their order, each looked at once.
        while places and not free[places[0]]:
            places.popleft()
        return places[0] if places else None
    return next((place for place in places if free[place]), None)


def _keys(rule: Rule, entry: Any) -> list[tuple[str, Hashable]]:
    if rule.kind == "by":
        key = field_key(entry, rule.field)
        return [] if key is None else [(rule.field, key)]
    if not isinstance(entry, dict):
        return []
    keys: list[tuple[str, Hashable]] = [("domain", domain) for domain in domains(entry)]
    name = application(entry)
    return keys if name is None else [("app_name", name), *keys]


def _scalar(rule: Rule, entry: Any) -> Any:
    if rule.kind == "by":
        return entry.get(rule.field) if isinstance(entry, dict) else None
    return entry
