# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of variables as parts of keys, exact to the type and the mark, and copies of results.

`True`, `1`, `1.0` and `"1"` are different inputs of an expression, as are a text that Ansible trusts and the
same text from elsewhere. Only types that are known here and in `marks` take part; a value of any other makes
the host's evaluation one of its own.
"""

from __future__ import annotations

# Subclasses are other kinds of values here, so that isinstance() would be wrong.
# pylint: disable=unidiomatic-typecheck
import hashlib
from collections.abc import Hashable, Mapping
from types import NoneType
from typing import Any, Protocol

from .expression import OVERRIDES_HEADER, TEMPLATE_MARKERS, Path

_MISSING_VARIABLE = ("missing variable",)

_LONGEST_TEXT = 128  # characters; longer ones are kept as a digest
_MOST_NODES = 5000  # of one value; reading more takes longer than what it may save
_MOST_NODES_KEPT = 24  # larger values are kept as a digest
_DEEPEST = 60


class NotShareable(Exception):
    """A value that cannot be part of a key: of an unknown type, a template, or too large."""


class Marks(Protocol):
    """What one generation of ansible-core attaches to values."""

    def scalar(self, value: Any) -> Hashable:
        """Return the key of a scalar that is not of one of Python's own types, or raise `NotShareable`."""

    def container(self, value: Any) -> tuple[Hashable, type]:
        """Return the key of a marked container's marks, and `list` or `dict`, or raise `NotShareable`."""

    def is_scalar(self, value: Any) -> bool:
        """Tell whether a value that is not of one of Python's own types is a scalar that is known."""

    def of_variable(self, value: Any) -> Hashable:
        """Return what naming a variable brings into a result, whichever part of it is used.

        Raise `NotShareable` if naming it does more than that.
        """


def may_be_template(text: str) -> bool:
    """Tell whether Ansible would render this text if it trusted it."""
    return ("{" in text and any(marker in text for marker in TEMPLATE_MARKERS)) or text.startswith(
        OVERRIDES_HEADER
    )


def scalar_key(value: Any, marks: Marks) -> Hashable:
    """Return the key of a value that is not a list or a dictionary, or raise `NotShareable`."""
    kind = type(value)
    if kind is str:
        return text_key(value)
    if kind is int or kind is bool or kind is NoneType:
        return (kind, value)
    if kind is float:
        return (kind, repr(value))  # 0.0 equals -0.0, and nan equals nothing
    return marks.scalar(value)


def text_key(text: str) -> Hashable:
    """Return the text, or a digest of a long one."""
    if len(text) <= _LONGEST_TEXT:
        return text
    return ("digest", len(text), _digest(text))


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).digest()


class _ContainerReader:
    """Builds the key of one list or dictionary."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self.nodes = 0

    def key(self, value: Any, depth: int = 0) -> Hashable:
        kind = type(value)
        head: Any = kind  # a hashable
        if kind is not dict and kind is not list:
            if not isinstance(value, (dict, list)):
                return scalar_key(value, self._marks)
            head, kind = self._marks.container(value)
        self.nodes += len(value) + 1
        if self.nodes > _MOST_NODES or depth > _DEEPEST:
            raise NotShareable("it is too large")
        if kind is list:
            return (head, *[self.key(item, depth + 1) for item in value])
        parts: list[Hashable] = [head]
        for name, item in value.items():
            parts.append(scalar_key(name, self._marks))
            parts.append(self.key(item, depth + 1))
        return tuple(parts)


def key_of(value: Any, marks: Marks) -> Hashable:
    """Return a hashable that is equal for values that no expression can tell apart, and small."""
    if not isinstance(value, (dict, list)):
        return scalar_key(value, marks)
    reader = _ContainerReader(marks)
    key = reader.key(value)
    if reader.nodes > _MOST_NODES_KEPT:
        return ("digest", _digest(repr(key)))
    return key


def key_at(path: Path, variables: Mapping[str, Any], marks: Marks, shows_missing: bool) -> Hashable:
    """Return the key of what a path leads to, or of the place at which it ends early.

    What is missing is told from what is there by a key of its own. With `shows_missing`, all of the container
    that it is missing from becomes part of the key.
    """
    try:
        value = variables[path.name]
    except KeyError:
        return _MISSING_VARIABLE
    for position, step in enumerate(path.steps):
        kind = type(value)
        if kind is not dict and kind is not list and isinstance(value, (dict, list)):
            kind = marks.container(value)[1]
        if kind is dict:
            if step in value:
                value = value[step]
                continue
        elif kind is list and type(step) is int:
            if step < len(value):
                value = value[step]
                continue
        else:
            if isinstance(step, str) and hasattr(value, step):
                raise NotShareable(
                    "a method is used as a value"
                )  # which is written with its address
            return ("ended", position, key_of(value, marks))
        if shows_missing:
            return ("ended", position, key_of(value, marks))
        return ("missing", position, type(value))
    return key_of(value, marks)


def can_be_copied(value: Any, marks: Marks, depth: int = 0) -> bool:
    """Tell whether `copy_of` gives a value that differs from this one in nothing but identity."""
    if not isinstance(value, (dict, list)):
        return type(value) in (str, int, bool, float, NoneType) or marks.is_scalar(value)
    if depth > _DEEPEST:
        return False
    if type(value) not in (dict, list):
        try:
            marks.container(value)
        except NotShareable:
            return False
    items = [*value, *value.values()] if isinstance(value, dict) else value
    return all(can_be_copied(item, marks, depth + 1) for item in items)


def copy_of(value: Any) -> Any:
    """Copy the containers of a value, so that hosts do not share what can be changed."""
    copied: Any
    if isinstance(value, dict):
        copied = value.copy()
        for name, item in value.items():
            if isinstance(item, (dict, list)):
                copied[name] = copy_of(item)
        return copied
    if isinstance(value, list):
        copied = value.copy()
        for position, item in enumerate(value):
            if isinstance(item, (dict, list)):
                copied[position] = copy_of(item)
        return copied
    return value
