# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder of a backup on the disk: files that a backup wrote, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..client.errors import SettingsError
from .layout import TOPS, kind_at
from .placing import place
from .reading import is_ours


class Folder:
    """The files of a backup below a folder, by their path in it, with slashes.

    :raises SettingsError: in any method, for what the operating system refuses.
    """

    def __init__(self, root: str) -> None:
        self.root = root

    def texts(self) -> dict[str, str]:
        """The text of every file that a backup wrote. What else lies in the folder is left alone."""
        found = {}
        for path in self._files():
            with _told(f"{self._at(path)} cannot be read"), open(self._at(path), "rb") as file:
                # Whatever is in it: it is compared, and read as YAML only where it has to be.
                text = file.read().decode("utf-8", "surrogateescape")
            if is_ours(text):
                found[path] = text
        return found

    def holds(self, path: str) -> bool:
        """Whether anything stands at that place."""
        return os.path.lexists(self._at(path))

    def write(self, path: str, text: str) -> None:
        """Put a file in place, whole or not at all; readable by its owner alone where it is new."""
        at = self._at(path)
        with _told(f"{at} cannot be written"):
            place(at, text.encode("utf-8"))

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that are empty without it."""
        at = self._at(path)
        with _told(f"{at} cannot be removed"):
            os.unlink(at)
        for _level in path.split("/")[1:]:
            at = os.path.dirname(at)
            try:
                os.rmdir(at)
            except OSError:
                return

    def _files(self) -> Iterator[str]:
        with _told(f"{self.root} cannot be read"):
            if not os.path.lexists(self.root):
                return
            if not os.path.isdir(self.root):
                raise SettingsError(f"{self.root} is no folder.")
        for top in TOPS:
            for directory, folders, names in os.walk(os.path.join(self.root, top)):
                folders.sort()
                below = os.path.relpath(directory, self.root).replace(os.sep, "/")
                for name in sorted(names):
                    path = f"{below}/{name}"
                    if kind_at(path):
                        yield path

    def _at(self, path: str) -> str:
        return os.path.join(self.root, *path.split("/"))


class _told:  # noqa: N801
    """A refusal of the operating system as one that the user is told."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise SettingsError(f"{self._what}: {error.strerror or error}.") from None
