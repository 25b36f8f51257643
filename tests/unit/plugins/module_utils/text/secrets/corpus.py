# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts that secrets are looked for in: some that hold them, and lines that do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_MARKED = re.compile("«(.*?)»", re.DOTALL)
# Stands in the middle of what scanners of secrets would take for a real one.
_BREAK = "¦"
MASK = "********"


@dataclass(frozen=True)
class Text:
    """:ivar title: its language, and what it is, :ivar marked: the text with « » around its secrets."""

    title: str
    marked: str

    @property
    def plain(self) -> str:
        return self.marked.replace("«", "").replace("»", "")

    @property
    def secrets(self) -> list[str]:
        return _MARKED.findall(self.marked)

    @property
    def masked(self) -> str:
        return _MARKED.sub(MASK, self.marked)


def texts(name: str = "texts_with_secrets.txt") -> list[Text]:
    """The texts with secrets, in the order in which they stand in the file."""
    return [
        Text(title, "\n".join(lines).replace(_BREAK, "")) for title, lines in _parts(name).items()
    ]


def ordinary() -> dict[str, list[str]]:
    """The lines without secrets, below the name of what they come from."""
    return _parts("ordinary_lines.txt")


def _parts(name: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            title = line[3:]
            if title in parts:
                raise ValueError(f"{name} has two parts of the name {title}")
            lines = parts[title] = []
        elif lines is not None:
            lines.append(line)
    return parts
