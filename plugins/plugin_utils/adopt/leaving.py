# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was left out of the files of an adopted fleet, by name, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ...module_utils.text.escaping import escape
from .sayable import LeftOut

_NAMED = 10


@dataclass(frozen=True)
class LeftHost:
    """A host of which no file says anything.

    :ivar reason: a sentence, without secrets.
    """

    id: int
    name: str
    reason: str

    def __str__(self) -> str:
        return f"{_called(self.name, self.id)}: {escape(self.reason)}"

    def shown(self) -> dict[str, Any]:
        name, reason = escape(self.name), escape(self.reason)
        return {"id": self.id, "name": name, "path": "", "reason": reason}


@dataclass(frozen=True)
class LeftPart:
    """A part of a host's configuration that no file says."""

    id: int
    name: str
    what: LeftOut

    def __str__(self) -> str:
        return (
            f"{escape(self.what.path)} of {_called(self.name, self.id)}: {escape(self.what.reason)}"
        )

    def shown(self) -> dict[str, Any]:
        reason = escape(self.what.reason)
        path = escape(self.what.path)
        return {"id": self.id, "name": escape(self.name), "path": path, "reason": reason}


def told(hosts: Sequence[LeftHost], parts: Iterable[LeftPart]) -> list[str]:
    """Sentences about what was left out; none where nothing was."""
    every = list(parts)
    others = [part for part in every if not part.what.is_secret]
    secrets = len(every) - len(others)
    sentences = []
    if hosts:
        sentences.append(f"No file says anything of {len(hosts)} hosts. {_listed(hosts)}")
    if others:
        sentences.append(
            f"{len(others)} parts of configurations are in no file, and stay as they are. {_listed(others)}"
        )
    if secrets:
        sentences.append(
            f"{secrets} secrets are in no file, and stay as they are. left_out of the result names them."
        )
    return sentences


def _called(name: str, number: int) -> str:
    return f"{escape(name)} (id {number})" if name else f"host {number}"


def _listed(every: Sequence[Any]) -> str:
    shown = [str(one) for one in every[:_NAMED]]
    if len(every) > _NAMED:
        shown.append(f"And {len(every) - _NAMED} more.")
    return " ".join(shown)
