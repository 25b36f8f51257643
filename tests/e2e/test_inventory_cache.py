# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory's cache, with Ansible's own cache plugin for JSON files."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator import Fault

from .controller import Controller
from .results import Run
from .test_inventory import AWX_ENVIRONMENT, hostvars, source

Listing = Callable[..., Run]


@pytest.fixture
def folder(ansible: Controller) -> Path:
    return ansible.folder / "home" / "cache"


@pytest.fixture
def listing(ansible: Controller, folder: Path) -> Listing:
    """Runs ansible-inventory over a source with a cache; further options as in the file."""

    def run(*, fails: bool = False, warns: bool = False, **options: Any) -> Run:
        cached = {"cache": True, "cache_plugin": "jsonfile", "cache_connection": str(folder)}
        path = source(ansible, **{"api_retries": 0, **cached, **options})
        return ansible.inventory(path, environment=AWX_ENVIRONMENT, fails=fails, warns=warns)

    return run


def entry(folder: Path) -> Path:
    (found,) = folder.iterdir()
    return found


def flush(ansible: Controller, **expected: bool) -> Run:
    """Flush the cache that the last listing filled, with a command that can in every release."""
    path = ansible.folder / "work" / "turbostack.yml"
    plays = ansible.tasks({"name": "Nothing", "ansible.builtin.debug": {}}, hosts="all")
    return ansible.playbook(
        plays,
        *("--list-hosts", "--flush-cache"),
        inventory=path,
        environment=AWX_ENVIRONMENT,
        **expected,
    )


def test_the_second_run_asks_nothing(ansible: Controller, listing: Listing) -> None:
    options = {"keyed_groups": [{"key": "turbostack_app_types", "prefix": "app"}]}
    first, second = listing(**options), listing(**options)
    assert len(first.requests) == 1
    assert not second.requests
    assert second.json() == first.json()
    # What is not part of the data does not need it anew; what is, does.
    assert not listing(group_by=["client"], hostnames=["id"]).requests
    assert listing(include_monitoring=False).requests
    ansible.simulator.fleet.new_host("new.example")
    assert not listing(**options).requests
    flushed = flush(ansible)
    assert len(flushed.requests) == 1
    assert "new.example" in flushed.stdout
    assert len(hostvars(listing(**options))) == 13


def test_jinja_in_it_stays_text(ansible: Controller, listing: Listing) -> None:
    ansible.simulator.fleet.new_host("jinja.example", {"note": "{{ 6 * 7 }}"})
    for _run in range(2):
        options = {"compose": {"note": "turbostack_config.note"}, "expression_warnings": False}
        variables = hostvars(listing(**options))["jinja.example"]
        assert variables["note"] == variables["turbostack_config"]["note"] == "{{ 6 * 7 }}"


@pytest.mark.parametrize("secrets", ["omit", "mask"])
def test_no_secrets_are_in_it(
    ansible: Controller, listing: Listing, folder: Path, secrets: str
) -> None:
    hosts = ansible.simulator.fleet.hosts.values()
    assert any("TScanaryPVKEY" in (host.json or "") for host in hosts)
    listing(secrets=secrets)
    # The guard looks for them, in the output and in every file.
    assert "TScanary" not in entry(folder).read_text()


def test_an_expired_entry_while_the_api_is_down(ansible: Controller, listing: Listing) -> None:
    options = {"cache_stale_on_error": True, "cache_timeout": 1}
    fresh = listing(**options)
    time.sleep(1.1)
    ansible.simulator.fail("GET", "/hosts", 10, Fault.maintenance())
    stale = listing(**options, warns=True)
    assert hostvars(stale) == hostvars(fresh)
    assert "which expired a moment ago" in " ".join(stale.warnings)
    assert "503" in " ".join(stale.warnings)
    flush(ansible, fails=True, warns=True)
    listing(cache_timeout=1, fails=True, warns=True)
    ansible.simulator.faults.clear()
    ansible.simulator.fleet.new_host("new.example")
    assert len(hostvars(listing(**options))) == 13


@pytest.mark.parametrize("damage", ["{", '"something else"', '{"kind": "other"}'])
def test_a_damaged_entry_is_read_past(listing: Listing, folder: Path, damage: str) -> None:
    listing()
    entry(folder).write_text(damage)
    again = listing(warns=True)
    assert len(again.requests) == 1
    assert len(hostvars(again)) == 12
    assert not listing().requests


def test_a_part_is_not_cached(ansible: Controller, listing: Listing, folder: Path) -> None:
    ansible.simulator.fail("GET", "page=2", 1, Fault.forbidden())
    options = {"on_error": "warn_partial", "page_size": 5, "workers": 1}
    assert len(hostvars(listing(warns=True, **options))) == 5
    assert not list(folder.iterdir())
    assert len(hostvars(listing(**options))) == 12


def test_a_play_can_refresh_it(ansible: Controller, folder: Path) -> None:
    path = source(ansible, cache=True, cache_plugin="jsonfile", cache_connection=str(folder))
    ansible.inventory(path)
    ansible.simulator.fleet.new_host("new.example")
    plays = [
        *ansible.tasks(
            {"name": "Refresh", "ansible.builtin.meta": "refresh_inventory"}, hosts="all"
        ),
        *ansible.tasks(
            {"name": "Count", "ansible.builtin.debug": {"var": "groups.all | length"}},
            hosts="new.example",
        ),
    ]
    run = ansible.playbook(plays, inventory=path)
    assert len(run.requests) == 1
    assert int(run.last["groups.all | length"]) == 13
