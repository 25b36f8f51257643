# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one process learns of a limit, all others of its run know; and nothing goes wrong where they cannot."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client import board
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.board import Board
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.rate_limit import (
    RateLimit,
)

KEY = "https://platform.invalid\0t0k3n"


def one_more(known: RateLimit) -> RateLimit:
    return replace(known, refusals=known.refusals + 1)


def as_it_is(known: RateLimit) -> RateLimit:
    return known


def in_child(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def test_what_a_child_learns_is_known_to_all() -> None:
    shared = Board()
    children = [
        in_child(lambda: [shared.change(KEY, one_more) for _each in range(50)] and None)
        for _child in range(8)
    ]
    for child in children:
        os.waitpid(child, 0)
    assert shared.change(KEY, as_it_is).refusals == 400


def test_threads_do_not_get_in_each_others_way() -> None:
    shared = Board()
    threads = [
        threading.Thread(target=lambda: [shared.change(KEY, one_more) for _each in range(50)])
        for _thread in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shared.change(KEY, as_it_is).refusals == 400


def test_a_child_that_is_killed_holds_nobody_up() -> None:
    shared = Board()
    child = in_child(lambda: shared.change(KEY, lambda known: os.kill(os.getpid(), signal.SIGKILL)))
    os.waitpid(child, 0)
    assert shared.change(KEY, one_more).refusals == 1


def test_one_platform_is_not_taken_for_another() -> None:
    shared = Board()
    for number in range(100):
        key = f"https://{number}.invalid"
        assert shared.change(key, as_it_is) == RateLimit()
        shared.change(key, one_more)
        assert shared.change(key, as_it_is).refusals == 1


def test_more_under_way_than_there_is_place_for_is_let_go() -> None:
    shared = Board()
    shared.change(KEY, one_more)
    shared.change(KEY, lambda known: replace(known, under_way=tuple(map(float, range(10_000)))))
    assert shared.change(KEY, as_it_is).refusals == 1


def test_no_secret_is_on_the_board() -> None:
    shared = Board()
    shared.change(KEY, one_more)
    assert b"t0k3n" not in bytes(shared._memory)


def test_where_nothing_can_be_shared_each_process_has_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_arguments: object, **_options: object) -> int:
        raise OSError

    monkeypatch.delattr(os, "memfd_create", raising=False)
    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    alone = Board()
    alone.change(KEY, one_more)
    assert alone.change(KEY, as_it_is).refusals == 1


def test_without_memory_that_has_no_name_a_file_without_one_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "memfd_create", raising=False)
    shared = Board()
    os.waitpid(in_child(lambda: shared.change(KEY, one_more) and None), 0)
    assert shared.change(KEY, as_it_is).refusals == 1


def test_the_run_has_one_board() -> None:
    os.waitpid(in_child(lambda: board.BOARD.change(KEY, one_more) and None), 0)
    assert board.BOARD.change(KEY, as_it_is).refusals == 1
