# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a plan changes, one change at a time, and how a list of changes is applied to a document."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..document.errors import PlanError
from ..document.masking import masked, masked_change
from ..document.paths import Item, Path, quoted
from ..document.place import Place
from ..document.showing import holds_certificates
from ..document.walk import rebuilt
from ..text.escaping import escape

ADD, CHANGE, REMOVE, ORDER = "add", "change", "remove", "order"

_LONGEST_VALUE = 60


@dataclass(frozen=True, repr=False, eq=False)
class Change:
    """One difference between two documents.

    Positions in the path are those in the document before the change; what is added to a list goes to its
    end. Equal changes mean the same path, operation and values.

    :ivar op: C(add), C(change), C(remove), or C(order): a list whose entries come in another order.
    :ivar before: the value before, None for C(add); for C(order) the entries' names. Not masked.
    :ivar after: the value after, None for C(remove); for C(order) the entries' names. Not masked.
    :ivar positions: for C(order): where each entry of the new order stood, counted after what is removed
        is gone and what is added is there.
    """

    place: Place
    op: str
    before: Any = None
    after: Any = None
    positions: tuple[int, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Change) and self._content() == other._content()

    __hash__ = None  # type: ignore[assignment]

    def _content(self) -> tuple[Any, ...]:
        return (self.path, self.op, self.before, self.after, self.positions)

    def __repr__(self) -> str:
        # Values, and keys that are secrets, must not get into a traceback.
        return f"Change({self.op} {self.place})"

    @property
    def path(self) -> Path:
        return self.place.path

    def shown(self) -> dict[str, Any]:
        """The change as a task returns it: C({"path", "op", "before", "after"}), masked and escaped."""
        before, after = self._masked()
        return {
            "path": str(self.place),
            "op": self.op,
            "before": _escaped(before),
            "after": _escaped(after),
        }

    def summary(self) -> str:
        """The change in one line, masked and fit for a terminal."""
        before, after = self._in_short()
        told = {
            ADD: f"added {after}",
            CHANGE: f"{before} → {after}",
            REMOVE: f"removed {before}",
            ORDER: f"reordered {before} → {after}",
        }
        return f"{self.place}: {told[self.op]}"

    def _in_short(self) -> tuple[str, str]:
        before, after = map(short, self._masked())
        if self.op == ORDER:
            return before, after
        return _told(self.before, self.place) or before, _told(self.after, self.place) or after

    def _masked(self) -> tuple[Any, Any]:
        if self.op == ORDER:
            return self.before, self.after
        return masked(self.before, self.place), masked_change(self.before, self.after, self.place)


def _told(value: Any, place: Place) -> str | None:
    """Certificates in a few words; None for anything else."""
    if not holds_certificates(value, place):
        return None
    # Loading what reads certificates takes as long as ten tasks that have none.
    from ..document.certificate_text import briefly

    return briefly(value)


def apply(document: dict[str, Any], changes: Iterable[Change]) -> dict[str, Any]:
    """The document after the changes; parts that no change touches are shared, the input stays as it is.

    :param document: the very document that the changes were made for.
    :raises PlanError: where a change does not fit the document.
    """
    root = Node.of(changes)
    try:
        result: dict[str, Any] = _applied(document, root)
    except (KeyError, IndexError, TypeError, AttributeError):
        raise PlanError(
            "The changes do not fit this document.",
            "They can only be applied to the one they were made for.",
        ) from None
    return result


class Node:
    """The changes at and below one place, found by their steps.

    :ivar place: the place, where changes lie below it.
    :ivar change: what happens to the value itself (C(add), C(change), C(remove)).
    :ivar order: what happens to the order of the list that stands here.
    :ivar below: by key or position, in the order of the changes.
    :ivar added: what is added to the list that stands here.
    """

    __slots__ = ("added", "below", "change", "order", "place")

    def __init__(self, place: Place | None = None) -> None:
        self.place = place
        self.change: Change | None = None
        self.order: Change | None = None
        self.below: dict[str | int, Node] = {}
        self.added: list[Change] = []

    @classmethod
    def of(cls, changes: Iterable[Change]) -> Node:
        root = cls()
        for change in changes:
            node = root
            *above, last = change.place.from_root()
            for place in above:
                node = node._child(place)
            if change.op == ADD and isinstance(last.step, Item):
                node.added.append(change)
            elif change.op == ORDER:
                node._child(last).order = change
            else:
                node._child(last).change = change
        return root

    def _child(self, place: Place) -> Node:
        step = place.step
        return self.below.setdefault(step.index if isinstance(step, Item) else step, Node(place))


def _applied(value: Any, node: Node) -> Any:
    if isinstance(value, list):
        return _applied_list(value, node)
    result = dict(value)
    for key, child in node.below.items():
        if child.change is None:
            result[str(key)] = _applied(value[key], child)
        elif child.change.op == REMOVE:
            del result[str(key)]
        else:
            result[str(key)] = child.change.after
    return result


def _applied_list(value: list[Any], node: Node) -> list[Any]:
    result = list(value)
    removed = set()
    for index, child in node.below.items():
        position = int(index)
        if child.change is None:
            result[position] = _applied(value[position], child)
        elif child.change.op == REMOVE:
            removed.add(position)
        else:
            result[position] = child.change.after
    if removed:
        result = [entry for position, entry in enumerate(result) if position not in removed]
    result += [change.after for change in node.added]
    if node.order is not None:
        result = [result[position] for position in node.order.positions]
    return result


def _escaped(value: Any) -> Any:
    """A copy in which no text can drive a terminal; line feeds stay."""
    return rebuilt(value, _escaped_text, _escaped_text)


def _escaped_text(value: Any) -> Any:
    return "\n".join(map(escape, value.split("\n"))) if isinstance(value, str) else value


def short(value: Any) -> str:
    """A value in one line, fit for a terminal.

    :param value: masked.
    """
    if isinstance(value, dict):
        return f"{{{len(value)} {'key' if len(value) == 1 else 'keys'}}}" if value else "{}"
    if isinstance(value, list):
        if value and all(isinstance(entry, str) for entry in value):
            return _cut(escape(f"[{', '.join(value)}]"))
        return f"[{len(value)} {'item' if len(value) == 1 else 'items'}]" if value else "[]"
    if hasattr(value, "literal"):
        return str(value.literal)
    return _cut(quoted(value) if isinstance(value, str) else json.dumps(value))


def _cut(text: str) -> str:
    # The end is where a public key has its comment, and a list of domains its latest one.
    half = _LONGEST_VALUE // 2
    return text if len(text) <= _LONGEST_VALUE else f"{text[:half]}…{text[-half:]}"
