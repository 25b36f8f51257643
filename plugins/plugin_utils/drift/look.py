# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One host's stored configuration beside what is wanted of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...module_utils.adapters.censoring import Censor
from ...module_utils.client.errors import TurboStackError
from ...module_utils.document.masking import find_secrets, redact_text
from ...module_utils.document.policy import REPLACED
from ...module_utils.plan.engine import plan
from ...module_utils.resources.configured import Configured
from ...module_utils.resources.json_field import UnreadableDocument
from ...module_utils.text.escaping import escape
from ...module_utils.validation.findings import refused, told_of
from .comparison import DRIFTED, ERROR, IN_LINE, NO_FILE, Comparison, shown_changes
from .member import Member, Wanted


@dataclass(frozen=True)
class Look:
    """What a look at one host came to; its document is gone by then, as a fleet's would fill the memory.

    :ivar row: what the platform said of the host, but for the document; None where it could not be told.
    """

    comparison: Comparison
    row: Configured | None = None
    warnings: tuple[str, ...] = ()


def without_looking(member: Member) -> Comparison:
    """Of a host of which nothing is wanted, or that cannot be compared."""
    number = member.known.id if member.known else None
    outcome = NO_FILE if member.problem is None else ERROR
    return Comparison("host", member.name, number, outcome, error=member.problem)


def failed(member: Member, error: TurboStackError) -> Look:
    """Of a host that could not be looked at."""
    number = member.known.id if member.known else None
    return Look(Comparison("host", member.name, number, ERROR, error=reason(error)))


def reason(error: Exception) -> str:
    """Why a host could not be compared, on one line and without a secret."""
    return escape(" ".join(redact_text(str(error)).split()))


def look(member: Member, row: Configured) -> Look:
    """What is stored beside what is wanted; what is wrong with either is told, and not raised."""
    wanted, stored = member.wanted, {}
    if wanted is None:
        return Look(without_looking(member))
    bare = row.without_document()
    censor = Censor(wanted.secrets)
    warnings: list[str] = []
    try:
        if member.known is not None:
            member.known.check_found(row)
        stored = _document(row, wanted, warnings)
        planned = plan(stored, wanted.config, wanted.state, wanted.policy)
        doubts = wanted.validation.findings(
            wanted.config, stored, wanted.state, wanted.policy, planned, wanted.origins
        )
        if doubts and wanted.validation.refuses:
            raise refused(doubts, str(row), "drift_")
    except TurboStackError as error:
        censor.add(find_secrets(stored, wanted.policy))
        told = censor.cleaned({"error": reason(error)})
        return Look(Comparison("host", member.name, row.id, ERROR, **told))
    warnings += [f"{row}: {warning}" for warning in (*planned.warnings, *told_of(doubts, "drift_"))]
    if not planned.changes:
        return Look(Comparison("host", member.name, row.id, IN_LINE), bare, tuple(warnings))
    censor.add(find_secrets(stored, wanted.policy))
    changes = shown_changes(planned.changes, wanted.origins)
    shown = censor.cleaned({"changes": changes})["changes"]
    return Look(Comparison("host", member.name, row.id, DRIFTED, shown), bare, tuple(warnings))


def _document(row: Configured, wanted: Wanted, warnings: list[str]) -> dict[str, Any]:
    try:
        return row.document()
    except UnreadableDocument:
        if wanted.state != REPLACED:
            raise
        warnings.append(f"{row}: what is stored is no configuration document.")
        return {}
