# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mistakes of a first day: each is told by the option, with what was found and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from simulator import Fleet

from .controller import Controller

NAMESPACE = "hosted_power.turbostack"
HOST = "web1.example.com"
URL = "{{ lookup('env', 'TURBOSTACK_API_URL') }}"

pytestmark = pytest.mark.outer_cores


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    bakery, agency = fleet.new_client("Bakery"), fleet.new_client("Agency")
    fleet.new_group("developers", {"ssh_keys": []}, int(bakery.id))
    vhost = {"app_name": "shop", "server_name": "shop.example", "app_type": "shopware"}
    for number in (1, 2, 3):
        document = {
            "redis_memory": "2gb",
            "system_users": [{"username": "prod", "vhosts": [vhost]}],
        }
        fleet.new_host(f"web{number}.example.com", document, int(bakery.id))
    for client in (bakery, agency):
        fleet.new_host("twin.example.com", {}, int(client.id))
    return fleet


def host(config: Any = None, **options: Any) -> dict[str, Any]:
    """A task on one host, but for the mistake in it; an option that is None is left out."""
    given = {
        "name": HOST,
        "config": {"redis_memory": "5gb"} if config is None else config,
        **options,
    }
    return {"turbostack_host": {name: value for name, value in given.items() if value is not None}}


def deploy(**options: Any) -> dict[str, Any]:
    return {"turbostack_deploy": options}


#: A mistake → the task in which it is made, and what the message says.
TASKS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "a wrong token": (
        host(api_token="nonsense"),
        (
            "401",
            "The token came from the option api_token; it is wrong, expired or revoked",
            "Profile settings",
        ),
    ),
    "a token in quotes": (
        host(api_token="'secret'"),
        ("The API token from the option api_token stands in quotes", "Leave the quotes away"),
    ),
    "a line for a shell as the token": (
        host(api_token="export TURBOSTACK_API_TOKEN=abc"),
        ("is not a token alone", "Keep what stands behind the equals sign"),
    ),
    "a token file that is not there": (
        host(api_token_file="nowhere/token"),
        (
            "The token file nowhere/token (named by the option api_token_file) cannot be read: No such file",
        ),
    ),
    "http": (
        host(api_url="http://my.turbostack.app"),
        ("api_url is http://my.turbostack.app", "clear text", "Use https://"),
    ),
    "no scheme": (
        host(api_url="my.turbostack.app"),
        ("api_url is not an http or https URL", "Give api_url as https://HOST"),
    ),
    "a name of no server": (
        host(api_url="https://my.turbostack.invalid", api_retries=0),
        ("no connection to my.turbostack.invalid", "Check api_url, the network and the proxy"),
    ),
    "a port where nobody listens": (
        host(api_url="http://127.0.0.1:9", api_retries=0),
        ("no connection to 127.0.0.1:9", "refused", "Check api_url"),
    ),
    "the path of a list in the URL": (
        host(api_url=f"{URL}/api/v1/hosts"),
        ("404 Not Found", "Check the id, and that api_url (", "without /api/v1"),
    ),
    "a user in the URL": (
        host(api_url="https://me:secret@my.turbostack.app"),
        ("api_url holds a user name or password", "The token goes into api_token"),
    ),
    "a CA bundle that is not there": (
        host(ca_path="nowhere/ca.pem"),
        ("ca_path names nowhere/ca.pem, which does not exist",),
    ),
    "a time limit of nothing": (host(api_timeout=0), ("api_timeout must be more than 0",)),
    "a number in words": (host(api_retries="many"), ("'api_retries'", "int")),
    "two letters of a host's name": (
        host(name="web1.exmaple.com"),
        (
            "There is no host named web1.exmaple.com",
            "Is one of these meant:",
            "(web1.example.com, client",
        ),
    ),
    "a host's short name": (
        host(name="web1"),
        ("There is no host named web1", "Is one of these meant: id 101 (web1.example.com, client"),
    ),
    "a host's name in capitals": (
        host(name="WEB1.example.com"),
        ("There is no host named WEB1.example.com", "Is one of these meant: id 101"),
    ),
    "a name that two hosts bear": (
        host(name="twin.example.com"),
        ("There are 2 hosts named twin.example.com", "Name the one that is meant by its id"),
    ),
    "a name as the id": (host(name=None, id=HOST), ("'id'", "int")),
    "an id of nobody": (
        host(name=None, id=99999),
        (
            "There is no host with id 99999, or the token may not see it",
            "GET /api/v1/hosts lists those",
        ),
    ),
    "a name and an id": (host(id=101), ("parameters are mutually exclusive: id|name",)),
    "neither, on localhost": (
        host(name=None),
        ("one of the following is required: id, name", "Only on a host of the inventory"),
    ),
    "a group's name for a host": (host(name="developers"), ("There is no host named developers",)),
    "a slip in a group's name": (
        {"turbostack_group": {"name": "developrs", "config": {"ssh_keys": []}}},
        ("There is no group named developrs", "Is one of these meant: id 21 (developers, client"),
    ),
    "no configuration": (
        {"turbostack_host": {"name": HOST}},
        ("missing required arguments: config",),
    ),
    "the path of a file as the configuration": (
        host("fleet/hosts/web1.yml"),
        (
            "argument 'config'",
            "dict",
            "Give a map. What a file holds is given as {{ lookup('file', 'NAME')",
        ),
    ),
    "YAML in a text as the configuration": (
        host("redis_memory: 5gb\nwebserver: nginx\n"),
        ("argument 'config'", "Give a map"),
    ),
    "a list as the configuration": (
        host([{"redis_memory": "5gb"}]),
        ("argument 'config'", "Give a map"),
    ),
    "state: absent": (
        host(state="absent"),
        ("value of state must be one of: merged, replaced, deleted, got: absent", "with deleted"),
    ),
    "state: present": (
        host(state="present"),
        ("got: present", "come and go in the platform alone"),
    ),
    "an option of another name": (
        host(configuration={}),
        (
            "Unsupported parameters for (hosted_power.turbostack.turbostack_host)",
            "configuration",
            "config,",
        ),
    ),
    "a version as a number": (
        host({"php_main_version": 8.3}),
        (
            "php_main_version is the number 8.3",
            'Quote it: php_main_version: "8.3"',
            "allow_float_versions",
        ),
    ),
    "users as a map": (
        host({"system_users": {"username": "prod"}}),
        ("system_users is stored as a list, and the configuration gives a map", "Give a list"),
    ),
    "users as texts": (
        host({"system_users": ["prod"]}),
        ("system_users[#0] of the configuration is no map", "Write it as {username: …}"),
    ),
    "a user without a name": (
        host({"system_users": [{"vhosts": []}]}),
        ("system_users[#0] of the configuration has no username", "Give it one"),
    ),
    "one user twice": (
        host({"system_users": [{"username": "prod"}, {"username": "prod"}]}),
        ("have the same username", "Make one entry of the two"),
    ),
    "a mask as the value": (
        host({"redis_memory": "********"}),
        ("redis_memory", "stands for a secret that was not shown", "Leave the key out"),
    ),
    "a slip that strict refuses": (
        host({"webservr": "nginx"}, validate="strict"),
        ("webservr is no key that is known. Did you mean webserver?",),
    ),
    "a word that validate does not know": (
        host(validate="strikt"),
        ("value of validate must be one of: off, warn, strict, got: strikt",),
    ),
    "a deployment of nothing": (
        deploy(),
        ("one of the following is required: id, name", "Only on a host of the inventory"),
    ),
    "a type of deployment": (
        deploy(name=HOST, type="full"),
        ("value of type must be one of: deploy, fullDeploy, fullResetDeploy, got: full",),
    ),
    "a deployment that deletes, by the way": (
        deploy(name=HOST, type="fullResetDeploy"),
        ("fullResetDeploy deletes from the host", "confirm: DELETE"),
    ),
    "an option that wait_timeout is called elsewhere": (
        deploy(name=HOST, timeout=600),
        ("Unsupported parameters", "timeout", "wait_timeout"),
    ),
    "a client's name as its id": (
        {"turbostack_host_info": {"client_id": "Bakery"}},
        ("'client_id'", "int"),
    ),
}


