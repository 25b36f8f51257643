# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role fleet_report: read the fleet, make its page, put it in place."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files.placing import place
from ...module_utils.operations import client_info, deploy_info, host_info
from ...module_utils.operations.operation import Operation, Result, TaskContext
from ...module_utils.operations.selection import WORKERS
from ...module_utils.text.escaping import escape
from ...module_utils.validation.releases import end_of_life
from .fleet import Fleet, read_fleet
from .hosts import of_config
from .of_clients import chosen, hosts_of
from .own_table import read_table
from .page import Assets, page
from .thresholds import read_thresholds

OPTIONS: dict[str, dict[str, Any]] = {
    "assets": {"type": "path", "required": True},
    "path": {"type": "path", "default": "fleet.html"},
    "mode": {"type": "str", "default": "0644"},
    "title": {"type": "str", "default": "TurboStack fleet"},
    "clients": {"type": "list", "elements": "str", "default": []},
    "thresholds": {"type": "dict", "default": {}},
    "end_of_life_file": {"type": "path"},
    "end_of_life_soon_days": {"type": "int", "default": 180},
    "drift_file": {"type": "path"},
    "deployments": {"type": "bool", "default": False},
    **WORKERS,
}


@dataclass(frozen=True)
class FleetReport:
    """What the page shows, and where it goes.

    :ivar assets: the folder of the role.
    :ivar mode: the permissions of the page, as an octal number.
    :ivar clients: for whom the page is, by id or name; empty for all that the token may see.
    """

    assets: str
    path: str
    mode: str
    title: str
    clients: tuple[str, ...]
    thresholds: Mapping[str, Any]
    end_of_life_file: str | None
    end_of_life_soon_days: int
    drift_file: str | None
    deployments: bool
    workers: int


def run(wanted: FleetReport, api: Api, context: TaskContext) -> Result:
    """The numbers of the page under C(summary), and where it is.

    :raises SettingsError: for a table or a comparison that is none, thresholds that make no sense, and a file
        that cannot be read or written.
    """
    path, mode, assets = (
        os.path.realpath(wanted.path),
        _permissions(wanted.mode),
        Assets(Path(wanted.assets)),
    )
    if not os.path.isdir(os.path.dirname(path)):
        raise SettingsError(f"There is no folder {escape(os.path.dirname(path))} for the page.")
    previous = _text(path) if os.path.exists(path) else ""
    now = datetime.datetime.now(datetime.timezone.utc)
    fleet = _fleet(wanted, assets, now.date(), api, context)
    content = page(fleet, now, assets, previous)
    changed = content != previous or _mode_of(path) != mode
    if changed and not context.check_mode:
        _put(path, content, mode)
    return {"changed": changed, "summary": {**fleet.summary(), "path": path, "changed": changed}}


def _fleet(
    wanted: FleetReport, assets: Assets, today: datetime.date, api: Api, context: TaskContext
) -> Fleet:
    # What the user gave comes first: it is known to be wrong before anything is asked for.
    soon = wanted.end_of_life_soon_days
    if wanted.end_of_life_file:
        file = os.path.realpath(wanted.end_of_life_file)
        table = read_table(_text(file), escape(file), today, soon)
    else:
        table = end_of_life(today, soon)
    thresholds = read_thresholds(wanted.thresholds)
    drift = _comparison(os.path.realpath(wanted.drift_file)) if wanted.drift_file else None

    def answer(operation: Operation[Any], **options: Any) -> Result:
        defaults = {name: one.get("default") for name, one in operation.options.items()}
        asked = {**defaults, "workers": wanted.workers, **options}
        return operation.run(operation.given(asked), api, context)

    def kept(shown: Result) -> Result:
        return of_config(shown["config"], table)

    # Each as soon as it is read: the configurations of a fleet would fill the memory.
    hosts = replace(host_info.OPERATION, run=partial(host_info.run, kept=kept))
    clients = answer(client_info.OPERATION)["clients"]
    if wanted.clients:
        clients = chosen(wanted.clients, clients)

    def each(operation: Operation[Any], key: str, **options: Any) -> list[Any]:
        """What an operation tells of the hosts of the page."""
        if not wanted.clients:
            return list(answer(operation, name_pattern="*", **options)[key])
        return [
            one
            for client in clients
            for one in hosts_of(client, answer(operation, client_id=client["id"], **options)[key])
        ]

    return read_fleet(
        each(hosts, "hosts"),
        clients,
        table=table,
        thresholds=thresholds,
        title=wanted.title,
        drift=drift,
        deployments=(
            each(deploy_info.OPERATION, "deployments", include_sync=True)
            if wanted.deployments
            else None
        ),
        for_clients=bool(wanted.clients),
    )


def _comparison(path: str) -> Any:
    try:
        return json.loads(_text(path))
    except ValueError as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "its text"
        raise SettingsError(
            f"{escape(path)} is not JSON: see {where}.",
            "Give the JSON file that the role drift writes.",
        ) from None


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig", "surrogateescape")
    except OSError as error:
        raise SettingsError(f"{escape(path)} cannot be read: {error.strerror}.") from None


def _permissions(text: str) -> int:
    try:
        mode = int(text, 8)
    except ValueError:
        mode = -1
    if not 0 <= mode <= 0o777:
        raise SettingsError(f"This is no mode of a file: {escape(text)}.", "Write it as in: 0644")
    return mode


def _mode_of(path: str) -> int | None:
    return os.stat(path).st_mode & 0o777 if os.path.exists(path) else None


def _put(path: str, content: str, mode: int) -> None:
    try:
        place(path, content.encode("utf-8", "surrogateescape"), mode=mode)
    except OSError as error:
        raise SettingsError(
            f"The page cannot be written to {escape(path)}: {error.strerror}."
        ) from None


OPERATION = Operation(name="_fleet_report", options=OPTIONS, takes=FleetReport, run=run)
