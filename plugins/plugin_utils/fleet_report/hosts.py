# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host as a row of the page."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils.answers.sync_status import Sync
from ...module_utils.validation.end_of_life import EndOfLife, Support
from ..monitoring.monitoring import read_monitoring
from .settings import Settings, read_settings
from .sites import Site, certificate_problem, first_end, read_sites
from .texts import shown
from .thresholds import Level, Threshold

_TIMES = (
    *("finished_at", "ended_at", "completed_at", "started_at", "queued_at", "requested_at"),
    "created_at",
)
_DRIFT = {
    "in_line": ("in line", Level.OK),
    "drifted": ("drifted", Level.WARNING),
    "error": ("not compared", Level.UNKNOWN),
    "no_file": ("no file", Level.UNKNOWN),
}
_DEPLOYMENTS = {
    "succeeded": Level.OK,
    "failed": Level.CRITICAL,
    "cancelled": Level.WARNING,
    "running": Level.OK,
    "queued": Level.OK,
    "none": Level.UNKNOWN,
    "unknown": Level.UNKNOWN,
}
_SYNC = {
    Sync.IN_EFFECT: ("in effect", Level.OK),
    Sync.STORED_NOT_DEPLOYED: ("not deployed", Level.WARNING),
    Sync.DEPLOYING: ("being deployed", Level.OK),
    Sync.FAILED: ("not in effect", Level.CRITICAL),
    Sync.UNKNOWN: ("not known", Level.UNKNOWN),
}
_GB = 1024


class Status(str, enum.Enum):
    """The words of the column that is looked at first."""

    CRITICAL = "critical"
    WARNING = "warning"
    NO_DATA = "no data"
    FINE = "fine"
    INACTIVE = "inactive"

    @property
    def rank(self) -> int:
        """The higher, the sooner it should be looked at."""
        return len(Status) - list(Status).index(self)


@dataclass(frozen=True)
class Figure:
    """:ivar value: None where the platform does not say. :ivar detail: what stands below it, a text."""

    value: float | None
    level: Level
    detail: str = ""


@dataclass(frozen=True)
class State:
    """A word with a level, for drift and for the last deployment. :ivar order: what it is sorted by."""

    word: str
    level: Level
    detail: str = ""
    order: str = ""


@dataclass(frozen=True)
class Host:
    """A row of the page.

    :ivar client: the id of its client, None where it has none.
    :ivar sync: whether what is stored is in effect; None where nobody asked, as with C(drift) and C(deployment).
    :ivar problems: why it needs attention.
    """

    id: int | None
    name: str
    client: int | None
    active: bool | None
    load: Figure
    disk: Figure
    memory: Figure
    settings: Settings
    readable: bool
    drift: State | None
    deployment: State | None
    sync: State | None
    sites: tuple[Site, ...]
    problems: tuple[str, ...]
    level: Level

    @property
    def needs_attention(self) -> bool:
        return self.level in (Level.WARNING, Level.CRITICAL)

    @property
    def is_measured(self) -> bool:
        return any(figure.value is not None for figure in (self.load, self.disk, self.memory))

    @property
    def status(self) -> Status:
        """What the host comes to, in a word."""
        if self.active is False:
            return Status.INACTIVE
        if self.needs_attention:
            return Status(self.level.value)
        return Status.FINE if self.is_measured else Status.NO_DATA

    @property
    def certificate_end(self) -> datetime.date | None:
        """When the first certificate of its sites ends, as far as its configuration says."""
        return first_end(self.sites)

    @property
    def support(self) -> set[Support]:
        return {version.standing.support for version in self.settings.versions}


def of_config(config: Any, table: EndOfLife) -> dict[str, Any]:
    """What a row shows of a configuration."""
    return {"settings": read_settings(config, table), "sites": read_sites(config, table)}


def read_host(
    entry: Mapping[str, Any],
    table: EndOfLife,
    thresholds: Mapping[str, Threshold],
    drift: State | None,
    deployment: State | None,
    sync: State | None = None,
) -> Host:
    """The row of an entry of C(turbostack_host_info).

    A host that is not active needs no attention: what stands in the row is then how it was left.

    :param entry: with what C(of_config) makes in place of C(config) where that was read before.
    """
    read = entry if "settings" in entry else of_config(entry.get("config"), table)
    figures = read_monitoring(entry.get("monitoring"))
    load = _load(figures, thresholds["load_per_core"])
    disk = _usage(figures, "disk", thresholds["disk_percent"])
    memory = _usage(figures, "memory", thresholds["memory_percent"])
    identity, client, active = entry.get("id"), entry.get("client_id"), entry.get("active")
    readable = not entry.get("error")
    sites = read["sites"]
    problems = [
        (disk.level, f"Disk {percent(disk.value)} full"),
        (memory.level, f"Memory {percent(memory.value)} in use"),
        (load.level, f"Load {decimal(load.value)} per core"),
        (Level.OK if readable else Level.CRITICAL, "Its configuration could not be read"),
        certificate_problem(sites, table.today),
    ]
    if deployment is not None:
        problems.append((deployment.level, f"Last deployment {deployment.word}"))
    if drift is not None:
        problems.append((drift.level, f"Drifted: {drift.detail}"))
    serious = [
        (level, text) for level, text in problems if level in (Level.WARNING, Level.CRITICAL)
    ]
    serious.sort(key=lambda problem: -problem[0].rank)
    if active is False:
        serious = []
    return Host(
        id=identity if _is_id(identity) else None,
        name=shown(entry.get("name"))
        or (f"Host {identity}" if _is_id(identity) else "Host without a name"),
        client=client if _is_id(client) else None,
        active=active if isinstance(active, bool) else None,
        load=load,
        disk=disk,
        memory=memory,
        settings=read["settings"],
        readable=readable,
        drift=drift,
        deployment=deployment,
        sync=sync,
        sites=sites,
        problems=tuple(text for _level, text in serious),
        level=serious[0][0] if serious else Level.OK,
    )


