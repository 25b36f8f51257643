# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules that read: the same as an action on the controller and as a module elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator import CANARY, Fault, Fleet, Simulator, Switches

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

PREFIX = "hosted_power.turbostack.turbostack_"
CONNECTIONS = Path(__file__).parent / "connection_plugins"
NOUNS = {
    "client_info": "clients",
    "host_info": "hosts",
    "group_info": "groups",
    "deploy_info": "deployments",
    "credentials_info": "credentials",
}
ALL: dict[str, Any] = {"name_pattern": "*"}


@pytest.fixture
def fleet() -> Fleet:
    return Fleet.generate(hosts=5, seed=1)


@pytest.fixture
def hosts(ansible: Controller, simulator: Simulator) -> Path:
    """The controller, another machine, and the platform's hosts, at whose addresses nobody answers."""
    python = {"ansible_python_interpreter": str(ansible._programs / "python")}
    ansible._variables["ANSIBLE_CONNECTION_PLUGINS"] = str(CONNECTIONS)
    fleet = {f"h{n}": {"turbostack_id": n} for n in simulator.fleet.hosts}
    away = {"ansible_host": "192.0.2.1", "ansible_timeout": 1}
    return ansible.write(
        "hosts.yml",
        {
            "all": {
                "hosts": {
                    "localhost": {"ansible_connection": "local", **python},
                    "bastion": {"ansible_connection": "bastion", **python},
                },
                "children": {"fleet": {"hosts": fleet, "vars": away}},
            }
        },
    )


def both_ways(
    every: dict[str, tuple[str, dict[str, Any]]], **keywords: Any
) -> list[dict[str, Any]]:
    """Each task as an action, then each as a module."""
    return [
        {"name": f"{name} {way}", f"{PREFIX}{module}": options, **where, **keywords}
        for way, where in (("here", {}), ("there", {"delegate_to": "bastion"}))
        for name, (module, options) in every.items()
    ]


def comparable(run: Run, name: str) -> dict[str, Any]:
    left_out = {"invocation", "warnings", "exception"}
    return {
        key: value
        for key, value in run.task(name).result.items()
        if key not in left_out and not key.startswith("_ansible")
    }


def test_action_and_module_give_the_same(
    ansible: Controller, hosts: Path, simulator: Simulator
) -> None:
    """In check mode, at the highest verbosity; that nothing secret is shown is for the guard to see."""
    first, second, third, *_others = sorted(simulator.fleet.hosts)
    simulator.fleet.hosts[first].json = "{"
    simulator.fleet.hosts[third].document = {
        "jinja": "{{ lookup('pipe', 'id') }}",
        "text": "½ \ud83d\x1b",
        "version": 8.10,
        "system_users": [{"username": "prod"}],
    }
    simulator.switches.deploy_history = "failed"
    simulator.fail(
        "GET", f"/hosts/{second}/(deploy|credentials)$", times=4, with_=Fault.forbidden()
    )
    every: dict[str, tuple[str, dict[str, Any]]] = {
        **{module: (module, ALL) for module in NOUNS},
        "one host": ("host_info", {"id": third}),
        "no config": ("host_info", {"active": True, "include_config": False}),
        "host and sync": ("host_info", {"id": third, "include_sync": True}),
        "deployment and sync": ("deploy_info", {"id": third, "include_sync": True}),
        "of a client": ("group_info", {"client_id": min(simulator.fleet.clients)}),
        "one client": ("client_info", {"id": min(simulator.fleet.clients)}),
    }
    plays = ansible.tasks(*both_ways(every), hosts="localhost")
    run = ansible.playbook(plays, "--check", "-vvv", inventory=hosts, warns=True)
    for name, (module, _options) in every.items():
        here, there = comparable(run, f"{name} here"), comparable(run, f"{name} there")
        assert here == there, name
        assert here["changed"] is False
        assert isinstance(here[NOUNS[module]], list)
    for name, noun in (("host and sync", "hosts"), ("deployment and sync", "deployments")):
        (one,) = run.task(f"{name} here")[noun]
        # Its document was changed after that.
        assert one["sync_status"] == "stored_not_deployed"
    (one,) = run.task("one host here")["hosts"]
    assert one["config"]["jinja"] == "{{ lookup('pipe', 'id') }}"
    assert one["config"]["text"] == "½ �\x1b"
    errors = [entry["error"] for entry in run.task("host_info here")["hosts"] if entry["error"]]
    assert [error["kind"] for error in errors] == ["document"]
    for module in ("deploy_info", "credentials_info"):
        entries = run.task(f"{module} here")[NOUNS[module]]
        assert {entry["id"] for entry in entries if entry["error"]} == {second}


