# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of desired configuration, read as every other file of the collection's users is."""

from __future__ import annotations

from typing import Any

from ansible.parsing.dataloader import DataLoader
from ansible.utils.display import Display

from ...module_utils.config_files import reading, text_file
from ...module_utils.config_files.vault import decryption
from ..action.vault import ansible_vault

display = Display()


def read_data(loader: DataLoader, path: str) -> dict[str, Any]:
    """The content of a file of YAML or JSON, vaulted or not, as plain data; Jinja in it is text.

    :raises TurboStackError: with the file's name, and without any of its text.
    """
    decrypt = decryption(ansible_vault(loader))
    return reading.document(text_file.read(path), path, decrypt, display.warning)
