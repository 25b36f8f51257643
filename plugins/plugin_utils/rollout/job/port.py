# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The I/O of one host: what its machine asks for is carried out here, and becomes an event."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ....module_utils.answers.deployment_status import Deployment, State
from ....module_utils.client.api import Api, Late
from ....module_utils.client.errors import (
    BodyError,
    ForeignBody,
    NoAnswer,
    RequestError,
    SettingsError,
    StatusError,
    TurboStackError,
)
from ....module_utils.client.repetition import Repeat, may_repeat
from ....module_utils.document.equality import platform_equal
from ....module_utils.document.fingerprint import fingerprint
from ....module_utils.document.masking import find_secrets, redact_text
from ....module_utils.document.place import Place
from ....module_utils.document.policy import REPLACED, Policy
from ....module_utils.plan.engine import Plan, plan
from ....module_utils.plan.origins import NOWHERE, Origins
from ....module_utils.plan.verification import verify
from ....module_utils.resources import deployments
from ....module_utils.resources.configured import HOSTS, Configured
from ....module_utils.resources.json_field import UnreadableDocument
from ....module_utils.validation.doubts import Validation
from ....module_utils.validation.findings import Finding
from ...monitoring.monitoring import read_monitoring
from ..ownership.planning import Ownership, OwningPlan, owning_plan
from ..ownership.record import HostRecord
from .effect import Receipt
from .events import (
    AskPages,
    Begun,
    Command,
    Event,
    HostRead,
    MaybeBegun,
    NotBegun,
    NotKept,
    NotRead,
    NotStored,
    PagesAsked,
    ReadHost,
    ReadStatus,
    Start,
    StatusRead,
    Stopped,
    Stored,
    Unclear,
    Write,
)
from .host_state import HostState
from .journal import Journal
from .pages_asking import Expected, ask
from .record import Record
from .tale import Outcome

# Refusals after which the work may have been done all the same, beside every 3xx and 5xx.
_UNCLEAR = (408,)
_PASSING = (408, 429)
# How long a read replica may lag behind the write that it is asked about: seconds before each look.
_LATE = (
    "The write had to wait for the platform's rate limit, and after that what is stored was not known to be what it "
    "was made for any more."
)
_PATIENCE = (0.0, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True)
class Wanted:
    """What a host is to become.

    :ivar state: C(merged), C(replaced) or C(deleted), as a task of turbostack_host has it.
    :ivar origins: which file says what of it.
    :ivar ownership: what of the host is the repository's; None where nothing goes because no file names it any more.
    """

    config: dict[str, Any] = field(repr=False)
    state: str
    policy: Policy
    validation: Validation
    origins: Origins = field(default=NOWHERE, repr=False)
    ownership: Ownership | None = field(default=None, repr=False)

    def over(self, document: dict[str, Any]) -> Plan:
        """What is to be done to a host that holds a configuration.

        :raises PlanError: for what is ambiguous, cannot be stored, or would lose what is there by accident.
        """
        if self.ownership is not None:
            return owning_plan(document, self.config, self.policy, self.origins, self.ownership)
        return plan(document, self.config, self.state, self.policy)

    def doubts(self, document: dict[str, Any], made: Plan) -> list[Finding]:
        """What is doubtful about that, beside what the host holds."""
        return self.validation.findings(
            self.config, document, self.state, self.policy, made, self.origins
        )

    def about(self, found: Sequence[tuple[Place, Finding]]) -> list[Finding]:
        """What is doubtful beside other hosts, without what nothing is to be said about."""
        return self.validation.admitted(found, self.origins)

    def stored_in(self, host: Configured) -> dict[str, Any]:
        """The configuration that a host holds; an empty one where what is there is none and is to be replaced.

        :raises UnreadableDocument: where it is not to be replaced.
        """
        try:
            return host.document()
        except UnreadableDocument:
            if self.state != REPLACED:
                raise
            return {}


