# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whichever way somebody runs the checks, with make, nox, pre-commit or on a forge, they are the same ones."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from workshop import environments
from workshop.places import ROOT
from workshop.steps import STEPS

from .clone import Clone

PROGRAMS = environments.ensure("publication")


def test_nox_has_every_step_as_a_session() -> None:
    command: list[str | Path] = [PROGRAMS / "nox", "--list", "--json"]
    listed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    sessions = {one["name"]: one["tags"] for one in json.loads(listed)}
    assert sessions == {step.name: [step.group] for step in STEPS}


def test_a_session_is_the_step(clone: Clone) -> None:
    ended = clone.run(str(PROGRAMS / "nox"), "--session", "changelog")
    assert ended.returncode == 0, ended.said
    fragment = clone.folder / "changelogs/fragments/wrong.yml"
    fragment.write_text("---\nnews:\n  - It is no section.\n", encoding="utf-8")
    ended = clone.run(str(PROGRAMS / "nox"), "--session", "changelog")
    assert ended.returncode != 0
    assert "wrong.yml" in ended.said


def test_the_forge_runs_every_group_of_steps() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    matrix = workflow["jobs"]["make"]["strategy"]["matrix"]["target"]
    assert sorted(matrix) == sorted({step.group for step in STEPS})


@pytest.mark.timeout(600)
def test_hooks_find_what_the_linters_find_and_need_no_network(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "hooks"))
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    command = [str(PROGRAMS / "pre-commit"), "run", "--all-files", "--color", "never"]
    ended = clone.run(*command)
    assert ended.returncode == 0, ended.said
    module = clone.folder / "plugins/module_utils/client/version.py"
    module.write_text(f"{module.read_text(encoding='utf-8')}import os\n", encoding="utf-8")
    ended = clone.run(*command)
    assert ended.returncode != 0
    assert "F401" in ended.said


def test_every_file_for_a_forge_is_what_the_forge_reads() -> None:
    """Forms need a name, a description and a body; each field that is asked for has an id of its own."""
    folder = ROOT / ".github/ISSUE_TEMPLATE"
    forms = [path for path in sorted(folder.glob("*.yml")) if path.stem != "config"]
    assert len(forms) == 3
    for path in forms:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert {"name", "description", "body"} <= set(form)
        fields = [one for one in form["body"] if one["type"] != "markdown"]
        ids = [one["id"] for one in fields]
        assert len(set(ids)) == len(ids)
        assert all(one["attributes"]["label"] for one in fields)
