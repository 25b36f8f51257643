# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record's file: every line whole, whoever writes at the same time, and none lost when it is put aside."""

from __future__ import annotations

import os
import stat
from collections import Counter
from multiprocessing import get_context
from pathlib import Path

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.record.record_file import (
    append,
    files,
    lines,
)

LIMIT = 2000


def test_a_line_goes_to_the_end_of_a_private_file(tmp_path: Path) -> None:
    path = tmp_path / "made" / "record.jsonl"
    append(str(path), b"one\n")
    append(str(path), b"two\n")
    assert path.read_bytes() == b"one\ntwo\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_permissions_that_somebody_gave_stay(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    path.touch(mode=0o640)
    append(str(path), b"one\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_was_cut_off_takes_no_line_with_it(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    path.write_bytes(b'{"cut o')
    append(str(path), b"one\n")
    assert list(lines(str(path))) == [b'{"cut o', b"one"]


def _write(path: str, writer: int) -> None:
    for number in range(100):
        append(path, f"{writer} {number} {'x' * writer}\n".encode(), LIMIT)


def test_many_writers_lose_nothing_and_mix_nothing(tmp_path: Path) -> None:
    """While the file is put aside again and again beneath them."""
    path = str(tmp_path / "record.jsonl")
    context = get_context("spawn")
    writers = [context.Process(target=_write, args=(path, writer)) for writer in range(4)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
        assert process.exitcode == 0
    wanted = [f"{writer} {number} {'x' * writer}" for writer in range(4) for number in range(100)]
    found = [line.decode() for line in lines(path)]
    assert Counter(found) == Counter(wanted)
    for writer in range(4):
        mine = [line for line in found if line.startswith(f"{writer} ")]
        assert mine == [line for line in wanted if line.startswith(f"{writer} ")]
    assert len(files(path)) > 1
    assert all(Path(one).stat().st_size <= LIMIT for one in files(path))


def test_what_lies_beside_it_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    for name in ("record.jsonl.bak", "record.jsonl.lock", "other.20260101T000000.000000Z"):
        (tmp_path / name).write_text("no\n", encoding="utf-8")
    append(str(path), b"one\n")
    append(str(path), b"two\n", limit=5)
    assert list(lines(str(path))) == [b"one", b"two"]
    assert list(lines(str(tmp_path / "nowhere" / "record.jsonl"))) == []


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "record.jsonl"
    path.mkdir() if kind == "folder" else os.mkfifo(path)
    with pytest.raises(OSError, match=r"directory|no file"):
        append(str(path), b"one\n")
