# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The environment variables that every step runs with: the same on a desk and in a job."""

from __future__ import annotations

import os
from pathlib import Path

from . import interpreters
from .places import HOME, LINKED

# A person's own settings would change what a test sees, and what it may write to.
PERSONAL = ("ANSIBLE_", "MOLECULE_", "TURBOSTACK_", "TSTOKEN", "PYTEST_", "PYTHON", "VIRTUAL_ENV")


def variables(bin_folder: Path | None = None) -> dict[str, str]:
    """The environment for a step that runs the programs of `bin_folder`.

    PATH holds real folders of interpreters only: ansible-test asks each python3.N that it finds
    there, and pyenv's shims answer for interpreters that are not there.
    """
    result = {name: value for name, value in os.environ.items() if not name.startswith(PERSONAL)}
    path = [bin_folder] if bin_folder else []
    path += interpreters.path_without_shims()
    path += [interpreter.parent for interpreter in interpreters.find().values()]
    result["PATH"] = os.pathsep.join(dict.fromkeys(str(folder) for folder in path))
    result["HOME"] = str(home())
    result["TERM"] = os.environ.get("TERM") or "dumb"
    result["LC_ALL"] = "C.UTF-8"
    result["PYTHONDONTWRITEBYTECODE"] = "1"
    result["ANSIBLE_COLLECTIONS_PATH"] = str(LINKED)
    result["NO_COLOR"] = "1"
    return result


def home() -> Path:
    """A home directory under the checkout, in which pip still finds the user's own settings."""
    HOME.mkdir(parents=True, exist_ok=True)
    for settings in (".config/pip", ".pip"):
        own = Path.home() / settings
        ours = HOME / settings
        if own.is_dir() and not ours.exists():
            ours.parent.mkdir(parents=True, exist_ok=True)
            ours.symlink_to(own, target_is_directory=True)
    return HOME