def drift_state(entry: Mapping[str, Any]) -> State:
    """A comparison of the role C(drift) as a state."""
    outcome = entry.get("outcome")
    known = _DRIFT.get(outcome) if isinstance(outcome, str) else None
    if known is None:
        return State("unknown", Level.UNKNOWN, shown(outcome))
    changes = entry.get("changes")
    count = len(changes) if isinstance(changes, list) else 0
    detail = f"{count} {'change' if count == 1 else 'changes'}" if outcome == "drifted" else ""
    return State(known[0], known[1], detail, order=f"{known[1].rank}{count:09}")


def deployment_state(entry: Mapping[str, Any]) -> State:
    """An entry of C(turbostack_deploy_info) as a state, with the time of the deployment."""
    status = entry.get("status")
    word = status if isinstance(status, str) and status in _DEPLOYMENTS else "unknown"
    level = _DEPLOYMENTS[word]
    if word == "succeeded" and entry.get("with_warnings") is True:
        level = Level.WARNING
        word = "succeeded with warnings"
    if status == "succeeded" and entry.get("sync_status") == Sync.STORED_NOT_DEPLOYED.value:
        # The host was changed after it, and that is not in effect.
        level = Level.WARNING
        word = "outdated"
    moment, order = _time(entry)
    return State("never" if word == "none" else word, level, moment, order)


def sync_state(entry: Mapping[str, Any]) -> State:
    """Whether what is stored is in effect, as an entry of C(turbostack_deploy_info) has it."""
    said = entry.get("sync_status")
    known = next((one for one in Sync if one.value == said), Sync.UNKNOWN)
    return State(*_SYNC[known])


def percent(value: float | None) -> str:
    """One decimal, so that what is just below a threshold does not read as if it had reached it."""
    return "" if value is None else f"{f'{value:.1f}'.removesuffix('.0')} %"


def decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _load(figures: Mapping[str, float | int | None], threshold: Threshold) -> Figure:
    value = figures["load_per_core"]
    cores = figures["cores"]
    said = "" if cores is None else f"{cores} {'core' if cores == 1 else 'cores'}"
    return Figure(value, threshold.level(value), said)


def _usage(figures: Mapping[str, float | int | None], part: str, threshold: Threshold) -> Figure:
    value, total, used = (figures[f"{part}_{name}"] for name in ("percent", "total_mb", "used_mb"))
    detail = ""
    if total is not None:
        detail = f"{_gigabytes(total)} GB"
        if used is not None:
            detail = f"{_gigabytes(used)} of {detail}"
    return Figure(value, threshold.level(value), detail)


def _gigabytes(megabytes: float) -> str:
    size = megabytes / _GB
    return f"{size:.0f}" if size >= 10 or size == int(size) else f"{size:.1f}"


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _time(entry: Mapping[str, Any]) -> tuple[str, str]:
    """When the deployment was, for people, and as a text that sorts."""
    for place in (entry.get("marks"), entry.get("deployment")):
        if isinstance(place, Mapping):
            for key in _TIMES:
                if place.get(key) not in (None, ""):
                    return _moment(place[key])
    return "", ""


def _moment(value: Any) -> tuple[str, str]:
    """A time as the platform writes it; what is none is shown as it is."""
    text = shown(value, 40)
    try:
        if text.isdecimal():
            moment = datetime.datetime.fromtimestamp(int(text), datetime.timezone.utc)
        else:
            # Python 3.10 knows neither Z nor fractions of other than three or six digits.
            plain = text.replace("Z", "+00:00") if text.endswith("Z") else text
            moment = datetime.datetime.fromisoformat(plain)
        zone = "" if moment.tzinfo is None else " UTC"
        if zone:
            moment = moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return text, text
    return f"{moment:%Y-%m-%d %H:%M}{zone}", moment.isoformat()
