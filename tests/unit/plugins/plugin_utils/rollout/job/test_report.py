# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of a host, and of files that go with the container of a job."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.host_state import (
    HostState,
    Phase,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.report import (
    headline,
    told,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.tale import (
    Outcome,
    Tale,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.terms import (
    Terms,
)

JOURNAL, BACKUP = "/kept/shop.json", "/kept/archive/shop.backup.json"


def said(outcome: Outcome, *, lasting: bool) -> str:
    state = HostState(Terms("host shop"), Phase.END, outcome=outcome)
    return "\n".join(told(state, JOURNAL, BACKUP, lasting=lasting))


@pytest.mark.parametrize("outcome", [Outcome.DONE, Outcome.RETURNED])
def test_a_copy_is_only_named_where_it_stays(outcome: Outcome) -> None:
    assert f"kept in {BACKUP}" in said(outcome, lasting=True)
    assert BACKUP not in said(outcome, lasting=False)


@pytest.mark.parametrize("outcome", [Outcome.LEFT, Outcome.STUCK])
def test_a_journal_that_does_not_stay_is_no_promise(outcome: Outcome) -> None:
    assert f"The journal is kept ({JOURNAL}): the next rollout" in said(outcome, lasting=True)
    lost = said(outcome, lasting=False)
    assert "is kept" not in lost
    assert "GO WITH THE CONTAINER OF THIS JOB. Set rollout_journal to a volume" in lost


@pytest.mark.parametrize(
    ("forth", "back", "once"),
    [
        ('It failed after 83 s: "no disk"', 'It failed after 2 s: "no disk"', True),
        ("It failed after 1 s; the platform gives no reason.",) * 2 + (True,),
        ('It failed after 83 s: "no disk"', 'It failed after 83 s: "no name"', False),
        ("", "", False),
    ],
)  # fmt: skip
def test_one_reason_for_both_ways_is_told_once(forth: str, back: str, once: bool) -> None:
    tale = Tale(why=forth, way_why=back)
    state = HostState(Terms("host shop"), Phase.END, outcome=Outcome.STUCK, tale=tale)
    head, lines = headline(state), "\n".join(told(state, JOURNAL, BACKUP))
    assert head.startswith("THE ROLLOUT FAILED, AND SO DID THE WAY BACK")
    assert forth in head
    assert (back in lines.split("NOT BACK ON THE HOST.")[1]) is not once
    assert ("the same way" in lines) is once
    assert ("(" in head) is not once
