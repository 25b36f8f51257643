# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_deploy: start a deployment once, and wait for its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..answers.deployment_status import Deployment, State
from ..client.api import Api
from ..client.errors import (
    BodyError,
    ForeignBody,
    NoAnswer,
    RequestError,
    SettingsError,
    StatusError,
)
from ..document.masking import redact, redact_text
from ..resources import deployments
from ..resources.configured import HOSTS, Configured
from ..resources.targets import find
from ..text.escaping import escape, one_line
from .operation import Operation, OperationFailed, Result, TaskContext
from .options import options
from .status_words import STATUS_WORDS, checked_words
from .targeting import TARGET_OPTIONS, TARGET_RULES, Target

_CONFIRMATION = "DELETE"
# The platform may need a moment before its status shows a deployment that was just started: seconds.
_SETTLE = 30.0
# A deployment that runs is announced anew after this many seconds, so that a job log shows life.
_SILENCE = 60.0
_SHORTEST_INTERVAL = 0.5
_LONGEST = 7 * 24 * 3600.0
# Answers to a start that say: one is running already.
_TAKEN = (409, 422, 423)
# Refusals after which the work may have been done all the same, beside every 3xx and 5xx.
_UNCLEAR = (408,)

OPTIONS: dict[str, dict[str, Any]] = {
    **TARGET_OPTIONS,
    "type": {"type": "str", "choices": list(deployments.TYPES), "default": "deploy"},
    "confirm": {"type": "str"},
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {"type": "float", "default": 1800},
    "poll_interval": {"type": "float", "default": 10},
    "if_running": {"type": "str", "choices": ["wait", "join", "fail"], "default": "wait"},
    **STATUS_WORDS,
}


@dataclass(frozen=True)
class Deploy:
    """Which host is to be deployed and how, and what the task waits for.

    :ivar wait_timeout: seconds, as is C(poll_interval).
    """

    target: Target = field(metadata=options(Target))
    type: str
    confirm: str | None
    wait: bool
    wait_timeout: float
    poll_interval: float
    if_running: str
    status_words: Mapping[str, str]


@dataclass(frozen=True)
class _Clock:
    """One deadline for everything that a task waits for."""

    timeout: float
    started: float
    now: Callable[[], float]

    @property
    def elapsed(self) -> float:
        return self.now() - self.started

    @property
    def left(self) -> float:
        return self.timeout - self.elapsed


