# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup of credentials: the right value, few requests, nothing left behind."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from simulator import Fault, Fleet, Simulator
from simulator.credentials import accounts_of
from workshop.places import ROOT

from .controller import Controller

LOOKUP = "lookup('hosted_power.turbostack.credentials'"
INVENTORY = ROOT / "plugins" / "inventory" / "turbostack.py"


@pytest.fixture
def fleet() -> Fleet:
    return Fleet.generate(hosts=4, seed=1)


@pytest.fixture
def hosts(ansible: Controller, simulator: Simulator) -> Path:
    local = {
        "ansible_connection": "local",
        "ansible_python_interpreter": str(ansible._programs / "python"),
    }
    fleet = {f"h{n}": {"turbostack_id": n} for n in simulator.fleet.hosts}
    return ansible.write(
        "hosts.yml",
        {
            "all": {
                "vars": local,
                "hosts": {"localhost": {}},
                "children": {"fleet": {"hosts": fleet}},
            }
        },
    )


def digests(simulator: Simulator) -> dict[int, str]:
    """The digest of the first database password of each host."""
    found = {}
    for number, host in simulator.fleet.hosts.items():
        accounts = accounts_of(host, simulator.fleet.seed)
        word = next(one.password for one in accounts if one.kind == "database")
        found[int(number)] = hashlib.sha256(word.encode()).hexdigest()
    return found


def user_of(simulator: Simulator, number: int) -> str:
    return accounts_of(simulator.fleet.hosts[number], simulator.fleet.seed)[0].name


def uses(name: str, **keywords: Any) -> dict[str, Any]:
    """A task on every host that uses the host's own password twice, and shows neither."""
    password = f"{LOOKUP}, user=users[turbostack_id], kind='database') | hash('sha256')"
    same = f"({password}) == digests[turbostack_id]"
    return {"name": name, "ansible.builtin.assert": {"that": [same, same]}, **keywords}


def requests_for_credentials(run: Any) -> list[str]:
    return [request.path for request in run.requests if request.path.endswith("/credentials")]


def variables(simulator: Simulator) -> dict[str, Any]:
    every = {int(number): user_of(simulator, int(number)) for number in simulator.fleet.hosts}
    return {"digests": digests(simulator), "users": every}


def test_once_for_each_host_in_a_run_that_began_with_the_collection(
    ansible: Controller, hosts: Path, simulator: Simulator
) -> None:
    """Three tasks on each of four hosts, each in a process of its own: four requests."""
    begin = {
        "name": "Begin",
        "hosted_power.turbostack.turbostack_client_info": {},
        "run_once": True,
    }
    plays = ansible.tasks(
        begin, uses("One"), uses("Two"), uses("Three"), hosts="fleet", vars=variables(simulator)
    )
    run = ansible.playbook(plays, "-vvv", inventory=hosts)
    paths = requests_for_credentials(run)
    assert len(paths) == len(set(paths)) == len(simulator.fleet.hosts)


def test_once_for_each_task_and_host_in_a_run_that_did_not(
    ansible: Controller, hosts: Path, simulator: Simulator
) -> None:
    """What the documentation says of such a run; twice in one task is one request all the same."""
    plays = ansible.tasks(uses("One"), uses("Two"), hosts="fleet", vars=variables(simulator))
    run = ansible.playbook(plays, inventory=hosts)
    assert len(requests_for_credentials(run)) == 2 * len(simulator.fleet.hosts)


@pytest.mark.skipif(
    "run_memory" not in INVENTORY.read_text(encoding="utf-8"),
    reason="the inventory plugin does not provide the memory",
)
def test_once_for_each_host_in_a_play_over_the_inventory(
    ansible: Controller, simulator: Simulator
) -> None:
    source = ansible.write(
        "turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack", "strict": True}
    )
    local = {
        "ansible_connection": "local",
        "ansible_python_interpreter": str(ansible._programs / "python"),
    }
    plays = ansible.tasks(
        uses("One"), uses("Two"), hosts="all", vars={**variables(simulator), **local}
    )
    run = ansible.playbook(plays, inventory=source, warns=True)
    paths = requests_for_credentials(run)
    assert len(paths) == len(set(paths)) == len(simulator.fleet.hosts)


def test_whose_and_what(ansible: Controller, hosts: Path, simulator: Simulator) -> None:
    """By id, by name of the platform and of the inventory; other fields; the connection as options."""
    number = int(min(simulator.fleet.hosts))
    user, host = user_of(simulator, number), simulator.fleet.hosts[number]
    wanted = f"user='{user}', kind='database'"
    connection = f"api_url='{simulator.url}', api_token=lookup('file', 'token')"
    ansible.write("token", simulator.token)
    same = f" | hash('sha256') == '{digests(simulator)[number]}'"
    field = f"field='database') == ['{user}']"
    cases = [
        f"{LOOKUP}, host={number}, {wanted}, {connection}){same}",
        f"{LOOKUP}, host='{number}', {wanted}, {connection}){same}",
        f"{LOOKUP}, host='{host.name}', {wanted}, {connection}){same}",
        f"{LOOKUP}, host='h{number}', {wanted}, {connection}){same}",
        f"{LOOKUP}, host={number}, {wanted}, {connection}, field='user') == '{user}'",
        f"query('hosted_power.turbostack.credentials', host={number}, {wanted}, {connection}, {field}",
    ]
    plays = ansible.tasks({"name": "It", "ansible.builtin.assert": {"that": cases}})
    bare = {"TURBOSTACK_API_URL": None, "TURBOSTACK_API_TOKEN": None}
    run = ansible.playbook(plays, "-vvv", inventory=hosts, environment=bare)
    listings = [request for request in run.requests if request.path == "/api/v1/hosts"]
    assert len(listings) == 1


def test_a_password_that_looks_like_a_template_stays_one(
    ansible: Controller, simulator: Simulator
) -> None:
    word = "{{ lookup('pipe', 'id') }}"
    body = {"ssh": {"user": "prod", "password": word}}
    simulator.fail("GET", "/credentials", with_=Fault.wrong_type(body=body))
    shows = {"name": "It", "ansible.builtin.debug": {"msg": "{{ " + LOOKUP + ", host=1) }}"}}
    assert ansible.playbook(ansible.tasks(shows)).last.message == word


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "No host is named, and the current one is not of the collection's inventory"),
        (", 'prod', host=1", "takes no term. Name the host with host="),
        (", host=99999", "There is no host with id 99999"),
        (", host='nothing like it'", "There is no host named nothing like it among the 4"),
        (", host=ids[0], user='nobody'", "hold no account of user nobody. They hold: system "),
        (", host=ids[0], kind='database'", "several that fit"),
        (", host=ids[0], user=user, kind='ssh'", "kind"),
        (", host=ids[0], api_token='two words'", "no token has"),
        (", host=ids[0], api_url='http://example.com'", "clear text"),
        (", host=ids[1]", "403"),
    ],
)
def test_errors(ansible: Controller, simulator: Simulator, arguments: str, said: str) -> None:
    ids = [int(number) for number in sorted(simulator.fleet.hosts)][:2]
    simulator.fleet.hosts[ids[0]].document = {
        "system_users": [{"username": "prod"}, {"username": "stage"}]
    }
    simulator.fail("GET", f"/hosts/{ids[1]}/credentials", with_=Fault.forbidden())
    shows = {"name": "It", "ansible.builtin.debug": {"msg": "{{ " + LOOKUP + arguments + ") }}"}}
    plays = ansible.tasks(shows, vars={"ids": ids, "user": "prod"})
    run = ansible.playbook(plays, "-vvv", fails=True)
    assert said in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr
