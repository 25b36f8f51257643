# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of a host, in a few lines: what failed, where its configuration stands, and what is left behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....module_utils.text.escaping import escape
from . import words
from .host_state import HostState
from .progress import OUTCOMES
from .tale import At, Outcome, Tale
from .terms import RESET
from .words import listed

# How a host ends in check mode.
PLANNED = "planned"

_ENDS = {
    Outcome.UNTOUCHED: "The rollout did not begin, and nothing was written.",
    Outcome.RETURNED: "The rollout failed; the previous configuration is back, and verified.",
    Outcome.KEPT: "The rollout failed, and there is nothing to go back to.",
    Outcome.OVERTAKEN: "The rollout was overtaken.",
    Outcome.FAILED: "The deployment failed; the rollout had not changed the configuration.",
    Outcome.LEFT: "The deployment has not ended, and nothing was put back.",
    Outcome.INTERRUPTED: "An interrupted rollout was left as it is.",
    Outcome.STUCK: "THE ROLLOUT FAILED, AND SO DID THE WAY BACK",
}


def headline(state: HostState) -> str:
    """The end in one sentence or two, for a failed task."""
    outcome, tale = state.outcome or Outcome.STUCK, state.tale
    if not outcome.failed:
        return OUTCOMES[outcome]
    if outcome is Outcome.STUCK:
        if words.are_alike(tale.way_why, tale.why):
            return f"{_ENDS[outcome]}, for one reason: {tale.why}"
        return f"{_ENDS[outcome]} ({tale.way_why}) {tale.why}".rstrip()
    return f"{_ENDS[outcome]} {tale.why}"


def told(state: HostState, journal: str, backup: str, *, lasting: bool = True) -> list[str]:
    """What became of the host.

    :param journal: where its record is, or was.
    :param backup: the file with the configuration from before; empty where there is none.
    :param lasting: whether both are still there once the run is over; where not, nothing is promised of them.
    """
    outcome, tale = state.outcome or Outcome.STUCK, state.tale
    lines = [tale.note] if tale.note else []
    if outcome is Outcome.DONE:
        return [*lines, *_done(tale, backup if lasting else "")]
    if outcome is Outcome.UNCHANGED:
        return lines
    lines.append(f"What failed: {tale.why or tale.way_why}")
    if outcome is Outcome.UNTOUCHED:
        return [*lines, "Nothing was written and nothing was deployed."]
    if outcome is Outcome.INTERRUPTED:
        return [*lines, "Nothing was written and nothing was deployed by this run."]
    if outcome is Outcome.OVERTAKEN:
        return [*lines, tale.way_why] if tale.way_why else lines
    if outcome is Outcome.FAILED:
        return [*lines, "This rollout has not changed the configuration, but only deployed it."]
    lines.append(_forth(tale))
    if outcome is Outcome.LEFT:
        return [*lines, _journal(journal, "goes on from there", lasting)]
    if outcome is Outcome.STUCK:
        alike = words.are_alike(tale.way_why, tale.why)
        lines += [
            "THE PREVIOUS CONFIGURATION IS NOT BACK ON THE HOST. "
            + ("The way back failed in the same way." if alike else tale.way_why),
            _journal(journal, "goes on with the way back", lasting),
        ]
        if backup:
            lines.append(f"The configuration from before the rollout is in {backup}.")
    elif outcome is Outcome.KEPT:
        lines.append(tale.way_why)
    else:
        lines.append(
            "The previous configuration is back in the platform"
            + (", deployed" if tale.redeployed else "; a deployment was not needed")
            + ", and verified."
        )
        if tale.after:
            lines.append(f"The host is not well nevertheless: {'; '.join(tale.after)}.")
        if backup and lasting:
            lines.append(f"A copy of it is kept in {backup}.")
    if tale.redeployed:
        lines += _remains(tale)
    return lines + _edited(tale)


def _journal(path: str, then: str, lasting: bool) -> str:
    if lasting:
        return f"The journal is kept ({path}): the next rollout of this host {then}."
    return (
        f"THE JOURNAL ({path}), AND THE CONFIGURATION FROM BEFORE BESIDE IT, GO WITH THE CONTAINER OF THIS JOB. Set "
        "rollout_journal to a volume that outlives it; with them, the next rollout of this host knows how to go on."
    )


def _done(tale: Tale, backup: str) -> list[str]:
    lines = [f"{_changes(tale.changes)}, {tale.deploy_type or 'deployed already'}"]
    if backup:
        lines.append(f"the configuration from before is kept in {backup}")
    if tale.removed and tale.deploy_type != RESET:
        lines.append(stays(tale.removed))
    lines += [f"the deployment had warnings: {said}" for said in tale.warnings]
    if tale.unknown:
        lines.append(f"the platform does not say: {', '.join(tale.unknown)}")
    if tale.skipped:
        skipped = ", ".join(map(escape, tale.skipped))
        lines.append(f"not asked over HTTP, for want of a plain domain: {skipped}")
    if tale.not_put_away:
        lines.append(tale.not_put_away)
    return lines + _edited(tale)


def _edited(tale: Tale) -> list[str]:
    return [words.edited(tale.edit)] if tale.edit else []


def stays(removed: Sequence[str]) -> str:
    """What a deployment does not take off a host."""
    return f"stays on the host, as only a fullResetDeploy deletes it: {', '.join(removed)}"


def _forth(tale: Tale) -> str:
    if tale.at is At.RETURNING:
        return "The rollout was on its way back already when it was interrupted."
    if tale.at is At.WRITING:
        return "Nothing was deployed: it failed when the configuration was written."
    deployed = " and deployed" if tale.at is At.GATE else "; its deployment did not succeed"
    if not tale.changes:
        return f"The configuration was written by an earlier run{deployed}."
    return f"The configuration was written ({_changes(tale.changes)}){deployed}."


def _changes(number: int) -> str:
    return f"{number} {'change' if number == 1 else 'changes'}"


def _remains(tale: Tale) -> list[str]:
    lines = []
    if tale.deploy_type == RESET and tale.removed:
        lines.append(
            "The deployment was a fullResetDeploy. What it deleted from the host (files, databases) is not back: "
            f"{listed(tale.removed)}."
        )
    if tale.added:
        lines.append(
            "What the rollout had added may still be on the host, as only a fullResetDeploy deletes it: "
            f"{listed(tale.added)}."
        )
    return lines


def standing(outcomes: Mapping[str, Outcome]) -> list[str]:
    """A line for each way in which the hosts of the rollout stand."""
    found: dict[Outcome, list[str]] = {outcome: [] for outcome in OUTCOMES}
    for name, outcome in outcomes.items():
        found[outcome].append(escape(name))
    return [
        f"{OUTCOMES[outcome]}: {len(names)} ({listed(names)})"
        for outcome, names in found.items()
        if names
    ]


def counts(ends: Sequence[str]) -> dict[str, int]:
    """How many hosts ended in which way; every way is there."""
    ways = (*(outcome.value for outcome in Outcome), PLANNED)
    return {way: ends.count(way) for way in ways}
