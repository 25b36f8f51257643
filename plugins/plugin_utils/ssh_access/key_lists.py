# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of SSH keys in a configuration: where they are, and what one of them is to hold.

What is not a key of somebody in the data stays as it is, word for word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils.document.equality import is_blank, type_name
from ...module_utils.document.place import Place
from ...module_utils.document.policy import DEFAULT
from ...module_utils.document.walk import visit
from .people import PRESENT, Person
from .public_key import PublicKey, stored_key

#: Where hosts and groups have the keys of the people who administer them.
SSH_KEYS = "ssh_keys"

#: What becomes of a key at a place.
ADDED, CHANGED, REMOVED, KEPT = "added", "changed", "removed", "kept"
#: It is there without being granted by the data, and stays.
ELSEWHERE = "elsewhere"
#: It could not be put there; it could not be taken away.
FAILED, REMAINING = "failed", "remaining"


@dataclass(frozen=True)
class Event:
    """What becomes of one key of a person at one place.

    :ivar path: where in the document.
    :ivar key: None where all keys of the person are meant.
    :ivar note: what there is to say about it, or an empty text.
    """

    person: str
    what: str
    path: str
    key: PublicKey | None
    note: str = ""


@dataclass(frozen=True)
class KeyList:
    """A list with keys in it, or the place of one.

    :ivar steps: keys and positions that lead to it.
    :ivar path: the same for people.
    :ivar entries: what stands there; of any kind, as it is stored.
    """

    steps: tuple[str | int, ...]
    path: str
    entries: Any


@dataclass(frozen=True)
class Rules:
    """Whose key is whose, and what becomes of keys where the data does not let their owner in.

    :ivar owners: a key's identity → its owner, and whether it is to be gone everywhere.
    """

    owners: dict[tuple[str, str], tuple[Person, bool]]
    remove_elsewhere: bool

    @classmethod
    def of(cls, people: Sequence[Person], remove_elsewhere: bool) -> Rules:
        owners: dict[tuple[str, str], tuple[Person, bool]] = {}
        for person in people:
            for key in (*person.keys, *person.old_keys):
                owners[key.identity] = (person, key in person.leaving)
        return cls(owners, remove_elsewhere)


@dataclass
class Revision:
    """What a list is to hold.

    :ivar entries: the whole list; None where it stays as it is.
    :ivar unknown: keys that belong to nobody, as (label, identity).
    :ivar unclear: why it cannot be told what the list should hold; empty where it can.
    :ivar loses_last: whether nobody could log in with a key of this list any more, who could before.
    """

    entries: list[Any] | None
    events: list[Event]
    unknown: list[tuple[str, tuple[str, str]]]
    unclear: str = ""
    loses_last: bool = False


def found_in(config: dict[str, Any], rules: Rules) -> tuple[list[KeyList], list[Event]]:
    """All lists of keys of a document, and the keys of leavers that stand elsewhere in it.

    A list of keys is one with a text in it that is a key, and C(ssh_keys) itself. What stands in any other
    form (in a text of several lines, as the value of a setting) can be seen, but not safely taken away.
    """
    lists: list[KeyList] = []
    leaving = [(identity, person) for identity, (person, gone) in rules.owners.items() if gone]
    strays: list[Event] = []

    def stray(text: str, place: Place) -> None:
        if "AAAA" not in text:
            return
        for identity, person in leaving:
            if identity[1] in text:
                key = next(key for key in person.leaving if key.identity == identity)
                note = "it is not an entry of a list of keys; take it away by hand"
                strays.append(Event(person.name, REMAINING, str(place), key, note))

    for place, value in visit(config, DEFAULT.root):
        if isinstance(value, dict):
            for name in value:
                stray(name, place)
        elif isinstance(value, list):
            steps = place.steps
            if steps == (SSH_KEYS,) or any(_key(entry) for entry in value):
                lists.append(KeyList(steps, str(place), value))
        elif isinstance(value, str) and not (place.is_entry and stored_key(value)):
            stray(value, place)
    return lists, strays


def _key(entry: Any) -> PublicKey | None:
    return stored_key(entry) if isinstance(entry, str) else None


class _Line:
    """An entry of a list in the making.

    :ivar value: the entry.
    :ivar key: the key in it, if it is one.
    :ivar old_key_of: the person whose old key stood here; the entry itself goes.
    """

    def __init__(self, value: Any, key: PublicKey | None) -> None:
        self.value = value
        self.key = key
        self.old_key_of = ""

    @property
    def live(self) -> tuple[str, str] | None:
        """The identity of the key that the line grants."""
        granted = self.key is not None and not self.key.disabled and not self.old_key_of
        return self.key.identity if self.key is not None and granted else None


def revised(
    key_list: KeyList, required: Sequence[Person], allowed: set[str], rules: Rules
) -> Revision:
    """What one list is to hold.

    :param required: the people whose keys have to be in it.
    :param allowed: the names of the people whose keys may be in it.
    """
    entries = [] if is_blank(key_list.entries) else key_list.entries
    if not isinstance(entries, list):
        note = f"it is stored as {type_name(entries)}, not as a list"
        failed = [Event(person.name, FAILED, key_list.path, None, note) for person in required]
        return Revision(None, failed, [])
    return _Revising(key_list.path, entries, allowed, rules).run(required)


