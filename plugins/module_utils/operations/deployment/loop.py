# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests, the clock and the lines around the machine: one task's deployment of one host."""

from __future__ import annotations

import time
from collections.abc import Mapping

from ...answers.deployment_status import Deployment
from ...answers.sync_status import Evidence, Order, Ours, Stored, Sync, order_of, sync_status
from ...client.api import Api
from ...client.errors import BodyError, ForeignBody, NoAnswer, RequestError, StatusError
from ...document.masking import redact
from ...resources import deployments
from ...resources.configured import HOSTS, Configured
from ..operation import OperationFailed, Result, TaskContext
from . import messages
from .machine import begin, observe
from .messages import Account
from .states import (
    Accepted,
    Course,
    End,
    Event,
    Finish,
    Look,
    Missed,
    Position,
    Refused,
    Seen,
    Start,
    Step,
    Unclear,
)

# Answers to a start that say: one is running already.
_TAKEN = (409, 422, 423)
# Refusals after which the work may have been done all the same, beside every 3xx and 5xx.
_UNCLEAR = (408,)
# Refusals of a status that may pass, beside every 5xx.
_PASSING = (408, 429)


class Run:
    """One task's deployment of one host.

    :param host: as it was read when the task began.
    :param words: what the platform's own words for a status mean.
    :param required: whether the user says that a deployment is required; None where nothing is said.
    """

    def __init__(
        self,
        host: Configured,
        deploy_type: str,
        course: Course,
        words: Mapping[str, str],
        required: bool | None,
        api: Api,
        context: TaskContext,
    ) -> None:
        self._host = host
        self._type = deploy_type
        self._course = course
        self._words = words
        self._required = required
        self._api = api
        # A look that fails is followed by the next one, so it is not repeated beneath as well.
        self._looking = api.without_repetition()
        self._context = context
        self._began = time.monotonic()
        self._at = Position()
        self._failure: RequestError | None = None

    def run(self) -> Result:
        """Go where the machine leads.

        :raises OperationFailed: when the deployment failed, or was not seen to end.
        :raises RequestError: for a refusal before anything was started.
        """
        step = begin()
        while not isinstance(step.do, Finish):
            self._take(step)
            event = self._start() if isinstance(step.do, Start) else self._look(step.do)
            step = observe(self._course, step.at, event, self._elapsed)
        self._take(step)
        return self._finished(step.do.end)

    @property
    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def _take(self, step: Step) -> None:
        self._at = step.at
        if step.note:
            self._context.show(messages.line(self._host, self._type, step.note, self._elapsed))

    def _look(self, look: Look) -> Event:
        time.sleep(look.after)
        if look.anew:
            self._host = HOSTS.read(self._api, self._host.id)
        if look.patient:
            seen = self._status(self._api)
            return Seen(seen, self._due(seen))
        try:
            return Seen(self._status(self._looking))
        except (NoAnswer, StatusError, ForeignBody) as failure:
            missed = _missed(failure)
            if missed is None:
                raise self._lost_sight(failure) from None
            return missed
        except BodyError as failure:
            raise self._lost_sight(failure) from None

    def _due(self, seen: Deployment) -> bool:
        if self._required:
            # What is known to have been written may not be seen yet in the row.
            return True
        evidence = self._evidence(seen)
        status = sync_status(evidence)
        if status.sync is Sync.UNKNOWN and self._required is not None:
            return False
        # The end of one that is under way decides, unless the host was changed after it began.
        return order_of(evidence) is not Order.BEFORE if status.due is None else status.due

    def _evidence(self, seen: Deployment) -> Evidence:
        since = self._at.before if self._at.started else None
        ours = Ours(changed=self._required is True, since=since)
        return Evidence(Stored.of_row(self._host.row), seen, ours)

    def _status(self, api: Api) -> Deployment:
        return deployments.status(api, self._host.id, self._words)

    def _start(self) -> Event:
        """Send it once; what becomes of it is read from the answer, or else from the status."""
        try:
            deployments.start(self._api, self._host.id, self._type)
        except StatusError as failure:
            self._failure = failure
            if not 400 <= failure.status < 500 or failure.status in _UNCLEAR:
                return Unclear(failure.outcome)
            if failure.status in _TAKEN:
                return Refused()
            raise
        except NoAnswer as failure:
            self._failure = failure
            if failure.sent:
                return Unclear(failure.outcome)
            raise
        except BodyError as failure:
            self._failure = failure
            return Unclear(failure.outcome)
        return Accepted()

    def _finished(self, end: End) -> Result:
        account = self._account()
        if end is End.REFUSED and self._failure is not None:
            raise self._failure
        failure = messages.failure(end, account)
        if failure is not None:
            raise self._failed(failure.message, failure.hint)
        warning = messages.warning(account) if end is End.SUCCEEDED else None
        if warning:
            self._context.warn(warning)
        return self._result(changed=self._at.started or end is End.WOULD_START)

    def _lost_sight(self, failure: RequestError) -> OperationFailed:
        return self._failed(
            f"{failure.message} The deployment of {self._host} may still be running.", failure.hint
        )

    def _failed(self, message: str, hint: str | None) -> OperationFailed:
        return OperationFailed(message, self._result(changed=self._at.started), hint)

    def _account(self) -> Account:
        lost = self._failure.message if self._failure else ""
        return Account(self._host, self._type, self._at, self._elapsed, self._course.timeout, lost)

    def _result(self, *, changed: bool) -> Result:
        status = sync_status(self._evidence(self._at.shown))
        return {
            "changed": changed,
            "id": self._host.id,
            "name": self._host.name,
            "type": self._type,
            "status": self._at.shown.state.value,
            "sync_status": status.sync.value,
            "sync_reason": status.reason,
            "elapsed": round(self._elapsed, 1),
            "deployment": redact(self._at.shown.body),
        }


def _missed(failure: RequestError) -> Missed | None:
    """A failure to read the status that may pass; None for one that will not."""
    if isinstance(failure, StatusError):
        if failure.status in _PASSING or failure.status >= 500:
            return Missed(str(failure.status), failure.retry_after or 0.0)
        return None
    if isinstance(failure, NoAnswer):
        return Missed("no answer") if failure.passing else None
    return Missed("no JSON")
