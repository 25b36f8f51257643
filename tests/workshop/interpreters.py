# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python interpreters of this machine: from PATH and from pyenv, never through pyenv's shims.

A shim picks a version by the folder it is called in, which is not ours to depend on.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SUPPORTED = ("3.10", "3.11", "3.12", "3.13", "3.14")

# An interpreter is of use only if it makes environments with pip in them (Debian packs that apart),
# and if it is not itself the one of an environment, which may go away.
PROBE = """
import ensurepip, sys, venv
if sys.prefix == sys.base_prefix:
    print("%d.%d" % sys.version_info[:2])
"""


def path_without_shims() -> list[Path]:
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return [Path(folder) for folder in folders if folder and Path(folder).name != "shims"]


def pyenv_versions() -> Iterator[Path]:
    """The interpreters in pyenv's versions folder, newest first."""
    root = os.environ.get("PYENV_ROOT", "")
    if not root and (pyenv := shutil.which("pyenv")):
        answer = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False)
        root = answer.stdout.strip()
    versions = Path(root or "~/.pyenv").expanduser() / "versions"
    by_number = sorted(
        (path for path in versions.glob("3.*") if re.fullmatch(r"3\.\d+\.\d+", path.name)),
        key=lambda path: [int(part) for part in path.name.split(".")],
        reverse=True,
    )
    for version in by_number:
        yield version / "bin" / "python{}.{}".format(*version.name.split("."))


def candidates() -> Iterator[Path]:
    for folder in path_without_shims():
        for version in SUPPORTED:
            yield folder / f"python{version}"
    yield from pyenv_versions()
    yield Path(getattr(sys, "_base_executable", sys.executable))


def probe(interpreter: Path) -> str | None:
    """The interpreter's version as "3.11", or nothing if it does not make environments."""
    if not os.access(interpreter, os.X_OK):
        return None
    answer = subprocess.run(
        [interpreter, "-I", "-c", PROBE], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() if answer.returncode == 0 else None


@functools.cache
def find() -> dict[str, Path]:
    """One interpreter for each version that this machine has, by version."""
    found: dict[str, Path] = {}
    for interpreter in candidates():
        version = probe(interpreter)
        if version in SUPPORTED:
            found.setdefault(version, interpreter)
    return dict(sorted(found.items(), key=lambda item: SUPPORTED.index(item[0])))


def first_of(versions: tuple[str, ...]) -> tuple[str, Path] | None:
    """The first of the versions that this machine has."""
    return next(((version, find()[version]) for version in versions if version in find()), None)
