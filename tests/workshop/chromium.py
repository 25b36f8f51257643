# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Chromium for the tests of pages: the machine's own, or Debian's."""

from __future__ import annotations

import shutil

from . import debian

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The program, if this machine has one."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def lacking() -> str | None:
    """Why there is no Chromium, after an attempt to install it; None where there is one."""
    if find():
        return None
    if reason := debian.install("chromium"):
        return f"no Chromium on this machine: {reason}"
    return None if find() else "no Chromium on this machine, although apt-get has installed it"
