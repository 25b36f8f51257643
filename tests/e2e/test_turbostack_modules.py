# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module that changes something, as an action on the controller and as a module elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator import Fault, Fleet, Simulator, Switches, planted_secrets

from .controller import Controller

pytestmark = pytest.mark.outer_cores

PREFIX = "hosted_power.turbostack."

#: What differs between two runs of the same task.
VOLATILE = {"elapsed", "deployment", "sync_reason", "invocation", "backup_file"}
#: What Ansible itself adds for a background job.
BACKGROUND = {"ansible_job_id", "started", "finished", "results_file", "ansible_async_watchdog_pid"}
BACKGROUND |= {"stdout", "stdout_lines", "stderr", "stderr_lines", "exception", "warnings"}


def host_of(simulator: Simulator) -> Any:
    """A host with a document; set to something simple to change."""
    host = simulator.fleet.hosts[min(simulator.fleet.hosts)]
    host.document = {"webserver": "nginx", "system_users": [{"username": "prod"}]}
    return host


def comparable(result: dict[str, Any]) -> dict[str, Any]:
    left_out = VOLATILE | BACKGROUND
    kept = {
        key: value
        for key, value in result.items()
        if key not in left_out and not key.startswith("_ansible")
    }
    if "findings" in kept:
        # Only the controller knows in which file and line something stands.
        kept["findings"] = [{**one, "source": None} for one in kept["findings"]]
    return kept


def same_three_ways(
    ansible: Controller, task: dict[str, Any], reset: Any, *arguments: str, fails: bool = False
) -> dict[str, Any]:
    """The result of a task as an action; that of the module must be the same, here and in background."""
    found = {}
    ways: dict[str, dict[str, Any]] = {
        "action": {},
        "module": {"delegate_to": "bastion"},
        "background": {"delegate_to": "localhost", "async": 60, "poll": 1},
    }
    for way, keywords in ways.items():
        if way == "background" and "--check" in arguments:
            continue  # Ansible itself runs nothing in the background in check mode
        reset()
        plays = ansible.tasks({"name": "It", **task, **keywords}, hosts="localhost")
        run = ansible.playbook(plays, *arguments, fails=fails, warns=True)
        found[way] = comparable(run.last.result)
    for way, result in found.items():
        assert result == found["action"], way
    return found["action"]


@pytest.mark.parametrize("name", ["host", "group"])
@pytest.mark.parametrize("arguments", [(), ("--check", "--diff")], ids=["run", "check"])
def test_configuring_is_the_same_as_action_and_module(
    name: str,
    arguments: tuple[str, ...],
    ansible: Controller,
    bastion: dict[str, str],
    simulator: Simulator,
) -> None:
    things: Any = simulator.fleet.hosts if name == "host" else simulator.fleet.groups
    thing = things[min(things)]

    def reset() -> None:
        thing.document = {"webserver": "nginx"}

    for config in ({"webserver": "apache", "ssh_keys": ["ssh-ed25519 AAAA a"]}, {}):
        task = {f"{PREFIX}turbostack_{name}": {"id": thing.id, "config": config}}
        result = same_three_ways(ansible, task, reset, *arguments)
        assert result["changed"] is bool(config)
        assert ("diff" in result) is ("--diff" in arguments)


def test_what_a_file_says_of_keys_holds_wherever_the_task_runs(
    ansible: Controller, bastion: dict[str, str], simulator: Simulator
) -> None:
    host = host_of(simulator)
    schema = {"webhooks": {"identity": "event"}, "licence": {"secret": True}}
    ansible.write("keys.yml", schema)

    def reset() -> None:
        host.document = {"webhooks": [{"event": "push", "url": "a"}, {"event": "tag", "url": "b"}]}

    config = {"webhooks": [{"event": "tag", "url": "c"}], "licence": "no-secret-by-its-looks"}
    for given in ("keys.yml", schema):
        options = {"id": host.id, "config": config, "schema": given}
        result = same_three_ways(ansible, {f"{PREFIX}turbostack_host": options}, reset, "--diff")
        assert host.document["webhooks"] == [
            {"event": "push", "url": "a"},
            {"event": "tag", "url": "c"},
        ]
        assert "no-secret-by-its-looks" not in json.dumps(result)


