# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ansible-builder takes into an execution environment because of this collection."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from workshop import build_tree, environments
from workshop.places import BUILD, ROOT

PROGRAM = environments.ensure("publication") / "ansible-builder"
SAID_OF = "  # from collection hosted_power.turbostack"


def test_it_brings_what_the_collection_needs() -> None:
    build_tree.copy("introspected")
    command: list[str | Path] = [PROGRAM, "introspect", BUILD / "introspected"]
    found = yaml.safe_load(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    assert found == {
        "python": [f"{needed}{SAID_OF}" for needed in stated("requirements.txt")],
        "system": [f"{needed}{SAID_OF}" for needed in stated("bindep.txt")],
    }
    assert found["python"][0].startswith("requests>=")


def test_the_one_for_awx_can_be_made(tmp_path: Path) -> None:
    """As far as no engine for containers is needed: the file is valid, and its steps are written down."""
    definition = ROOT / "extensions/awx/execution-environment.yml"
    command: list[str | Path] = [PROGRAM, "create", "--file", definition, "--context", tmp_path]
    command += ["--output-filename", "Containerfile"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    steps = (tmp_path / "Containerfile").read_text(encoding="utf-8")
    assert "ansible-galaxy collection install" in steps


def test_it_asks_for_a_version_that_there_will_be() -> None:
    galaxy = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))
    definition = yaml.safe_load(
        (ROOT / "extensions/awx/execution-environment.yml").read_text(encoding="utf-8")
    )
    (wanted,) = definition["dependencies"]["galaxy"]["collections"]
    major = galaxy["version"].split(".")[0]
    assert wanted["version"] == f">={major}.0.0"


def stated(name: str) -> list[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
