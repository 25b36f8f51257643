# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role adopt: what it wrote is what the fleet holds, by the word of drift and rollout, and people's work stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

ADOPT = "hosted_power.turbostack.adopt"
WRITE = f"{ADOPT} : Write what the hosts hold"
JINJA = "php{{ lookup('pipe', 'touch executed') }}-amqp"
KEY = "-----BEGIN PRIVATE KEY-----\nTScanaryPRIVATEKEYone\n-----END PRIVATE KEY-----\n"
LONG_AGO = 1_700_000_000
OFFICE, HOME = "192.0.2.1 # Büro", "192.0.2.7 # Home"
SSH_KEY = f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{'A' * 43} an@agency.example"
AGENCY = {"username": "agency", "ssh_keys": [SSH_KEY]}
ALL: dict[str, Any] = {
    "webserver": "nginx",
    "os_extra_packages": [JINJA],
    "firewall_whitelist": [OFFICE],
    "pmm_master": {"server_hostname": "pmm.example"},
}


def shop(name: str) -> dict[str, Any]:
    vhost = {
        "app_name": "shop",
        "app_type": "shopware",
        "server_name": f"{name}.shop.example",
        "cert_pvk": KEY,
    }
    return {"username": "prod", "vhosts": [vhost], "mysql_password": "TScanaryPASSWORDone"}


@pytest.fixture
def fleet() -> Fleet:
    """Two shops of one client, a shop and a blog of another one, and a blog that belongs to nobody else's kind."""
    fleet = Fleet()
    one, other = fleet.new_client("One"), fleet.new_client("Other")
    fleet.new_host(
        "a.example",
        {
            **ALL,
            "system_users": [AGENCY, shop("a")],
            "redis_memory": "2gb",
            "php_main_version": "8.3",
        },
        client_id=int(one.id),
    )
    fleet.new_host(
        "b.example",
        {
            **ALL,
            "firewall_whitelist": [HOME, OFFICE],
            "system_users": [shop("b"), AGENCY],
            "redis_memory": "2gb",
            "php_main_version": "8.3",
            "ftp_password": "TScanaryPASSWORDtwo",
        },
        client_id=int(one.id),
    )
    fleet.new_host(
        "c.example",
        {**ALL, "system_users": [AGENCY, shop("c")], "php_main_version": "8.3"},
        client_id=int(other.id),
    )
    fleet.new_host(
        "d.example", {**ALL, "system_users": [AGENCY], "zone": None}, client_id=int(other.id)
    )
    return fleet


class Adoption:
    def __init__(self, ansible: Controller, simulator: Simulator) -> None:
        self.ansible = ansible
        self._simulator = simulator
        self.repository = ansible.folder / "work" / "my-fleet"
        self.passwords = ansible.write("password", "a vault password")

    def run(self, *arguments: str, fails: bool = False, warns: bool = False, **more: Any) -> Run:
        variables = self.ansible.write("variables.yml", {"adopt_directory": "my-fleet", **more})
        return self.ansible.command(
            *("ansible-playbook", ADOPT, "-i", str(self.ansible.localhost)),
            *("-e", f"@{variables}", *arguments),
            fails=fails,
            warns=warns,
        )

    def vaulted(self, *arguments: str, **more: Any) -> Run:
        return self.run(
            *("--vault-id", f"fleet@{self.passwords}", *arguments), adopt_secrets="vault", **more
        )

    def files(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.repository)): path.read_text(encoding="utf-8")
            for path in sorted(self.repository.rglob("*"))
            if path.is_file()
        }

    def said(self, name: str) -> Any:
        return yaml.safe_load((self.repository / "fleet" / name).read_text(encoding="utf-8"))

    def edit(self, name: str, old: str, new: str) -> Path:
        path = self.repository / "fleet" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    def prove(self, *arguments: str) -> dict[str, int]:
        """Drift finds none, and a rollout sends nothing but GET; the outcomes that drift counts."""
        for host in self._simulator.fleet.hosts.values():
            # It was deployed since.
            host.updated_at = LONG_AGO
        inventory = str(self.repository / "fleet.turbostack.yml")
        variables = self.ansible.write(
            "proof.yml",
            {
                "drift_directory": "my-fleet/fleet",
                "rollout_directory": "my-fleet/fleet",
                "rollout_journal": str(self.ansible.folder / "work" / "journal"),
            },
        )
        common = ("-i", inventory, "-e", f"@{variables}", *arguments)
        # Doubts about what the platform holds are no subject here.
        self.ansible.command(
            "ansible-playbook", "hosted_power.turbostack.drift", *common, warns=True
        )
        rolled = self.ansible.command(
            "ansible-playbook", "hosted_power.turbostack.rollout", *common, warns=True
        )
        assert not rolled.writes
        report = self.ansible.folder / "work" / "turbostack-drift.json"
        counts: dict[str, int] = json.loads(report.read_text(encoding="ascii"))["counts"]
        return counts


