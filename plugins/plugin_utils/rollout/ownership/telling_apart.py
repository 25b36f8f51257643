# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tells the entries of lists, and the words of texts, apart, as marks that a claim can hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ....module_utils.document.domains import domains_in
from ....module_utils.document.equality import content_key
from ....module_utils.document.identity import CONTENTS, Rule, domains_of, field_key, label
from ....module_utils.document.masking import MASK, masked
from ....module_utils.document.members import member_key, members_of
from ....module_utils.document.paths import Item
from ....module_utils.document.place import Place
from .claim import Entry, Member
from .marks import Marks


def fields_of(rule: Rule) -> tuple[str, ...]:
    """The fields that a rule tells entries apart by, as a claim holds them."""
    return tuple(filter(None, (rule.field, rule.domains)))


def marked_entry(entry: dict[str, Any], place: Place, rule: Rule, marks: Marks) -> Entry:
    """An entry of a list of named things, without what it holds.

    :param place: of the entry.
    """
    name = field_key(entry, rule.field)
    mark = (
        marks.of_identity(name, entry[rule.field], place.below(rule.field))
        if name is not None
        else ""
    )
    at = place.below(rule.domains) if rule.domains else place
    domains = tuple(
        marks.of_identity(key, word, at)
        for key, word in (domains_of(entry, rule).items() if rule.domains else ())
    )
    step = place.step
    name_shown = step.label if isinstance(step, Item) else ""
    return Entry(MASK if marks.hides(name_shown) else name_shown, mark, domains)


class Known:
    """Finds the claim on an entry: by its name, or where one of the two has none by a domain."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_name: dict[str, Entry] = {}
        self._by_domain: dict[str, Entry] = {}
        for entry in entries:
            if entry.mark:
                self._by_name[entry.mark] = entry
            self._by_domain.update(dict.fromkeys(entry.domains, entry))

    def of(self, entry: Any, place: Place, rule: Rule, marks: Marks) -> Entry | None:
        """The claim on the entry that stands at a place; None where there is none."""
        return (
            self.same(marked_entry(entry, place, rule, marks)) if isinstance(entry, dict) else None
        )

    def same(self, marked: Entry) -> Entry | None:
        """The same of what an entry is known by."""
        if marked.mark in self._by_name:
            return self._by_name[marked.mark]
        alike = [self._by_domain[one] for one in marked.domains if one in self._by_domain]
        return next((one for one in alike if not (marked.mark and one.mark)), None)


def lines_in(values: Iterable[Any], place: Place, rule: Rule) -> list[Any]:
    """The members of a set: one for each line where an entry holds several."""
    if rule == CONTENTS:
        return list(values)
    holds = place.meaning.holds(place)
    return [line for value in values for line in members_of(value, holds)]


def marked_member(value: Any, place: Place, rule: Rule, marks: Marks, file: str = "") -> Member:
    """A member of the set that stands at a place."""
    at = place.entry(0, value, rule)
    mark = marks.of(value, at)
    if rule == CONTENTS:
        return Member("", mark, mark, file)
    holds = place.meaning.holds(place)
    name = MASK if at.secret or marks.hides(value) else label(value)
    return Member(name, marks.of_identity(member_key(value, holds), value, at), mark, file)


def marked_words(text: str, place: Place, marks: Marks, file: str = "") -> list[tuple[str, Member]]:
    """The words of a text, each as it is written, with what it is."""
    found = []
    for key, word in domains_in(text).items():
        mark = marks.of_identity(key, word, place)
        name = MASK if marks.hides(word) or marks.hides(text) else str(masked(word, place))
        found.append((word, Member(name, mark, mark, file)))
    return found


def member_identity(value: Any, place: Place, rule: Rule) -> Any:
    """What a member of a set is the same by."""
    return content_key(value) if rule == CONTENTS else member_key(value, place.meaning.holds(place))
