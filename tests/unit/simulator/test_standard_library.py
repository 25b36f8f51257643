# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator runs on a Python with nothing installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import simulator

TESTS = Path(simulator.__file__).parents[1]

PROGRAM = """
import sys, urllib.request
sys.path.insert(0, {tests!r})
from simulator import Fleet, Simulator
with Simulator(Fleet.generate(5)) as simulated:
    url = simulated.url + "/api/v1/hosts"
    headers = {{"Authorization": "Bearer " + simulated.token, "Accept": "application/json"}}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
        print(answer.status)
"""


def test_nothing_but_the_standard_library():
    # Without site there is no site-packages on the path.
    command = [sys.executable, "-I", "-S", "-c", PROGRAM.format(tests=str(TESTS))]
    said = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (said.stdout, said.stderr) == ("200\n", "")
