# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Work trees: only the given paths are committed, wherever the folder lies in them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.git import (
    GitError,
    WorkTree,
)

AUTHOR = "Fleet Backup <fleet@example.com>"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("TURBOSTACK_API_TOKEN", "1|secret")
    top = tmp_path / "repository"
    (top / "below").mkdir(parents=True)
    git(top, "init", "-q")
    return top


def git(top: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=top, check=True, capture_output=True, text=True).stdout


def tree_at(folder: Path, author: str | None = AUTHOR) -> WorkTree:
    found = WorkTree.around(str(folder), author)
    assert found is not None
    return found


def test_only_the_given_paths(repository: Path) -> None:
    folder = repository / "below"
    for name in ("a.yml", "b.yml", "other.yml"):
        (folder / name).write_text(name)
    (repository / "staged").write_text("x")
    git(repository, "add", "staged")
    tree = tree_at(folder)
    assert tree.uncommitted() == {"a.yml": "new", "b.yml": "new", "other.yml": "new"}
    commit = tree.commit(["a.yml", "b.yml"], "Two\n\n# not a comment")
    assert git(repository, "log", "-1", "--format=%H %cn <%ce>").split(" ", 1) == [
        commit,
        f"{AUTHOR}\n",
    ]
    assert "# not a comment" in git(repository, "log", "-1", "--format=%B")
    shown = git(repository, "show", "--name-only", "--format=").split()
    assert shown == ["below/a.yml", "below/b.yml"]
    assert git(repository, "status", "--porcelain") == "A  staged\n?? below/other.yml\n"

    (folder / "a.yml").write_text("changed")
    (folder / "b.yml").unlink()
    assert tree.uncommitted() == {"a.yml": "changed", "b.yml": "removed", "other.yml": "new"}
    tree.commit(["a.yml", "b.yml"], "Two more")
    assert tree.uncommitted() == {"other.yml": "new"}
    assert tree.texts_at("HEAD~1") == {"a.yml": "a.yml", "b.yml": "b.yml"}
    assert tree.texts_at("HEAD") == {"a.yml": "changed"}


@pytest.mark.parametrize("revision", ["nowhere", "--all", "HEAD:below", "HEAD~1"])
def test_revisions_that_are_none(repository: Path, revision: str) -> None:
    (repository / "below" / "a.yml").write_text("a")
    tree = tree_at(repository / "below")
    tree.commit(["a.yml"], "One")
    with pytest.raises(GitError):
        tree.texts_at(revision)


def test_no_work_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert WorkTree.around(str(tmp_path / "not" / "there")) is None


def test_a_folder_to_be_made(repository: Path) -> None:
    assert tree_at(repository / "to" / "come").uncommitted() == {}


def test_a_hook_that_refuses_is_quoted_and_has_no_token(repository: Path) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text('#!/bin/sh\necho "refused, token ${TURBOSTACK_API_TOKEN:-none}" >&2\nexit 1\n')
    hook.chmod(0o755)
    (repository / "below" / "a.yml").write_text("a")
    with pytest.raises(GitError, match="git commit failed: refused, token none"):
        tree_at(repository / "below").commit(["a.yml"], "One")


def test_without_an_author(repository: Path) -> None:
    git(repository, "config", "user.useConfigOnly", "true")
    (repository / "below" / "a.yml").write_text("a")
    with pytest.raises(GitError, match="Name an author"):
        tree_at(repository / "below", None).commit(["a.yml"], "One")


@pytest.mark.parametrize("author", ["somebody", "<a@b.c>", "a <b>c", "a\n <a@b.c>"])
def test_authors_that_are_none(repository: Path, author: str) -> None:
    with pytest.raises(SettingsError):
        WorkTree.around(str(repository), author)


def test_ignored_files_are_told(repository: Path) -> None:
    (repository / ".gitignore").write_text("*.yml\n")
    (repository / "below" / "a.yml").write_text("a")
    tree = tree_at(repository / "below")
    assert tree.uncommitted() == {}
    assert tree.ignored(["a.yml", "b.txt"]) == ["a.yml"]


def test_a_revision_that_there_is_not(repository: Path) -> None:
    tree = tree_at(repository / "below")
    for revision in ("HEAD", "HEAD~7", "no such thing", "--all", "x\x1b[31m"):
        with pytest.raises(GitError, match="There is no revision ") as refused:
            tree.texts_at(revision)
        assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize(
    "setting", ["core.autocrlf=true", "core.autocrlf=input", "core.safecrlf=true"]
)
def test_line_ends_of_a_checkout(repository: Path, setting: str) -> None:
    """They neither keep a file from being committed nor come back with its text."""
    git(repository, "config", *setting.split("="))
    git(repository, "config", "core.eol", "crlf")
    (repository / ".gitattributes").write_text("*.yml text\n")
    folder = repository / "below"
    (folder / "a.yml").write_bytes(b"a: 1\nb: 2\n")
    (folder / "b.yml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    tree = tree_at(folder)
    tree.commit(["a.yml", "b.yml"], "Both")
    assert tree.uncommitted() == {}
    assert set(tree.texts_at("HEAD").values()) == {"a: 1\nb: 2\n"}
