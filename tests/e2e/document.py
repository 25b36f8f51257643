# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a document has a reader do: files to write, and commands to give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = re.compile(r"(?ms)^```(?P<language>\w+)\n(?P<text>.*?)^```$")
_FILE = re.compile(r"# (?P<name>[\w./@-]+\.\w+)\n")
#: The reader's own token, and whatever else is the reader's to say.
_OWN = re.compile(r"export \w+=(…|\.\.\.)$")


@dataclass(frozen=True)
class File:
    """A block that begins with the name of a file, as a comment."""

    name: str
    content: str


@dataclass(frozen=True)
class Command:
    """A command, and the lines of its output that the document shows."""

    line: str
    shown: tuple[str, ...]


def read(text: str) -> Iterator[File | Command]:
    """The parts in their order; without the exports that are the reader's to fill in."""
    for block in _BLOCK.finditer(text):
        if block["language"] == "console":
            yield from _commands(block["text"])
        elif named := _FILE.match(block["text"]):
            yield File(named["name"], block["text"])


def commands(text: str) -> Iterator[Command]:
    """The commands alone; a script counts as one."""
    yield from (part for part in read(text) if isinstance(part, Command))
    for block in _BLOCK.finditer(text):
        if block["language"] in ("sh", "bash", "shell"):
            yield Command(block["text"], ())


def _commands(text: str) -> Iterator[Command]:
    for part in re.split(r"(?m)^\$ ", text)[1:]:
        line, *shown = part.replace("\\\n", " ").splitlines()
        if not _OWN.match(line):
            yield Command(line, tuple(one.strip() for one in shown if one.strip()))
