# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The repository in another place, as somebody who cloned it has it."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from workshop import build_tree
from workshop.places import ROOT, VENVS

#: Seconds after which a command hangs rather than works.
TIME_LIMIT = 600

SOMEBODY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Somebody"), ("EMAIL", "somebody@example.com"))
}


@dataclass(frozen=True)
class Ended:
    """A command that ended, with all that it said."""

    returncode: int
    said: str


@dataclass(frozen=True)
class Clone:
    folder: Path

    @classmethod
    def made(cls, folder: Path) -> Clone:
        for source in build_tree.sources():
            target = folder / source
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / source, target, follow_symlinks=False)
        clone = cls(folder)
        clone.git("init", "--quiet", "--initial-branch", "main")
        # Environments take long to make, and are the same.
        (folder / ".venvs").symlink_to(VENVS.resolve(), target_is_directory=True)
        (folder / ".git/info/exclude").write_text(".venvs\n", encoding="utf-8")
        clone.commit("All of it")
        return clone

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def git(self, *words: str) -> str:
        ended = self.run("git", *words)
        assert ended.returncode == 0, ended.said
        return ended.said.strip()

    def run(self, *command: str) -> Ended:
        """Run a command at the top of the clone."""
        ended = subprocess.run(
            command,
            cwd=self.folder,
            env={
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("GIT_", "MAKE"))
            }
            | SOMEBODY,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout)
