# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""axe-core, a script that finds what of a page is no use to people who cannot see, hear or move as others do."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from . import environments
from .places import REQUIREMENTS, VENVS

_CARRIED = Path("axe_playwright_python") / "axe.min.js"


def script() -> Path:
    """The script, fetched once: alone, as what drives a browser is here already."""
    requirements = REQUIREMENTS / "axe.txt"
    key = hashlib.sha256(requirements.read_bytes()).hexdigest()[:8]
    folder = VENVS / f"axe-{key}"
    with environments.only_one("axe"):
        if not (folder / _CARRIED).exists():
            pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps")
            environments.run(*pip, "--target", folder, "-r", requirements)
    return folder / _CARRIED
