# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The inventory plugin in this process: what it documents, and that it gives what Ansible itself would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
import yaml
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader

from ansible_collections.hosted_power.turbostack.plugins.inventory import turbostack
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    CONNECTION_ARGUMENTS,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed.engine import (
    Constructed,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.options import (
    Options,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.ready_groups import (
    KINDS,
)
from simulator import Fleet, Simulator

from ..plugin_utils.constructed.both_ways import trusted

DOCUMENTED = yaml.safe_load(turbostack.DOCUMENTATION)["options"]
NAME = "hosted_power.turbostack.turbostack"
DEFAULTS: dict[str, Any] = {
    **{name: option.get("default") for name, option in DOCUMENTED.items()},
    **dict.fromkeys(CONNECTION_ARGUMENTS),
    "compose": {},
    "groups": {},
    "keyed_groups": [],
    "strict": False,
    "leading_separator": True,
    "use_extra_vars": False,
    "cache": False,
}


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(fleet=Fleet.generate(hosts=60, seed=9)) as started:
        yield started


class Plugin(turbostack.InventoryModule):
    """The plugin with options as they are after the file was read."""

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.file = {"plugin": NAME, **options}

    def _read_config_data(self, path: str) -> dict[str, Any]:
        self._options = {"schema": None, **DEFAULTS, **self.file}
        return self.file

    def get_option(self, option: str, hostvars: Any = None) -> Any:
        return self._options[option]


def parsed(
    simulator: Simulator, inventory: InventoryData | None = None, **options: Any
) -> InventoryData:
    plugin = Plugin(api_url=simulator.url, api_token=simulator.token, **trusted(options))
    inventory = inventory or InventoryData()
    plugin.parse(inventory, DataLoader(), "turbostack.yml", cache=False)
    inventory.reconcile_inventory()
    return inventory


def content(inventory: InventoryData) -> tuple[Any, Any]:
    groups = {
        name: (
            sorted(host.name for host in group.hosts),
            sorted(child.name for child in group.child_groups),
        )
        for name, group in inventory.groups.items()
    }
    return groups, {name: host.get_vars() for name, host in inventory.hosts.items()}


class TestDocumentation:
    def test_every_option_is_read(self) -> None:
        from_a_fragment = {"schema"}
        assert (DOCUMENTED.keys() - {"plugin"}) | from_a_fragment == {
            field.name for field in fields(Options)
        }

    def test_the_choices_are_those_that_there_are(self) -> None:
        assert DOCUMENTED["group_by"]["choices"] == list(KINDS)

    def test_connection_options_come_from_their_fragment(self) -> None:
        assert not DOCUMENTED.keys() & CONNECTION_ARGUMENTS.keys()

    def test_examples_use_options_that_there_are(self) -> None:
        constructed_and_cache = {"keyed_groups", "groups", "compose", "cache", "cache_plugin"}
        known = DOCUMENTED.keys() | CONNECTION_ARGUMENTS.keys() | constructed_and_cache
        known |= {"cache_connection", "cache_timeout"}
        for example in yaml.safe_load_all(turbostack.EXAMPLES):
            assert example["plugin"] == NAME
            assert example.keys() <= known


class TestLikeAnsible:
    """The same groups and variables as with Ansible's own, slower code."""

    @pytest.mark.parametrize(
        "options",
        [
            {
                "compose": {
                    "x": "turbostack_name",
                    "y": "turbostack_config.system_users[0].vhosts",
                },
                "keyed_groups": [{"key": "turbostack_php_versions", "prefix": "php"}],
            },
            {
                "group_by": list(KINDS),
                "include_sync_status": True,
                "compose": {
                    "where": "ansible_host",
                    "me": "inventory_hostname",
                    "z": "turbostack_nowhere",
                },
                "groups": {
                    "shops": "'magento2' in turbostack_app_types",
                    "live": "turbostack_active and turbostack_config.redis_enabled | default(false)",
                    "grouped": "'turbostack_active' in group_names",
                },
                "keyed_groups": [
                    {"key": "turbostack_config.webserver", "parent_group": "web servers"},
                    {"key": "where", "prefix": "at", "separator": "-"},
                    {"key": "turbostack_mysql_version", "default_value": "none"},
                    {"key": "turbostack_monitoring", "prefix": "m"},
                ],
                "leading_separator": False,
            },
            {"compose": {"lines": "turbostack_config.os_extra_packages | default([]) | join(' ')"}},
        ],
    )
    def test_over_a_fleet(
        self,
        simulator: Simulator,
        options: dict[str, Any],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        fast = content(parsed(simulator, **options))
        monkeypatch.setattr(Constructed, "apply", Constructed._apply_by_ansible)
        assert fast == content(parsed(simulator, **options))
        assert len(fast[1]) == 60


class TestBesideOtherSources:
    def test_a_host_that_is_there_already_is_the_same_host(self, simulator: Simulator) -> None:
        name = str(next(iter(simulator.fleet.hosts.values())).name)
        inventory = InventoryData()
        inventory.add_host(name)
        inventory.set_variable(name, "colour", "blue")
        inventory.set_variable(name, "turbostack_config", {"of": "another source"})
        parsed(simulator, inventory)
        variables = inventory.hosts[name].vars
        assert variables["colour"] == "blue"
        assert variables["turbostack_name"] == name
        # As Ansible does with dictionaries that several sources set.
        assert "webserver" in variables["turbostack_config"]

    def test_an_error_leaves_nothing_behind(self, simulator: Simulator) -> None:
        inventory = InventoryData()
        with pytest.raises(Exception, match="Could not set x"):
            parsed(simulator, inventory, strict=True, compose={"x": "turbostack_nowhere"})
        assert not inventory.hosts
        assert set(inventory.groups) == {"all", "ungrouped"}
