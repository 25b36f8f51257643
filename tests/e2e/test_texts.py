# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles as a button presses them: each variable is a text, as surveys send it, or a field that nobody filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from authority import issued
from simulator import Fleet, Simulator
from workshop.places import ROOT

from .controller import Controller
from .results import Run

pytestmark = pytest.mark.outer_cores

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43 + " an@agency.example"
#: Roles for a play over the inventory; the others are for a play over one host.
OVER_THE_FLEET = ("drift", "explain", "rollout")
SHOP = issued("shop.example", "*.example")
SCHEMA = {"list": {"type": "list of texts"}}
#: How surveys, AWX, people and older tools write false and true.
SPELLINGS = (("false", "true"), ("False", "True"), ("no", "yes"), ("off", "on"), ("0", "1"))
THRESHOLDS = {"disk_percent": {"warning": 75, "critical": 85.5}}

#: What each variable is set to; another value than its default.
GIVEN: dict[str, dict[str, Any]] = {
    "adopt": {
        "directory": "my-fleet",
        "groups": ["turbostack_client_*", "others"],
        "secrets": "omit",
        "vault_id": "",
        "lists": {"list": "replace"},
        "secret_paths": ["licence"],
        "allow_float_versions": True,
        "overwrite": True,
        "workers": 2,
    },
    "certificates": {
        "directory": "certs",
        "hosts": ["shop*", "other.example"],
        "types": ["custom", "selfsigned"],
        "warn_days": 3,
    },
    "config_backup": {
        "path": "saved",
        "secrets": "masked",
        "vault_id": "",
        "secret_paths": ["system_users.*.note", "licence"],
        "vanished": "remove",
        "commit": False,
        "commit_author": "Fleet <fleet@example.com>",
        "push": False,
        "push_remote": "",
        "push_username": "",
        "push_password": "",
        "on_error": "report",
        "workers": 2,
    },
    "config_restore": {
        "path": "saved",
        "revision": "",
        "hosts": ["shop.example", "other.example"],
        "groups": ["developers"],
        "clients": [11],
        "everything": False,
        "vanished": "skip",
        "allow_empty": True,
        "secret_paths": ["licence"],
        "workers": 2,
        "backup": False,
        "backup_dir": "copies",
        "deploy": True,
        "deploy_type": "fullDeploy",
        "deploy_timeout": 60.5,
        "deploy_poll_interval": 0.2,
        "confirm_delete": "",
    },
    "drift": {
        "directory": "",
        "config": {"webserver": "nginx", "list": ["a"]},
        "state": "merged",
        "domain_order": "configured",
        "allow_other_domains": True,
        "lists": {"list": "replace"},
        "secret_paths": ["licence"],
        "allow_float_versions": True,
        "validate": "off",
        "validate_except": ["webservr", "**.odd"],
        "groups_directory": "groups",
        "json_file": "other.json",
        "junit_file": "",
        "sync": True,
        "fail": False,
    },
    "fleet_report": {
        "path": "other.html",
        "mode": "0600",
        "title": "Ours",
        "clients": [11],
        "thresholds": THRESHOLDS,
        "end_of_life_file": "",
        "end_of_life_soon_days": 30,
        "drift_file": "",
        "deployments": True,
        "workers": 2,
    },
    "rollout": {
        "except": ["other.example"],
        "directory": "",
        "config": {"webserver": "nginx", "list": ["a"]},
        "state": "merged",
        "unused_files": "accept",
        "serial": [1, "50%"],
        "parallel": 2,
        "max_fail_percentage": 12.5,
        "lists": {"list": "replace"},
        "secret_paths": ["system_users.*.note", "licence"],
        "validate": "strict",
        "validate_except": ["list", "webserver"],
        "preflight": "warn",
        "preflight_resolver": ["127.0.0.1:1"],
        "preflight_stand_ins": ["192.0.2.0/24"],
        "create": False,
        "prune": False,
        "conflicts": "keep",
        "prune_limit": 7,
        "ownership": "ours",
        "domain_order": "configured",
        "allow_other_domains": True,
        "allow_float_versions": True,
        "allow_empty": True,
        "deploy_type": "fullDeploy",
        "in_doubt": "fail",
        "confirm_delete": "DELETE",
        "deploy_timeout": 60.5,
        "deploy_poll_interval": 0.2,
        "status_words": {"klaar": "succeeded"},
        "health_limits": {"disk_percent": 99.5},
        "health_unknown": "accept",
        "health_retries": 1,
        "health_delay": 0.1,
        "http": True,
        "http_urls": ["PLATFORM/one", "PLATFORM/two"],
        "http_scheme": "http",
        "http_path": "/index",
        "http_status": [200, 404],
        "http_content": "message",
        "http_timeout": 5,
        "http_retries": 1,
        "http_delay": 0.1,
        "http_validate_certs": False,
        "journal": "journal",
        "journal_create": True,
        "recover": "keep",
        "until": "2100-01-01T05:00",
        "report_file": "journal/report.json",
    },
    "history": {
        "hosts": ["shop*"],
        "since": "yesterday",
        "until": "today",
        "record": "",
        "backup": "",
        "platform": True,
        "json_file": "backup/history.json",
        "secret_paths": ["licence"],
        "workers": 2,
    },
    "preflight": {
        "hosts": ["shop*"],
        "level": "warn",
        "resolver": ["127.0.0.1:1"],
        "stand_ins": ["192.0.2.0/24"],
        "timeout": 0.5,
        "time_limit": 1.5,
        "lookups": 4,
        "secret_paths": ["licence"],
        "workers": 2,
    },
    "ssh_access": {
        "people": [{"name": "An", "keys": [KEY], "where": {"hosts": ["shop.example", 102]}}],
        "elsewhere": "remove",
        "allow_last_key": True,
        "deploy": True,
        "prove": False,
        "backup": True,
        "backup_dir": "copies",
        "workers": 2,
        "report_file": "report.json",
    },
    "explain": {
        "host": "shop.example",
        "directory": "fleet",
        "path": "redis_enabled",
        "platform": False,
        "lists": {"list": "replace"},
        "secret_paths": ["licence"],
    },
    "validate": {
        "directory": "fleet",
        "groups_directory": "groups",
        "lists": {"list": "replace"},
        "secret_paths": ["licence"],
        "allow_float_versions": True,
        "except": ["webservr", "**.odd"],
        "format": "github",
        "junit_file": "found.xml",
        "sarif_file": "found.sarif",
        "fail": False,
    },
}


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for name in ("shop.example", "other.example"):
        vhosts = [
            {"server_name": f"{kind}.example", "cert_type": kind}
            for kind in ("custom", "selfsigned")
        ]
        users = [{"username": "prod", "vhosts": vhosts}] if name == "shop.example" else []
        fleet.new_host(name, {"webserver": "nginx", "list": ["a", "b"], "system_users": users})
    fleet.new_group("developers", {"timezone": "UTC"})
    return fleet


