# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_group_info."""

from __future__ import annotations

from functools import partial

from ..resources.configured import GROUPS
from . import configured_info
from .configured_info import CONFIGURATION_OPTIONS
from .operation import Operation
from .reading import ON_ERROR
from .selection import GROUP_SELECTION, GROUP_SELECTION_RULES

OPERATION = Operation(
    name="turbostack_group_info",
    options={**GROUP_SELECTION, **CONFIGURATION_OPTIONS, **ON_ERROR},
    run=partial(configured_info.run, GROUPS, ("created_at", "updated_at")),
    rules=GROUP_SELECTION_RULES,
)
