# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests and the file around the machine: one task's write to one host or group."""

from __future__ import annotations

import time
from typing import Any

from ...client.api import Api, Late
from ...client.errors import BodyError, NoAnswer, RequestError, StatusError, TurboStackError
from ...client.repetition import Repeat, may_repeat
from ...document.fingerprint import fingerprint
from ...plan.verification import Verification, verify
from ...resources.configured import Collection
from ...resources.json_field import FIELD
from .. import backup
from ..desired import Desired
from ..operation import OperationFailed, Result, TaskContext
from ..planning import Planned, changed_meanwhile, planned_for, told
from . import machine, messages
from .machine import (
    Accepted,
    Back,
    Check,
    Course,
    Delayed,
    End,
    Event,
    Failed,
    Finish,
    Found,
    Keep,
    Kept,
    ReadBack,
    Send,
    Unread,
)

# Answers after which the configuration may have been stored all the same, beside every 3xx and 5xx.
_UNCLEAR = (408,)


class Write:
    """A change that is really made, from a plan to the document that was read back.

    :param planned: a plan that has something to do.
    :param read_at: when what it was made for was read, by C(time.monotonic).
    """

    def __init__(
        self,
        collection: Collection,
        desired: Desired,
        planned: Planned,
        read_at: float,
        api: Api,
        context: TaskContext,
    ) -> None:
        self._collection = collection
        self._desired = desired
        self._planned = self._latest = planned
        self._read_at = read_at
        self._api = api
        # What is sent again is planned anew before, so it is not repeated beneath.
        self._once = api.in_time()
        self._context = context
        self._course = Course(
            backup=desired.backup.backup,
            verify=desired.verify,
            expecting=bool(desired.expected_fingerprint),
            retries=api.settings.retries,
        )
        self._saved: Result = {}
        self._failure: RequestError | None = None
        self._unread = ""
        self._found: Verification | None = None
        self._read_back: dict[str, Any] = {}

    def run(self) -> Result:
        """Go where the machine leads.

        :raises OperationFailed: where the platform did not store what was sent, or may not have.
        :raises RequestError: for a refusal that had no effect.
        """
        step = machine.begin(self._course, self._age)
        while not isinstance(step.do, Finish):
            event = self._done(step.do)
            step = machine.observe(self._course, step.at, event, self._age)
            if step.anew:
                self._planned = self._latest
        return self._finished(step.do.end)

    @property
    def _age(self) -> float:
        return time.monotonic() - self._read_at

    def _done(self, action: Check | Keep | Send | ReadBack) -> Event:
        if isinstance(action, Check):
            return self._check(action)
        if isinstance(action, Keep):
            return self._keep()
        if isinstance(action, Send):
            return self._send()
        return self._look(action)

    def _check(self, check: Check) -> Event:
        if check.after_failure and self._failure is not None:
            self._api.pause_before(check.after_failure, self._failure)
        stored = self._collection.read(self._api, self._planned.stored.id)
        self._read_at = time.monotonic()
        self._latest = planned_for(stored, self._desired, self._context)
        return Found(self._latest.same_as(self._planned), self._latest.changed)

    def _keep(self) -> Event:
        place = self._desired.backup.backup_options
        planned = self._planned
        self._saved["backup_file"] = backup.write(
            planned.stored, planned.previous, place, self._context.directory
        )
        return Kept()

    def _send(self) -> Event:
        try:
            self._collection.save(self._once, self._planned.stored.id, self._planned.plan.payload)
        except Late:
            return Delayed()
        except StatusError as failure:
            self._failure = failure
            clear = 400 <= failure.status < 500 and failure.status not in _UNCLEAR
            return Failed(clear, may_repeat(failure, Repeat.IDEMPOTENT))
        except NoAnswer as failure:
            self._failure = failure
            return Failed(False, may_repeat(failure, Repeat.IDEMPOTENT))
        except BodyError as failure:
            self._failure = failure
            return Failed(False, False)
        return Accepted()

    def _look(self, look: ReadBack) -> Event:
        time.sleep(look.after)
        before, payload = self._planned.stored, self._planned.plan.payload
        try:
            stored = self._collection.read(self._api, before.id)
            self._read_back = stored.document()
            self._found = verify(payload, self._read_back, self._desired.policy)
        except TurboStackError as error:
            self._unread = error.message
            return Unread()
        return Back(self._found.holds, stored.row.get(FIELD) == before.row.get(FIELD))

    def _finished(self, end: End) -> Result:
        if end is End.UNEXPECTED:
            raise changed_meanwhile(self._planned, self._latest, self._desired, self._context)
        if end is End.CONTESTED:
            raise messages.contested(self._planned.stored)
        if end is End.REFUSED and self._failure is not None:
            raise self._failure
        result = {**told(self._planned, self._desired, self._context), **self._saved}
        if end is End.VERIFIED and self._found is not None:
            result["server_normalized"] = list(self._found.normalized)
            result["fingerprint"] = fingerprint(
                self._read_back, self._desired.policy, self._context.seal
            )
        failure = self._failed(end)
        if failure is None:
            return result
        raise OperationFailed(failure.message, {**result, **failure.result}, failure.hint)

    def _failed(self, end: End) -> messages.Failure | None:
        stored = self._planned.stored
        if end is End.NOT_READ_BACK:
            return messages.not_read_back(stored, self._unread)
        if end is End.DIFFERS and self._found is not None:
            return messages.differs(stored, self._found.mismatches)
        if self._failure is not None:
            return messages.unclear(end, stored, self._failure)
        return None