class _Revising:
    """One list on its way to what it is to hold."""

    def __init__(self, path: str, entries: list[Any], allowed: set[str], rules: Rules) -> None:
        self._path = path
        self._before = entries
        self._allowed = allowed
        self._rules = rules
        self._lines: list[_Line] = []
        self._events: list[Event] = []
        self._unknown: dict[tuple[str, str], str] = {}
        self._unclear = ""

    def run(self, required: Sequence[Person]) -> Revision:
        for entry in self._before:
            self._take(entry, _key(entry))
        for name in {line.old_key_of: None for line in self._lines if line.old_key_of}:
            self._put_in_place(name)
        self._lines = [line for line in self._lines if not line.old_key_of]
        for person in required:
            for key in person.keys:
                self._require(person, key)
        after = [line.value for line in self._lines]
        return Revision(
            entries=after if after != self._before else None,
            events=list(dict.fromkeys(self._events)),
            unknown=[(label, identity) for identity, label in self._unknown.items()],
            unclear=self._unclear,
            loses_last=_loses_last(self._before, after),
        )

    def _take(self, entry: Any, key: PublicKey | None) -> None:
        """One stored entry: it stays, or it goes, or it makes room for what follows upon it."""
        line = _Line(entry, key)
        owner, leaving = (
            self._rules.owners.get(key.identity, (None, False)) if key else (None, False)
        )
        if key is None or owner is None:
            if key is not None and not key.disabled:
                self._unknown.setdefault(key.identity, key.label())
            self._lines.append(line)
        elif leaving:
            self._tell(owner, REMOVED, key)
            if owner.state == PRESENT and not key.disabled and self._stays(owner):
                line.old_key_of = owner.name
                self._lines.append(line)
        elif owner.name in self._allowed:
            self._lines.append(line)
            if not key.disabled:
                self._tell(owner, KEPT, key, _with_options(key))
        elif self._rules.remove_elsewhere:
            self._tell(owner, REMOVED, key, "not let in here")
        else:
            self._lines.append(line)
            if not key.disabled:
                self._tell(owner, ELSEWHERE, key)

    def _stays(self, owner: Person) -> bool:
        return owner.name in self._allowed or not self._rules.remove_elsewhere

    def _put_in_place(self, name: str) -> None:
        """A person's new keys in the place of the old ones, with the options of these."""
        old = [line for line in self._lines if line.old_key_of == name]
        owner = next(owner for owner, leaving in self._rules.owners.values() if owner.name == name)
        granted = {line.live for line in self._lines}
        options = {line.key.options for line in old if line.key is not None}
        place = self._lines.index(old[0])
        for key in owner.keys:
            if key.identity in granted:
                continue
            if not key.options and len(options) > 1:
                self._unclear = (
                    f"the old keys of {name} in {self._path} have different options, so that it cannot be "
                    f"told which of them {key.label()} is to have. Write the options before the key."
                )
                return
            inherited = "" if key.options else next(iter(options))
            new = stored_key(key.line(key.options or inherited))
            self._lines.insert(place, _Line(key.line(key.options or inherited), new))
            place += 1
            note = "with the options of the old key" if inherited else ""
            self._tell(owner, ADDED, key, note)

    def _require(self, person: Person, key: PublicKey) -> None:
        """The key is in the list, as the data has it."""
        lines = [line for line in self._lines if line.live == key.identity]
        if not lines:
            self._add(person, key)
        elif key.options and all(line.key and line.key.options != key.options for line in lines):
            self._lines = [line for line in self._lines if line not in lines[1:]]
            lines[0].value, lines[0].key = key.line(), key
            self._forget(KEPT, person, key)
            self._tell(person, CHANGED, key, "its options are now those of the data")

    def _add(self, person: Person, key: PublicKey) -> None:
        new = _Line(key.line(), key)
        disabled = [line for line in self._lines if line.key and line.key.identity == key.identity]
        if disabled:
            # One line for one key: other tasks could not tell the two apart.
            place = self._lines.index(disabled[0])
            self._lines = [line for line in self._lines if line not in disabled]
            self._lines.insert(place, new)
            self._tell(person, ADDED, key, "it was commented out")
        else:
            self._lines.append(new)
            self._tell(person, ADDED, key)

    def _tell(self, person: Person, what: str, key: PublicKey, note: str = "") -> None:
        known = next(
            own for own in (*person.keys, *person.old_keys) if own.identity == key.identity
        )
        self._events.append(Event(person.name, what, self._path, known, note))

    def _forget(self, what: str, person: Person, key: PublicKey) -> None:
        self._events = [
            event
            for event in self._events
            if (event.person, event.what, event.key) != (person.name, what, key)
        ]


def _with_options(key: PublicKey) -> str:
    return f"with the options {key.shown_options()}" if key.options else ""


def _loses_last(before: Sequence[Any], after: Sequence[Any]) -> bool:
    """Whether the list let somebody in and does no longer, or held keys and holds none."""
    old, new = (
        [key for key in map(_key, side) if key and not key.disabled] for side in (before, after)
    )
    if any(key.lets_in for key in old):
        return not any(key.lets_in for key in new)
    return bool(old) and not new
