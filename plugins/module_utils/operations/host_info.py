# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_host_info."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..client.api import Api
from ..resources.configured import HOSTS
from . import configured_info
from .configured_info import CONFIGURATION_OPTIONS, Shown
from .operation import Operation, Result, TaskContext
from .options import options
from .reading import ON_ERROR
from .selection import HOST_SELECTION, HOST_SELECTION_RULES, HostSelection

_FIELDS = ("active", "monitoring", "created_at", "updated_at")


OPTIONS: dict[str, dict[str, Any]] = {**HOST_SELECTION, **CONFIGURATION_OPTIONS, **ON_ERROR}


@dataclass(frozen=True)
class HostInfo:
    """Which hosts are to be shown, and what of them."""

    selection: HostSelection = field(metadata=options(HostSelection))
    shown: Shown = field(metadata=options(Shown))
    on_error: str


def run(wanted: HostInfo, api: Api, context: TaskContext) -> Result:
    """C(hosts): the selected ones, with C(active) as a boolean."""
    return configured_info.run(
        HOSTS, _FIELDS, wanted.selection, wanted.shown, wanted.on_error, api, context
    )


OPERATION = Operation(
    name="turbostack_host_info",
    options=OPTIONS,
    takes=HostInfo,
    run=run,
    rules=HOST_SELECTION_RULES,
    means_current_host=True,
)
