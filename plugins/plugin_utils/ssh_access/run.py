# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role ssh_access: read hosts and groups, plan for all of them, write, deploy, and report.

Everything is read and planned before anything is written. One document that fails does not stop the others, and
many are under way at once.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from ...module_utils.answers.sync_status import (
    Evidence,
    Stored as StoredRow,
    Sync,
    SyncStatus,
    sync_status,
)
from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError, TurboStackError
from ...module_utils.config_files.placing import place
from ...module_utils.document.policy import MERGED, STORED
from ...module_utils.operations import configure, deploy
from ...module_utils.operations.backup import BackupOptions, BackupPlace
from ...module_utils.operations.deployment.states import ALWAYS
from ...module_utils.operations.desired import Desired
from ...module_utils.operations.kept_rows import KeptRow, kept_rows
from ...module_utils.operations.operation import Operation, OperationFailed, Result, TaskContext
from ...module_utils.operations.policy_options import PLATFORM, PolicyOptions
from ...module_utils.operations.reading import read_each
from ...module_utils.operations.selection import WORKERS, workers_of
from ...module_utils.operations.targeting import Target
from ...module_utils.resources import deployments
from ...module_utils.resources.configured import GROUPS, HOSTS, Configured
from ...module_utils.text.escaping import escape
from ...module_utils.validation.doubts import Validation
from ...module_utils.validation.findings import OFF
from .access import HOST, AccessPlan, Stored, Write, plan_access
from .access_report import Outcome, as_data, report
from .people import people_of

KEEP, REMOVE = "keep", "remove"

OPTIONS: dict[str, dict[str, Any]] = {
    "people": {"type": "raw", "required": True, "no_log": False},
    "elsewhere": {"type": "str", "choices": [KEEP, REMOVE], "default": KEEP},
    "allow_last_key": {"type": "bool", "default": False, "no_log": False},
    "deploy": {"type": "bool", "default": False},
    "prove": {"type": "bool", "default": False},
    "backup": {"type": "bool", "default": False},
    "backup_dir": {"type": "path", "default": "backup"},
    "report_file": {"type": "path"},
    **WORKERS,
}

_COLLECTIONS = {one.kind: one for one in (GROUPS, HOSTS)}
# A deployment waits more than it works.
_DEPLOYMENTS_AT_ONCE = 32

One = TypeVar("One")


@dataclass(frozen=True)
class SshAccess:
    """Who is to be let in where, and what comes of it.

    :ivar elsewhere: what becomes of a person's keys where the data does not let the person in.
    :ivar prove: whether a run with leavers fails unless what is stored is in effect on each host.
    """

    people: Sequence[Any]
    elsewhere: str
    allow_last_key: bool
    deploy: bool
    prove: bool
    backup: bool
    backup_dir: str
    report_file: str | None
    workers: int


def run(wanted: SshAccess, api: Api, context: TaskContext) -> Result:
    """C(report): what became of each person, place by place.

    :raises OperationFailed: where people, keys or a rule are not as they should be (nothing is written then), or
        not everything could be done.
    """
    # The door makes tuples of lists.
    given = list(wanted.people) if isinstance(wanted.people, tuple) else wanted.people
    people, problems = people_of(given)
    if problems:
        raise OperationFailed(" ".join(["Nothing was read or written.", *problems]), _nothing())
    workers = workers_of(wanted.workers)
    every = {
        kind: kept_rows(collection, api, workers, _Row.of, _readable)
        for kind, collection in _COLLECTIONS.items()
    }
    plan = plan_access(
        people,
        [_stored(one) for rows in every.values() for one in rows],
        remove_elsewhere=wanted.elsewhere == REMOVE,
        allow_last_key=wanted.allow_last_key,
    )
    if plan.problems:
        raise OperationFailed(" ".join(["Nothing was written.", *plan.problems]), _nothing())
    carried = _Carried(wanted, api, context)
    written = _each(plan.writes, carried.write, workers)
    changed = [
        write.stored.key for write, came in zip(plan.writes, written, strict=True) if came.changed
    ]
    hosts = [one.about for one in every[HOST]]
    standing = _standing(wanted, plan, hosts, set(changed), api, workers)
    due = [
        *(key for key in changed if plan.stored[key].kind == HOST),
        *(key for key, status in standing.items() if _is_due(status, prove=wanted.prove)),
    ]
    deployed: dict[str, Outcome] = {}
    if wanted.deploy:
        # In check mode, what would be written would be deployed as well.
        came = _each([plan.stored[key] for key in due], carried.deploy, _DEPLOYMENTS_AT_ONCE)
        deployed = dict(zip(due, came, strict=True))
    told = report(
        as_data(plan),
        dict(zip((write.stored.key for write in plan.writes), written, strict=True)),
        deployed,
        {
            key: status.reason
            for key, status in standing.items()
            if _is_due(status, prove=wanted.prove)
        },
        prove=wanted.prove,
        check_mode=context.check_mode,
    )
    if wanted.report_file and not context.check_mode:
        _put(os.path.realpath(wanted.report_file), told)
    diffs = [
        carried.diffs[one.stored.key] for one in plan.writes if one.stored.key in carried.diffs
    ]
    result: Result = {"changed": bool(changed or deployed), "report": told, "diff": diffs}
    if told["failed"]:
        raise OperationFailed(" ".join(told["problems"]), result)
    return result


