# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's rulebooks in ansible-rulebook itself, on a Java, against the simulated platform."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import CANARY, Fleet, Simulator
from workshop import build_tree, environments, java
from workshop.places import ROOT

RULEBOOKS = ROOT / "extensions" / "eda" / "rulebooks"
TIME_LIMIT = 120


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(fleet=Fleet.generate(hosts=3, seed=3)) as simulator:
        for host in simulator.fleet.hosts.values():
            host.monitoring = {"disk": {"used_percent": 10.0}}
        yield simulator


@pytest.fixture
def java_home() -> Path:
    home = java.home()
    if home is None:
        pytest.skip(f"left out: no Java {java.OLDEST} on this machine")
    return home


class Rulebook:
    """One of the collection's rulebooks, with quicker looks, and which ends after its first action."""

    def __init__(self, name: str, folder: Path) -> None:
        (self.rules,) = yaml.safe_load((RULEBOOKS / f"{name}.yml").read_text(encoding="utf-8"))
        self.path = folder / f"{name}.yml"
        self.folder = folder
        source = self.rules["sources"][0]
        source[f"hosted_power.turbostack.{name}"]["interval"] = 1

    def acts(self, action: dict[str, Any]) -> None:
        (rule,) = self.rules["rules"]
        del rule["action"]
        rule["actions"] = [action, {"shutdown": {"kind": "now"}}]

    def run(self, simulator: Simulator, java_home: Path, meanwhile: Callable[[], None]) -> str:
        """What it says, until it ends by itself.

        :param meanwhile: what happens once the source has looked at the fleet.
        """
        self.path.write_text(yaml.safe_dump([self.rules]), encoding="utf-8")
        inventory = self.folder / "inventory.yml"
        names = {str(host.name): None for host in simulator.fleet.hosts.values()}
        inventory.write_text(yaml.safe_dump({"all": {"hosts": names}}), encoding="utf-8")
        programs = environments.ensure("rulebook")
        variables = {
            "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "JAVA_HOME": str(java_home),
            "ANSIBLE_HOME": str(self.folder / ".ansible"),
            "ANSIBLE_COLLECTIONS_PATH": str(build_tree.link()),
            "TURBOSTACK_API_URL": simulator.url,
            "TURBOSTACK_API_TOKEN": simulator.token,
            **{name: os.environ[name] for name in ("TMPDIR",) if name in os.environ},
        }
        process = subprocess.Popen(
            [
                *(str(programs / "ansible-rulebook"), "--rulebook", str(self.path)),
                *("-i", str(inventory)),
                *("--env-vars", "TURBOSTACK_API_URL,TURBOSTACK_API_TOKEN", "--print-events"),
            ],
            cwd=self.folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        looked = threading.Thread(target=_once_looked, args=(simulator, meanwhile), daemon=True)
        looked.start()
        try:
            said, _nothing = process.communicate(timeout=TIME_LIMIT)
        finally:
            process.kill()
        assert process.returncode == 0, said
        assert simulator.token not in said
        assert not CANARY.search(said)
        return said


def _once_looked(simulator: Simulator, then: Callable[[], None]) -> None:
    """Two lists of the hosts: what was there at the first look is no news."""
    ends = time.monotonic() + TIME_LIMIT
    while time.monotonic() < ends:
        if sum(request.path.endswith("/hosts") for request in simulator.requests) >= 2:
            then()
            return
        time.sleep(0.05)


def test_a_deployment_fails(simulator: Simulator, java_home: Path, tmp_path: Path) -> None:
    host = next(iter(simulator.fleet.hosts.values()))
    rulebook = Rulebook("deployments", tmp_path)
    rulebook.acts(rulebook.rules["rules"][0]["action"])

    def fails() -> None:
        simulator.deployments.fail_for(int(host.id), "The certificate has expired")
        simulator.deployments.start(host, "deploy", simulator.switches)

    said = rulebook.run(simulator, java_home, fails)
    assert f"{host.name}: the deployment failed. The certificate has expired" in said
    # What insert_hosts_to_meta made of it.
    assert f"{{'meta': {{'hosts': ['{host.name}']" in said


def test_a_figure_is_critical(simulator: Simulator, java_home: Path, tmp_path: Path) -> None:
    host = next(iter(simulator.fleet.hosts.values()))
    rulebook = Rulebook("monitoring", tmp_path)
    # As it is, it launches a template of AWX.
    rulebook.acts(
        {"debug": {"msg": "{{ event.turbostack.host }} is {{ event.turbostack.status }}"}}
    )

    def fills() -> None:
        host.monitoring = {"disk": {"used_percent": 97.0}}

    said = rulebook.run(simulator, java_home, fills)
    assert f"{host.name} is critical" in said
