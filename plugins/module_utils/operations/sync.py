# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option C(include_sync): whether what is stored for a host is in effect on it."""

from __future__ import annotations

from typing import Any

from ..answers.sync_status import SyncStatus
from .operation import Result

INCLUDE_SYNC: dict[str, dict[str, Any]] = {"include_sync": {"type": "bool", "default": False}}

# The same keys where the host could not be read.
NO_SYNC: Result = {"sync_status": None, "sync_reason": None}


def shown_sync(status: SyncStatus) -> Result:
    """A sync status as an entry of a result holds it."""
    return {"sync_status": status.sync.value, "sync_reason": status.reason}
