# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record: every role that writes says in it what it did, once, without a secret, and without being in the way."""

from __future__ import annotations

import json
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

BEFORE = {"webserver": "nginx", "ftp_password": "TScanaryPASSWORDone", "ssh_keys": ["old"]}
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43 + " an@agency.example"
#: What every line has, in the order of the documentation.
FIELDS = (
    *("format", "run", "began", "ended", "who", "tool", "commit", "platform"),
    *("kind", "id", "name", "changes", "deployment", "end", "why"),
)
AWX = {"awx_user_name": "an", "awx_job_id": 42}


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for number in (1, 2):
        fleet.new_host(f"shop-{number}.example", BEFORE).monitoring = {"disk": {"used_percent": 4}}
    fleet.new_group("developers", {"ssh_keys": []})
    return fleet


@pytest.fixture
def record(ansible: Controller) -> Path:
    return ansible.folder / "work" / "records" / "record.jsonl"


def play(ansible: Controller, role: str, *arguments: str, **variables: Any) -> Run:
    """A role's playbook; what may hold secrets goes where a test may have them."""
    expected = {name: variables.pop(name) for name in ("fails", "warns") if name in variables}
    source = ansible.write("turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"})
    given = ansible.write(
        "variables.yml", {"turbostack_record": "records/record.jsonl", **variables}
    )
    command = [f"hosted_power.turbostack.{role}", "-i", str(source), "-e", f"@{given}", *arguments]
    return ansible.command("ansible-playbook", *command, **expected)


def rollout(ansible: Controller, journal: Path, *arguments: str, **variables: Any) -> Run:
    given = {
        "rollout_directory": "fleet",
        "rollout_journal": str(journal),
        "rollout_deploy_poll_interval": 0.2,
        "rollout_max_fail_percentage": 100,
    }
    return play(ansible, "rollout", *arguments, **{**given, **variables})


def recorded(record: Path) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    assert all(tuple(one) == FIELDS for one in found)
    return found


def test_a_rollout_says_what_it_did_to_each_host(
    ansible: Controller, simulator: Simulator, record: Path, tmp_path: Path
) -> None:
    wanted = {"redis_memory": "5gb", "ftp_password": "TScanaryPASSWORDtwo"}
    ansible.write("fleet/all.yml", wanted)
    rollout(ansible, tmp_path, "--check", "--diff")
    assert not record.exists()

    work = ansible.folder / "work"
    git = ("git", "-c", "user.name=An", "-c", "user.email=an@agency.example")
    for command in (("init", "-q"), ("add", "fleet"), ("commit", "-qm", "first")):
        subprocess.run([*git, *command], cwd=work, check=True)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=work, check=True, capture_output=True, text=True
    ).stdout.strip()
    simulator.deployments.fail_for(101, "certbot: TScanaryPASSWORDtwo")
    rollout(ansible, tmp_path, "-vvv", fails=True, **AWX)
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    found = {one["name"]: one for one in recorded(record)}
    done = found["shop-2.example"]
    assert (done["format"], done["end"], done["deployment"]) == (1, "done", "deploy")
    assert (done["kind"], done["id"], done["tool"]) == ("host", 102, "rollout")
    assert (done["commit"], done["platform"]) == (head, simulator.url)
    assert (done["who"]["user"], done["who"]["job"]) == ("an", "42")
    changes = {one["path"]: one["summary"] for one in done["changes"]}
    assert set(changes) == {"ftp_password", "redis_memory"}
    assert changes["redis_memory"] == 'redis_memory: added "5gb"'
    failed = found["shop-1.example"]
    assert failed["end"] in ("returned", "stuck")
    assert "certbot" in failed["why"]
    assert failed["run"] == done["run"]

    # A file that is not committed; one host is left as it is.
    ansible.write("fleet/hosts/shop-1.example.yml", {"webserver": "apache"})
    simulator.deployments.reasons.clear()
    ansible.write("fleet/all.yml", wanted)
    rollout(ansible, tmp_path, rollout_recover="keep")
    latest = recorded(record)[2:]
    assert [one["name"] for one in latest] == ["shop-1.example"]
    assert latest[0]["commit"] == f"{head}+changed"
    assert latest[0]["who"]["user"] is None
    assert latest[0]["run"] != done["run"]
    rollout(ansible, tmp_path)
    assert len(recorded(record)) == 3