@dataclass
class HostPort:
    """What can be done to one host.

    :ivar api: repeats what may be repeated; C(once) repeats nothing.
    :ivar words: further words of the platform for the status of a deployment.
    :ivar pages_of: where the vhosts of a configuration should answer, and those that cannot be asked.
    :ivar censor: told of secrets as soon as they are known.
    :ivar host_record: where it is kept what of the host is the repository's; None where it is not.
    """

    api: Api
    once: Api
    id: int
    wanted: Wanted
    journal: Journal
    words: Mapping[str, str]
    expected: Expected
    pages_of: Callable[[dict[str, Any]], tuple[tuple[str, ...], tuple[str, ...]]]
    censor: Callable[[set[str]], None]
    kept: Record | None = None
    host_record: HostRecord | None = None

    def carry_out(self, command: Command, state: HostState) -> Event:
        """Write down where the host stands, then do what is asked for.

        :raises RequestError: never; what fails is an event.
        """
        if isinstance(command, ReadStatus):
            api = self.api if command.patient else self.once
            done: Callable[[], Event] = partial(self._status, api)
        elif isinstance(command, ReadHost):
            done = self._host
        elif isinstance(command, Write):
            done = partial(self._write, command)
        elif isinstance(command, Start):
            done = partial(self._start, command.type)
        elif isinstance(command, AskPages):
            done = partial(self._asked, command.urls)
        else:
            return self._stop(state)
        try:
            self._keep(state.record)
        except SettingsError as error:
            return NotKept(str(error))
        return done()

    def _asked(self, urls: Sequence[str]) -> Event:
        return PagesAsked(ask(urls, self.expected))

    def _keep(self, record: Record | None) -> None:
        if record is None or record is self.kept:
            return
        anew = self.kept is None or self.kept.previous is not record.previous
        self.journal.keep(record, anew=anew)
        self.kept = record

    def _stop(self, state: HostState) -> Event:
        try:
            if state.record is not None:
                return Stopped()
            # The journal goes last: until then it knows what was applied.
            if self.host_record is not None and state.applied is not None:
                self.host_record.keep(self.api.settings.platform, state.applied)
            backup = self.journal.put_away()
            if state.outcome is Outcome.DONE and not state.tale.edit:
                self._note(state)
        except SettingsError as error:
            return NotKept(str(error))
        return Stopped(backup)

    def _note(self, state: HostState) -> None:
        if state.host is None:
            return
        touched = state.host.touched
        known = "" if touched else fingerprint(state.host.document)
        self.journal.note(Receipt(touched, known, state.ended))

    # What is there

    def _status(self, api: Api) -> Event:
        try:
            return StatusRead(deployments.status(api, self.id, self.words))
        except RequestError as failure:
            return NotRead(_said(failure), _passes(failure))
        except TurboStackError as failure:
            return NotRead(str(failure), False)

    def _host(self) -> Event:
        try:
            host = HOSTS.read(self.api, self.id)
            document = self.wanted.stored_in(host)
            self.censor(find_secrets(document, self.wanted.policy))
            planned = self.wanted.over(document)
        except RequestError as failure:
            return NotRead(_said(failure), _passes(failure))
        except TurboStackError as failure:
            return NotRead(redact_text(str(failure)), False)
        urls, skipped = self.pages_of(document)
        return HostRead(
            document,
            planned,
            read_monitoring(host.monitoring),
            urls,
            skipped,
            str(host.row.get("updated_at") or ""),
            planned.owned if isinstance(planned, OwningPlan) else None,
        )

    # What is done

    def _write(self, command: Write) -> Event:
        """Storing the same twice is the same as once: it is sent again where that may help and nobody else wrote."""
        attempt = 0
        in_time = self.api.in_time()
        while True:
            try:
                HOSTS.save(in_time, self.id, command.document)
                return self._verified(command)
            except Late:
                if (found := self._met(command, _LATE)) is not None:
                    # Where nothing was sent before either, nothing can have been stored.
                    sure = isinstance(found, Unclear) and not attempt
                    return NotStored(_LATE) if sure else found
            except (NoAnswer, StatusError) as failure:
                attempt += 1
                clear = (
                    isinstance(failure, StatusError)
                    and 400 <= failure.status < 500
                    and failure.status not in _UNCLEAR
                )
                again = may_repeat(failure, Repeat.IDEMPOTENT)
                if clear and not again:
                    return NotStored(_said(failure), refused=True)
                if not again or attempt > self.api.settings.retries:
                    return self._ascertained(command, _said(failure))
                self.api.pause_before(attempt, failure)
                if (found := self._met(command, _said(failure))) is not None:
                    return found
            except BodyError as failure:
                return self._ascertained(command, _said(failure))
            except TurboStackError as failure:
                return NotStored(redact_text(str(failure)))

    def _met(self, command: Write, why: str) -> Event | None:
        """What a write came to before it is sent again; None where all is as it was."""
        try:
            document = self.wanted.stored_in(HOSTS.read(self.api, self.id))
        except TurboStackError:
            return Unclear(why)
        if verify(command.document, document, self.wanted.policy).holds:
            return Stored()
        return None if platform_equal(document, command.over) else Unclear(why)

    def _verified(self, command: Write) -> Event:
        mismatches: tuple[str, ...] = ()
        for pause in _PATIENCE:
            time.sleep(pause)
            try:
                document = HOSTS.read(self.api, self.id).document()
            except TurboStackError as failure:
                return Unclear(
                    f"The configuration was stored, but could not be read back: {redact_text(failure.message)}"
                )
            found = verify(command.document, document, self.wanted.policy)
            if found.holds:
                return Stored()
            mismatches = found.mismatches
        return Unclear(
            "The configuration was sent, but what the platform holds now differs from it at: "
            f"{', '.join(mismatches)}. Either the platform refused these values silently, or somebody else wrote "
            "at the same moment."
        )

    def _ascertained(self, command: Write, why: str) -> Event:
        """A write without a clear answer: what the platform holds now tells what became of it."""
        untouched = False
        for pause in _PATIENCE:
            time.sleep(pause)
            try:
                document = HOSTS.read(self.api, self.id).document()
            except TurboStackError:
                return Unclear(f"{why} Whether the configuration was stored is not known.")
            if verify(command.document, document, self.wanted.policy).holds:
                return Stored()
            untouched = platform_equal(document, command.over)
        if untouched:
            return NotStored(f"{why} The configuration is still what it was before.")
        return Unclear(f"{why} Whether the configuration was stored is not known.")

    def _start(self, kind: str) -> Event:
        try:
            deployments.start(self.api, self.id, kind)
        except StatusError as failure:
            if not 400 <= failure.status < 500 or failure.status in _UNCLEAR:
                return MaybeBegun(_said(failure))
            return NotBegun(_said(failure))
        except NoAnswer as failure:
            return MaybeBegun(_said(failure)) if failure.sent else NotBegun(_said(failure))
        except BodyError as failure:
            return MaybeBegun(_said(failure))
        except TurboStackError as failure:
            return NotBegun(redact_text(str(failure)))
        return Begun()


def latest_of(api: Api, host: int, words: Mapping[str, str]) -> Deployment:
    """The latest deployment of a host; unknown where it cannot be told just now.

    :raises StatusError: for a refusal that concerns the whole platform.
    """
    try:
        return deployments.status(api, host, words)
    except BodyError:
        return Deployment(State.UNKNOWN)


def _passes(failure: RequestError) -> bool:
    """Whether the same request may fare better in a moment."""
    if isinstance(failure, StatusError):
        return failure.status in _PASSING or failure.status >= 500
    if isinstance(failure, NoAnswer):
        return failure.passing
    return isinstance(failure, ForeignBody)


def _said(failure: RequestError) -> str:
    return redact_text(str(failure))
