# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role validate: what it finds without a platform, and the ways in which people are told to use it."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from workshop.places import ROOT

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

PAGE = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
VALIDATE = ("ansible-playbook", "hosted_power.turbostack.validate")
FLEET = ("-e", "validate_directory=fleet/")
OFFLINE = {
    "TURBOSTACK_API_TOKEN": None,
    "TURBOSTACK_API_URL": "https://nowhere.invalid",
    "ANSIBLE_LOCALHOST_WARNING": "false",
    "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
}
SLIPS = {
    "all.yml": "webserver: nginx\nwebservr: apache\n",
    "hosts/shop-1.example.com.yml": "a: 1\nb: 2\n\na: 3\n",
}


@pytest.fixture
def offline(ansible: Controller) -> Iterator[Controller]:
    """A controller without a token; nothing may be asked of the platform."""
    yield ansible
    assert not ansible.simulator.requests


def validate(ansible: Controller, *arguments: str, fails: bool = False) -> Run:
    return ansible.command(*VALIDATE, *arguments, environment=OFFLINE, fails=fails, warns=fails)


def write(ansible: Controller, files: dict[str, str]) -> None:
    for name, text in files.items():
        ansible.write(f"fleet/{name}", text)


def report(run: Run) -> Any:
    return run.task("hosted_power.turbostack.validate : Look for mistakes").result


def told(run: Run) -> list[str]:
    return [line for line in run.stdout.splitlines() if re.match(r"fleet/[^ ]*: |::", line)]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def documented() -> list[list[str]]:
    """Each command of the page that runs the playbook: at a prompt, in a hook, in a workflow."""
    said = re.findall(r"^\$ (ansible-playbook .*validate.*)$", PAGE, re.MULTILINE)
    for text in blocks("yaml"):
        if "repos:" in text:
            said += [
                hook["entry"] for repo in yaml.safe_load(text)["repos"] for hook in repo["hooks"]
            ]
        if "jobs:" in text:
            steps = yaml.safe_load(text)["jobs"]["validate"]["steps"]
            said += [step["run"] for step in steps if "ansible-playbook" in step.get("run", "")]
    return [shlex.split(command) for command in said]


def test_the_commands_of_the_page_work_as_they_stand(offline: Controller) -> None:
    commands = documented()
    assert len(commands) == 3
    write(offline, {"all.yml": "webserver: nginx\n"})
    for program, *arguments in commands:
        run = offline.command(program, *arguments, environment=OFFLINE)
        assert not told(run)
    write(offline, SLIPS)
    for program, *arguments in commands:
        run = offline.command(program, *arguments, environment=OFFLINE, fails=True)
        assert run.returncode == 2
        assert len(told(run)) == 2
    log = json.loads((offline.folder / "work" / "fleet.sarif").read_text(encoding="utf-8"))
    assert len(log["runs"][0]["results"]) == 2


def test_what_the_page_shows_is_what_is_shown(offline: Controller) -> None:
    write(offline, SLIPS)
    (shown,) = [text for text in blocks("console") if "-e validate_directory" in text]
    assert told(validate(offline, *FLEET, fails=True)) == shown.splitlines()[1:]


