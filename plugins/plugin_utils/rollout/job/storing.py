# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps up to a stored configuration, forth and back: the host is looked at, and written."""

from __future__ import annotations

from dataclasses import replace

from ....module_utils.answers.sync_status import APART, Sync
from . import words
from .deploying import deployed
from .effect import in_effect
from .events import HostRead, NotStored, Stored, Unclear, Write
from .health import judged
from .host_state import HostState, Next, Phase
from .recalling import Live, whose
from .record import Record, Stage
from .tale import At, Outcome
from .terms import Doubt, added_by, are_as_shown, removed_by


def look(state: HostState, event: HostRead, elapsed: float) -> Next:
    """What the host holds right before it is written."""
    state = replace(state, host=event)
    if state.back:
        return _look_back(state, event, elapsed)
    state = replace(state, owned=event.owned)
    plan, terms = event.plan, state.terms
    if state.record is None:
        problems = judged(event.figures, terms.gate.limits, terms.gate.unknown).problems
        if problems:
            return state.over(Outcome.UNTOUCHED, why=words.not_well(problems))
        if plan.changed and not are_as_shown(plan.changes, terms.shown):
            return state.over(Outcome.UNTOUCHED, why=words.planned_otherwise(plan.changes))
        record = Record(Stage.STARTING, event.document, (), terms.type_for(bool(removed_by(plan))))
        if not plan.changed and not terms.deploy:
            return _unchanged(replace(state, record=record), event, elapsed)
    else:
        record = state.record
        if whose(record, event.document) is not Live.WRITTEN:
            why = words.refused(state.edits(event.document), terms.journal)
            return state.over(Outcome.INTERRUPTED, why=why)
    if not plan.changed:
        return state.clear(elapsed, record=record, ready=True)
    removed = tuple(dict.fromkeys((*record.removed, *removed_by(plan))))
    record = replace(
        record,
        stage=Stage.WRITING,
        written=(*record.written, plan.payload),
        owned=(*record.owned, event.owned),
        deploy_type=terms.type_for(bool(removed)),
        removed=removed,
        added=tuple(dict.fromkeys((*record.added, *added_by(plan)))),
    )
    command = Write(plan.payload, event.document)
    return state.told(changes=len(plan.changes)).to(Phase.WRITE, elapsed, command, record=record)


def _unchanged(state: HostState, event: HostRead, elapsed: float) -> Next:
    """Nothing is to be written; whether it is deployed is seen now that no deployment is running."""
    terms = state.terms
    status = in_effect({"updated_at": event.touched}, state.latest)
    accepted = status.sync is Sync.UNKNOWN and terms.doubt is Doubt.ACCEPT
    if status.sync is Sync.IN_EFFECT or accepted:
        if terms.shown:
            # Somebody else has written and deployed it meanwhile.
            return deployed(state, elapsed, state.latest)
        return state.over(Outcome.UNCHANGED)
    if status.sync is Sync.UNKNOWN and terms.doubt is Doubt.FAIL:
        return state.over(Outcome.UNTOUCHED, why=words.in_doubt(status.reason))
    return state.clear(elapsed, ready=True)


def _look_back(state: HostState, event: HostRead, elapsed: float) -> Next:
    record = state.kept
    live = whose(record, event.document)
    if live is Live.FOREIGN:
        why = words.not_overwritten(state.edits(event.document))
        return state.over(Outcome.STUCK, way_why=why)
    if live is Live.WRITTEN:
        return state.to(Phase.WRITE, elapsed, Write(record.previous, event.document))
    if record.redeploy:
        return state.clear(elapsed, ready=True)
    # Nothing of it is there, and nothing of it was deployed.
    return state.over(Outcome.UNTOUCHED if state.tale.at is At.WRITING else Outcome.RETURNED)


def stored(state: HostState, _event: Stored, elapsed: float) -> Next:
    """It is written; what runs by now is not a deployment of it."""
    if state.back and not state.kept.redeploy:
        return state.over(Outcome.RETURNED)
    # Times go to the second: so the platform's own tell later which came first.
    return state.clear(elapsed, after=APART, ready=True)


def not_stored(state: HostState, event: NotStored, elapsed: float) -> Next:
    """It is not written, and nothing was changed."""
    record = state.kept
    if state.back:
        if event.refused and not record.previous:
            return state.over(Outcome.KEPT, way_why=words.empty_refused(event.why))
        return state.over(Outcome.STUCK, way_why=event.why)
    if len(record.written) > 1:
        return state.fail(At.WRITING, event.why, elapsed)
    emptied = event.refused and not record.written[0]
    why = f"{event.why} {words.EMPTY}" if emptied else event.why
    return state.over(Outcome.UNTOUCHED, why=why, at=At.WRITING)


def unclear(state: HostState, event: Unclear, elapsed: float) -> Next:
    """It may be written: the way back finds out."""
    return state.fail(At.WRITING, event.why, elapsed)
