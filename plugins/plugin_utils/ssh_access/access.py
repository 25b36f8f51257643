# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is to be let in where, against what hosts and groups hold: which of them change, and how.

Pure: people and stored configurations in, a plan out. C(key_lists) knows one list, this file all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.document.errors import PlanError
from ...module_utils.document.fingerprint import fingerprint
from .key_edits import Edited, edited
from .key_lists import FAILED, REMOVED, SSH_KEYS, Event, KeyList, Rules, found_in, revised
from .people import PRESENT, Named, Person, shown

HOST, GROUP = "host", "group"


@dataclass(frozen=True)
class Stored:
    """A host or a group as it was read.

    :ivar read: gives the whole stored configuration with its secrets, which of a fleet would fill the memory; None
        where it could not be read.
    :ivar error: why it could not be read.
    """

    kind: str
    id: int
    name: str
    client_id: int | None
    read: Callable[[], dict[str, Any]] | None = field(repr=False)
    error: str | None = None

    @property
    def key(self) -> str:
        """What stands for it in a plan: C(host 7)."""
        return f"{self.kind} {self.id}"

    def fingerprint(self, seal: bytes) -> str | None:
        """What tells the configuration from every other; None where it could not be read."""
        return None if self.read is None else fingerprint(self.read(), seal=seal)

    def __str__(self) -> str:
        name = shown(self.name)
        return f"{self.kind} {name} (id {self.id})" if name else self.key


@dataclass(frozen=True)
class Write:
    """One change of one document, for turbostack_host or turbostack_group with C(state: merged).

    :ivar config: the lists of keys as they are to be, and nothing else.
    :ivar lists: says that these lists are given as a whole.
    """

    stored: Stored
    edited: Edited


@dataclass
class AccessPlan:
    """What a run is about to do.

    :ivar problems: rules that are broken; with one of them nothing may be written.
    :ivar events: what becomes of each known key at each place, as (document's key, event).
    :ivar unknown: keys that belong to nobody: their label → the places where they stand.
    """

    people: list[Person]
    stored: dict[str, Stored]
    problems: list[str] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    events: list[tuple[str, Event]] = field(default_factory=list)
    unknown: dict[tuple[str, str], tuple[str, list[tuple[str, str]]]] = field(default_factory=dict)

    @property
    def unreadable(self) -> list[Stored]:
        return [one for one in self.stored.values() if one.read is None]


def plan_access(
    people: Sequence[Person],
    stored: Iterable[Stored],
    *,
    remove_elsewhere: bool = False,
    allow_last_key: bool = False,
) -> AccessPlan:
    """What has to change so that everybody is let in where the data says, and no leaver anywhere.

    :param remove_elsewhere: whether a person's keys go from where the data does not let the person in.
    :param allow_last_key: whether a list of keys may lose its last one.
    """
    plan = AccessPlan(list(people), {one.key: one for one in stored})
    scopes = {person.name: _scope(person, plan) for person in people if person.state == PRESENT}
    rules = Rules.of(people, remove_elsewhere)
    for one in plan.stored.values():
        required = [person for person in people if one.key in _required(scopes, person)]
        if one.read is None:
            plan.events += [
                (one.key, Event(person.name, FAILED, SSH_KEYS, None, one.error or "unreadable"))
                for person in required
            ]
            continue
        allowed = {name for name, scope in scopes.items() if one.key in scope.allowed}
        _one_document(plan, one, one.read(), required, allowed, rules, allow_last_key)
    return plan


@dataclass(frozen=True)
class _Scope:
    """Keys of documents: where a person has to be let in, and where the person's keys may stand."""

    required: frozenset[str]
    allowed: frozenset[str]


def _required(scopes: Mapping[str, _Scope], person: Person) -> frozenset[str]:
    scope = scopes.get(person.name)
    return scope.required if scope else frozenset()


def _scope(person: Person, plan: AccessPlan) -> _Scope:
    required: set[str] = set()
    allowed: set[str] = set()
    where = person.where
    every = plan.stored.values()
    for client in where.clients:
        owned = [one for one in every if one.client_id == client]
        if not owned:
            plan.problems.append(
                f"where: of {shown(person.name)} names the client {client}, of whom the token sees no host "
                "and no group."
            )
        allowed |= {one.key for one in owned}
        required |= {one.key for one in owned if one.kind == HOST}
    if where.everywhere:
        allowed |= {one.key for one in every}
        required |= {one.key for one in every if one.kind == HOST}
    for kind, names in ((GROUP, where.groups), (HOST, where.hosts)):
        for name in names:
            try:
                required.add(_found(name, kind, every).key)
            except PlanError as error:
                plan.problems.append(f"where: of {shown(person.name)}: {error}")
    return _Scope(frozenset(required), frozenset(allowed | required))


def _found(name: Named, kind: str, every: Iterable[Stored]) -> Stored:
    """The one host or group of that id or exact name."""
    of_kind = [one for one in every if one.kind == kind]
    found = [one for one in of_kind if name in (one.id, one.name)]
    if isinstance(name, str) and name.isascii() and name.isdecimal():
        found += [one for one in of_kind if one.id == int(name) and one not in found]
    if len(found) == 1:
        return found[0]
    if not found:
        raise PlanError(f"the token sees no {kind} {shown(str(name))}.")
    ids = ", ".join(str(one.id) for one in found)
    raise PlanError(f"{shown(str(name))} may mean several {kind}s (ids {ids}): give the id.")


def _one_document(
    plan: AccessPlan,
    one: Stored,
    config: dict[str, Any],
    required: list[Person],
    allowed: set[str],
    rules: Rules,
    allow_last_key: bool,
) -> None:
    lists, strays = found_in(config, rules)
    plan.events += [(one.key, event) for event in strays]
    changed: list[KeyList] = []
    events: list[Event] = []
    if required and not any(each.steps == (SSH_KEYS,) for each in lists):
        value = config.get(SSH_KEYS)
        lists.insert(0, KeyList((SSH_KEYS,), SSH_KEYS, value))
    for each in lists:
        granted = required if each.steps == (SSH_KEYS,) else []
        revision = revised(each, granted, allowed, rules)
        for label, identity in revision.unknown:
            known = plan.unknown.setdefault(identity, (label, []))
            known[1].append((one.key, each.path))
        if revision.unclear:
            plan.problems.append(f"{one}: {revision.unclear}")
        if revision.loses_last and not allow_last_key:
            plan.problems.append(_last_key(one, each.path, revision.events))
        events += revision.events
        if revision.entries is not None:
            changed.append(KeyList(each.steps, each.path, revision.entries))
    if changed:
        result = edited(config, changed)
        events = [result.told(event) for event in events]
        if result.config:
            plan.writes.append(Write(one, result))
    plan.events += [(one.key, event) for event in events]


def _last_key(one: Stored, path: str, events: Sequence[Event]) -> str:
    gone = "; ".join(
        f"{event.key.label()} of {shown(event.person)}"
        for event in events
        if event.key is not None and event.what == REMOVED and event.path == path
    )
    also = (
        "Hosts may be reached by keys of their groups as well, but which groups a host is in cannot be asked."
        if one.kind == HOST
        else "The hosts of the group may hold keys of their own, but which hosts these are cannot be asked."
    )
    return (
        f"{one}: {path} would lose the last key that lets somebody in ({gone}). {also} Let somebody else "
        "in first, or set ssh_access_allow_last_key: true if that is meant."
    )
