# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rulebook says of a source: its arguments, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils.client.errors import SettingsError
from ...module_utils.client.settings import CONNECTION_ARGUMENTS, Settings
from ...module_utils.operations.selection import workers_of
from ...module_utils.operations.status_words import checked_words
from ...module_utils.text.escaping import escape
from ..fleet_report.thresholds import Threshold, read_thresholds

_WATCHING = ("interval", "clients", "name_pattern")
DEPLOYMENTS = (*_WATCHING, "workers", "status_words")
MONITORING = (*_WATCHING, "thresholds", "margin")


@dataclass(frozen=True)
class Watching:
    """What every source takes.

    :ivar interval: seconds from the end of a look to the next one.
    :ivar clients: only the hosts of these; of all, where there are none.
    :ivar name_pattern: only hosts whose names fit this pattern of a shell.
    """

    settings: Settings
    interval: float
    clients: tuple[int, ...]
    name_pattern: str | None


@dataclass(frozen=True)
class DeploymentOptions:
    watching: Watching
    workers: int
    status_words: Mapping[str, str]


@dataclass(frozen=True)
class MonitoringOptions:
    watching: Watching
    thresholds: Mapping[str, Threshold]
    margin: float


def deployment_options(args: Mapping[str, Any]) -> DeploymentOptions:
    """:raises SettingsError: for what a source of deployments does not take."""
    watching = _watching(args, DEPLOYMENTS)
    words = _said(args, "status_words", {})
    if not isinstance(words, Mapping):
        raise SettingsError("status_words is no map of words.")
    return DeploymentOptions(watching, workers_of(_whole(args, "workers", 4)), checked_words(words))


def monitoring_options(args: Mapping[str, Any]) -> MonitoringOptions:
    """:raises SettingsError: for what a source of monitoring does not take."""
    watching = _watching(args, MONITORING)
    margin = _number(args, "margin", 5)
    if not 0 <= margin < 100:
        raise SettingsError(f"margin is from 0 to less than 100 percent, not {margin:g}.")
    return MonitoringOptions(watching, read_thresholds(_said(args, "thresholds", {})), margin)


def _watching(args: Mapping[str, Any], known: tuple[str, ...]) -> Watching:
    if unknown := sorted(str(name) for name in args if name not in (*known, *CONNECTION_ARGUMENTS)):
        raise SettingsError(
            f"The source has no argument {', '.join(escape(name) for name in unknown)}.",
            f"It has {', '.join((*known, *CONNECTION_ARGUMENTS))}.",
        )
    interval = _number(args, "interval", 60)
    if interval <= 0:
        raise SettingsError(f"interval is more than 0 seconds, not {interval:g}.")
    clients = _said(args, "clients", [])
    if not isinstance(clients, (list, tuple)):
        clients = [clients]
    return Watching(
        Settings.resolve(args),
        interval,
        tuple(_integer("clients", client) for client in clients),
        _said(args, "name_pattern", None),
    )


def _said(args: Mapping[str, Any], name: str, default: Any) -> Any:
    """An argument; an empty text, which is what an unset variable leaves, is none."""
    value = args.get(name)
    return default if value is None or value == "" else value


def _number(args: Mapping[str, Any], name: str, default: float) -> float:
    value = _said(args, name, default)
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = float("nan")
    if isinstance(value, bool) or not -1e9 < found < 1e9:
        raise SettingsError(f"{name} is no number: {escape(str(value))!r}.")
    return found


def _whole(args: Mapping[str, Any], name: str, default: int) -> int:
    return _integer(name, _said(args, name, default))


def _integer(name: str, value: Any) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise SettingsError(f"{name} is no whole number: {escape(str(value))!r}.") from None
