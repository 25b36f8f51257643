# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/simulator.md and the simulator's README: each command is run as it stands there, and each file used."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workshop import build_tree
from workshop.places import ROOT

# It is about the simulator, and what it does to a playbook is the same on each release.
pytestmark = [
    pytest.mark.newest_core,
    pytest.mark.skipif(shutil.which("curl") is None, reason="the documents use curl"),
]

GUIDE = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
README = (ROOT / "tests" / "simulator" / "README.md").read_text(encoding="utf-8")
PATIENCE = 30


def blocks(text: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """The commands of a document, continued lines as one."""
    found = []
    for block in blocks(text, "console"):
        found += re.findall(r"^\$ ((?:.*\\\n)*.*)$", block, re.MULTILINE)
    return found


@dataclass
class Shell:
    """A home, a working folder, and what a shell in it is to know."""

    home: Path
    work: Path
    programs: Path

    def run(self, command: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-c", command],
            cwd=folder or self.work,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            # What pip installs comes from the checkout alone.
            "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    @contextmanager
    def started(self, command: str, port: int) -> Iterator[list[str]]:
        """The platform of a document, for as long as a block runs; what it says once it listens."""
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                pytest.skip(f"something else listens on port {port}, which the document names")
        with subprocess.Popen(
            ["sh", "-c", f"exec {command}"],
            cwd=self.work,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            try:
                yield [process.stdout.readline() for _line in range(3)]
            finally:
                # As Ctrl-C does.
                process.send_signal(signal.SIGINT)
                process.wait(timeout=PATIENCE)
        assert process.returncode == 0


@pytest.fixture
def shell(tmp_path: Path, programs: Path) -> Shell:
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    return Shell(tmp_path / "home", tmp_path / "work", programs)


def install(shell: Shell, *steps: str) -> None:
    for step in steps:
        done = shell.run(step, folder=ROOT)
        assert done.returncode == 0, done.stderr


def test_the_guide(shell: Shell) -> None:
    make, pip, start, export, play, count, curl, *changes = commands(GUIDE)
    for text in blocks(GUIDE, "yaml"):
        (shell.work / text.splitlines()[1].removeprefix("# ")).write_text(text, encoding="utf-8")
    install(shell, make, pip)

    with shell.started(start, 8317):
        played = shell.run(f"{export}\n{play}")
        # As the guide says: the one host fails, the ten others that are to be seen do not.
        assert played.returncode == 2, played.stdout + played.stderr
        recap = dict(re.findall(r"^(\S+) +: ok=\d.*failed=(\d)", played.stdout, re.MULTILINE))
        failed = {name for name, number in recap.items() if number != "0"}
        assert failed == {"magento2-prod3.brasserieligeoise.example"}
        assert len(recap) == 11
        counted = shell.run(count)
        assert int(counted.stdout) > 0
        asked: list[dict[str, Any]] = json.loads(shell.run(curl).stdout)
        assert len(asked) == 2
        for change in changes:
            done = shell.run(f"{change} -w '%{{http_code}}' -o /dev/null")
            assert done.stdout in ("200", "201", "204"), change

        own = shell.work / "mine.json"
        own.write_text(blocks(GUIDE, "json")[0], encoding="utf-8")
        wrong = shell.run("~/turbostack-simulator/bin/turbostack-simulator --scenario good-day")
        assert (wrong.returncode, "there is no scenario" in wrong.stderr) == (2, True)

    journal = (shell.work / "requests.jsonl").read_text(encoding="utf-8")
    assert "7|simulated" not in journal
    first, *_others, last = [json.loads(line) for line in journal.splitlines()]
    assert first["number"] == 1
    assert last == asked[-1]

    for text in blocks(GUIDE, "python"):
        (shell.work / "own.py").write_text(text, encoding="utf-8")
        done = shell.run("~/turbostack-simulator/bin/python own.py")
        assert done.returncode == 0, done.stderr

    with shell.started(
        "~/turbostack-simulator/bin/turbostack-simulator --port 8317 --scenario mine.json", 8317
    ):
        told = json.loads(shell.run("curl -s http://127.0.0.1:8317/_simulator/overview").stdout)
    assert told["scenario"] == "mine"


def test_the_readme(shell: Shell) -> None:
    make, pip, start, curl = commands(README)
    install(shell, make, pip)
    with shell.started(start, 8080) as (counts, export, _page):
        assert counts in README
        # On such a day, one answer in ten is no answer.
        for _time in range(20):
            done = shell.run(f"{export}\n{curl}")
            if done.stdout.startswith("{"):
                break
        assert len(json.loads(done.stdout)["data"]) == 3
