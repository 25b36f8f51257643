# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first steps of a rollout that was interrupted: what is there now, and so how it goes on."""

from __future__ import annotations

from dataclasses import replace

from ....module_utils.answers.deployment_status import State
from ....module_utils.document.equality import platform_equal
from . import words
from .deploying import deployed, joined
from .events import HostRead, ReadHost, StatusRead
from .host_state import HostState, Next, Phase
from .recalling import Ours, Resume, goes_on, of_ours, whose
from .tale import At, Outcome
from .terms import Recovery


def status(state: HostState, event: StatusRead, elapsed: float) -> Next:
    """The latest deployment is known; the host comes next."""
    if event.deployment.state is State.UNKNOWN:
        return state.over(Outcome.INTERRUPTED, why=words.unknown_word(event.deployment))
    return state.to(Phase.RECALL, elapsed, ReadHost(), latest=event.deployment)


def host(state: HostState, event: HostRead, elapsed: float) -> Next:
    """All is known; the tables decide, unless the user has."""
    record = state.kept
    state = replace(state, host=event, owned=event.owned)
    if state.terms.recovery is Recovery.KEEP:
        return _anew(state, words.KEEPING, elapsed, "rollout_recover asks for it")
    if state.terms.recovery is Recovery.RETURN:
        if not platform_equal(event.document, record.previous):
            # What is there may be overwritten where the user asks for that, and only then.
            record = replace(
                record,
                written=(*record.written, event.document),
                owned=(*record.owned, event.owned),
            )
        why = "rollout_recover asks for it."
        asked = replace(state, record=record)
        return asked.told(at=At.RETURNING, why=why, note=words.going_back(why)).go_back(
            why, True, elapsed
        )
    ours = of_ours(record, state.latest)
    resume = goes_on(record, whose(record, event.document), ours, changes=event.plan.changed)
    if resume is Resume.REFUSE:
        why = words.refused(state.edits(event.document), state.terms.journal)
        return state.over(Outcome.INTERRUPTED, why=why)
    if resume is Resume.ANEW:
        return _anew(state, "", elapsed, "")
    if resume is Resume.DEPLOY_ANEW:
        return _anew(state, words.ANEW, elapsed, "an earlier rollout of it was interrupted")
    if resume in (Resume.BACK, Resume.JOIN_BACK):
        return _back(state, resume, ours, elapsed)
    return _onwards(state, event, resume, ours, elapsed)


def _anew(state: HostState, note: str, elapsed: float, deploy: str) -> Next:
    terms = replace(state.terms, deploy=deploy or state.terms.deploy)
    return state.told(note=note).clear(elapsed, terms=terms, record=None)


def _onwards(state: HostState, event: HostRead, resume: Resume, ours: Ours, elapsed: float) -> Next:
    record = state.kept
    note = words.interrupted(ours.value if resume is Resume.JOIN else resume.value)
    state = replace(state, begun=record.redeploy).told(note=note, deploy_type=record.deploy_type)
    if event.plan.changed:
        # More is wanted by now than what was written.
        return state.clear(elapsed)
    state = replace(state, ready=True)
    if resume is Resume.JOIN and ours is Ours.FAILED:
        return state.fail(At.DEPLOYING, words.ended(state.terms, state.latest), elapsed)
    if resume is Resume.JOIN and ours is Ours.RUNNING:
        return joined(state, elapsed)
    if resume is Resume.GATE or (resume is Resume.JOIN and ours is Ours.SUCCEEDED):
        return deployed(state, elapsed, state.latest)
    return state.clear(elapsed)


def _back(state: HostState, resume: Resume, ours: Ours, elapsed: float) -> Next:
    record = state.kept
    state = replace(state, back=True).told(
        note=words.going_back(record.why),
        at=At.RETURNING,
        why=record.why,
        deploy_type=record.deploy_type,
        redeployed=record.redeploy,
    )
    if resume is Resume.JOIN_BACK and ours is Ours.RUNNING:
        return joined(state, elapsed)
    if resume is Resume.JOIN_BACK and ours is Ours.SUCCEEDED:
        return deployed(state, elapsed, state.latest)
    return state.clear(elapsed)
