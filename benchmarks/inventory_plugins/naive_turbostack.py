# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a first inventory plugin for the API looks like: the yardstick of the benchmarks."""

from __future__ import annotations

DOCUMENTATION = r"""
name: naive_turbostack
short_description: A plain inventory plugin
description: Reads one page after the other, and sets each variable of each host.
options:
  plugin:
    description: Its name.
    type: str
    required: true
  api_url:
    description: The platform's address.
    type: str
    required: true
  api_token:
    description: The token.
    type: str
    required: true
extends_documentation_fragment:
  - constructed
"""

import json  # noqa: E402
from typing import Any  # noqa: E402

import requests  # noqa: E402
from ansible.plugins.inventory import BaseInventoryPlugin, Constructable  # noqa: E402


class InventoryModule(BaseInventoryPlugin, Constructable):
    NAME = "naive_turbostack"

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        hosts: list[dict[str, Any]] = []
        page = 1
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {self.get_option('api_token')}"
            while True:
                answer = session.get(
                    f"{self.get_option('api_url')}/api/v1/hosts",
                    params={"size": 100, "page": page},
                    timeout=30,
                )
                answer.raise_for_status()
                body = answer.json()
                hosts += body["data"]
                if page >= body["last_page"]:
                    break
                page += 1
        strict = self.get_option("strict")
        for host in hosts:
            name = host["name"]
            inventory.add_host(name)
            inventory.set_variable(name, "ansible_host", name)
            for key in (
                "id",
                "name",
                "client_id",
                "active",
                "monitoring",
                "created_at",
                "updated_at",
            ):
                inventory.set_variable(name, f"turbostack_{key}", host[key])
            inventory.set_variable(name, "turbostack_config", json.loads(host["json"]))
            variables = inventory.get_host(name).get_vars()
            self._set_composite_vars(self.get_option("compose"), variables, name, strict)
            self._add_host_to_composed_groups(self.get_option("groups"), variables, name, strict)
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, name, strict)
