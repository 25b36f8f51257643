# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd and malicious rows: no host is missing, nothing is executed, and what is written loads again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import Fleet

from .controller import Controller
from .results import Run
from .test_inventory import AWX_ENVIRONMENT, hostvars, source

OPTIONS: dict[str, Any] = {
    "include_clients": True,
    "group_by": [
        "client",
        "active",
        "app_type",
        "php_version",
        "mysql_version",
        "postgresql_version",
    ],
    "compose": {"name_again": "turbostack_name", "config_again": "turbostack_config"},
    "groups": {"of_all": "turbostack_id is defined"},
    "keyed_groups": [
        {"key": "turbostack_name", "prefix": "name"},
        {"key": "turbostack_client_name", "prefix": "client"},
        {"key": "turbostack_config.webserver", "prefix": "server", "parent_group": "servers"},
        {"key": "turbostack_domains", "prefix": "domain"},
    ],
}


@pytest.fixture
def witness(tmp_path: Path) -> Iterator[Path]:
    """Comes into being if something is executed."""
    path = tmp_path / "witness"
    yield path
    assert not path.exists()


@pytest.fixture
def fleet(witness: Path) -> Fleet:
    return Fleet.hostile(witness)


@pytest.fixture
def path(ansible: Controller) -> Path:
    return source(ansible, **OPTIONS)


def ids(found: dict[str, Any]) -> list[int]:
    return sorted(variables["turbostack_id"] for variables in found.values())


def hosts_in(group: dict[str, Any] | None) -> dict[str, Any]:
    """Every host of an inventory in YAML, with its variables."""
    found: dict[str, Any] = {}
    for name, variables in ((group or {}).get("hosts") or {}).items():
        found[name] = variables or found.get(name) or {}
    for child in ((group or {}).get("children") or {}).values():
        for name, variables in hosts_in(child).items():
            found[name] = variables or found.get(name) or {}
    return found


def is_shown_as_it_is(text: str | None) -> bool:
    """Whether a configuration is an object without secrets, and without what Ansible itself reads."""
    if text is None or any(part in text for part in ("cert_pvk", "__ansible", "\ud800", "NaN")):
        return False
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def listed(ansible: Controller, path: Path, *arguments: str) -> Run:
    return ansible.inventory(path, *arguments, environment=AWX_ENVIRONMENT, warns=True)


def test_listed_exported_and_loaded_again(ansible: Controller, path: Path) -> None:
    fleet = ansible.simulator.fleet
    run = listed(ansible, path, "--list", "--export")
    found = hostvars(run)
    assert ids(found) == sorted(fleet.hosts)
    for variables in found.values():
        assert {name for name in variables if name.startswith("ansible_")} <= {"ansible_host"}
        assert variables["name_again"] == variables["turbostack_name"]
        host = fleet.hosts[variables["turbostack_id"]]
        if host.name and host.name.isprintable() and "\ud800" not in host.name:
            assert variables["turbostack_name"] == host.name
        if is_shown_as_it_is(host.json):
            assert variables["turbostack_config"] == json.loads(host.json or "{}")
    script = ansible.write("again.sh", f"#!/bin/sh\ncat {path.parent}/listed.json\n")
    ansible.write("listed.json", run.stdout)
    script.chmod(0o700)
    again = ansible.inventory(script, "--list", warns=True)
    assert set(hostvars(again)) == set(found)


def test_as_yaml(ansible: Controller, path: Path) -> None:
    run = listed(ansible, path, "--list", "--yaml")
    found = hosts_in(yaml.safe_load(run.stdout)["all"])
    assert ids(found) == sorted(ansible.simulator.fleet.hosts)
    written = ansible.write("again.yml", run.stdout)
    again = ansible.inventory(written, "--graph", warns=True)
    assert all(f"--{name}\n" in f"{again.stdout}\n" for name in found)


def test_as_a_graph(ansible: Controller, path: Path) -> None:
    run = listed(ansible, path, "--graph")
    assert run.stdout.isprintable() or run.stdout.replace("\n", "").isprintable()
    hosts = {line.rpartition("--")[2] for line in run.stdout.splitlines() if "--@" not in line}
    assert len(hosts - {"@all:"}) == len(ansible.simulator.fleet.hosts)


def test_in_a_play(ansible: Controller, path: Path) -> None:
    tasks = ansible.tasks(
        {
            "name": "Take",
            "ansible.builtin.set_fact": {
                "taken": {
                    "all": "{{ turbostack_config | default({}) }}",
                    "name": "{{ turbostack_name }}",
                    "again": "{{ name_again }} {{ config_again | default('') }}",
                    "live": "{{ turbostack_monitoring }}",
                    "host": "{{ inventory_hostname }} {{ ansible_host | default('') }}",
                }
            },
        },
        {"name": "Take twice", "ansible.builtin.set_fact": {"twice": "{{ taken }}"}},
        hosts="all",
    )
    run = ansible.playbook(tasks, "--limit", "all", inventory=path, warns=True)
    count = len(ansible.simulator.fleet.hosts)
    assert len({result.host for result in run.results if result.status == "ok"}) == count
    assert len(run.results) == 2 * count
