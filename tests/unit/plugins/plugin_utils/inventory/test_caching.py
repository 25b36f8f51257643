# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When the cache answers, and when the API does."""

from __future__ import annotations

import time
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    ForeignBody,
    NoAnswer,
    RequestError,
    StatusError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.cache_entry import (
    key,
    packed,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.caching import Cache
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.source import (
    Reading,
)

IDENTITY = "a" * 64
OLD = [{"id": 1, "name": "old", "client_id": None, "active": True}]
NEW = [{"id": 2, "name": "new", "client_id": None, "active": True}]


class Desk:
    """A cache in memory, and an API that counts how often it is read."""

    def __init__(self, age: float | None = None) -> None:
        self.store: dict[str, Any] = {}
        if age is not None:
            self.store[key(IDENTITY)] = {
                **packed(IDENTITY, Reading(OLD, 1)),
                "saved_at": time.time() - age,
            }
        self.warnings: list[str] = []
        self.reads = 0
        self.failure: RequestError | None = None
        self.errors: list[str] = []
        self.rows = NEW

    def records(
        self, timeout: float = 100, stale: bool = False, refresh: bool = False
    ) -> list[Any]:
        cache = Cache(
            self.store, IDENTITY, timeout, stale_on_error=stale, warn=self.warnings.append
        )
        return cache.records(self._read, refresh=refresh).records

    def _read(self) -> Reading:
        self.reads += 1
        if self.failure:
            raise self.failure
        return Reading(self.rows, len(self.rows), self.errors)


def test_a_fresh_entry_spares_the_api() -> None:
    desk = Desk(age=50)
    assert desk.records() == OLD
    assert desk.reads == 0


def test_an_entry_without_timeout_is_always_fresh() -> None:
    assert Desk(age=10**9).records(timeout=0) == OLD


def test_an_expired_one_is_replaced() -> None:
    desk = Desk(age=150)
    assert desk.records() == NEW
    assert desk.records() == NEW
    assert desk.reads == 1


def test_a_refresh_reads_and_saves() -> None:
    desk = Desk(age=1)
    assert desk.records(refresh=True) == NEW
    assert desk.records() == NEW
    assert desk.reads == 1


def test_a_partial_reading_is_not_saved() -> None:
    desk = Desk()
    desk.errors = ["no page 3"]
    desk.records()
    assert not desk.store


def test_nothing_at_all_is_not_saved() -> None:
    desk = Desk()
    desk.rows = []
    desk.records()
    assert not desk.store


DOWN = [
    NoAnswer("GET", "/hosts", "no connection", sent=False),
    StatusError("GET", "/hosts", 503, "Unavailable"),
    StatusError("GET", "/hosts", 429, "Too Many"),
    ForeignBody("GET", "/hosts", "HTML"),
]


@pytest.mark.parametrize("failure", DOWN)
def test_an_expired_entry_serves_while_the_api_is_down(failure: RequestError) -> None:
    desk = Desk(age=7300)
    desk.failure = failure
    assert desk.records(stale=True) == OLD
    (warning,) = desk.warnings
    assert "which expired 2 hours ago" in warning
    assert str(failure) in warning
    with pytest.raises(RequestError):
        desk.records(stale=False)


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_but_not_when_the_api_refuses(status: int) -> None:
    desk = Desk(age=7300)
    desk.failure = StatusError("GET", "/hosts", status, "No")
    with pytest.raises(StatusError):
        desk.records(stale=True)


def test_nor_when_the_user_wants_nothing_cached() -> None:
    desk = Desk(age=7300)
    desk.failure = DOWN[0]
    with pytest.raises(NoAnswer):
        desk.records(stale=True, refresh=True)


@pytest.mark.parametrize(
    "value", ["nonsense", {"kind": "other"}, {**packed(IDENTITY, Reading(OLD, 1)), "records": "["}]
)
def test_a_damaged_entry_is_ignored_with_a_warning(value: Any) -> None:
    desk = Desk()
    desk.store[key(IDENTITY)] = value
    assert desk.records() == NEW
    (warning,) = desk.warnings
    assert "is ignored" in warning
    assert desk.records() == NEW
    assert desk.reads == 1


def test_so_is_one_over_which_the_cache_plugin_fails() -> None:
    class Failing(dict[str, Any]):
        def get(self, *_arguments: Any) -> Any:
            raise OSError("disk on fire")

    desk = Desk()
    desk.store = Failing()
    assert desk.records() == NEW
    assert "disk on fire" in desk.warnings[0]
