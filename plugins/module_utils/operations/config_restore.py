# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_config_restore: configurations out of a backup's files, through the plan engine.

First everything is read, checked and planned. Nothing is sent as long as one of what was asked for cannot be
restored. Then each configuration is written as it was planned, or not at all where somebody changed it meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..client.api import Api
from ..client.errors import TurboStackError
from ..config_files.layout import Entry
from ..document.policy import REPLACED, STORED
from ..resources.configured import Configured
from ..validation.doubts import Validation
from ..validation.findings import OFF
from . import backup, configure, restore_files
from .backup import BackupOptions, BackupPlace
from .desired import Desired
from .operation import Operation, OperationFailed, Result, TaskContext
from .options import options, suboptions
from .policy_options import PLATFORM, SECRET_PATHS, PolicyOptions, SecretPaths
from .reading import told
from .restore_files import AskedFor, saved
from .restore_planning import COLLECTIONS, Planned, beside, planned_for
from .selection import WORKERS, workers_of
from .targeting import Target

FAIL, SKIP = "fail", "skip"

OPTIONS: dict[str, dict[str, Any]] = {
    "path": {"type": "path", "required": True},
    **restore_files.OPTIONS,
    "vanished": {"type": "str", "choices": [FAIL, SKIP], "default": FAIL},
    "allow_empty": {"type": "bool", "default": False},
    **SECRET_PATHS,
    **WORKERS,
    **backup.OPTIONS,
}
OPTIONS["backup"] = {"type": "bool", "default": True}
OPTIONS["backup_options"] = {
    "type": "dict",
    "default": {},
    "options": {"dir_path": {"type": "path"}},
}

_NAMED = 10


@dataclass(frozen=True)
class FolderPlace:
    """Where the copies go."""

    dir_path: str | None


@dataclass(frozen=True)
class ConfigRestore:
    """What is to be restored, and how.

    :ivar vanished: what becomes of an entry that the platform does not show.
    """

    path: str
    asked_for: AskedFor = field(metadata=options(AskedFor))
    vanished: str
    allow_empty: bool
    known: SecretPaths = field(metadata=options(SecretPaths))
    workers: int
    backup: bool
    backup_options: FolderPlace = field(metadata=suboptions(FolderPlace))

    @cached_property
    def how(self) -> PolicyOptions:
        """How the plans are made."""
        return PolicyOptions(
            allow_empty=self.allow_empty,
            create=True,
            domain_order=STORED,
            allow_other_domains=False,
            lists={},
            comparison=PLATFORM,
            # The digits of a number in a file are those that the platform held.
            allow_float_versions=True,
            secret_paths=self.known.secret_paths,
            schema=self.known.schema,
        )


def run(wanted: ConfigRestore, api: Api, context: TaskContext) -> Result:
    """C(restored): an entry for each configuration that was asked for, in the order of their paths.

    :raises OperationFailed: where one of them cannot be restored (nothing is sent then), or a write fails
        (what was written before it stays, and is told).
    """
    return _Restore(wanted, api, context).run()


class _Restore:
    def __init__(self, wanted: ConfigRestore, api: Api, context: TaskContext) -> None:
        self._wanted = wanted
        self._api = api
        self._context = context
        self._root = os.path.abspath(
            os.path.join(context.directory, os.path.expanduser(wanted.path))
        )

    def run(self) -> Result:
        files = saved(self._root, self._wanted.asked_for)
        policy = self._wanted.how.policy
        skips = self._wanted.vanished == SKIP

        def look(path: str, stored: Configured | None) -> Planned | None:
            if stored is None and skips:
                return None
            whose, text = files.whose[path], files.texts[path]
            return planned_for(path, whose, text, stored, policy, self._context)

        seen = beside(self._api, files.whose, look, workers_of(self._wanted.workers))
        planned: list[Planned] = []
        left_out: list[str] = []
        failed: list[Result] = []
        for path, whose in files.whose.items():
            found = seen[path]
            if isinstance(found, TurboStackError):
                failed.append({**_identity(path, whose), "error": told(found)})
            elif found is None:
                left_out.append(path)
            else:
                planned.append(found)
        if failed:
            raise self._refused(failed, len(files.whose))
        entries: list[Result] = []
        diffs: list[dict[str, str]] = []
        for one in planned:
            try:
                entries.append(self._restored(one, diffs))
            except TurboStackError as error:
                raise self._stopped(one, error, entries, planned, diffs) from None
        return self._result(entries, left_out, diffs)

    def _restored(self, one: Planned, diffs: list[dict[str, str]]) -> Result:
        told_of: Result = {
            **_identity(one.path, one.entry),
            "changed": False,
            "changes": [],
            "deploy_required": False,
            "kept_secrets": list(one.kept),
            "backup_file": None,
            "error": None,
        }
        if not one.changed:
            return told_of
        desired = Desired(
            target=Target(id=one.entry.id, name=None),
            config=one.config,
            state=REPLACED,
            how=self._wanted.how,
            expected_fingerprint=one.expected,
            verify=True,
            # It was stored before, whatever anybody thinks of it.
            validation=Validation(OFF, ()),
            backup=BackupOptions(
                self._wanted.backup, BackupPlace(self._wanted.backup_options.dir_path)
            ),
        )
        # A server may quote any part of what is sent when it refuses it.
        self._context.censor(desired.secrets())
        done = configure.run(COLLECTIONS[one.entry.kind], desired, self._api, self._context)
        diffs.append(done["diff"])
        shared = ("changed", "changes", "deploy_required")
        return {
            **told_of,
            **{key: done[key] for key in shared},
            "backup_file": done.get("backup_file"),
        }

    def _refused(self, failed: list[Result], wanted: int) -> OperationFailed:
        reasons = [f"{one['file']}: {one['error']['msg']}" for one in failed[:_NAMED]]
        if len(failed) > _NAMED:
            reasons.append(f"and {len(failed) - _NAMED} more.")
        return OperationFailed(
            f"{len(failed)} of {wanted} configurations cannot be restored, so none is. {' '.join(reasons)}",
            {**self._result([], [], []), "errors": failed},
        )

    def _stopped(
        self,
        one: Planned,
        error: TurboStackError,
        entries: list[Result],
        planned: Sequence[Planned],
        diffs: list[dict[str, str]],
    ) -> OperationFailed:
        written = [str(done["name"]) for done in entries if done["changed"]]
        left = [later for later in planned[len(entries) + 1 :] if later.changed]
        entry = {**_identity(one.path, one.entry), "error": told(error)}
        result = self._result(entries, [], diffs)
        if isinstance(error, OperationFailed):
            # Whether its write had an effect is told by the failure itself.
            result["changed"] = result["changed"] or bool(error.result.get("changed"))
        return OperationFailed(
            f"{one.entry} could not be restored: {error.message} Restored before it: {len(written)}; "
            f"not begun: {len(left)}.",
            {**result, "errors": [entry]},
            error.hint,
        )

    def _result(self, entries: list[Result], left_out: list[str], diffs: list[Any]) -> Result:
        return {
            "changed": any(entry["changed"] for entry in entries),
            "path": self._root,
            "restored": entries,
            "left_out": left_out,
            "errors": [],
            "diff": diffs,
        }


def _identity(path: str, whose: Entry) -> Result:
    return {
        "file": path,
        "kind": whose.kind,
        "id": whose.id,
        "name": whose.name,
        "client_id": whose.client_id,
    }


OPERATION = Operation(
    name="turbostack_config_restore", options=OPTIONS, takes=ConfigRestore, run=run
)
