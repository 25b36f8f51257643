# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures against their thresholds."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...module_utils.answers.scalars import number
from ...module_utils.client.errors import SettingsError
from .texts import shown

#: The figures that are judged, and what is used where the user says nothing else.
DEFAULTS: dict[str, dict[str, float]] = {
    "load_per_core": {"warning": 1.0, "critical": 2.0},
    "disk_percent": {"warning": 80.0, "critical": 90.0},
    "memory_percent": {"warning": 85.0, "critical": 95.0},
}


class Level(str, enum.Enum):
    """How a figure, or a host, stands; UNKNOWN is a figure that nobody says."""

    OK = "ok"
    WARNING = "warning"
    CRITICAL = "critical"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        return {"critical": 3, "warning": 2, "ok": 1, "unknown": 0}[self.value]


@dataclass(frozen=True)
class Threshold:
    """From C(warning) and from C(critical) on, a figure is one."""

    warning: float
    critical: float

    def level(self, figure: float | None) -> Level:
        if figure is None:
            return Level.UNKNOWN
        if figure >= self.critical:
            return Level.CRITICAL
        return Level.WARNING if figure >= self.warning else Level.OK


def read_thresholds(wanted: Mapping[str, Any]) -> dict[str, Threshold]:
    """A threshold for each figure; the defaults stand in for what is not said.

    :raises SettingsError: for a figure that there is not, and for what is no pair of numbers in their order.
    """
    if not isinstance(wanted, Mapping) or set(wanted) - set(DEFAULTS):
        raise SettingsError(f"Thresholds are there for {', '.join(DEFAULTS)} only.")
    found = {}
    for name, default in DEFAULTS.items():
        own = wanted.get(name)
        own = {} if own is None else own
        if not isinstance(own, Mapping) or set(own) - set(default):
            raise SettingsError(
                f"The threshold {name} takes warning and critical, and nothing else."
            )
        said = {key: own[key] if own.get(key) is not None else default[key] for key in default}
        pair = {key: number(value) for key, value in said.items()}
        warning, critical = pair["warning"], pair["critical"]
        if warning is None or critical is None or not 0 < warning <= critical:
            raise SettingsError(
                f"The threshold {name} is no pair of numbers above 0, the warning not above the critical one: "
                f"{', '.join(f'{key} {shown(value)!r}' for key, value in said.items())}."
            )
        found[name] = Threshold(warning, critical)
    return found
