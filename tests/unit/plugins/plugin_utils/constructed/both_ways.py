# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs Ansible's `Constructable` and ours over one fleet, and describes the two inventories."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible import template
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed.engine import (
    Constructed,
)

HAS_TAGS = hasattr(template, "trust_as_template")
"""Whether values carry tags (ansible-core 2.19 and later), or `AnsibleUnsafe`."""


def trusted(value: Any, line: int | None = None) -> Any:
    """Give options (and variables that a user wrote) the marks that reading a file gives them."""
    if isinstance(value, dict):
        return {name: trusted(item, line) for name, item in value.items()}
    if isinstance(value, list):
        return [trusted(item, line) for item in value]
    if not HAS_TAGS or not isinstance(value, str):
        return value
    value = template.trust_as_template(value)
    return with_origin(value, line) if line else value


def with_origin(value: Any, line: int) -> Any:
    """Tag a value with the place in a file that it comes from."""
    if not HAS_TAGS:
        return value
    from ansible._internal._datatag._tags import Origin

    return Origin(path="/inventory/turbostack.yml", line_num=line, col_num=3).tag(value)


def data(value: Any) -> Any:
    """Mark what an API said."""
    return wrap_var(value)


class Plugin(BaseInventoryPlugin, Constructable):
    """An inventory plugin with nothing but options."""

    NAME = "hosted_power.turbostack.any"

    def __init__(self, options: Mapping[str, Any], extra_vars: Mapping[str, Any] | None) -> None:
        super().__init__()
        defaults = {"compose": {}, "groups": {}, "keyed_groups": [], "strict": False}
        self.given = {**defaults, "leading_separator": True, "use_extra_vars": False, **options}
        self.given_variables: dict[str, Mapping[str, Any]] = {}
        self.parse(InventoryData(), DataLoader(), "turbostack.yml", cache=False)
        self._vars = dict(extra_vars or {})

    def get_option(self, option: str, hostvars: Any = None) -> Any:
        return self.given[option]


@dataclass(frozen=True)
class Case:
    """Options, and the variables of each host."""

    options: Mapping[str, Any]
    fleet: Iterable[Mapping[str, Any]]
    extra_vars: Mapping[str, Any] = field(default_factory=dict)
    set_beforehand: Mapping[str, Any] = field(default_factory=dict)
    """Variables that another inventory source gave each host."""


Apply = Callable[[str, dict[str, Any]], None]


def by_ansible(plugin: Plugin) -> Apply:
    """Return what Ansible's mixin does with a host."""
    options = plugin.given

    def apply(host: str, variables: dict[str, Any]) -> None:
        strict = options["strict"]
        plugin._set_composite_vars(options["compose"], variables, host, strict=strict)
        plugin._add_host_to_composed_groups(options["groups"], variables, host, strict=strict)
        plugin._add_host_to_keyed_groups(options["keyed_groups"], variables, host, strict=strict)

    return apply


def by_us(plugin: Plugin) -> Apply:
    """Return what ours does with a host."""
    return Constructed(plugin).apply


def inventory_of(case: Case, way: Callable[[Plugin], Apply]) -> tuple[Plugin, Exception | None]:
    """Build the inventory, up to the first error."""
    plugin = Plugin(case.options, case.extra_vars)
    apply = way(plugin)
    for number, given in enumerate(case.fleet):
        host = f"web{number}.example.com"
        plugin.inventory.add_host(host)
        for name, value in case.set_beforehand.items():
            plugin.inventory.set_variable(host, name, copy.copy(value))
        variables = dict(given)
        plugin.given_variables[host] = given
        for name, value in variables.items():
            plugin.inventory.set_variable(host, name, value)
        try:
            apply(host, variables)
        except Exception as error:
            return plugin, error
    return plugin, None


def description(plugin: Plugin, error: Exception | None) -> dict[str, Any]:
    """Describe an inventory with exact types and marks, and how it came to an end."""
    inventory = plugin.inventory
    return {
        "hosts": {
            name: {
                # Their order is by address in memory: Ansible has them from a set.
                "groups": sorted(group.name for group in host.groups),
                "vars": _variables(host.vars, plugin.given_variables.get(name, {})),
            }
            for name, host in inventory.hosts.items()
        },
        "groups": [
            {
                "name": name,
                "type": type(group.name).__name__,
                "hosts": [host.name for host in group.hosts],
                "children": [child.name for child in group.child_groups],
                "parents": [parent.name for parent in group.parent_groups],
                "depth": group.depth,
                "vars": [(key, describe(value)) for key, value in group.vars.items()],
            }
            for name, group in inventory.groups.items()
        ],
        "error": None if error is None else (type(error).__name__, _without_addresses(str(error))),
    }


def _variables(variables: Mapping[str, Any], given: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [
        (name, "as given" if name in given and value is given[name] else describe(value))
        for name, value in variables.items()
    ]


def describe(value: Any) -> Any:
    """Describe a value so that no difference in type or marks is lost."""
    marks = _marks(value)
    if isinstance(value, dict):
        content: Any = [(describe(name), describe(item)) for name, item in value.items()]
    elif isinstance(value, (list, tuple)):
        content = [describe(item) for item in value]
    else:
        content = _without_addresses(repr(value))
    return (type(value).__name__, marks, content)


def _marks(value: Any) -> Any:
    if not HAS_TAGS:
        return getattr(value, "__UNSAFE__", False)
    from ansible.module_utils._internal._datatag import AnsibleTagHelper

    return sorted(repr(tag) for tag in AnsibleTagHelper.tags(value))


def _without_addresses(text: str) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x", text)


def assert_same(case: Case) -> tuple[Plugin, Exception | None]:
    """Assert that both ways end in the same inventory; returns ours."""
    theirs = description(*inventory_of(case, by_ansible))
    plugin, error = inventory_of(case, by_us)
    ours = description(plugin, error)
    assert not isinstance(error, KeyError), "an option is missing"
    for part in ("error", "groups", "hosts"):
        assert ours[part] == theirs[part]
    return plugin, error
