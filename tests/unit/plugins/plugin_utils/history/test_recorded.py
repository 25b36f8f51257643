# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a change that is seen elsewhere is one that the record knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.deed import Deed
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.history.event import Subject
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.history.recorded import (
    Recorded,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.record.entry import (
    Entry,
    Source,
    Who,
)

NOON = datetime(2026, 10, 28, 12, tzinfo=timezone.utc)
HOST = Subject("host", 7)
SOURCE = Source("run", "rollout", "https://my.turbostack.app", Who("ops", "desk"))
CHANGES = ({"path": "system_users[prod].vhosts", "op": "change", "summary": "…"},)
# It took half an hour.
DEED = Deed("host", 7, "shop.example", "done", CHANGES, "deploy", "", 1800, NOON.timestamp())


def minutes(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def recorded(deed: Deed = DEED) -> Recorded:
    return Recorded.of([Entry.of(SOURCE, deed)])


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("system_users[prod].vhosts", True),
        ("system_users[prod].vhosts[shop].php_version", True),
        ("system_users[prod]", True),
        ("system_users", True),
        ("system_users[prod].vhosts_more", False),
        ("system_users[production]", False),
        ("webserver", False),
    ],
)
def test_a_place_and_what_lies_in_it(path: str, known: bool) -> None:
    assert recorded().made(HOST, path, minutes(-60), minutes(60)) is known


@pytest.mark.parametrize(
    ("after", "before", "known"),
    [
        (-60, 60, True),
        # The write comes long before the end of the deployment.
        (-60, -20, True),
        (-60, -31, True),
        (-60, -33, False),
        (1, 60, True),
        (3, 60, False),
    ],
)
def test_a_time(after: float, before: float, known: bool) -> None:
    path = "system_users[prod].vhosts"
    assert recorded().made(HOST, path, minutes(after), minutes(before)) is known
    assert recorded().made(HOST, path, None, minutes(before)) is (before > -33)


def test_another_host_and_what_was_taken_back_explain_nothing() -> None:
    path = "system_users[prod].vhosts"
    assert not recorded().made(Subject("group", 7), path, None, minutes(60))
    assert not recorded(replace(DEED, end="returned")).made(HOST, path, None, minutes(60))


def test_when_it_was_busy() -> None:
    assert recorded().was_busy(HOST, minutes(-15))
    assert recorded().was_busy(HOST, minutes(1))
    assert not recorded().was_busy(HOST, minutes(5))
    assert not recorded().was_busy(Subject("host", 8), minutes(-15))
