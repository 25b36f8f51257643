# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a rollout goes on after an interruption, from every moment at which there can be one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_status import (
    Deployment,
    State,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.journal import (
    RECOVERIES,
    STAGES,
    Journal,
    Seen,
    Step,
    next_step,
    read_journal,
)

NEVER = Deployment(State.NONE)
BEFORE = Deployment(State.SUCCEEDED, marks={"id": "1"})
RUNNING = Deployment(State.RUNNING, marks={"id": "2"})
SUCCEEDED = Deployment(State.SUCCEEDED, marks={"id": "2"})
FAILED = Deployment(State.FAILED, marks={"id": "2"})


def journal(stage: str = "forward", **others: Any) -> Journal:
    given: dict[str, Any] = {
        "stage": stage,
        "previous": "previous",
        "written": ("written",),
        "deploy_type": "fullDeploy",
        "removed": ("redis_memory",),
        "redeploy": True,
        "why": "it failed",
        "deployment": BEFORE,
    }
    return Journal(**{**given, **others})


def step(
    found: Journal | None,
    live: str,
    deployment: Deployment = BEFORE,
    *,
    backup: bool = True,
    recover: str = "continue",
) -> Step:
    return next_step(found, Seen(live, backup, deployment), recover, "/journal/h.json")


@pytest.mark.parametrize("recover", RECOVERIES)
def test_without_a_journal_it_begins(recover: str) -> None:
    begun = step(None, "anything", recover=recover)
    assert (begun.action, begun.deploy, begun.stale) == ("begin", "needed", False)
    assert (begun.previous, begun.written) == ("anything", ())


@pytest.mark.parametrize(
    ("deployment", "deploy"),
    [(BEFORE, "start"), (RUNNING, "wait"), (SUCCEEDED, "done"), (FAILED, "failed")],
)
def test_what_was_written_goes_on(deployment: Deployment, deploy: str) -> None:
    onwards = step(journal(), "written", deployment)
    assert (onwards.action, onwards.deploy, onwards.stale) == ("continue", deploy, False)
    assert (onwards.previous, onwards.written) == ("previous", ("written",))
    assert onwards.removed == ("redis_memory",)
    assert onwards.message


@pytest.mark.parametrize(
    ("earlier", "now", "deploy"),
    [
        # Without a mark, only what a state alone can tell is believed.
        (Deployment(State.NONE), Deployment(State.RUNNING), "wait"),
        (Deployment(State.NONE), Deployment(State.SUCCEEDED), "done"),
        (Deployment(State.SUCCEEDED), Deployment(State.SUCCEEDED), "start"),
        (Deployment(State.SUCCEEDED), Deployment(State.FAILED), "failed"),
        # Somebody else's that was under way before, and is or was over since.
        (Deployment(State.RUNNING), Deployment(State.SUCCEEDED), "start"),
        (Deployment(State.QUEUED), Deployment(State.RUNNING), "start"),
        (Deployment(State.QUEUED, marks={"id": "1"}), BEFORE, "start"),
        (Deployment(State.QUEUED, marks={"id": "1"}), RUNNING, "wait"),
        (BEFORE, Deployment(State.CANCELLED, marks={"id": "2"}), "failed"),
        (BEFORE, Deployment(State.NONE), "start"),
    ],
)
def test_whose_deployment_it_is(earlier: Deployment, now: Deployment, deploy: str) -> None:
    assert step(journal(deployment=earlier), "written", now).deploy == deploy


def test_nothing_was_written() -> None:
    begun = step(journal(), "previous", backup=False)
    assert (begun.action, begun.deploy, begun.stale) == ("begin", "needed", True)
    assert (begun.previous, begun.written) == ("previous", ())


def test_somebody_took_it_back_after_its_deployment() -> None:
    assert step(journal(), "previous", SUCCEEDED).deploy == "start"


