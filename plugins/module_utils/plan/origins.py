# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of several files says what a merged configuration holds at a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from ..document.place import Place
from .matching import candidates

Steps: TypeAlias = "tuple[str | int, ...]"


def _no_line(steps: Steps) -> int | None:
    return None


@dataclass(frozen=True)
class Origin:
    """Where something is said.

    :ivar line: from 1; None where nobody knows.
    """

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Layer:
    """A part of a desired configuration.

    :ivar source: where it comes from, as the user knows it; it stands before every message about it.
    :ivar content: what is to be a map.
    :ivar line: the line in which it says what stands at the end of keys and positions; None where nobody knows.
    """

    source: str
    content: Any = field(repr=False)
    line: Callable[[Steps], int | None] = field(default=_no_line, repr=False, compare=False)

    def said_at(self, steps: Steps) -> Origin | None:
        """Where it says what stands at the end of keys and positions; None where that is not known."""
        return Origin(self.source, self.line(steps))


@dataclass(frozen=True)
class Origins:
    """The layers of a merged configuration, from the most general to the most exact."""

    layers: tuple[Layer, ...] = ()

    def saying(self, place: Place) -> list[tuple[Origin | None, Any]]:
        """What each layer says at a place of the merged document, the most exact first; without those that do not.

        Places of entries are found by what tells entries apart, wherever in its list a file has them.
        """
        found = []
        for layer in reversed(self.layers):
            there = counterpart(layer.content, place)
            if there is not None:
                steps, value = there
                found.append((layer.said_at(steps), value))
        return found

    def of(self, place: Place) -> Origin | None:
        """The layer that has the last word at a place, or else about what is nearest above it."""
        at: Place | None = place
        while at is not None and at.parent is not None:
            if said := self.saying(at):
                return said[0][0]
            at = at.parent
        return None


#: Of a configuration that comes from no file.
NOWHERE = Origins()


def counterpart(document: Any, place: Place) -> tuple[Steps, Any] | None:
    """What another document holds at a place, with the keys and positions that lead there; None without it."""
    steps: list[str | int] = []
    value = document
    for at in place.from_root():
        step = _position(value, at) if at.is_entry else _key(value, at.key)
        if step is None:
            return None
        steps.append(step)
        value = value[step]
    return tuple(steps), value


def _key(value: Any, key: str) -> str | None:
    return key if isinstance(value, dict) and key in value else None


def _position(entries: Any, at: Place) -> int | None:
    if not isinstance(entries, list) or at.parent is None:
        return None
    return next(iter(candidates(at.rule_of_list, entries, at.parent)(at.content)), None)
