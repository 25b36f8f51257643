# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The door of an operation: a task's checked options, a dictionary, become one typed and frozen value.

Each operation declares a dataclass beside its argument spec. A field is the option of the same name, or, by its
metadata, a group of options that several operations share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

Given = TypeVar("Given")

_GROUP, _SUBOPTIONS = "options", "suboptions"


def options(kind: type[Any]) -> Mapping[str, Any]:
    """A field's metadata: it is a group of options that stand side by side with the others."""
    return {_GROUP: kind}


def suboptions(kind: type[Any]) -> Mapping[str, Any]:
    """A field's metadata: it is one option, a dictionary, with options of its own."""
    return {_SUBOPTIONS: kind}


def taken(kind: type[Given], given: Mapping[str, Any]) -> Given:
    """The options as a value of the operation's kind; lists become tuples.

    :param kind: a dataclass whose every field is an option or a group of them.
    :param given: checked against the argument spec, so that each option is there; those of C(suboptions) need
        not be, and are then None.
    """
    build: Any = kind
    values: dict[str, Any] = {}
    for one in fields(build):
        if _GROUP in one.metadata:
            values[one.name] = taken(one.metadata[_GROUP], given)
        elif _SUBOPTIONS in one.metadata:
            inner = one.metadata[_SUBOPTIONS]
            some = given[one.name] or {}
            values[one.name] = taken(
                inner, {each.name: some.get(each.name) for each in fields(inner)}
            )
        else:
            value = given[one.name]
            values[one.name] = tuple(value) if isinstance(value, list) else value
    made: Given = build(**values)
    return made
