# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of desired configurations of the platform's groups: a file for each, which bears its name or its id."""

from __future__ import annotations

import os

from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files.leavings import is_leaving
from ...module_utils.text.escaping import escape
from .directory import EXTENSIONS


def group_files(folder: str) -> dict[str, str]:
    """The files of the folder, by the name or id that they bear.

    :raises SettingsError: where there is no such folder, or two files speak of one group.
    """
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        raise SettingsError(
            f"The groups' folder {escape(folder)} cannot be read: {error.strerror}."
        ) from None
    found: dict[str, str] = {}
    for name in names:
        stem, ending = os.path.splitext(name)
        if ending not in EXTENSIONS or is_leaving(name):
            continue
        path = os.path.join(folder, name)
        if stem in found:
            raise SettingsError(
                f"{escape(found[stem])} and {escape(path)} differ in their extension only.",
                "Make one file of the two.",
            )
        found[stem] = path
    return found
