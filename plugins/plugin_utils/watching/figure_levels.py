# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a figure of a host's monitoring crosses a threshold, and when it is back for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..fleet_report.thresholds import Level, Threshold


@dataclass(frozen=True)
class Crossing:
    """A figure that came to another level.

    :ivar figure: its name, such as C(disk_percent).
    :ivar threshold: the bound that was crossed.
    """

    figure: str
    value: float
    level: Level
    previous: Level
    threshold: float


def next_level(held: Level, value: float, threshold: Threshold, margin: float) -> Level:
    """The level after a look.

    A level is entered at its threshold, and left only where the value is below it by the margin: what swings about a
    threshold is one event and not one with each look.

    :param margin: in percent of the threshold.
    """
    reached = threshold.level(value)
    if reached.rank >= held.rank:
        return reached
    share = 1 - margin / 100
    left = Threshold(threshold.warning * share, threshold.critical * share).level(value)
    return left if left.rank < held.rank else held


class FigureLevels:
    """The level of each figure of each host. At first all are well, so that the first look tells what is not."""

    def __init__(self, thresholds: Mapping[str, Threshold], margin: float) -> None:
        self._thresholds = thresholds
        self._margin = margin
        self._held: dict[tuple[int, str], Level] = {}

    def observe(self, host_id: int, figures: Mapping[str, float | None]) -> list[Crossing]:
        """The figures that came to another level. One that the platform does not say stays where it was."""
        found = []
        for name, threshold in self._thresholds.items():
            value = figures.get(name)
            if value is None:
                continue
            held = self._held.get((host_id, name), Level.OK)
            level = next_level(held, value, threshold, self._margin)
            self._held[host_id, name] = level
            if level is not held:
                higher = max(held, level, key=lambda one: one.rank)
                bound = threshold.critical if higher is Level.CRITICAL else threshold.warning
                found.append(Crossing(name, value, level, held, bound))
        return found

    def keep(self, hosts: set[int]) -> None:
        """Forget the hosts that are gone."""
        self._held = {key: level for key, level in self._held.items() if key[0] in hosts}
