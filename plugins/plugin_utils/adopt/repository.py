# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of an adopted fleet: which are written, which stay, and which are in the way.

A file that says what it should is left alone, down to its comments. One that somebody has changed by hand stays as
long as what it says is true of its hosts, and the other files say the rest. Where it is not true any more, nothing is
written at all, unless the user says that it may be written over.
"""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...module_utils.config_files import reading, text_file
from ...module_utils.config_files.vault import Vault, decryption
from ...module_utils.config_files.yaml_file import FileError
from ...module_utils.document.equality import exactly_equal
from ..desired_config import directory
from ..desired_config.directory import DesiredDirectory
from ..desired_config.excepting import parted
from .adopted import is_untouched
from .factoring import CLIENT, EVERYONE, GROUP, HOST, Scope

#: The folder of desired configurations in the repository.
FOLDER = "fleet"
ALL: Scope = (EVERYONE, directory.ALL)

_FOLDERS = {
    EVERYONE: "",
    CLIENT: directory.CLIENTS,
    GROUP: directory.GROUPS,
    HOST: directory.HOSTS,
}
_KINDS = {folder: kind for kind, folder in _FOLDERS.items()}


@dataclass(frozen=True)
class Path:
    """Where a file lies.

    :ivar root: the repository.
    """

    root: str
    path: str

    @property
    def below(self) -> str:
        """The path below the repository, with slashes."""
        return os.path.relpath(self.path, self.root).replace(os.sep, "/")

    @cached_property
    def text(self) -> str:
        return text_file.read(self.path)


@dataclass(frozen=True)
class Present:
    """A file that is there.

    :ivar path: below the repository, with slashes.
    :ivar content: what it says as a configuration; None for a file that cannot be read, and may be written over.
    :ivar untouched: whether it is as it was adopted.
    :ivar excepted: patterns of the hosts for which it does not count.
    """

    path: str
    text: str = field(repr=False)
    content: dict[str, Any] | None = field(repr=False)
    untouched: bool
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What is to become of the files.

    :ivar write: those that are new, or say something else than they should.
    :ivar remove: those that have nothing left to say.
    :ivar in_the_way: those among both that somebody has changed by hand.
    """

    write: tuple[Scope, ...]
    remove: tuple[Scope, ...]
    in_the_way: tuple[Scope, ...]


def decided(
    wanted: Mapping[Scope, dict[str, Any]],
    present: Mapping[Scope, Present],
    kept: Container[Scope],
) -> Decision:
    """What has to be done so that the files say what is wanted.

    :param kept: files that are not removed: they say what is true, or speak of nobody.
    """
    write = tuple(
        scope
        for scope, content in wanted.items()
        if scope not in present or not _says(present[scope], content)
    )
    remove = tuple(scope for scope in present if scope not in wanted and scope not in kept)
    in_the_way = tuple(
        scope for scope in (*write, *remove) if scope in present and not present[scope].untouched
    )
    return Decision(write, remove, in_the_way)


def path_of(scope: Scope, present: Mapping[Scope, Present]) -> str:
    """Where a file lies below the repository, or is to lie."""
    if scope in present:
        return present[scope].path
    kind, name = scope
    return "/".join(part for part in (FOLDER, _FOLDERS[kind], f"{name}.yml") if part)


def about(scope: Scope) -> str:
    """What a file says, for its first lines."""
    kind, name = scope
    if kind == CLIENT:
        return f"What every host of client {name} holds, beyond what all.yml says."
    if kind == GROUP:
        return f"What every host of the group {name} holds, beyond what all.yml and its client's file say."
    if kind == HOST:
        return f"What {name} holds, beyond what the files say that speak of other hosts too."
    return "What every host of the fleet holds."


def files_in(root: str) -> dict[Scope, Path]:
    """The paths of the files that are there; none where there is no folder yet.

    :param root: the repository.
    :raises SettingsError: for a folder that is none of desired configurations.
    """
    folder = os.path.join(root, FOLDER)
    if not os.path.isdir(folder) or not os.listdir(folder):
        return {}
    every = DesiredDirectory(folder).every()
    return {(_KINDS[inner], name): Path(root, path) for (inner, name), path in every.items()}


def read_present(
    files: Mapping[Scope, Path], vault: Vault | None, overwrite: bool
) -> dict[Scope, Present]:
    """The files with what they say.

    :param overwrite: whether one that cannot be read may be written over.
    :raises FileError: for a file that cannot be read.
    """
    decrypt = decryption(vault)
    found = {}
    for scope, file in files.items():
        content: dict[str, Any] | None = None
        excepted: tuple[str, ...] = ()
        try:
            said = reading.said(file.text, file.path, decrypt)
        except FileError:
            if not overwrite:
                raise
        else:
            # What is wrong with this is never written over.
            said, excepted = parted(said, file.path, scope[0] == HOST)
            content = said.document
        found[scope] = Present(file.below, file.text, content, is_untouched(file.text), excepted)
    return found


def _says(file: Present, content: dict[str, Any]) -> bool:
    return file.content is not None and exactly_equal(file.content, content)
