# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task did to one host or group, for a record of it that outlives the run."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

WRITTEN, UNCLEAR = "written", "unclear"
STARTED, DEPLOYED, NOT_DEPLOYED = "started", "deployed", "not_deployed"


@dataclass(frozen=True)
class Deed:
    """Something that was done, or may have been; what had no effect is none.

    :ivar kind: C(host) or C(group).
    :ivar end: one word for what came of it: one of the above, or how a rollout of the host ended.
    :ivar changes: those of the configuration that were written: C(path), C(op) and C(summary) of each, masked.
    :ivar deployment: the type of the deployment that was started; empty where there was none.
    :ivar why: what went wrong, in a sentence.
    :ivar seconds: how long it took, up to now.
    """

    kind: str
    id: int
    name: str
    end: str
    changes: tuple[Mapping[str, str], ...] = ()
    deployment: str = ""
    why: str = ""
    seconds: float = 0.0
    at: float = field(default_factory=time.time)


def in_short(changes: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, str], ...]:
    """Changes as tasks return them, without the values, which may be long: the summary has them in short."""
    return tuple({key: str(change[key]) for key in ("path", "op", "summary")} for change in changes)
