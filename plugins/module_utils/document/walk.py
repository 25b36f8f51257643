# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one walk through a document: to visit what is in it, or to make something of it from the leaves up.

What a walk is for is a handler's subject: masking, admission, fingerprints, checks. A map's values are reached under
their keys, a list's entries one by one, both in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from .depth import check_end
from .place import Place

Made = TypeVar("Made")

#: Where a second document has nothing at a place.
ABSENT: Any = type("Absent", (), {"__slots__": ()})()
_NOTHING: Mapping[str, Any] = {}


class Handler(Generic[Made]):
    """What is made of each value; a handler overrides what it has to say about.

    C(beside) is what stands at the same keys and positions of a second document; C(ABSENT) without one, and
    where that document has nothing there.
    """

    def keys(self, value: dict[str, Any], place: Place) -> Iterable[str]:
        """The order in which a map's values are reached."""
        return value

    def prepared(self, value: Any, place: Place) -> Any:
        """A value before it is looked into."""
        return value

    def map(self, children: list[tuple[str, Made]], place: Place) -> Made:
        raise NotImplementedError

    def list(self, children: list[Made], place: Place) -> Made:
        raise NotImplementedError

    def scalar(self, value: Any, place: Place, beside: Any) -> Made:
        raise NotImplementedError


def fold(value: Any, place: Place, handler: Handler[Made], beside: Any = ABSENT) -> Made:
    """What the handler makes of a value out of what it made of all that the value contains."""
    value = handler.prepared(value, place)
    if isinstance(value, dict):
        below = place.below
        others = beside if isinstance(beside, dict) else _NOTHING
        made = [
            (key, fold(value[key], below(key), handler, others.get(key, ABSENT)))
            for key in handler.keys(value, place)
        ]
        return handler.map(made, place)
    if isinstance(value, (list, tuple)):
        present = len(beside) if isinstance(beside, list) else 0
        entries = [
            fold(entry, at, handler, beside[index] if index < present else ABSENT)
            for index, (entry, at) in enumerate(zip(value, place.entries(value), strict=True))
        ]
        return handler.list(entries, place)
    return handler.scalar(value, place, beside)


def visit(
    value: Any, place: Place, enter: Callable[[Place, Any], bool] | None = None
) -> Iterator[tuple[Place, Any]]:
    """Each value with its place; a container comes before what it holds.

    :param enter: whether a container is looked into; every one is without it.
    :raises PlanError: for nesting without end.
    """
    pending = [(place, value)]
    while pending:
        place, value = pending.pop()
        check_end(place.depth)
        yield place, value
        if enter is not None and not enter(place, value):
            continue
        if isinstance(value, dict):
            pending += reversed([(place.below(key), child) for key, child in value.items()])
        elif isinstance(value, (list, tuple)):
            pending += reversed(list(zip(place.entries(value), value, strict=True)))


def visit_both(one: Any, other: Any, place: Place) -> Iterator[tuple[Place, Any, Any]]:
    """Each value that is in both documents at the same keys and positions; lists of other lengths are not entered.

    :raises PlanError: for nesting without end.
    """
    pending = [(place, one, other)]
    while pending:
        place, one, other = pending.pop()
        check_end(place.depth)
        yield place, one, other
        if isinstance(one, dict) and isinstance(other, dict):
            pending += reversed(
                [(place.below(key), one[key], other[key]) for key in one if key in other]
            )
        elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
            pending += reversed(list(zip(place.entries(one), one, other, strict=True)))


def texts(value: Any) -> Iterator[str]:
    """Each text that a value holds, keys as well, wherever it stands."""
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            pending += value
            pending += value.values()
        elif isinstance(value, (list, tuple)):
            pending += value


def scalar_texts(value: Any) -> Iterator[str]:
    """Each text and number that a value holds, wherever it stands, as text; no keys."""
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, Mapping):
            pending += value.values()
        elif isinstance(value, (list, tuple)):
            pending += value
        elif value is not None and not isinstance(value, bool):
            yield value if isinstance(value, str) else str(getattr(value, "literal", value))


def rebuilt(value: Any, scalar: Callable[[Any], Any], key: Callable[[str], str] = str) -> Any:
    """A copy in which each scalar is what a function makes of it, wherever it stands."""
    if isinstance(value, dict):
        return {key(name): rebuilt(child, scalar, key) for name, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [rebuilt(entry, scalar, key) for entry in value]
    return scalar(value)
