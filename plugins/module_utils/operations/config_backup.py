# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_config_backup: every configuration as a file, a commit of what changed, and a push."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from ..client.api import Api
from ..client.errors import SettingsError, TurboStackError
from ..config_files import reading, writing
from ..config_files.folder import Folder
from ..config_files.git import WorkTree
from ..config_files.git_push import Login, Remote
from ..config_files.layout import Entry, paths
from ..config_files.vault import Vault, VaultError, label_for
from ..config_files.yaml_file import VAULT_TAG, FileError
from ..document.masking import redact_text
from ..resources.configured import GROUPS, HOSTS, Configured
from ..text.escaping import escape
from .backup_commit import commit, pending
from .kept_rows import KeptRow, kept_rows
from .operation import Operation, OperationFailed, Result, TaskContext
from .options import options
from .policy_options import SECRET_PATHS, SecretPaths
from .reading import FAIL, REPORT, told
from .selection import WORKERS, workers_of

AUTO, MASKED, ENCRYPTED = "auto", "masked", "encrypted"
KEEP, REMOVE = "keep", "remove"

OPTIONS: dict[str, dict[str, Any]] = {
    "path": {"type": "path", "required": True},
    "secrets": {
        "type": "str",
        "choices": [AUTO, MASKED, ENCRYPTED],
        "default": AUTO,
        "no_log": False,
    },
    "vault_id": {"type": "str"},
    "vanished": {"type": "str", "choices": [KEEP, REMOVE], "default": KEEP},
    "commit": {"type": "bool", "default": True},
    "commit_author": {"type": "str"},
    "push": {"type": "bool", "default": False},
    "push_remote": {"type": "str"},
    "push_username": {"type": "str", "default": "git"},
    "push_password": {"type": "str", "no_log": True},
    **SECRET_PATHS,
    **WORKERS,
    "on_error": {"type": "str", "choices": [REPORT, FAIL], "default": FAIL},
}

#: Of a configuration, until it is clear where its file lies.
Kept: TypeAlias = "str | Configured"


@dataclass
class _Outcome:
    """What is to become of the folder; paths count from it.

    :ivar write: path → text, of files that are new or change.
    :ivar moved: files of those whose configuration now lies in another file.
    :ivar vanished: files of those that the platform does not show any more.
    :ivar errors: of those that could not be read.
    """

    write: dict[str, str] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    errors: list[Result] = field(default_factory=list)


@dataclass(frozen=True)
class ConfigBackup:
    """Where the configurations go, and what becomes of secrets and of what is gone."""

    path: str
    secrets: str
    vault_id: str | None
    vanished: str
    commit: bool
    commit_author: str | None
    push: bool
    push_remote: str | None
    push_username: str
    push_password: str | None = field(repr=False)
    known: SecretPaths = field(metadata=options(SecretPaths))
    workers: int
    on_error: str

    @property
    def login(self) -> Login | None:
        """Who pushes, where that is said."""
        return Login(self.push_username, self.push_password) if self.push_password else None


def run(wanted: ConfigBackup, api: Api, context: TaskContext) -> Result:
    """Write every configuration that changed, deal with files of what is gone, commit, and push.

    :raises OperationFailed: with C(on_error=fail), after all that could be read was written and committed.
    """
    return _Backup(wanted, api, context).run()


