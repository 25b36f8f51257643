# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the record is told of a host's rollout: all that was done, and nothing that was not."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.doubts import (
    Validation,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.findings import OFF
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.deeds import (
    deed_of,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.driver import End
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.host_state import (
    HostState,
    Phase,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.journal import (
    Journal,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.planning import (
    Member,
    Planned,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.port import Wanted
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.record import (
    Record,
    Stage,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.tale import (
    At,
    Outcome,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.terms import Terms

BEFORE, AFTER = {"webserver": "nginx"}, {"webserver": "nginx", "redis_memory": "5gb"}
MEMBER = Member(
    "shop.example",
    7,
    Wanted(AFTER, "merged", Policy(), Validation(OFF, ())),
    Terms("host shop.example"),
    Journal("/nowhere", "shop.example", 7),
)
PLANNED = Planned(MEMBER, BEFORE, plan(BEFORE, AFTER, "merged"))


def end(outcome: Outcome, **tale: object) -> End:
    state = HostState(Terms("host shop.example"), Phase.END, outcome=outcome)
    return End(state.told(**tale), 12.5)


def test_a_host_that_is_done() -> None:
    deed = deed_of(PLANNED, end(Outcome.DONE, changes=1, deploy_type="deploy"))
    assert deed is not None
    assert (deed.kind, deed.id, deed.name, deed.end) == ("host", 7, "shop.example", "done")
    assert (deed.deployment, deed.why, deed.seconds) == ("deploy", "", 12.5)
    assert [change["summary"] for change in deed.changes] == ['redis_memory: added "5gb"']


@pytest.mark.parametrize(
    "outcome",
    [Outcome.UNCHANGED, Outcome.UNTOUCHED, Outcome.INTERRUPTED, Outcome.NOT_BEGUN],
)
def test_what_had_no_effect_is_no_deed(outcome: Outcome) -> None:
    assert deed_of(PLANNED, end(outcome)) is None


def test_a_write_that_failed_had_no_deployment() -> None:
    deed = deed_of(PLANNED, end(Outcome.RETURNED, at=At.WRITING, why="No.", deploy_type="deploy"))
    assert deed is not None
    assert (deed.deployment, deed.why) == ("", "No.")


def test_what_an_interrupted_run_had_written_is_told_by_the_one_that_goes_on() -> None:
    record = Record(Stage.STARTING, BEFORE, (AFTER,), "deploy")
    rest = Planned(MEMBER, AFTER, plan(AFTER, AFTER, "merged"), record=record)
    deed = deed_of(rest, end(Outcome.DONE, deploy_type="deploy"))
    assert deed is not None
    assert [change["path"] for change in deed.changes] == ["redis_memory"]
