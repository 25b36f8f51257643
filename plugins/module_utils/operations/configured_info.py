# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts or groups as facts, with their configuration: the body of turbostack_host_info and _group_info."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..client.api import Api
from ..client.errors import TurboStackError
from ..document.fingerprint import fingerprint
from ..document.masking import redact
from ..resources.configured import Collection, Configured
from .operation import Result, TaskContext
from .options import options
from .plain_json import plain_json
from .policy_options import SECRET_PATHS, SecretPaths
from .reading import concluded, read_each, told
from .selection import Selection, select, workers_of

CONFIGURATION_OPTIONS: dict[str, dict[str, Any]] = {
    "include_config": {"type": "bool", "default": True},
    "include_secrets": {"type": "bool", "default": False, "no_log": False},
    **SECRET_PATHS,
}


@dataclass(frozen=True)
class Shown:
    """What is to be told of a configuration."""

    include_config: bool
    include_secrets: bool
    secrets: SecretPaths = field(metadata=options(SecretPaths))


@dataclass(frozen=True)
class Further:
    """What else is told of each.

    :ivar nothing: its keys where it could not be read.
    """

    read: Callable[[Configured], Result]
    nothing: Result


@dataclass(frozen=True)
class _Seen:
    """One of the selected, as its answer told of it.

    :ivar one: without its document.
    :ivar entry: what is shown of it, but for the configuration.
    :ivar known: what is shown of that, or why it cannot be; None where it is yet to be read.
    """

    one: Configured
    entry: Result
    known: Result | TurboStackError | None


def run(
    collection: Collection,
    fields: Sequence[str],
    selection: Selection,
    shown: Shown,
    on_error: str,
    api: Api,
    context: TaskContext,
    further: Further | None = None,
    kept: Callable[[Result], Result] = lambda shown: shown,
) -> Result:
    """The selected ones under the key C(hosts) or C(groups).

    :param fields: further attributes of a C(Configured) that are shown.
    :param kept: what is kept of what is shown of a configuration, as soon as it is read: a fleet's fill the memory.
    :raises OperationFailed: with C(on_error=fail), where one could not be read.
    """
    policy = shown.secrets.policy
    # Refuses secret_paths that are none, once and before anything is asked for.
    nothing: Result = {"config": None, "fingerprint": None} if shown.include_config else {}
    if further:
        nothing.update(further.nothing)

    def configuration(one: Configured) -> Result:
        document = one.document()
        config = document if shown.include_secrets else redact(document, policy)
        mark = fingerprint(document, policy, context.seal)
        return kept({"config": plain_json(config), "fingerprint": mark})

    def seen(one: Configured) -> _Seen:
        # What one answer brought is not asked for again, and need not be kept.
        known: Result | TurboStackError | None = None
        if not shown.include_config:
            known = {}
        elif one.has_document:
            try:
                known = configuration(one)
            except TurboStackError as error:
                known = error
        return _Seen(one.without_document(), _entry(one, fields), known)

    def everything(row: _Seen) -> Result:
        known = row.known
        if isinstance(known, TurboStackError):
            raise known
        if known is None:
            # Rows of a list may come without.
            known = configuration(collection.read(api, row.one.id))
        return {**known, **further.read(row.one)} if further else known

    noun = f"{collection.kind}s"
    found = select(api, collection, selection, seen)
    if not nothing:
        return {"changed": False, noun: [row.entry for row in found]}
    outcomes = read_each(found, everything, workers_of(selection.workers))
    for row, outcome in zip(found, outcomes, strict=True):
        if isinstance(outcome, TurboStackError):
            if selection.names_one:
                raise outcome
            row.entry.update(nothing, error=told(outcome))
        else:
            row.entry.update(outcome)
    entries = [row.entry for row in found]
    return concluded(noun, entries, on_error, context, lambda entry: redact(entry, policy))


def _entry(one: Configured, fields: Sequence[str]) -> Result:
    shown: Result = plain_json(
        {
            "id": one.id,
            "name": one.name,
            "client_id": one.client_id,
            **{field: getattr(one, field) for field in fields},
            "error": None,
        }
    )
    return shown
