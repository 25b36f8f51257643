# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a host is well enough: its figures against limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ACCEPT, FAIL = "accept", "fail"

_NAMES = {
    "load_per_core": "load for each core",
    "disk_percent": "disk in use, in percent",
    "memory_percent": "memory in use, in percent",
}


@dataclass(frozen=True)
class Health:
    """What was found.

    :ivar problems: what is beyond its limit, a text for each.
    :ivar unknown: what the platform does not say of the figures that have a limit.
    """

    problems: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def judged(figures: Mapping[str, Any], limits: Mapping[str, Any], unknown: str) -> Health:
    """The figures against the limits that are set.

    :param figures: as C(read_monitoring) returns them; None is what the platform does not say.
    :param unknown: C(accept) or C(fail), for what the platform does not say.
    """
    problems: list[str] = []
    missing: list[str] = []
    for key, limit in limits.items():
        if limit is None:
            continue
        value, name = figures.get(key), _NAMES.get(key, key)
        if value is None:
            missing.append(name)
        # Written so that NaN is a problem as well.
        elif not value <= float(limit):
            problems.append(f"{name}: {value:g}, the limit is {float(limit):g}")
    if unknown == FAIL:
        problems += [f"{name}: the platform does not say" for name in missing]
    return Health(tuple(problems), tuple(missing))
