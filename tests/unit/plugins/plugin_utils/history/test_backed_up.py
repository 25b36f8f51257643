# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the commits of a backup show: new and gone files, changes, merges, and what cannot be compared."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime, timezone
from pathlib import Path

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.writing import (
    HEADER,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.history.backed_up import (
    Backup,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.history.event import (
    Event,
    Subject,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.history.period import Period
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.history.recorded import (
    Recorded,
)

FILE = "clients/3/hosts/shop.example.yml"
FIRST = 1_790_000_000


class Tree:
    """A backup's folder, below the top of its work tree; a commit an hour."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.folder = top / "backup"
        self.folder.mkdir()
        self.now = FIRST
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        identity = ("-c", "user.name=An", "-c", "user.email=an@agency.example")
        dates = dict.fromkeys(("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"), f"@{self.now} +0000")
        subprocess.run(
            ["git", *identity, *arguments], cwd=self.top, check=True, env={**os.environ, **dates}
        )

    def write(self, config: str, file: str = FILE) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"{HEADER}\nid: 7\nname: shop.example\nclient_id: 3\n"
        path.write_text(f"{head}config:{config}\n", encoding="utf-8")

    def commit(self, *arguments: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Backup\n\nof two lines", *arguments)
        self.now += 3600

    def events(self, since: int = FIRST) -> list[Event]:
        period = Period(*(datetime.fromtimestamp(one, timezone.utc) for one in (since, self.now)))
        return list(Backup(str(self.folder)).events(period, Recorded(), Policy()))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def test_a_file_comes_changes_and_goes(tree: Tree) -> None:
    tree.write("\n  webserver: nginx\n  smtp_password: one")
    (tree.top / "notes.txt").write_text("beside the folder", encoding="utf-8")
    (tree.folder / "README.md").write_text("no file of a backup", encoding="utf-8")
    tree.commit()
    tree.write("\n  webserver: apache\n  smtp_password: two")
    tree.commit()
    tree.commit()
    (tree.folder / FILE).unlink()
    tree.commit()
    new, changed, gone = tree.events()
    assert {one.subject for one in (new, changed, gone)} == {Subject("host", 7)}
    assert new.said.endswith(": it is new there")
    assert gone.said.endswith(": it is gone from there")
    assert not new.outside
    assert changed.outside
    assert changed.at == datetime.fromtimestamp(FIRST + 3600, timezone.utc)
    assert sorted(changed.changes) == [
        'smtp_password: "********" → "******** (changed)"',
        'webserver: "nginx" → "apache"',
    ]
    assert [one.said for one in tree.events(FIRST + 3601)] == [gone.said]


def test_a_change_that_comes_by_a_merge_is_told_once(tree: Tree) -> None:
    tree.write("\n  webserver: nginx")
    tree.commit()
    tree.git("checkout", "-q", "-b", "other")
    tree.write("\n  webserver: apache")
    tree.commit()
    tree.git("checkout", "-q", "main")
    tree.write("\n  webserver: nginx", "clients/3/hosts/other.example.yml")
    tree.commit()
    tree.git("merge", "-q", "--no-ff", "-m", "Merge", "other")
    tree.now += 3600
    told = [one for one in tree.events() if one.changes]
    assert [list(one.changes) for one in told] == [['webserver: "nginx" → "apache"']]


def test_what_is_encrypted_as_a_whole_has_only_changed(tree: Tree) -> None:
    for number in (1, 2):
        tree.write(f" !vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    {number}234")
        tree.commit()
    _new, changed = tree.events()
    assert changed.changes == ()
    assert "encrypted as a whole" in changed.said
    assert not changed.outside


def test_a_folder_without_git_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="history_backup takes the folder"):
        Backup(str(tmp_path))
