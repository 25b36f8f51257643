# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role history: who changed what, from the record alone, with a backup in git, and with the platform's times."""

from __future__ import annotations

import json
import stat
import subprocess
from typing import Any

import pytest

from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

HOST = "shop-1.example"
BEFORE = {"webserver": "nginx", "redis_memory": "2gb", "ftp_password": "TScanaryPASSWORDone"}
TELL = "hosted_power.turbostack.history : Tell what changed"


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for number in (1, 2):
        fleet.new_host(f"shop-{number}.example", BEFORE)
        # Long ago, so that the platform has nothing to tell of it.
        fleet.host_named(f"shop-{number}.example").updated_at = 1_577_836_800
    return fleet


def history(ansible: Controller, *arguments: str, **variables: Any) -> Run:
    expected = {
        name: variables.pop(name) for name in ("fails", "warns", "environment") if name in variables
    }
    given = {"turbostack_record": "record.jsonl", "history_since": "today", **variables}
    file = ansible.write("history.yml", given)
    command = ("hosted_power.turbostack.history", "-i", str(ansible.localhost), "-e", f"@{file}")
    return ansible.command("ansible-playbook", *command, *arguments, **expected)


def change(ansible: Controller, config: dict[str, Any]) -> None:
    """By a task that leaves a line in the record."""
    task = {"hosted_power.turbostack.turbostack_host": {"name": HOST, "config": config}}
    ansible.playbook(
        ansible.tasks(task, vars={"turbostack_record": "record.jsonl", "awx_user_name": "an"})
    )


def backup(ansible: Controller) -> None:
    given = {"config_backup_path": "saved", "config_backup_commit_author": "B <b@agency.example>"}
    file = ansible.write("backup.yml", given)
    command = ("hosted_power.turbostack.config_backup", "-i", str(ansible.localhost))
    ansible.command("ansible-playbook", *command, "-e", f"@{file}")


def told(run: Run, host: str = HOST) -> list[dict[str, Any]]:
    every: list[dict[str, Any]] = [
        event for one in run.task(TELL)["hosts"] if one["name"] == host for event in one["events"]
    ]
    return every


def test_the_record_alone_takes_no_token(ansible: Controller, simulator: Simulator) -> None:
    change(ansible, {"redis_memory": "5gb", "ftp_password": "TScanaryPASSWORDtwo"})
    without = {"TURBOSTACK_API_TOKEN": None, "TURBOSTACK_API_URL": None}
    run = history(
        *(ansible, "-vvv"),
        environment=without,
        history_platform=False,
        history_hosts=["shop-*"],
        history_json_file="reports/history.json",
    )
    assert run.requests == ()
    (event,) = told(run)
    assert (event["source"], event["outside"]) == ("record", False)
    assert event["by"].startswith("an (")
    assert event["summary"].startswith("turbostack_host by an (")
    assert 'redis_memory: "2gb" → "5gb"' in event["changes"]
    assert f"host {HOST} (id 101)" in run.stdout
    assert '      redis_memory: "2gb" → "5gb"' in run.stdout
    file = ansible.folder / "work" / "reports" / "history.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = json.loads(file.read_text(encoding="utf-8"))
    assert (written["format"], written["hosts"]) == (1, run.task(TELL)["hosts"])
    earlier = history(ansible, history_platform=False, history_until="today")
    assert told(earlier) == []
    assert "Nothing is known to have changed between" in earlier.stdout


def test_what_somebody_changed_elsewhere(ansible: Controller, simulator: Simulator) -> None:
    """A backup before, between and after; the editor's change at another place than the record's."""
    folder = ansible.folder / "work" / "saved"
    folder.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    host = simulator.fleet.host_named(HOST)
    backup(ansible)
    change(ansible, {"redis_memory": "5gb"})
    host.document = {**host.document, "webserver": "apache", "ftp_password": "TScanaryPASSWORDtwo"}
    backup(ansible)
    asked = {"history_backup": "saved", "history_platform": False}
    run = history(ansible, "-vvv", "--diff", **asked)
    events = [event for event in told(run) if event["source"] == "backup"]
    assert events[0]["summary"].endswith("it is new there")
    assert [(one["outside"], one["changes"]) for one in events[1:2]] == [
        (False, ['redis_memory: "2gb" → "5gb"'])
    ]
    outside = events[2]
    assert outside["outside"]
    # A backup with masked secrets does not tell that one changed.
    assert outside["changes"] == ['webserver: "nginx" → "apache"']
    assert "OUTSIDE OF THE RECORD: backup" in run.stdout
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()
    assert outside["commit"] == head
    # The other host has only come into the backup.
    assert [one["source"] for one in told(run, "shop-2.example")] == ["backup"]
    alone = history(ansible, turbostack_record="", **asked)
    assert all(one["source"] == "backup" for one in told(alone))


def test_the_platforms_own_times(ansible: Controller, simulator: Simulator) -> None:
    change(ansible, {"redis_memory": "5gb"})
    run = history(ansible)
    assert [one["source"] for one in told(run)] == ["record"]
    simulator.fleet.host_named("shop-2.example").updated_at = 1_609_556_645
    run = history(ansible, history_since="2021-01-01", history_until="2021-02-01")
    assert told(run) == []
    (event,) = told(run, "shop-2.example")
    assert (event["source"], event["outside"], event["at"]) == (
        "platform",
        True,
        "2021-01-02T03:04:05Z",
    )


def test_what_cannot_be_told(ansible: Controller, simulator: Simulator) -> None:
    change(ansible, {"redis_memory": "5gb"})
    for given, said in (
        ({"history_hosts": ["shpo-1.example"]}, "Nothing is known of shpo-1.example"),
        ({"history_since": "recently"}, "which is no time"),
        ({"history_since": "today", "history_until": "yesterday"}, "comes after history_until"),
        ({"turbostack_record": "gone.jsonl"}, "There is no record"),
        ({"history_backup": "/"}, "lies in no git work tree"),
        ({"turbostack_record": "", "history_platform": False}, "nothing to know a history from"),
    ):
        run = history(ansible, fails=True, **given)
        assert said in run.task(TELL).message
    record = ansible.folder / "work" / "record.jsonl"
    record.write_bytes(record.read_bytes() + b"no line\n")
    run = history(ansible, warns=True, history_platform=False)
    assert run.task(TELL)["odd_lines"] == 1
    assert len(told(run)) == 1
    assert "1 lines of the record cannot be understood" in " ".join(run.stderr.split())