@pytest.mark.parametrize("part", range(3))
def test_whatever_the_platform_answers_both_find_the_same(
    ansible: Controller, hosts: Path, simulator: Simulator, part: int
) -> None:
    """Every value of every switch, as few of them as possible one after the other."""
    every: dict[str, tuple[str, dict[str, Any]]] = {module: (module, ALL) for module in NOUNS}
    every["credentials_info"] = ("credentials_info", {"id": min(simulator.fleet.hosts)})
    every["deploy_info"] = ("deploy_info", {"id": max(simulator.fleet.hosts)})
    tasks = []
    settings = Switches.covering()[part::3]
    for number, setting in enumerate(settings):
        # What moves while it is read cannot be the same twice; the clock has its own tests.
        still = {"paging_movement": "none", "concurrent_write_after_get": 0, "latency_ms": 0}
        body = {**setting, **still, "rate_limit": 0, "list_order": "stable"}
        patch = {"url": f"{simulator.url}/_simulator/switches", "method": "PATCH", "body": body}
        tasks.append(
            {
                "name": "Set",
                "ansible.builtin.uri": {**patch, "body_format": "json"},
                "check_mode": False,
            }
        )
        tasks += [
            {**task, "name": f"{number} {task['name']}"}
            for task in both_ways(every, ignore_errors=True)
        ]
    run = ansible.playbook(ansible.tasks(*tasks, hosts="localhost"), inventory=hosts, warns=True)
    for number in range(len(settings)):
        for name in every:
            here = comparable(run, f"{number} {name} here")
            assert here == comparable(run, f"{number} {name} there"), (number, name)
            assert "failed" not in here or not here["failed"], (number, name, here)
        listed = run.task(f"{number} host_info here")["hosts"]
        assert {entry["id"]: entry["error"] for entry in listed} == dict.fromkeys(
            simulator.fleet.hosts
        )


def test_secrets_of_configurations_are_for_variables_only(
    ansible: Controller, hosts: Path, simulator: Simulator
) -> None:
    secret = next(host for host in simulator.fleet.hosts.values() if CANARY.search(host.json or ""))
    options = {"id": secret.id, "include_secrets": True}
    every = {"Host": ("host_info", options)}
    tasks = [
        task
        for one in both_ways(every, register="it")
        for task in (
            one,
            {
                "name": "Use it",
                "ansible.builtin.assert": {
                    "that": ["it.hosts[0].config | to_json | length > 2000"]
                },
            },
        )
    ]
    run = ansible.playbook(
        ansible.tasks(*tasks, hosts="localhost"), "-vvvv", inventory=hosts, warns=True
    )
    for name in ("Host here", "Host there"):
        assert "the output has been hidden" in str(run.task(name).result)


def test_the_current_host_and_others(
    ansible: Controller, hosts: Path, simulator: Simulator
) -> None:
    """In a play over the inventory; with the connection from the defaults of the group."""
    ansible.write("token", simulator.token)
    client = simulator.fleet.hosts[min(simulator.fleet.hosts)].client_id
    asked = {
        "Current host": ("host_info", {}),
        "Current deployment": ("deploy_info", {}),
        "Current credentials": ("credentials_info", {}),
        "Of a client": ("host_info", {"client_id": client}),
        "All groups": ("group_info", {}),
        "All clients": ("client_info", {}),
    }
    tasks = [
        {"name": name, f"{PREFIX}{module}": options, "when": "inventory_hostname != 'nobody'"}
        for name, (module, options) in asked.items()
    ]
    defaults = {"api_url": simulator.url, "api_token": "{{ lookup('file', 'token') }}"}
    plays = ansible.tasks(
        *tasks,
        hosts="fleet",
        module_defaults={"group/hosted_power.turbostack.turbostack": defaults},
    )
    bare = {"TURBOSTACK_API_URL": None, "TURBOSTACK_API_TOKEN": None}
    run = ansible.playbook(plays, inventory=hosts, environment=bare)
    for number in simulator.fleet.hosts:
        for name in ("Current host", "Current deployment", "Current credentials"):
            (entries,) = [
                v for k, v in run.task(name, f"h{number}").result.items() if k in NOUNS.values()
            ]
            assert [entry["id"] for entry in entries] == [number]
        of_client = {entry["client_id"] for entry in run.task("Of a client", f"h{number}")["hosts"]}
        assert of_client == {client}
        assert len(run.task("All groups", f"h{number}")["groups"]) == len(simulator.fleet.groups)


@pytest.mark.parametrize(
    ("module", "options", "said"),
    [
        ("host_info", {"id": 999999}, "no host with id 999999"),
        ("host_info", {"id": 1, "client_id": 2}, "mutually exclusive"),
        ("host_info", {"client_id": 999999}, "no client with id 999999"),
        ("group_info", {"name": "nothing like it"}, "no group named"),
        ("client_info", {"name": "Nobody"}, "no client with the name"),
        ("deploy_info", {}, "one of the following is required"),
        ("deploy_info", {"id": 999999}, "no host with id 999999"),
        ("credentials_info", {"id": 999999}, "no host with id 999999"),
        ("credentials_info", {"id": 1, "workers": 0}, "between 1 and 32"),
        ("host_info", {"on_error": "ignore"}, "on_error"),
    ],
)
def test_mistakes(
    ansible: Controller, hosts: Path, module: str, options: dict[str, Any], said: str
) -> None:
    ignored = {"ignore_errors": True}
    tasks = both_ways({"It": (module, options)}, **ignored)
    run = ansible.playbook(ansible.tasks(*tasks, hosts="localhost"), inventory=hosts)
    here, there = run.task("It here"), run.task("It there")
    assert said in here.message
    # Where the words are Ansible's, the action adds the next step.
    assert here.message.startswith(there.message)
    assert here.result.get("error") == there.result.get("error")
    assert "Traceback" not in run.stdout + run.stderr
