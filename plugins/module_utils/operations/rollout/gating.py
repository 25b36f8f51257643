# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps behind a deployment, forth and back: the host is looked at until it is well, or patience ends."""

from __future__ import annotations

from dataclasses import replace

from ...document.equality import platform_equal
from . import words
from .events import AskPages, HostRead, PagesAsked, ReadHost
from .health import judged
from .host_state import HostState, Next, Phase
from .tale import At, Outcome


def well(state: HostState, event: HostRead, elapsed: float) -> Next:
    """Whether its figures are within the limits, and whose configuration it holds by now."""
    state = replace(state, host=event)
    if state.back and not platform_equal(event.document, state.kept.previous):
        # It was back, as it was read back; what is there now is somebody else's, and not to be taken back.
        return state.over(Outcome.OVERTAKEN, way_why=words.NOT_PREVIOUS)
    gate = state.terms.gate
    found = judged(event.figures, gate.limits, gate.unknown)
    if found.problems:
        again = state.look_again(gate.health, ReadHost(), elapsed)
        return again or _not_well(state, words.not_well(found.problems), elapsed)
    state = state.told(unknown=found.unknown)
    if not state.back:
        state = state.told(edited=state.edits(event.document))
        if event.plan.changed:
            why = words.overtaken(state.tale.edited)
            return state.over(Outcome.OVERTAKEN, at=At.GATE, why=why)
    if not gate.pages:
        return _passed(state)
    urls = gate.urls or event.urls
    state = state.told(skipped=() if gate.urls else event.skipped)
    return state.to(Phase.PAGES, elapsed, AskPages(urls), looks=0) if urls else _passed(state)


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
