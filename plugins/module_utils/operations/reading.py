# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading many things at once, each with an outcome of its own: a value, or an error that is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from ..client.errors import BodyError, NoAnswer, StatusError, TurboStackError
from ..document.errors import PlanError
from ..document.masking import redact_text
from ..resources.json_field import UnreadableDocument
from ..text.escaping import escape
from .operation import OperationFailed, Result, TaskContext

REPORT, FAIL = "report", "fail"

ON_ERROR: dict[str, dict[str, Any]] = {
    "on_error": {"type": "str", "choices": [REPORT, FAIL], "default": REPORT},
}

# The token, the rate limit, maintenance: the next host would fare no better.
_OF_THE_WHOLE_PLATFORM = (401, 429, 503)
_NAMED = 5
#: What says something about what one host holds, and nothing about the platform.
OF_ITS_DOCUMENT = (UnreadableDocument, PlanError, BodyError)

One = TypeVar("One")
Got = TypeVar("Got")


def read_each(
    every: Sequence[One], read: Callable[[One], Got], workers: int
) -> list[Got | TurboStackError]:
    """What C(read) brought for each, in their order: its result, or the error that is this one's own.

    :raises TurboStackError: for a failure that all would share; what is not under way by then is not read.
    """

    shared: list[TurboStackError] = []

    def outcome(one: One) -> Got | TurboStackError:
        if shared:
            raise shared[0]
        try:
            return read(one)
        except TurboStackError as error:
            if is_of_the_whole_platform(error):
                shared.append(error)
                raise
            return error

    if workers <= 1 or len(every) <= 1:
        return [outcome(one) for one in every]
    with ThreadPoolExecutor(min(workers, len(every))) as pool:
        return list(pool.map(outcome, every))


def is_of_the_whole_platform(error: TurboStackError) -> bool:
    """Whether a failure says something about the platform or the token rather than about one host."""
    if isinstance(error, StatusError):
        return error.status in _OF_THE_WHOLE_PLATFORM
    return isinstance(error, NoAnswer) and not error.sent


def told(error: TurboStackError) -> dict[str, Any]:
    """An error as an entry of a result holds it: C(msg) for people, the rest for conditions."""
    details = {"msg": str(error), **error.details()}
    return {
        key: escape(redact_text(value)) if isinstance(value, str) else value
        for key, value in details.items()
    }


def concluded(
    noun: str,
    entries: list[Result],
    on_error: str,
    context: TaskContext,
    masked: Callable[[Result], Result] = lambda entry: entry,
) -> Result:
    """The task's result out of its entries, of which some may hold an C(error).

    :param noun: what the entries are, in the plural; the result's key.
    :param masked: an entry as a failed task may show it.
    :raises OperationFailed: with C(on_error=fail), where one could not be read.
    """
    failed = [entry for entry in entries if entry["error"]]
    if failed:
        text = f"{len(failed)} of {len(entries)} could not be read: {_listed(failed)}"
        if on_error == FAIL:
            raise OperationFailed(
                text,
                {"changed": False, noun: [masked(entry) for entry in entries]},
                f"Each entry of {noun} that could not be read holds its error.",
            )
        context.warn(f"{text} Each entry of {noun} that could not be read holds its error.")
    return {"changed": False, noun: entries}


def _listed(failed: Iterable[Result]) -> str:
    entries = list(failed)
    shown = [
        f"{escape(str(entry['name'])) if entry['name'] else 'id'} {entry['id']}: {entry['error']['msg']}"
        for entry in entries[:_NAMED]
    ]
    if len(entries) > _NAMED:
        shown.append(f"and {len(entries) - _NAMED} more.")
    return " ".join(shown)
