# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenarios: what happens on a certain kind of day, as data. Each is a JSON file; some come along.

``{"description": text, "switches": {name: value}, "faults": [rule], "hosts": [selection]}``, everything but the
description optional. A rule is what the control endpoint takes. A selection is about every `every`-th host from the
`from`-th on, by id, and says what is the matter with each: ``deployments_fail`` (true, or the reason), ``hidden``
(true: no token sees it), ``faults`` (rules whose `path` begins after ``/hosts/ID``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .fault_queue import rule_from
from .fleet import Fleet
from .switches import Switches

if TYPE_CHECKING:
    from .server import Simulator

FOLDER = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Selection:
    """Some hosts of a fleet, and what is the matter with them."""

    every: int
    first: int = 1
    deployments_fail: bool | str = False
    hidden: bool = False
    faults: tuple[dict[str, Any], ...] = ()

    def of(self, fleet: Fleet) -> list[int]:
        """The ids of the selected hosts."""
        return sorted(fleet.hosts)[self.first - 1 :: self.every]


@dataclass(frozen=True)
class Scenario:
    """A kind of day."""

    name: str
    description: str
    switches: dict[str, Any]
    faults: tuple[dict[str, Any], ...]
    hosts: tuple[Selection, ...]

    def hide(self, fleet: Fleet) -> None:
        """Take the hidden hosts out of every token's sight."""
        hidden = frozenset(
            number for selection in self.hosts if selection.hidden for number in selection.of(fleet)
        )
        for name, token in list(fleet.tokens.items()):
            fleet.tokens[name] = replace(token, hidden=token.hidden | hidden)

    def begin(self, simulator: Simulator) -> None:
        """Put the faults into the simulator's queue, and let deployments fail."""
        for rule in self._rules(simulator.fleet):
            simulator.faults.add(rule_from(rule))
        for selection in self.hosts:
            if selection.deployments_fail:
                reason = selection.deployments_fail
                for number in selection.of(simulator.fleet):
                    simulator.deployments.fail_for(number, None if reason is True else str(reason))

    def _rules(self, fleet: Fleet) -> Iterator[dict[str, Any]]:
        for selection in self.hosts:
            for number in selection.of(fleet):
                for rule in selection.faults:
                    yield {**rule, "path": f"/hosts/{number}{rule.get('path', '(/|$)')}"}
        yield from self.faults


def names() -> list[str]:
    """The scenarios that come along."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def scenario(name: str) -> Scenario:
    """The scenario of that name, or the one in the file of that path; ValueError when it is none."""
    path = FOLDER / f"{name}.json" if name in names() else Path(name)
    if path.suffix != ".json":
        raise ValueError(
            f"there is no scenario {name!r}; there are: {', '.join(names())}, or a file NAME.json"
        )
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"the scenario {name}: {error.strerror}") from None
    except ValueError as error:
        raise ValueError(f"the scenario {name} is not JSON: {error}") from None
    try:
        return _read(path.stem, value)
    except (ValueError, TypeError) as error:
        raise ValueError(f"the scenario {name}: {error}") from None


def table() -> str:
    """A Markdown table: name, meaning."""
    lines = [f"| `{name}` | {scenario(name).description} |" for name in names()]
    return "\n".join(["| scenario | meaning |", "| --- | --- |", *lines]) + "\n"


def _read(name: str, value: Any) -> Scenario:
    _only(value, {"description", "switches", "faults", "hosts"})
    if not isinstance(value.get("description"), str):
        raise ValueError("it has no description")
    read = Scenario(
        name,
        value["description"],
        value.get("switches", {}),
        tuple(value.get("faults", ())),
        tuple(_selection(one) for one in value.get("hosts", ())),
    )
    # What is wrong with it is to be told now, not when the first request comes.
    Switches(**read.switches)
    for rule in (*read.faults, *(rule for one in read.hosts for rule in one.faults)):
        rule_from(rule)
    return read


def _selection(value: Any) -> Selection:
    _only(value, {"every", "from", "deployments_fail", "hidden", "faults"})
    every, first = value.get("every"), value.get("from", 1)
    for number in (every, first):
        if not isinstance(number, int) or number < 1:
            raise ValueError("`every` and `from` of hosts are numbers of at least 1")
    return Selection(
        every,
        first,
        value.get("deployments_fail", False),
        value.get("hidden", False) is True,
        tuple(value.get("faults", ())),
    )


def _only(value: Any, known: set[str]) -> None:
    if not isinstance(value, dict):
        raise ValueError("it is not a JSON object")
    if unknown := set(value) - known:
        raise ValueError(f"there is no {', '.join(sorted(unknown))} in it")