def test_the_editor_is_pointed_to_the_schema() -> None:
    validators = pytest.importorskip("jsonschema")
    (text,) = [text for text in blocks("yaml") if "yaml-language-server" in text]
    (address,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", text, re.MULTILINE)
    keys = (ROOT / "docs" / "configuration-keys.md").read_text(encoding="utf-8")
    assert f"# yaml-language-server: $schema={address}\n" in keys
    repository = "https://raw.githubusercontent.com/hosted-power/ansible-turbostack/main/"
    assert address.startswith(repository)
    schema = json.loads((ROOT / address.removeprefix(repository)).read_text(encoding="utf-8"))
    validator = validators.Draft202012Validator(schema)
    document = yaml.safe_load(text)
    assert validator.is_valid(document)
    assert not validator.is_valid({**document, "webserver": "ngnix"})


def test_everything_is_found_at_once(offline: Controller) -> None:
    write(
        offline,
        {
            "all.yml": "webservr: nginx\nftp_sftp_port: 70000\n",
            "hosts/a.example.yml": "system_users:\n  - username: prod\n    vhosts:\n"
            "      - {app_name: shop, server_name: shop.example, php_version: '7.4'}\n",
            "hosts/b.example.yml": "system_users:\n  - username: web\n    vhosts:\n"
            "      - {app_name: shop, server_name: shop.example}\n",
            "groups/shops.yml": "redis_enabled: 'yes'\n",
            "hots/c.example.yml": "a: 1\n",
        },
    )
    run = validate(offline, *FLEET, "-e", "validate_junit_file=out/found.xml", fails=True)
    found = [(one["file"], one["line"], one["code"]) for one in report(run)["findings"]]
    assert found == [
        ("fleet/all.yml", 1, "unknown-key"),
        ("fleet/all.yml", 2, "wrong-type"),
        ("fleet/groups/shops.yml", 1, "wrong-type"),
        ("fleet/hosts/a.example.yml", 4, "end-of-life"),
        ("fleet/hosts/a.example.yml", 4, "served-elsewhere"),
        ("fleet/hosts/b.example.yml", 4, "served-elsewhere"),
        ("fleet/hots", None, "unused-file"),
    ]
    assert report(run)["counts"] == {"files": 4, "errors": 0, "warnings": 7}
    checked, age = (report(run)["end_of_life"][name] for name in ("checked", "age"))
    assert f"Ends of life are as of {checked}, by a table that is {age}." in run.stdout
    suites = ElementTree.parse(offline.folder / "work" / "out" / "found.xml").getroot()
    assert suites.get("failures") == "5"


def test_what_is_meant_can_be_said(offline: Controller) -> None:
    write(offline, {"all.yml": "webservr: nginx\n"})
    validate(offline, *FLEET, "-e", '{"validate_except": ["webservr"]}')
    validate(offline, *FLEET, "-e", '{"validate_schema": {"webservr": {"type": "text"}}}')
    validate(offline, *FLEET, "-e", "validate_fail=error")
    run = validate(offline, *FLEET, "-e", "validate_fail=false")
    assert report(run)["summary"] == "1 warning in 1 file of 1."


def test_files_of_groups_are_looked_at_one_by_one(offline: Controller) -> None:
    write(offline, {"all.yml": "webserver: nginx\n"})
    for name, text in {"developers": "webservr: apache\n", "9": "- a list\n", "ops": ""}.items():
        offline.write(f"groups/{name}.yml", text or "timezone: UTC\n")
    groups = ("-e", "validate_groups_directory=groups")
    run = validate(offline, *FLEET, *groups, fails=True)
    assert [
        line.partition(": ")[0] for line in run.stdout.splitlines() if line.startswith("groups/")
    ] == [
        "groups/9.yml",
        "groups/developers.yml:1",
    ]
    assert report(run)["counts"] == {"files": 4, "errors": 1, "warnings": 1}
    missing = validate(offline, *FLEET, "-e", "validate_groups_directory=gruops", fails=True)
    assert "There is no folder" in missing.stdout + missing.stderr


def test_an_inventory_says_which_files_go_together(offline: Controller) -> None:
    write(
        offline,
        {
            "groups/shops.yml": "own: {a: 1}\n",
            "groups/nobody.yml": "a: 1\n",
            "hosts/a.example.yml": "webserver: nginx\nown: text\n",
        },
    )
    source = offline.write("hosts.yml", {"shops": {"hosts": {"a.example": None}}})
    run = validate(offline, "-i", str(source), *FLEET, fails=True)
    assert [line.partition(": ")[0] for line in told(run)] == [
        "fleet/groups/nobody.yml",
        "fleet/hosts/a.example.yml:2",
    ]
    assert "own is stored as a map" in run.stdout


def test_secrets_need_no_password_and_are_not_shown(offline: Controller) -> None:
    secret = "!vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3030\n"
    write(
        offline,
        {
            "all.yml": f"licence: {secret}ftp_sftp_port: TScanaryPASSWORDone\n",
            "hosts/x.yml": "$ANSIBLE_VAULT;1.1;AES256\n3030\n",
        },
    )
    offline.write("secret.yml", {"validate_secret_paths": ["ftp_sftp_port"]})
    run = validate(offline, *FLEET, "-e", "@secret.yml", fails=True)
    assert [line.partition(": ")[0] for line in told(run)] == [
        "fleet/all.yml:4",
        "fleet/hosts/x.yml",
    ]
    assert "started without a vault password" in run.stdout


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"validate_directory": "nowhere"}, "There is no folder"),
        ({"validate_directory": "fleet", "validate_fail": "perhaps"}, "true, false or error"),
        ({"validate_directory": "fleet", "validate_except": ["a["]}, "is not a path"),
        ({"validate_directory": "fleet", "validate_format": "xml"}, "validate_format"),
    ],
)
def test_what_makes_no_sense_is_refused(
    offline: Controller, variables: dict[str, Any], said: str
) -> None:
    write(offline, {"all.yml": "a: 1\n"})
    file = offline.write("variables.json", json.dumps(variables))
    run = validate(offline, "-e", f"@{file}", fails=True)
    assert said in run.stdout + run.stderr


@pytest.mark.newest_core
def test_what_was_adopted_can_be_stored(ansible: Controller) -> None:
    """What runs may be past its end of life; the certificates of the simulator are none."""
    adopt = ("ansible-playbook", "hosted_power.turbostack.adopt", "-e", "adopt_directory=adopted")
    ansible.command(*adopt, "-i", str(ansible.localhost), warns=True)
    found = validate(
        ansible, "-e", "validate_directory=adopted/fleet/", "-e", "validate_fail=false"
    )
    assert report(found)["counts"]["files"] > 1
    codes = {one["code"] for one in report(found)["findings"]}
    assert codes <= {"end-of-life", "served-elsewhere", "not-readable"}
