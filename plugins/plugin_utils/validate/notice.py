# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of a place in a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ERROR, WARNING = "error", "warning"

UNREADABLE, REFUSED, UNUSED = "unreadable", "refused", "unused-file"
FLOAT_VERSION, YAML_WORD, MIXED = "float-version", "yaml-word", "mixed-types"


@dataclass(frozen=True)
class Notice:
    """One thing that is wrong, or may be.

    :ivar file: its path, fit for a terminal.
    :ivar line: from 1; None where it is about the file as a whole.
    :ivar level: C(error) for what no task could store, C(warning) for a doubt.
    :ivar code: one of the words that C(docs/validation.md) lists.
    :ivar message: a sentence, or two.
    :ivar path: the place in the configuration, as people read it; empty where there is none.
    """

    file: str
    line: int | None
    level: str
    code: str
    message: str
    path: str = ""

    def shown(self) -> dict[str, Any]:
        """As the result holds it."""
        return {
            "file": self.file,
            "line": self.line,
            "level": self.level,
            "code": self.code,
            "message": self.message,
            "path": self.path or None,
        }


def in_order(notices: Iterable[Notice]) -> list[Notice]:
    """By file and line, each once: a slip in a file is one slip, for however many hosts the file speaks."""
    once = {
        (one.file, one.line, one.code, one.path or one.message): one
        for one in reversed(list(notices))
    }
    return sorted(once.values(), key=lambda one: (one.file, one.line or 0, one.code, one.path))


def summary(notices: Iterable[Notice], files: int) -> str:
    """How many there are, in a sentence; empty where there are none."""
    every = list(notices)
    if not every:
        return ""
    errors = sum(one.level == ERROR for one in every)
    counted = [_count(errors, "error")] if errors else []
    counted += [_count(len(every) - errors, "warning")] if len(every) > errors else []
    return (
        f"{' and '.join(counted)} in {_count(len({one.file for one in every}), 'file')} of {files}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
