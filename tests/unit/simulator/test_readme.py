# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README's tables are those of the code."""

from __future__ import annotations

from pathlib import Path

import simulator
from simulator import Switches
from simulator.faults import faults_table

README = (Path(simulator.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_table_of_switches():
    assert Switches.table() in README


def test_table_of_faults():
    assert faults_table() in README
