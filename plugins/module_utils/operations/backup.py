# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the configuration as it was before a write, on the machine where the task runs."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field
from typing import Any

from ..client.errors import SettingsError
from ..config_files.placing import place
from ..resources.configured import Configured
from ..text import json_text
from .options import suboptions

OPTIONS: dict[str, dict[str, Any]] = {
    "backup": {"type": "bool", "default": False},
    "backup_options": {
        "type": "dict",
        "default": {},
        "options": {
            "dir_path": {"type": "path"},
            "filename": {"type": "str"},
        },
    },
}

_DEFAULT_DIRECTORY = "backup"


@dataclass(frozen=True)
class BackupPlace:
    """Where a backup goes, as far as the task says it."""

    dir_path: str | None = None
    filename: str | None = None


@dataclass(frozen=True)
class BackupOptions:
    """Whether there is to be a backup, and where."""

    backup: bool
    backup_options: BackupPlace = field(metadata=suboptions(BackupPlace))


def write(stored: Configured, content: Any, wanted: BackupPlace, base: str) -> str:
    """Write what was stored as JSON, readable by its owner alone, whole or not at all; return the path.

    The file of a document is valid input for C(state: replaced), secrets included.

    :param base: the folder against which a relative C(dir_path) counts.
    :raises SettingsError: where the file cannot be written; nothing has been sent by then.
    """
    text = json_text.encode(content) + "\n"
    return store(
        text.encode("ascii"), folder(wanted.dir_path, base), wanted.filename or _name(stored)
    )


def folder(dir_path: str | None, base: str) -> str:
    """The folder that C(backup_options.dir_path) names; a relative one counts from C(base)."""
    path = os.path.expanduser(dir_path or _DEFAULT_DIRECTORY)
    return os.path.abspath(os.path.join(base, path))


def store(content: bytes, directory: str, name: str) -> str:
    """Write a file that its owner alone can read, whole or not at all; return its path.

    :raises SettingsError: where that is not possible.
    """
    if os.path.basename(name) != name:
        raise SettingsError(
            f"backup_options.filename is no file name: {name!r}.", "The folder goes into dir_path."
        )
    path = os.path.join(directory, name)
    try:
        place(path, content, mode=0o600, durable=True)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The backup cannot be written to {path}: {getattr(error, 'strerror', None) or error}.",
            "Nothing was changed in the platform. Set backup_options.dir_path to a folder that can be written.",
        ) from None
    return path


def _name(stored: Configured) -> str:
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", stored.name).strip(".-") or stored.kind
    moment = time.time()
    stamp = (
        time.strftime("%Y%m%dT%H%M%S", time.gmtime(moment)) + f".{int(moment * 1000) % 1000:03d}Z"
    )
    return f"{stored.kind}-{safe[:100]}-{stored.id}-{stamp}.json"
