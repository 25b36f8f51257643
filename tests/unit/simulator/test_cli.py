# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a process."""

from __future__ import annotations

import json
import os
import shlex
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

import simulator
from simulator import Switches
from simulator.cli import main

TESTS = Path(simulator.__file__).parents[1]


def test_process(tmp_path):
    ready, token_file = tmp_path / "ready.json", tmp_path / "token"
    process = subprocess.Popen(
        [
            sys.executable, "-m", "simulator", "--hosts", "7", "--port", "0",
            "--ready-file", ready, "--token-file", token_file, "--switch", "size_cap=3",
            "--fault", "status status=503 path=/clients times=1", "--token", "7|mine",
            "--scenario", "rewriting", "--journal", tmp_path / "requests.jsonl",
        ],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 15
        while not ready.exists():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        announced = json.loads(ready.read_text())
        assert token_file.read_text() == announced["token"] + "\n"
        for path in (ready, token_file):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        headers = {"Authorization": f"Bearer {announced['token']}", "Accept": "application/json"}
        url = announced["url"]
        assert url.startswith("http://127.0.0.1:")
        hosts = requests.get(f"{url}/api/v1/hosts?size=9", headers=headers, timeout=10).json()
        assert (hosts["total"], hosts["per_page"]) == (7, 3)
        clients = requests.get(f"{url}/api/v1/clients", headers=headers, timeout=10)
        assert clients.status_code == 503
        switches = requests.get(f"{url}/_simulator/switches", timeout=10).json()
        assert (switches["trim_strings"], switches["size_cap"]) == (True, 3)
    finally:
        process.send_signal(signal.SIGTERM)
        output, _errors = process.communicate(timeout=10)
    assert process.returncode == 0
    assert not ready.exists()
    words = shlex.split(output.splitlines()[1])
    assert words == [
        "export",
        f"TURBOSTACK_API_URL={url}",
        ";",
        "export",
        "TURBOSTACK_API_TOKEN=7|mine",
    ]
    lines = (tmp_path / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    journal = [json.loads(line) for line in lines]
    assert [line["path"] for line in journal] == ["/api/v1/hosts", "/api/v1/clients"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--switch", "nonsense=1"], "there is no switch 'nonsense'"),
        (["--switch", "size_cap=many"], "size_cap is a number"),
        (["--fault", "nonsense"], "there is no fault 'nonsense'"),
        (["--fault", "status times"], "not of the form name=value"),
        (["--fault", "slow minutes=1"], "fault slow"),
        (["--hosts", "-1"], "at least 0"),
        (["--token", "two words"], "--token is printable ASCII"),
        (["--token", ""], "--token is printable ASCII"),
        (["--scenario", "good-day"], "there is no scenario 'good-day'; there are: bad-day"),
        (["--journal", "/nowhere/requests.jsonl"], "--journal: [Errno 2]"),
    ],
)
def test_wrong_options(arguments, complaint, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert complaint in capsys.readouterr().err


def test_list_of_switches(capsys):
    assert main(["--list-switches"]) == 0
    assert capsys.readouterr().out == Switches.table()