@pytest.fixture
def adoption(ansible: Controller, simulator: Simulator) -> Adoption:
    """What the fleet holds is in effect."""
    simulator.switches.deploy_history = "succeeded"
    return Adoption(ansible, simulator)


def test_what_is_shared_stands_once_and_is_what_the_fleet_holds(
    adoption: Adoption, simulator: Simulator
) -> None:
    documents = [host.json for host in simulator.fleet.hosts.values()]
    checked = adoption.run("--check", "--diff", warns=True)
    assert not adoption.repository.exists()
    assert "+  server_hostname: pmm.example" in checked.stdout

    run = adoption.run(warns=True)
    task = run.task(WRITE)
    assert not run.writes
    assert "7 secrets are in no file" in " ".join(run.warnings)
    assert adoption.said("all.yml") == {**ALL, "system_users": [AGENCY]}
    client = simulator.fleet.host_named("a.example").client_id
    assert adoption.said(f"clients/{client}.yml") == {
        "redis_memory": "2gb",
        "php_main_version": "8.3",
    }
    vhost = {key: value for key, value in shop("b")["vhosts"][0].items() if key != "cert_pvk"}
    assert adoption.said("hosts/b.example.yml") == {
        "firewall_whitelist": [HOME],
        "system_users": [{"username": "prod", "vhosts": [vhost]}],
    }
    assert adoption.said("hosts/d.example.yml") == {"zone": None}
    assert task["written"] == sorted(adoption.files())
    assert sorted(part["path"] for part in task["left_out"]) == sorted(
        ["ftp_password"]
        + ["system_users[prod].mysql_password", "system_users[prod].vhosts[shop].cert_pvk"] * 3
    )
    assert adoption.prove() == {"in_line": 4, "drifted": 0, "error": 0, "no_file": 0}
    assert [host.json for host in simulator.fleet.hosts.values()] == documents

    again = adoption.run(warns=True)
    assert not again.task(WRITE)["changed"]


def test_a_group_of_the_inventory_has_what_its_hosts_share(
    adoption: Adoption, simulator: Simulator
) -> None:
    client = int(simulator.fleet.host_named("a.example").client_id or 0)
    for host in simulator.fleet.hosts.values():
        if host.name != "d.example":
            host.document = {**host.document, "elasticsearch_heap_size": "2g"}
    # What the shops share, their clients do not.
    simulator.fleet.new_host("e.example", ALL, client_id=client)
    adoption.run(warns=True, adopt_groups=["turbostack_app_*"])
    assert adoption.said("groups/turbostack_app_shopware.yml") == {
        "php_main_version": "8.3",
        "elasticsearch_heap_size": "2g",
    }
    assert adoption.prove()["in_line"] == 5
    run = adoption.run(warns=True, adopt_groups=[])
    assert run.task(WRITE)["removed"] == ["fleet/groups/turbostack_app_shopware.yml"]
    assert adoption.prove()["in_line"] == 5


def test_secrets_are_vaulted_where_they_stand(adoption: Adoption, simulator: Simulator) -> None:
    run = adoption.vaulted()
    assert run.task(WRITE)["left_out"] == []
    files = adoption.files()
    assert "cert_pvk: !vault |" in files["fleet/hosts/a.example.yml"]
    assert "ftp_password: !vault |" in files["fleet/hosts/b.example.yml"]
    assert adoption.prove("--vault-id", f"fleet@{adoption.passwords}")["in_line"] == 4

    # What was encrypted is not thrown away, and keeps its text when something else changes.
    failed = adoption.run(fails=True).task(WRITE)
    assert "adopt_secrets: vault" in failed.message
    host = simulator.fleet.host_named("b.example")
    host.document = {**host.document, "redis_memory": "3gb"}
    adoption.vaulted()
    assert adoption.prove("--vault-id", f"fleet@{adoption.passwords}")["in_line"] == 4
    after = adoption.files()["fleet/hosts/b.example.yml"]
    assert "redis_memory: '3gb'" in after
    for line in files["fleet/hosts/b.example.yml"].splitlines():
        if set(line.strip()) <= set("0123456789abcdef"):
            assert line in after


