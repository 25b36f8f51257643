# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role preflight: whether what the fleet holds can get its certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError, TurboStackError
from ...module_utils.operations.operation import Operation, OperationFailed, Result, TaskContext
from ...module_utils.operations.options import options
from ...module_utils.operations.policy_options import SECRET_PATHS, SecretPaths
from ...module_utils.operations.reading import OF_ITS_DOCUMENT, read_each
from ...module_utils.operations.selection import WORKERS, workers_of
from ...module_utils.resources.configured import HOSTS, Configured
from ...module_utils.text.escaping import escape
from .judging import Finding
from .names import names_in
from .preflight import (
    LOOKUPS,
    Lookups,
    Target,
    addresses_in_credentials,
    preflight,
)

FAIL, WARN = "fail", "warn"

OPTIONS: dict[str, dict[str, Any]] = {
    "hosts": {"type": "list", "elements": "str", "default": ["*"]},
    "level": {"type": "str", "choices": [FAIL, WARN], "default": FAIL},
    **LOOKUPS,
    **SECRET_PATHS,
    **WORKERS,
}

_NAMED = 20


@dataclass(frozen=True)
class Preflight:
    """Whose names are looked up, and what becomes of what is found.

    :ivar hosts: patterns of names.
    """

    hosts: tuple[str, ...]
    level: str
    lookups: Lookups = field(metadata=options(Lookups))
    known: SecretPaths = field(metadata=options(SecretPaths))
    workers: int


def run(wanted: Preflight, api: Api, context: TaskContext) -> Result:
    """What stands in the way of certificates, host by host.

    :raises SettingsError: for a pattern that matches no host.
    :raises OperationFailed: where something does for certain, with C(level=fail).
    """
    wanted.lookups.asking()
    rows = _meant(wanted, HOSTS.read_all(api, workers=workers_of(wanted.workers)))
    targets, unread = _targets(wanted, rows, api)
    found = preflight(targets, wanted.lookups, lambda number: addresses_in_credentials(api, number))
    hosts = [_shown(target, found[target.id]) for target in targets if target.id in found]
    result: Result = {
        "changed": False,
        "hosts": hosts,
        "unread": [escape(reason) for reason in unread],
        "counts": {
            "hosts": len(targets),
            "names": sum(len(set(target.names)) for target in targets),
            "obstacles": _count(found, doubts=False),
            "doubts": _count(found, doubts=True),
        },
    }
    if unread:
        context.warn(f"{len(unread)} hosts could not be looked at. {' '.join(unread[:_NAMED])}")
    _conclude(wanted, targets, found, result, context)
    return result


def _meant(wanted: Preflight, rows: Sequence[Configured]) -> list[Configured]:
    """The hosts that a pattern matches."""
    for pattern in wanted.hosts:
        if not any(fnmatchcase(row.name, pattern) for row in rows):
            raise SettingsError(
                f"No host that the token may see has a name like {escape(pattern)}.",
                "Nothing was looked up. Is a name mistyped?",
            )
    return [row for row in rows if any(fnmatchcase(row.name, one) for one in wanted.hosts)]


def _targets(
    wanted: Preflight, rows: Sequence[Configured], api: Api
) -> tuple[list[Target], list[str]]:
    """The hosts with their names, and why others have none that could be read."""

    def names(row: Configured) -> Result:
        document = HOSTS.complete(api, row).document()
        return {"names": tuple(names_in(document, wanted.known.policy))}

    targets, unread = [], []
    for row, found in zip(rows, read_each(rows, names, workers_of(wanted.workers)), strict=True):
        if not isinstance(found, TurboStackError):
            targets.append(Target(row.id, row.name, found["names"]))
        elif isinstance(found, OF_ITS_DOCUMENT):
            unread.append(found.message)
        else:
            raise found
    return targets, unread


def _conclude(
    wanted: Preflight,
    targets: Sequence[Target],
    found: Mapping[int, Sequence[Finding]],
    result: Result,
    context: TaskContext,
) -> None:
    every = [
        (finding, f"{escape(target.name)}: {escape(str(finding))}")
        for target in targets
        for finding in found.get(target.id, ())
    ]
    certain = [text for finding, text in every if not finding.is_doubt]
    doubtful = [text for finding, text in every if finding.is_doubt]
    if doubtful:
        context.warn(f"It cannot be told whether these names are fit: {_listed(doubtful)}")
    if not certain:
        return
    text = f"These names would get no certificate from Let's Encrypt: {_listed(certain)}"
    if wanted.level == FAIL:
        raise OperationFailed(text, result)
    context.warn(text)


def _shown(target: Target, findings: Sequence[Finding]) -> dict[str, Any]:
    shown = [
        {key: escape(said) if isinstance(said, str) else said for key, said in one.shown().items()}
        for one in findings
    ]
    return {"id": target.id, "name": escape(target.name), "findings": shown}


def _count(found: Mapping[int, Sequence[Finding]], doubts: bool) -> int:
    return sum(one.is_doubt is doubts for findings in found.values() for one in findings)


def _listed(texts: Sequence[str]) -> str:
    more = f"\n- and {len(texts) - _NAMED} more" if len(texts) > _NAMED else ""
    return "".join(f"\n- {text}" for text in texts[:_NAMED]) + more


OPERATION = Operation(name="_preflight", options=OPTIONS, takes=Preflight, run=run)
