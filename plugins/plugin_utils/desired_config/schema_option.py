# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option C(schema), wherever it is given: a map, JSON text, or the path of a file with such a map."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible.parsing.dataloader import DataLoader

from ...module_utils.client.errors import SettingsError, TurboStackError
from ...module_utils.text import json_text
from ..plain import plain
from .file import read_said


def schema_of(given: Any, loader: DataLoader | None = None) -> Mapping[str, Any]:
    """The map; an empty one where nothing is given.

    :param loader: reads the file, beside the playbook if the path is relative.
    :raises SettingsError: for anything else, and for a file that cannot be read.
    """
    said = plain(given)
    if said is None or said == "":
        return {}
    if isinstance(said, str) and said.lstrip().startswith("{"):
        try:
            said = json_text.decode(said.encode("utf-8"))
        except ValueError:
            raise SettingsError("schema begins like a map in JSON, and is none.") from None
    elif isinstance(said, str):
        said = _from_file(said, loader or DataLoader())
    if not isinstance(said, Mapping):
        raise SettingsError(
            "schema is neither a map nor a file with one.",
            "Give names of keys with what they are, or the path of a YAML file with such a map.",
        )
    return said


def _from_file(path: str, loader: DataLoader) -> Any:
    where = os.path.join(loader.get_basedir(), os.path.expanduser(path))
    try:
        return read_said(loader, where).document
    except TurboStackError as error:
        raise SettingsError(f"{error.message} It is named by schema.", error.hint) from None
