# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role config_backup: readable files without noise, secrets masked or encrypted, commits of its own paths alone."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import Fleet, Simulator
from simulator.hostile import add_hostile_rows

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

BACKUP = "hosted_power.turbostack.config_backup"
WRITE = "hosted_power.turbostack.config_backup : Write the configurations of all hosts and groups"
JINJA = "php{{ lookup('pipe', 'touch executed') }}-amqp"
KEY = "-----BEGIN PRIVATE KEY-----\nTScanaryPRIVATEKEYone\n-----END PRIVATE KEY-----\n"
SHOP = {
    "php_main_version": 8.1,
    "os_extra_packages": [JINJA],
    "system_users": [
        {
            "username": "prod",
            "vhosts": [{"app_name": "shop", "cert_pvk": KEY, "php_version": "8.2"}],
        }
    ],
    "ftp_password": "TScanaryPASSWORDone",
    "zone": None,
}


@pytest.fixture
def fleet() -> Fleet:
    """Two hosts of one name, one of a hostile name, and a group."""
    fleet = Fleet()
    fleet.new_host("shop.example", SHOP)
    fleet.new_host("twin.example", {"webserver": "nginx"})
    fleet.new_host("Twin.example", {"webserver": "apache"})
    fleet.new_host("../../{{ evil }}\n", {})
    fleet.new_group("Développeurs", {"ssh_keys": ["ssh-ed25519 AAAA an"]})
    return fleet


class Backup:
    """Runs the playbook into a folder, which is a git work tree if `git` is given."""

    def __init__(self, ansible: Controller) -> None:
        self.ansible = ansible
        self.work = ansible.folder / "work"
        self.folder = self.work / "repo" / "turbostack"
        self.passwords = ansible.write("password", "a vault password")

    def run(
        self,
        *arguments: str,
        vault: bool = False,
        fails: bool = False,
        warns: bool = False,
        **more: Any,
    ) -> Run:
        given = {
            "config_backup_path": "repo/turbostack",
            "config_backup_commit_author": "Fleet Backup <fleet@example.com>",
        }
        variables = self.ansible.write("variables.yml", {**given, **more})
        command = [BACKUP, "-i", str(self.ansible.localhost), "-e", f"@{variables}", *arguments]
        if vault:
            command += ["--vault-id", f"fleet@{self.passwords}"]
        return self.ansible.command("ansible-playbook", *command, fails=fails, warns=warns)

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments]
        cwd = self.work / "repo"
        cwd.mkdir(exist_ok=True)
        return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout

    def files(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.folder)): path.read_text(encoding="utf-8")
            for path in sorted(self.folder.rglob("*.yml"))
        }


@pytest.fixture
def backup(ansible: Controller) -> Backup:
    return Backup(ansible)


def test_masked_in_git(backup: Backup, simulator: Simulator) -> None:
    backup.git("init", "-q", "-b", "main")
    (backup.work / "repo" / "staged").write_text("by somebody else")
    backup.git("add", "staged")

    looked = backup.run("--check", "--diff")
    assert looked.task(WRITE).changed
    assert not backup.folder.exists()
    assert "cert_pvk: '********'" in looked.stdout

    first = backup.run().task(WRITE)
    assert (first["hosts"], first["groups"], first["secrets"]) == (4, 1, "masked")
    files = backup.files()
    hosts = list(simulator.fleet.hosts.values())
    shop, one, other, hostile = (host.id for host in hosts)
    client = hosts[0].client_id
    (group,) = simulator.fleet.groups.values()
    assert set(files) == {
        f"clients/{client}/hosts/shop.example.yml",
        f"clients/{client}/hosts/twin.example~{one}.yml",
        f"clients/{client}/hosts/Twin.example~{other}.yml",
        f"clients/{client}/hosts/evil~{hostile}.yml",
        f"clients/{group.client_id}/groups/D_veloppeurs~{group.id}.yml",
    }
    text = files[f"clients/{client}/hosts/shop.example.yml"]
    saved = yaml.safe_load(text)
    vhost = saved["config"]["system_users"][0]["vhosts"][0]
    assert list(saved) == ["id", "name", "client_id", "config"]
    assert (saved["id"], saved["name"], list(saved["config"])) == (shop, "shop.example", list(SHOP))
    assert saved["config"]["os_extra_packages"] == [JINJA]
    assert (vhost["cert_pvk"], saved["config"]["ftp_password"]) == ("********", "********")

    said = backup.git("show", "--stat", "--format=%an <%ae>%n%B", first["commit"])
    assert said.startswith(
        "Fleet Backup <fleet@example.com>\nBack up TurboStack configurations: 5 new\n"
    )
    assert f"new: host shop.example (id {shop})" in said
    assert "staged" not in said
    assert backup.git("status", "--porcelain") == "A  staged\n"

    again = backup.run().task(WRITE)
    assert (again.changed, again["commit"], again["written"]) == (False, None, [])

    # A change, a rename, and a host that is gone.
    hosts[1].document = {"webserver": "nginx", "redis_memory": "1gb"}
    hosts[0].name = "renamed.example"
    del simulator.fleet.hosts[int(hosts[2].id)]
    changed = backup.run().task(WRITE)
    assert changed["written"] == [
        f"clients/{client}/hosts/renamed.example.yml",
        f"clients/{client}/hosts/twin.example.yml",
    ]
    assert changed["removed"] == [
        f"clients/{client}/hosts/shop.example.yml",
        f"clients/{client}/hosts/twin.example~{one}.yml",
    ]
    assert changed["vanished"] == [f"clients/{client}/hosts/Twin.example~{other}.yml"]
    assert "2 new, 2 removed" in backup.git("log", "-1", "--format=%s")
    gone = backup.run(config_backup_vanished="remove").task(WRITE)
    assert gone["removed"] == changed["vanished"]
    assert len(backup.files()) == 4
    assert backup.git("status", "--porcelain") == "A  staged\n"
    assert not list(backup.ansible.folder.rglob("executed"))


