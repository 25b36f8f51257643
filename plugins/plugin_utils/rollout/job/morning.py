# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report for the morning after: what became of each host, as a file, for whoever was asleep meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ....module_utils.config_files.placing import place
from ....module_utils.operations.operation import Result, TaskContext
from ....module_utils.text.escaping import escape
from . import report
from .driver import End
from .tale import Outcome

FORMAT = 1
_HOURS = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class ReportFile:
    """Where the report goes.

    :ivar path: an absolute one.
    :ivar run: the command that the job is a part of. Jobs of one command, as of a play that takes its hosts in
        batches, share the report; of another command's, nothing is left.
    """

    path: str
    run: str


@dataclass(frozen=True)
class Morning:
    """One job's part of the report.

    :ivar began, ended: in UTC, C(until), when no further batch was begun.
    :ivar by: who rolled out.
    :ivar result: of the job; empty where it failed as a whole, for which there is a C(problem).
    :ivar ends: of the hosts that were begun.
    :ivar later: the hosts of other jobs that are yet to come.
    """

    began: datetime
    ended: datetime
    by: str
    until: datetime | None
    result: Result
    ends: Mapping[str, End]
    later: Sequence[str] = ()
    problem: str = ""

    def shown(self, earlier: Mapping[str, Any]) -> dict[str, Any]:
        """As JSON can hold it.

        :param earlier: what earlier jobs of the same command have reported; empty where there were none.
        """
        hosts = {**earlier.get("hosts", {}), **self._hosts()}
        unchanged = [*earlier.get("unchanged", []), *self.result.get("unchanged", [])]
        outcomes = {name: Outcome(one["outcome"]) for name, one in hosts.items()}
        outcomes |= dict.fromkeys(unchanged, Outcome.UNCHANGED)
        outcomes |= dict.fromkeys(self.later, Outcome.NOT_BEGUN)
        return {
            "began": earlier.get("began", self.began.strftime(_HOURS)),
            "ended": self.ended.strftime(_HOURS),
            "by": self.by,
            "until": self.until.strftime(_HOURS) if self.until else None,
            "problem": self.problem or None,
            "counts": {
                way: number
                for way, number in report.counts([one.value for one in outcomes.values()]).items()
                if way != report.PLANNED
            },
            "standing": report.standing(outcomes),
            "plan": [*earlier.get("plan", []), *self.result.get("plan", [])],
            "hosts": hosts,
            "unchanged": unchanged,
            "later": list(self.later),
        }

    def _hosts(self) -> dict[str, Any]:
        found = {}
        for name, one in self.result.get("hosts", {}).items():
            end = self.ends.get(name)
            found[name] = {
                "id": one["id"],
                "outcome": one["outcome"],
                "failed": bool(one.get("failed")),
                "changed": one["changed"],
                "changes": one["changes"],
                "deployment": (end.state.tale.deploy_type if end else "") or None,
                "seconds": round(end.seconds, 1) if end else None,
                "msg": one.get("msg"),
                "told": one["told"],
                "edited": one.get("edited", []),
            }
        return found


def put(file: ReportFile, part: Morning, context: TaskContext) -> None:
    """Write the report, for its owner alone where the file is new; a warning where that is not possible."""
    shown = part.shown(_earlier(file))
    content = context.clean({"format": FORMAT, "run": file.run, **shown})
    try:
        place(file.path, (json.dumps(content, indent=2) + "\n").encode("ascii"))
    except OSError as error:
        context.warn(
            f"The rollout is over, but its report cannot be written to {escape(file.path)} (rollout_report_file): "
            f"{error.strerror}."
        )


def _earlier(file: ReportFile) -> Mapping[str, Any]:
    try:
        with open(file.path, encoding="utf-8") as stored:
            content = json.load(stored)
    except (OSError, ValueError):
        return {}
    known = isinstance(content, dict) and content.get("format") == FORMAT
    return content if known and content.get("run") == file.run else {}
