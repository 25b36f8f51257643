# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guard over secrets: nothing that a run printed, logged, cached or left behind holds one.

The simulator plants them (tokens, private keys, passwords), and marks them in such a way that a
part of one is known again too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from simulator.canaries import CANARY

#: How much of a find is shown: enough to look for it, not enough to be one.
SHOWN = 60


def guard_text(name: str, text: str) -> None:
    found = [f"{name}: {line}" for line in leaks(text)]
    if found:
        raise AssertionError("a secret got out:\n  " + "\n  ".join(found))


def guard_files(folder: Path, inputs: Iterable[Path]) -> None:
    """Fail the test if any file below the folder holds a secret, other than what the test wrote."""
    written = {path.resolve() for path in inputs}
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.resolve() in written:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [f"{path.relative_to(folder)}: {line}" for line in leaks(text)]
    if found:
        raise AssertionError("a secret was left behind:\n  " + "\n  ".join(found))


def leaks(text: str) -> Iterator[str]:
    """A piece of the text around each secret in it, with the secret cut short."""
    for match in CANARY.finditer(text):
        before = text[max(0, match.start() - SHOWN) : match.start()]
        yield " ".join(f"…{before}{match[0][:6]}[…]".split())
