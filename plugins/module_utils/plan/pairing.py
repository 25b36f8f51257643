# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The walk through a stored document beside what a configuration says: the part that all states share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from ..document.place import Place
from .draft import Draft

#: What is left of a value that goes.
GONE: Any = type("Gone", (), {"__slots__": ()})()


class Pairing(ABC):
    """Makes a document out of the stored one and another, and writes down each change.

    What does not change is the stored value itself, so that C(is) tells whether something did.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._meaning = draft.meaning

    def map(self, stored: dict[str, Any], other: dict[str, Any], place: Place) -> dict[str, Any]:
        """The map that is to be stored; the stored one itself where nothing changes."""
        result = stored
        for key in self._keys(stored, other):
            at = place.below(key)
            if key not in other:
                left = self._unnamed(stored[key], at)
            elif key in stored:
                left = self._value(stored[key], other[key], at)
            else:
                left = self._new(other[key], at)
            if left is stored.get(key, GONE):
                continue
            if result is stored:
                result = dict(stored)
            if left is GONE:
                self._draft.remove(at, stored[key])
                del result[key]
            else:
                result[key] = left
        return result

    def _keys(self, stored: dict[str, Any], other: dict[str, Any]) -> Iterable[str]:
        """The keys that are looked at, in the order in which their changes are told."""
        return other

    def _unnamed(self, stored: Any, place: Place) -> Any:
        """What is left of a value that only the stored map has."""
        return stored

    def _new(self, other: Any, place: Place) -> Any:
        """What is stored of a value that only the other map has."""
        self._draft.add(place, other)
        return other

    @abstractmethod
    def _value(self, stored: Any, other: Any, place: Place) -> Any:
        """What is left of a value that both have; the stored one itself where nothing changes."""


def unless_same(result: list[Any], stored: list[Any]) -> list[Any]:
    """The stored list itself where the result holds the very same entries."""
    same = len(result) == len(stored) and all(
        one is other for one, other in zip(result, stored, strict=True)
    )
    return stored if same else result
