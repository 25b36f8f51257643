# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Three sides held against each other: what was claimed, what the files name now, and what the platform holds.

What was claimed and is named no longer goes where the platform still holds what was applied. Where somebody else has
changed it, that is a conflict. What was never claimed is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ....module_utils.document.domains import without
from ....module_utils.document.identity import CONTENTS, MEMBERS, Rule
from ....module_utils.document.place import Place
from ....module_utils.plan.deleting import Deleting
from ....module_utils.plan.draft import Draft
from ....module_utils.plan.matching import candidates
from ....module_utils.plan.pairing import GONE, unless_same
from .claim import Claim, Entries, Entry, Keys, Leaf, Member, Members
from .marks import Marks
from .telling_apart import (
    Known,
    fields_of,
    lines_in,
    marked_member,
    marked_words,
    member_identity,
)

_CHANGED = "was changed since it was applied"
_UNKNOWN = "is a secret that was applied with another token, so that it cannot be told whether it was changed since"
_LAST_DOMAIN = "would lose its last domain"
_TWICE = "is there more than once"
_OTHERWISE = "is told apart in another way than when it was applied"
_MOST_SHOWN = 3


@dataclass(frozen=True)
class Conflict:
    """Something that was claimed, is named no longer, and cannot go without a loss of what somebody else wrote.

    :ivar path: as people read it.
    :ivar file: which one named it.
    """

    path: str
    why: str
    file: str

    def __str__(self) -> str:
        named = (
            f"{self.file} named it, and no file does any more"
            if self.file
            else "no file names it any more"
        )
        return f"{self.path} {self.why}; {named}"


