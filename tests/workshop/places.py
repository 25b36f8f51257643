# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things lie. Everything that is made lies in two folders, `.venvs` and `build`."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Kept between runs: virtual environments and what ansible-test keeps in a home directory.
VENVS = ROOT / ".venvs"
HOME = VENVS / "home"

#: Made anew by the steps, to be looked at after a run.
BUILD = ROOT / "build"
LOGS = BUILD / "logs"
REPORTS = BUILD / "reports"

#: `ANSIBLE_COLLECTIONS_PATH` for whatever is content with a symbolic link to the checkout.
LINKED = BUILD / "linked"

REQUIREMENTS = ROOT / "tests" / "workshop" / "requirements"
