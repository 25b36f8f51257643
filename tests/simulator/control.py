# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control endpoint under /_simulator/: what tests and people change while it runs.

GET/DELETE requests, GET/PATCH switches, GET/POST/DELETE faults, GET deployments, GET overview, POST reset.
It needs no token, which is why the simulator listens on the loopback interface only by default.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from . import answers
from .answers import Answer, json_answer
from .fault_queue import rule_from
from .page import overview
from .request_log import LoggedRequest

if TYPE_CHECKING:
    from .server import Simulator

PREFIX = "/_simulator/"


def control_answer(simulator: Simulator, request: LoggedRequest) -> Answer:
    """The answer to a control request; wrong input is a 422."""
    try:
        return _handled(simulator, request)
    except (ValueError, TypeError, AttributeError) as error:
        return answers.refusal(422, str(error))


def _handled(simulator: Simulator, request: LoggedRequest) -> Answer:
    what = (request.method, request.path.removeprefix(PREFIX))
    if what == ("GET", "requests"):
        tokens = simulator.tokens.values()
        return json_answer([one.masked(tokens) for one in _asked_for(simulator, request.query)])
    if what == ("DELETE", "requests"):
        simulator.requests.clear()
        return Answer(204)
    if what == ("GET", "switches"):
        return json_answer(asdict(simulator.switches))
    if what == ("PATCH", "switches"):
        simulator.switches.update(**json.loads(request.body))
        return json_answer(asdict(simulator.switches))
    if what == ("GET", "faults"):
        return json_answer(_rules(simulator))
    if what == ("POST", "faults"):
        simulator.faults.add(rule_from(json.loads(request.body)))
        return json_answer(_rules(simulator), 201)
    if what == ("DELETE", "faults"):
        simulator.faults.clear()
        return Answer(204)
    if what == ("GET", "deployments"):
        counts = simulator.deployments
        return json_answer(
            {"started": dict(counts.started), "full_resets": dict(counts.full_resets)}
        )
    if what == ("GET", "overview"):
        return json_answer(overview(simulator))
    if what == ("POST", "reset"):
        simulator.reset()
        return Answer(204)
    return answers.no_such_route(request.path)


def _asked_for(simulator: Simulator, query: dict[str, str]) -> list[LoggedRequest]:
    """The requests after a number, or the last so many, oldest first; all of them without either."""
    logged = list(simulator.requests)
    after, last = int(query.get("after", 0)), int(query.get("last", 0))
    if after:
        logged = [one for one in logged if one.number > after]
    return logged[-last:] if last > 0 else logged


def _rules(simulator: Simulator) -> list[dict[str, Any]]:
    return [
        {
            "fault": rule.fault.name,
            "method": rule.method,
            "path": rule.path.pattern,
            "times": rule.times,
            "rate": rule.rate,
            "skip": rule.skip,
            "hits": rule.hits,
        }
        for rule in list(simulator.faults.rules)
    ]
