# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_group."""

from __future__ import annotations

from functools import partial

from ..resources.configured import GROUPS
from .configure import run
from .desired import OPTIONS, Desired
from .operation import Operation
from .targeting import TARGET_RULES

OPERATION = Operation(
    name="turbostack_group",
    options=OPTIONS,
    takes=Desired,
    run=partial(run, GROUPS),
    rules=TARGET_RULES,
    secret_values=Desired.secrets,
)
