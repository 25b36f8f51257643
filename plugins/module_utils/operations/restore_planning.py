# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What restoring each of a backup's entries comes to, before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from ..client.api import Api
from ..client.errors import StatusError, TargetError, TurboStackError
from ..config_files import reading
from ..config_files.layout import Entry
from ..config_files.vault import decryption
from ..config_files.yaml_file import FileError
from ..document.fingerprint import fingerprint
from ..document.policy import REPLACED, Policy
from ..plan.engine import plan
from ..plan.unmasking import unmasked
from ..resources.configured import GROUPS, HOSTS, Collection, Configured
from ..resources.json_field import UnreadableDocument
from ..text.escaping import escape
from .operation import TaskContext

COLLECTIONS = {one.kind: one for one in (HOSTS, GROUPS)}

_NOT_FOUND = 404

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Planned:
    """One configuration that can be restored.

    :ivar config: what is to be stored; empty where that is stored already.
    :ivar kept: where the file has a mask and the platform's secret stays.
    :ivar expected: the fingerprint of what the plan was made for.
    """

    path: str
    entry: Entry
    config: dict[str, Any]
    kept: tuple[str, ...]
    expected: str | None
    changed: bool


def beside(
    api: Api,
    wanted: Mapping[str, Entry],
    look: Callable[[str, Configured | None], Seen],
    workers: int,
) -> dict[str, Seen | TurboStackError]:
    """What C(look) makes, for the path of each entry, of what the platform holds, or why it makes nothing.

    Lists cost less than many. A row is looked at as it comes: a fleet's documents would fill the memory.

    :param look: called in the thread that fetched the row; with None where the platform holds nothing.
    :raises TurboStackError: where a list cannot be read.
    """

    def outcome(path: str, row: Configured | None) -> Seen | TurboStackError:
        try:
            return look(path, row)
        except TurboStackError as error:
            return error

    seen: dict[str, Seen | TurboStackError] = {}
    for kind, collection in COLLECTIONS.items():
        paths = {entry.id: path for path, entry in wanted.items() if entry.kind == kind}
        alone = set(paths)
        if len(paths) > 1:

            def made(row: Configured, paths: Mapping[int, str] = paths) -> Any:
                path = paths.get(row.id)
                if path is None or not row.has_document:
                    return row.id, None
                return row.id, (path, outcome(path, row))

            listed = dict(collection.listing(api, make=made, workers=workers).read())
            seen.update(filter(None, listed.values()))
            # Rows of a list may come without their configuration.
            alone = {number for number, found in listed.items() if found is None} & alone
            seen |= {
                path: outcome(path, None) for each, path in paths.items() if each not in listed
            }
        for number in alone:
            path = paths[number]
            try:
                row = _read(collection, api, number)
            except TurboStackError as error:
                seen[path] = error
            else:
                seen[path] = outcome(path, row)
    return seen


def _read(collection: Collection, api: Api, number: int) -> Configured | None:
    try:
        return collection.read(api, number)
    except StatusError as failure:
        if failure.status == _NOT_FOUND:
            return None
        raise


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
    if replace(entry, config=None) != whose:
        raise FileError(f"{escape(path)} was changed while the backup was read.", "Try again.")
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
        config=config if changed else {},
        kept=kept,
        # What is no document has no fingerprint, and nothing of it that a mask could stand for.
        expected=fingerprint(current, policy, context.seal)
        if changed and current is not None
        else None,
        changed=changed,
    )
