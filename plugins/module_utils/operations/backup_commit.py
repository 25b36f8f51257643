# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commit of a backup: those of its files that are not committed yet, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..config_files.folder import Folder
from ..config_files.git import CHANGED, NEW, REMOVED, WorkTree
from ..config_files.layout import Entry, kind_at
from ..document.masking import redact_text

_LISTED = 200


@dataclass(frozen=True)
class Pending:
    """What is to be committed.

    :ivar paths: path → what became of it.
    :ivar ignored: files of the backup that git is told to ignore.
    :ivar linked: those that lie behind a link to another folder, where git sees none.
    """

    paths: Mapping[str, str]
    ignored: tuple[str, ...]
    linked: tuple[str, ...]


def pending(
    tree: WorkTree, folder: Folder, files: Iterable[str], touched: Iterable[str]
) -> Pending:
    """Beside what this run did, what a former one did and did not live to commit.

    :param files: where entries lie now; :param touched: where they lay, and what was removed.
    """
    every = {*touched, *(path for path in files if folder.holds(path))}
    linked = {path for path in every if folder.is_linked(path)}
    own = every - linked
    found = {
        path: what
        for path, what in tree.uncommitted().items()
        if path in own or (what == REMOVED and kind_at(path))
    }
    ignored = tuple(path for path in tree.ignored(own) if path not in found)
    return Pending(found, ignored, tuple(sorted(linked)))


def commit(tree: WorkTree, paths: Mapping[str, str], files: Mapping[str, Entry]) -> str:
    """The id of the commit.

    :raises GitError: where git refuses.
    """
    return tree.commit(sorted(paths), _message(paths, files))


def _message(pending: Mapping[str, str], files: Mapping[str, Entry]) -> str:
    told_of: dict[str, list[str]] = {NEW: [], CHANGED: [], REMOVED: []}
    for path, what in sorted(pending.items()):
        told_of[what].append(f"{what}: {files.get(path, path)}")
    counts = ", ".join(f"{len(some)} {what}" for what, some in told_of.items() if some)
    lines = [line for some in told_of.values() for line in some]
    if len(lines) > _LISTED:
        lines[_LISTED:] = [f"and {len(lines) - _LISTED} more"]
    text = [f"Back up TurboStack configurations: {counts}", "", *lines]
    return "\n".join(redact_text(line) for line in text)
