# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the picture of the page that the role's README shows.

PYTHONPATH=tests:build/linked .venvs/tools/bin/python -m browser.screenshot
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from workshop.chromium import find
from workshop.places import ROOT

from . import pages
from .chromium import Chromium

PICTURE = ROOT / "docs" / "fleet_report.png"
SIZE = (1360, 2300)


def main() -> None:
    program = find()
    if program is None:
        raise SystemExit("There is no Chromium on this machine.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fleet.html"
        file.write_text(pages.full(60), encoding="utf-8")
        with Chromium(program) as browser, browser.tab(*SIZE) as tab:
            tab.media(color_scheme="light")
            tab.open(file)
            tab.screenshot(PICTURE)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
