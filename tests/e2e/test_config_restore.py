# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role config_restore: what was backed up comes back exactly, and a mask never gets to the platform."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from simulator import Fault, Fleet, Simulator

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

ROLE = "hosted_power.turbostack.config_restore"
RESTORE = f"{ROLE} : Put the configurations of the backup in place"
JINJA = "php{{ lookup('pipe', 'touch executed') }}-amqp"
MASK = "********"


def key(word: str) -> str:
    return f"-----BEGIN PRIVATE KEY-----\nTScanaryPRIVATEKEY{word}\n-----END PRIVATE KEY-----\n"


def shop(word: str) -> dict[str, Any]:
    return {
        "php_main_version": 8.1,
        "os_extra_packages": [JINJA],
        "system_users": [
            {"username": "prod", "vhosts": [{"app_name": "shop", "cert_pvk": key(word)}]},
            {"username": "test", "vhosts": [{"app_name": "stage", "php_version": "8.10"}]},
        ],
        "smtp_password": f"TScanaryPASSWORD{word}",
        "hooks": [f"curl -u deploy https://a:TScanaryPASSWORD{word}@example.com/hook", "true"],
        "pin_secret": 4711,
    }


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    fleet.new_host("shop-1.example", shop("one"))
    fleet.new_host("shop-2.example", shop("two"))
    other = fleet.new_client("Other")
    fleet.new_host("plain.example", {"webserver": "nginx"}, client_id=int(other.id))
    fleet.new_group("developers", {"ssh_keys": ["ssh-ed25519 AAAA an"]}, client_id=int(other.id))
    return fleet


class Backup:
    """A backup in a git work tree, made of the fleet as it is at first."""

    def __init__(self, ansible: Controller, outside: Path) -> None:
        self.ansible = ansible
        self.outside = outside
        self.folder = ansible.folder / "work" / "saved"
        self.folder.mkdir()
        self.passwords = ansible.write("password", "a vault password")
        subprocess.run(["git", "init", "-q"], cwd=self.folder, check=True)

    def make(self, *, vault: bool) -> None:
        author = "Fleet Backup <fleet@example.com>"
        given = {"config_backup_path": "saved", "config_backup_commit_author": author}
        self._run("config_backup", given, vault=vault)

    def restore(self, *arguments: str, vault: bool = False, **more: Any) -> Run:
        expected: dict[str, Any] = {name: more.pop(name, False) for name in ("fails", "warns")}
        given = {
            "config_restore_path": "saved",
            # The copies hold secrets: they lie where secrets may.
            "config_restore_backup_dir": str(self.outside),
            "config_restore_deploy_poll_interval": 0.5,
        }
        return self._run("config_restore", {**given, **more}, *arguments, vault=vault, **expected)

    def _run(self, name: str, given: Any, *arguments: str, vault: bool, **expected: Any) -> Run:
        variables = self.ansible.write("variables.yml", given)
        command = ["-i", str(self.ansible.localhost), "-e", f"@{variables}", *arguments]
        if vault:
            command += ["--vault-password-file", str(self.passwords)]
        playbook = f"hosted_power.turbostack.{name}"
        return self.ansible.command("ansible-playbook", playbook, *command, **expected)


@pytest.fixture
def backup(ansible: Controller, tmp_path_factory: pytest.TempPathFactory) -> Backup:
    return Backup(ansible, tmp_path_factory.mktemp("copies"))