def test_encrypted_without_noise(backup: Backup, simulator: Simulator) -> None:
    first = backup.run(vault=True).task(WRITE)
    assert (first["secrets"], first["commit"]) == ("encrypted", None)
    before = backup.files()
    shop = next(text for path, text in before.items() if "shop" in path)
    assert shop.count("!vault |") == 2
    assert shop.count("$ANSIBLE_VAULT;1.2;AES256;fleet") == 2
    assert not backup.run(vault=True).task(WRITE).changed

    # One secret changes: the other one keeps its text.
    host = next(iter(simulator.fleet.hosts.values()))
    host.document = {**SHOP, "ftp_password": "TScanaryPASSWORDtwo"}
    assert backup.run("--check", "--diff", vault=True).stdout.count("encrypted anew") == 1
    assert len(backup.run(vault=True).task(WRITE)["written"]) == 1
    after = next(text for path, text in backup.files().items() if "shop" in path)
    key = shop[: shop.index("ftp_password")]
    assert after.startswith(key)
    assert after != shop

    refused = backup.run(fails=True).task(WRITE)
    assert "would throw the secrets away" in refused.message
    assert backup.files() == {**before, **{p: after for p in before if "shop" in p}}
    nobody = backup.run(vault=True, fails=True, config_backup_vault_id="other").task(WRITE)
    assert "no vault secret with the id other" in nobody.message


def test_what_cannot_be_read_is_told_and_kept(backup: Backup, simulator: Simulator) -> None:
    backup.git("init", "-q")
    add_hostile_rows(simulator.fleet, "witness")
    backup.run(fails=True)
    first = backup.files()
    host = next(iter(simulator.fleet.hosts.values()))
    host.json = "{not json"
    del simulator.fleet.hosts[max(number for number in simulator.fleet.hosts if number < 9000)]
    failed = backup.run(fails=True, warns=True, config_backup_vanished="remove").task(WRITE)
    assert host.id in [entry["id"] for entry in failed["errors"]]
    assert "could not be read" in failed.message
    assert failed["removed"] == []
    assert len(failed["vanished"]) == 1
    assert backup.files() == first
    assert backup.git("status", "--porcelain") == ""

    mine = backup.folder / "no-client" / "hosts" / "mine.yml"
    mine.write_text("mine: true\n")
    host.name, host.client_id, host.document = "mine", None, {}
    refused = backup.run(fails=True).task(WRITE)
    assert "is not a file that a backup wrote" in refused.message
    assert mine.read_text() == "mine: true\n"
    assert not list(Path(backup.ansible.folder).rglob("witness"))


def test_pushed(backup: Backup, simulator: Simulator) -> None:
    """To a server's repository; somebody else pushes from a second clone meanwhile."""
    bare, other = backup.ansible.folder / "bare.git", backup.work / "other"
    backup.git("init", "-q", "--bare", "-b", "main", str(bare))
    backup.git("init", "-q", "-b", "main")
    backup.git("remote", "add", "origin", str(bare))
    given: dict[str, Any] = {"config_backup_push": "true"}

    backup.run("--check", **given)
    assert not (bare / "refs" / "heads" / "main").exists()
    nobody = backup.run(fails=True, config_backup_push_password="TScanaryPASSWORDpush", **given)
    assert "begins with https://" in nobody.task(WRITE).message
    assert not backup.folder.exists()
    first = backup.run(**given).task(WRITE)
    assert first["push"] == {"remote": "origin", "branch": "main", "pushed": True, "rebased": False}
    assert backup.git("--git-dir", str(bare), "rev-parse", "main").strip() == first["commit"]
    again = backup.run(**given).task(WRITE)
    assert (again.changed, again["push"]["pushed"]) == (False, False)

    backup.git("clone", "-q", str(bare), str(other))
    (other / "README").write_text("by somebody else")
    for command in (["add", "README"], ["commit", "-qm", "Explain"], ["push", "-q"]):
        backup.git("-C", str(other), *command)
    next(iter(simulator.fleet.hosts.values())).document = {"webserver": "nginx"}
    run = backup.run(**given)
    second = run.task(WRITE)
    assert second["push"]["rebased"]
    assert backup.git("--git-dir", str(bare), "rev-parse", "main").strip() == second["commit"]
    assert "Explain" in backup.git("--git-dir", str(bare), "log", "--format=%s", "main")

    # Both change one file: nothing is lost, here or there.
    file = next(path for path in other.rglob("shop.example.yml"))
    backup.git("-C", str(other), "pull", "-q")
    file.write_text("something else")
    for command in (["commit", "-qam", "Mine"], ["push", "-q"]):
        backup.git("-C", str(other), *command)
    next(iter(simulator.fleet.hosts.values())).document = {"webserver": "apache"}
    failed = backup.run(fails=True, **given).task(WRITE)
    assert failed.message.startswith("The backup is written and committed, and not pushed. ")
    assert "pull --rebase" in failed.message
    assert failed["commit"] == backup.git("rev-parse", "HEAD").strip()
    assert not backup.git("status", "--porcelain")


def test_nothing_is_pushed_from_nowhere(backup: Backup) -> None:
    refused = backup.run(fails=True, config_backup_push=True).task(WRITE)
    assert "lies in no git work tree" in refused.message
    assert not backup.folder.exists()
