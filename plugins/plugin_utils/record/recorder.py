# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who writes the record: a task's deeds become lines of the file that C(turbostack_record) names."""

from __future__ import annotations

import getpass
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase

from ...module_utils.operations.deed import Deed
from ...module_utils.text.escaping import escape
from ..plain import plain
from ..run_memory import MEMORY
from . import record_file
from .commit import commit_of
from .entry import Entry, Source, Who, written

VARIABLE, ENVIRONMENT = "turbostack_record", "TURBOSTACK_RECORD"

_COLLECTION = "hosted_power.turbostack."
_USERS = ("awx_user_name", "tower_user_name")
_JOBS = ("awx_job_id", "tower_job_id")


@dataclass
class Recorder:
    """The record of one task; without a file it keeps none.

    :ivar action: the task's.
    :ivar variables: those that the task sees.
    :ivar cleaned: takes secrets out of a line.
    :ivar warn: told once where the record cannot be written: what was done is done.
    :ivar platform: the URL of the platform that the task writes to.
    """

    action: ActionBase
    variables: Mapping[str, Any]
    cleaned: Callable[[dict[str, Any]], dict[str, Any]]
    warn: Callable[[str], None]
    platform: str

    def __post_init__(self) -> None:
        self._failed = False
        # Some tasks do several things at once.
        self._lock = threading.Lock()
        self._source: Source | None = None

    def comes_from(self, folder: str | None) -> None:
        """Where the desired configurations lie. The commit is that of now, whatever happens to the folder later.

        :param folder: None for where Ansible was started.
        """
        if self._path:
            self._source = self._source_of(folder)

    def __call__(self, deed: Deed) -> None:
        """Add a line for what was done."""
        with self._lock:
            self._add(deed)

    def _add(self, deed: Deed) -> None:
        try:
            if self._path:
                self._source = self._source or self._source_of(None)
                line = written(self.cleaned(Entry.of(self._source, deed).shown()))
                record_file.append(self._path, line)
        except (OSError, AnsibleError) as error:
            if not self._failed:
                self._failed = True
                reason = getattr(error, "strerror", None) or error
                self.warn(
                    f"What was done to {deed.kind} {escape(deed.name)} is done, but not recorded: the record that "
                    f"{VARIABLE} names cannot be written ({reason})."
                )

    @cached_property
    def _path(self) -> str:
        """An absolute path; empty where there is no record."""
        said = self.variables.get(VARIABLE)
        said = plain(self.action._templar.template(said)) if said else ""
        named = str(said or "").strip() or os.environ.get(ENVIRONMENT, "").strip()
        return os.path.realpath(os.path.expanduser(named)) if named else ""

    def _source_of(self, folder: str | None) -> Source:
        role = self.action._task._role
        tool = str(role.get_name(include_role_fqcn=True) if role else self.action._task.action)
        return Source(
            run=this_command(),
            tool=tool.removeprefix(_COLLECTION),
            platform=self.platform,
            who=self._who,
            commit=_commit(folder),
        )

    @property
    def _who(self) -> Who:
        try:
            login = getpass.getuser()
        except (KeyError, OSError):
            login = str(os.getuid())
        return Who(login, socket.gethostname(), self._said(_USERS), self._said(_JOBS))

    def _said(self, names: tuple[str, ...]) -> str | None:
        found = (self.variables.get(name) for name in names)
        return next((str(plain(value)) for value in found if value not in (None, "")), None)


def this_command() -> str:
    """One name for all that the command does that Ansible was started with."""
    return MEMORY.once("record run", _new_run).decode("ascii")


def _new_run() -> bytes:
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    return f"{stamp}-{os.urandom(4).hex()}".encode("ascii")


def _commit(folder: str | None) -> str | None:
    def found() -> bytes:
        # What else lies where Ansible is started, such as backups, is no part of what was rolled out.
        commit = commit_of(os.path.realpath(folder or "."), new_files=folder is not None)
        return (commit or "").encode("ascii")

    return MEMORY.once(f"record commit {folder or ''}", found).decode("ascii") or None
