# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which record of what was applied counts: that of the host, or what an interrupted rollout was about to make of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from ....module_utils.client.settings import Settings
from ....module_utils.document.equality import platform_equal
from ....module_utils.document.fingerprint import seal_of
from ..ownership.claim import Keys
from ..ownership.marks import Marks
from ..ownership.planning import Ownership, refuse_too_many
from ..ownership.record import HostRecord, Records
from .recalling import Live, whose
from .record import Record


@dataclass(frozen=True)
class Owning:
    """What is known of one host.

    :ivar conflicts: what becomes of them; see C(Ownership).
    :ivar vaulted: what the files keep in ansible-vault.
    """

    record: HostRecord
    conflicts: str
    vaulted: Collection[str] = field(default=(), repr=False)

    def ownership(
        self, record: Record | None, document: dict[str, Any], connection: Settings
    ) -> Ownership:
        """What of the host is the repository's.

        :param record: what an interrupted rollout has left.
        :raises SettingsError: for a record that cannot be used.
        """
        kept = self.record.read(connection.platform)
        # Marks of one host's values say nothing of another's.
        marks = Marks(
            f"{connection.platform} {self.record.id}", seal_of(connection.token), self.vaulted
        )
        return Ownership(claims(kept, record, document), marks, self.conflicts)


@dataclass(frozen=True)
class Pruning:
    """What holds of it for the whole job.

    :ivar limit: how many values one run may remove.
    :ivar conflicts: what becomes of them; see C(Ownership).
    :ivar vaulted: what the files keep in ansible-vault.
    """

    records: Records
    limit: int
    conflicts: str
    vaulted: Collection[str] = field(default=(), repr=False)

    def of_host(self, stem: str, host: str, number: int) -> Owning:
        """The same of one host.

        :param stem: how the names of its files begin.
        """
        record = self.records.of_host(stem, host, number)
        return Owning(record, self.conflicts, self.vaulted)

    def refuse_too_many(self, removed: Mapping[str, int]) -> None:
        """See that the run does not remove more.

        :raises SettingsError: where it would.
        """
        refuse_too_many(removed, self.limit)


def claims(kept: Keys | None, record: Record | None, document: dict[str, Any]) -> tuple[Keys, ...]:
    """The claims that count, when an interruption may have come between a write and the record of it.

    :param kept: the host's record.
    """
    before = (kept,) if kept is not None else ()
    if record is None or not any(record.owned):
        return before
    live = whose(record, document)
    if live is Live.PREVIOUS:
        return before
    if live is Live.FOREIGN:
        # It may have been written over the one as well as over the other.
        return (*before, *filter(None, record.owned[-1:]))
    found = (
        owned
        for written, owned in zip(record.written, record.owned, strict=True)
        if owned is not None and platform_equal(document, written)
    )
    applied = next(found, None)
    return before if applied is None else (applied,)
