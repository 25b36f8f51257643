# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of the page that the role's README shows.

PYTHONPATH=tests:build/linked .venvs/tools/bin/python -m browser.screenshot
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from workshop.chromium import find
from workshop.places import ROOT

from . import pages
from .chromium import Chromium

FLEET = ROOT / "docs" / "fleet_report.png"
CUSTOMER = ROOT / "docs" / "fleet_report_clients.png"


def main() -> None:
    program = find()
    if program is None:
        raise SystemExit("There is no Chromium on this machine.")
    with tempfile.TemporaryDirectory() as folder, Chromium(program) as browser:
        file = Path(folder) / "fleet.html"
        with browser.tab(1360, 2300) as tab:
            tab.media(color_scheme="light")
            file.write_text(pages.full(60), encoding="utf-8")
            tab.open(file)
            tab.screenshot(FLEET)
        with browser.tab(1360, 900) as tab:
            tab.media(color_scheme="light")
            file.write_text(pages.of_a_customer(12), encoding="utf-8")
            tab.open(file)
            tab.screenshot(CUSTOMER)
    for picture in (FLEET, CUSTOMER):
        print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
