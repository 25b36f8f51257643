# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures anew, those of pages only where there is a Chromium: `make pictures`."""

from __future__ import annotations

from browser import screenshot
from workshop.chromium import find
from workshop.places import ROOT

from . import terminal
from .stories import STORIES


def main() -> None:
    for story in STORIES:
        file = ROOT / story.file
        file.write_text(terminal.drawn(story), encoding="utf-8")
        print(f"{story.file}: {file.stat().st_size / 1000:.0f} KB")
    if find():
        screenshot.main()


if __name__ == "__main__":
    main()
