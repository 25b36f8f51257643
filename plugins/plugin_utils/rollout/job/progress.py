# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is shown while a rollout runs: a line when something changes, a summary now and then, a table at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ....module_utils.answers.sync_status import Sync
from ....module_utils.text.escaping import escape
from .driver import End
from .fleet_machine import Fleet
from .host_state import HostState, Phase
from .tale import Outcome
from .words import listed

# Seconds between two summaries.
SILENCE = 30.0
_LONGEST_WHY = 100

_PHASES = {
    Phase.RECALL: "goes on where an earlier rollout was interrupted",
    Phase.WRITE: "writing",
    Phase.UNSURE: "no clear answer to the start, looking at the status",
    Phase.WELL: "looking whether it is well",
    Phase.PAGES: "asking its pages",
}
_BACK = {Phase.CLEAR: "going back", Phase.WRITE: "putting the previous configuration back"}
_EDITS = {
    Sync.IN_EFFECT: "in effect through this rollout",
    Sync.STORED_NOT_DEPLOYED: "stored, not in effect",
    Sync.UNKNOWN: "stored; whether in effect is not known",
}
OUTCOMES = {
    Outcome.DONE: "rolled out",
    Outcome.UNCHANGED: "unchanged",
    Outcome.RETURNED: "failed, and put back to what it was",
    Outcome.KEPT: "failed, and nothing to go back to",
    Outcome.OVERTAKEN: "changed by somebody else meanwhile",
    Outcome.FAILED: "its deployment failed",
    Outcome.UNTOUCHED: "failed before anything was written",
    Outcome.LEFT: "its deployment still runs",
    Outcome.INTERRUPTED: "left as an earlier interruption left it",
    Outcome.STUCK: "FAILED AND NOT PUT BACK",
    Outcome.NOT_BEGUN: "not begun",
}


class Progress:
    """Turns what a driver tells into lines.

    :param say: shows one line.
    :param labels: how hosts are called, where not by their names.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._summed_up = 0.0

    def moved(self, name: str, before: HostState | None, after: HostState, seconds: float) -> None:
        """A line, where there is something to say."""
        said = told(before, after)
        if said:
            self._say(f"{escape(name)}: {said} ({clock(seconds)})")

    def ticked(self, fleet: Fleet, seconds: float) -> None:
        """A summary, where the last one is long ago."""
        if seconds - self._summed_up >= SILENCE and fleet.batch:
            self._summed_up = seconds
            self._say(
                f"batch {fleet.number + 1} of {len(fleet.batches)}: {fleet.running} running, {fleet.done} done, "
                f"{fleet.failed} failed, {clock(seconds)}"
            )


def told(before: HostState | None, after: HostState) -> str:
    """What a move is worth; empty where it is not worth a line."""
    if after.outcome is not None:
        return "" if before is None or before.outcome is after.outcome else OUTCOMES[after.outcome]
    turned = before is not None and after.back and not before.back
    if before is not None and before.phase is after.phase and not turned:
        return _of_status(before, after)
    if after.back and after.phase in _BACK:
        return _BACK[after.phase]
    if after.phase is Phase.START and after.record is not None:
        return "deploying the previous configuration" if after.back else after.tale.deploy_type
    return _PHASES.get(after.phase, "")


def _of_status(before: HostState, after: HostState) -> str:
    shown = after.at.shown.state
    if before.at.shown.state is shown or not shown.active:
        return ""
    if after.phase is Phase.FOLLOW:
        return f"deployment {shown.value}"
    if after.phase is Phase.CLEAR:
        return f"waiting for another deployment, which is {shown.value}"
    return ""


def table(ends: Mapping[str, End], unchanged: int, not_begun: Sequence[str]) -> list[str]:
    """The end of it, a line for each host that was touched."""
    rows = [("host", "end", "changes", "time", "")]
    for name, end in ends.items():
        tale, outcome = end.state.tale, end.state.outcome or Outcome.STUCK
        why = tale.way_why or tale.why if outcome.failed else ""
        short = why if len(why) <= _LONGEST_WHY else f"{why[:_LONGEST_WHY]}…"
        rows.append(
            (escape(name), OUTCOMES[outcome], str(tale.changes), clock(end.seconds), escape(short))
        )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join(
            [*(text.ljust(width) for text, width in zip(row, widths, strict=False)), row[4]]
        ).rstrip()
        for row in rows
    ]
    lines = lines if len(rows) > 1 else []
    for name, end in ends.items():
        if edit := end.state.tale.edit:
            lines.append(
                f"changed by somebody else meanwhile: {escape(name)}: {listed(edit.paths)} ({_EDITS[edit.sync]})"
            )
    if not_begun:
        lines.append(f"not begun: {len(not_begun)}")
    if unchanged:
        lines.append(f"unchanged, and in effect: {unchanged}")
    return lines


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
