# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configurations of many hosts as layers: what all share stands once, and so does what a client or group shares.

The way back from C(layering.py). Each layer says only what every host that it speaks of holds, and no two layers of
a host say the same thing, so that the order in which they are merged makes no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ...module_utils.document.equality import content_key, exactly_equal
from ...module_utils.document.identity import MEMBERS, field_key
from ...module_utils.document.place import Place
from ...module_utils.document.policy import DEFAULT, Policy

EVERYONE, CLIENT, GROUP, HOST = "everyone", "client", "group", "host"
#: The kinds of layers, from the most general to the most exact.
KINDS = (EVERYONE, CLIENT, GROUP, HOST)

Scope: TypeAlias = "tuple[str, str]"
"""Whom a layer speaks of: its kind, and the name of the client, group or host."""

_NOTHING: Any = type("Nothing", (), {"__slots__": ()})()
# What a single host holds is the host's own, and not what its client or group shares.
_FEWEST = 2


@dataclass(frozen=True)
class Member:
    """A host of the fleet.

    :ivar host: its name, which no other member has.
    :ivar scopes: those of layers, other than its own, that speak of it.
    :ivar document: what its layers are to say together.
    :ivar said: what of that is said already, by layers that are closed.
    """

    host: str
    scopes: tuple[Scope, ...]
    document: dict[str, Any] = field(repr=False)
    said: dict[str, Any] = field(default_factory=dict, repr=False)


def factored(
    members: Sequence[Member], policy: Policy | None = None, closed: Container[Scope] = ()
) -> dict[Scope, dict[str, Any]]:
    """The layers whose merging gives each host its document; one that would say nothing is not there.

    Maps are looked into, and sets of scalars are taken apart. An entry of a list of named things is shared as a
    whole or not at all: half a user or half a web application is nothing that another host should come by.

    :param closed: layers that take nothing more; that of a host has what is left of it all the same.
    """
    root = (policy or DEFAULT).root
    rest = {one.host: _without(one.document, one.said, root) for one in members}
    hosts: defaultdict[Scope, list[str]] = defaultdict(list)
    for one in members:
        for scope in one.scopes:
            hosts[scope].append(one.host)
    layers = {}
    for scope in sorted(hosts, key=lambda scope: (KINDS.index(scope[0]), scope[1])):
        some = hosts[scope]
        if len(some) < _FEWEST or scope in closed:
            continue
        common = _shared([rest[host] for host in some], root)
        if common:
            layers[scope] = common
            for host in some:
                rest[host] = _without(rest[host], common, root)
    own: dict[Scope, dict[str, Any]] = {(HOST, host): left for host, left in rest.items() if left}
    return {**layers, **own}


def _shared(maps: Sequence[dict[str, Any]], place: Place) -> dict[str, Any]:
    """What is in all of the maps, in the order of the first one."""
    first, *others = maps
    found = {}
    for key, value in first.items():
        if all(key in other for other in others):
            common = _common([value, *(other[key] for other in others)], place.below(key))
            if common is not _NOTHING:
                found[key] = common
    return found


def _common(values: Sequence[Any], place: Place) -> Any:
    first, *others = values
    if all(exactly_equal(first, other) for other in others):
        return first
    if place.meaning.replaces(place) or not all(values):
        return _NOTHING
    if all(isinstance(value, dict) for value in values):
        return _shared(values, place) or _NOTHING
    if all(isinstance(value, list) for value in values) and _can_be_parted(values, place):
        held = [_Entries(other) for other in others]
        return [entry for entry in first if all(entry in some for some in held)] or _NOTHING
    return _NOTHING


def _without(whole: dict[str, Any], common: dict[str, Any], place: Place) -> dict[str, Any]:
    found = {}
    for key, value in whole.items():
        left = _rest(value, common[key], place.below(key)) if key in common else value
        if left is not _NOTHING:
            found[key] = left
    return found


def _rest(value: Any, common: Any, place: Place) -> Any:
    if exactly_equal(value, common):
        return _NOTHING
    if place.meaning.replaces(place):
        return value
    if isinstance(value, dict) and isinstance(common, dict):
        return _without(value, common, place) or _NOTHING
    if not (isinstance(value, list) and isinstance(common, list)):
        return value
    if not _can_be_parted((value, common), place):
        return value
    held = _Entries(common)
    return [entry for entry in value if entry not in held] or _NOTHING


def _can_be_parted(lists: Sequence[list[Any]], place: Place) -> bool:
    """Whether two parts of such a list merge into the list, whatever else is in either of them."""
    if place.rule(*lists) == MEMBERS:
        return True
    # By the schema, or as declared: what only the entries at hand tell may be told otherwise of a part of them.
    rules = [place.meaning.known_rule(place, entries) for entries in lists]
    return all(
        rule is not None
        and rule.kind == "by"
        and all(field_key(entry, rule.field) is not None for entry in entries)
        for rule, entries in zip(rules, lists, strict=True)
    )


class _Entries:
    """The entries of a list, to be looked up by what they are to the last digit."""

    def __init__(self, entries: Sequence[Any]) -> None:
        self._by_content: defaultdict[Any, list[Any]] = defaultdict(list)
        for entry in entries:
            self._by_content[content_key(entry)].append(entry)

    def __contains__(self, entry: Any) -> bool:
        return any(
            exactly_equal(entry, one) for one in self._by_content.get(content_key(entry), ())
        )
