# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's packages that only some tests need, installed where root runs these."""

from __future__ import annotations

import os
import shutil
import subprocess

#: Seconds for each of apt-get's two tasks.
PATIENCE = 600

_UPDATE = ("apt-get", "-qq", "update")
_INSTALL = (
    *("apt-get", "-qq", "install", "--yes", "--no-install-recommends"),
    *("-o", "DPkg::Lock::Timeout=300"),
)


def install(package: str) -> str | None:
    """Why it cannot be installed; None where it was."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return f"install Debian's package {package}"
    for command in (_UPDATE, (*_INSTALL, package)):
        try:
            ended = subprocess.run(
                command,
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"apt-get took more than {PATIENCE} s"
        if ended.returncode != 0:
            said = (ended.stdout.strip().splitlines() or ["it says nothing"])[-1]
            return f"apt-get cannot install it: {said}"
    return None