def test_masked_keeps_the_secrets_of_the_platform(backup: Backup, simulator: Simulator) -> None:
    one, two, plain = simulator.fleet.hosts.values()
    backup.make(vault=False)
    saved = shop("new")
    one.document = {**saved, "php_main_version": 8.4, "redis_memory": "5gb"}
    before = one.json

    looked = backup.restore("--check", "--diff", config_restore_hosts=["shop-1.example"])
    assert "-redis_memory: '5gb'" in looked.stdout
    assert one.json == before

    run = backup.restore(config_restore_hosts=["shop-1.example"], config_restore_deploy=True)
    (restored,) = run.task(RESTORE)["restored"]
    assert one.document == saved
    assert restored["kept_secrets"] == [
        "system_users[prod].vhosts[shop].cert_pvk",
        "smtp_password",
        f"hooks[curl -u deploy https://a:{MASK}@example.com/hook]",
        "pin_secret",
    ]
    assert Path(restored["backup_file"]).read_text().strip() == before
    deployed = [one.path for one in run.writes if one.path.endswith("/deploy")]
    assert deployed == [f"/api/v1/hosts/{one.id}/deploy"]
    assert not backup.restore(config_restore_hosts=[str(one.id)]).last.changed

    # There is nothing that the mask could stand for: nothing at all is written, not even elsewhere.
    two.document = {"webserver": "nginx"}
    plain.document = {"webserver": "apache"}
    refused = backup.restore(fails=True, config_restore_everything=True).task(RESTORE)
    assert "holds no secret at that place" in refused.message
    assert "smtp_password" in refused.message
    assert (two.document, plain.document) == ({"webserver": "nginx"}, {"webserver": "apache"})

    nothing = backup.restore(fails=True).task(RESTORE)
    assert "Nothing is asked for." in nothing.message
    assert not list(backup.ansible.folder.rglob("executed"))


def test_encrypted_brings_everything_back(backup: Backup, simulator: Simulator) -> None:
    one, two, plain = simulator.fleet.hosts.values()
    (group,) = simulator.fleet.groups.values()
    things: list[Any] = [one, two, plain, group]
    before = [thing.json for thing in things]
    backup.make(vault=True)
    for thing in things[:1] + things[2:]:
        thing.document = {"webserver": "apache"}

    refused = backup.restore(fails=True, config_restore_everything=True).task(RESTORE)
    assert "started without a vault password" in refused.message
    client = backup.restore(vault=True, config_restore_clients=[plain.client_id]).task(RESTORE)
    assert [entry["name"] for entry in client["restored"]] == ["developers", "plain.example"]
    every = backup.restore(vault=True, config_restore_everything=True).task(RESTORE)
    assert [entry["name"] for entry in every["restored"] if entry["changed"]] == ["shop-1.example"]
    assert [thing.json for thing in things] == before

    # An earlier state, out of git, over a newer backup; not over what somebody changed meanwhile.
    one.document = {"webserver": "nginx"}
    backup.make(vault=True)
    given: dict[str, Any] = {
        "config_restore_revision": "HEAD~1",
        "config_restore_hosts": [str(one.id)],
    }
    seen: list[str] = []

    def interfere(request: Any) -> None:
        seen.append(request.path)
        if len(seen) == 2:
            one.document = {"webserver": "apache"}

    simulator.on_request = interfere
    stopped = backup.restore(vault=True, fails=True, **given).task(RESTORE)
    simulator.on_request = lambda request: None
    assert "not the one that expected_fingerprint stands for" in stopped.message
    assert one.document == {"webserver": "apache"}
    assert backup.restore(vault=True, **given).task(RESTORE).changed
    assert one.json == before[0]


def test_another_one_behind_the_id(backup: Backup, simulator: Simulator) -> None:
    one, two, plain = simulator.fleet.hosts.values()
    backup.make(vault=False)
    one.name = "somebody-else.example"
    del simulator.fleet.hosts[int(two.id)]
    plain.document = {"webserver": "apache"}
    failed = backup.restore(fails=True, config_restore_everything=True).task(RESTORE)
    assert [entry["name"] for entry in failed["errors"]] == ["shop-1.example", "shop-2.example"]
    assert "is called somebody-else.example on the platform" in failed.message
    assert "There is no host with id" in failed.message
    assert plain.document == {"webserver": "apache"}

    one.name = "shop-1.example"
    one.document = {**shop("one"), "webserver": "apache"}
    simulator.fail("POST", f"/hosts/{plain.id}$", times=1, with_=Fault.status(422))
    skipping: dict[str, Any] = {
        "config_restore_everything": True,
        "config_restore_vanished": "skip",
    }
    halfway = backup.restore(fails=True, **skipping).task(RESTORE)
    assert (halfway.changed, [entry["name"] for entry in halfway["restored"]]) == (
        True,
        ["shop-1.example", "developers"],
    )
    assert "host plain.example" in halfway.message
    done = backup.restore(**skipping).task(RESTORE)
    assert len(done["left_out"]) == 1
    assert (one.document, plain.document) == (shop("one"), {"webserver": "nginx"})
