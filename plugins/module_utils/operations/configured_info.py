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


def run(
    collection: Collection,
    fields: Sequence[str],
    selection: Selection,
    shown: Shown,
    on_error: str,
    api: Api,
    context: TaskContext,
    further: Further | None = None,
) -> Result:
    """The selected ones under the key C(hosts) or C(groups).

    :param fields: further attributes of a C(Configured) that are shown.
    :raises OperationFailed: with C(on_error=fail), where one could not be read.
    """
    policy = shown.secrets.policy
    # Refuses secret_paths that are none, once and before anything is asked for.
    found = select(api, collection, selection)
    noun = f"{collection.kind}s"
    entries = [_entry(one, fields) for one in found]
    nothing: Result = {"config": None, "fingerprint": None} if shown.include_config else {}
    if further:
        nothing.update(further.nothing)
    if not nothing:
        return {"changed": False, noun: entries}

    def configuration(one: Configured) -> Result:
        # What one answer brought is not asked for again; rows of a list may come without.
        document = (one if one.has_document else collection.read(api, one.id)).document()
        config = document if shown.include_secrets else redact(document, policy)
        return {
            "config": plain_json(config),
            "fingerprint": fingerprint(document, policy, context.seal),
        }

    def everything(one: Configured) -> Result:
        known = configuration(one) if shown.include_config else {}
        return {**known, **further.read(one)} if further else known

    outcomes = read_each(found, everything, workers_of(selection.workers))
    for entry, outcome in zip(entries, outcomes, strict=True):
        if isinstance(outcome, TurboStackError):
            if selection.names_one:
                raise outcome
            entry.update(nothing, error=told(outcome))
        else:
            entry.update(outcome)
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
