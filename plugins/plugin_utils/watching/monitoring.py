# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source C(monitoring): figures of a fleet that cross their thresholds."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.resources.configured import Configured
from ..monitoring.monitoring import read_monitoring
from .figure_levels import Crossing, FigureLevels
from .options import MonitoringOptions, monitoring_options
from .rounds import Event, about, connected, hosts_of, watch


class MonitoringLooks:
    """One look after the other at the figures of each host, which come with the list of hosts."""

    def __init__(self, api: Api, options: MonitoringOptions) -> None:
        self._api = api
        self._watching = options.watching
        self._levels = FigureLevels(options.thresholds, options.margin)

    def look(self) -> list[Event]:
        """The figures that came to another level since the look before.

        :raises RequestError: where the hosts cannot be read.
        """
        hosts = hosts_of(self._api, self._watching)
        self._levels.keep({host.id for host in hosts})
        events = []
        for host in hosts:
            figures = read_monitoring(host.monitoring)
            for crossing in self._levels.observe(host.id, figures):
                events.append(_event(host, crossing, figures))
        return events


def _event(host: Configured, crossing: Crossing, figures: Mapping[str, Any]) -> Event:
    return {
        "kind": "monitoring",
        **about(host),
        "status": crossing.level.value,
        "previous": crossing.previous.value,
        "changed": [crossing.figure],
        "value": crossing.value,
        "threshold": crossing.threshold,
        "figures": dict(figures),
    }


async def run(queue: asyncio.Queue[Any], args: Mapping[str, Any]) -> None:
    """:raises SettingsError: for arguments that cannot be used; nothing else ends it."""
    options = monitoring_options(args)
    api = connected(options.watching)
    await watch(queue, MonitoringLooks(api, options).look, api, options.watching.interval)
