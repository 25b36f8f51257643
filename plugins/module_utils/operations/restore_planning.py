# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What restoring each of a backup's entries comes to, before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..client.api import Api
from ..client.errors import StatusError, TargetError
from ..config_files import reading
from ..config_files.layout import Entry
from ..config_files.vault import decryption
from ..document.fingerprint import fingerprint
from ..document.policy import REPLACED, Policy
from ..plan.engine import plan
from ..plan.unmasking import unmasked
from ..resources.configured import GROUPS, HOSTS, Configured
from ..resources.json_field import UnreadableDocument
from ..text.escaping import escape
from .operation import TaskContext

COLLECTIONS = {one.kind: one for one in (HOSTS, GROUPS)}

_NOT_FOUND = 404


@dataclass(frozen=True)
class Planned:
    """One configuration that can be restored.

    :ivar config: what is to be stored; empty where that is stored already.
    :ivar kept: where the file has a mask and the platform's secret stays.
    :ivar expected: the fingerprint of what the plan was made for.
    """

    path: str
    entry: Entry
    stored: Configured
    config: dict[str, Any]
    kept: tuple[str, ...]
    expected: str | None
    changed: bool


def lookup(api: Api, wanted: Sequence[Entry], workers: int) -> Callable[[Entry], Configured | None]:
    """What the platform holds for an entry; None where it holds nothing. Lists cost less than many."""
    rows: dict[str, dict[int, Configured]] = {}
    for kind, collection in COLLECTIONS.items():
        if sum(entry.kind == kind for entry in wanted) > 1:
            found = collection.read_all(api, workers=workers)
            rows[kind] = {row.id: row for row in found}

    def look_up(entry: Entry) -> Configured | None:
        collection = COLLECTIONS[entry.kind]
        if entry.kind in rows:
            row = rows[entry.kind].get(entry.id)
            if row is None or row.has_document:
                return row
        try:
            return collection.read(api, entry.id)
        except StatusError as failure:
            if failure.status == _NOT_FOUND:
                return None
            raise

    return look_up


def planned_for(
    path: str,
    whose: Entry,
    text: str,
    stored: Configured | None,
    policy: Policy,
    context: TaskContext,
) -> Planned:
    """The plan for one file.

    :raises TargetError: where the platform does not hold what the file is of.
    :raises FileError: for a file that cannot be understood.
    :raises PlanError: for a mask in it that nothing stands behind.
    """
    if stored is None:
        raise TargetError(
            f"There is no {whose.kind} with id {whose.id} (the file's name for it is "
            f"{escape(whose.name)}), or the token may not see it.",
            "vanished: skip leaves out what the platform does not show.",
        )
    if stored.name != whose.name:
        raise TargetError(
            f"The {whose.kind} with id {whose.id} is called {escape(stored.name)} on the platform, and "
            f"{escape(whose.name)} in the file.",
            "If it was renamed, make a new backup, or put the new name into the file. If it is another one, "
            "its configuration must not be replaced by this.",
        )
    entry = reading.entry(text, path, decryption(context.vault))
    config = entry.config or {}
    try:
        current: dict[str, Any] | None = stored.document()
    except UnreadableDocument:
        current = None
    config, kept = unmasked(config, current or {}, policy)
    changed = plan(current or {}, config, REPLACED, policy).changed or current is None
    return Planned(
        path=path,
        entry=whose,
        stored=stored,
        config=config if changed else {},
        kept=kept,
        # What is no document has no fingerprint, and nothing of it that a mask could stand for.
        expected=fingerprint(current, policy, context.seal)
        if changed and current is not None
        else None,
        changed=changed,
    )
