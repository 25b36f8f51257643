# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a file outlives the run: a job of AWX runs in a container, and goes with all that is not on a volume."""

from __future__ import annotations

import os
from collections.abc import Mapping

_MOUNTS = "/proc/self/mountinfo"
_MARK = "AWX_PRIVATE_DATA_DIR"
# The container's own file system, and the folder that AWX makes for the job and removes after it.
_OF_THE_JOB = ("/", "/runner")
_IN_MEMORY = ("tmpfs", "ramfs")


def outlives_run(path: str) -> bool:
    """Whether a file at the path is still there once the run is over."""
    try:
        with open(_MOUNTS, encoding="utf-8", errors="surrogateescape") as file:
            mounts = file.read()
    except OSError:
        return True
    return lasts(os.path.realpath(path), mounts, os.environ)


def lasts(path: str, mounts: str, environment: Mapping[str, str]) -> bool:
    """The same of what is known.

    :param path: absolute, without links.
    :param mounts: as in C(/proc/PID/mountinfo).
    """
    if _MARK not in environment:
        return True
    best, kind = "/", ""
    for line in mounts.splitlines():
        before, _dash, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        # Spaces and the like stand there as octal numbers.
        point = fields[4].encode("ascii", "backslashreplace").decode("unicode_escape")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        # Of two at one place, the later one covers the other.
        if inside and len(point) >= len(best):
            best, kind = point, after.split()[0]
    return best not in _OF_THE_JOB and kind not in _IN_MEMORY
