# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookups of desired configurations: layers in order, text left alone, mistakes named."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet

from .controller import Controller
from .results import Run

LOOKUP = "lookup('hosted_power.turbostack.desired_config', 'fleet/')"
UNUSED = "query('hosted_power.turbostack.desired_config_unused', 'fleet')"
JINJA = "php{{ lookup('pipe', 'touch executed') }}-amqp"


@pytest.fixture
def fleet() -> Fleet:
    return Fleet.generate(hosts=1, seed=1)


@pytest.fixture
def hosts(ansible: Controller) -> Path:
    """`early` wins over `late` by its priority, and `child` over both by its depth."""
    groups: dict[str, Any] = {
        "late": {"hosts": {"one": {}}},
        "early": {"hosts": {"one": {}}, "vars": {"ansible_group_priority": 2}},
        "parent": {"children": {"child": {"hosts": {"one": {}}}}},
    }
    return ansible.write(
        "hosts.yml",
        {"all": {"hosts": {"one": {"turbostack_client_id": 3}, "two": {}}, "children": groups}},
    )


def shown(ansible: Controller, hosts: Path, *arguments: str, fails: bool = False) -> Run:
    """What the lookups return, kept in a fact and templated again as a play would."""
    ansible.write("vault-password", "not a secret")
    return ansible.playbook(
        ansible.tasks(
            {"ansible.builtin.set_fact": {"desired": f"{{{{ {LOOKUP} }}}}"}},
            {"name": "Show", "ansible.builtin.debug": {"msg": "{{ desired }}"}},
            {"name": "Unused", "ansible.builtin.debug": {"msg": f"{{{{ {UNUSED} }}}}"}},
            hosts="all",
        ),
        *("--vault-password-file", "vault-password"),
        *arguments,
        inventory=hosts,
        fails=fails,
    )


def encrypted(ansible: Controller, programs: Path, *arguments: str) -> str:
    command = [str(programs / "ansible-vault"), *arguments]
    command += ["--vault-password-file", "vault-password"]
    folder = ansible.folder / "work"
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, env=ansible._variables
    ).stdout


def test_layers(ansible: Controller, hosts: Path, programs: Path) -> None:
    ansible.write("vault-password", "not a secret")
    word = encrypted(ansible, programs, "encrypt_string", "hidden", "--name", "ftp_word")
    layers: dict[str, Any] = {
        "all.yml": {"order": "all", "from_all": 1, "os_extra_packages": [JINJA]},
        "clients/3.yml": {"order": "client", "from_client": 1},
        "groups/late.yml": {"order": "late", "of_late": 1},
        "groups/early.yml": {"order": "early", "of_early": 1, "of_late": 2},
        "groups/parent.json": '{"order": "parent", "of_parent": "\\u00e9"}',
        "groups/child.yml": {"order": "child", "of_early": 3, "of_parent": "child"},
        "hosts/one.yml": "os_extra_packages: [htop]\n" + word,
        "hosts/typo.yml": {"order": "typo"},
        "groups/none.yml": {},
        "clients/4.yml": {},
    }
    for name, content in layers.items():
        ansible.write(f"fleet/{name}", content)
    encrypted(ansible, programs, "encrypt", "fleet/groups/late.yml")
    run = shown(ansible, hosts)
    assert run.task("Show", "one")["msg"] == {
        "order": "child",
        "from_all": 1,
        "from_client": 1,
        "of_late": 2,
        "of_early": 3,
        "of_parent": "child",
        "ftp_word": "hidden",
        "os_extra_packages": [JINJA, "htop"],
    }
    assert run.task("Show", "two")["msg"] == {
        "order": "all",
        "from_all": 1,
        "os_extra_packages": [JINJA],
    }
    assert not (ansible.folder / "work" / "executed").exists()
    names = [
        str(Path(path).relative_to(ansible.folder / "work/fleet"))
        for path in run.task("Unused", "one")["msg"]
    ]
    assert names == ["clients/4.yml", "groups/none.yml", "hosts/typo.yml"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"hosts/one.yml": "- a\n"}, "fleet/hosts/one.yml holds no map"),
        ({"hosts/one.yml": ""}, "fleet/hosts/one.yml holds no map"),
        ({"hosts/one.yml": "ftp_password: 'TScanary: [\n"}, "fleet/hosts/one.yml cannot be read"),
        ({"all.yml": {"php_version": 8.1}}, "fleet/all.yml: php_version is the number"),
        ({"all.yml": "{}", "all.json": "{}"}, "holds both all.json and all.yml"),
        ({}, "There is no folder "),
    ],
)
def test_mistakes_are_named(
    ansible: Controller, hosts: Path, files: dict[str, Any], message: str
) -> None:
    for name, content in files.items():
        ansible.write(f"fleet/{name}", content)
    run = shown(ansible, hosts, "--limit", "one", fails=True)
    assert message in run.results[0].message
    assert "TScanary" not in run.stdout + run.stderr
