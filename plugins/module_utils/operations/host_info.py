# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_host_info."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..answers.activity import is_active
from ..client.api import Api
from ..resources.configured import HOSTS
from . import configured_info
from .configured_info import CONFIGURATION_OPTIONS
from .operation import Operation, Result, TaskContext
from .reading import ON_ERROR
from .selection import HOST_SELECTION, HOST_SELECTION_RULES

_FIELDS = ("active", "monitoring", "created_at", "updated_at")


def run(options: Mapping[str, Any], api: Api, context: TaskContext) -> Result:
    """C(hosts): the selected ones, with C(active) as a boolean."""
    result = configured_info.run(HOSTS, _FIELDS, options, api, context)
    for entry in result["hosts"]:
        entry["active"] = is_active(entry)
    return result


OPERATION = Operation(
    name="turbostack_host_info",
    options={**HOST_SELECTION, **CONFIGURATION_OPTIONS, **ON_ERROR},
    run=run,
    rules=HOST_SELECTION_RULES,
    means_current_host=True,
)
