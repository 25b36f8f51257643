# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which stored entry of a list an entry of the configuration speaks of."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from ..document.equality import content_key, looks, platform_equal
from ..document.errors import PlanError
from ..document.identity import (
    CONTENTS,
    MEMBERS,
    Rule,
    domains_of,
    field_key,
)
from ..document.members import member_key, members_of
from ..document.paths import Item, render
from ..document.place import Place
from ..document.policy import MERGED, REPLACED

# The positions of all stored entries that an entry may mean.
Candidates = Callable[[Any], Sequence[int]]


def candidates(rule: Rule, stored: Sequence[Any], place: Place) -> Candidates:
    """A look-up of the stored entries that have a given entry's identity."""
    if rule.kind == "sites":
        return _site_candidates(rule, stored)
    key = identity_of(rule, place)
    index: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for position, entry in enumerate(stored):
        index[key(entry)].append(position)
    index.pop(None, None)
    return lambda entry: index.get(key(entry), ())


def _no_map(rule: Rule, position: int, place: Place) -> PlanError:
    """The refusal of what could be no entry of a list of named things."""
    return PlanError(
        f"{place}[#{position}] of the configuration is no map, as each entry of that list is, with {rule.field}.",
        f"Write it as {{{rule.field}: …}}, or " + told_apart_by(place),
        place,
    )


def identity_of(rule: Rule, place: Place) -> Callable[[Any], Hashable]:
    """What tells the entries of a list apart, for every rule but that of sites."""
    if rule == MEMBERS:
        holds = place.meaning.holds(place)
        return lambda entry: member_key(entry, holds)
    if rule.kind == "by":
        return lambda entry: field_key(entry, rule.field)
    return content_key


def _site_candidates(rule: Rule, stored: Sequence[Any]) -> Candidates:
    by_name: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    by_domain: defaultdict[str, list[int]] = defaultdict(list)
    named = set()
    for position, entry in enumerate(stored):
        if not isinstance(entry, dict):
            continue
        name = field_key(entry, rule.field)
        if name is not None:
            by_name[name].append(position)
            named.add(position)
        for domain in domains_of(entry, rule):
            by_domain[domain].append(position)

    def find(entry: Any) -> Sequence[int]:
        if not isinstance(entry, dict):
            return ()
        name = field_key(entry, rule.field)
        if name is not None and name in by_name:
            return by_name[name]
        shared = {
            position for domain in domains_of(entry, rule) for position in by_domain.get(domain, ())
        }
        if name is not None:
            # Two applications of different names are two sites, whatever they share.
            shared -= named
        return tuple(sorted(shared))

    return find


def matched(
    rule: Rule, stored: Sequence[Any], desired: Sequence[Any], place: Place
) -> list[int | None]:
    """For each desired entry the position of the stored one; None for what is not stored.

    :raises PlanError: where an entry means several stored ones, or two entries mean the same one.
    """
    find = candidates(rule, stored, place)
    found: list[int | None] = []
    claimed: dict[int, int] = {}
    for position, entry in enumerate(desired):
        positions = find(entry)
        if not positions:
            if rule.is_named and not isinstance(entry, dict):
                raise _no_map(rule, position, place)
            found.append(None)
            continue
        if len(positions) > 1:
            one, other = (_called(place, rule, stored, at) for at in (positions[0], positions[1]))
            raise PlanError(
                f"{_called(place, rule, desired, position)} of the configuration may mean {one} as "
                f"well as {other}, which are both stored.",
                "Mend the stored configuration (one of the two has to go or to be renamed), or "
                + told_apart_by(place),
            )
        at = positions[0]
        if at in claimed:
            one = _called(place, rule, desired, claimed[at])
            other = _called(place, rule, desired, position)
            raise PlanError(
                f"{one} and {other} of the configuration both mean the stored "
                f"{_called(place, rule, stored, at)}.",
                "Make one entry of the two.",
                place.entry(position, entry, rule),
            )
        claimed[at] = position
        found.append(at)
    return found


def aligned(
    rule: Rule, stored: Sequence[Any], desired: Sequence[Any], place: Place
) -> list[int | None]:
    """The same for a comparison, which never fails: what is ambiguous goes by content, then by order."""
    find = candidates(rule, stored, place)
    found: list[int | None] = [None] * len(desired)
    free = [True] * len(stored)

    def claim(look_up: Candidates, several: bool) -> None:
        for position, entry in enumerate(desired):
            if found[position] is not None:
                continue
            places = look_up(entry)
            if several or len(places) == 1:
                at = _first_free(places, free)
                if at is not None:
                    free[at] = False
                    found[position] = at

    if rule.is_named:
        claim(find, several=False)
    if None in found and (rule.is_named or rule == MEMBERS):
        claim(candidates(CONTENTS, stored, place), several=True)
    claim(find, several=True)
    return found


