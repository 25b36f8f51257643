# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The `monitoring` object of a host: load, disk and memory as a monitoring system reports them."""

from __future__ import annotations

import random
from typing import Any


def monitoring(rng: random.Random) -> dict[str, Any]:
    """Loads are run-queue lengths, sizes are megabytes, percentages are 0-100."""
    disk_total = rng.choice((40960, 81920, 163840, 327680))
    disk_used = int(disk_total * rng.uniform(0.1, 0.97))
    memory_total = rng.choice((4096, 8192, 16384, 65536))
    memory_used = int(memory_total * rng.uniform(0.2, 0.95))
    return {
        "load": {
            "load1": round(rng.expovariate(1.2), 2),
            "load5": round(rng.expovariate(1.4), 2),
            "load15": round(rng.expovariate(1.6), 2),
            "cores": rng.choice((2, 4, 8, 16)),
        },
        "disk": {
            "total_mb": disk_total,
            "used_mb": disk_used,
            "used_percent": round(100 * disk_used / disk_total, 1),
        },
        "memory": {
            "total_mb": memory_total,
            "used_mb": memory_used,
            "used_percent": round(100 * memory_used / memory_total, 1),
        },
    }
