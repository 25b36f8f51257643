# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user keeps in a vault is not shown, wherever the task runs and however it is written.

It stands under keys that say nothing of a secret; the guard looks for it in all that is printed and left behind.
"""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from simulator import Fault, Simulator
from simulator.credentials import accounts_of
from simulator.markers import PASSWORD_MARKER

from .controller import Controller

HOST = "hosted_power.turbostack.turbostack_host"
SECRET = f"{PASSWORD_MARKER}vaulted"


@pytest.fixture
def vaulted(ansible: Controller) -> str:
    """The secret as it stands in a file of variables."""
    ansible.write("vault-password", "opensesame")
    ansible._variables["ANSIBLE_VAULT_PASSWORD_FILE"] = "vault-password"
    made = subprocess.run(
        [str(ansible._programs / "ansible-vault"), "encrypt_string", "--output", "-", SECRET],
        cwd=ansible.folder / "work",
        env=ansible._variables,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = "\n".join(f"    {line.strip()}" for line in made.stdout.splitlines()[1:])
    ansible.write("secret.yml", f"motto: !vault |\n{lines}\n")
    items = "\n".join(f"        {line}" for line in lines.splitlines())
    ansible.write("items.yml", f"mottos:\n  - motto: !vault |\n{items}\n")
    return SECRET


@pytest.fixture
def written(simulator: Simulator) -> Any:
    """A host, and what is stored for it under the key that the tasks write."""
    return simulator.fleet.hosts[min(simulator.fleet.hosts)]


def task(number: int, value: str = "{{ motto }}", **keywords: Any) -> dict[str, Any]:
    options = {"id": number, "config": {"monitor": {"motto": value}}}
    return {"name": "It", HOST: options, **keywords}


@pytest.mark.parametrize("way", ["here", "elsewhere", "background", "polled later"])
@pytest.mark.parametrize("included", [False, True], ids=["task", "role"])
def test_wherever_the_task_runs(
    way: str,
    included: bool,
    vaulted: str,
    written: Any,
    ansible: Controller,
    bastion: dict[str, str],
    simulator: Simulator,
) -> None:
    keywords: dict[str, dict[str, Any]] = {
        "here": {},
        "elsewhere": bastion,
        "background": {"delegate_to": "localhost", "async": 60, "poll": 1},
        "polled later": {"delegate_to": "localhost", "async": 60, "poll": 0, "register": "job"},
    }
    tasks = [task(written.id, **keywords[way])]
    if way == "polled later":
        status = {"jid": "{{ job.ansible_job_id }}"}
        tasks.append(
            {
                "name": "Later",
                "ansible.builtin.async_status": status,
                "register": "later",
                "until": "later is finished",
                "retries": 30,
                "delay": 1,
            }
        )
    if included:
        ansible.write("roles/licensed/tasks/main.yml", tasks)
        tasks = [{"ansible.builtin.include_role": {"name": "licensed"}}]
    play = ansible.tasks(*tasks, vars_files=["secret.yml"])
    run = ansible.playbook(play, "-vvv", "--diff", warns=True)
    assert written.document["monitor"] == {"motto": vaulted}
    assert run.last.changed


@pytest.mark.parametrize("way", ["here", "elsewhere"])
def test_in_a_loop(
    way: str, vaulted: str, written: Any, ansible: Controller, bastion: dict[str, str]
) -> None:
    keywords = bastion if way == "elsewhere" else {}
    one = task(written.id, "{{ item.motto }}", loop="{{ mottos }}", **keywords)
    play = ansible.tasks(one, vars_files=["items.yml"])
    ansible.playbook(play, "-vvv", "--diff", warns=True)
    assert written.document["monitor"] == {"motto": vaulted}


def test_when_the_platform_quotes_it(
    vaulted: str, written: Any, ansible: Controller, bastion: dict[str, str], simulator: Simulator
) -> None:
    for keywords in ({}, bastion):
        simulator.fail("POST", with_=Fault.status(422, f"The motto {vaulted} is not valid."))
        play = ansible.tasks(task(written.id, **keywords), vars_files=["secret.yml"])
        run = ansible.playbook(play, "-vvv", fails=True, warns=True)
        assert "is not valid" in run.last.message


@pytest.mark.parametrize("way", ["lookup", "credentials", "configuration"])
def test_what_was_read_is_masked_in_later_tasks_where_ansible_can_do_that(
    way: str, ansible: Controller, simulator: Simulator, core: tuple[int, ...]
) -> None:
    if core < (2, 22):
        pytest.skip("from ansible-core 2.22 on, secrets can be registered")
    host = next(
        host for host in simulator.fleet.hosts.values() if accounts_of(host, simulator.fleet.seed)
    )
    every = accounts_of(host, simulator.fleet.seed)
    user = next(account.name for account in every if account.kind == "database")
    named = f"host={host.id}, user='{user}', kind='database'"
    lookup = f"lookup('hosted_power.turbostack.credentials', {named})"
    host.document = {**host.document, "db_password": f"{PASSWORD_MARKER}stored"}
    read = {
        "lookup": {
            "name": "Read",
            "ansible.builtin.set_fact": {"found": f"{{{{ {lookup} }}}}"},
        },
        "credentials": {
            "name": "Read",
            "hosted_power.turbostack.turbostack_credentials_info": {
                "id": host.id,
                "include_secrets": True,
            },
            "register": "found",
        },
        "configuration": {
            "name": "Read",
            "hosted_power.turbostack.turbostack_host_info": {
                "id": host.id,
                "include_secrets": True,
            },
            "register": "found",
        },
    }[way]
    show = {"name": "Show", "ansible.builtin.debug": {"var": "found"}}
    run = ansible.command(
        "ansible-playbook",
        "-i",
        str(ansible.localhost),
        str(ansible.write("playbook.yml", ansible.tasks(read, show))),
        warns=True,
    )
    assert "$REDACTED$" in run.stdout