def test_a_task_says_what_is_wrong_with_it(ansible: Controller) -> None:
    tasks = [
        {
            "name": mistake,
            "ignore_errors": True,
            **{f"{NAMESPACE}.{module}": options for module, options in task.items()},
        }
        for mistake, (task, _said) in TASKS.items()
    ]
    run = ansible.playbook(ansible.tasks(*tasks))
    unsaid = {
        mistake: message
        for mistake, (_task, said) in TASKS.items()
        if not all(words in (message := run.task(mistake).message) for words in said)
    }
    assert unsaid == {}
    assert {run.task(mistake).status for mistake in TASKS} == {"failed"}
    assert "Traceback" not in run.stdout + run.stderr
    assert run.writes == []


@dataclass(frozen=True)
class Mistake:
    """A command that goes wrong, in a folder with an inventory and these files.

    :ivar said: what stands in its output, whose lines are joined.
    """

    said: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    book: str = "rollout"
    environment: Mapping[str, str | None] = field(default_factory=dict)


FLEET = {"rollout_directory": "fleet/"}
WITHOUT_PASSWORD = "$ANSIBLE_VAULT;1.1;AES256\n6162\n"

ROLES = {
    "no folder": Mistake(("Set one of rollout_directory and rollout_config",)),
    "another folder": Mistake(
        ("There is no folder", "work/flet"), variables={"rollout_directory": "flet/"}
    ),
    "a folder of something else": Mistake(
        ("is no folder of desired configurations", "all.yml, clients, groups or hosts"),
        {"fleet/group_vars/all.yml": "webserver: nginx\n"},
        FLEET,
    ),
    "a tab": Mistake(
        ("all.yml cannot be read (line 2, column 1)",), {"fleet/all.yml": "a:\n\tb: 1\n"}, FLEET
    ),
    "a key twice": Mistake(
        ("all.yml cannot be read (line 2, column 1): a key stands here twice",),
        {"fleet/all.yml": "webserver: nginx\nwebserver: apache\n"},
        FLEET,
    ),
    "nothing but comments": Mistake(
        ("all.yml holds no map of settings. Write {} if it is meant to say nothing",),
        {"fleet/all.yml": "# Nothing yet\n"},
        FLEET,
    ),
    "a list": Mistake(("all.yml holds no map of settings",), {"fleet/all.yml": "- a: 1\n"}, FLEET),
    "a file of nobody": Mistake(
        (
            "No host of the inventory is meant by",
            "hosts/web9.example.com.yml",
            "Is a name mistyped?",
        ),
        {"fleet/hosts/web9.example.com.yml": "webserver: nginx\n"},
        FLEET,
    ),
    "secrets without their password": Mistake(
        ("Ansible was started without a vault password", "--vault-password-file"),
        {"fleet/all.yml": WITHOUT_PASSWORD},
        FLEET,
    ),
    "a pattern of nobody": Mistake(
        ("rollout_hosts matches no host of the inventory", "Is a name mistyped?"),
        {"fleet/all.yml": "webserver: nginx\n"},
        {**FLEET, "rollout_hosts": "app_shopwre"},
    ),
    "a backup in a file": Mistake(
        ("plain.txt is no folder",),
        {"plain.txt": "x\n"},
        {"config_backup_path": "plain.txt"},
        "config_backup",
    ),
    "a restore of nothing": Mistake(
        ("Nothing is asked for. Name hosts, groups or clients, or set everything: true",),
        {"backup/hosts/x.yml": "{}\n"},
        {"config_restore_path": "backup"},
        "config_restore",
    ),
    "nobody's keys": Mistake(("ssh_access_people",), book="ssh_access"),
}


