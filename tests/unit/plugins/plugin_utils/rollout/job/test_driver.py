# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The driver: it lets hosts wait side by side, tells how they move, and ends with whoever started it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job import events
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.driver import (
    Abandoned,
    Driver,
    Part,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.fleet_machine import (
    Fleet,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.host_state import (
    HostState,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.progress import (
    Progress,
    table,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.tale import (
    Outcome,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.terms import Terms

from .one_host import WANTED, Platform, Run


@dataclass
class Port:
    """A host that answers at once, and whose deployments end with the second look at them."""

    host: Run = field(default_factory=lambda: Run(Platform({}, {}, seconds=1.0)))

    def carry_out(self, command: events.Command, state: HostState) -> events.Event:
        self.host.platform.now += 0.6
        return self.host.answered(command, state)


def parts(*names: str) -> dict[str, Part]:
    shown = plan({}, WANTED, "merged").changes
    return {name: Part(Port(), Terms(f"host {name}", shown=shown, interval=0.05)) for name in names}


def test_every_host_comes_to_its_end_and_says_so() -> None:
    said: list[str] = []
    names = [f"h{number}" for number in range(5)]
    ends = Driver(parts(*names), Fleet((tuple(names),)), Progress(said.append)).run()
    assert {end.state.outcome for end in ends.values()} == {Outcome.DONE}
    for name in names:
        mine = [line.partition(" (")[0] for line in said if line.startswith(f"{name}:")]
        assert mine[0] == f"{name}: writing"
        assert f"{name}: deployment running" in mine
        assert mine[-1] == f"{name}: rolled out"
    shown = table(ends, unchanged=3, not_begun=["x"])
    assert shown[0].split() == ["host", "end", "changes", "time"]
    assert len(shown) == 1 + len(names) + 2
    assert shown[-1] == "unchanged, and in effect: 3"


def test_it_ends_with_whoever_started_it() -> None:
    with pytest.raises(Abandoned):
        Driver(parts("a"), Fleet((("a",),)), Progress(lambda line: None), lambda: False).run()


def test_what_goes_wrong_in_a_thread_is_seen() -> None:
    class Broken:
        def carry_out(self, command: events.Command, state: HostState) -> events.Event:
            raise ZeroDivisionError

    broken = {"a": Part(Broken(), Terms("host a"))}
    with pytest.raises(ZeroDivisionError):
        Driver(broken, Fleet((("a",),)), Progress(lambda line: None)).run()
