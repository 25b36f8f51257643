# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Java for ansible-rulebook: the machine's own, or Debian's."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from . import debian

#: What ansible-rulebook wants at least.
OLDEST = 17


def home() -> Path | None:
    """JAVA_HOME of the machine's Java, if it has one that will do."""
    program = shutil.which("java")
    if program is None:
        return None
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < OLDEST:
        return None
    return Path(program).resolve().parents[1]


def lacking() -> str | None:
    """Why there is none, after an attempt to install it; None where there is one."""
    if home():
        return None
    if reason := debian.install("default-jre-headless"):
        return f"no Java {OLDEST} on this machine: {reason}"
    return None if home() else f"no Java {OLDEST} on this machine: Debian's is older"
