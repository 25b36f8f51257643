# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of desired configurations: which of its files speak of a host, and which speak of nobody."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable

from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files.leavings import is_leaving
from ...module_utils.text.escaping import escape
from .client import Client

EXTENSIONS = (".yml", ".yaml", ".json")
ALL, CLIENTS, GROUPS, HOSTS = "all", "clients", "groups", "hosts"

_FOLDERS = (CLIENTS, GROUPS, HOSTS)


class DesiredDirectory:
    """The folder as it is when this is made.

    :param path: the folder; messages and paths that are returned begin with it.
    :raises SettingsError: where there is no such folder, nothing in it is of the known layout, or two files
        bear one name.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._names: dict[str, list[str]] = {"": _listed(path)}
        for folder in _FOLDERS:
            inside = os.path.join(path, folder)
            self._names[folder] = _listed(inside) if os.path.isdir(inside) else []
        self._files = {folder: self._by_stem(folder) for folder in self._names}
        if ALL not in self._files[""] and not any(
            os.path.isdir(os.path.join(path, folder)) for folder in _FOLDERS
        ):
            raise SettingsError(
                f"{escape(path)} is no folder of desired configurations.",
                "There is nothing in it that is called all.yml, clients, groups or hosts.",
            )

    def files_of(self, host: str, groups: Iterable[str], client: Client | None) -> list[str]:
        """The files that speak of a host, from the most general to the most exact.

        :param groups: the host's groups, in the order in which later ones win.
        :raises SettingsError: where one file bears the id of its client, and another one the name.
        """
        wanted = [("", ALL)]
        if client is not None:
            wanted += [(CLIENTS, stem) for stem in self._client_stems(client)]
        wanted += [(GROUPS, group) for group in groups]
        wanted.append((HOSTS, host))
        return [
            os.path.join(self.path, folder, self._files[folder][stem])
            for folder, stem in wanted
            if stem in self._files[folder]
        ]

    def speaks_of_one(self, path: str) -> bool:
        """Whether a file, as C(files_of) returns it, speaks of one host."""
        return os.path.dirname(path) == os.path.join(self.path, HOSTS)

    def named_after(self, client: Client) -> str | None:
        """The file that bears the client's name; None where none does."""
        stem = next((one for one in client.stems[1:] if one in self._files[CLIENTS]), None)
        return stem and os.path.join(self.path, CLIENTS, self._files[CLIENTS][stem])

    def _client_stems(self, client: Client) -> list[str]:
        found = [stem for stem in client.stems if stem in self._files[CLIENTS]]
        if len(found) > 1:
            one, other = (escape(self._files[CLIENTS][stem]) for stem in found)
            where = escape(os.path.join(self.path, CLIENTS))
            raise SettingsError(
                f"In {where}, {one} and {other} speak of one client.",
                "Which of them counts is not said; keep one.",
            )
        return found

    def every(self) -> dict[tuple[str, str], str]:
        """Each file that is read, by its folder (none for C(all.yml)) and whom it speaks of."""
        return {
            (folder, stem): os.path.join(self.path, folder, name)
            for folder, files in self._files.items()
            for stem, name in files.items()
            if folder or stem == ALL
        }

    def unused(
        self, hosts: Collection[str], groups: Collection[str], clients: Iterable[Client | None]
    ) -> list[str]:
        """What speaks of no host, group or client that there is; sorted.

        :param clients: asked for only where there are files of clients, and only until all are known.
        """
        known: dict[str, Collection[str]] = {"": (ALL,), GROUPS: groups, HOSTS: hosts}
        known[CLIENTS] = self._clients_among(clients)
        used = {
            (folder, name)
            for folder, files in self._files.items()
            for stem, name in files.items()
            if stem in known[folder]
        }
        found = [
            os.path.join(self.path, folder, name)
            for folder, names in self._names.items()
            for name in names
            if (folder, name) not in used and self._matters(folder, name)
        ]
        return sorted(found)

    def _clients_among(self, clients: Iterable[Client | None]) -> set[str]:
        missing = set(self._files[CLIENTS])
        found: set[str] = set()
        if not missing:
            return found
        for client in clients:
            said = missing.intersection(client.stems) if client is not None else ()
            found.update(said)
            missing.difference_update(said)
            if not missing:
                break
        return found

    def _matters(self, folder: str, name: str) -> bool:
        """Whether something of this name might be meant to be a configuration."""
        if folder:
            return True
        if os.path.isdir(os.path.join(self.path, name)):
            return name not in _FOLDERS
        return name.endswith(EXTENSIONS)

    def _by_stem(self, folder: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in self._names[folder]:
            stem, extension = os.path.splitext(name)
            if extension not in EXTENSIONS or os.path.isdir(os.path.join(self.path, folder, name)):
                continue
            if stem in found:
                where = escape(os.path.join(self.path, folder))
                raise SettingsError(
                    f"{where} holds both {escape(found[stem])} and {escape(name)}.",
                    "Which of them counts is not said; keep one.",
                )
            found[stem] = name
        return found


def _listed(path: str) -> list[str]:
    """What is in a folder, but for what an editor, git or a reader has there."""
    try:
        names = sorted(os.listdir(path))
    except OSError as error:
        raise SettingsError(f"{escape(path)} cannot be read: {error.strerror}.") from None
    return [
        name
        for name in names
        if not is_leaving(name) and os.path.splitext(name)[0].upper() not in ("README", "LICENSE")
    ]