def test_keys_of_people(ansible: Controller, record: Path) -> None:
    people = [{"name": "An", "keys": [KEY], "where": {"hosts": [101], "groups": ["developers"]}}]
    given = {"ssh_access_people": people, "ssh_access_deploy": True}
    play(ansible, "ssh_access", "--check", **given)
    assert not record.exists()
    play(ansible, "ssh_access", **given)
    found = recorded(record)
    assert sorted((one["kind"], one["name"], one["end"], one["deployment"]) for one in found) == [
        ("group", "developers", "written", None),
        ("host", "shop-1.example", "deployed", "deploy"),
        ("host", "shop-1.example", "written", None),
    ]
    assert {one["tool"] for one in found} == {"ssh_access"}
    assert len({one["run"] for one in found}) == 1
    assert {len(one["changes"]) for one in found if one["end"] == "written"} == {1}
    play(ansible, "ssh_access", **given)
    assert len(recorded(record)) == len(found)


def test_what_is_restored(
    ansible: Controller, simulator: Simulator, record: Path, tmp_path: Path
) -> None:
    play(ansible, "config_backup", config_backup_path="saved")
    assert not record.exists()
    simulator.fleet.hosts[101].document = {**BEFORE, "webserver": "apache"}
    given = {
        "config_restore_path": "saved",
        "config_restore_hosts": ["shop-1.example"],
        "config_restore_deploy": True,
        "config_restore_deploy_poll_interval": 0.2,
        "config_restore_backup_dir": str(tmp_path),
    }
    play(ansible, "config_restore", **given)
    stored, deployed = recorded(record)
    assert (stored["name"], stored["end"]) == ("shop-1.example", "written")
    assert [one["path"] for one in stored["changes"]] == ["webserver"]
    assert (deployed["end"], deployed["deployment"], deployed["changes"]) == (
        "deployed",
        "deploy",
        [],
    )
    assert stored["tool"] == deployed["tool"] == "config_restore"


def test_where_it_cannot_be_written_the_run_says_so(
    ansible: Controller, simulator: Simulator, tmp_path: Path
) -> None:
    """Once, and what was done is done."""
    ansible.write("fleet/all.yml", {"redis_memory": "5gb"})
    ansible.write("records", "a file in the place of the folder")
    run = rollout(ansible, tmp_path, warns=True)
    assert all(host.document["redis_memory"] == "5gb" for host in simulator.fleet.hosts.values())
    told = " ".join(run.stderr.split())
    assert told.count("is done, but not recorded: the record that turbostack_record names") == 1


def test_modules_and_the_environment(
    ansible: Controller, simulator: Simulator, record: Path
) -> None:
    """A task of one's own is recorded as well, under the name of its module; the variable comes first."""
    task = {
        "hosted_power.turbostack.turbostack_host": {"config": {"redis_memory": "5gb"}},
        "environment": {"TURBOSTACK_RECORD": str(record)},
    }
    book = ansible.write("book.yml", [{"hosts": "all", "gather_facts": False, "tasks": [task]}])
    source = ansible.write("turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"})
    ansible.command("ansible-playbook", str(book), "-i", str(source))
    found = recorded(record)
    assert sorted(one["name"] for one in found) == ["shop-1.example", "shop-2.example"]
    assert {one["tool"] for one in found} == {"turbostack_host"}
    assert len({one["run"] for one in found}) == 1


def test_a_deployment_that_nobody_waits_for_is_only_started(
    ansible: Controller, simulator: Simulator, record: Path
) -> None:
    simulator.switches.deploy_running_seconds = 2
    deploy = "hosted_power.turbostack.turbostack_deploy"
    tasks = [
        {deploy: {"id": 101, "start": "always", "wait": wait, "poll_interval": 0.5}}
        for wait in (False, True)
    ]
    ansible.playbook(ansible.tasks(*tasks, environment={"TURBOSTACK_RECORD": str(record)}))
    assert [one["end"] for one in recorded(record)] == ["started", "deployed"]
