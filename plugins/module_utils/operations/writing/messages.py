# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a task explains a write that did not go as it should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...client.errors import RequestError, TurboStackError
from ...resources.configured import Configured
from ..operation import Result
from .machine import PLANS, End

_WHAT_BECAME_OF_IT = {
    End.STORED_ALL_THE_SAME: "The configuration of {} was stored all the same.",
    End.UNTOUCHED: "The configuration of {} is still what it was before.",
    End.NOT_KNOWN: "Whether the configuration of {} was stored is not known.",
}


@dataclass(frozen=True)
class Failure:
    """Why a task failed, what to do next, and what of its result is otherwise than planned."""

    message: str
    hint: str | None
    result: Result = field(default_factory=dict)


def contested(stored: Configured) -> TurboStackError:
    """Somebody else keeps writing."""
    return TurboStackError(
        f"The configuration of {stored} was changed by somebody else {PLANS} times while this task was about "
        "to write.",
        "Nothing was written. Find out who else writes to it, and try again.",
    )


def not_read_back(stored: Configured, why: str) -> Failure:
    """The write was accepted, and nobody knows what is stored now."""
    return Failure(
        f"The configuration of {stored} was stored, but could not be read back: {why}",
        "Run the task again: it tells whether anything is left to do.",
    )


def differs(stored: Configured, mismatches: Sequence[str]) -> Failure:
    """The write was accepted, and something else is stored now."""
    return Failure(
        f"The configuration of {stored} was sent, but what the platform holds now differs from it at: "
        f"{', '.join(mismatches)}.",
        "Either the platform refused these values silently, or somebody else wrote at the same moment. Look at "
        "it in the platform; run the task again to see what is left to do.",
        {"mismatches": list(mismatches)},
    )


def unclear(end: End, stored: Configured, failure: RequestError) -> Failure | None:
    """The write had no clear answer; None where that came right in the end."""
    became = _WHAT_BECAME_OF_IT.get(end)
    if became is None:
        return None
    nothing: Result = {"changed": False, "changes": [], "deploy_required": False}
    return Failure(
        f"{failure.message} {became.format(stored)}",
        failure.hint,
        nothing if end is End.UNTOUCHED else {},
    )
