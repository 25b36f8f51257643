# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_config_restore: configurations out of a backup's files, through the plan engine.

First everything is read, checked and planned. Nothing is sent as long as one of what was asked for cannot be
restored. Then each configuration is written as it was planned, or not at all where somebody changed it meanwhile.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..client.api import Api
from ..client.errors import SettingsError, StatusError, TargetError, TurboStackError
from ..config_files import reading
from ..config_files.folder import Folder
from ..config_files.git import GitError, WorkTree
from ..config_files.layout import Entry, kind_at
from ..config_files.vault import VaultError
from ..document.fingerprint import fingerprint
from ..document.masking import find_secrets
from ..document.policy import REPLACED
from ..plan.engine import plan
from ..plan.unmasking import unmasked
from ..resources.configured import GROUPS, HOSTS, Configured
from ..resources.json_field import UnreadableDocument
from ..text.escaping import escape
from . import backup, configure
from .backup import BackupOptions
from .desired import Desired
from .operation import Operation, OperationFailed, Result, TaskContext
from .options import taken
from .policy_options import PLATFORM, SECRET_PATHS, PolicyOptions
from .reading import told
from .selection import WORKERS, workers_of
from .targeting import Target

FAIL, SKIP = "fail", "skip"

OPTIONS: dict[str, dict[str, Any]] = {
    "path": {"type": "path", "required": True},
    "revision": {"type": "str"},
    "hosts": {"type": "list", "elements": "str", "default": []},
    "groups": {"type": "list", "elements": "str", "default": []},
    "clients": {"type": "list", "elements": "int", "default": []},
    "everything": {"type": "bool", "default": False},
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

_COLLECTIONS = {one.kind: one for one in (HOSTS, GROUPS)}
_NOT_FOUND = 404
_NAMED = 10


@dataclass(frozen=True)
class _Planned:
    """One configuration that can be restored.

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


def run(options: Mapping[str, Any], api: Api, context: TaskContext) -> Result:
    """C(restored): an entry for each configuration that was asked for, in the order of their paths.

    :raises OperationFailed: where one of them cannot be restored (nothing is sent then), or a write fails
        (what was written before it stays, and is told).
    """
    return _Restore(options, api, context).run()


class _Restore:
    def __init__(self, options: Mapping[str, Any], api: Api, context: TaskContext) -> None:
        self._options = options
        self._api = api
        self._context = context
        self._how = PolicyOptions(
            allow_empty=options["allow_empty"],
            lists={},
            comparison=PLATFORM,
            # The digits of a number in a file are those that the platform held.
            allow_float_versions=True,
            secret_paths=tuple(options["secret_paths"]),
            schema=options["schema"],
        )
        self._policy = self._how.policy
        self._root = os.path.abspath(
            os.path.join(context.directory, os.path.expanduser(options["path"]))
        )

    def run(self) -> Result:
        texts = self._texts()
        selected = _selected(texts, self._options, self._where())
        self._refuse_doubles(selected)
        present = self._present(list(selected.values()))
        planned: list[_Planned] = []
        entries: list[Result] = []
        left_out: list[str] = []
        failed: list[Result] = []
        for path, whose in selected.items():
            try:
                stored = present(whose)
                if stored is None and self._options["vanished"] == SKIP:
                    left_out.append(path)
                    continue
                planned.append(self._planned(path, whose, stored, texts[path]))
            except TurboStackError as error:
                failed.append({**_identity(path, whose), "error": told(error)})
        if failed:
            raise self._refused(failed, len(selected))
        diffs: list[dict[str, str]] = []
        for one in planned:
            try:
                entries.append(self._restored(one, diffs))
            except TurboStackError as error:
                raise self._stopped(one, error, entries, planned, diffs) from None
        return self._result(entries, left_out, diffs)

    def _texts(self) -> dict[str, str]:
        revision = self._options["revision"]
        if not revision:
            if not os.path.isdir(self._root):
                raise SettingsError(
                    f"There is no folder {self._root}.", "Name the folder of a backup."
                )
            return Folder(self._root).texts()
        if not os.path.isdir(self._root):
            raise SettingsError(
                f"There is no folder {self._root}, so git cannot tell what it held at {escape(revision)}."
            )
        tree = WorkTree.around(self._root)
        if tree is None:
            raise GitError(f"{self._root} does not lie in a git work tree, so it has no revisions.")
        return {
            path: text
            for path, text in tree.texts_at(revision).items()
            if kind_at(path) and reading.is_ours(text)
        }

    def _where(self) -> str:
        revision = self._options["revision"]
        return f"the backup in {self._root}" + (f" at {escape(revision)}" if revision else "")

    def _refuse_doubles(self, selected: Mapping[str, Entry]) -> None:
        by_id: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for path, whose in selected.items():
            by_id[whose.kind, whose.id].append(path)
        for (kind, number), files in by_id.items():
            if len(files) > 1:
                raise SettingsError(
                    f"Several files of {self._where()} are of {kind} {number}: {', '.join(files)}.",
                    "Remove those that are left over.",
                )

    def _present(self, wanted: Sequence[Entry]) -> Callable[[Entry], Configured | None]:
        """What the platform holds for an entry; None where it holds nothing. Lists cost less than many."""
        rows: dict[str, dict[int, Configured]] = {}
        for kind, collection in _COLLECTIONS.items():
            if sum(entry.kind == kind for entry in wanted) > 1:
                found = collection.read_all(self._api, workers=workers_of(self._options["workers"]))
                rows[kind] = {row.id: row for row in found}

        def look_up(entry: Entry) -> Configured | None:
            collection = _COLLECTIONS[entry.kind]
            if entry.kind in rows:
                row = rows[entry.kind].get(entry.id)
                if row is None or row.has_document:
                    return row
            try:
                return collection.read(self._api, entry.id)
            except StatusError as failure:
                if failure.status == _NOT_FOUND:
                    return None
                raise

        return look_up

    def _planned(self, path: str, whose: Entry, stored: Configured | None, text: str) -> _Planned:
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
        entry = reading.entry(text, path, self._decrypt)
        config = entry.config or {}
        self._context.censor(find_secrets(config, self._policy))
        try:
            current: dict[str, Any] | None = stored.document()
        except UnreadableDocument:
            current = None
        self._context.censor(find_secrets(current or {}, self._policy))
        config, kept = unmasked(config, current or {}, self._policy)
        planned = plan(current or {}, config, REPLACED, self._policy)
        return _Planned(
            path=path,
            entry=whose,
            stored=stored,
            config=config,
            kept=kept,
            # What is no document has no fingerprint, and nothing of it that a mask could stand for.
            expected=None if current is None else fingerprint(current, self._policy),
            changed=planned.changed or current is None,
        )

    def _decrypt(self, ciphertext: str) -> str:
        if self._context.vault is None:
            raise VaultError(
                "It holds encrypted secrets, and Ansible was started without a vault password.",
                "Start it with the vault password that the backup was made with.",
            )
        return self._context.vault.decrypt(ciphertext)

    def _restored(self, one: _Planned, diffs: list[dict[str, str]]) -> Result:
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
            target=Target(id=one.stored.id, name=None),
            config=one.config,
            state=REPLACED,
            how=self._how,
            expected_fingerprint=one.expected,
            verify=True,
            backup=taken(BackupOptions, self._options),
        )
        done = configure.run(_COLLECTIONS[one.entry.kind], desired, self._api, self._context)
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
        one: _Planned,
        error: TurboStackError,
        entries: list[Result],
        planned: Sequence[_Planned],
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


def _selected(texts: Mapping[str, str], options: Mapping[str, Any], where: str) -> dict[str, Entry]:
    """The files that are asked for, and whose they are, in the order of their paths.

    :raises TargetError: where a name, an id or a client has no file, or a name has several.
    """
    some = [what for what in ("hosts", "groups", "clients") if options[what]]
    if bool(some) == bool(options["everything"]):
        raise SettingsError(
            f"everything goes without {' and '.join(some)}." if some else "Nothing is asked for.",
            "Name hosts, groups or clients, or set everything: true.",
        )
    every = {path: reading.identity(text, path) for path, text in sorted(texts.items())}
    if options["everything"]:
        if not every:
            raise TargetError(f"There is nothing in {where}.", "Name the folder of a backup.")
        return every
    chosen: set[str] = set()
    for kind in _COLLECTIONS:
        for named in options[f"{kind}s"]:
            chosen.add(_one(every, kind, named, where))
    for client in options["clients"]:
        found = {path for path, whose in every.items() if whose.client_id == client}
        if not found:
            raise TargetError(f"There is nothing of client {client} in {where}.")
        chosen |= found
    return {path: whose for path, whose in every.items() if path in chosen}


def _one(every: Mapping[str, Entry], kind: str, named: str, where: str) -> str:
    candidates = {path: whose for path, whose in every.items() if whose.kind == kind}
    found = [path for path, whose in candidates.items() if whose.name == named]
    if not found and named.isascii() and named.isdecimal():
        found = [path for path, whose in candidates.items() if whose.id == int(named)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(str(every[path].id) for path in found)
        raise TargetError(
            f"There are {len(found)} {kind}s named {escape(named)} in {where}, with the ids {ids}.",
            "Name the one that is meant by its id.",
        )
    raise TargetError(
        f"There is no {kind} {escape(named)} in {where}.", "Is it spelled as in its file?"
    )


OPERATION = Operation(name="turbostack_config_restore", options=OPTIONS, takes=dict, run=run)
