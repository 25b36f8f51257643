# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of desired configuration, read as every other file of the collection's users is."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass

from ansible.parsing.dataloader import DataLoader
from ansible.utils.display import Display

from ...module_utils.config_files import reading, text_file
from ...module_utils.config_files.reading import Said
from ...module_utils.config_files.vault import decryption, is_encrypted
from ...module_utils.document.walk import scalar_texts
from ...module_utils.plan.origins import Layer
from ...module_utils.text.escaping import escape
from ..action.vault import ansible_vault
from .directory import DesiredDirectory
from .excepting import is_meant, nobody_meant, parted, unmatched

display = Display()


@dataclass(frozen=True)
class Overlay:
    """A file that is laid over more general ones.

    :ivar excepted: patterns of the hosts for which it is not.
    """

    layer: Layer
    excepted: tuple[str, ...] = ()

    def counts_for(self, host: str) -> bool:
        return not is_meant(host, self.excepted)

    def check(self, hosts: Collection[str]) -> None:
        """See that it leaves out hosts that there are.

        :param hosts: all that the inventory has.
        :raises FileError: where it does not.
        """
        if unknown := unmatched(self.excepted, hosts):
            raise nobody_meant(self.layer.source, unknown)


def read_said(loader: DataLoader, path: str, vaulted: set[str] | None = None) -> Said:
    """The content of a file of YAML or JSON, vaulted or not, as plain data; Jinja in it is text.

    :param vaulted: takes in what of it was encrypted: each such text, or all texts and numbers of such a file.
    :raises TurboStackError: with the file's name, and without any of its text.
    """
    decrypt = decryption(ansible_vault(loader))
    opened: list[str] = []

    def noted(ciphertext: str) -> str:
        opened.append(decrypt(ciphertext))
        return opened[-1]

    text = text_file.read(path)
    said = reading.said(text, path, noted)
    if vaulted is not None:
        vaulted.update(scalar_texts(said.document) if is_encrypted(text) else opened)
    return said


def read_overlay(
    loader: DataLoader, directory: DesiredDirectory, path: str, vaulted: set[str] | None = None
) -> Overlay:
    """A file as a part of what its folder says of hosts.

    :param path: as C(directory.files_of) has it.
    :raises TurboStackError: with the file's name, and without any of its text.
    """
    said = read_said(loader, path, vaulted)
    for remark in said.remarks:
        display.warning(str(remark))
    name = shown_path(path)
    said, excepted = parted(said, name, directory.speaks_of_one(path))
    return Overlay(Layer(name, said.document, said.lines), excepted)


def shown_path(path: str) -> str:
    """A path as editors and CI know it: from where Ansible was started, if it lies below there."""
    inside = os.path.relpath(path)
    return escape(path if inside.startswith(os.pardir) else inside)