def check_list(entries: Sequence[Any], place: Place, state: str) -> None:
    """Refuse a desired list in which two entries have one identity.

    For C(replaced) entries may also have none, and sets hold what they are given.

    :raises PlanError: naming both entries.
    """
    known = place.meaning.known_rule(place, entries)
    if known:
        _check_entries(known, entries, place, nameless=state == REPLACED)
    elif state == MERGED and entries and place.rule(entries) == MEMBERS:
        _check_members(entries, place)


def _check_members(members: Sequence[Any], place: Place) -> None:
    identity = identity_of(MEMBERS, place)
    seen: dict[Hashable, Any] = {}
    holds = place.meaning.holds(place)
    for member in (line for entry in members for line in members_of(entry, holds)):
        other = seen.setdefault(identity(member), member)
        if other is not member and not platform_equal(other, member):
            raise ambiguous(place, "The configuration gives", other, member)


def ambiguous(place: Place, what: str, one: Any, other: Any) -> PlanError:
    """The refusal of two members of a set that are the same one, and yet not equal."""
    first, second = (place.entry(0, member, MEMBERS) for member in (one, other))
    return PlanError(
        f"{what} {first} as well as {second}, which are the same member.",
        "Keep one of the two, or declare replace for the list under lists: to store it as given.",
        place,
    )


def _check_entries(rule: Rule, entries: Sequence[Any], place: Place, nameless: bool) -> None:
    seen: dict[Hashable, int] = {}
    for position, entry in enumerate(entries):
        keys = _keys(rule, entry)
        if not keys and not nameless:
            needed = rule.field if rule.kind == "by" else f"{rule.field} and no {rule.domains}"
            raise PlanError(
                f"{_called(place, rule, entries, position)} of the configuration has no {needed}, so "
                f"that it cannot be told which entry is meant.",
                "Give it one, or " + told_apart_by(place),
                place.entry(position, entry, rule),
            )
        for kind, key in keys:
            other = seen.setdefault((kind, key), position)
            if other != position:
                raise PlanError(
                    f"{_called(place, rule, entries, other)} and "
                    f"{_called(place, rule, entries, position)} of the configuration have the same "
                    f"{kind}.",
                    "Make one entry of the two, or " + told_apart_by(place),
                    place.entry(position, entry, rule),
                )


def lookalike(rule: Rule, stored: Sequence[Any]) -> Callable[[Any], Any]:
    """A look-up of the stored scalar (or identity) that an entry differs from only in type."""
    index: dict[str, list[Any]] = {}
    for entry in stored:
        value = _scalar(rule, entry)
        for look in looks(value):
            index.setdefault(look, []).append(value)

    def find(entry: Any) -> Any:
        value = _scalar(rule, entry)
        alike = (other for look in looks(value) for other in index.get(look, ()))
        return next((other for other in alike if content_key(other) != content_key(value)), None)

    return find


def told_apart_by(place: Place) -> str:
    """The way out where entries cannot be told apart."""
    pattern = render(tuple(step if isinstance(step, str) else Item(0, "*") for step in place.path))
    where = json.dumps(pattern.replace("[*]", ".*"), ensure_ascii=False)
    return (
        f"declare how: lists: {{{where}: {{by: FIELD}}}} with a field that every entry has, "
        f"or {{{where}: replace}} to store the list as given."
    )


def cannot_be_told_apart(place: Place) -> PlanError:
    """The refusal of a list whose entries have no identity."""
    fields = ", ".join(place.meaning.schema.conventional)
    return PlanError(
        f"The entries of {place} cannot be told apart: they are not all scalars, and none of "
        f"{fields} is present and unique in every entry, stored and given.",
        f"Give them such a field, or {told_apart_by(place)}",
        place,
    )


def _called(place: Place, rule: Rule, entries: Sequence[Any], position: int) -> str:
    entry = place.entry(position, entries[position], rule)
    named = isinstance(entry.step, Item) and entry.step.label
    return f"{entry} (#{position})" if named else str(entry)


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
    keys: list[tuple[str, Hashable]] = [("domain", domain) for domain in domains_of(entry, rule)]
    name = field_key(entry, rule.field)
    return keys if name is None else [(rule.field, name), *keys]


def _scalar(rule: Rule, entry: Any) -> Any:
    if rule.kind == "by":
        return entry.get(rule.field) if isinstance(entry, dict) else None
    return entry