def test_a_backup_lies_on_the_controller_wherever_the_task_runs(
    ansible: Controller, bastion: dict[str, str], simulator: Simulator
) -> None:
    host = host_of(simulator)
    before = host.document
    ways: list[dict[str, Any]] = [{}, bastion, {"delegate_to": "localhost", "async": 60, "poll": 1}]
    for number, keywords in enumerate(ways):
        host.document = before
        options = {"id": host.id, "config": {"webserver": f"apache{number}"}, "backup": True}
        task = {"name": "It", f"{PREFIX}turbostack_host": options, **keywords}
        run = ansible.playbook(ansible.tasks(task), warns=True)
        path = Path(run.last["backup_file"])
        assert path.parent == ansible.folder / "work" / "backup"
        assert json.loads(path.read_text()) == before
        assert path.stat().st_mode & 0o777 == 0o600
    assert len(list((ansible.folder / "work" / "backup").iterdir())) == 3
    left = [
        file for file in ansible.folder.rglob(f"host-{host.name}*") if "backup" not in file.parts
    ]
    assert left == []
    task = {"name": "It", f"{PREFIX}turbostack_host": options, **bastion, "async": 60, "poll": 1}
    run = ansible.playbook(ansible.tasks(task), fails=True, warns=True)
    assert "nobody would bring the backup" in run.last["msg"]


def test_deploying_is_the_same_as_action_and_module(
    ansible: Controller, bastion: dict[str, str], simulator: Simulator
) -> None:
    host = host_of(simulator)
    options = {"id": host.id, "poll_interval": 1, "start": "always"}
    task = {f"{PREFIX}turbostack_deploy": options}
    result = same_three_ways(ansible, task, lambda: None)
    assert (result["changed"], result["status"]) == (True, "succeeded")
    assert simulator.deployments[host.id] == 3


@pytest.mark.parametrize(
    ("module", "options", "said"),
    [
        ("host", {"id": 999999, "config": {}}, "no host with id 999999"),
        ("host", {"name": "nothing like it", "config": {}}, "no host named"),
        ("host", {"id": 1}, "config"),
        ("host", {"config": {}}, "id, name"),
        ("host", {"id": 1, "name": "x", "config": {}}, "mutually exclusive"),
        ("host", {"id": "seven", "config": {}}, "id"),
        ("host", {"id": 1, "config": {}, "colour": "red"}, "colour"),
        ("host", {"id": 1, "config": {}, "api_token": "two words"}, "no token has"),
        ("host", {"id": 1, "config": {"php_version": 8.1}, "api_url": "ftp://x"}, "api_url"),
        ("group", {"id": 999999, "config": {}}, "no group with id 999999"),
        ("deploy", {"id": 999999}, "no host with id 999999"),
        ("deploy", {"id": 1, "type": "fullResetDeploy"}, "confirm: DELETE"),
        ("deploy", {"id": 1, "type": "sideways"}, "sideways"),
    ],
)
def test_a_mistake_is_told_the_same_by_action_and_module(
    module: str,
    options: dict[str, Any],
    said: str,
    ansible: Controller,
    bastion: dict[str, str],
) -> None:
    results = []
    for keywords in ({}, bastion):
        task = {"name": "It", f"{PREFIX}turbostack_{module}": options, **keywords}
        run = ansible.playbook(ansible.tasks(task), fails=True)
        assert "Traceback" not in run.stdout + run.stderr
        results.append(run.last)
    assert said in results[0].message
    # Where the words are Ansible's, the action adds the next step.
    assert results[0].message.startswith(results[1].message)
    assert results[0].result.get("error") == results[1].result.get("error")


def configure(host: Any, **options: Any) -> dict[str, Any]:
    return {"name": "It", f"{PREFIX}turbostack_host": {"id": host.id, **options}}


def test_secrets_stay_inside_at_any_verbosity(
    ansible: Controller, bastion: dict[str, str], simulator: Simulator
) -> None:
    """The guard over every run looks for the planted secrets; here they are all in play."""
    key = next(
        secret.value for secret in planted_secrets(simulator.fleet) if "PRIVATE KEY" in secret.value
    )
    host = host_of(simulator)
    desired = {
        "system_users": [{"username": "prod", "vhosts": [{"app_name": "a", "cert_pvk": key}]}]
    }
    variables = ansible.write("desired.yml", {"desired": desired})
    for keywords in ({}, bastion):
        task = {**configure(host, config="{{ desired }}"), **keywords}
        plays = ansible.tasks(
            {**task, "register": "it"},
            {"name": "Show it", "ansible.builtin.debug": {"var": "it"}},
            vars_files=[str(variables)],
        )
        run = ansible.playbook(plays, "-vvvv", "--diff", warns=True)
        assert run.task("It").changed
        assert "********" in run.stdout
        host.document = {"webserver": "nginx"}


