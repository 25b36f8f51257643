# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring a stored configuration to the desired state: the body of turbostack_host and turbostack_group.

Read, plan, and where the plan is not empty: read again, write, read back. A change made by somebody else
in between is kept, because the plan is then made anew from what they left.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from ..client.api import Api
from ..client.errors import BodyError, NoAnswer, RequestError, StatusError, TurboStackError
from ..client.repetition import Repeat, may_repeat
from ..document.equality import exactly_equal
from ..document.fingerprint import compare_fingerprint, fingerprint
from ..document.masking import find_secrets
from ..document.policy import REPLACED, Policy
from ..plan.diff import diff
from ..plan.engine import Plan, explain, plan
from ..plan.verification import verify
from ..resources.configured import Collection, Configured
from ..resources.json_field import FIELD, UnreadableDocument
from ..resources.targets import find
from ..text.escaping import escape
from . import backup
from .desired import Desired
from .operation import OperationFailed, Result, TaskContext

# How often a plan is made anew because somebody else wrote in between.
_PLANS = 5
# Answers after which the configuration may have been stored all the same, beside every 3xx and 5xx.
_UNCLEAR = (408,)
# How long a read replica may lag behind the write that it is asked about: seconds before each look.
_PATIENCE = (0.0, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class _Planned:
    """What is stored, and what is to become of it.

    :ivar current: the stored document; empty where what is stored is none and is to be replaced.
    :ivar readable: whether what is stored is a document.
    """

    stored: Configured
    current: dict[str, Any]
    readable: bool
    plan: Plan

    @property
    def changed(self) -> bool:
        return self.plan.changed or not self.readable


def run(collection: Collection, desired: Desired, api: Api, context: TaskContext) -> Result:
    """The task for one host or group.

    :returns: C(id), C(name), C(changes), C(deploy_required), C(fingerprint), C(fingerprint_before), C(diff), and
        what the options add: C(server_normalized), C(backup_file).
    :raises OperationFailed: where the platform did not store what was sent.
    """
    policy = desired.policy
    stored = find(api, collection, desired.target.id, desired.target.name)
    planned = _plan(stored, desired, context)
    _expect(planned, desired)
    if not planned.changed or context.check_mode:
        return _told(planned, policy, context)
    return _Write(collection, desired, api, context).run(planned)


class _Write:
    """A change that is really made, from a plan to the document that was read back."""

    def __init__(
        self,
        collection: Collection,
        desired: Desired,
        api: Api,
        context: TaskContext,
    ) -> None:
        self._collection = collection
        self._desired = desired
        self._api = api
        self._once = Api(replace(api.settings, retries=0))
        self._context = context
        self._policy = desired.policy

    def run(self, planned: _Planned) -> Result:
        planned = self._on_latest(planned)
        if not planned.changed:
            return _told(planned, self._policy, self._context)
        saved: Result = {}
        if self._desired.backup.backup:
            saved["backup_file"] = self._backup(planned)
        planned = self._saved(planned, saved)
        result = {**_told(planned, self._policy, self._context), **saved}
        if self._desired.verify:
            result.update(self._verified(planned, result))
        return result

    def _backup(self, planned: _Planned) -> str:
        previous = planned.current if planned.readable else planned.stored.row[FIELD]
        place = self._desired.backup.backup_options
        return backup.write(planned.stored, previous, place, self._context.directory)

    def _saved(self, planned: _Planned, saved: Result) -> _Planned:
        """Send the plan's payload; the plan that was stored in the end.

        Storing the same twice is the same as once, so it is sent again where that may help. But time
        passes before it is, and somebody else may write meanwhile: what is sent again is planned anew.
        """
        attempt = 0
        while True:
            try:
                self._collection.save(self._once, planned.stored.id, planned.plan.payload)
                return planned
            except (NoAnswer, StatusError) as failure:
                attempt += 1
                if attempt > self._api.settings.retries or not may_repeat(
                    failure, Repeat.IDEMPOTENT
                ):
                    if isinstance(failure, NoAnswer) or failure.status in _UNCLEAR:
                        raise self._uncertain(planned, failure, saved) from None
                    if failure.status >= 500 or failure.status < 400:
                        raise self._uncertain(planned, failure, saved) from None
                    raise
                self._api.pause_before(attempt, failure)
            except BodyError as unclear:
                raise self._uncertain(planned, unclear, saved) from None
            latest = self._read(planned.stored.id)
            if not _same(latest, planned):
                if not latest.changed:
                    # The first sending was stored, whatever became of its answer.
                    return planned
                self._refuse_if_expected_otherwise(planned, latest)
                planned = latest
                if self._desired.backup.backup:
                    saved["backup_file"] = self._backup(planned)

    def _read(self, number: int) -> _Planned:
        stored = self._collection.read(self._api, number)
        return _plan(stored, self._desired, self._context)

    def _refuse_if_expected_otherwise(self, planned: _Planned, latest: _Planned) -> None:
        if self._desired.expected_fingerprint:
            changes = explain(planned.current, latest.current, self._policy)
            what = "; ".join(change.summary() for change in changes)
            raise _not_as_expected(latest, self._policy, f"While this task ran: {what}.")

    def _on_latest(self, planned: _Planned) -> _Planned:
        """The plan for what is stored right now, made anew as long as somebody keeps writing."""
        for _attempt in range(_PLANS):
            latest = self._read(planned.stored.id)
            if _same(latest, planned):
                return planned
            self._refuse_if_expected_otherwise(planned, latest)
            planned = latest
            if not planned.changed:
                return planned
        raise TurboStackError(
            f"The configuration of {planned.stored} was changed by somebody else {_PLANS} times while "
            "this task was about to write.",
            "Nothing was written. Find out who else writes to it, and try again.",
        )

    def _verified(self, planned: _Planned, result: Result) -> Result:
        payload = planned.plan.payload
        try:
            for pause in _PATIENCE:
                time.sleep(pause)
                read_back = self._collection.read(self._api, planned.stored.id).document()
                found = verify(payload, read_back, self._policy)
                if found.holds:
                    return {
                        "server_normalized": list(found.normalized),
                        "fingerprint": fingerprint(read_back, self._policy),
                    }
        except TurboStackError as failure:
            raise OperationFailed(
                f"The configuration of {planned.stored} was stored, but could not be read back: "
                f"{failure.message}",
                result,
                "Run the task again: it tells whether anything is left to do.",
            ) from None
        raise OperationFailed(
            f"The configuration of {planned.stored} was sent, but what the platform holds now differs "
            f"from it at: {', '.join(found.mismatches)}.",
            {**result, "mismatches": list(found.mismatches)},
            "Either the platform refused these values silently, or somebody else wrote at the same "
            "moment. Look at it in the platform; run the task again to see what is left to do.",
        )

    def _uncertain(
        self, planned: _Planned, failure: RequestError, saved: Result
    ) -> OperationFailed:
        """A write whose answer is no answer may have been stored: look, and say what is there now."""
        result = {**_told(planned, self._policy, self._context), **saved}
        untouched = False
        try:
            for pause in _PATIENCE:
                time.sleep(pause)
                stored = self._collection.read(self._api, planned.stored.id)
                untouched = stored.row.get(FIELD) == planned.stored.row.get(FIELD)
                if verify(planned.plan.payload, stored.document(), self._policy).holds:
                    return OperationFailed(
                        f"{failure.message} The configuration of {planned.stored} was stored all the same.",
                        result,
                        failure.hint,
                    )
        except TurboStackError:
            untouched = False
        if untouched:
            return OperationFailed(
                f"{failure.message} The configuration of {planned.stored} is still what it was before.",
                {**result, "changed": False, "changes": [], "deploy_required": False},
                failure.hint,
            )
        return OperationFailed(
            f"{failure.message} Whether the configuration of {planned.stored} was stored is not known.",
            result,
            failure.hint,
        )


def _plan(stored: Configured, desired: Desired, context: TaskContext) -> _Planned:
    readable = True
    try:
        current = stored.document()
    except UnreadableDocument:
        if desired.state != REPLACED:
            raise
        current, readable = {}, False
    # A server may quote any part of what is stored when it refuses what is sent.
    context.censor(find_secrets(current, desired.policy))
    planned = plan(current, desired.config, desired.state, desired.policy)
    return _Planned(stored, current, readable, planned)


def _same(one: _Planned, other: _Planned) -> bool:
    if one.readable and other.readable:
        return exactly_equal(one.current, other.current)
    return bool(one.stored.row.get(FIELD) == other.stored.row.get(FIELD))


def _expect(planned: _Planned, desired: Desired) -> None:
    expected = desired.expected_fingerprint
    if not expected:
        return
    differences = compare_fingerprint(expected, planned.current, desired.policy)
    if differences is not None:
        raise _not_as_expected(planned, desired.policy, " ".join(differences))


def _not_as_expected(found: _Planned, policy: Policy, what: str) -> OperationFailed:
    when = found.stored.row.get("updated_at")
    return OperationFailed(
        f"The configuration of {found.stored} is not the one that expected_fingerprint stands for"
        + (f"; it was last changed at {escape(str(when))}" if when else "")
        + f". {what}",
        {
            "changed": False,
            "id": found.stored.id,
            "name": found.stored.name,
            "fingerprint": fingerprint(found.current, policy),
        },
        "Nothing was written. Look at what changed, and pass the new fingerprint if it may be built upon.",
    )


def _told(planned: _Planned, policy: Policy, context: TaskContext) -> Result:
    for warning in planned.plan.warnings:
        context.warn(f"{planned.stored}: {warning}")
    if not planned.readable:
        context.warn(
            f"{planned.stored}: what was stored is no configuration document; it is replaced."
        )
    after = fingerprint(planned.plan.payload, policy)
    return {
        "changed": planned.changed,
        "id": planned.stored.id,
        "name": planned.stored.name,
        "changes": [
            {**change.shown(), "summary": change.summary()} for change in planned.plan.changes
        ],
        "deploy_required": planned.changed,
        "fingerprint": after,
        "fingerprint_before": fingerprint(planned.current, policy) if planned.changed else after,
        "server_normalized": [],
        "diff": diff(planned.current, planned.plan.payload, str(planned.stored), policy),
    }