def test_without_a_backup_nobody_knows_what_was_deployed() -> None:
    begun = step(journal(), "another", backup=False)
    assert (begun.action, begun.deploy, begun.stale) == ("begin", "start", True)


@pytest.mark.parametrize("stage", STAGES)
def test_what_somebody_else_wrote_is_refused(stage: str) -> None:
    refused = step(journal(stage), "another")
    assert refused.action == "refuse"
    assert "rollout_recover: keep" in refused.message
    assert "/journal/h.json" in refused.message


@pytest.mark.parametrize("stage", STAGES)
def test_and_kept_where_the_user_says_so(stage: str) -> None:
    kept = step(journal(stage), "another", recover="keep")
    assert (kept.action, kept.deploy, kept.stale) == ("begin", "start", True)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("live", ["written", "another"])
def test_or_overwritten_where_the_user_says_so(stage: str, live: str) -> None:
    back = step(journal(stage), live, recover="return")
    assert (back.action, back.deploy, back.redeploy) == ("return", "start", True)
    assert live in back.written
    assert back.deploy_type == "fullDeploy"


@pytest.mark.parametrize("stage", ["returning", "redeploying"])
def test_the_way_back_goes_on(stage: str) -> None:
    back = step(journal(stage), "written", RUNNING)
    assert (back.action, back.deploy, back.why) == ("return", "start", "it failed")
    assert "another" not in back.written


@pytest.mark.parametrize(("stage", "deploy"), [("returning", "start"), ("redeploying", "wait")])
def test_only_a_deployment_that_was_announced_is_joined(stage: str, deploy: str) -> None:
    assert step(journal(stage), "previous", RUNNING).deploy == deploy


def test_what_was_never_deployed_needs_no_deployment_on_its_way_back() -> None:
    assert not step(journal("returning", redeploy=False), "previous").redeploy


def test_there_is_no_way_back_without_a_backup() -> None:
    assert step(journal("returning"), "written", backup=False).action == "refuse"
    assert step(journal("returning"), "previous", backup=False).action == "return"


@given(
    st.sampled_from(STAGES),
    st.sampled_from(["previous", "written", "another"]),
    st.sampled_from([NEVER, BEFORE, RUNNING, SUCCEEDED, FAILED]),
    st.booleans(),
)
def test_unasked_nothing_foreign_may_be_overwritten(
    stage: str, live: str, deployment: Deployment, backup: bool
) -> None:
    """Whatever was interrupted, what may be taken back is what the rollout wrote, or what was there."""
    found = step(journal(stage), live, deployment, backup=backup)
    if found.action in ("continue", "return"):
        assert set(found.written) <= {"previous", "written"}
    if live == "another" and backup:
        assert found.action == "refuse"
    json.dumps(found.facts())


def test_another_recovery_is_refused() -> None:
    with pytest.raises(SettingsError, match="rollout_recover is 'undo'"):
        step(None, "live", recover="undo")


def text(**others: Any) -> str:
    given: dict[str, Any] = {
        "version": 1,
        "stage": "returning",
        "previous": "a",
        "written": ["b"],
        "deploy_type": "deploy",
        "removed": [],
        "redeploy": False,
        "why": "{{ text }}",
        "deployment": {"status": "running", "marks": {"id": "7"}},
    }
    return json.dumps({**given, **others})


def test_a_journal_is_read() -> None:
    read = read_journal(text(), "/j")
    assert (read.stage, read.previous, read.written, read.why) == (
        "returning",
        "a",
        ("b",),
        "{{ text }}",
    )
    assert read.deployment.state is State.RUNNING
    assert read.deployment.marks == {"id": "7"}


@pytest.mark.parametrize(
    "broken",
    ["", "[]", "{", text(version=2), text(stage="x"), text(written=None), text(deployment={})],
)
def test_a_journal_that_is_none_is_named(broken: str) -> None:
    with pytest.raises(SettingsError, match="/j cannot be understood") as refused:
        read_journal(broken, "/j")
    assert refused.value.hint
