# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of the steps: one line for each as it ends, and a table and a count at the end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from xml.etree import ElementTree

from .steps import Step


class Outcome(Enum):
    PASSED = "passed"
    FAILED = "FAILED"
    NOT_RUN = "not run"


@dataclass(frozen=True)
class Count:
    """How many tests a step ran. A step that is one check counts as one."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


@dataclass(frozen=True)
class Result:
    """How a step ended, after how many seconds, on which Python; or why it did not run."""

    step: Step
    outcome: Outcome
    seconds: float = 0.0
    python: str = ""
    reason: str = ""
    log: Path | None = None

    @property
    def report(self) -> Path | None:
        """The JUnit file, where the step has written one."""
        report = self.step.report if self.outcome is not Outcome.NOT_RUN else None
        return report if report and report.exists() else None

    @property
    def count(self) -> Count:
        if self.outcome is Outcome.NOT_RUN:
            return Count(skipped=1)
        failed = self.outcome is Outcome.FAILED
        counted = read_report(self.report) if self.report else Count()
        # A step that failed without a failed test (it was stopped, say) is itself the failure.
        if self.step.report and (counted.failed or not failed):
            return counted
        return counted + (Count(failed=1) if failed else Count(passed=1))

    def line(self) -> str:
        said = self.reason or (str(self.count) if self.step.report else "")
        parts = f"{self.step.name:<14} {self.outcome.value:<8} {self.seconds:6.1f} s  {said}"
        return parts.rstrip()


def read_report(report: Path) -> Count:
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    total = Count()
    for suite in suites:
        tests, failures, errors, skipped = (
            int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
        )
        failed = failures + errors
        total += Count(tests - failed - skipped, failed, skipped)
    return total


def table(results: list[Result], seconds: float) -> str:
    """Every step with the Python it ran on, and the sum of all tests alone on the last line."""
    lines = [f"{'step':<14} {'result':<8} {'time':>8}  {'Python':<7} tests"]
    total = Count()
    for result in results:
        total += result.count
        time = f"{result.seconds:.1f} s" if result.outcome is not Outcome.NOT_RUN else "-"
        said = result.reason or str(result.count)
        row = f"{result.step.name:<14} {result.outcome.value:<8} {time:>8}"
        lines.append(f"{row}  {result.python or '-':<7} {said}")
    return "\n".join([*lines, f"{seconds:.0f} s in all", "", str(total)])