class _Carried:
    """Carries a plan out, one document at a time."""

    def __init__(self, wanted: SshAccess, api: Api, context: TaskContext) -> None:
        self._wanted = wanted
        self._api = api
        self._context = context
        self.diffs: dict[str, dict[str, str]] = {}

    def write(self, write: Write) -> Outcome:
        """Store the lists of one document, if it still is what was planned for."""
        desired = Desired(
            target=Target(id=write.stored.id, name=None),
            config=write.edited.config,
            state=MERGED,
            how=PolicyOptions(
                allow_empty=False,
                # Lists of keys are edited where they are; a user that is gone does not come back with one.
                create=False,
                domain_order=STORED,
                allow_other_domains=False,
                lists=write.edited.lists,
                comparison=PLATFORM,
                allow_float_versions=False,
                secret_paths=(),
                schema=None,
            ),
            expected_fingerprint=write.stored.fingerprint(self._context.seal),
            verify=True,
            # To take a key away must not wait for what else is odd about a host.
            validation=Validation(OFF, ()),
            backup=BackupOptions(
                self._wanted.backup, BackupPlace(os.path.realpath(self._wanted.backup_dir))
            ),
        )
        try:
            done = configure.run(_COLLECTIONS[write.stored.kind], desired, self._api, self._context)
        except TurboStackError as error:
            return _failed(error)
        self.diffs[write.stored.key] = done["diff"]
        return Outcome(None, bool(done["changed"]))

    def deploy(self, stored: Stored) -> Outcome:
        """Deploy one host and wait for the end."""
        defaults = {name: one.get("default") for name, one in deploy.OPTIONS.items()}
        asked = deploy.OPERATION.given({**defaults, "id": stored.id, "start": ALWAYS})
        try:
            done = deploy.run(asked, self._api, self._context)
        except TurboStackError as error:
            return _failed(error)
        return Outcome(None, bool(done["changed"]))


def _failed(error: TurboStackError) -> Outcome:
    changed = isinstance(error, OperationFailed) and bool(error.result.get("changed"))
    return Outcome(str(error), changed)


def _each(every: Sequence[One], do: Callable[[One], Outcome], workers: int) -> list[Outcome]:
    if not every:
        return []
    with ThreadPoolExecutor(min(workers, len(every))) as pool:
        return list(pool.map(do, every))


@dataclass(frozen=True)
class _Row:
    """What is kept of a row of a list beside its configuration."""

    kind: str
    id: int
    name: str
    client_id: int | None
    changed: StoredRow

    @property
    def key(self) -> str:
        return f"{self.kind} {self.id}"

    @classmethod
    def of(cls, row: Configured) -> _Row:
        return cls(row.kind, row.id, row.name, row.client_id, StoredRow.of_row(row.row))


def _readable(row: Configured) -> Configured:
    """What it takes to decode the configuration, which is known to be possible then."""
    row.document()
    return row.document_alone()


def _stored(one: KeptRow[_Row, Configured]) -> Stored:
    row, config = one.about, one.config
    if isinstance(config, TurboStackError):
        return Stored(row.kind, row.id, row.name, row.client_id, None, error=str(config))
    return Stored(row.kind, row.id, row.name, row.client_id, config.document)


def _standing(
    wanted: SshAccess,
    plan: AccessPlan,
    hosts: Sequence[_Row],
    changed: Collection[str],
    api: Api,
    workers: int,
) -> dict[str, SyncStatus]:
    """Whether what is stored is in effect on hosts that this run leaves as they are, if somebody has left."""
    if not any(person.leaving for person in plan.people) or not (wanted.deploy or wanted.prove):
        return {}
    rows = [row for row in hosts if row.key not in changed]

    def look(row: _Row) -> SyncStatus:
        return sync_status(Evidence(row.changed, deployment=deployments.status(api, row.id)))

    return {
        row.key: SyncStatus(Sync.UNKNOWN, str(answer))
        if isinstance(answer, TurboStackError)
        else answer
        for row, answer in zip(rows, read_each(rows, look, workers), strict=True)
    }


def _is_due(status: SyncStatus, *, prove: bool) -> bool:
    if prove:
        return status.sync is not Sync.IN_EFFECT
    return status.sync in (Sync.STORED_NOT_DEPLOYED, Sync.FAILED)


def _put(path: str, told: Result) -> None:
    text = json.dumps(told, indent=4, sort_keys=True) + "\n"
    try:
        place(path, text.encode("utf-8"), mode=0o600)
    except OSError as error:
        raise SettingsError(
            f"The report cannot be written to {escape(path)}: {error.strerror}."
        ) from None


def _nothing() -> Result:
    return {"changed": False}


OPERATION = Operation(name="_ssh_access", options=OPTIONS, takes=SshAccess, run=run)
