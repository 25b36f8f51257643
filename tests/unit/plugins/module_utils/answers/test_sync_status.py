# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.deployment_status import (
    Deployment,
    State,
    Times,
    read_status,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.moments import (
    Moment,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.sync_status import (
    DECISIONS,
    Decision,
    Evidence,
    Order,
    Ours,
    Stored,
    Sync,
    order_of,
    sync_status,
)

DOCUMENT = Path(__file__).parents[5] / "docs" / "sync-status.md"
TEN = datetime(2026, 6, 1, 10, tzinfo=timezone.utc)


def at(seconds: float) -> Moment:
    """A moment as a column of whole seconds holds it."""
    return Moment(TEN + timedelta(seconds=math.floor(seconds)), zoned=True)


def deployed(
    state: State, began: float | None = None, ended: float | None = None, name: str = ""
) -> Deployment:
    return Deployment(
        state,
        marks={"id": name} if name else {},
        times=Times(None if began is None else at(began), None if ended is None else at(ended)),
    )


DONE = deployed(State.SUCCEEDED, 10, 20)


# The table


def test_every_case_is_decided_once_and_no_line_is_idle() -> None:
    used: set[int] = set()
    for state, order in product([None, *State], Order):
        fitting = [
            line
            for line, decision in enumerate(DECISIONS)
            if state in decision.states and order in decision.orders
        ]
        assert fitting, (state, order)
        used.add(fitting[0])
    assert used == set(range(len(DECISIONS)))


def test_the_document_shows_the_table() -> None:
    rows = re.findall(
        r"^\| (?!Latest|---)(.*?) \| (.*?) \| `(\w+)` \| (.*?) \|$",
        DOCUMENT.read_text("utf-8"),
        re.M,
    )
    assert rows == [as_documented(decision) for decision in DECISIONS]


def as_documented(decision: Decision) -> tuple[str, str, str, str]:
    states = ", ".join(
        "not asked for" if one is None else f"`{one.value}`" for one in decision.states
    )
    orders = (
        "whenever"
        if decision.orders == tuple(Order)
        else ", ".join(one.value for one in decision.orders)
    )
    return states, orders, decision.sync.value, decision.reason


# When it was changed


@pytest.mark.parametrize(
    ("evidence", "order"),
    [
        (Evidence(Stored(at(9)), DONE), Order.BEFORE),
        (Evidence(Stored(at(10)), DONE), Order.TOGETHER),
        (Evidence(Stored(at(11)), DONE), Order.DURING),
        # Its end may have touched the row, and that hides what came before.
        (Evidence(Stored(at(20)), DONE), Order.DURING),
        (Evidence(Stored(at(21)), DONE), Order.AFTER),
        (Evidence(Stored(at(21)), deployed(State.SUCCEEDED, 10)), Order.DURING),
        (Evidence(Stored(at(21)), deployed(State.SUCCEEDED, ended=20)), Order.AFTER),
        (Evidence(Stored(at(9)), deployed(State.SUCCEEDED, ended=20)), Order.UNTOLD),
        (Evidence(Stored(), DONE), Order.UNTOLD),
        (Evidence(Stored(at(9)), deployed(State.SUCCEEDED)), Order.UNTOLD),
        # Readings of two clocks.
        (Evidence(Stored(replace(at(9), zoned=False)), DONE), Order.UNTOLD),
        (Evidence(Stored(replace(at(99), zoned=False)), DONE), Order.UNTOLD),
        # What this run wrote came later than what the row says, or the row does not say.
        (Evidence(Stored(at(9)), DONE, Ours(changed=True, at=at(30))), Order.AFTER),
        (Evidence(Stored(), DONE, Ours(changed=True, at=at(9))), Order.BEFORE),
        (Evidence(Stored(at(9)), DONE, Ours(changed=False, at=at(30))), Order.BEFORE),
        # Nothing but what this run has seen.
        (Evidence(Stored(), None, Ours(changed=True)), Order.AFTER),
        (Evidence(Stored(), Deployment(State.NONE), Ours(changed=True)), Order.AFTER),
        (Evidence(Stored(), Deployment(State.NONE)), Order.UNTOLD),
        (Evidence(Stored(), Deployment(State.NONE, word="Never deployed")), Order.AFTER),
        (
            Evidence(Stored(), Deployment(State.NONE), Ours(changed=True, started="7")),
            Order.UNTOLD,
        ),
    ],
)
def test_when_it_was_changed(evidence: Evidence, order: Order) -> None:
    assert order_of(evidence) is order


SEEN = deployed(State.SUCCEEDED, name="7")
NEXT = deployed(State.SUCCEEDED, name="8")


@pytest.mark.parametrize(
    ("deployment", "ours", "order"),
    [
        (SEEN, Ours(changed=True, before=SEEN), Order.AFTER),
        (SEEN, Ours(changed=True, before=replace(SEEN, state=State.RUNNING)), Order.DURING),
        (NEXT, Ours(changed=True, before=SEEN), Order.UNTOLD),
        (NEXT, Ours(changed=True, since=SEEN), Order.BEFORE),
        (NEXT, Ours(since=SEEN), Order.BEFORE),
        (SEEN, Ours(since=SEEN), Order.UNTOLD),
        (NEXT, Ours(changed=True, started="8"), Order.BEFORE),
        (NEXT, Ours(changed=True, started="9"), Order.UNTOLD),
        # Without ids: the one that is over now may be the one that was running when this run wrote.
        (
            deployed(State.SUCCEEDED),
            Ours(changed=True, since=deployed(State.RUNNING)),
            Order.UNTOLD,
        ),
        (
            deployed(State.SUCCEEDED),
            Ours(changed=True, since=deployed(State.UNKNOWN)),
            Order.UNTOLD,
        ),
        (deployed(State.SUCCEEDED), Ours(changed=True, since=deployed(State.FAILED)), Order.BEFORE),
        (deployed(State.SUCCEEDED), Ours(changed=True, since=Deployment(State.NONE)), Order.BEFORE),
        (
            deployed(State.SUCCEEDED),
            Ours(changed=True, since=deployed(State.SUCCEEDED)),
            Order.UNTOLD,
        ),
        # Somebody has changed it since.
        (NEXT, Ours(changed=True, since=SEEN, kept=False), Order.UNTOLD),
    ],
)
def test_what_this_run_has_seen_tells_without_times(
    deployment: Deployment, ours: Ours, order: Order
) -> None:
    assert order_of(Evidence(Stored(), deployment, ours)) is order


def test_what_is_still_stored_as_it_was_written_needs_no_times() -> None:
    # The platform writes the end of a deployment into the row.
    mine = deployed(State.SUCCEEDED, 10, 20, "8")
    ours = Ours(changed=True, since=SEEN, started="8")
    touched = Evidence(Stored(at(20)), mine, ours)
    assert order_of(touched) is Order.DURING
    assert order_of(replace(touched, ours=replace(ours, kept=True))) is Order.BEFORE
    assert order_of(replace(touched, ours=replace(ours, kept=False))) is Order.DURING


# The value


def test_the_reason_is_one_sentence_with_the_times() -> None:
    status = sync_status(Evidence(Stored(at(9)), DONE))
    assert status.sync is Sync.IN_EFFECT
    assert status.reason == (
        "The latest deployment began after the last known change, and succeeded (changed 2026-06-01 10:00:09 UTC, "
        "deployment began 2026-06-01 10:00:10 UTC, ended 2026-06-01 10:00:20 UTC)."
    )
    assert sync_status(Evidence()).reason == "The status of the deployment was not asked for."


def test_what_a_deployment_is_due_for() -> None:
    assert sync_status(Evidence(Stored(at(9)), DONE)).due is False
    assert sync_status(Evidence(Stored(at(9)), deployed(State.RUNNING, 10))).due is None
    assert sync_status(Evidence(Stored(at(9)), deployed(State.FAILED, 10, 20))).due is True
    assert sync_status(Evidence(Stored(at(21)), DONE)).due is True
    assert sync_status(Evidence()).due is True


def test_from_bodies_to_a_status() -> None:
    row = {"id": 3, "updated_at": "2026-06-01T10:00:09.000000Z"}
    body = {"id": 7, "status": "success", "created_at": 1780308010, "finished_at": 1780308020}
    assert sync_status(Evidence(Stored.of_row(row), read_status(body, "/x"))).sync is Sync.IN_EFFECT
    assert Stored.of_row({"updated_at": None}) == Stored()


# Against a platform of which everything is known


@dataclass(frozen=True)
class Platform:
    """What happens on it, in seconds.

    :ivar touches: whether the end of a deployment is written into the host's row.
    :ivar lag: how long after it was asked for a deployment reads the configuration, as a part of its time.
    """

    writes: tuple[float, ...]
    deployments: tuple[tuple[float, float, State], ...]
    touches: bool
    lag: float

    def updated(self) -> Moment:
        ends = [end for _begin, end, _state in self.deployments] if self.touches else []
        return at(max([0.0, *self.writes, *ends]))

    def stored(self) -> int:
        return len(self.writes)

    def on_the_host(self) -> int:
        """How many of the writes are in effect."""
        reads = [
            begin + self.lag * (end - begin)
            for begin, end, state in self.deployments
            if state is State.SUCCEEDED
        ]
        return sum(write <= max(reads) for write in self.writes) if reads else 0

    def latest(self) -> Deployment:
        begin, end, state = self.deployments[-1]
        return deployed(state, begin, end, str(len(self.deployments)))


moments = st.integers(1, 120).map(lambda tenths: tenths / 10)


@st.composite
def platforms(draw: st.DrawFn) -> Platform:
    edges = sorted(draw(st.sets(moments, min_size=2, max_size=6)))
    runs = list(zip(edges[::2], edges[1::2], strict=False))
    states = [draw(st.sampled_from([State.SUCCEEDED, State.FAILED])) for _run in runs]
    return Platform(
        writes=tuple(sorted(draw(st.sets(moments, max_size=4)))),
        deployments=tuple(
            (begin, end, state) for (begin, end), state in zip(runs, states, strict=True)
        ),
        touches=draw(st.booleans()),
        lag=draw(st.floats(0, 1)),
    )


@given(platforms())
def test_green_is_in_effect_and_what_is_not_deployed_is_not(platform: Platform) -> None:
    found = sync_status(Evidence(Stored(platform.updated()), platform.latest()))
    in_effect = platform.on_the_host() == platform.stored()
    if found.sync is Sync.IN_EFFECT:
        assert in_effect
    if found.sync is Sync.STORED_NOT_DEPLOYED:
        assert not in_effect
    if not in_effect:
        assert found.due


@given(platforms(), st.integers(0, 30), st.sampled_from([State.SUCCEEDED, State.FAILED]))
def test_apart_by_more_than_a_second_it_comes_to_rest(
    platform: Platform, length: int, state: State
) -> None:
    quiet = replace(platform, touches=False)
    begin = max([*platform.writes, *(end for _begin, end, _state in platform.deployments)]) + 1.0
    more = replace(quiet, deployments=(*quiet.deployments, (begin, begin + length, state)))
    found = sync_status(Evidence(Stored(more.updated()), more.latest()))
    assert found.sync is (Sync.IN_EFFECT if state is State.SUCCEEDED else Sync.FAILED)


@given(platforms(), st.booleans())
def test_a_run_that_has_seen_everything_is_never_wrongly_green(
    platform: Platform, without_times: bool
) -> None:
    """This run wrote last of all it knows of, then somebody may have written more."""
    if not platform.writes:
        return
    mine = platform.writes[0]
    known = [(number, run) for number, run in enumerate(platform.deployments, 1) if run[0] <= mine]
    shown = Deployment(State.NONE)
    if known:
        number, (begin, end, state) = known[-1]
        running = end > mine
        shown = deployed(
            State.RUNNING if running else state, begin, None if running else end, str(number)
        )
    kept = len(platform.writes) == 1
    evidence = Evidence(
        Stored() if without_times else Stored(platform.updated()),
        platform.latest(),
        Ours(changed=True, before=shown, since=shown, kept=kept),
    )
    if sync_status(evidence).sync is Sync.IN_EFFECT:
        assert platform.on_the_host() == platform.stored()


@given(
    st.sampled_from([None, *State]),
    st.lists(st.one_of(st.none(), moments), min_size=4, max_size=4),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, True, False]),
)
def test_whatever_is_known_there_is_one_value_with_a_sentence(
    state: State | None, times: list[float | None], changed: bool, zoned: bool, kept: bool | None
) -> None:
    moment = [None if one is None else at(one) for one in times]
    row = replace(moment[0], zoned=zoned) if moment[0] else None
    deployment = None if state is None else Deployment(state, times=Times(moment[1], moment[2]))
    evidence = Evidence(
        Stored(row), deployment, Ours(changed, moment[3], deployment, deployment, kept=kept)
    )
    status = sync_status(evidence)
    assert re.fullmatch(r"[A-Z][^.]*\.", status.reason)
