# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal's folder: what is written down about each host, beside the configuration from before.

Everything in it is readable by its owner alone, and is there whole or not at all, also after a loss of power.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ....module_utils.client.errors import SettingsError
from ....module_utils.text import json_text
from ..whole_file import sync_folder, write_whole
from .effect import Receipt, read_receipt, written_receipt
from .record import Record, decode, encode

_ARCHIVE, _RECEIPTS = "archive", "receipts"


@dataclass(frozen=True)
class Journal:
    """What is kept of one host; its id keeps apart what its name does not.

    :ivar folder: an absolute path; it is made with the first file.
    :ivar about: what people want to know of a record: the host, who rolls out.
    """

    folder: str
    name: str
    id: int
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """How the names of its files begin."""
        return f"{re.sub('[^A-Za-z0-9._-]', '_', self.name)}-{self.id}"

    @property
    def path(self) -> str:
        """The record."""
        return os.path.join(self.folder, f"{self.stem}.json")

    @property
    def backup(self) -> str:
        """The configuration from before, fit for C(state: replaced)."""
        return os.path.join(self.folder, f"{self.stem}.backup.json")

    def read(self) -> Record | None:
        """What an interrupted rollout has left.

        :raises SettingsError: for what cannot be read, or understood.
        """
        text = _text(self.path)
        return None if text is None else decode(text, self.path)

    def keep(self, record: Record, *, anew: bool) -> None:
        """Write down where the rollout stands.

        :param anew: whether a rollout begins: then a backup that lies there is another one's, and is put aside.
        :raises SettingsError: where that is not possible.
        """
        if anew:
            self._put_aside(".interrupted")
        if not os.path.exists(self.backup):
            _write(self.backup, json_text.encode(record.previous))
        _write(self.path, encode(record, {**self.about, "host": self.name, "id": self.id}))

    def put_away(self) -> str:
        """The host is done: remove the record, and keep the backup; where that is now.

        The record goes first: a backup without one is put aside by the next rollout, and misleads nobody.

        :raises SettingsError: where that is not possible.
        """
        try:
            if os.path.exists(self.path):
                os.unlink(self.path)
                sync_folder(self.folder)
        except OSError as error:
            raise _failed(self.path, error) from None
        return self._put_aside("")

    def receipt(self) -> Receipt | None:
        """What the last rollout of the host saw at its end; None where there was none, or it is not readable."""
        try:
            text = _text(self._receipt)
        except SettingsError:
            return None
        return None if text is None else read_receipt(text)

    def note(self, receipt: Receipt) -> None:
        """Keep what a rollout saw at its end.

        :raises SettingsError: where that is not possible.
        """
        _write(self._receipt, written_receipt(receipt))

    @property
    def _receipt(self) -> str:
        return os.path.join(self.folder, _RECEIPTS, f"{self.stem}.json")

    def _put_aside(self, ending: str) -> str:
        if not os.path.exists(self.backup):
            return ""
        moment = time.time()
        stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime(moment))
        name = f"{self.stem}-{stamp}.{int(moment * 1e6) % 1_000_000:06d}Z.backup.json{ending}"
        kept = os.path.join(self.folder, _ARCHIVE, name)
        try:
            os.makedirs(os.path.dirname(kept), mode=0o700, exist_ok=True)
            os.replace(self.backup, kept)
        except OSError as error:
            raise _failed(kept, error) from None
        return kept


def refuse_missing(path: str) -> None:
    """See that the journal's folder is there before anything is sent, where it is not to be made.

    :raises SettingsError: where it is not.
    """
    if not os.path.isdir(path):
        raise SettingsError(
            f"There is no folder {path} for the rollout's journal, and rollout_journal_create is false.",
            "Nothing was sent. A journal has to outlive the run: is the volume mounted? Make the folder on it, or set "
            "rollout_journal to one that is there.",
        )


def make_folder(path: str) -> None:
    """The journal's folder, for its owner alone.

    :raises SettingsError: where it cannot be made.
    """
    try:
        os.makedirs(path, mode=0o700, exist_ok=True)
    except OSError as error:
        raise _failed(path, error) from None


def _text(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise SettingsError(f"The rollout's journal {path} cannot be read: {reason}.") from None


def _write(path: str, text: str) -> None:
    try:
        write_whole(path, text + "\n")
    except OSError as error:
        raise _failed(path, error) from None


def _failed(path: str, error: OSError) -> SettingsError:
    return SettingsError(
        f"The rollout's journal cannot be kept in {path}: {error.strerror}.",
        "Without it nothing more is begun. Set rollout_journal to a folder that can be written.",
    )
