# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_host_info."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..client.api import Api
from ..resources import deployments
from ..resources.configured import HOSTS, Configured
from . import configured_info
from .configured_info import CONFIGURATION_OPTIONS, Further, Shown
from .operation import Operation, Result, TaskContext
from .options import options
from .reading import ON_ERROR
from .selection import HOST_SELECTION, HOST_SELECTION_RULES, HostSelection
from .status_words import STATUS_WORDS, checked_words
from .sync import INCLUDE_SYNC, NO_SYNC, shown_sync

_FIELDS = ("active", "monitoring", "created_at", "updated_at")


OPTIONS: dict[str, dict[str, Any]] = {
    **HOST_SELECTION,
    **CONFIGURATION_OPTIONS,
    **ON_ERROR,
    **INCLUDE_SYNC,
    **STATUS_WORDS,
}


@dataclass(frozen=True)
class HostInfo:
    """Which hosts are to be shown, and what of them."""

    selection: HostSelection = field(metadata=options(HostSelection))
    shown: Shown = field(metadata=options(Shown))
    on_error: str
    include_sync: bool
    status_words: Mapping[str, str]


def run(
    wanted: HostInfo,
    api: Api,
    context: TaskContext,
    kept: Callable[[Result], Result] = lambda shown: shown,
) -> Result:
    """C(hosts): the selected ones, with C(active) as a boolean.

    :param kept: as C(configured_info.run) has it.
    """
    words = checked_words(wanted.status_words)

    def sync(host: Configured) -> Result:
        return shown_sync(deployments.sync(api, host, words))

    further = Further(sync, NO_SYNC) if wanted.include_sync else None
    return configured_info.run(
        HOSTS, _FIELDS, wanted.selection, wanted.shown, wanted.on_error, api, context, further, kept
    )


OPERATION = Operation(
    name="turbostack_host_info",
    options=OPTIONS,
    takes=HostInfo,
    run=run,
    rules=HOST_SELECTION_RULES,
    means_current_host=True,
)
