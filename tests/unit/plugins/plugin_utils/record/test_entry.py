# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A line of the record: what is written is what is read, and what is no line is said to be none."""

from __future__ import annotations

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.deed import (
    Deed,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.record.entry import (
    Entry,
    NoEntry,
    Source,
    Who,
    read,
    written,
)

CHANGE = {"path": "webserver", "op": "change", "summary": 'webserver: "nginx" → "apache"'}
DEED = Deed("host", 7, "shop-é.example", "done", (CHANGE,), "deploy", "", 90.5, 1_790_000_000.7)
AWX = Who("awx", "worker-1", "an", "42")
SOURCE = Source(
    "20260921T000000Z-0a1b2c3d", "rollout", "https://my.turbostack.app", AWX, "abc+changed"
)


def test_what_is_written_is_read() -> None:
    line = written(Entry.of(SOURCE, DEED).shown())
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    found = read(line)
    assert found.shown() == Entry.of(SOURCE, DEED).shown()
    assert found.source == SOURCE
    assert (found.deed.name, found.deed.changes) == (DEED.name, DEED.changes)
    assert (found.ended - found.began).total_seconds() == 90


def test_what_is_not_there_is_null() -> None:
    source = Source("r", "turbostack_host", "https://my.turbostack.app", Who("ops", "desk"))
    shown = Entry.of(source, Deed("group", 1, "developers", "written")).shown()
    nothing = {name for name, value in shown.items() if value is None}
    assert nothing == {"commit", "deployment", "why"}
    assert shown["who"] == {"user": None, "login": "ops", "machine": "desk", "job": None}
    assert read(written(shown)).source == source


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b'"format"',
        b'{"format": 2}',
        b'{"format": 1}',
        b"[" * 100_000,
        written({**Entry.of(SOURCE, DEED).shown(), "began": "yesterday"}),
        written({**Entry.of(SOURCE, DEED).shown(), "changes": 3}),
        written({**Entry.of(SOURCE, DEED).shown(), "who": None}),
        written({**Entry.of(SOURCE, DEED).shown(), "id": "seven"}),
        written(Entry.of(SOURCE, DEED).shown())[:-9],
    ],
)
def test_what_is_no_entry(line: bytes) -> None:
    with pytest.raises(NoEntry):
        read(line)


def test_who_in_words() -> None:
    assert str(AWX) == "an (awx on worker-1, AWX job 42)"
    assert str(Who("ops", "desk")) == "ops (ops on desk)"
