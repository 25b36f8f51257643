# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps behind a deployment, forth and back: the host is looked at until it is well, or patience ends."""

from __future__ import annotations

from dataclasses import replace

from ....module_utils.document.equality import platform_equal
from . import words
from .edits import NO_EDIT, Edit, found_edit
from .events import AskPages, HostRead, PagesAsked, ReadHost
from .health import judged
from .host_state import HostState, Next, Phase
from .tale import At, Outcome


def well(state: HostState, event: HostRead, elapsed: float) -> Next:
    """Whether its figures are within the limits, and whose configuration it holds by now."""
    state = replace(state, host=event).told(edit=_edit(state, event))
    edit = state.tale.edit
    if state.back and edit:
        # It was back, as it was read back; what is there now is somebody else's, and not to be taken back.
        return state.over(Outcome.OVERTAKEN, way_why=words.not_previous(edit))
    gate = state.terms.gate
    found = judged(event.figures, gate.limits, gate.unknown)
    if found.problems:
        again = state.look_again(gate.health, ReadHost(), elapsed)
        return again or _not_well(state, words.not_well(found.problems), elapsed)
    state = state.told(unknown=found.unknown)
    if not state.back and event.plan.changed:
        return state.over(Outcome.OVERTAKEN, at=At.GATE, why=words.overtaken(edit))
    if not gate.pages:
        return _passed(state)
    urls = gate.urls or event.urls
    state = state.told(skipped=() if gate.urls else event.skipped)
    return state.to(Phase.PAGES, elapsed, AskPages(urls), looks=0) if urls else _passed(state)


def _edit(state: HostState, event: HostRead) -> Edit:
    """What somebody else has changed since the rollout wrote it, forth or back."""
    left = state.kept.previous if state.back or not state.kept.written else state.kept.written[-1]
    if platform_equal(event.document, left):
        return NO_EDIT
    earlier = state.host
    if earlier is not None and platform_equal(event.document, earlier.document):
        return state.tale.edit
    paths = state.differing(left, event.document)
    absent_after = earlier is not None and not state.tale.edit
    return found_edit(paths, event.touched, state.ended, absent_after=absent_after)


def pages(state: HostState, event: PagesAsked, elapsed: float) -> Next:
    """Whether its pages answer; those that did not are asked for again."""
    if not event.problems:
        return _passed(state)
    asking = AskPages(tuple(event.problems))
    said = "; ".join(f"{url}: {problem}" for url, problem in event.problems.items())
    again = state.look_again(state.terms.gate.asking, asking, elapsed)
    return again or _not_well(state, said, elapsed)


def _not_well(state: HostState, why: str, elapsed: float) -> Next:
    if state.back:
        return state.over(Outcome.RETURNED, after=(why,))
    return state.fail(At.GATE, why, elapsed)


def _passed(state: HostState) -> Next:
    return state.over(Outcome.RETURNED if state.back else Outcome.DONE)
