# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rollout did to a host, for the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ....module_utils.operations.deed import Deed, in_short
from ....module_utils.plan.engine import explain
from ....module_utils.resources.configured import HOSTS
from .driver import End
from .planning import Planned
from .tale import At, Outcome

# In these, the run itself did nothing to the host.
_NOTHING = (Outcome.UNCHANGED, Outcome.UNTOUCHED, Outcome.INTERRUPTED, Outcome.NOT_BEGUN)


def deed_of(one: Planned, end: End) -> Deed | None:
    """What became of a host through a run; None where that was nothing.

    Changes are those that the host was to get, also where they were taken back: the end tells.
    """
    tale, outcome = end.state.tale, end.state.outcome or Outcome.STUCK
    if outcome in _NOTHING:
        return None
    why = f"{tale.way_why} {tale.why}".strip() if outcome.failed else ""
    never_deployed = tale.at is At.WRITING and not tale.redeployed
    return Deed(
        kind=HOSTS.kind,
        id=one.member.id,
        name=one.member.name,
        end=outcome.value,
        changes=in_short({**change.shown(), "summary": change.summary()} for change in _made(one)),
        deployment="" if never_deployed else tale.deploy_type,
        why=why,
        seconds=end.seconds,
    )


def _made(one: Planned) -> Sequence[Any]:
    """The plan's changes, and before them what an interrupted run, which could not say so, had written."""
    record = one.record
    if record is None or not record.written:
        return one.changes
    earlier = explain(record.previous, record.written[-1], one.member.wanted.policy)
    return [*earlier, *one.changes]
