# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what is stored to what a task makes of it, and how that is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..document.equality import exactly_equal
from ..document.fingerprint import compare_fingerprint, fingerprint
from ..document.masking import find_secrets
from ..document.policy import REPLACED
from ..plan.diff import diff
from ..plan.engine import Plan, explain, plan
from ..resources.configured import Configured
from ..resources.json_field import FIELD, UnreadableDocument
from ..text.escaping import escape
from ..validation.findings import Finding, refused, told_of
from .desired import Desired
from .operation import OperationFailed, Result, TaskContext


@dataclass(frozen=True)
class Planned:
    """What is stored, and what is to become of it.

    :ivar current: the stored document; empty where what is stored is none and is to be replaced.
    :ivar readable: whether what is stored is a document.
    :ivar findings: what is doubtful about the desired configuration.
    """

    stored: Configured
    current: dict[str, Any]
    readable: bool
    plan: Plan
    findings: tuple[Finding, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.plan.changed or not self.readable

    @property
    def previous(self) -> Any:
        """What a backup keeps: the document, or what is stored in place of one."""
        return self.current if self.readable else self.stored.row[FIELD]

    def same_as(self, other: Planned) -> bool:
        """Whether both were made for the same stored configuration."""
        if self.readable and other.readable:
            return exactly_equal(self.current, other.current)
        return bool(self.stored.row.get(FIELD) == other.stored.row.get(FIELD))


def planned_for(stored: Configured, desired: Desired, context: TaskContext) -> Planned:
    """The plan for what is stored.

    :raises UnreadableDocument: where that is no document, and is not to be replaced as a whole.
    :raises PlanError: for what must not be done to it, and with C(validate=strict) for what is doubtful.
    """
    readable = True
    try:
        current = stored.document()
    except UnreadableDocument:
        if desired.state != REPLACED:
            raise
        current, readable = {}, False
    # A server may quote any part of what is stored when it refuses what is sent.
    context.censor(find_secrets(current, desired.policy))
    planned = plan(current, desired.config, desired.state, desired.policy)
    findings = desired.validation.findings(
        desired.config, current, desired.state, desired.policy, planned, context.origins
    )
    if findings and desired.validation.refuses:
        raise refused(findings, str(stored))
    return Planned(stored, current, readable, planned, tuple(findings))


def expect(planned: Planned, desired: Desired, context: TaskContext) -> None:
    """Refuse to build upon another configuration than the one that the task expects.

    :raises OperationFailed: where it is another.
    """
    expected = desired.expected_fingerprint
    if not expected:
        return
    differences = compare_fingerprint(expected, planned.current, desired.policy, context.seal)
    if differences is not None:
        raise _not_as_expected(planned, desired, " ".join(differences), context)


def changed_meanwhile(
    planned: Planned, latest: Planned, desired: Desired, context: TaskContext
) -> OperationFailed:
    """Why a task goes no further that expects a configuration which somebody else has just changed."""
    changes = explain(planned.current, latest.current, desired.policy)
    what = "; ".join(change.summary() for change in changes)
    return _not_as_expected(latest, desired, f"While this task ran: {what}.", context)


def _not_as_expected(
    found: Planned, desired: Desired, what: str, context: TaskContext
) -> OperationFailed:
    when = found.stored.row.get("updated_at")
    return OperationFailed(
        f"The configuration of {found.stored} is not the one that expected_fingerprint stands for"
        + (f"; it was last changed at {escape(str(when))}" if when else "")
        + f". {what}",
        {
            "changed": False,
            "id": found.stored.id,
            "name": found.stored.name,
            "fingerprint": fingerprint(found.current, desired.policy, context.seal),
        },
        "Nothing was written. Look at what changed, and pass the new fingerprint if it may be built upon.",
    )


def told(planned: Planned, desired: Desired, context: TaskContext) -> Result:
    """The task's result, as far as the plan goes."""
    for warning in (*planned.plan.warnings, *told_of(planned.findings)):
        context.warn(f"{planned.stored}: {warning}")
    if not planned.readable:
        context.warn(
            f"{planned.stored}: what was stored is no configuration document; it is replaced."
        )
    policy = desired.policy
    after = fingerprint(planned.plan.payload, policy, context.seal)
    return {
        "changed": planned.changed,
        "id": planned.stored.id,
        "name": planned.stored.name,
        "changes": [
            {**change.shown(), "summary": change.summary()} for change in planned.plan.changes
        ],
        "deploy_required": planned.changed,
        "fingerprint": after,
        "fingerprint_before": fingerprint(planned.current, policy, context.seal)
        if planned.changed
        else after,
        "server_normalized": [],
        "findings": [finding.shown() for finding in planned.findings],
        "diff": diff(planned.current, planned.plan.payload, str(planned.stored), policy),
    }
