# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which commit configurations come from."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.record.commit import (
    commit_of,
)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=An", "-c", "user.email=an@agency.example")
    ended = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return ended.stdout.strip()


def test_the_commit_and_whether_the_folder_is_as_it_says(tmp_path: Path) -> None:
    fleet = tmp_path / "fleet"
    fleet.mkdir()
    (fleet / "all.yml").write_text("a: 1\n", encoding="utf-8")
    assert commit_of(str(fleet), new_files=True) is None
    git(tmp_path, "init", "-q")
    assert commit_of(str(fleet), new_files=True) is None
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    head = git(tmp_path, "rev-parse", "HEAD")
    assert commit_of(str(fleet), new_files=True) == head
    (tmp_path / "notes.txt").write_text("beside the folder\n", encoding="utf-8")
    assert commit_of(str(fleet), new_files=True) == head
    (fleet / "hosts.yml").write_text("b: 1\n", encoding="utf-8")
    assert commit_of(str(fleet), new_files=False) == head
    assert commit_of(str(fleet), new_files=True) == f"{head}+changed"
    (fleet / "all.yml").write_text("a: 2\n", encoding="utf-8")
    assert commit_of(str(fleet), new_files=False) == f"{head}+changed"


def test_without_git_or_folder_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert commit_of(str(tmp_path / "gone"), new_files=True) is None
    git(tmp_path, "init", "-q")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(str(tmp_path), new_files=True) is None