@pytest.mark.newest_core
@pytest.mark.parametrize("mistake", ROLES.values(), ids=ROLES)
def test_a_playbook_says_what_is_wrong(ansible: Controller, mistake: Mistake) -> None:
    inventory = ansible.write("fleet.turbostack.yml", f"plugin: {NAMESPACE}.turbostack\n")
    for name, content in mistake.files.items():
        ansible.write(name, content)
    variables = [f"--extra-vars={name}={value}" for name, value in mistake.variables.items()]
    run = ansible.command(
        "ansible-playbook",
        f"--inventory={inventory}",
        f"{NAMESPACE}.{mistake.book}",
        *variables,
        fails=True,
        warns=True,
    )
    output = " ".join((run.stdout + run.stderr).split())
    assert [words for words in mistake.said if words not in output] == [], run
    assert "Traceback" not in output
    assert run.writes == []


PLUGIN = f"plugin: {NAMESPACE}.turbostack\n"

SOURCES = {
    "another name": ("fleet.yml", PLUGIN, ("Rename it, so that its name ends in turbostack.yml",)),
    "the plugin's name in short": (
        "turbostack.yml",
        "plugin: turbostack\n",
        ("unknown plugin 'turbostack'",),
    ),
    "a slip in an option": (
        "turbostack.yml",
        f"{PLUGIN}keyed_group: []\n",
        ("unknown option 'keyed_group'; did you mean keyed_groups?",),
    ),
    "a group that there is none of": (
        "turbostack.yml",
        f"{PLUGIN}group_by: [clients]\n",
        ("group_by", "clients"),
    ),
    "a tab": ("turbostack.yml", f"{PLUGIN}compose:\n\tx: 1\n", ("turbostack.yml",)),
    "a token that is not to be rendered": (
        "turbostack.yml",
        f'{PLUGIN}api_token: "{{{{ my_token }}}}"\n',
        ("api_token cannot be rendered",),
    ),
    "a wrong token": (
        "turbostack.yml",
        f"{PLUGIN}api_token: nonsense\n",
        ("401", "it is wrong, expired or revoked", "Profile settings"),
    ),
    "a word of compose": (
        "turbostack.yml",
        f"{PLUGIN}compose:\n  x: turbostack_nam\n",
        (
            "compose: x cannot be evaluated for 5 of 5 hosts, such as",
            "'turbostack_nam' is undefined",
        ),
    ),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_an_inventory_says_what_is_wrong(
    ansible: Controller, source: tuple[str, str, tuple[str, ...]]
) -> None:
    name, content, said = source
    run = ansible.inventory(ansible.write(name, content), "--graph", warns=True)
    output = " ".join((run.stdout + run.stderr).split())
    assert [words for words in said if words not in output] == [], run
    assert "Traceback" not in output
