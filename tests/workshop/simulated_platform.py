# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated platform in a process of its own, for as long as a block of code runs."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .places import ROOT

#: Seconds that it may take to listen.
PATIENCE = 30


@dataclass(frozen=True)
class Platform:
    url: str
    token: str

    def writes(self) -> int:
        """How many requests so far could have changed something."""
        with urllib.request.urlopen(f"{self.url}/_simulator/requests", timeout=PATIENCE) as answer:
            requests: list[dict[str, Any]] = json.load(answer)
        return sum(request["method"] not in ("GET", "HEAD") for request in requests)


@contextmanager
def started(bin_folder: Path, *arguments: str) -> Iterator[Platform]:
    """Start the simulator with the Python of an environment; stop it whatever happens.

    :param arguments: the simulator's own options.
    """
    with tempfile.TemporaryDirectory(prefix="turbostack-") as folder:
        ready = Path(folder) / "ready.json"
        command = [str(bin_folder / "python"), "-m", "simulator", "--port", "0"]
        process = subprocess.Popen(
            [*command, "--ready-file", str(ready), *arguments],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT / "tests")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            yield wait_for(process, ready)
        finally:
            process.terminate()
            process.wait()


def wait_for(process: subprocess.Popen[bytes], ready: Path) -> Platform:
    """Read where the simulator listens, as soon as it says so."""
    deadline = time.monotonic() + PATIENCE
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("the simulator did not start")
        time.sleep(0.05)
    said = json.loads(ready.read_text(encoding="utf-8"))
    return Platform(said["url"], said["token"])
