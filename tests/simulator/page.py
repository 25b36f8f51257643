# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page for people at ``/``, and what it asks for every two seconds: hosts, deployments and the latest requests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .answers import HTML, Answer
from .deployments import Deployment

if TYPE_CHECKING:
    from .server import Simulator

_FILE = Path(__file__).with_name("page.html")
# Names of hosts may be anything; what runs is the page's own script, which asks this server alone.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
)


def page() -> Answer:
    """The page, all in one."""
    headers = {"Content-Security-Policy": _POLICY}
    return Answer(200, _FILE.read_bytes(), headers, content_type=HTML)


def overview(simulator: Simulator) -> dict[str, Any]:
    """What the page shows of the platform; the requests come from the log."""
    fleet = simulator.fleet
    names = {
        number: " ".join(filter(None, (client.firstname, client.lastname)))
        for number, client in fleet.clients.items()
    }
    return {
        "scenario": simulator.scenario.name if simulator.scenario else None,
        "description": simulator.scenario.description if simulator.scenario else None,
        "seed": fleet.seed,
        "counts": {
            "clients": len(fleet.clients),
            "groups": len(fleet.groups),
            "requests": simulator.requests.total,
            "deployments": len(simulator.deployments),
        },
        "hosts": [
            {
                "id": host.id,
                "name": host.name,
                "client": "" if host.client_id is None else names.get(int(host.client_id), ""),
                "active": bool(host.active),
                "configured": host.json not in (None, "", "[]", "{}"),
                "deployment": _shown(simulator.deployments.last(number)),
            }
            for number, host in sorted(fleet.hosts.items())
        ],
    }


def _shown(deployment: Deployment | None) -> dict[str, Any] | None:
    if deployment is None:
        return None
    state = deployment.state()
    return {
        "id": deployment.id,
        "type": deployment.type,
        "state": state,
        "created": deployment.created,
        "reason": deployment.reason if state == "failed" else None,
    }
