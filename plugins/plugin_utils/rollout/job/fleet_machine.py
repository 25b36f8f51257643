# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rollout of a fleet as a machine: batch after batch, so many hosts at once, and an end at the first failures.

The time that has passed is told to it, in seconds of the rollout.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....module_utils.client.errors import SettingsError


@dataclass(frozen=True)
class FleetNext:
    """What comes next.

    :ivar begin: the hosts to begin with now.
    :ivar over: whether nothing is under way any more, and nothing will be.
    """

    fleet: Fleet
    begin: tuple[str, ...]
    over: bool


@dataclass(frozen=True)
class Fleet:
    """A fleet at one moment.

    :ivar batches: the names of the hosts, in their order.
    :ivar parallel: how many may be under way at once.
    :ivar max_fail: what share of a batch may fail, in percent, before no further host is begun.
    :ivar until: when no further batch is begun, in seconds of the rollout.
    :ivar number: the current batch, from 0.
    :ivar begun: how many of it have begun; C(done) have ended well, C(failed) otherwise.
    :ivar stopped: whether too many have failed.
    :ivar late: whether a batch was due when none was to be begun any more.
    """

    batches: tuple[tuple[str, ...], ...]
    parallel: int = 100
    max_fail: float = 0.0
    until: float = math.inf
    number: int = 0
    begun: int = 0
    done: int = 0
    failed: int = 0
    stopped: bool = False
    late: bool = False

    @property
    def batch(self) -> tuple[str, ...]:
        """The current one."""
        return self.batches[self.number] if self.number < len(self.batches) else ()

    @property
    def running(self) -> int:
        """How many are under way."""
        return self.begun - self.done - self.failed

    def start(self, elapsed: float = 0.0) -> FleetNext:
        """The first step."""
        return self._next(elapsed)

    def observe(self, failed: bool, elapsed: float) -> FleetNext:
        """A host has ended.

        :param failed: whether it counts as a failure.
        """
        fleet = replace(self, done=self.done + (not failed), failed=self.failed + failed)
        if fleet.failed * 100 > fleet.max_fail * len(fleet.batch):
            fleet = replace(fleet, stopped=True)
        return fleet._next(elapsed)

    def _next(self, elapsed: float) -> FleetNext:
        fleet = self
        if not fleet.stopped and not fleet.running and fleet.begun == len(fleet.batch):
            fleet = replace(fleet, number=fleet.number + 1, begun=0, done=0, failed=0)
        if not fleet.stopped and not fleet.begun and fleet.batch and elapsed >= fleet.until:
            fleet = replace(fleet, late=True)
        if fleet.stopped or fleet.late or fleet.number >= len(fleet.batches):
            return FleetNext(fleet, (), not fleet.running)
        free = fleet.parallel - fleet.running
        begin = fleet.batch[fleet.begun : fleet.begun + max(0, free)]
        return FleetNext(replace(fleet, begun=fleet.begun + len(begin)), begin, False)


def batches(hosts: Sequence[str], serial: Sequence[int | str]) -> tuple[tuple[str, ...], ...]:
    """The hosts in batches, as the play keyword C(serial) makes them: the last size goes on until all are in one.

    :param serial: numbers, and shares of the hosts as in C(10%).
    :raises SettingsError: for something else.
    """
    sizes = [_size(one, len(hosts)) for one in serial] or [len(hosts)]
    found: list[tuple[str, ...]] = []
    at = 0
    while at < len(hosts):
        size = sizes[min(len(found), len(sizes) - 1)]
        found.append(tuple(hosts[at : at + size]))
        at += size
    return tuple(found)


def _size(wanted: int | str, total: int) -> int:
    text = str(wanted).strip()
    try:
        if text.endswith("%"):
            share = float(text[:-1])
            if 0 < share <= 100:
                return max(1, int(share / 100 * total))
        elif int(text) >= 1:
            return int(text)
    except ValueError:
        pass
    raise SettingsError(
        f"rollout_serial holds {text!r}.",
        "Give numbers of hosts from 1, and shares of them from 1% to 100%.",
    )
