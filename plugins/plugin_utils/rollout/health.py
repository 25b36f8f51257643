# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a host is well enough after a change: its figures against limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ACCEPT, FAIL = "accept", "fail"

_NAMES = {
    "load_per_core": "load for each core",
    "disk_percent": "disk in use, in percent",
    "memory_percent": "memory in use, in percent",
}


def judged(figures: Mapping[str, Any], limits: Mapping[str, Any], unknown: str) -> dict[str, Any]:
    """The figures against the limits that are set.

    :param figures: as the filter C(monitoring) returns them; null is what the platform does not say.
    :param unknown: C(accept) or C(fail), for what the platform does not say.
    :returns: C(healthy), C(problems) and C(unknown); the latter two are lists of text.
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
    return {"healthy": not problems, "problems": problems, "unknown": missing}
