# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README's tables and numbers are those of the code; its commands are run by tests/e2e/test_simulator_guide.py."""

from __future__ import annotations

import re
from pathlib import Path

import simulator
from simulator import Fleet, Switches, scenarios
from simulator.cli import parser
from simulator.faults import faults_table

README = (Path(simulator.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_table_of_switches():
    assert Switches.table() in README


def test_table_of_faults():
    assert faults_table() in README


def test_table_of_scenarios():
    assert scenarios.table() in README


def test_table_of_options():
    known = {option for action in parser()._actions for option in action.option_strings}
    table = README.partition("| option | meaning |")[2].partition("\n\n")[0]
    named = set(re.findall(r"(--[a-z][a-z-]*)", table))
    assert named
    assert named <= known


def test_counts_of_the_fleet():
    fleet = Fleet.generate(1000, 7)
    counts = (
        f"{len(fleet.hosts)} hosts, {len(fleet.groups)} groups and {len(fleet.clients)} clients"
    )
    assert f"# {counts}; the token" in README
