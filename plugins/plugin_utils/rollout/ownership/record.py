# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of a host: a file of JSON that holds what of it is the repository's, as far as it was applied.

It is written once the host is deployed and well, and before the journal is put away: what an interruption leaves open,
the journal knows. It holds no secret, and no fingerprint of one that could be guessed (C(marks)).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....module_utils.client.errors import SettingsError
from ....module_utils.text import json_text
from ....module_utils.text.escaping import escape
from ..whole_file import write_whole
from .claim import Keys, decoded, encoded

FORMAT = 1
_NAME = re.compile(r".*-([0-9]+)\.json")
_UNTOUCHED = "Nothing was removed."
_ANEW = "where it is moved away, a new one is begun, and nothing is removed before that"


@dataclass(frozen=True)
class HostRecord:
    """The file of one host.

    :ivar folder: of the records, an absolute path.
    :ivar file: its name; C(found) is that of the file of the host's id which is there.
    :ivar host, id: the host, as the inventory has it.
    :ivar directory: how the folder is called that says what is wanted.
    """

    folder: str
    file: str
    host: str
    id: int
    directory: str
    found: str = ""

    def read(self, platform: str) -> Keys | None:
        """What was applied; None where there is no record.

        :raises SettingsError: for a record that cannot be used.
        """
        path = os.path.join(self.folder, self.found or self.file)
        try:
            with open(path, encoding="utf-8") as file:
                content = json_text.decode(file.read())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise SettingsError(
                f"The record {escape(path)} cannot be read: {error.strerror}.", _UNTOUCHED
            ) from None
        except ValueError:
            raise _damaged(path) from None
        self._check(content, path, platform)
        try:
            claim = decoded(content["owned"])
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise _damaged(path) from None
        if not isinstance(claim, Keys):
            raise _damaged(path)
        return claim

    def _check(self, content: Any, path: str, platform: str) -> None:
        if not isinstance(content, dict) or not isinstance(content.get("format"), int):
            raise _damaged(path)
        if content["format"] > FORMAT:
            raise SettingsError(
                f"The record {escape(path)} was written by a later version of the collection (format "
                f"{content['format']}; this one knows {FORMAT}).",
                f"{_UNTOUCHED} Use that version; {_ANEW}.",
            )
        wanted = {"platform": platform, "host": self.host, "directory": self.directory}
        for what, value in wanted.items():
            if content.get(what) != value:
                raise SettingsError(
                    f"The record {escape(path)} is of another {what}: {escape(str(content.get(what)))}, and this is "
                    f"{escape(value)}.",
                    f"{_UNTOUCHED} {_NEXT[what]}; {_ANEW}.",
                )
        if content.get("id") != self.id:
            raise _damaged(path)

    def keep(self, platform: str, owned: Keys) -> None:
        """Write down what was applied, if that is not what the file says.

        :raises SettingsError: where that is not possible.
        """
        content = {
            "format": FORMAT,
            "platform": platform,
            "host": self.host,
            "id": self.id,
            "directory": self.directory,
            "owned": encoded(owned),
        }
        text = json.dumps(content, indent=1) + "\n"
        path = os.path.join(self.folder, self.file)
        try:
            if _text(path) != text:
                write_whole(path, text)
        except OSError as error:
            raise _not_kept(path, error) from None


_NEXT = {
    "platform": "Give each platform a rollout_ownership of its own",
    "host": "If the host was renamed, rename it in the record as well, and the file after it",
    "directory": "Give each repository a rollout_ownership of its own; if the folder was renamed, rename it in the "
    "records as well",
}


@dataclass(frozen=True)
class Records:
    """The folder with the records of a repository.

    :ivar found: the files that are there, by the ids of their hosts.
    """

    folder: str
    directory: str
    found: Mapping[int, str]

    @classmethod
    def of(cls, folder: str, directory: str) -> Records:
        """The records that are in a folder now.

        :raises SettingsError: where it cannot be read.
        """
        try:
            names = os.listdir(folder)
        except FileNotFoundError:
            names = []
        except OSError as error:
            raise _not_kept(folder, error) from None
        found = {int(match[1]): match[0] for match in filter(None, map(_NAME.fullmatch, names))}
        return cls(folder, directory, found)

    def of_host(self, stem: str, host: str, number: int) -> HostRecord:
        """The record of a host.

        :param stem: how the names of its files begin.
        """
        name = f"{stem}.json"
        return HostRecord(
            self.folder, name, host, number, self.directory, self.found.get(number, "")
        )

    def make(self) -> None:
        """See that records can be kept before anything is sent.

        :raises SettingsError: where they cannot.
        """
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            if not os.access(self.folder, os.W_OK | os.X_OK):
                raise PermissionError(None, "it is not writable")
        except OSError as error:
            raise _not_kept(self.folder, error) from None


def _text(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def _damaged(path: str) -> SettingsError:
    return SettingsError(
        f"The record {escape(path)} cannot be understood.",
        f"{_UNTOUCHED} Put back a copy of it, as from git, if there is one; {_ANEW}.",
    )


def _not_kept(path: str, error: OSError) -> SettingsError:
    return SettingsError(
        f"The record of what was applied cannot be kept in {escape(path)}: {error.strerror}.",
        "Set rollout_ownership to a folder that can be written, or rollout_prune to false.",
    )
