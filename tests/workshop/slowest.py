# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tests took longest in each step, out of the JUnit files that the last run has left.

python3 -m workshop.slowest             # of every step
python3 -m workshop.slowest unit        # of one
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from .places import REPORTS

#: So many of each step are shown.
SHOWN = 20


@dataclass(frozen=True)
class Timed:
    """A test, and how many seconds it took, with what was set up for it and taken down again."""

    seconds: float
    name: str


def slowest(report: Path) -> list[Timed]:
    """The tests of a report, the longest first."""
    cases = ElementTree.parse(report).getroot().iter("testcase")
    found = [Timed(float(case.get("time", 0)), _name(case)) for case in cases]
    return sorted(found, key=lambda one: (-one.seconds, one.name))


def table(reports: Iterable[Path]) -> Iterator[str]:
    """The slowest tests of each step, and what all of its tests took."""
    for report in reports:
        every = slowest(report)
        if not every:
            continue
        shown = every[:SHOWN]
        total, longest = (sum(one.seconds for one in some) for some in (every, shown))
        yield f"{report.stem}: {len(every)} tests in {total:.0f} s, {longest:.0f} s of it in these {len(shown)}"
        yield from (f"  {one.seconds:6.1f} s  {one.name}" for one in shown)


def _name(case: ElementTree.Element) -> str:
    module, name = case.get("classname", ""), case.get("name", "")
    return f"{module.removeprefix('tests.')}::{name}"


if __name__ == "__main__":
    named = sys.argv[1:]
    print(
        "\n".join(
            table(one for one in sorted(REPORTS.glob("*.xml")) if not named or one.stem in named)
        )
    )
