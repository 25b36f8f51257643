# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens, and in whatever order: a task ends, starts once, and takes no earlier end for its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_status import (
    Deployment,
    State,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.deployment import (
    machine,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.deployment.machine import (
    begin,
    observe,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.deployment.states import (
    ALWAYS,
    FAIL,
    JOIN,
    NEVER,
    PENDING,
    WAIT,
    Accepted,
    Course,
    End,
    Event,
    Finish,
    Look,
    Missed,
    Phase,
    Position,
    Refused,
    Seen,
    Start,
    Step,
    Unclear,
)

COURSES = st.builds(
    Course,
    start=st.sampled_from([ALWAYS, PENDING, NEVER]),
    if_running=st.sampled_from([WAIT, JOIN, FAIL]),
    wait=st.booleans(),
    timeout=st.sampled_from([1.0, 60.0, 1800.0]),
    interval=st.sampled_from([0.5, 10.0]),
    check_mode=st.booleans(),
)
MARKS = st.sampled_from([{}, {"id": "1"}, {"id": "2"}, {"id": "3"}, {"created_at": "x"}])
DEPLOYMENTS = st.builds(Deployment, st.sampled_from(State), marks=MARKS)
LOOKS = st.one_of(
    st.builds(Seen, DEPLOYMENTS, st.booleans()),
    st.builds(Missed, st.just("503"), st.sampled_from([0.0, 5.0, 1e9])),
)
STARTS = st.sampled_from([Accepted(), Unclear("lost"), Refused()])


@dataclass
class Clock:
    """Seconds since the task began, which go on with each pause and, a little, with each request."""

    elapsed: float = 0.0
    steps: list[Step] = field(default_factory=list)

    def until_end(self, course: Course, events: Iterator[Event], most: int = 20_000) -> End:
        step = begin()
        for _number in range(most):
            self.steps.append(step)
            if isinstance(step.do, Finish):
                return step.do.end
            if isinstance(step.do, Look):
                self.elapsed += step.do.after
            step = observe(course, step.at, next(events), self.elapsed)
        raise AssertionError(f"no end after {most} steps, {self.elapsed} s")

    @property
    def starts(self) -> list[Step]:
        return [step for step in self.steps if isinstance(step.do, Start)]


def drawn(data: Any, clock: Clock) -> Iterator[Event]:
    """An event that fits what the machine has just asked for; a patient look brings a status, or no event."""
    while True:
        do = clock.steps[-1].do
        if isinstance(do, Start):
            yield data.draw(STARTS)
        else:
            yield data.draw(st.builds(Seen, DEPLOYMENTS, st.booleans()) if do.patient else LOOKS)
        clock.elapsed += data.draw(st.sampled_from([0.0, 0.1, 30.0]))


@settings(deadline=None)
@given(COURSES, st.data())
def test_every_sequence_ends(course: Course, data: Any) -> None:
    # What is drawn is repeated for ever, so that every event has its chance to be the one that never ends.
    clock = Clock()
    few = [event for event, _number in zip(drawn_forever(data), range(6), strict=False)]

    def events() -> Iterator[Event]:
        number = 0
        while True:
            do = clock.steps[-1].do
            fitting = [event for event in few if fits(do, event)]
            yield fitting[number % len(fitting)] if fitting else fallback(do)
            number += 1

    clock.until_end(course, events())
    assert clock.elapsed <= course.timeout + 1e-6


def drawn_forever(data: Any) -> Iterator[Event]:
    while True:
        yield data.draw(st.one_of(LOOKS, STARTS))


def fits(do: Any, event: Event) -> bool:
    if isinstance(do, Start):
        return isinstance(event, (Accepted, Unclear, Refused))
    return isinstance(event, Seen) or (isinstance(event, Missed) and not do.patient)


def fallback(do: Any) -> Event:
    return Refused() if isinstance(do, Start) else Seen(Deployment(State.RUNNING))


@settings(deadline=None)
@given(COURSES, st.data())
def test_nothing_is_started_twice(course: Course, data: Any) -> None:
    clock = Clock()
    sent = []

    def events() -> Iterator[Event]:
        for event in drawn(data, clock):
            if isinstance(clock.steps[-1].do, Start):
                sent.append(event)
            yield event

    clock.until_end(course, events())
    # A start that surely had no effect may be followed by another one, and no other.
    assert all(isinstance(event, Refused) for event in sent[:-1])
    assert not (course.check_mode and sent)
    assert not (course.start == NEVER and sent)
    effect = bool(sent) and not isinstance(sent[-1], Refused)
    assert clock.steps[-1].at.started is effect


@settings(deadline=None)
@given(COURSES, st.data())
def test_nothing_is_started_beside_a_deployment_that_was_just_seen(
    course: Course, data: Any
) -> None:
    clock = Clock()
    seen: list[Event] = []

    def events() -> Iterator[Event]:
        for event in drawn(data, clock):
            if isinstance(clock.steps[-1].do, Start):
                assert isinstance(seen[-1], Seen)
                assert not seen[-1].deployment.state.active
                assert seen[-1].deployment.state is not State.UNKNOWN
                assert seen[-1].due or course.start == ALWAYS
                # And not in the second in which somebody may have written.
                assert clock.elapsed >= min(machine.REST, course.timeout / 2) - machine._MOMENT
            seen.append(event)
            yield event

    clock.until_end(course, events())


@dataclass
class Platform:
    """A platform whose deployments bear ids, and whose status may lag behind and fail.

    :ivar deployments: oldest first; the own one is C(own), once it was started.
    """

    deployments: list[Deployment]
    own: str | None = None

    def begin(self, number: int) -> None:
        self.deployments.append(Deployment(State.QUEUED, marks={"id": str(number)}))

    def go_on(self, end: State) -> None:
        last = self.deployments[-1]
        following = {State.QUEUED: State.RUNNING, State.RUNNING: end}.get(last.state, last.state)
        self.deployments[-1] = replace(last, state=following)


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from([State.SUCCEEDED, State.FAILED, State.CANCELLED]),
    st.sampled_from([Accepted(), Unclear("lost")]),
    st.data(),
)
def test_an_end_is_the_own_ones_or_a_later_ones(before: State, answer: Event, data: Any) -> None:
    platform = Platform([Deployment(before, marks={"id": "1"})])
    clock = Clock()

    def events() -> Iterator[Event]:
        while True:
            do = clock.steps[-1].do
            if isinstance(do, Start):
                platform.begin(len(platform.deployments) + 1)
                platform.own = platform.deployments[-1].marks["id"]
                yield answer
                continue
            what = data.draw(st.sampled_from(["status", "lag", "missed", "rival"]))
            if platform.own:
                platform.go_on(data.draw(st.sampled_from([State.SUCCEEDED, State.FAILED])))
            if what == "rival" and platform.own and platform.deployments[-1].state.ended:
                platform.begin(len(platform.deployments) + 1)
            if what == "missed" and not do.patient:
                yield Missed("503")
            elif what == "lag" and platform.own:
                yield Seen(platform.deployments[0])
            else:
                yield Seen(platform.deployments[-1])

    end = clock.until_end(Course(timeout=600), events())
    at = clock.steps[-1].at
    if end in (End.SUCCEEDED, End.FAILED, End.CANCELLED):
        assert at.shown.state.value == end.name.lower()
        assert platform.own is not None
        assert int(at.shown.marks["id"]) >= int(platform.own)
        if at.shown.marks["id"] != platform.own and at.superseded:
            # Never without saying so, where the own one was seen.
            assert int(at.shown.marks["id"]) > int(platform.own)
    else:
        assert end in (End.TIMED_OUT, End.NOT_FOUND)


def test_the_tables_leave_nothing_open() -> None:
    kinds = {"active", "ended", "nothing", "unknown"}
    assert set(machine._VERDICTS) == {(whose, kind) for whose in machine.Whose for kind in kinds}
    assert {phase for phase, _event in machine._STEPS} == set(Phase)
    for phase in (Phase.WAITING, Phase.SEARCHING, Phase.FOLLOWING, Phase.GLANCING):
        assert {event for own, event in machine._STEPS if own is phase} == {Seen, Missed}


def test_an_event_that_cannot_be_is_refused() -> None:
    with pytest.raises(KeyError):
        observe(Course(), Position(), Accepted(), 0.0)


def test_pauses_grow_up_to_the_interval_and_respect_what_the_server_asks_for() -> None:
    course, at = Course(interval=10, patience=20), Position(phase=Phase.WAITING)
    running = Seen(Deployment(State.RUNNING))
    pauses = []
    for elapsed in (0.0, 8.0, 400.0):
        do = observe(course, at, running, elapsed).do
        assert isinstance(do, Look)
        pauses.append(do.after)
    assert pauses == [machine.SHORTEST_INTERVAL, 2.0, 10.0]
    for asked, after in ((15.0, 15.0), (1e9, 20.0)):
        do = observe(course, at, Missed("429", asked), 0.0).do
        assert do == Look(after)
    assert observe(course, at, running, 1799.0).do == Look(1.0)
    assert observe(course, at, running, 1800.0).do == Finish(End.TIMED_OUT)
