# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions that fail where that is no error: counted, so that one warning tells of all hosts."""

from __future__ import annotations

from dataclasses import dataclass

from ansible.module_utils.common.text.converters import to_native


@dataclass(frozen=True)
class Failed:
    """Stands for the result of an expression that cannot be evaluated.

    Attributes:
        why: in Jinja's words.
    """

    why: str

    @classmethod
    def of(cls, error: Exception) -> Failed:
        """What an evaluation raised."""
        return cls(to_native(error))


@dataclass
class Failure:
    """How often an expression failed.

    Attributes:
        hosts: how many hosts it failed for.
        example: the first of them.
        why: what was said then.
    """

    hosts: int
    example: str
    why: str


class Failures:
    """Counts by expression; `where` is the place of one in the options, such as `compose: owner`."""

    def __init__(self) -> None:
        self.by_expression: dict[str, Failure] = {}

    def add(self, where: str, host: str, failed: Failed) -> None:
        """Note a failure."""
        known = self.by_expression.get(where)
        if known is None:
            self.by_expression[where] = Failure(1, host, failed.why)
        else:
            known.hosts += 1