def test_what_it_cannot_say_is_left_out_by_name(adoption: Adoption, simulator: Simulator) -> None:
    fleet = simulator.fleet
    fleet.new_host("empty.example", {})
    broken = fleet.new_host("broken.example", {})
    broken.json = "{ this is no JSON"
    fleet.new_host("twin.example", {**ALL, "system_users": [AGENCY]})
    fleet.new_host("twin.example", {**ALL, "system_users": [AGENCY], "redis_memory": "1gb"})
    fleet.new_host("Case.example", {**ALL, "system_users": [AGENCY]})
    fleet.new_host("case.example", {**ALL, "system_users": [AGENCY]})
    fleet.new_host("README", {**ALL, "system_users": [AGENCY]})
    fleet.new_host("../../{{ evil }}\n", {**ALL, "system_users": [AGENCY]})
    fleet.new_host("ü" * 200, {**ALL, "system_users": [AGENCY]})
    huge = [{"username": f"user{number}", "note": "x" * 400} for number in range(3_000)]
    fleet.new_host("huge.example", {**ALL, "system_users": [AGENCY, *huge]})
    fleet.new_host(
        "odd.example",
        {
            **ALL,
            "system_users": [AGENCY],
            "mysql_version": 8.0,
            "hooks": [{"run": "a"}, {"run": "b", "token": "TScanaryTOKENone"}],
            "firewall_whitelist": ["192.0.2.1 # One", "192.0.2.1 # Other"],
            "things": [{"a": 1}],
            "note": "********",
        },
    )
    run = adoption.run(warns=True)
    left = {
        (entry["name"], entry["path"]): entry["reason"]
        for entry in run.task(WRITE)["left_out"]
        if entry["reason"] != "It is a secret."
    }
    assert left["empty.example", ""] == "Its configuration is empty."
    assert "text that is not JSON" in left["broken.example", ""]
    assert "case of letters" in left["Case.example", ""]
    assert "case of letters" in left["case.example", ""]
    assert "hostnames" in left["README", ""]
    assert "hostnames" in left["ü" * 200, ""]
    assert "loses digits" in left["odd.example", "mysql_version"]
    assert ("odd.example", "hooks") in left
    assert "stands for a secret" in left["odd.example", "note"]
    for name in ("empty.example", "broken.example", "README", "mysql_version of odd.example"):
        assert name in " ".join(run.warnings)
    assert "same member" in left["odd.example", "firewall_whitelist"]
    shared = {key: value for key, value in ALL.items() if key != "firewall_whitelist"}
    assert adoption.said("all.yml") == {**shared, "system_users": [AGENCY]}
    assert adoption.said("hosts/odd.example.yml")["things"] == [{"a": 1}]
    counts = adoption.prove()
    assert counts == {"in_line": 9, "drifted": 0, "error": 0, "no_file": 0}
    assert not adoption.run(warns=True).task(WRITE)["changed"]


def test_it_follows_the_platform_and_keeps_what_people_wrote(
    adoption: Adoption, simulator: Simulator
) -> None:
    adoption.run(warns=True)
    # A comment, a file of one's own that says what is true, and an order of one's own.
    adoption.edit("all.yml", "webserver:", "# Agreed in May\nwebserver:")
    adoption.ansible.write(
        "my-fleet/fleet/groups/turbostack_client_11.yml", "# Ours\nredis_memory: 2gb\n"
    )
    kept = adoption.files()
    first, second, *_others = simulator.fleet.hosts.values()
    assert first.client_id == second.client_id
    own = f"fleet/groups/turbostack_client_{first.client_id}.yml"
    if own not in kept:
        (adoption.repository / "fleet/groups/turbostack_client_11.yml").rename(
            adoption.repository / own
        )
        kept = adoption.files()
    for host in simulator.fleet.hosts.values():
        host.document = {**host.document, "timezone": "UTC"}
    second.document = {**second.document, "php_main_version": "8.4"}
    run = adoption.run(warns=True)
    files = adoption.files()
    assert files["fleet/all.yml"] == kept["fleet/all.yml"]
    assert files[own] == kept[own]
    assert "redis_memory" not in files[f"fleet/clients/{first.client_id}.yml"]
    assert adoption.said("hosts/b.example.yml")["php_main_version"] == "8.4"
    assert run.task(WRITE)["changed"]
    assert adoption.prove()["in_line"] == 4
    assert not adoption.run(warns=True).task(WRITE)["changed"]


