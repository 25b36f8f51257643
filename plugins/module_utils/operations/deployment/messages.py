# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of a deployment: a line for each state it comes to, and how a task that failed explains itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...answers.deployment_status import Deployment
from ...document.masking import redact, redact_text
from ...resources.configured import Configured
from ...text.escaping import escape, one_line
from . import machine
from .states import End, Note, Position, What

_LONGEST = 300

_LINES = {
    What.WAITING: "waiting for the deployment that is {}",
    What.JOINING: "joining the deployment that is {}",
    What.STARTED: "started",
    What.SEARCHING: "no clear answer to the start ({}); looking at the status",
    What.STATE: "{}",
    What.MISSED: "status not available ({}), still waiting",
    What.SUPERSEDED: "another deployment took its place in the status and is {}; waiting for that one",
}


@dataclass(frozen=True)
class Account:
    """What a task has to tell of.

    :ivar elapsed: seconds that it took.
    :ivar timeout: seconds that it was to wait at most.
    :ivar lost: what the start was answered with, where that left open whether it had an effect.
    """

    host: Configured
    type: str
    at: Position
    elapsed: float
    timeout: float
    lost: str = ""


@dataclass(frozen=True)
class Failure:
    """Why a task failed, and what to do next."""

    message: str
    hint: str | None = None


def line(host: Configured, deploy_type: str, note: Note, elapsed: float) -> str:
    """A line of progress, fit for a terminal."""
    minutes, seconds = divmod(int(elapsed), 60)
    name = escape(host.name) or f"host {host.id}"
    what = _LINES[note.what].format(note.detail)
    return f"{name}: {deploy_type} {what} ({minutes:d}:{seconds:02d})"


def warning(account: Account) -> str | None:
    """What is to be known of a deployment that succeeded."""
    shown, host = account.at.shown, account.host
    if shown.with_warnings:
        return f"The deployment of {host} ended with the status {escape(shown.word)}" + (
            f": {redact_text(shown.reason)}" if shown.reason else "."
        )
    if account.at.superseded:
        return (
            f"Another deployment of {host} took the place of the one that was waited for before its end was "
            "seen. The other one, which began later, succeeded."
        )
    return None


def failure(end: End, account: Account) -> Failure | None:
    """Why this end fails the task; None where it does not."""
    explain = _FAILURES.get(end)
    return explain(account) if explain else None


def _failed(account: Account) -> Failure:
    return _ended_badly(account, "failed")


def _cancelled(account: Account) -> Failure:
    return _ended_badly(account, "was cancelled")


def _ended_badly(account: Account, verb: str) -> Failure:
    shown, host = account.at.shown, account.host
    why = (
        f': "{redact_text(shown.reason)}"'
        if shown.reason
        else f"; the platform gives no reason: {_body(shown)}"
    )
    whose = f"The deployment of {host}"
    if account.at.superseded:
        whose = f"A deployment of {host} that began after the one that was waited for"
    return Failure(
        f"{whose} {verb} after {account.elapsed:.0f} s{why}",
        "Its log is in the platform, on the host's page.",
    )


def _running_already(account: Account) -> Failure:
    return Failure(f"A deployment of {account.host} is running already (if_running: fail).")


def _unknown_before(account: Account) -> Failure:
    return _unknown_status(account, "Nothing was started.")


def _unknown(account: Account) -> Failure:
    return _unknown_status(account, "It may still be running.")


def _unknown_status(account: Account, consequence: str) -> Failure:
    word = escape(account.at.shown.word)
    return Failure(
        f"The platform gives the deployment of {account.host} the status {word!r}, which this collection does "
        f"not know. {consequence} The answer was: {_body(account.at.shown)}",
        f'Say what it means with status_words, for instance status_words: {{"{word}": running}}, and please '
        "report it.",
    )


def _not_found(account: Account) -> Failure:
    return Failure(
        f"Whether the deployment of {account.host} started is not known: {account.lost} Since then the status "
        f"has shown nothing new for {machine.SETTLE:g} s.",
        "It was not started a second time. Look at the host in the platform, then run the task again.",
    )


def _not_told(account: Account) -> Failure:
    return Failure(
        f"The deployment of {account.host} is over, but the platform does not say how it ended: "
        f"{_body(account.at.shown)}"
    )


def _not_told_apart(account: Account) -> Failure:
    was = account.at.before.state.value
    return Failure(
        f"The deployment of {account.host} was started, and the status has been {was} ever since, as it was "
        "before. It bears no id or time that would tell the one from the other: "
        f"{_body(account.at.shown)}",
        "Look at the host in the platform. With wait: false the task does not ask how it ends.",
    )


def _too_late(account: Account) -> Failure:
    return Failure(
        f"Other deployments of {account.host} took all of the {account.timeout:g} s that the task may wait "
        "(wait_timeout). Nothing was started.",
        "Run the task again, or raise wait_timeout.",
    )


def _timed_out(account: Account) -> Failure:
    return Failure(
        f"The deployment of {account.host} did not end within {account.timeout:g} s (wait_timeout); its last "
        f"status was {account.at.shown.state.value}.",
        "It goes on in the platform. Wait for it with if_running: join, or raise wait_timeout.",
    )


_FAILURES: dict[End, Callable[[Account], Failure]] = {
    End.FAILED: _failed,
    End.CANCELLED: _cancelled,
    End.RUNNING_ALREADY: _running_already,
    End.UNKNOWN_BEFORE: _unknown_before,
    End.UNKNOWN: _unknown,
    End.NOT_FOUND: _not_found,
    End.NOT_TOLD: _not_told,
    End.NOT_TOLD_APART: _not_told_apart,
    End.TOO_LATE: _too_late,
    End.TIMED_OUT: _timed_out,
}


def _body(shown: Deployment) -> str:
    return one_line(redact_text(str(redact(shown.body))), _LONGEST)
