# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a walk through a document is, and what is known of that place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from ..text.secret_text import MASK
from .equality import is_container
from .identity import MEMBERS, Rule, label, name_of, naming_field
from .meaning import Meaning
from .paths import Item, Path, Step, render
from .schema import Key


class Place:
    """A place in a document, reached step by step from its root (C(Place.root_of)).

    What costs time is worked out where it is asked for: most places of most walks never need a path.

    :ivar key: the key that this place, or the list that it is an entry of, stands under; empty at the root.
    :ivar within: the key above that one; empty at the top of the document.
    :ivar known: what the schema knows of the key; None if nothing is.
    :ivar secret: whether what stands here is secret.
    :ivar content: of the place of an entry: the entry.
    :ivar depth: how many steps it is from the root.
    """

    __slots__ = (
        *("_path", "_rule", "_siblings", "_step"),
        *("content", "depth", "key", "known", "meaning", "parent", "secret", "within"),
    )

    content: Any
    _rule: Rule | None
    _siblings: Sequence[Any]

    def __init__(
        self,
        meaning: Meaning,
        parent: Place | None,
        step: Step | int,
        key: str,
        within: str,
        known: Key | None,
        secret: bool,
    ) -> None:
        self.meaning = meaning
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self._step: Step | int = step
        self.key = key
        self.within = within
        self.known = known
        self.secret = secret
        self._path: Path | None = None

    @classmethod
    def root_of(cls, meaning: Meaning) -> Place:
        """The place at which documents begin."""
        return cls(meaning, None, "", "", "", None, False)

    def below(self, key: str) -> Place:
        """The place under a key of the map that stands here."""
        known, hidden = self.meaning.about(key, self.key)
        place = Place(self.meaning, self, key, key, self.key, known, self.secret or hidden)
        if self.meaning.marks_places and not place.secret:
            place.secret = self.meaning.marks(place)
        return place

    def entry(self, index: int, entry: Any, rule: Rule | None = None) -> Place:
        """The place of one entry of the list that stands here.

        :param rule: how the list is read; without it, by what it has in this one entry.
        """
        return self._of(index, entry, rule, (entry,))

    def entries(self, entries: Sequence[Any], rule: Rule | None = None) -> list[Place]:
        """The places of all entries of the list that stands here."""
        return [self._of(index, entry, rule, entries) for index, entry in enumerate(entries)]

    def _of(self, index: int, entry: Any, rule: Rule | None, siblings: Sequence[Any]) -> Place:
        place = Place(self.meaning, self, index, self.key, self.within, self.known, self.secret)
        place.content, place._rule, place._siblings = entry, rule, siblings
        if self.meaning.marks_places and not place.secret:
            place.secret = self.meaning.marks(place)
        return place

    def at(self, path: Path) -> Place:
        """The place at the end of a path that begins here."""
        place = self
        for step in path:
            if isinstance(step, str):
                place = place.below(step)
            else:
                place = Place(
                    self.meaning, place, step, place.key, place.within, place.known, place.secret
                )
                if self.meaning.marks_places and not place.secret:
                    place.secret = self.meaning.marks(place)
        return place

    @property
    def is_entry(self) -> bool:
        return not isinstance(self._step, str) and self.parent is not None

    @property
    def step(self) -> Step:
        """The last step to here; an entry is called by its identity as far as that is no secret."""
        if isinstance(self._step, int):
            self._step = self._item(self._step)
        return self._step

    @property
    def _list(self) -> Place:
        """The list that this is the place of an entry of; an entry has one."""
        return cast("Place", self.parent)

    @property
    def rule_of_list(self) -> Rule:
        """How the list is read that this is the place of an entry of."""
        if self._rule is None:
            self._rule = self._list.rule(self._siblings)
        return self._rule

    @property
    def path(self) -> Path:
        if self._path is None:
            self._path = () if self.parent is None else (*self.parent.path, self.step)
        return self._path

    @property
    def steps(self) -> tuple[str | int, ...]:
        """The keys and positions that lead here."""
        return tuple(
            step if isinstance(step, (str, int)) else step.index
            for step in (place._step for place in self.from_root())
        )

    def from_root(self) -> list[Place]:
        """The places that lead here, this one last, without the root."""
        places: list[Place] = []
        place: Place | None = self
        while place is not None and place.parent is not None:
            places.append(place)
            place = place.parent
        return places[::-1]

    def __str__(self) -> str:
        return render(self.path)

    def rule(self, *sides: Sequence[Any]) -> Rule:
        """How the list that stands here is to be read; C(sides) are its versions (stored, desired)."""
        return self.meaning.rule(self, *sides)

    def _item(self, index: int) -> Item:
        list_place, entry = self._list, self.content
        rule = self.rule_of_list
        if field := naming_field(entry, rule):
            hidden = list_place.secret or self.meaning.hides_name(list_place, index, field)
            shown = MASK if hidden else label(name_of(entry, field, rule))
            return Item(index, shown, (field,))
        if rule == MEMBERS and not is_container(entry):
            return Item(index, MASK if list_place.secret else label(entry))
        return Item(index)
