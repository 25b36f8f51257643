# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking again and again, whatever goes wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.client.errors import TurboStackError
from ...module_utils.document.masking import redact_text
from ...module_utils.operations.selection import fits
from ...module_utils.resources.configured import HOSTS, Configured
from ...module_utils.text.escaping import one_line
from .options import Watching
from .pauses import Pauses

Event = dict[str, Any]

_LOG = logging.getLogger("hosted_power.turbostack")


async def watch(
    queue: asyncio.Queue[Any], look: Callable[[], list[Event]], api: Api, interval: float
) -> None:
    """Put the events of one look after the other into the queue, until the task is cancelled.

    An exception would end the rulebook with all its sources. So a look that fails is logged, once for as long as it
    fails in the same way, and tried again later.
    """
    pauses = Pauses(interval)
    told = ""
    while True:
        try:
            events = await asyncio.to_thread(look)
        except asyncio.CancelledError:
            api.call_off()
            raise
        except Exception as error:
            pause = pauses.after_failure()
            if (text := words_for(error)) != told:
                _LOG.warning("The platform cannot be watched: %s", text)
                told = text
        else:
            if told:
                _LOG.warning("The platform can be watched again.")
                told = ""
            for event in events:
                await queue.put({"turbostack": event})
            pause = pauses.after_success()
        await asyncio.sleep(pause)


def connected(watching: Watching) -> Api:
    """The way to the platform, at one pace for all requests of a source."""
    return Api(watching.settings)


def hosts_of(api: Api, watching: Watching) -> list[Configured]:
    """The hosts that are watched, as they are now.

    :raises RequestError: where not all of them can be read.
    """
    rows = [
        host
        for client in watching.clients or (None,)
        for host in HOSTS.read_all(api, client_id=client)
    ]
    return [host for host in rows if fits(host.name, watching.name_pattern)]


def about(host: Configured) -> Event:
    """What each event says of its host. Names are texts, as the inventory has them; an id is a number."""
    return {"host": host.name, "host_id": host.id, "client_id": host.client_id}


def words_for(error: Exception) -> str:
    """A failure for the log. What is no error of the collection's own may quote anything, and is named by its kind."""
    if isinstance(error, TurboStackError):
        return one_line(redact_text(str(error)))
    return f"an unexpected {type(error).__name__}; please report it"


class Complaints:
    """What is wrong with single hosts, told once for as long as it stays the same."""

    def __init__(self) -> None:
        self._told: dict[int, str] = {}

    def hear(self, host: Configured, error: TurboStackError | None) -> None:
        text = "" if error is None else words_for(error)
        if text and text != self._told.get(host.id):
            _LOG.warning("%s: %s", host, text)
        self._told[host.id] = text
