# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files, each read once; what is wrong with one keeps no other from being read."""

from __future__ import annotations

from collections.abc import Callable

from ansible.parsing.dataloader import DataLoader

from ...module_utils.client.errors import TurboStackError
from ...module_utils.config_files import reading, text_file
from ...module_utils.config_files.reading import Said
from ...module_utils.config_files.vault import is_encrypted
from ...module_utils.config_files.yaml_file import FileError
from ..action.vault import ansible_vault
from ..desired_config.file import shown_path
from .check import FleetFile
from .notice import ERROR, UNREADABLE, WARNING, Notice

# Stands for a secret that nobody can decrypt here. Of what the platform's own Jinja makes, nothing is known either.
_NOT_DECRYPTED = "{{ vaulted }}"


def _not_decrypted(ciphertext: str) -> str:
    return _NOT_DECRYPTED


def _as_it_is(said: Said, path: str) -> Said:
    return said


class ReadFiles:
    """
    :ivar notices: what cannot be read.
    :ivar read: those that could be, by their paths.
    """

    def __init__(self, loader: DataLoader) -> None:
        self._vault = ansible_vault(loader)
        self._decrypt = self._vault.decrypt if self._vault else _not_decrypted
        self.notices: list[Notice] = []
        self.read: dict[str, FleetFile] = {}

    def take(self, path: str, parted: Callable[[Said, str], Said] = _as_it_is) -> None:
        """Read a file.

        :param parted: takes what is no configuration out of what a path says.
        """
        name = shown_path(path)
        try:
            text = text_file.read(path)
            if is_encrypted(text) and self._vault is None:
                told = (
                    "It is encrypted as a whole, and Ansible was started without a vault password."
                )
                self.notices.append(Notice(name, None, WARNING, UNREADABLE, told))
                return
            said = parted(reading.said(text, name, self._decrypt), path)
            self.read[path] = FleetFile(name, said)
        except TurboStackError as error:
            line = error.line if isinstance(error, FileError) else None
            told = str(error).removeprefix(f"{name}: ")
            if told.startswith(f"{name} "):
                told = f"It{told.removeprefix(name)}"
            self.notices.append(Notice(name, line, ERROR, UNREADABLE, told))
