# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium for the tests of pages: the machine's own, or Debian's, installed where root runs the tests."""

from __future__ import annotations

import os
import shutil
import subprocess

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

#: Seconds for each of apt-get's two tasks.
PATIENCE = 600

_APT = (
    ("apt-get", "-qq", "update"),
    (
        *("apt-get", "-qq", "install", "--yes", "--no-install-recommends"),
        *("-o", "DPkg::Lock::Timeout=300", "chromium"),
    ),
)


def find() -> str | None:
    """The program, if this machine has one."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def lacking() -> str | None:
    """Why there is no Chromium, after an attempt to install it; None where there is one."""
    if find():
        return None
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return "no Chromium on this machine: install Debian's package chromium"
    for command in _APT:
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
            return f"no Chromium on this machine, and apt-get took more than {PATIENCE} s"
        if ended.returncode != 0:
            said = (ended.stdout.strip().splitlines() or ["it says nothing"])[-1]
            return f"no Chromium on this machine, and apt-get cannot install it: {said}"
    return None if find() else "no Chromium on this machine, although apt-get has installed it"
