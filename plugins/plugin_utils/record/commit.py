# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commit that configurations come from."""

from __future__ import annotations

import os

from ...module_utils.client.errors import TurboStackError
from ...module_utils.config_files.git import WorkTree, text_of

CHANGED = "+changed"


def commit_of(folder: str, *, new_files: bool) -> str | None:
    """The commit that is checked out around a folder, with C(+changed) where files in it are not as in that.

    :param new_files: whether files that git does not know count as well.
    :returns: None where there is no repository, no commit in it, or no git to ask.
    """
    try:
        tree = WorkTree.around(folder) if os.path.isdir(folder) else None
        if tree is None:
            return None
        head = tree.run(["rev-parse", "--verify", "--quiet", "HEAD"])
        if head.returncode != 0:
            return None
        untracked = f"--untracked-files={'all' if new_files else 'no'}"
        said = tree.git("--no-optional-locks", "status", "--porcelain=v1", untracked, "--", ".")
    except (TurboStackError, OSError):
        return None
    return text_of(head.stdout).strip() + (CHANGED if said else "")
