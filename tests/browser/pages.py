# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of simulated fleets, made as the role makes them, on a day that never changes."""

from __future__ import annotations

import datetime
import itertools
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.sync_status import (
    Sync,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.domains import (
    domain_key,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.releases import (
    end_of_life,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.fleet import (
    read_fleet,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.page import (
    Assets,
    page,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.thresholds import (
    read_thresholds,
)
from authority import NOW as TODAY, issued
from simulator import Fleet
from workshop.places import ROOT

ASSETS = Assets(ROOT / "roles" / "fleet_report")
NOW = datetime.datetime(2026, 11, 24, 8, 30, tzinfo=datetime.timezone.utc)
Entries = list[dict[str, Any]]


def simulated(count: int, seed: int = 1) -> tuple[Entries, Entries]:
    """Hosts and clients as the modules return them."""
    fleet = Fleet.generate(hosts=count, seed=seed)
    hosts = [
        {
            "id": host.id,
            "name": host.name,
            "client_id": host.client_id,
            "active": bool(host.active),
            "monitoring": host.monitoring,
            "config": json.loads(host.json or "{}") or {},
            "error": None,
        }
        for host in fleet.hosts.values()
    ]
    clients = [
        {"id": client.id, "name": f"{client.firstname} {client.lastname}"}
        for client in fleet.clients.values()
    ]
    return hosts, clients


def compared(hosts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A comparison in which some hosts drifted."""
    rng = random.Random(2)
    outcomes = [*["in_line"] * 10, "drifted", "no_file", "error"]
    return {
        "hosts": [
            {
                "id": host["id"],
                "name": host["name"],
                "outcome": rng.choice(outcomes),
                "changes": [{}] * rng.randint(1, 4),
            }
            for host in hosts
        ]
    }


def deployed(hosts: Sequence[Mapping[str, Any]]) -> Entries:
    """Last deployments, some of which failed."""
    rng = random.Random(3)
    states = [*["succeeded"] * 20, "failed", "running", "none"]
    return [
        {
            "id": host["id"],
            "status": rng.choice(states),
            "marks": {
                "finished_at": f"2026-11-{rng.randint(1, 23):02}T{rng.randint(7, 18):02}:15:00Z"
            },
        }
        for host in hosts
    ]


def made(
    hosts: Entries,
    clients: Entries,
    drift: Mapping[str, Any] | None = None,
    deployments: Entries | None = None,
    *,
    for_clients: bool = False,
    now: datetime.datetime = NOW,
) -> str:
    fleet = read_fleet(
        hosts,
        clients,
        table=end_of_life(now.date(), 180),
        thresholds=read_thresholds({}),
        title="TurboStack fleet",
        drift=drift,
        deployments=deployments,
        for_clients=for_clients,
    )
    text: str = page(fleet, now, ASSETS)
    return text


def of_a_customer(count: int) -> str:
    """A page for one client, with certificates of all kinds, made when they are, and what is not in effect."""
    hosts, clients = simulated(count)
    (client, *_others) = clients
    days = (-5, 12, 200)
    sites = 0
    for number, host in enumerate(hosts):
        host["client_id"] = client["id"]
        for user in host["config"].get("system_users", ()):
            for vhost in user["vhosts"]:
                vhost["server_name"] += f" host-{number}.example"
                if sites % 4:
                    domains = [domain_key(name) for name in vhost["server_name"].split()]
                    leaf = issued(*domains[: sites % 3 + 1], days=days[sites % 3], since=90)
                    vhost.update(cert_type="custom", cert_fullchain=leaf.pem)
                sites += 1
    deployments = deployed(hosts)
    for entry, sync in zip(deployments, itertools.cycle(Sync), strict=False):
        entry["sync_status"] = sync.value
    return made(hosts, [client], compared(hosts), deployments, for_clients=True, now=TODAY)


def full(count: int) -> str:
    """A page with all that there is."""
    hosts, clients = simulated(count)
    return made(hosts, clients, compared(hosts), deployed(hosts))
