# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what the files say, and what is stored by now, to a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from ....module_utils.document.identity import CONTENTS, MEMBERS, Rule
from ....module_utils.document.masking import masked_key
from ....module_utils.document.place import Place
from ....module_utils.plan.matching import candidates
from ....module_utils.plan.origins import Origins
from .claim import NOTHING, Claim, Entries, Entry, Keys, Leaf, Member, Members
from .marks import Marks
from .telling_apart import (
    Known,
    fields_of,
    lines_in,
    marked_entry,
    marked_member,
    marked_words,
    member_identity,
)

# What each file says of a place, the most general first.
_Said: TypeAlias = Sequence[tuple[str, Any]]
_FOLDERS = ("clients", "groups", "hosts")


def claimed(
    config: dict[str, Any],
    stored: dict[str, Any],
    root: Place,
    marks: Marks,
    origins: Origins,
    former: Keys = NOTHING,
) -> Keys:
    """The claim on a host that holds what its files want.

    :param stored: what the host holds, or is about to.
    :param former: the claim before; what it says to be wholly ours stays so while it is named.
    """
    said = [(_within(layer.source), layer.content) for layer in origins.layers]
    keys, _whole = _Claiming(marks).map(config, stored, root, said, former.keys)
    return Keys(keys, ours=False)


def _within(source: str) -> str:
    """A file as its own folder knows it, from wherever a run was started: C(all.yml), C(groups/shops.yml)."""
    *_above, folder, name = ("", *source.split("/"))
    return f"{folder}/{name}" if folder in _FOLDERS else name


class _Claiming:
    """Each method returns a claim, and whether it is on all that is stored there."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def map(
        self,
        named: dict[str, Any],
        stored: dict[str, Any],
        place: Place,
        said: _Said,
        former: Mapping[str, Claim],
    ) -> tuple[dict[str, Claim], bool]:
        keys: dict[str, Claim] = {}
        whole = stored.keys() <= named.keys()
        for key, value in named.items():
            if key not in stored or masked_key(key, {}) != key:
                # A key that is a secret has no place in a record; what stands under it is not claimed.
                whole = False
                continue
            below = [
                (file, content[key])
                for file, content in said
                if isinstance(content, dict) and key in content
            ]
            keys[key], all_of_it = self._value(
                value, stored[key], place.below(key), below, former.get(key)
            )
            whole = whole and all_of_it
        return keys, whole

    def _value(
        self, named: Any, stored: Any, place: Place, said: _Said, former: Claim | None
    ) -> tuple[Claim, bool]:
        file = said[-1][0] if said else ""
        if not place.meaning.replaces(place):
            if isinstance(named, dict) and isinstance(stored, dict):
                before = former if isinstance(former, Keys) else Keys(ours=False)
                keys, whole = self.map(named, stored, place, said, before.keys)
                return Keys(keys, whole or before.ours), whole
            if isinstance(named, list) and isinstance(stored, list):
                rule = place.rule(stored, named)
                if rule.is_named:
                    return self._entries(named, stored, place, rule, said, former)
                if rule in (MEMBERS, CONTENTS):
                    return self._set(named, stored, place, rule, said, former)
            elif (
                isinstance(named, str)
                and isinstance(stored, str)
                and place.meaning.holds_words(place)
            ):
                return self._words(named, stored, place, said, former)
        return Leaf(self._marks.of(stored, place), file), True

    def _entries(
        self,
        named: list[Any],
        stored: list[Any],
        place: Place,
        rule: Rule,
        said: _Said,
        former: Claim | None,
    ) -> tuple[Claim, bool]:
        before = former if isinstance(former, Entries) else Entries((), ours=False)
        known = Known(before.entries)
        find = candidates(rule, stored, place)
        layers = [
            (file, content, candidates(rule, content, place))
            for file, content in said
            if isinstance(content, list)
        ]
        entries: list[Entry] = []
        all_of_them = len(named) == len(stored)
        for value in named:
            positions = find(value)
            if len(positions) != 1:
                # A plan would have refused it.
                all_of_them = False
                continue
            held = stored[positions[0]]
            at = place.entry(positions[0], held, rule)
            entry = marked_entry(held, at, rule, self._marks)
            was = known.same(entry)
            below = [
                (file, content[number])
                for file, content, of in layers
                for number in list(of(value))[:1]
            ]
            keys, whole = self.map(value, held, at, below, was.keys if was else {})
            all_of_them = all_of_them and whole
            ours = whole or bool(was and was.ours)
            file = below[-1][0] if below else ""
            entries.append(replace(entry, keys=keys, ours=ours, file=file))
        return Entries(fields_of(rule), tuple(entries), all_of_them or before.ours), all_of_them

    def _set(
        self,
        named: list[Any],
        stored: list[Any],
        place: Place,
        rule: Rule,
        said: _Said,
        former: Claim | None,
    ) -> tuple[Claim, bool]:
        def identity(value: Any) -> Any:
            return member_identity(value, place, rule)

        files = {
            identity(line): file
            for file, content in said
            if isinstance(content, list)
            for line in lines_in(content, place, rule)
        }
        wanted = {identity(line) for line in lines_in(named, place, rule)}
        members: list[Member] = []
        whole = True
        for line in lines_in(stored, place, rule):
            key = identity(line)
            if key in wanted:
                members.append(marked_member(line, place, rule, self._marks, files.get(key, "")))
            else:
                whole = False
        return Members(tuple(members), whole or _was_ours(former)), whole

    def _words(
        self, named: str, stored: str, place: Place, said: _Said, former: Claim | None
    ) -> tuple[Claim, bool]:
        def marked(text: str, file: str = "") -> dict[str, Member]:
            found = marked_words(text, place, self._marks, file)
            return {member.identity: member for _word, member in found}

        files = {
            identity: member
            for file, content in said
            if isinstance(content, str)
            for identity, member in marked(content, file).items()
        }
        wanted, held = marked(named), marked(stored)
        members = tuple(
            files.get(identity, member) for identity, member in held.items() if identity in wanted
        )
        whole = held.keys() <= wanted.keys()
        return Members(members, whole or _was_ours(former)), whole


def _was_ours(former: Claim | None) -> bool:
    return isinstance(former, Members) and former.ours
