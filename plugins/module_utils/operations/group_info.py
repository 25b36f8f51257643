# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_group_info."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..client.api import Api
from ..resources.configured import GROUPS
from . import configured_info
from .configured_info import CONFIGURATION_OPTIONS, Shown
from .operation import Operation, Result, TaskContext
from .options import options
from .reading import ON_ERROR
from .selection import GROUP_SELECTION, GROUP_SELECTION_RULES, Selection

_FIELDS = ("created_at", "updated_at")

OPTIONS: dict[str, dict[str, Any]] = {**GROUP_SELECTION, **CONFIGURATION_OPTIONS, **ON_ERROR}


@dataclass(frozen=True)
class GroupInfo:
    """Which groups are to be shown, and what of them."""

    selection: Selection = field(metadata=options(Selection))
    shown: Shown = field(metadata=options(Shown))
    on_error: str


def run(wanted: GroupInfo, api: Api, context: TaskContext) -> Result:
    """C(groups): the selected ones."""
    return configured_info.run(
        GROUPS, _FIELDS, wanted.selection, wanted.shown, wanted.on_error, api, context
    )


OPERATION = Operation(
    name="turbostack_group_info",
    options=OPTIONS,
    takes=GroupInfo,
    run=run,
    rules=GROUP_SELECTION_RULES,
)
