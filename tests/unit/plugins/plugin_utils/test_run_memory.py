# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory that forked processes share."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.run_memory import RunMemory
from workshop import build_tree

# In a process of its own, because forking one that has threads is what Python warns of.
FORKING = """
import os, sys, time
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.run_memory import RunMemory

memory = RunMemory()
made = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY | os.O_APPEND)

def make(key):
    def made_now():
        time.sleep(0.05)
        os.write(made, f"{key}\\n".encode())
        return key.encode() * 1000
    return made_now

holds, told = os.pipe()

def dies_while_it_holds_the_lock():
    os.write(told, b"!")
    time.sleep(0.3)
    os._exit(0)

children = []
for number in range(12):
    child = os.fork()
    if child == 0:
        if number == 0:
            memory.once("a", dies_while_it_holds_the_lock)
        for key in "abc":
            assert memory.once(key, make(key)) == key.encode() * 1000
        os._exit(0)
    children.append(child)
    if number == 0:
        os.read(holds, 1)
for child in children:
    assert os.waitpid(child, 0)[1] == 0
assert memory.once("b", make("again")) == b"b" * 1000
"""


def test_processes_make_each_text_once(tmp_path: Path) -> None:
    made = tmp_path / "made"
    environment = {"PYTHONPATH": str(build_tree.link())}
    subprocess.run(
        [sys.executable, "-c", FORKING, str(made)], env=environment, check=True, timeout=100
    )
    assert sorted(made.read_text().split()) == ["a", "b", "c"]


def test_what_fails_is_not_remembered() -> None:
    memory = RunMemory(4096)

    def fails() -> bytes:
        raise LookupError

    for _attempt in range(2):
        with pytest.raises(LookupError):
            memory.once("key", fails)
    assert memory.once("key", lambda: b"") == b""
    assert memory.once("key", fails) == b""


def test_when_it_is_full_texts_are_made_anew() -> None:
    memory = RunMemory(4096)
    calls = []

    def large() -> bytes:
        calls.append(1)
        return b"x" * 5000

    assert memory.once("large", large) == memory.once("large", large) == b"x" * 5000
    assert len(calls) == 2
    assert memory.once("small", lambda: b"1") == memory.once("small", lambda: b"2") == b"1"


def test_what_is_known_can_be_looked_up_without_making_it() -> None:
    memory = RunMemory()
    assert memory.known("a") is None
    memory.once("a", lambda: b"made")
    assert memory.known("a") == b"made"
