# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request for each of many hosts: the body of turbostack_deploy_info and turbostack_credentials_info."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..client.api import Api
from ..client.errors import TurboStackError
from ..resources.configured import HOSTS, Configured
from .operation import Result, TaskContext
from .plain_json import plain_json
from .reading import concluded, read_each, told
from .selection import Selection, select, workers_of


@dataclass(frozen=True)
class Host:
    """Which host an entry is about.

    :ivar name: None where the task gave the id alone: to learn the name would take one more request.
    :ivar row: what the list said of it, but for the configuration; None as for the name.
    """

    id: int
    name: str | None
    row: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Question:
    """What is asked of each host.

    :ivar noun: the result's key.
    :ivar read: takes the API and a host; returns an entry's own keys.
    :ivar nothing: those keys where the host could not be read.
    :ivar masked: an entry as a failed task may show it.
    """

    noun: str
    read: Callable[[Api, Host], Result]
    nothing: Result
    masked: Callable[[Result], Result] = lambda entry: entry


def ask(
    question: Question, selection: Selection, on_error: str, api: Api, context: TaskContext
) -> Result:
    """The answers of the selected hosts, each an entry with C(id), C(name) and C(error).

    :raises OperationFailed: with C(on_error=fail), where one could not be read.
    """
    hosts = _selected(api, selection)
    outcomes = read_each(
        hosts, lambda host: question.read(api, host), workers_of(selection.workers)
    )
    entries: list[Result] = []
    for host, outcome in zip(hosts, outcomes, strict=True):
        entry: Result = {"id": host.id, "name": host.name}
        if isinstance(outcome, TurboStackError):
            if selection.names_one:
                raise outcome
            entry.update(question.nothing, error=told(outcome))
        else:
            entry.update(outcome, error=None)
        entries.append(plain_json(entry))
    return concluded(question.noun, entries, on_error, context, question.masked)


def _selected(api: Api, selection: Selection) -> list[Host]:
    if selection.id is not None:
        return [Host(selection.id, None)]

    def host(one: Configured) -> Host:
        return Host(one.id, one.name, one.without_document().row)

    return select(api, HOSTS, selection, host)
