# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guards bite: a run in check mode that writes fails its test, and so does a leaked secret."""

from __future__ import annotations

import pytest

from . import return_guard
from .controller import Controller
from .results import TaskResult

TOKEN = "{{ lookup('env', 'TURBOSTACK_API_TOKEN') }}"

#: Goes out even in check mode, and tells nothing of what it sent.
WRITE = {
    "name": "Write",
    "ansible.builtin.uri": {
        "url": "{{ lookup('env', 'TURBOSTACK_API_URL') }}/api/v1/hosts/1",
        "method": "POST",
        "body_format": "json",
        "body": {"json": {}},
        "headers": {"Accept": "application/json"},
        "status_code": 401,
    },
    "check_mode": False,
}


class TestCheckMode:
    def test_a_write_in_a_run_with_check_fails_the_test(self, ansible: Controller) -> None:
        with pytest.raises(AssertionError, match="in check mode sent:\n  POST /api/v1/hosts/1"):
            ansible.playbook(ansible.tasks(WRITE), "--check")

    @pytest.mark.parametrize("check_mode", [True, "{{ 1 == 1 }}"])
    def test_so_does_one_beside_a_task_in_check_mode(
        self, ansible: Controller, check_mode: bool | str
    ) -> None:
        asks = {"name": "Ask", "ansible.builtin.debug": {"msg": "?"}, "check_mode": check_mode}
        with pytest.raises(AssertionError, match="in check mode sent"):
            ansible.playbook(ansible.tasks(WRITE, asks))

    def test_a_write_in_earnest_is_fine(self, ansible: Controller) -> None:
        run = ansible.playbook(ansible.tasks(WRITE))
        assert [request.method for request in run.writes] == ["POST"]


class TestSecrets:
    @pytest.mark.parametrize("arguments", [(), ("-vvv",)])
    def test_a_printed_one_fails_the_test(
        self, ansible: Controller, arguments: tuple[str, ...]
    ) -> None:
        says = {"name": "Say", "ansible.builtin.debug": {"msg": f"it is {TOKEN}"}}
        with pytest.raises(AssertionError, match=r"a secret got out:\n.*standard output: .*it is"):
            ansible.playbook(ansible.tasks(says), *arguments)
        with pytest.raises(AssertionError) as failure:
            ansible.guard_files()
        assert "ansible.log: " in str(failure.value)
        assert "task-results.jsonl: " in str(failure.value)
        self.clean(ansible)

    @pytest.mark.parametrize("place", ["home/.cache/fleet", "tmp/answer", "work/facts/localhost"])
    def test_one_in_a_file_fails_the_test(self, ansible: Controller, place: str) -> None:
        path = ansible.folder / place
        leaves = {
            "name": "Leave",
            "ansible.builtin.copy": {"content": f"{TOKEN}\n", "dest": str(path), "mode": "0600"},
            "no_log": True,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        with pytest.raises(AssertionError, match=f"a secret was left behind:\n  {place}: "):
            ansible.playbook(ansible.tasks(leaves))
        self.clean(ansible)

    def test_a_part_of_a_private_key_is_enough(self, ansible: Controller) -> None:
        key = "\n".join(host.json or "" for host in ansible.simulator.fleet.hosts.values())
        at = key.index("TScanaryPVKEY")
        ansible.write("part.txt", key[at : at + 16])
        reads = {
            "name": "Read",
            "ansible.builtin.debug": {"msg": "{{ lookup('file', 'part.txt') }}"},
        }
        with pytest.raises(AssertionError, match="a secret got out"):
            ansible.playbook(ansible.tasks(reads))
        self.clean(ansible)

    def test_what_the_test_itself_wrote_is_fine(self, ansible: Controller) -> None:
        ansible.write("token", ansible.simulator.token)
        ansible.playbook(ansible.tasks({"name": "Do", "ansible.builtin.debug": {"msg": "nothing"}}))

    def clean(self, ansible: Controller) -> None:
        """Take away what the guard at the end of the test would find once more."""
        for path in ansible.folder.rglob("*"):
            if path.is_file():
                path.unlink()


class TestReturn:
    @pytest.mark.parametrize(
        ("result", "wrong"),
        [
            ({"id": "7"}, "id is no int but str"),
            ({"deploy_required": 1}, "deploy_required is no bool but int"),
            ({"colour": "red"}, "colour is not documented"),
            ({"changes": [{"path": "a", "why": "so"}]}, "changes[].why is not documented"),
            ({"server_normalized": [7]}, "server_normalized[] is no str but int"),
            ({}, "fingerprint is missing"),
        ],
    )
    def test_what_is_not_as_documented_is_told(self, result: dict[str, object], wrong: str) -> None:
        action = "hosted_power.turbostack.turbostack_host"
        told = TaskResult("localhost", "It", action, False, "ok", result)
        assert wrong in list(return_guard.differences(told))