def spec(role: str) -> dict[str, Any]:
    text = (ROOT / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8")
    options: dict[str, Any] = yaml.safe_load(text)["argument_specs"]["main"]["options"]
    return {name.removeprefix(f"{role}_"): one for name, one in options.items()}


def pressed(ansible: Controller, role: str, variables: Mapping[str, Any]) -> Run:
    ansible.write("groups/developers.yml", {"timezone": "UTC"})
    ansible.write("certs/shop.pem", f"{SHOP.pem}{SHOP.key}")
    ansible.write("fleet/all.yml", {"webservr": "a", "odd": 1, "redis_enabled": "yes"})
    source = ansible.write("turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"})
    file = ansible.write(
        "variables.json", json.dumps({f"{role}_{name}": value for name, value in variables.items()})
    )
    return ansible.command(
        *("ansible-playbook", f"hosted_power.turbostack.{role}"),
        *("-i", str(source if role in OVER_THE_FLEET else ansible.localhost), "-e", f"@{file}"),
        warns=True,
    )


def in_text(value: Any, number: int = 0) -> str:
    """A value as a text; a boolean in the spelling of that number."""
    if isinstance(value, bool):
        return SPELLINGS[number % len(SPELLINGS)][value]
    return value if isinstance(value, str) else json.dumps(value)


