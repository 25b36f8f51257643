# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the slowest tests."""

from __future__ import annotations

from pathlib import Path

from workshop.slowest import SHOWN, table


def test_the_longest_come_first_and_the_others_are_counted(tmp_path: Path) -> None:
    cases = "".join(
        f'<testcase classname="tests.unit.test_it" name="test_{number}" time="{number}.25"/>'
        for number in range(SHOWN + 2)
    )
    report = tmp_path / "unit.xml"
    report.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>", encoding="utf-8")
    (empty := tmp_path / "none.xml").write_text("<testsuites/>", encoding="utf-8")
    head, *rows = table([empty, report])
    assert head == "unit: 22 tests in 236 s, 235 s of it in these 20"
    assert len(rows) == SHOWN
    assert rows[0] == "    21.2 s  unit.test_it::test_21"
