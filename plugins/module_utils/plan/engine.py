# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one entry: what has to change so that a stored configuration becomes what a task asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..document.depth import check_depth, too_deep
from ..document.errors import PlanError
from ..document.policy import DEFAULT, DELETED, MERGED, STATES, Policy
from .admission import admitted, check_masks, damaged_versions
from .changes import ADD, CHANGE, Change
from .deleting import Deleting
from .domain_conflicts import check_domains
from .draft import Draft
from .merging import Merging, check_created
from .replacing import Replacing
from .storage import check_maps, check_scalars


@dataclass(frozen=True)
class Plan:
    """What is to be stored, and what that changes.

    :ivar payload: the whole document; the current one itself where nothing changes.
    :ivar changes: in the order of the document; applied to the current document they give the payload.
    :ivar warnings: what the user should look at, one sentence each, without secrets.
    """

    payload: dict[str, Any] = field(repr=False)
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]

    @property
    def changed(self) -> bool:
        return bool(self.changes)


def plan(
    current: dict[str, Any], desired: dict[str, Any], state: str, policy: Policy | None = None
) -> Plan:
    """What has to be stored in place of the current document.

    Pure: the arguments are left alone, and the same arguments give the same plan.

    :param current: the stored document, decoded from JSON.
    :param desired: the task's C(config).
    :param state: C(merged), C(replaced) or C(deleted).
    :raises PlanError: for what is ambiguous, cannot be stored, or would lose what is there by accident.
    """
    policy = policy or DEFAULT
    draft = Draft(policy)
    try:
        payload = _payload(draft, current, desired, state)
    except RecursionError:
        raise too_deep("The configuration") from None
    return Plan(payload, tuple(draft.changes), tuple(draft.warnings))


def explain(
    before: dict[str, Any], after: dict[str, Any], policy: Policy | None = None
) -> tuple[Change, ...]:
    """What changed between two documents, whatever they hold; nothing if they mean the same to the platform.

    :raises PlanError: only for documents nested too deeply.
    """
    if before is after:
        return ()
    check_depth(before, "The first document")
    check_depth(after, "The second document")
    draft = Draft(policy or DEFAULT)
    Replacing(draft, refusing=False).map(before, after, draft.policy.root)
    return tuple(draft.changes)


def _payload(draft: Draft, current: dict[str, Any], desired: Any, state: str) -> dict[str, Any]:
    if state not in STATES:
        raise PlanError(f"There is no state {state!r}.", f"Choose one of {', '.join(STATES)}.")
    if not isinstance(current, dict):
        raise PlanError(f"The stored configuration is not a map but a {type(current).__name__}.")
    check_depth(current, "The stored configuration")
    root = draft.policy.root
    admission = admitted(desired, draft.policy, state)
    wanted = admission.document
    draft.warnings += admission.warnings
    if state == DELETED:
        return Deleting(draft).map(current, wanted, root)
    if state == MERGED:
        payload = Merging(draft).map(current, wanted, root)
    else:
        if current and not wanted and not draft.policy.allow_empty:
            raise PlanError(
                "An empty configuration would replace one that is not empty.",
                f"Set {draft.policy.prefix}allow_empty: true if everything is to go.",
            )
        payload = Replacing(draft, refusing=True).map(current, wanted, root)
    if draft.changes:
        check_domains(current, payload, root)
        check_maps(current, payload, root)
    for change in draft.changes:
        if change.op in (ADD, CHANGE):
            if state == MERGED:
                check_created(change, draft.policy)
            check_masks(change)
            check_scalars(change)
            if not draft.policy.allow_float_versions:
                for damaged in damaged_versions(change):
                    raise damaged
    return payload
