# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things stand after a rollout has failed on a host: for the host, and for the others of the play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# How a host's part of a rollout has ended.
DONE, RETURNED, UNTOUCHED, STUCK = "done", "returned", "untouched", "stuck"
INTERRUPTED = "interrupted"

_SHOWN = 12

_HEADINGS = {
    DONE: "rolled out",
    "unchanged": "unchanged, nothing was to be done",
    RETURNED: "failed, and put back to what it was",
    UNTOUCHED: "failed before anything was written",
    STUCK: "FAILED AND NOT PUT BACK",
    INTERRUPTED: "left as an earlier interruption left it",
    "under way": "under way",
    "not begun": "not begun",
}


def standing(
    outcomes: Mapping[str, str | None], order: Sequence[str], last_begun: str | None
) -> list[str]:
    """A line for each way in which the hosts of a play stand.

    :param outcomes: what is known of each host; null where nothing is.
    :param order: the hosts of the play as it takes them.
    :param last_begun: the last of them that is in a batch which has begun.
    """
    begun = order.index(last_begun) if last_begun in order else len(order) - 1
    found: dict[str, list[str]] = {heading: [] for heading in _HEADINGS}
    for place, host in enumerate(order):
        outcome = outcomes.get(host)
        if place > begun and outcome not in (UNTOUCHED, INTERRUPTED):
            outcome = "not begun"
        found[outcome or ("not begun" if place > begun else "under way")].append(host)
    return [
        f"{_HEADINGS[heading]}: {len(hosts)} ({_listed(hosts)})"
        for heading, hosts in found.items()
        if hosts
    ]


def outcome_of(variables: Mapping[str, Any]) -> str | None:
    """How a host stands by what the role has left in its variables."""
    if variables.get("__rollout_outcome"):
        return str(variables["__rollout_outcome"])
    planned = variables.get("__rollout_plan")
    if not isinstance(planned, Mapping):
        return None
    if planned.get("failed"):
        return UNTOUCHED
    if planned.get("deploy_required") is False:
        return "unchanged"
    return None


def told(host: Mapping[str, Any]) -> list[str]:
    """What happened to the host on which the rollout failed.

    :param host: C(outcome), C(why), C(stage) (C(before), C(writing), C(deploying), C(gate) or C(returning)),
        C(changes) (how many were written), C(way_why), C(redeployed), C(removed), C(added), C(type), C(after)
        (problems after the way back), C(backup) and C(journal).
    """
    outcome, stage = host["outcome"], host["stage"]
    lines = [f"What failed: {host['why']}"]
    if outcome == UNTOUCHED:
        lines.append("Nothing was written and nothing was deployed.")
        return lines
    lines.append(_forth(host, stage))
    if outcome == STUCK:
        lines += [
            f"THE PREVIOUS CONFIGURATION IS NOT BACK ON THE HOST. {host['way_why']}",
            f"The journal is kept ({host['journal']}): the next rollout of this host goes on with the way back.",
        ]
        if host["backup"]:
            lines.append(f"The configuration from before the rollout is in {host['backup']}.")
    else:
        lines.append(
            "The previous configuration is back in the platform"
            + (", deployed" if host["redeployed"] else "; a deployment was not needed")
            + ", and verified."
        )
        if host["after"]:
            lines.append(f"The host is not well nevertheless: {'; '.join(host['after'])}.")
        lines.append(f"A copy of it is kept in {host['backup']}.")
    if stage in ("deploying", "gate", "returning"):
        lines += _remains(host)
    return lines


def _forth(host: Mapping[str, Any], stage: str) -> str:
    if stage == "returning":
        return "The rollout was on its way back already when it was interrupted."
    if stage == "writing":
        return "Nothing was deployed: it failed when the configuration was written."
    number = host["changes"]
    changes = f"{number} {'change' if number == 1 else 'changes'}"
    deployed = " and deployed" if stage == "gate" else "; its deployment did not succeed"
    return f"The configuration was written ({changes}){deployed}."


def _remains(host: Mapping[str, Any]) -> list[str]:
    lines = []
    if host["type"] == "fullResetDeploy" and host["removed"]:
        lines.append(
            "The deployment was a fullResetDeploy. What it deleted from the host (files, databases) is not back: "
            f"{_listed(host['removed'])}."
        )
    if host["added"]:
        lines.append(
            f"What the rollout had added may still be on the host, as only a fullResetDeploy deletes it: "
            f"{_listed(host['added'])}."
        )
    return lines


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(str(name) for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