def test_a_token_that_the_server_echoes_stays_inside(
    ansible: Controller, bastion: dict[str, str], simulator: Simulator
) -> None:
    host = host_of(simulator)
    for keywords in ({}, bastion):
        simulator.fail("GET", "/hosts", with_=Fault.echo_token())
        task = {**configure(host, config={}, api_retries=0), **keywords}
        run = ansible.playbook(ansible.tasks(task), "-vvvv", fails=True, warns=True)
        assert run.last["error"]["status"] == 500


def test_the_environment_of_a_task_reaches_the_action(
    ansible: Controller, bastion: dict[str, str], simulator: Simulator
) -> None:
    host = host_of(simulator)
    bare = {"TURBOSTACK_API_URL": None, "TURBOSTACK_API_TOKEN": None}
    token = ansible.write("token", simulator.token + "\n")
    environment = {"TURBOSTACK_API_URL": simulator.url, "TURBOSTACK_API_TOKEN_FILE": str(token)}
    for keywords in ({}, bastion):
        task = {**configure(host, config={}), "environment": environment, **keywords}
        ansible.playbook(ansible.tasks(task), environment=bare)
        run = ansible.playbook(
            ansible.tasks({**configure(host, config={}), **keywords}), environment=bare, fails=True
        )
        assert "There is no API token" in run.last.message


def test_module_defaults_reach_every_module(ansible: Controller, simulator: Simulator) -> None:
    host = host_of(simulator)
    defaults = {"api_url": simulator.url, "api_token": "{{ lookup('file', 'token') }}"}
    ansible.write("token", simulator.token)
    plays = ansible.tasks(
        configure(host, config={}),
        {"name": "Deploy", f"{PREFIX}turbostack_deploy": {"id": host.id, "poll_interval": 1}},
        {
            "name": "Group",
            f"{PREFIX}turbostack_group": {"id": min(simulator.fleet.groups), "config": {}},
        },
        module_defaults={f"group/{PREFIX}turbostack": defaults},
    )
    bare = {"TURBOSTACK_API_URL": None, "TURBOSTACK_API_TOKEN": None}
    run = ansible.playbook(plays, environment=bare)
    assert [one.status for one in run.results] == ["ok"] * 3


def test_in_a_play_over_hosts_no_target_means_the_current_host(
    ansible: Controller, simulator: Simulator
) -> None:
    ids = sorted(simulator.fleet.hosts)[:3]
    hosts = ansible.write(
        "fleet.yml",
        # Nobody answers there: nothing may be sent to the managed hosts themselves.
        {
            "all": {
                "vars": {"ansible_host": "192.0.2.1", "ansible_timeout": 1},
                "hosts": {f"h{number}": {"turbostack_id": number} for number in ids},
            }
        },
    )
    plays = ansible.tasks(
        {"name": "Set", f"{PREFIX}turbostack_host": {"config": {"redis_memory": "7gb"}}},
        {
            "name": "Deploy",
            f"{PREFIX}turbostack_deploy": {"poll_interval": 1},
        },
        hosts="all",
    )
    run = ansible.playbook(plays, inventory=hosts)
    assert {number: simulator.deployments[number] for number in ids} == dict.fromkeys(ids, 1)
    for number in ids:
        assert run.task("Set", f"h{number}")["id"] == number
        assert simulator.fleet.hosts[number].document["redis_memory"] == "7gb"
    again = ansible.playbook(plays, inventory=hosts)
    assert not any(one.changed for one in again.results)
    assert not again.writes


def test_progress_is_shown_as_it_goes(ansible: Controller, simulator: Simulator) -> None:
    host = host_of(simulator)
    task = {"name": "It", f"{PREFIX}turbostack_deploy": {"id": host.id, "poll_interval": 1}}
    simulator.switches.deploy_running_seconds = 3
    run = ansible.playbook(ansible.tasks(task))
    lines = [line for line in run.stderr.splitlines() if line.startswith(f"{host.name}: deploy ")]
    said = [line.removeprefix(f"{host.name}: deploy ").partition(" ")[0] for line in lines]
    # One line for each state, however often it is seen.
    assert said == list(dict.fromkeys(said))
    assert (said[0], said[-1]) == ("started", "succeeded")


@pytest.mark.parametrize("callback", ["oneline", "minimal"])
def test_progress_stays_out_of_what_a_callback_writes(
    callback: str, ansible: Controller, simulator: Simulator
) -> None:
    host = host_of(simulator)
    simulator.fail("GET", "/deploy", with_=Fault.too_many_requests(4))
    task = {"name": "It", f"{PREFIX}turbostack_deploy": {"id": host.id, "poll_interval": 1}}
    environment = {"ANSIBLE_STDOUT_CALLBACK": f"ansible.builtin.{callback}"}
    # They are to go from ansible-core one day.
    run = ansible.playbook(ansible.tasks(task), environment=environment, warns=True)
    assert "Trying again in 4 s" in run.stderr
    assert f"{host.name}: deploy started" in run.stderr
    assert run.stdout.startswith("localhost | CHANGED")
    assert "Trying again" not in run.stdout
    assert f"{host.name}: deploy" not in run.stdout


