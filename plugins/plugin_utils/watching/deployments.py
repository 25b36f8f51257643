# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source C(deployments): what becomes of the deployments of a fleet, whoever starts them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from ...module_utils.answers.deployment_status import Deployment
from ...module_utils.client.api import Api
from ...module_utils.client.errors import TurboStackError
from ...module_utils.document.masking import redact_text
from ...module_utils.operations.reading import read_each
from ...module_utils.resources import deployments
from ...module_utils.resources.configured import Configured
from .deployment_changes import Change, DeploymentChanges
from .options import DeploymentOptions, deployment_options
from .rounds import Complaints, Event, about, connected, hosts_of, watch


class DeploymentLooks:
    """One look after the other at the latest deployment of each host."""

    def __init__(self, api: Api, options: DeploymentOptions) -> None:
        self._api = api
        self._options = options
        self._changes = DeploymentChanges()
        self._complaints = Complaints()

    def look(self) -> list[Event]:
        """What changed since the look before.

        :raises TurboStackError: for a failure of the platform as a whole; the next look then finds what this one lost.
        """
        hosts = hosts_of(self._api, self._options.watching)
        words = self._options.status_words

        def status(host: Configured) -> dict[str, Any]:
            return {"seen": deployments.status(self._api, host.id, words)}

        outcomes = read_each(hosts, status, self._options.workers)
        self._changes.keep({host.id for host in hosts})
        events = []
        for host, outcome in zip(hosts, outcomes, strict=True):
            error = outcome if isinstance(outcome, TurboStackError) else None
            self._complaints.hear(host, error)
            if isinstance(outcome, TurboStackError):
                continue
            change = self._changes.observe(host.id, outcome["seen"])
            if change is not None:
                events.append(_event(host, outcome["seen"], change))
        return events


def _event(host: Configured, seen: Deployment, change: Change) -> Event:
    return {
        "kind": "deployment",
        **about(host),
        "status": seen.state.value,
        "previous": change.previous.value,
        "changed": list(change.parts),
        "with_warnings": seen.with_warnings,
        "platform_status": redact_text(seen.word),
        "reason": redact_text(seen.reason),
        "marks": dict(seen.marks),
    }


async def run(queue: asyncio.Queue[Any], args: Mapping[str, Any]) -> None:
    """:raises SettingsError: for arguments that cannot be used; nothing else ends it."""
    options = deployment_options(args)
    api = connected(options.watching)
    await watch(queue, DeploymentLooks(api, options).look, api, options.watching.interval)
