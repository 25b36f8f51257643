# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People and their keys, as a playbook writes them down, checked as a whole before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from ...module_utils.document.errors import PlanError
from ...module_utils.text.escaping import escape
from ...module_utils.text.secret_text import redact_text
from .public_key import PublicKey, wanted_key

PRESENT, ABSENT = "present", "absent"

_FIELDS = ("name", "state", "keys", "old_keys", "where")
_PLACES = ("clients", "groups", "hosts", "everywhere")

# An id, or a name. As text: ansible-test reads module_utils as a Python without such unions.
Named: TypeAlias = "int | str"


@dataclass(frozen=True)
class Where:
    """Where a person is let in.

    :ivar clients: ids of clients, of whom every host is meant.
    :ivar groups: TurboStack groups.
    :ivar everywhere: every host.
    """

    clients: tuple[int, ...] = ()
    groups: tuple[Named, ...] = ()
    hosts: tuple[Named, ...] = ()
    everywhere: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody with keys.

    :ivar state: C(present), or C(absent) for somebody who left.
    :ivar keys: the keys that are to let the person in; with C(absent), those that are to be gone.
    :ivar old_keys: keys that are to be gone in any case.
    """

    name: str
    state: str
    keys: tuple[PublicKey, ...]
    old_keys: tuple[PublicKey, ...]
    where: Where

    @property
    def leaving(self) -> tuple[PublicKey, ...]:
        """The keys that are to be gone everywhere."""
        return self.old_keys if self.state == PRESENT else (*self.keys, *self.old_keys)


def people_of(value: Any) -> tuple[list[Person], list[str]]:
    """The people that a variable holds, and what is wrong with it, one sentence each.

    What is wrong is told without a single piece of a key that could not be read: it may be a private one.
    """
    if not isinstance(value, list):
        return [], ["The people are no list."]
    people: list[Person] = []
    problems: list[str] = []
    for number, entry in enumerate(value, start=1):
        try:
            people.append(_person(entry, number, problems))
        except PlanError as error:
            problems.append(str(error))
    problems += _names(people)
    problems += _shared_keys(people)
    return people, problems


def _person(entry: Any, number: int, problems: list[str]) -> Person:
    if not isinstance(entry, Mapping):
        raise PlanError(f"Person {number} is no map with a name and keys.")
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise PlanError(f"Person {number} has no name.")
    name = name.strip()
    if _PEM in name or escape(name) != name:
        raise PlanError(f"The name of person {number} is not one line of printable text.")
    _refuse_unknown(entry, _FIELDS, name)
    state = PRESENT if entry.get("state") is None else entry["state"]
    if state not in (PRESENT, ABSENT):
        raise PlanError(f"The state of {shown(name)} is neither {PRESENT} nor {ABSENT}.")
    keys = _keys(entry.get("keys"), f"of {shown(name)}", problems)
    old_keys = _keys(entry.get("old_keys"), f"of the old keys of {shown(name)}", problems)
    given = entry.get("keys") or entry.get("old_keys")
    if not given or (state == PRESENT and not entry.get("keys")):
        raise PlanError(f"{shown(name)} has no keys.", "People are known by their keys alone.")
    where = _where(entry.get("where"), name)
    if state == PRESENT and where == Where():
        raise PlanError(
            f"It is not said where {shown(name)} is let in.",
            "Give where: with clients, groups, hosts or everywhere: true; or state: absent for a leaver.",
        )
    return Person(name, state, keys, old_keys, where)


_PEM = "-----BEGIN"


def _keys(value: Any, whose: str, problems: list[str]) -> tuple[PublicKey, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise PlanError(f"The keys {whose} are no list.")
    keys: list[PublicKey] = []
    for number, text in enumerate(value, start=1):
        try:
            keys.append(wanted_key(text, f"Key {number} {whose}"))
        except PlanError as error:
            problems.append(str(error))
    return tuple(keys)


def _where(value: Any, name: str) -> Where:
    if value is None:
        return Where()
    if not isinstance(value, Mapping):
        raise PlanError(f"where: of {shown(name)} is no map.")
    _refuse_unknown(value, _PLACES, f"where: of {name}")
    everywhere = value.get("everywhere")
    if everywhere is not None and not isinstance(everywhere, bool):
        raise PlanError(f"everywhere: of {shown(name)} is neither true nor false.")
    return Where(
        clients=tuple(_client(one, name) for one in _listed(value, "clients", name)),
        groups=tuple(_named(one, "groups", name) for one in _listed(value, "groups", name)),
        hosts=tuple(_named(one, "hosts", name) for one in _listed(value, "hosts", name)),
        everywhere=bool(everywhere),
    )


def _listed(value: Mapping[str, Any], field: str, name: str) -> list[Any]:
    entries = value.get(field)
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise PlanError(f"{field}: of {shown(name)} is no list.")
    return entries


def _client(value: Any, name: str) -> int:
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise PlanError(f"clients: of {shown(name)} holds something that is no id of a client.")


def _named(value: Any, field: str, name: str) -> Named:
    if isinstance(value, bool) or not isinstance(value, (int, str)) or value == "":
        raise PlanError(f"{field}: of {shown(name)} holds something that is neither name nor id.")
    return value


def _refuse_unknown(entry: Mapping[Any, Any], fields: Iterable[str], whose: str) -> None:
    unknown = [shown(str(field)) for field in entry if field not in fields]
    if unknown:
        raise PlanError(
            f"{shown(whose)} has {', '.join(unknown)}, which is not known.",
            f"There are {', '.join(fields)}.",
        )


def _names(people: list[Person]) -> list[str]:
    seen: set[str] = set()
    problems = []
    for person in people:
        folded = person.name.casefold()
        if folded in seen:
            problems.append(f"{shown(person.name)} is listed twice.")
        seen.add(folded)
    return problems


def _shared_keys(people: list[Person]) -> list[str]:
    owners: dict[tuple[str, str], Person] = {}
    problems = []
    for person in people:
        for key in (*person.keys, *person.old_keys):
            other = owners.setdefault(key.identity, person)
            if other is not person:
                problems.append(
                    f"The key {key.label()} is listed for {shown(other.name)} as well as for "
                    f"{shown(person.name)}: it belongs to one of them."
                )
        identities = [key.identity for key in (*person.keys, *person.old_keys)]
        for key in (*person.keys, *person.old_keys):
            if identities.count(key.identity) > 1:
                problems.append(f"The key {key.label()} is listed twice for {shown(person.name)}.")
                break
    return problems


def shown(text: str) -> str:
    """A name fit for a message: no secret in it, and nothing that drives a terminal."""
    return escape(redact_text(text))
