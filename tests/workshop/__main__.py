# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the checks, all of them or those that are named by step or by group, and sums them up.

python3 -m workshop                              # everything: make test
python3 -m workshop lint unit                    # groups
python3 -m workshop e2e-2.19 -- -k inventory     # one step, with arguments for pytest
"""

from __future__ import annotations

import sys
import time

from . import results, runner, slowest
from .steps import FURTHER_STEPS, STEPS, Step


def chosen(names: list[str]) -> list[Step]:
    """The steps of those names or groups, in their own order; all of them if nothing is named."""
    if not names:
        return list(STEPS)
    groups = {step.group for step in STEPS}
    known = groups | {step.name for step in (*STEPS, *FURTHER_STEPS)}
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(
            f"no such step: {', '.join(unknown)}; there are: {', '.join(sorted(known))}"
        )
    further = [step for step in FURTHER_STEPS if step.name in names]
    return further + [step for step in STEPS if step.name in names or step.group in names]


def main(words: list[str]) -> int:
    names, arguments = words, []
    if "--" in words:
        at = words.index("--")
        names, arguments = words[:at], words[at + 1 :]
    started = time.monotonic()
    ended = runner.run_all(chosen(names), arguments)
    if not names:
        reports = [one.report for one in ended if one.report]
        print("", *slowest.table(reports), sep="\n")
    print(f"\n{results.table(ended, time.monotonic() - started)}")
    failed = any(result.outcome is results.Outcome.FAILED for result in ended)
    return int(failed)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