def test_what_people_wrote_is_not_destroyed(adoption: Adoption, simulator: Simulator) -> None:
    adoption.run(warns=True)
    adoption.edit("all.yml", "webserver:", "# Agreed in May\nwebserver:")
    for host in simulator.fleet.hosts.values():
        host.document = {**host.document, "webserver": "apache"}
    before = adoption.files()
    failed = adoption.run(fails=True, warns=True)
    task = failed.task(WRITE)
    message = failed.task(f"{ADOPT} : Write over nothing that was written by hand").message
    assert "than the platform by now: fleet/all.yml." in message
    assert "adopt_overwrite: true" in message
    assert task["in_the_way"] == ["fleet/all.yml"]
    assert "-webserver: nginx" in task["difference"]
    assert "+webserver: apache" in task["difference"]
    assert "+webserver: apache" in failed.stdout
    assert adoption.files() == before
    adoption.run(warns=True, adopt_overwrite=True)
    assert adoption.said("all.yml")["webserver"] == "apache"
    assert "Agreed in May" not in adoption.files()["fleet/all.yml"]
    assert adoption.prove()["in_line"] == 4


def test_whom_a_file_leaves_out_stays_in_it(adoption: Adoption, simulator: Simulator) -> None:
    adoption.run(warns=True)
    first, second, *_others = simulator.fleet.hosts.values()
    name = f"clients/{first.client_id}.yml"
    shared = adoption.said(name)
    head = f"except: [{second.name}]  # Ours\n"
    path = adoption.repository / "fleet" / name
    path.write_text(head + path.read_text(encoding="utf-8"), encoding="utf-8")
    second.document = {key: value for key, value in second.document.items() if key not in shared}
    kept = adoption.files()[f"fleet/{name}"]
    adoption.run(warns=True)
    assert adoption.files()[f"fleet/{name}"] == kept
    assert adoption.prove()["in_line"] == 4
    # What the file says is not true any more, and is written over.
    first.document = {**second.document}
    adoption.run(fails=True, warns=True)
    adoption.run(warns=True, adopt_overwrite=True)
    assert adoption.said(name) == {"except": [second.name]}
    assert adoption.prove()["in_line"] == 4
    assert not adoption.run(warns=True).task(WRITE)["changed"]


def test_hosts_that_are_gone_and_an_inventory_of_ones_own(
    adoption: Adoption, simulator: Simulator
) -> None:
    adoption.run(warns=True)
    simulator.fleet.remove_host(int(simulator.fleet.host_named("d.example").id))
    run = adoption.run(warns=True)
    assert run.task(WRITE)["unused"] == ["fleet/hosts/d.example.yml"]
    (adoption.repository / "fleet/hosts/d.example.yml").unlink()
    assert adoption.prove()["in_line"] == 3

    source = {"plugin": "hosted_power.turbostack.turbostack", "hostnames": ["'x-' ~ name"]}
    adoption.ansible.write("my-fleet/fleet.turbostack.yml", source)
    simulator.fleet.new_host("empty.example", {})
    run = adoption.run(warns=True)
    assert "has 1 hosts that hold nothing" in " ".join(run.warnings)
    assert adoption.said("all.yml") == {}
    assert "fleet/hosts/x-a.example.yml" in run.task(WRITE)["written"]
    assert adoption.said("hosts/x-a.example.yml")["webserver"] == "nginx"
    for path in (adoption.repository / "fleet/hosts").glob("[abc].example.yml"):
        path.unlink()
    assert adoption.prove()["in_line"] == 3


def test_a_mistake_is_told_in_the_users_words(adoption: Adoption) -> None:
    failed = adoption.run(fails=True, adopt_secrets="vault").task(WRITE)
    assert "without a vault password" in failed.message
    failed = adoption.run(fails=True, adopt_vault_id="fleet").task(WRITE)
    assert "adopt_secrets: vault" in failed.message
    adoption.run(warns=True)
    adoption.ansible.write("my-fleet/fleet/hosts/a.example.yml", "- a list\n")
    failed = adoption.run(fails=True).task(WRITE)
    assert "a.example.yml holds no map" in failed.message
    adoption.ansible.write(
        "my-fleet/fleet.turbostack.yml",
        {"plugin": "hosted_power.turbostack.turbostack", "nonsense": 1},
    )
    failed = adoption.run(fails=True, adopt_overwrite=True).task(WRITE)
    assert "nonsense" in failed.message
