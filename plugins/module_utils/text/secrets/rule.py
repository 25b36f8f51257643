# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rule is that tells a secret by its looks, and how a table of rules is gone through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

Span = tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """One kind of secret.

    :ivar name: what people call it.
    :ivar example: a text that holds one, which stands between C(«) and C(»).
    :ivar expression: what finds it; C(^) and C($) are the ends of a line. The groups are what is secret; without a
        group all of the match is. Nothing in it may be read in more than one way: a text is gone through once.
    :ivar hints: one of these stands in every text that the expression matches, once that is in lower case.
    :ivar is_secret: asked of what was found, where the expression alone can't tell.
    """

    name: str
    example: str
    expression: str
    hints: tuple[str, ...]
    is_secret: Callable[[str], bool] | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when a text first asks for it: most are never asked, and to make them all takes longer than a task."""
        return re.compile(self.expression, re.MULTILINE)

    def spans(self, text: str) -> Iterator[Span]:
        """Where the secrets stand."""
        for match in self.pattern.finditer(text):
            for group in range(1, len(match.groups()) + 1) if match.groups() else (0,):
                start, end = match.span(group)
                if start < end and (self.is_secret is None or self.is_secret(text[start:end])):
                    yield start, end


def rule(
    name: str,
    example: str,
    expression: str,
    *hints: str,
    is_secret: Callable[[str], bool] | None = None,
) -> Rule:
    """A rule of a table."""
    return Rule(name, example, expression, hints, is_secret)


class Table:
    """Rules, asked only where a hint says that one of them may find something."""

    def __init__(self, *tables: Sequence[Rule]) -> None:
        by_hint: dict[str, list[Rule]] = {}
        for each in tables:
            for entry in each:
                for hint in entry.hints:
                    by_hint.setdefault(hint, []).append(entry)
        self._by_hint = [(hint, tuple(rules)) for hint, rules in by_hint.items()]

    @property
    def hints(self) -> list[str]:
        """All of them."""
        return [hint for hint, _rules in self._by_hint]

    def for_text(self, lowered: str) -> dict[Rule, None]:
        """The rules, in their order, that a text in lower case has a hint for."""
        found: dict[Rule, None] = {}
        for hint, rules in self._by_hint:
            if hint in lowered:
                found.update(dict.fromkeys(rules))
        return found
