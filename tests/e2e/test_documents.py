# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of the documents, executed as they stand there, in their order and over their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from authority import intermediate, issued, root
from simulator import Fleet, Simulator
from workshop import build_tree
from workshop.places import ROOT

from .controller import Controller
from .document import Command, commands, read

pytestmark = pytest.mark.newest_core

#: A key of An Peeters and one of Bram Claes, as the documents have them.
AN = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFRoaXMga2V5IGxldHMgbm9ib2R5IGluLCBub3doZXJl an@agency.example"
BRAM = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFuZCB0aGlzIG9uZSBpcyBvZiBubyB1c2UgZWl0aGVy bram@agency.example"

#: The host whose deployment fails in the guide.
UNLUCKY = "shop-2.example.com"

#: Deployments of the simulated platform take no time, and its hosts need no patience.
IMPATIENT = {
    "rollout_deploy_poll_interval": 0.5,
    "rollout_health_retries": 0,
    "rollout_health_limits": {},
}


@dataclass(frozen=True)
class Story:
    """A document, and the world in which it is read.

    :ivar fails: numbers of the commands that are to end with an error, counted from 1.
    :ivar before: what happens in the world before the command of that number.
    :ivar first: what the reader has done by then.
    :ivar files: further files that lie there.
    :ivar answers: what is typed where a command asks.
    """

    document: str
    fails: tuple[int, ...] = ()
    before: Mapping[int, Callable[[Simulator], None]] = field(default_factory=dict)
    first: tuple[str, ...] = ()
    files: Mapping[str, Any] = field(default_factory=dict)
    answers: str = ""


def break_deployments(simulator: Simulator) -> None:
    unlucky = simulator.fleet.host_named(UNLUCKY)
    simulator.deployments.fail_for(int(unlucky.id), "no certificate for www.two.example")

    def mend(request: Any) -> None:
        """The way back is deployed with success."""
        if request.method == "POST" and request.path.endswith(f"/hosts/{unlucky.id}/deploy"):
            simulator.deployments.reasons.clear()

    simulator.on_answer = mend


OLD, NEW = (issued("shop.example", "*.shop.example", by=intermediate(), days=n) for n in (5, 90))
CERTIFICATES = {
    "certs/shop.example.crt": NEW.pem,
    "certs/shop.example.ca-bundle": intermediate().pem + root().pem,
    "certs/shop.example.key": NEW.key,
}


def hold_an_old_certificate(simulator: Simulator) -> None:
    host = simulator.fleet.host_named("shop-1.example.com")
    vhost = {"server_name": "shop.example www.shop.example", "cert_type": "custom"}
    vhost |= {"cert_fullchain": OLD.pem, "cert_pvk": OLD.key}
    host.document = {"system_users": [{"username": "prod", "vhosts": [vhost]}]}
    host.monitoring = {}


PATIENCE = {"group_vars/all.yml": IMPATIENT}
INVENTORY = {"fleet.turbostack.yml": {"plugin": "hosted_power.turbostack.turbostack"}}
BACKUP = "ansible-playbook hosted_power.turbostack.config_backup -e config_backup_path=fleet-backup"

DOUBTFUL = {
    "fleet/all.yml": "---\nwebservr: nginx\n",
    "fleet/hosts/shop-1.example.com.yml": "---\nwebserver: nginx\n\nwebserver: apache\n",
}

STORIES = (
    Story("README.md"),
    Story("docs/guides/adopt_a_fleet.md", files={"my-fleet/group_vars/all.yml": IMPATIENT}),
    Story("docs/guides/a_leaver.md"),
    Story(
        "docs/guides/a_failed_deployment.md",
        fails=(1,),
        before={1: break_deployments},
        files=PATIENCE,
    ),
    Story(
        "docs/guides/certificate_renewal.md",
        files=CERTIFICATES,
        before={1: hold_an_old_certificate},
    ),
    Story("docs/inventory.md"),
    Story("docs/validation.md", files=DOUBTFUL, fails=(1,)),
    Story("roles/adopt/README.md", answers="geheim\n" * 2),
    Story("roles/certificates/README.md", files=CERTIFICATES, before={1: hold_an_old_certificate}),
    Story("roles/config_backup/README.md", answers="geheim\n" * 2),
    Story(
        "roles/config_restore/README.md",
        first=(
            "git init -q fleet-backup",
            BACKUP,
            "git -C fleet-backup commit -q --allow-empty -m Nothing",
        ),
    ),
    # It shows what drift looks like.
    Story("roles/drift/README.md", files=INVENTORY, fails=(1,)),
    Story("roles/explain/README.md", files=INVENTORY),
    Story(
        "roles/history/README.md",
        first=(
            "git init -q fleet-backup",
            BACKUP,
            "git -C fleet-backup commit -q --allow-empty -m Nothing",
        ),
        files={"record.jsonl": ""},
    ),
    Story(
        "roles/fleet_report/README.md", files={**INVENTORY, "fleet/all.yml": {"timezone": "UTC"}}
    ),
    Story("roles/preflight/README.md"),
    Story("roles/rollout/README.md", files=PATIENCE),
    Story("roles/ssh_access/README.md"),
    Story("roles/validate/README.md"),
)

