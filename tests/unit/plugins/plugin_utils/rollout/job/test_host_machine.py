# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine of one host: killed at each event and begun again, it ends as if nothing had happened."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_status import (
    Deployment,
    State,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.sync_status import (
    Sync,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job import events
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.host_state import (
    HostState,
    Phase,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.recalling import (
    GOES_ON,
    Live,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.record import (
    Stage,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.tale import (
    At,
    Outcome,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.terms import (
    Recovery,
)

from .one_host import WANTED, Killed, Platform, Run, read

BEFORE: dict[str, Any] = {"webserver": "nginx"}
AFTER = {**BEFORE, **WANTED}


def platform(**others: Any) -> Platform:
    return Platform(**{"document": dict(BEFORE), "effect": dict(BEFORE), **others})


def bad(document: dict[str, Any]) -> bool:
    return "redis_memory" in document


def to_the_end(run: Run) -> HostState:
    """The same command again until it comes to an end; what is under way in the platform goes on meanwhile."""
    while True:
        try:
            return run.drive()
        except Killed:
            run = Run(run.platform, run.journal, run.terms, trouble=run.trouble)


def test_forth() -> None:
    run = Run(platform())
    state = run.drive()
    assert (state.outcome, state.phase) == (Outcome.DONE, Phase.END)
    assert run.platform.document == run.platform.effect == AFTER
    assert len(run.platform.deployed) == len(run.platform.written) == 1
    assert run.journal == {}
    assert state.tale.changes == 1
    assert state.tale.added == ("redis_memory",)


@pytest.mark.parametrize("failing", ["fails", "sick"])
def test_and_back(failing: str) -> None:
    run = Run(platform(**{failing: bad}))
    state = run.drive()
    assert state.outcome is Outcome.RETURNED
    assert run.platform.document == run.platform.effect == BEFORE
    assert len(run.platform.deployed) == 2
    assert run.journal == {}
    assert state.tale.at is (At.DEPLOYING if failing == "fails" else At.GATE)
    assert state.tale.redeployed


def steps_of(**others: Any) -> int:
    run = Run(platform(**others))
    run.drive()
    return run.steps


CASES: dict[str, dict[str, Any]] = {"forth": {}, "fails": {"fails": bad}, "sick": {"sick": bad}}
KILLS = [
    (case, step, late)
    for case, others in CASES.items()
    for step in range(1, steps_of(**others) + 1)
    for late in (False, True)
    # A rollout that is back where it was, and has put that away, begins anew.
    if case == "forth" or not late or step < steps_of(**others)
]


@pytest.mark.parametrize(("case", "step", "late"), KILLS)
def test_killed_at_each_event(case: str, step: int, late: bool) -> None:
    """Nothing is lost, nothing is doubled, green means in effect, and the run after that is at rest."""
    run = Run(platform(**CASES[case]), kill=step, late=late)
    state = to_the_end(run)
    there = run.platform
    good = case == "forth"
    ends = (Outcome.DONE, Outcome.UNCHANGED) if good else (Outcome.RETURNED,)
    assert state.outcome in ends
    assert there.document == there.effect == (AFTER if good else BEFORE)
    assert len(there.deployed) == (1 if good else 2)
    assert len(there.written) == (1 if good else 2)
    assert run.journal == {}


@given(
    st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=6),
    st.sampled_from(sorted(CASES)),
    st.booleans(),
    st.floats(0, 60),
)
@settings(max_examples=200, deadline=None)
def test_killed_again_and_again(
    kills: list[tuple[int, bool]], case: str, marks: bool, between: float
) -> None:
    """However often, and whatever passes meanwhile: the end is whole, and what is green is in effect."""
    there = platform(**CASES[case], marks=marks)
    journal: dict[str, str] = {}
    outcomes = []
    for step, late in [*kills, (-1, False), (-1, False)]:
        try:
            outcomes.append(Run(there, journal, kill=step, late=late).drive().outcome)
        except Killed:
            there.now += between
            there.settle()
            continue
        if outcomes[-1] in (Outcome.DONE, Outcome.UNCHANGED):
            assert there.document == there.effect == AFTER
            break
        if outcomes[-1] is Outcome.RETURNED:
            assert there.document == there.effect == BEFORE
            break
    assert outcomes
    assert outcomes[-1] in (Outcome.DONE, Outcome.UNCHANGED, Outcome.RETURNED)
    assert journal == {}


EDIT = {"firewall_whitelist": ["198.51.100.24"]}


@given(st.integers(1, 25), st.sampled_from(sorted(CASES)), st.integers(0, 40), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_somebody_else_wrote_is_never_lost(at: int, case: str, kill: int, late: bool) -> None:
    """At whatever moment but between a look and the write that follows it at once."""
    there = platform(**CASES[case])
    asked: list[events.Command] = []

    def edit(command: events.Command, here: Platform) -> None:
        asked.append(command)
        if len(asked) == at and not isinstance(command, events.Write):
            here.document = {**here.document, **EDIT}

    run = Run(there, trouble=edit, kill=kill, late=late)
    outcome = to_the_end(run).outcome
    edited = len(asked) >= at and not isinstance(asked[at - 1], events.Write)
    if edited:
        assert there.document.keys() >= EDIT.keys()
    if outcome is Outcome.DONE:
        assert there.effect.keys() >= WANTED.keys()
        assert there.document.keys() >= WANTED.keys()
    if outcome is Outcome.STUCK or outcome is Outcome.INTERRUPTED:
        assert run.journal


def test_an_edit_during_the_deployment_is_named() -> None:
    def edit(command: events.Command, here: Platform) -> None:
        if isinstance(command, events.ReadStatus) and here.busy():
            here.document = {**here.document, **EDIT}

    state = Run(platform(), trouble=edit).drive()
    assert state.outcome is Outcome.DONE
    assert state.tale.edit.paths == ("firewall_whitelist",)
    assert state.tale.edit.sync is Sync.UNKNOWN


@given(st.integers(1, 20), st.floats(0, 30), st.booleans(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_is_said_of_an_edit_is_true(at: int, pause: float, times: bool, slow: bool) -> None:
    """In effect or not: where either is said, so it is; and with times that are far apart, one of the two is."""
    asked: list[events.Command] = []
    late: list[events.Command] = []

    def edit(command: events.Command, here: Platform) -> events.Event | None:
        asked.append(command)
        if len(asked) == at and not isinstance(command, events.Write):
            here.now += pause
            here.settle()
            here.edit({**here.document, **EDIT})
            here.now += pause
        if slow and here.deployed and isinstance(command, events.ReadHost) and not late:
            # The gate's first look fails, as the host takes a while to be well.
            late.append(command)
            return replace(read(here), figures={"disk_percent": 99})
        return None

    run = Run(platform(times=times), trouble=edit)
    state = run.drive()
    found = state.tale.edit
    if found.sync is Sync.IN_EFFECT:
        assert run.platform.effect.keys() >= EDIT.keys()
    if found.sync is Sync.STORED_NOT_DEPLOYED:
        assert not run.platform.effect.keys() & EDIT.keys()
    if found and times and pause >= run.platform.seconds + 2:
        assert found.sync is not Sync.UNKNOWN


def test_an_edit_that_the_gates_second_look_finds_is_not_in_effect() -> None:
    """No times are needed for that: the first look came after the deployment."""
    looks: list[events.Command] = []

    def sick_at_first(command: events.Command, here: Platform) -> events.Event | None:
        if isinstance(command, events.ReadHost) and here.deployed:
            looks.append(command)
            if len(looks) == 1:
                return replace(read(here), figures={"disk_percent": 99})
            here.edit({**AFTER, **EDIT})
        return None

    state = Run(platform(), trouble=sick_at_first).drive()
    assert state.outcome is Outcome.DONE
    assert state.tale.edit.paths == ("firewall_whitelist",)
    assert state.tale.edit.sync is Sync.STORED_NOT_DEPLOYED


def test_an_edit_after_the_way_back_is_named() -> None:
    def edit(command: events.Command, here: Platform) -> None:
        if len(here.deployed) == 2 and isinstance(command, events.ReadHost):
            here.now += 5
            here.edit({**BEFORE, **EDIT})

    state = Run(platform(fails=bad, times=True), trouble=edit).drive()
    assert state.outcome is Outcome.OVERTAKEN
    assert "firewall_whitelist" in state.tale.way_why
    assert "stored, not in effect" in state.tale.way_why


def test_and_is_no_success_where_it_takes_back_what_was_rolled_out() -> None:
    def edit(command: events.Command, here: Platform) -> None:
        if isinstance(command, events.ReadStatus) and here.busy():
            here.document = {**BEFORE, **EDIT}

    run = Run(platform(), trouble=edit)
    state = run.drive()
    assert state.outcome is Outcome.OVERTAKEN
    assert "redis_memory" in state.tale.why
    assert run.platform.document == {**BEFORE, **EDIT}
    assert run.journal == {}


def test_a_slow_success_is_a_success() -> None:
    run = Run(platform(seconds=150))
    state = run.drive()
    assert state.outcome is Outcome.LEFT
    assert "rollout_deploy_timeout" in state.tale.why
    assert run.platform.document == AFTER
    assert run.journal
    run.platform.now += 100
    later = Run(run.platform, run.journal)
    assert later.drive().outcome is Outcome.DONE
    assert len(run.platform.deployed) == 1
    assert run.journal == {}


def test_and_is_waited_for_where_it_still_runs() -> None:
    run = Run(platform(seconds=150))
    assert run.drive().outcome is Outcome.LEFT
    assert Run(run.platform, run.journal).drive().outcome is Outcome.DONE
    assert len(run.platform.deployed) == 1


def refusing(kind: type, event: events.Event, times: int = 1) -> Any:
    """What happens in place of the first commands of a kind."""
    left = [times]

    def trouble(command: events.Command, here: Platform) -> events.Event | None:
        if isinstance(command, kind) and left[0]:
            left[0] -= 1
            return event
        return None

    return trouble


def test_a_refused_write_means_untouched() -> None:
    run = Run(platform(), trouble=refusing(events.Write, events.NotStored("422", True)))
    state = run.drive()
    assert (state.outcome, state.tale.at) == (Outcome.UNTOUCHED, At.WRITING)
    assert run.platform.written == run.platform.deployed == []
    assert run.journal == {}


@pytest.mark.parametrize("stored", [True, False])
def test_an_unclear_write_is_taken_back_where_it_was_stored(stored: bool) -> None:
    def trouble(command: events.Command, here: Platform) -> events.Event | None:
        if isinstance(command, events.Write) and command.document == AFTER:
            here.document = command.document if stored else here.document
            return events.Unclear("no answer")
        return None

    run = Run(platform(), trouble=trouble)
    state = run.drive()
    assert state.outcome is (Outcome.RETURNED if stored else Outcome.UNTOUCHED)
    assert run.platform.document == BEFORE
    assert run.platform.deployed == []
    assert run.journal == {}


def test_a_start_that_was_refused_needs_no_deployment_on_the_way_back() -> None:
    run = Run(platform(), trouble=refusing(events.Start, events.NotBegun("403")))
    state = run.drive()
    assert state.outcome is Outcome.RETURNED
    assert run.platform.document == BEFORE
    assert run.platform.deployed == []
    assert not state.tale.redeployed


@pytest.mark.parametrize("started", [True, False])
def test_a_lost_answer_to_a_start_is_never_a_second_start(started: bool) -> None:
    lost = [True]

    def trouble(command: events.Command, here: Platform) -> events.Event | None:
        if isinstance(command, events.Start) and lost:
            lost.clear()
            if started:
                here.start()
            return events.MaybeBegun("no answer")
        return None

    run = Run(platform(), trouble=trouble)
    state = run.drive()
    assert state.outcome is (Outcome.DONE if started else Outcome.RETURNED)
    assert len(run.platform.deployed) == 1
    assert run.platform.effect == (AFTER if started else BEFORE)


@pytest.mark.parametrize("late", [0, 30])
def test_somebody_elses_deployment_is_waited_for(late: float) -> None:
    """Before the write, and where it is faster than ours."""
    there = platform()
    first = [True]

    def trouble(command: events.Command, here: Platform) -> None:
        wanted = events.Start if late else events.ReadStatus
        if isinstance(command, wanted) and first:
            first.clear()
            here.start()

    assert Run(there, trouble=trouble).drive().outcome is Outcome.DONE
    assert len(there.deployed) == 2
    assert there.effect == AFTER


def test_one_that_does_not_end_leaves_the_host_untouched() -> None:
    there = platform(seconds=1000)
    there.start()
    state = Run(there).drive()
    assert state.outcome is Outcome.UNTOUCHED
    assert "rollout_deploy_timeout" in state.tale.why
    assert there.written == []


def test_a_host_that_is_not_well_is_not_touched() -> None:
    there = platform(sick=lambda document: True)
    state = Run(there).drive()
    assert state.outcome is Outcome.UNTOUCHED
    assert "disk in use" in state.tale.why
    assert there.written == []


def test_an_empty_configuration_that_cannot_be_put_back_ends_the_journal() -> None:
    there = platform(document={}, effect={}, sick=bad)

    def trouble(command: events.Command, here: Platform) -> events.Event | None:
        if isinstance(command, events.Write) and not command.document:
            return events.NotStored("422: The json field is required.", refused=True)
        return None

    run = Run(there, trouble=trouble)
    state = run.drive()
    assert state.outcome is Outcome.KEPT
    assert "an empty one cannot be stored" in state.tale.way_why
    assert there.document == WANTED
    assert run.journal == {}


def test_the_way_back_that_fails_is_gone_on_with() -> None:
    run = Run(platform(fails=lambda document: True))
    state = run.drive()
    assert state.outcome is Outcome.STUCK
    assert run.journal
    run.platform.fails = lambda document: False
    later = Run(run.platform, run.journal).drive()
    assert later.outcome is Outcome.RETURNED
    assert later.tale.at is At.RETURNING
    assert run.platform.effect == BEFORE
    assert run.journal == {}


def stuck_on_an_edit() -> Run:
    """Somebody else's change lies over what a rollout wrote."""

    def edit(command: events.Command, here: Platform) -> None:
        if isinstance(command, events.Start):
            here.document = {**here.document, **EDIT}

    run = Run(platform(fails=lambda document: "redis_memory" in document), trouble=edit)
    assert run.drive().outcome is Outcome.STUCK
    run.platform.fails = lambda document: False
    return run


@pytest.mark.parametrize(
    ("recovery", "outcome"),
    [
        (Recovery.CONTINUE, Outcome.INTERRUPTED),
        (Recovery.KEEP, Outcome.DONE),
        (Recovery.RETURN, Outcome.RETURNED),
    ],
)
def test_what_the_user_chooses(recovery: Recovery, outcome: Outcome) -> None:
    run = stuck_on_an_edit()
    terms = replace(run.terms, recovery=recovery)
    state = Run(run.platform, run.journal, terms).drive()
    assert state.outcome is outcome
    kept = recovery is not Recovery.RETURN
    assert run.platform.document == ({**AFTER, **EDIT} if kept else BEFORE)
    assert bool(run.journal) is (recovery is Recovery.CONTINUE)
    if recovery is not Recovery.CONTINUE:
        assert run.platform.effect == run.platform.document


@pytest.mark.parametrize(
    ("full", "outcome", "deployed"),
    [(1, Outcome.UNTOUCHED, 0), (2, Outcome.LEFT, 0), (3, Outcome.LEFT, 1)],
)
def test_a_journal_that_cannot_be_written_stops_before_the_act(
    full: int, outcome: Outcome, deployed: int
) -> None:
    """What is done is never more than what is written down; the next run goes on from there."""
    run = Run(platform(), full=full)
    state = run.drive()
    assert state.outcome is outcome
    assert "No space left" in state.tale.why
    assert len(run.platform.deployed) == deployed
    assert bool(run.journal) is outcome.keeps_journal
    assert Run(run.platform, run.journal).drive().outcome is Outcome.DONE
    assert run.platform.effect == AFTER
    assert len(run.platform.deployed) == 1


@pytest.mark.parametrize("full", [4, 5])
def test_nor_does_the_way_back_go_on_without_one(full: int) -> None:
    run = Run(platform(sick=bad), full=full)
    assert run.drive().outcome is Outcome.STUCK
    assert Run(run.platform, run.journal).drive().outcome is Outcome.RETURNED
    assert run.platform.effect == BEFORE
    assert len(run.platform.deployed) == 2


@pytest.mark.parametrize("command", [events.ReadStatus, events.ReadHost], ids=["status", "host"])
@pytest.mark.parametrize("passing", [True, False])
@pytest.mark.parametrize("at", range(1, 9))
def test_what_cannot_be_read_for_a_while(command: type, passing: bool, at: int) -> None:
    seen: list[int] = []

    def trouble(asked: events.Command, here: Platform) -> events.Event | None:
        if isinstance(asked, command):
            seen.append(1)
            if len(seen) == at:
                return events.NotRead("503", passing)
        return None

    run = Run(platform(), trouble=trouble)
    outcome = run.drive().outcome
    there = run.platform
    if outcome is Outcome.DONE:
        assert there.effect == AFTER
    elif outcome is Outcome.LEFT:
        assert Run(there, run.journal).drive().outcome is Outcome.DONE
    else:
        assert outcome in (Outcome.UNTOUCHED, Outcome.RETURNED)
        assert there.document == there.effect == BEFORE


def test_a_status_that_is_not_known_is_not_followed() -> None:
    unknown = events.StatusRead(Deployment(State.UNKNOWN, word="hibernating"))
    run = Run(platform(), trouble=refusing(events.ReadStatus, unknown))
    state = run.drive()
    assert state.outcome is Outcome.UNTOUCHED
    assert "hibernating" in state.tale.why
    assert "rollout_status_words" in state.tale.why


def test_a_host_that_is_only_deployed_has_nothing_to_go_back_to() -> None:
    there = platform(document=dict(AFTER), fails=bad)
    run = Run(there)
    state = run.drive()
    assert state.outcome is Outcome.FAILED
    assert there.document == AFTER
    assert there.written == []
    assert run.journal == {}
    there.fails = lambda document: False
    assert Run(there).drive().outcome is Outcome.DONE
    assert there.effect == AFTER


def test_the_table_knows_every_moment() -> None:
    assert set(GOES_ON) == {(stage, live) for stage in Stage for live in Live}