class Pruning:
    """Takes out of a stored document what is claimed and named no longer.

    :param force: whether that is so for what is in conflict as well.
    :ivar conflicts: what was found to be in conflict.
    :ivar stays: paths of entries that stay although no file names them any more, as they were never wholly ours.
    """

    def __init__(self, draft: Draft, marks: Marks, *, force: bool) -> None:
        self._draft = draft
        self._marks = marks
        self._force = force
        self._deleting = Deleting(draft)
        self.conflicts: list[Conflict] = []
        self.stays: list[str] = []

    def map(
        self,
        stored: dict[str, Any],
        keys: Mapping[str, Claim],
        named: dict[str, Any],
        place: Place,
        kept: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """The map that is left; the stored one itself where nothing goes.

        :param kept: keys that an entry is known by, which never go by themselves.
        """
        result = stored
        for key, claim in keys.items():
            if key not in stored or key in kept:
                continue
            at = place.below(key)
            if key in named:
                left = self._named(stored[key], claim, named[key], at)
            else:
                left = self._unnamed(stored[key], claim, at)
            if left is stored[key]:
                continue
            if result is stored:
                result = dict(stored)
            if left is GONE:
                self._draft.remove(at, stored[key])
                del result[key]
            else:
                result[key] = left
        return result

    def _named(self, stored: Any, claim: Claim, named: Any, place: Place) -> Any:
        """What is left of a value that is still named: parts of it may not be."""
        if place.meaning.replaces(place):
            return stored
        if isinstance(stored, dict) and isinstance(named, dict) and isinstance(claim, Keys):
            return self.map(stored, claim.keys, named, place)
        if isinstance(stored, list) and isinstance(named, list):
            if isinstance(claim, Entries):
                return self._entries(stored, claim, named, place)
            if isinstance(claim, Members):
                return self._set(stored, claim, named, place)
        if isinstance(stored, str) and isinstance(named, str) and isinstance(claim, Members):
            return self._words(stored, claim, named, place)
        return stored

    def _unnamed(self, stored: Any, claim: Claim, place: Place) -> Any:
        if isinstance(claim, Leaf):
            fits = self._marks.fits(claim.mark, stored, place)
            return GONE if fits else self._conflict(stored, place, _told(fits), claim.file)
        # What is empty stays so: a plan that is made anew over what this one leaves must find nothing more to do.
        if (
            stored
            and claim.ours
            and not self._is_last_domain(place)
            and not any(self._odd(stored, claim, place))
        ):
            return GONE
        nothing: dict[type, Any] = {dict: {}, list: [], str: ""}
        if isinstance(stored, tuple(nothing)) and _fits_kind(stored, claim, place):
            return self._named(stored, claim, nothing[type(stored)], place)
        return self._conflict(stored, place, _CHANGED, _file_of(claim))

    def _conflict(self, stored: Any, place: Place, why: str, file: str) -> Any:
        self.conflicts.append(Conflict(str(place), why, file))
        return GONE if self._force else stored

    # Lists of named things

    def _entries(
        self, stored: list[Any], claim: Entries, named: list[Any], place: Place
    ) -> list[Any]:
        if not claim.entries:
            return stored
        rule = place.rule(stored, named)
        if fields_of(rule) != claim.by:
            self._conflict(stored, place, _OTHERWISE, _file_of(claim))
            return stored
        find = candidates(rule, named, place)
        result, gone = list(stored), set()
        for position, at, entry in self._ours(stored, claim, place, rule):
            if entry is None:
                continue
            value = stored[position]
            said = find(value)
            if said:
                kept = (rule.field,)
                left = self.map(value, entry.keys, named[said[0]], at, kept)
            else:
                left = self._unnamed_entry(value, entry, at, rule)
            if left is GONE:
                self._draft.remove(at, value)
                gone.add(position)
            else:
                result[position] = left
        kept_entries = [value for position, value in enumerate(result) if position not in gone]
        return unless_same(kept_entries, stored)

    def _ours(
        self, stored: list[Any], claim: Entries, place: Place, rule: Rule
    ) -> Iterator[tuple[int, Place, Entry | None]]:
        """Each stored entry, with the claim on it; without one where nobody has claimed it, or it is ambiguous."""
        known = Known(claim.entries)
        found: list[tuple[int, Place, Entry | None]] = []
        for position, value in enumerate(stored):
            at = place.entry(position, value, rule)
            found.append((position, at, known.of(value, at, rule, self._marks)))
        times = Counter(id(entry) for _position, _at, entry in found if entry is not None)
        for position, at, entry in found:
            if entry is not None and times[id(entry)] > 1:
                self._conflict(None, at, _TWICE, entry.file)
                entry = None
            yield position, at, entry

    def _unnamed_entry(self, stored: dict[str, Any], claim: Entry, place: Place, rule: Rule) -> Any:
        if not claim.ours:
            # It was there before, or is somebody else's as well: only what was named of it goes, and not what it was
            # found by. A site that no file speaks of any more is served under the names that it had.
            self.stays.append(str(place))
            return self.map(stored, claim.keys, {}, place, fields_of(rule))
        odd = list(self._odd_keys(stored, claim.keys, place))
        if not odd:
            return GONE
        more = f" and {len(odd) - _MOST_SHOWN} more" if len(odd) > _MOST_SHOWN else ""
        told = f"holds what is not the repository's ({'; '.join(odd[:_MOST_SHOWN])}{more})"
        return self._conflict(stored, place, told, claim.file)

    # Sets

    def _set(self, stored: list[Any], claim: Members, named: list[Any], place: Place) -> list[Any]:
        if not claim.members:
            return stored
        rule = place.rule(stored, named)
        if rule not in (MEMBERS, CONTENTS):
            self._conflict(stored, place, _OTHERWISE, _file_of(claim))
            return stored
        wanted = {member_identity(line, place, rule) for line in lines_in(named, place, rule)}
        members = {one.identity: one for one in claim.members}
        going: list[Any] = []
        for line in lines_in(stored, place, rule):
            if member_identity(line, place, rule) in wanted:
                continue
            claimed = self._claimed_member(line, members, place, rule)
            if claimed is None:
                continue
            at = place.entry(0, line, rule)
            fits = self._marks.fits(claimed.mark, line, at)
            if fits or self._conflict(line, at, _told(fits), claimed.file) is GONE:
                going.append(line)
        return self._deleting.entries_left(stored, going, place)

    def _claimed_member(
        self, line: Any, members: Mapping[str, Member], place: Place, rule: Rule
    ) -> Member | None:
        return members.get(marked_member(line, place, rule, self._marks).identity)

    # Words

    def _words(self, stored: str, claim: Members, named: str, place: Place) -> Any:
        wanted = {member.identity for _word, member in marked_words(named, place, self._marks)}
        ours = {member.identity: member for member in claim.members}
        going = [
            (word, ours[member.identity])
            for word, member in marked_words(stored, place, self._marks)
            if member.identity in ours and member.identity not in wanted
        ]
        if not going:
            return stored
        rest = without(stored, " ".join(word for word, _member in going))
        if rest:
            self._draft.change(place, stored, rest)
            return rest
        if self._is_last_domain(place):
            return self._conflict(stored, place, _LAST_DOMAIN, going[0][1].file)
        return GONE

    def _is_last_domain(self, place: Place) -> bool:
        """Whether without what stands here an entry that stays would serve no domain."""
        entry = place.parent
        return entry is not None and entry.is_entry and entry.rule_of_list.domains == place.key

    # What is not ours, or not as it was applied

    def _odd(self, stored: Any, claim: Claim, place: Place) -> Iterator[str]:
        if isinstance(claim, Leaf):
            fits = self._marks.fits(claim.mark, stored, place)
            if not fits:
                yield f"{place} {_told(fits)}"
        elif not _fits_kind(stored, claim, place):
            yield f"{place} {_CHANGED}"
        elif isinstance(claim, Keys):
            yield from self._odd_keys(stored, claim.keys, place)
        elif isinstance(claim, Entries):
            yield from self._odd_entries(stored, claim, place)
        elif isinstance(stored, str):
            ours = {member.identity for member in claim.members}
            for _word, member in marked_words(stored, place, self._marks):
                if member.identity not in ours:
                    yield f"{place}: {member.name} was never named"
        else:
            yield from self._odd_members(stored, claim, place)

    def _odd_keys(
        self, stored: dict[str, Any], keys: Mapping[str, Claim], place: Place
    ) -> Iterator[str]:
        for key, value in stored.items():
            at = place.below(key)
            if key in keys:
                yield from self._odd(value, keys[key], at)
            else:
                yield f"{at} was never named"

    def _odd_entries(self, stored: list[Any], claim: Entries, place: Place) -> Iterator[str]:
        rule = place.rule(stored)
        if stored and fields_of(rule) != claim.by:
            yield f"{place} {_OTHERWISE}"
            return
        known = Known(claim.entries)
        for position, value in enumerate(stored):
            at = place.entry(position, value, rule)
            entry = known.of(value, at, rule, self._marks)
            if entry is None:
                yield f"{at} was never named"
            else:
                yield from self._odd_keys(value, entry.keys, at)

    def _odd_members(self, stored: list[Any], claim: Members, place: Place) -> Iterator[str]:
        rule = place.rule(stored)
        if rule not in (MEMBERS, CONTENTS):
            yield f"{place} {_OTHERWISE}"
            return
        members = {one.identity: one for one in claim.members}
        for line in lines_in(stored, place, rule):
            at = place.entry(0, line, rule)
            claimed = self._claimed_member(line, members, place, rule)
            if claimed is None:
                yield f"{at} was never named"
            elif not (fits := self._marks.fits(claimed.mark, line, at)):
                yield f"{at} {_told(fits)}"


def _told(fits: bool | None) -> str:
    return _UNKNOWN if fits is None else _CHANGED


def _fits_kind(stored: Any, claim: Claim, place: Place) -> bool:
    if isinstance(claim, Keys):
        return isinstance(stored, dict)
    if isinstance(claim, Entries):
        return isinstance(stored, list)
    return isinstance(stored, list) or (
        isinstance(stored, str) and place.meaning.holds_words(place)
    )


def _file_of(claim: Claim) -> str:
    """The first file that has named something of it."""
    if isinstance(claim, (Leaf, Entry)):
        return claim.file
    parts: Any = ()
    if isinstance(claim, Keys):
        parts = map(_file_of, claim.keys.values())
    elif isinstance(claim, Entries):
        parts = (entry.file for entry in claim.entries)
    else:
        parts = (member.file for member in claim.members)
    return next(filter(None, parts), "")
