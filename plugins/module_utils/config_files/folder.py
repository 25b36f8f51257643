# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder of a backup on the disk: files that a backup wrote, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from ..client.errors import SettingsError
from ..text.escaping import escape
from . import text_file
from .layout import TOPS, kind_at, leads_on
from .placing import place
from .reading import is_ours


class Folder:
    """The files of a backup below a folder, by their path in it, with slashes.

    :raises SettingsError: in any method, for what the operating system refuses.
    """

    def __init__(self, root: str) -> None:
        self.root = root

    def texts(self) -> Mapping[str, str]:
        """The text of every file that a backup wrote. What else lies in the folder is left alone."""
        return _Texts(self, [path for path, text in self.every_text().items() if is_ours(text)])

    def every_text(self) -> Mapping[str, str]:
        """The text of every file that lies where a backup puts one, whoever wrote it."""
        return _Texts(self, self._files())

    def text(self, path: str) -> str:
        """The text of a file, whatever is in it: it is compared, and read as YAML only where it has to be."""
        return text_file.read(self._at(path), errors="surrogateescape")

    def holds(self, path: str) -> bool:
        """Whether anything stands at that place."""
        return os.path.lexists(self._at(path))

    def write(self, path: str, text: str) -> None:
        """Put a file in place, whole or not at all; readable by its owner alone where it is new."""
        at = self._at(path)
        with _told(f"{at} cannot be written"):
            # Behind a link, the file is written where it is, and the link stays.
            at = os.path.realpath(at)
            place(at, text.encode("utf-8"))

    def is_linked(self, path: str) -> bool:
        """Whether a folder on the way to that place is a link."""
        parts = path.split("/")
        return any(os.path.islink(self._at("/".join(parts[:n]))) for n in range(1, len(parts)))

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
        if os.path.lexists(self.root) and not os.path.isdir(self.root):
            raise SettingsError(f"{self.root} is no folder.")
        try:
            for top in TOPS:
                if os.path.lexists(self._at(top)):
                    yield from self._below(top, ())
        except OSError as error:
            where = os.fsdecode(error.filename or self.root)
            raise SettingsError(f"{escape(where)} cannot be read: {error.strerror}.") from None

    def _below(self, path: str, above: tuple[str, ...]) -> Iterator[str]:
        """The files below a folder, behind links as well: what C(holds) sees.

        :param above: where the folders above really are, so that none is walked in a circle.
        :raises OSError: for a folder that cannot be read.
        """
        real = os.path.realpath(self._at(path))
        if real in above:
            return
        for name in sorted(os.listdir(real)):
            inner = f"{path}/{name}"
            if kind_at(inner):
                yield inner
            elif leads_on(inner) and os.path.isdir(self._at(inner)):
                yield from self._below(inner, (*above, real))

    def _at(self, path: str) -> str:
        return os.path.join(self.root, *path.split("/"))


class _Texts(Mapping[str, str]):
    """The texts of some files, each read when it is asked for: those of a fleet would fill the memory."""

    def __init__(self, folder: Folder, paths: Iterable[str]) -> None:
        self._folder = folder
        self._paths = dict.fromkeys(paths)

    def __getitem__(self, path: str) -> str:
        if path not in self._paths:
            raise KeyError(path)
        return self._folder.text(path)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class _told:  # noqa: N801
    """A refusal of the operating system as one that the user is told."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise SettingsError(f"{self._what}: {error.strerror or error}.") from None
