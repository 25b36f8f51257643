# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from email.utils import formatdate
from time import time

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    BodyError,
    NoAnswer,
    RequestError,
    StatusError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.repetition import (
    Repeat,
    delay_before,
    may_repeat,
    retry_after,
)


def status(number: int, after: float | None = None) -> StatusError:
    return StatusError("GET", "/x", number, "", retry_after=after)


def no_answer(*, sent: bool, passing: bool = True) -> NoAnswer:
    return NoAnswer("GET", "/x", "gone", sent=sent, passing=passing)


@pytest.mark.parametrize(
    ("failure", "idempotent", "with_effect"),
    [
        (no_answer(sent=False), True, True),
        (no_answer(sent=True), True, False),
        (no_answer(sent=False, passing=False), False, False),
        (status(429), True, True),
        (status(408), True, False),
        (status(500), True, False),
        (status(502), True, False),
        (status(503), True, False),
        (status(504), True, False),
        (status(302), False, False),
        (status(401), False, False),
        (status(403), False, False),
        (status(404), False, False),
        (status(409), False, False),
        (status(422), False, False),
        (BodyError("GET", "/x", "odd"), False, False),
    ],
)
def test_what_may_be_sent_again(failure: RequestError, idempotent: bool, with_effect: bool) -> None:
    assert may_repeat(failure, Repeat.IDEMPOTENT) is idempotent
    assert may_repeat(failure, Repeat.ONLY_WITHOUT_EFFECT) is with_effect


def test_the_delay_doubles_is_spread_out_and_bounded() -> None:
    for attempt, (least, most) in enumerate([(0.25, 0.5), (0.5, 1), (1, 2), (2, 4)], start=1):
        delays = {delay_before(attempt, status(500), 60) for _time in range(50)}
        assert least <= min(delays) <= max(delays) <= most
        assert len(delays) > 10
    assert delay_before(1000, status(500), 60) <= 60
    assert delay_before(4, status(500), 0.5) == 0.5


def test_the_server_may_ask_for_more_time_up_to_the_bound() -> None:
    assert 7 <= delay_before(1, status(429, 7), 60) <= 7.7
    assert delay_before(1, status(429, 3600), 60) == 60
    assert delay_before(1, status(429, 0), 60) == 0


@pytest.mark.parametrize(
    ("value", "seconds"), [("7", 7), ("0", 0), ("soon", None), ("", None), ("-5", None)]
)
def test_retry_after_in_seconds(value: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": value}) == seconds


def test_retry_after_as_a_date() -> None:
    seconds = retry_after({"Retry-After": formatdate(time() + 30, usegmt=True)})
    assert seconds is not None
    assert 28 <= seconds <= 31
    assert retry_after({"Retry-After": formatdate(time() - 30, usegmt=True)}) == 0
    assert retry_after({}) is None