def test_a_long_wait_is_told_beside_the_output(ansible: Controller, simulator: Simulator) -> None:
    simulator.fail("GET", "/hosts", with_=Fault.maintenance(4))
    task = {"name": "It", f"{PREFIX}turbostack_host_info": {"id": host_of(simulator).id}}
    run = ansible.playbook(ansible.tasks(task))
    assert "503 Service Unavailable. Trying again in 4 s." in run.stderr
    assert "Trying again" not in run.stdout


def test_a_failed_deployment_says_why(ansible: Controller, simulator: Simulator) -> None:
    host = host_of(simulator)
    simulator.deployments.fail_for(host.id)
    task = {"name": "It", f"{PREFIX}turbostack_deploy": {"id": host.id, "poll_interval": 1}}
    run = ansible.playbook(ansible.tasks(task), fails=True)
    assert run.last["status"] == "failed"
    assert run.last.changed
    assert run.last["deployment"]["message"] in run.last.message


def test_the_platforms_jinja_survives_and_is_not_rendered(
    ansible: Controller, simulator: Simulator
) -> None:
    host = host_of(simulator)
    package = "php{{ php_main_version }}-amqp"
    evil = "{{ lookup('pipe', 'touch executed') }}"
    host.document = {"os_extra_packages": [package, evil], "webserver": "nginx"}
    plays = ansible.tasks(
        {**configure(host, config={"webserver": "apache"}), "register": "it"},
        {"name": "Show", "ansible.builtin.debug": {"msg": "{{ it.changes }} {{ it.name }}"}},
        {**configure(host, state="deleted", config={"os_extra_packages": None}), "name": "Gone"},
    )
    run = ansible.playbook(plays, "--diff")
    assert not list(ansible.folder.rglob("executed"))
    (first, second) = run.writes
    assert first.json["json"] == {"os_extra_packages": [package, evil], "webserver": "apache"}
    assert second.json["json"] == {"webserver": "apache"}
    assert run.task("Gone")["changes"][0]["before"] == [package, evil]


def test_create_modify_delete_each_twice_against_a_rewriting_platform(
    ansible: Controller, bastion: dict[str, str], simulator: Simulator
) -> None:
    """Host and group, as action and as module, all in each run: twelve runs instead of 48."""
    simulator.switches = Switches.laravel()
    things = [
        *((f"{PREFIX}turbostack_host", number) for number in sorted(simulator.fleet.hosts)[:2]),
        *((f"{PREFIX}turbostack_group", number) for number in sorted(simulator.fleet.groups)[:2]),
    ]
    for state, config in (
        ("merged", {"ftp": [{"user": "a", "homedir": " /x ", "note": ""}]}),
        ("merged", {"ftp": [{"user": "a", "homedir": "/y", "quota": 8.0}]}),
        ("deleted", {"ftp": [{"user": "a"}]}),
    ):
        tasks = [
            {
                "name": f"{module} {number}",
                module: {"id": number, "state": state, "config": config},
                **(bastion if index % 2 else {}),
            }
            for index, (module, number) in enumerate(things)
        ]
        for changed in (True, False):
            for arguments in (("--check",), ()):
                run = ansible.playbook(ansible.tasks(*tasks), *arguments)
                assert [one.changed for one in run.results] == [changed] * 4, (state, config)
                assert len(run.writes) == (4 if changed and not arguments else 0)


def test_a_writer_in_between_is_not_undone(
    ansible: Controller, bastion: dict[str, str], simulator: Simulator
) -> None:
    host = host_of(simulator)
    for keywords in ({}, bastion):
        simulator.requests.clear()
        host.document = {"webserver": "nginx"}

        def rival(request: Any) -> None:
            if len(simulator.requests.matching("GET")) >= 2:
                simulator.on_request = None
                host.document = {**host.document, "rival": "was here"}

        simulator.on_request = rival
        # A write that has to be sent again goes over nothing that was not read again before.
        simulator.fail("POST", with_=Fault.maintenance(retry_after=0))
        task = {**configure(host, config={"webserver": "apache"}), **keywords}
        assert ansible.playbook(ansible.tasks(task)).last.changed
        assert host.document == {"webserver": "apache", "rival": "was here"}


@pytest.fixture
def fleet() -> Fleet:
    return Fleet.generate(hosts=40, seed=3)
