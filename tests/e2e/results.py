# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of a command: its output, and for each task what the callback wrote down."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.request_log import LoggedRequest

#: A warning begins with its kind in brackets and goes on until an empty line or the next one.
WARNING = re.compile(r"^\[(?:DEPRECATION )?WARNING\]:.*(?:\n(?!\[|$).+)*", re.MULTILINE)


@dataclass(frozen=True)
class TaskResult:
    """The result of one task on one host; `status` is ok, failed, skipped or unreachable."""

    host: str
    task: str
    action: str
    check_mode: bool
    status: str
    result: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.result[key]

    @property
    def changed(self) -> bool:
        return bool(self.result.get("changed", False))

    @property
    def message(self) -> str:
        return str(self.result.get("msg", ""))


@dataclass(frozen=True)
class Run:
    """A command that ended; `requests` are those that the simulator had from it."""

    command: tuple[str, ...]
    returncode: int
    stdout: str
    stderr: str
    results: tuple[TaskResult, ...]
    requests: tuple[LoggedRequest, ...]

    def json(self) -> Any:
        """The standard output, decoded."""
        return json.loads(self.stdout)

    def task(self, name: str, host: str | None = None) -> TaskResult:
        """The one result of a task of that name, on that host if several ran it."""
        found = [one for one in self.results if one.task == name and host in (None, one.host)]
        assert len(found) == 1, f"{len(found)} results of the task {name!r}\n{self}"
        return found[0]

    @property
    def last(self) -> TaskResult:
        """The result of the last task: all that matters where there is one task on one host."""
        assert self.results, f"no task ran\n{self}"
        return self.results[-1]

    @property
    def warnings(self) -> list[str]:
        """Every warning, each on one line."""
        return [" ".join(text.split()) for text in WARNING.findall(self.stderr)]

    @property
    def writes(self) -> list[LoggedRequest]:
        """The requests that may change something."""
        return [request for request in self.requests if request.method not in ("GET", "HEAD")]

    def __str__(self) -> str:
        """For the message of a failed assertion."""
        said = "\n".join(text for text in (self.stdout.rstrip(), self.stderr.rstrip()) if text)
        return f"$ {' '.join(self.command)}\n{said}\n(exit code {self.returncode})"


def read(file: Path) -> tuple[TaskResult, ...]:
    """What the callback wrote; nothing if no task ran."""
    if not file.exists():
        return ()
    lines: Sequence[str] = file.read_text(encoding="utf-8").splitlines()
    return tuple(TaskResult(**json.loads(line)) for line in lines)
