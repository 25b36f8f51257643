# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a comparison of one host or group came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.answers.sync_status import Sync
from ...module_utils.plan.changes import REMOVE, Change
from ...module_utils.plan.origins import NOWHERE, Origins
from ...module_utils.text.escaping import escape

IN_LINE, DRIFTED, ERROR, NO_FILE = "in_line", "drifted", "error", "no_file"
OUTCOMES = (IN_LINE, DRIFTED, ERROR, NO_FILE)

_NAMED = 10
_NOT_IN_EFFECT = (Sync.STORED_NOT_DEPLOYED.value, Sync.FAILED.value)


@dataclass(frozen=True)
class Comparison:
    """One host or group.

    :ivar kind: C(host) or C(group).
    :ivar id: its id in the platform; None where that is not known.
    :ivar outcome: one of C(OUTCOMES).
    :ivar changes: what would have to change, as C(shown_changes) has it.
    :ivar error: why it could not be compared; None where it was.
    :ivar sync: whether what is stored is in effect, as C(answers/sync_status.py) has it; None where nobody asked.
    :ivar sync_reason: why, in a sentence.
    """

    kind: str
    name: str
    id: int | None
    outcome: str
    changes: Sequence[Mapping[str, Any]] = field(default=())
    error: str | None = None
    sync: str | None = None
    sync_reason: str | None = None

    @property
    def is_not_in_effect(self) -> bool:
        """Whether what is stored is surely not what runs, and nobody is about to change that."""
        return self.sync in _NOT_IN_EFFECT

    def shown(self) -> dict[str, Any]:
        """The comparison as the result holds it."""
        return {
            "kind": self.kind,
            "name": self.name,
            "id": self.id,
            "outcome": self.outcome,
            "changes": [dict(change) for change in self.changes],
            "error": self.error,
            "sync_status": self.sync,
            "sync_reason": self.sync_reason,
        }

    def __str__(self) -> str:
        return escape(self.name) or f"{self.kind} {self.id}"


def shown_changes(changes: Iterable[Change], origins: Origins = NOWHERE) -> list[dict[str, Any]]:
    """What differs, as the result holds it: masked, with the file and line that wants it so."""
    return [
        {
            **change.shown(),
            "summary": change.summary(),
            "source": _source(change, origins),
        }
        for change in changes
    ]


def _source(change: Change, origins: Origins) -> str | None:
    # What is to go is wanted by what no file says.
    origin = None if change.op == REMOVE else origins.of(change.place)
    return str(origin) if origin else None


def summary(comparisons: Iterable[Comparison], unused: Sequence[str]) -> str:
    """What is not as it should be, in a few sentences; empty where everything is."""
    every = list(comparisons)
    sentences = []
    for kind in ("host", "group"):
        some = [one for one in every if one.kind == kind]
        drifted = [one for one in some if one.outcome == DRIFTED]
        failed = [one for one in some if one.outcome == ERROR]
        if drifted:
            told = (f"{one} ({_count(len(one.changes), 'change')})" for one in drifted)
            sentences.append(
                f"{len(drifted)} of {_count(len(some), kind)} drifted: {_listed(told)}."
            )
        if failed:
            told = (f"{one}: {one.error}" for one in failed)
            sentences.append(
                f"{len(failed)} of {_count(len(some), kind)} could not be compared: {_listed(told)}"
            )
        idle = [one for one in some if one.is_not_in_effect]
        if idle:
            told = (f"{one}: {one.sync_reason}" for one in idle)
            sentences.append(
                f"{len(idle)} of {_count(len(some), kind)} hold what is not in effect: {_listed(told)}"
            )
    if unused:
        files = _listed(escape(path) for path in unused)
        sentences.append(
            f"{_count(len(unused), 'file')} that no host or group is meant by: {files}."
        )
    return " ".join(
        sentence if sentence.endswith(".") else f"{sentence}." for sentence in sentences
    )


def _listed(texts: Iterable[str]) -> str:
    every = list(texts)
    shown = ", ".join(every[:_NAMED])
    return shown if len(every) <= _NAMED else f"{shown} and {len(every) - _NAMED} more"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