#: Commands that are not executed here: how they begin, and what proves them, or why nothing can.
LEFT_OUT = {
    "make demo": "a step of its own",
    "make test": "what runs this test",
    "ansible-galaxy collection install": "the step package installs the tarball",
    "pip install": "needs a network",
    "python3 -m pip install": "needs a network",
    "git clone git@git.example.com": "nobody's server; test_config_backup.py pushes to a repository",
    BACKUP + " -e config_backup_push=true": "as the line before it",
    "PYTHONPATH=tests": "measures",
}

#: Documents of which another test runs the commands, or nothing can.
TOLD_ELSEWHERE = {
    "CONTRIBUTING.md": "tests/repository/test_contributing.py",
    "docs/awx.md": "needs an AWX; test_awx_kit.py applies the kit to a stand-in",
    "docs/eda.md": "needs a Java; tests/rulebooks runs the rulebooks",
    "docs/examples/database_user.md": "test_examples.py",
    "docs/examples/php_upgrade.md": "test_examples.py",
    "docs/performance-inventory.md": "measures",
    "docs/performance.md": "measures",
    "docs/mutation-testing.md": "takes a quarter of an hour",
    "docs/promises.md": "the step that it tells of",
    "docs/simulator.md": "test_simulator_guide.py",
    "tests/simulator/README.md": "test_simulator_guide.py",
}


@pytest.fixture
def fleet() -> Fleet:
    """Four shops of one client, as the documents have them."""
    fleet = Fleet()
    fleet.new_client("Agency")
    client = fleet.new_client("Bakery")
    fleet.new_group("developers", {"ssh_keys": [AN]}, int(client.id))
    for number, name in enumerate(("one", "two", "three", "four"), 1):
        vhost = {
            "server_name": f"{name}.example www.{name}.example",
            "app_type": "shopware",
            "cert_type": "selfsigned",
        }
        fleet.new_host(
            f"shop-{number}.example.com",
            {
                "redis_memory": "2gb",
                "ssh_keys": [AN, BRAM] if number == 3 else [AN],
                "system_users": [{"username": "prod", "vhosts": [vhost]}],
            },
            int(client.id),
        )
    return fleet


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.document)
def test_a_document_works_as_it_stands(
    ansible: Controller, simulator: Simulator, story: Story
) -> None:
    for name, content in story.files.items():
        ansible.write(name, content)
    for line in story.first:
        ansible.shell(line)
    number = 0
    for part in read((ROOT / story.document).read_text(encoding="utf-8")):
        if not isinstance(part, Command):
            ansible.write(part.name, part.content)
            continue
        if part.line.startswith(tuple(LEFT_OUT)):
            continue
        number += 1
        if number in story.before:
            story.before[number](simulator)
        run = ansible.shell(part.line, answers=story.answers, fails=number in story.fails)
        for line in part.shown:
            assert line in run.stdout + run.stderr, f"{line!r} is not shown by\n{run}"
    assert number >= max((1, *story.fails, *story.before)), "not a command of it was executed"


def test_a_leaver_is_out_everywhere(ansible: Controller, simulator: Simulator) -> None:
    """What the guide promises is so in the end."""
    (guide,) = (story for story in STORIES if story.document == "docs/guides/a_leaver.md")
    test_a_document_works_as_it_stands(ansible, simulator, guide)
    third = simulator.fleet.host_named("shop-3.example.com")
    assert third.document["ssh_keys"] == [AN]
    assert simulator.deployments[int(third.id)] == 1


def test_every_document_with_commands_is_told() -> None:
    """A new document needs its story, or a word on what proves its commands."""
    told = {story.document for story in STORIES} | set(TOLD_ELSEWHERE)
    with_commands = {
        str(document)
        for document in build_tree.sources()
        if document.suffix == ".md"
        and list(commands((ROOT / document).read_text(encoding="utf-8")))
    }
    assert with_commands - told == set()
    assert told - with_commands == set()


def test_nothing_is_left_out_that_no_document_says() -> None:
    lines = [
        command.line
        for story in STORIES
        for command in commands((ROOT / story.document).read_text(encoding="utf-8"))
    ]
    idle = {start for start in LEFT_OUT if not any(line.startswith(start) for line in lines)}
    assert idle == set()


def test_certificates_are_where_they_belong(ansible: Controller, simulator: Simulator) -> None:
    """What the role's page promises is so in the end."""
    (page,) = (story for story in STORIES if story.document == "roles/certificates/README.md")
    test_a_document_works_as_it_stands(ansible, simulator, page)
    first = simulator.fleet.host_named("shop-1.example.com").document
    (vhost,) = first["system_users"][0]["vhosts"]
    assert vhost["cert_fullchain"] == NEW.pem + intermediate().pem
