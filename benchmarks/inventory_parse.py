# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parses one inventory file once, in a process of its own, and prints what that took as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time

from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader


def main(path: str) -> None:
    init_plugin_loader()
    loader = DataLoader()
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.perf_counter()
    manager = InventoryManager(loader=loader, sources=[path])
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "seconds": seconds,
                "cpu_seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
                "peak_mb": after.ru_maxrss / 1024,
                "hosts": len(manager.hosts),
                "groups": len(manager.groups),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1])