class _Backup:
    def __init__(self, wanted: ConfigBackup, api: Api, context: TaskContext) -> None:
        self._wanted = wanted
        self._api = api
        self._context = context
        self._policy = wanted.known.policy
        self._root = os.path.abspath(
            os.path.join(context.directory, os.path.expanduser(wanted.path))
        )
        self._folder = Folder(self._root)
        self._vault: Vault | None = None
        self._label = ""
        self._unreadable_secrets: list[str] = []
        self._diffs: list[dict[str, str]] = []

    def run(self) -> Result:
        before = self._folder.texts()
        self._choose(before)
        tree = None
        if self._wanted.commit:
            tree = WorkTree.around(self._root, self._wanted.commit_author)
        remote = self._remote(tree) if self._wanted.push else None
        workers = workers_of(self._wanted.workers)
        every = deque(
            one
            for collection in (HOSTS, GROUPS)
            for one in kept_rows(collection, self._api, workers, _entry, self._kept)
        )
        entries = [one.about for one in every]
        files = dict(zip(paths(entries), entries, strict=True))
        outcome = self._outcome(files, every, before)
        errors = outcome.errors
        remove = list(outcome.moved)
        # What could not be read may be what is missing.
        removes = self._wanted.vanished == REMOVE and bool(entries) and not errors
        if removes:
            remove += outcome.vanished
        for path in remove:
            self._tell(path, before[path], lambda: "")
        if not self._context.check_mode:
            # Before the writes: where case does not count, an old name may be the new one.
            for path in remove:
                self._folder.remove(path)
            for path, text in outcome.write.items():
                self._folder.write(path, text)
        result: Result = {
            "changed": bool(outcome.write or remove),
            "path": self._root,
            "secrets": ENCRYPTED if self._vault else MASKED,
            "hosts": sum(entry.kind == HOSTS.kind for entry in entries),
            "groups": sum(entry.kind == GROUPS.kind for entry in entries),
            "written": sorted(outcome.write),
            "removed": sorted(remove),
            "vanished": [] if removes else sorted(outcome.vanished),
            "errors": errors,
            "commit": None,
            "push": None,
            "diff": self._diffs,
        }
        self._warn(errors, outcome, removes)
        if tree is not None:
            self._commit(tree, files, (*before, *remove), result)
        if remote is not None and not self._context.check_mode:
            self._push(remote, result)
        return self._concluded(result, errors)

    def _choose(self, before: Mapping[str, str]) -> None:
        """Whether secrets are encrypted, and with which of the vault secrets."""
        wanted, label = self._wanted.secrets, self._wanted.vault_id
        vault = self._context.vault
        if wanted == MASKED:
            if label:
                raise SettingsError(
                    "vault_id is of no use with secrets: masked.", "Give one of the two."
                )
            return
        if vault is None:
            if wanted == ENCRYPTED or label:
                raise VaultError(
                    "Secrets cannot be encrypted: Ansible was started without a vault password.",
                    "Start it with --vault-id or --vault-password-file, on the controller itself.",
                )
            encrypted = [
                path for path, text in before.items() if reading.is_encrypted_in_part(text, path)
            ]
            if encrypted:
                raise VaultError(
                    f"{len(encrypted)} files in {self._root} hold encrypted secrets, and Ansible was started "
                    "without a vault password: to mask them now would throw the secrets away.",
                    "Start it with the vault password, or set secrets: masked if that is meant.",
                )
            return
        self._vault, self._label = vault, label_for(vault, label)

    def _remote(self, tree: WorkTree | None) -> Remote:
        """Where commits are pushed to; looked for before anything is read or written."""
        if not self._wanted.commit:
            raise SettingsError("push is of no use with commit: false.", "Give one of the two.")
        if tree is None:
            raise SettingsError(
                f"{self._root} lies in no git work tree, so that nothing can be pushed.",
                f"Make one of it first, as with git clone ADDRESS {self._root}.",
            )
        return Remote(tree, self._wanted.push_remote, self._wanted.login)

    def _outcome(
        self,
        files: Mapping[str, Entry],
        every: deque[KeptRow[Entry, Kept]],
        before: Mapping[str, str],
    ) -> _Outcome:
        """Compare each configuration with its file.

        :param every: one for each of the files, in their order; taken out as they are done with.
        """
        outcome = _Outcome()
        written, unread = set(), set()
        for path, entry in files.items():
            try:
                kept = every.popleft().kept()
            except TurboStackError as error:
                unread.add((entry.kind, entry.id))
                identity = {"kind": entry.kind, "id": entry.id, "name": entry.name}
                outcome.errors.append({**identity, "error": told(error)})
                continue
            written.add((entry.kind, entry.id))
            if path not in before and self._folder.holds(path):
                raise SettingsError(
                    f"{os.path.join(self._root, path)} is not a file that a backup wrote.",
                    "Move it away, or back up to another folder.",
                )
            former = before.get(path)
            text, shown = self._text(kept, path, former)
            if text != former:
                outcome.write[path] = text
                self._tell(path, former or "", shown)
        for path in before:
            if path in files:
                continue
            try:
                whose = reading.identity(before[path], path)
            except FileError:
                outcome.vanished.append(path)
                continue
            if (whose.kind, whose.id) in written:
                outcome.moved.append(path)
            elif (whose.kind, whose.id) not in unread:
                outcome.vanished.append(path)
        return outcome

    def _tell(self, path: str, before: str, after: Callable[[], str]) -> None:
        """Keep a file's change, if somebody is to see it."""
        if self._context.diff_mode:
            self._diffs.append(_diff(path, writing.shown(before), after()))

    def _kept(self, row: Configured) -> Kept:
        """The text of a file; where secrets are encrypted, what it takes to make that when its former one is known."""
        whole = _whole(row)
        return row.document_alone() if self._vault else writing.masked_text(whole, self._policy)

    def _text(self, kept: Kept, path: str, before: str | None) -> tuple[str, Callable[[], str]]:
        """The text of a file, and what a diff shows of it."""
        if self._vault is None or isinstance(kept, str):
            return str(kept), lambda: str(kept)
        former: list[tuple[str, str]] = []
        # Most files need not be parsed to know that nothing in them is encrypted.
        if before is not None and VAULT_TAG in before:
            try:
                former, complete = reading.secrets(before, path, self._vault.decrypt)
                if not complete:
                    self._unreadable_secrets.append(path)
            except FileError:
                # Damaged by hand: written anew as it should be.
                former = []
        encryption = writing.Encryption(self._vault, self._label, self._policy, former)
        text = encryption.text(_whole(kept))
        return text, lambda: encryption.shown(text)

    def _warn(self, errors: list[Result], outcome: _Outcome, removes: bool) -> None:
        if self._unreadable_secrets:
            self._context.warn(
                f"{len(self._unreadable_secrets)} files held secrets that the vault secrets at hand do not "
                "decrypt; these are encrypted anew."
            )
        if outcome.vanished and self._wanted.vanished == REMOVE and not removes:
            self._context.warn(
                f"{len(outcome.vanished)} files of hosts and groups that the platform does not show are kept, "
                + (
                    f"because {len(errors)} could not be read."
                    if errors
                    else "because it shows none at all."
                )
            )

    def _commit(
        self,
        tree: WorkTree,
        files: Mapping[str, Entry],
        touched: Iterable[str],
        result: Result,
    ) -> None:
        found = pending(tree, self._folder, files, touched)
        if self._context.check_mode:
            result["changed"] = result["changed"] or bool(found.paths)
            return
        if found.ignored:
            self._context.warn(
                f"git is told to ignore {len(found.ignored)} files of the backup, for instance "
                f"{found.ignored[0]}: they are not committed."
            )
        if found.linked:
            self._context.warn(
                f"{len(found.linked)} files of the backup lie behind a link, for instance {found.linked[0]}: git "
                "does not follow it, and they are not committed."
            )
        if not found.paths:
            return
        try:
            result["commit"] = commit(tree, found.paths, files)
            result["changed"] = True
        except TurboStackError as error:
            raise OperationFailed(
                f"The backup is written, and not committed. {error.message}", result, error.hint
            ) from None

    def _push(self, remote: Remote, result: Result) -> None:
        try:
            pushed = remote.push()
        except TurboStackError as error:
            raise OperationFailed(
                f"The backup is written and committed, and not pushed. {error.message}",
                result,
                error.hint,
            ) from None
        if pushed is None:
            return
        result["push"] = {
            "remote": escape(redact_text(pushed.remote)),
            "branch": escape(pushed.branch),
            "pushed": pushed.moved,
            "rebased": pushed.rebased,
        }
        result["changed"] = result["changed"] or pushed.moved
        if pushed.rebased and result["commit"]:
            # On top of somebody else's, it is another one.
            result["commit"] = pushed.head

    def _concluded(self, result: Result, errors: list[Result]) -> Result:
        if not errors:
            return result
        first = errors[0]
        whose = Entry(first["kind"], first["id"], first["name"], None)
        text = (
            f"{len(errors)} of {result['hosts'] + result['groups']} configurations could not be read, and their "
            f"files are left as they are. {whose}: {first['error']['msg']}"
        )
        if self._wanted.on_error == FAIL:
            raise OperationFailed(
                text, result, "All others are backed up. errors holds the reasons."
            )
        self._context.warn(text)
        return result


def _entry(row: Configured) -> Entry:
    return Entry(row.kind, row.id, row.name, row.client_id)


def _whole(row: Configured) -> Entry:
    return replace(_entry(row), config=row.document())


def _diff(path: str, before: str, after: str) -> dict[str, str]:
    return {
        "before": redact_text(before),
        "after": redact_text(after),
        "before_header": escape(path),
        "after_header": escape(path),
    }


OPERATION = Operation(
    name="turbostack_config_backup",
    options=OPTIONS,
    takes=ConfigBackup,
    run=run,
    secret_values=lambda wanted: {wanted.push_password} if wanted.push_password else set(),
)
