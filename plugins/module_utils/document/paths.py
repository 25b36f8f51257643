# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places in a document, how they are written, and patterns of them.

A path is a tuple of steps. A step into a map is its key; a step into a list is an C(Item), which knows the
position and, where the entry has an identity, its name. C(system_users[prod].vhosts[shop].php_version) is::

    ("system_users", Item(0, "prod"), "vhosts", Item(2, "shop"), "php_version")
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ..text.escaping import escape
from ..text.secret_text import redact_text
from .errors import PlanError


@dataclass(frozen=True, slots=True)
class Item:
    """A step into a list.

    :ivar index: the position, from 0.
    :ivar label: what the entry is called, free of secrets; empty where it has no identity.
    :ivar fields: the entry's keys that the label was taken from.
    """

    index: int
    label: str = ""
    fields: tuple[str, ...] = ()


# As text: ansible-test reads module_utils as a Python would that knows no such unions at run time.
Step: TypeAlias = "str | Item"
Path: TypeAlias = "tuple[Step, ...]"

_LONGEST_LABEL = 80
_PLAIN_KEY = re.compile(r"[^\W\d][\w-]*")
_ODD_LABEL = re.compile(r"""^$|^[#"]|^\s|\s$|[][\\]""")


def render(path: Path) -> str:
    """The path as people read it: one line, unambiguous, without control characters or secrets.

    A key that is not a plain word is written as C(."odd key"), an entry without identity by its position
    as C([#3]). The document itself is C(the document).
    """
    text = "".join(_entry(step) if isinstance(step, Item) else _key(step) for step in path)
    return text.removeprefix(".") or "the document"


def _key(key: str) -> str:
    key = redact_text(key)
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f".{quoted(key)}"


def _entry(item: Item) -> str:
    if not item.label:
        return f"[#{item.index}]"
    label = redact_text(item.label)
    if len(label) > _LONGEST_LABEL:
        half = _LONGEST_LABEL // 2
        label = f"{label[:half]}…{label[-half:]}"
    if _ODD_LABEL.search(label) or escape(label) != label:
        return f"[{quoted(label)}]"
    return f"[{label}]"


def quoted(text: str) -> str:
    """The text as a JSON string on one line, in which nothing can drive a terminal."""
    plain = json.dumps(text, ensure_ascii=False)
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(c if escape(c) == c else _code(c) for c in plain)


def _code(character: str) -> str:
    return f"\\u{ord(character):04x}" if character == "\x7f" else json.dumps(character)[1:-1]


_QUOTED = r'"(?:[^"\\]|\\.)*"'
_SEGMENT = re.compile(
    rf"(?:^|\.)(?P<key>{_QUOTED}|[^.\[\]\"]+)|\[(?P<entry>{_QUOTED}|[^\[\]\"][^\[\]]*)\]", re.DOTALL
)


class Pattern:
    """A path with wildcards, as users write it.

    Steps are parted by dots or written in brackets. C(*) stands for any one step or any part of one, C(**)
    for any number of steps: C(system_users.*.vhosts), C(system_users[prod].vhosts), C(**.license_key). Text
    in double quotes is taken as it is: C(."odd.key").

    :ivar text: the pattern as it was written.
    :ivar weight: how exact it is; of two patterns that match, the heavier one counts.
    :raises PlanError: for text that is no pattern.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._steps: list[re.Pattern[str] | None] = []
        self.weight = 0
        end = 0
        while end < len(text):
            match = _SEGMENT.match(text, end)
            if match is None:
                raise _no_pattern(text)
            self._add(match["key"] or match["entry"])
            end = match.end()
        if not self._steps:
            raise _no_pattern(text)

    def _add(self, step: str) -> None:
        if step == "**":
            self._steps.append(None)
            return
        if step.startswith('"'):
            expression = re.escape(_unquoted(step, self.text))
        else:
            expression = re.escape(step).replace(r"\*", ".*")
        self._steps.append(re.compile(expression, re.DOTALL))
        self.weight += 1 if "*" in step else 2

    def matches(self, path: Path) -> bool:
        """Whether the pattern describes exactly this place."""
        reached = self._skip({0})
        for step in path:
            name = step if isinstance(step, str) else step.label or f"#{step.index}"
            following = set()
            for position in reached:
                if position == len(self._steps):
                    continue
                expression = self._steps[position]
                if expression is None:
                    following.add(position)
                elif expression.fullmatch(name):
                    following.add(position + 1)
            reached = self._skip(following)
            if not reached:
                return False
        return len(self._steps) in reached

    def _skip(self, reached: set[int]) -> set[int]:
        # "**" also stands for no step at all.
        for position in sorted(reached):
            following = position
            while following < len(self._steps) and self._steps[following] is None:
                following += 1
                reached.add(following)
        return reached


def heaviest(patterns: Sequence[Pattern], path: Path) -> Pattern | None:
    """The most exact of the patterns that match; of equally exact ones the last."""
    found: Pattern | None = None
    for pattern in patterns:
        if (found is None or pattern.weight >= found.weight) and pattern.matches(path):
            found = pattern
    return found


def _unquoted(text: str, pattern: str) -> str:
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        raise _no_pattern(pattern) from None


def _no_pattern(text: str) -> PlanError:
    return PlanError(
        f"{quoted(redact_text(text))} is not a path.",
        "Write it like system_users.*.vhosts or system_users[prod].vhosts; keys that hold dots, brackets "
        'or quotes go in double quotes: hooks."on.save".',
    )