class _Deploy:
    """One task's deployment of one host."""

    def __init__(self, wanted: Deploy, api: Api, context: TaskContext, host: Configured) -> None:
        self._wanted = wanted
        self._api = api
        # A poll that fails is simply repeated by the next one, so it is not repeated beneath as well.
        self._polling = Api(replace(api.settings, retries=0))
        self._context = context
        self._host = host
        self._clock = _Clock(wanted.wait_timeout, time.monotonic(), time.monotonic)
        self._started = False
        self._seen = Deployment(State.NONE)

    def run(self) -> Result:
        begun = self._clock.elapsed
        while True:
            before = self._status()
            while before.state.active:
                if self._wanted.if_running == "fail":
                    raise self._failed(
                        f"A deployment of {self._host} is running already (if_running: fail)."
                    )
                if self._wanted.if_running == "join":
                    return self._joined(before)
                if self._context.check_mode:
                    break
                before = self._until_over(before)
            if before.state is State.UNKNOWN:
                raise self._unknown("Nothing was started.")
            if self._context.check_mode:
                return self._result(changed=True)
            if self._start(before):
                break
            # Somebody was faster between our look and our request.
            self._pause(begun)
        self._show("started")
        if self._wanted.wait:
            return self._follow(before)
        seen = self._poll()
        if seen is None or not (seen.state.active or seen.is_another_than(before)):
            # What the status still shows is the deployment before this one.
            self._seen = Deployment(State.QUEUED, body=self._seen.body)
        return self._result(changed=True)

    def _start(self, before: Deployment) -> bool:
        """Start it once; False where another one is running and this one was refused for it."""
        self._started = True
        try:
            deployments.start(self._api, self._host.id, self._wanted.type)
        except StatusError as refusal:
            if refusal.status < 400 or refusal.status in _UNCLEAR or refusal.status >= 500:
                self._look_after_lost_answer(before, refusal)
                return True
            self._started = False
            if refusal.status in _TAKEN and self._status().state.active:
                return False
            raise
        except NoAnswer as lost:
            if not lost.sent:
                self._started = False
                raise
            self._look_after_lost_answer(before, lost)
        except BodyError as unclear:
            self._look_after_lost_answer(before, unclear)
        return True

    def _look_after_lost_answer(self, before: Deployment, lost: RequestError) -> None:
        """Return when the status shows that the deployment did start; it is never started again."""
        self._show(f"no clear answer to the start ({lost.outcome}); looking at the status")
        begun = self._clock.elapsed
        while self._clock.elapsed - begun < _SETTLE:
            seen = self._poll()
            if seen is not None and self._is_ours(seen, before):
                return
            self._pause(begun)
        raise self._failed(
            f"Whether the deployment of {self._host} started is not known: {lost.message} "
            f"Since then the status has shown nothing new for {_SETTLE:g} s.",
            "It was not started a second time. Look at the host in the platform, then run the task again.",
        )

    @staticmethod
    def _is_ours(seen: Deployment, before: Deployment) -> bool:
        """Whether a status shows the deployment that was started after C(before) was seen."""
        if seen.is_surely(before):
            return False
        return seen.state.active or seen.is_another_than(before)

    def _joined(self, running: Deployment) -> Result:
        if self._context.check_mode or not self._wanted.wait:
            return self._result(changed=False)
        self._show(f"joining the deployment that is {running.state.value}")
        return self._follow(None)

    def _until_over(self, before: Deployment) -> Deployment:
        """Wait until somebody else's deployment is over, however it ends."""
        self._show(f"waiting for the deployment that is {before.state.value}")
        begun = self._clock.elapsed
        seen: Deployment | None = before
        while seen is None or seen.state.active:
            self._pause(begun)
            seen = self._poll()
        return seen

    def _follow(self, before: Deployment | None) -> Result:
        """Wait for the end; C(before) is the status that our own start found, None when joining."""
        begun = self._clock.elapsed
        # Whether our own deployment was seen, be it only once.
        known = before is None
        said: tuple[State, float] | None = None
        while True:
            seen = self._poll()
            if seen is not None:
                if seen.state is State.UNKNOWN:
                    raise self._unknown("It may still be running.")
                old = before is not None and seen.is_surely(before)
                known = known or (before is not None and self._is_ours(seen, before))
                if known and seen.state.ended and not old:
                    return self._ended(seen)
                if old or not known:
                    # What a task returns is never the status of the deployment before its own.
                    self._seen = Deployment(State.QUEUED, body=seen.body)
                waited = self._clock.elapsed - begun
                if known and seen.state is State.NONE and waited > _SETTLE:
                    raise self._failed(
                        f"The deployment of {self._host} is over, but the platform does not say how it "
                        f"ended: {self._shown_body(seen)}"
                    )
                if not known and not old and seen.state.ended and waited > _SETTLE:
                    raise self._failed(
                        f"The deployment of {self._host} was started, and the status has been "
                        f"{seen.state.value} ever since, as it was before. It bears no id or time that "
                        f"would tell the one from the other: {self._shown_body(seen)}",
                        "Look at the host in the platform. With wait: false the task does not ask how "
                        "it ends.",
                    )
                state = seen.state if known and not old else State.QUEUED
                if (
                    said is None
                    or state is not said[0]
                    or self._clock.elapsed - said[1] >= _SILENCE
                ):
                    said = (state, self._clock.elapsed)
                    self._show(state.value)
            self._pause(begun)

    def _ended(self, seen: Deployment) -> Result:
        self._show(seen.state.value)
        if seen.state is State.SUCCEEDED:
            if seen.with_warnings:
                self._context.warn(
                    f"The deployment of {self._host} ended with the status {escape(seen.word)}"
                    + (f": {redact_text(seen.reason)}" if seen.reason else ".")
                )
            return self._result(changed=self._started)
        why = (
            f': "{redact_text(seen.reason)}"'
            if seen.reason
            else f"; the platform gives no reason: {self._shown_body(seen)}"
        )
        verb = "failed" if seen.state is State.FAILED else "was cancelled"
        raise self._failed(
            f"The deployment of {self._host} {verb} after {self._clock.elapsed:.0f} s{why}",
            "Its log is in the platform, on the host's page.",
        )

    def _status(self) -> Deployment:
        """The status, asked for as often as the connection's options allow."""
        self._seen = deployments.status(self._api, self._host.id, self._wanted.status_words)
        return self._seen

    def _poll(self) -> Deployment | None:
        """The status, or None when it cannot be had just now: that does not end a wait."""
        try:
            self._seen = deployments.status(self._polling, self._host.id, self._wanted.status_words)
        except StatusError as failure:
            if failure.status in (408, 429) or failure.status >= 500:
                self._show(f"status not available ({failure.status}), still waiting")
                if failure.retry_after:
                    self._sleep(min(failure.retry_after, self._api.settings.retry_max_delay))
                return None
            raise self._lost_sight(failure) from None
        except NoAnswer as failure:
            if not failure.passing:
                raise self._lost_sight(failure) from None
            self._show("status not available (no answer), still waiting")
            return None
        except ForeignBody:
            self._show("status not available (no JSON), still waiting")
            return None
        except BodyError as failure:
            raise self._lost_sight(failure) from None
        return self._seen

    def _pause(self, begun: float) -> None:
        """Short intervals at first, so that a quick deployment is seen while it runs; then the option's."""
        waited = self._clock.elapsed - begun
        self._sleep(min(self._wanted.poll_interval, max(_SHORTEST_INTERVAL, waited / 4)))

    def _sleep(self, seconds: float) -> None:
        if self._clock.left <= 0:
            raise self._failed(
                f"The deployment of {self._host} did not end within {self._clock.timeout:g} s "
                f"(wait_timeout); its last status was {self._seen.state.value}.",
                "It goes on in the platform. Wait for it with if_running: join, or raise wait_timeout.",
            )
        time.sleep(max(0.0, min(seconds, self._clock.left)))

    def _lost_sight(self, failure: RequestError) -> OperationFailed:
        return self._failed(
            f"{failure.message} The deployment of {self._host} may still be running.", failure.hint
        )

    def _unknown(self, consequence: str) -> OperationFailed:
        return self._failed(
            f"The platform gives the deployment of {self._host} the status {escape(self._seen.word)!r}, "
            f"which this collection does not know. {consequence} The answer was: "
            f"{self._shown_body(self._seen)}",
            "Say what it means with status_words, for instance "
            f'status_words: {{"{escape(self._seen.word)}": running}}, and please report it.',
        )

    def _failed(self, message: str, hint: str | None = None) -> OperationFailed:
        return OperationFailed(message, self._result(changed=self._started), hint)

    def _result(self, *, changed: bool) -> Result:
        return {
            "changed": changed,
            "id": self._host.id,
            "name": self._host.name,
            "type": self._wanted.type,
            "status": self._seen.state.value,
            "elapsed": round(self._clock.elapsed, 1),
            "deployment": redact(self._seen.body),
        }

    def _show(self, what: str) -> None:
        minutes, seconds = divmod(int(self._clock.elapsed), 60)
        name = escape(self._host.name) or f"host {self._host.id}"
        self._context.show(f"{name}: {self._wanted.type} {what} ({minutes:d}:{seconds:02d})")

    @staticmethod
    def _shown_body(seen: Deployment) -> str:
        return one_line(redact_text(str(redact(seen.body))), 300)


def run(wanted: Deploy, api: Api, context: TaskContext) -> Result:
    """Deploy one host; returns C(status), C(elapsed) and the last body as C(deployment).

    :raises OperationFailed: when the deployment failed, or was not seen to end.
    """
    if wanted.type == "fullResetDeploy" and wanted.confirm != _CONFIRMATION:
        raise SettingsError(
            "fullResetDeploy deletes from the host what its configuration no longer names.",
            f"If that is meant, say confirm: {_CONFIRMATION}, as the platform's own page asks for it.",
        )
    # Written so that NaN is refused as well.
    times = {"wait_timeout": wanted.wait_timeout, "poll_interval": wanted.poll_interval}
    for name, seconds in times.items():
        if not 0 < seconds <= _LONGEST:
            raise SettingsError(f"{name} must be more than 0 and at most {_LONGEST:g} seconds.")
    checked_words(wanted.status_words)
    host = find(api, HOSTS, wanted.target.id, wanted.target.name)
    return _Deploy(wanted, api, context, host).run()


OPERATION = Operation(
    name="turbostack_deploy",
    options=OPTIONS,
    takes=Deploy,
    run=run,
    rules=TARGET_RULES,
    means_current_host=True,
)
