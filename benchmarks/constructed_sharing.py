# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Constructed variables and groups: Ansible's `Constructable` against ours, over the same hosts.

    PYTHONPATH=build/linked python3 benchmarks/constructed_sharing.py [--hosts 10000] [--rounds 3]

Prints the seconds that each takes over all hosts, the median of some rounds, and their ratio. Each round has
an inventory of its own, whose hosts and variables are there before the clock starts, and the two take turns.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import jinja2
from ansible import template
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable
from ansible.release import __version__
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed.engine import (
    Constructed,
)

CASES: dict[str, dict[str, Any]] = {
    "plain paths": {
        "compose": {"ansible_host": "turbostack_name"},
        "groups": {"outdated": "turbostack_config.php_main_version == '7.4'"},
        "keyed_groups": [{"prefix": "php", "key": "turbostack_config.php_main_version"}],
    },
    "filters and tests": {
        "compose": {"site": "turbostack_name.split('.')[1] | upper"},
        "groups": {"shops": "'magento2' in turbostack_app_types and turbostack_active"},
        "keyed_groups": [
            {
                "prefix": "app",
                "key": "turbostack_app_types | map('lower') | list",
                "parent_group": "apps",
            }
        ],
    },
    "nothing to share": {
        "compose": {"alias": "'ssh-' ~ turbostack_name"},
        "groups": {"drawn": "100 | random == 0"},
        "keyed_groups": [{"prefix": "by", "key": "(turbostack_id | string)[-1:]"}],
    },
}


class Plugin(BaseInventoryPlugin, Constructable):
    NAME = "hosted_power.turbostack.benchmark"

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()
        self.given = {
            "strict": False,
            "leading_separator": True,
            "use_extra_vars": False,
            **options,
        }
        self.parse(InventoryData(), DataLoader(), "benchmark.yml", cache=False)

    def get_option(self, option: str, hostvars: Any = None) -> Any:
        return self.given[option]


def variables(number: int) -> dict[str, Any]:
    app = ("magento2", "shopware", "wordpress", "drupal")[number % 4]
    name = f"web{number}.{app}.example.com"
    return {
        "turbostack_id": number,
        "turbostack_name": wrap_var(name),
        "turbostack_client_id": number % 150,
        "turbostack_active": number % 7 > 0,
        "turbostack_app_types": wrap_var([app, "pmm"] if number % 3 else [app]),
        "turbostack_php_versions": wrap_var(["8.3"]),
        "turbostack_domains": wrap_var([name, f"www.{name}"]),
        "turbostack_system_users": wrap_var([f"user{number}"]),
        "turbostack_config": wrap_var(
            {
                "webserver": "nginx",
                "php_main_version": ("7.4", "8.1", "8.2", "8.3")[number % 4],
                "mysql_version": 8.0,
                "redis_enabled": True,
                "ssh_keys": [f"ssh-ed25519 AAAA{number}{key} someone" for key in range(5)],
                "system_users": [
                    {
                        "username": f"user{number}",
                        "vhosts": [
                            {"server_name": name, "app_type": app, "cert_type": "letsencrypt"}
                        ],
                    }
                ],
            }
        ),
    }


def trusted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: trusted(item) for name, item in value.items()}
    if isinstance(value, list):
        return [trusted(item) for item in value]
    if isinstance(value, str) and hasattr(template, "trust_as_template"):
        return template.trust_as_template(value)
    return value


def seconds(options: dict[str, Any], fleet: list[tuple[str, dict[str, Any]]], ours: bool) -> float:
    plugin = Plugin(options)
    for host, values in fleet:
        plugin.inventory.add_host(host)
        for name, value in values.items():
            plugin.inventory.set_variable(host, name, value)
    apply = Constructed(plugin).apply if ours else by_ansible(plugin)
    gc.collect()
    start = time.perf_counter()
    for host, values in fleet:
        apply(host, values)
    return time.perf_counter() - start


def by_ansible(plugin: Plugin) -> Callable[[str, dict[str, Any]], None]:
    options = plugin.given

    def apply(host: str, values: dict[str, Any]) -> None:
        plugin._set_composite_vars(options["compose"], values, host)
        plugin._add_host_to_composed_groups(options["groups"], values, host)
        plugin._add_host_to_keyed_groups(options["keyed_groups"], values, host)

    return apply


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    python = ".".join(map(str, sys.version_info[:3]))
    print(f"ansible-core {__version__}, Jinja {jinja2.__version__}, Python {python}")
    print(f"{arguments.hosts} hosts, 3 expressions, median of {arguments.rounds}")
    fleet = [(f"web{number}", variables(number)) for number in range(arguments.hosts)]
    for title, case in CASES.items():
        options = trusted(case)
        taken: dict[bool, list[float]] = {True: [], False: []}
        for _round in range(arguments.rounds):
            for ours in (True, False):
                taken[ours].append(seconds(options, fleet, ours))
        theirs, mine = statistics.median(taken[False]), statistics.median(taken[True])
        print(
            f"{title:18} Constructable {theirs:7.2f} s   ours {mine:6.3f} s   {theirs / mine:6.1f} x"
        )


if __name__ == "__main__":
    main()
