# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens, and in whatever order: a write ends, and goes over nothing that was not read just before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, repeat
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.writing import (
    machine,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.writing.machine import (
    Accepted,
    Back,
    Check,
    Course,
    End,
    Event,
    Failed,
    Finish,
    Found,
    Keep,
    Kept,
    Phase,
    Position,
    ReadBack,
    Send,
    Step,
    Unread,
    observe,
)

COURSES = st.builds(
    Course,
    backup=st.booleans(),
    verify=st.booleans(),
    expecting=st.booleans(),
    retries=st.integers(0, 5),
)
ANSWERS: dict[type[Any], st.SearchStrategy[Event]] = {
    # What is the same as before has as much to do as before.
    Check: st.sampled_from([Found(True, True), Found(False, True), Found(False, False)]),
    Keep: st.just(Kept()),
    Send: st.one_of(st.just(Accepted()), st.builds(Failed, st.booleans(), st.booleans())),
    ReadBack: st.one_of(st.builds(Back, st.booleans(), st.booleans()), st.just(Unread())),
}

AGES = st.sampled_from([0.0, machine.FRESH, machine.FRESH + 0.1, 60.0])


def drawn(data: Any) -> Iterator[float]:
    while True:
        yield data.draw(AGES)


History = list[tuple[Step, Event]]


def until_end(
    course: Course, answer: Callable[[Any], Event], ages: Iterator[float], most: int = 200
) -> tuple[End, History]:
    step, history = machine.begin(course, next(ages)), []
    for _number in range(most):
        if isinstance(step.do, Finish):
            return step.do.end, history
        event = answer(step.do)
        history.append((step, event))
        step = observe(course, step.at, event, next(ages))
    raise AssertionError(f"no end after {most} steps")


@settings(deadline=None)
@given(COURSES, st.fixed_dictionaries(ANSWERS), AGES)
def test_every_sequence_ends(course: Course, always: dict[type[Any], Event], age: float) -> None:
    until_end(course, lambda do: always[type(do)], repeat(age))


@settings(deadline=None, max_examples=300)
@given(COURSES, st.data())
def test_what_is_sent_was_planned_for_what_was_found_last(course: Course, data: Any) -> None:
    end, history = until_end(course, lambda do: data.draw(ANSWERS[type(do)]), drawn(data))
    found, failed = None, False
    for step, event in history:
        if isinstance(event, Found):
            found, failed = event, False
        if isinstance(step.do, Send):
            # A failure leaves open what is stored: it is read before anything is sent again.
            assert not failed
            if found is not None:
                assert found.changed
                assert found.same or not course.expecting
            failed = isinstance(event, Failed)
    sent = [event for step, event in history if isinstance(step.do, Send)]
    assert len(sent) <= course.retries + 1
    if end in (End.NOTHING_LEFT, End.CONTESTED):
        assert not sent
    if end in (End.STORED, End.VERIFIED) and isinstance(sent[-1], Failed):
        # Somebody read that nothing is left to do.
        assert found == Found(same=False, changed=False)


def test_somebody_who_keeps_writing_after_a_write_in_vain_leaves_open_what_is_stored() -> None:
    answers: dict[type[Any], Event] = {
        Check: Found(same=False, changed=True),
        Keep: Kept(),
        Send: Failed(clear=False, passing=True),
    }
    course = Course(backup=True, retries=1)
    end, history = until_end(course, lambda do: answers[type(do)], repeat(machine.FRESH + 1))
    assert end is End.CONTESTED
    # The same, but for a first write that is sent before anybody else is met.
    ages = chain([0.0, 0.0, 0.0], repeat(machine.FRESH + 1))
    end, history = until_end(course, lambda do: answers[type(do)], ages)
    assert any(isinstance(step.do, Send) for step, _event in history)
    assert end is End.NOT_KNOWN


@settings(deadline=None, max_examples=300)
@given(COURSES, st.data())
def test_what_is_written_over_was_kept(course: Course, data: Any) -> None:
    _end, history = until_end(course, lambda do: data.draw(ANSWERS[type(do)]), drawn(data))
    kept = False
    for step, event in history:
        if isinstance(event, Found) and not event.same:
            kept = False
        if isinstance(step.do, Keep):
            assert course.backup
            kept = True
        if isinstance(step.do, Send):
            assert kept is course.backup


@settings(deadline=None, max_examples=300)
@given(COURSES, st.data())
def test_what_is_written_over_is_fresh(course: Course, data: Any) -> None:
    """A first write goes over what was read just before, or is read once more before it."""
    ages: list[float] = []

    def noted() -> Iterator[float]:
        for age in drawn(data):
            ages.append(age)
            yield age

    _end, history = until_end(course, lambda do: data.draw(ANSWERS[type(do)]), noted())
    for number, (step, _event) in enumerate(history):
        if isinstance(step.do, Send) and step.at.failures == 0:
            checked = number > 0 and isinstance(history[number - 1][1], Found)
            assert checked or ages[number] <= machine.FRESH
            looked = any(isinstance(event, Found) for _step, event in history[:number])
            assert looked or not course.expecting


def test_the_table_leaves_nothing_open() -> None:
    assert {phase for phase, _event in machine._STEPS} == set(Phase)
    with pytest.raises(KeyError):
        observe(Course(), Position(), Accepted(), 0.0)
