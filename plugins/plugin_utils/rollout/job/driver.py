# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The driver around the machines: a clock, threads for what takes time, and nothing that decides."""

from __future__ import annotations

import heapq
import queue
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from ....module_utils.client.errors import TurboStackError
from .events import Command, Event
from .fleet_machine import Fleet, FleetNext
from .host_machine import begin, observe
from .host_state import HostState, Next
from .record import Record
from .terms import Terms

# How long the driver sleeps at most before it looks whether it is still wanted: seconds.
_TICK = 1.0
# A thread waits for answers most of the time; more of them than this only wait for one another.
_MOST_THREADS = 32


class Port(Protocol):
    """What can be done to a host."""

    def carry_out(self, command: Command, state: HostState) -> Event:
        """Write down the state, do what is asked for, and say what came of it."""


class Watch(Protocol):
    """Who is told how the rollout goes; called in the driver's own thread."""

    def moved(self, name: str, before: HostState | None, after: HostState, seconds: float) -> None:
        """A host has come to another state, so many seconds after it began."""

    def ticked(self, fleet: Fleet, seconds: float) -> None:
        """Time has passed."""


class Abandoned(TurboStackError):
    """Whoever started the rollout is gone."""

    kind = "abandoned"


@dataclass(frozen=True)
class Part:
    """One host's part.

    :ivar record: what an interrupted rollout has left of it.
    """

    port: Port
    terms: Terms
    record: Record | None = None


@dataclass(frozen=True)
class End:
    """How a host's part has ended.

    :ivar seconds: that it took.
    """

    state: HostState
    seconds: float


@dataclass(order=True)
class _Due:
    """A command whose time has not come yet."""

    at: float
    number: int
    name: str = field(compare=False)
    step: Next = field(compare=False)


class Driver:
    """One rollout of a fleet.

    :param parts: by the names that the fleet's batches hold.
    :param wanted: whether whoever started it is still there.
    :param ended: told of a host at its end.
    """

    def __init__(
        self,
        parts: Mapping[str, Part],
        fleet: Fleet,
        watch: Watch,
        wanted: Callable[[], bool] = lambda: True,
        ended: Callable[[str, End], None] = lambda name, end: None,
    ) -> None:
        self._parts = parts
        self._fleet = fleet
        self._watch = watch
        self._wanted = wanted
        self._ended = ended
        self._start = 0.0
        self._began: dict[str, float] = {}
        self._states: dict[str, HostState] = {}
        self._ends: dict[str, End] = {}
        self._due: list[_Due] = []
        self._count = 0
        self._done: queue.SimpleQueue[tuple[str, Event | BaseException]] = queue.SimpleQueue()

    @property
    def fleet(self) -> Fleet:
        """Where the fleet stands."""
        return self._fleet

    def run(self) -> Mapping[str, End]:
        """To the end; how each host that was begun has ended, in the order of their ends.

        :raises Abandoned: where nobody is there any more for whom it is done; the next rollout goes on.
        """
        self._start = time.monotonic()
        threads = max(1, min(_MOST_THREADS, self._fleet.parallel, len(self._parts)))
        pool = ThreadPoolExecutor(threads, thread_name_prefix="rollout")
        try:
            following = self._take(self._fleet.start(self._elapsed()))
            while not following.over:
                self._send_due(pool)
                try:
                    name, event = self._done.get(timeout=self._patience())
                except queue.Empty:
                    pass
                else:
                    if isinstance(event, BaseException):
                        raise event
                    following = self._observe(name, event) or following
                if not self._wanted():
                    raise Abandoned("The run that started the rollout is gone.")
                self._watch.ticked(self._fleet, self._elapsed())
        finally:
            # What was sent is on its way; what was not is written down, and left to the next rollout.
            pool.shutdown(wait=False, cancel_futures=True)
        return self._ends

    def _take(self, following: FleetNext) -> FleetNext:
        self._fleet = following.fleet
        for name in following.begin:
            part = self._parts[name]
            self._began[name] = time.monotonic()
            step = begin(part.terms, part.record)
            self._watch.moved(name, None, step.state, 0.0)
            self._put(name, step)
        return following

    def _put(self, name: str, step: Next) -> None:
        self._states[name] = step.state
        self._count += 1
        heapq.heappush(self._due, _Due(time.monotonic() + step.after, self._count, name, step))

    def _send_due(self, pool: ThreadPoolExecutor) -> None:
        now = time.monotonic()
        while self._due and self._due[0].at <= now:
            due = heapq.heappop(self._due)
            pool.submit(self._carry_out, due.name, due.step)

    def _patience(self) -> float:
        if not self._due:
            return _TICK
        return max(0.0, min(_TICK, self._due[0].at - time.monotonic()))

    def _carry_out(self, name: str, step: Next) -> None:
        try:
            if step.command is not None:
                self._done.put((name, self._parts[name].port.carry_out(step.command, step.state)))
        except BaseException as error:  # pylint: disable=broad-except
            # It is raised again where somebody sees it.
            self._done.put((name, error))

    def _observe(self, name: str, event: Event) -> FleetNext | None:
        seconds = time.monotonic() - self._began[name]
        before = self._states[name]
        step = observe(before, event, seconds)
        self._watch.moved(name, before, step.state, seconds)
        if step.command is not None:
            self._put(name, step)
            return None
        self._ends[name] = End(step.state, seconds)
        self._ended(name, self._ends[name])
        outcome = step.state.outcome
        return self._take(self._fleet.observe(outcome is None or outcome.failed, self._elapsed()))

    def _elapsed(self) -> float:
        return time.monotonic() - self._start