class Pressed:
    """A role that is run several times, each time as if it were the first."""

    def __init__(self, ansible: Controller, simulator: Simulator, role: str) -> None:
        self._ansible = ansible
        self._simulator = simulator
        self._role = role
        if role == "config_restore":
            pressed(ansible, "config_backup", {"path": "saved"})
            simulator.fleet.hosts[101].document = {"webserver": "apache"}
        self._before = {number: host.json for number, host in simulator.fleet.hosts.items()}
        self._work = ansible.folder / "work"
        self._files = set(self._work.rglob("*"))

    def __call__(self, variables: Mapping[str, Any]) -> tuple[Any, ...]:
        """What tells one run from another: what was asked and sent, how tasks ended, which files there are."""
        run = pressed(self._ansible, self._role, variables)
        made = sorted(set(self._work.rglob("*")) - self._files, reverse=True)
        # Their names hold the time.
        kept = [path for path in made if {"copies", "backup", "journal"} & set(path.parts)]
        names = sorted(path.name for path in made if path not in kept)
        for path in made:
            path.rmdir() if path.is_dir() else path.unlink()
        for number, text in self._before.items():
            self._simulator.fleet.hosts[number].json = text
        self._simulator.deployments.clear()
        sent = sorted((one.method, one.path, one.body) for one in run.writes)
        asked = sorted({one.path for one in run.requests})
        ended = [(one.task, one.host, one.status, one.changed) for one in run.results]
        return sent, asked, sorted(ended), names, bool(kept)


@pytest.mark.parametrize("role", list(GIVEN))
def test_texts_mean_what_they_stand_for(
    ansible: Controller, simulator: Simulator, role: str
) -> None:
    given = {
        name: [one.replace("PLATFORM", simulator.url) for one in value]
        if name == "http_urls"
        else value
        for name, value in GIVEN[role].items()
    }
    if "schema" in spec(role):
        given["schema"] = SCHEMA
    assert set(given) >= set(spec(role)), "a variable is not looked at"
    press = Pressed(ansible, simulator, role)
    native = press(given)
    assert press({name: in_text(value) for name, value in given.items()}) == native
    # Each boolean in another spelling than its neighbours.
    spelt = {name: in_text(value, number) for number, (name, value) in enumerate(given.items(), 1)}
    lines = {
        name: "\n".join(map(str, value))
        if isinstance(value, list) and not isinstance(value[0], dict)
        else spelt[name]
        for name, value in given.items()
    }
    assert press(lines) == native


@pytest.mark.parametrize("role", list(GIVEN))
def test_what_is_empty_is_not_given(ansible: Controller, simulator: Simulator, role: str) -> None:
    """Every variable without which the role works, at once."""
    needed = {"path", "people", "config", "hosts"} if role != "fleet_report" else set()
    needed |= {
        "adopt": {"directory"},
        "explain": {"directory", "host"},
        "validate": {"directory", "fail"},
    }.get(role, set())
    press = Pressed(ansible, simulator, role)
    known = {name: value for name, value in GIVEN[role].items() if name in needed}
    if role == "drift":
        known["fail"] = False
    left = {name: "" for name in spec(role) if name not in known}
    without = press(known)
    empty = press({**known, **left})
    if role == "drift":
        # No file is the default's opposite here, and not the default.
        assert not [name for name in empty[3] if name.startswith("turbostack-drift")]
        without, empty = without[:2], empty[:2]
    assert empty == without
