# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how long a page of 1,000 hosts takes until it is painted, and until it is sorted anew.

PYTHONPATH=tests:build/linked .venvs/tools/bin/python -m browser.opening_time
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from workshop.chromium import find

from . import pages
from .chromium import Chromium

HOSTS = 1000
ROUNDS = 7
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}

#: Milliseconds from the start of the navigation to the second frame after loading.
PAINTED = """new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"""
#: Milliseconds from a choice of order to the new layout.
SORTED = """(() => {
  const start = performance.now();
  const order = document.getElementById("order");
  order.value = "4 descending";
  order.dispatchEvent(new Event("change"));
  document.body.offsetHeight;
  return performance.now() - start;
})()"""


def main() -> None:
    program = find()
    if program is None:
        raise SystemExit("There is no Chromium on this machine.")
    started = time.perf_counter()
    text = pages.full(HOSTS)
    seconds = time.perf_counter() - started
    print(f"{HOSTS:,} hosts, {len(text.encode()) / 1e6:.1f} MB, made in {seconds:.1f} s\n")
    print("| | painted | sorted |\n| --- | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fleet.html"
        file.write_text(text, encoding="utf-8")
        with Chromium(program) as browser:
            for name, size in SIZES.items():
                painted, ordered = [], []
                for _round in range(ROUNDS):
                    with browser.tab(*size) as tab:
                        tab.open(file)
                        painted.append(tab.run(PAINTED) / 1000)
                        ordered.append(tab.run(SORTED) / 1000)
                print(
                    f"| {name} | {statistics.median(painted):.2f} s | {statistics.median(ordered):.2f} s |"
                )


if __name__ == "__main__":
    main()
