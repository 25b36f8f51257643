# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of a backup that a task asks for, as they are on the disk or as they were at a revision."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..client.errors import SettingsError, TargetError
from ..config_files import reading
from ..config_files.folder import Folder
from ..config_files.git import GitError, WorkTree
from ..config_files.layout import Entry, kind_at
from ..resources.configured import GROUPS, HOSTS
from ..text.escaping import escape

OPTIONS: dict[str, dict[str, Any]] = {
    "revision": {"type": "str"},
    "hosts": {"type": "list", "elements": "str", "default": []},
    "groups": {"type": "list", "elements": "str", "default": []},
    "clients": {"type": "list", "elements": "int", "default": []},
    "everything": {"type": "bool", "default": False},
}

_NAMED = 10


@dataclass(frozen=True)
class AskedFor:
    """Some of what a backup holds, or everything.

    :ivar revision: of the folder's git work tree; the files on the disk where there is none.
    """

    revision: str | None
    hosts: tuple[str, ...]
    groups: tuple[str, ...]
    clients: tuple[int, ...]
    everything: bool


@dataclass(frozen=True)
class Saved:
    """A backup, as far as it is asked for.

    :ivar texts: the text of each file.
    :ivar whose: whose they are, in the order of their paths.
    """

    texts: Mapping[str, str] = field(repr=False)
    whose: Mapping[str, Entry]


def saved(root: str, asked_for: AskedFor) -> Saved:
    """The files that are asked for.

    :param root: the folder of the backup, an absolute path.
    :raises SettingsError: where there is no such folder, nothing is asked for, or two files are of one host.
    :raises GitError: where there is no such revision.
    :raises TargetError: where a name, an id or a client has no file, or a name has several.
    """
    where = f"the backup in {root}"
    if asked_for.revision:
        where += f" at {escape(asked_for.revision)}"
    _something_is(asked_for)
    texts = _texts(root, asked_for.revision)
    ours = {path for path, text in texts.items() if reading.is_ours(text)}
    strays = sorted(set(texts) - ours)
    if strays and (asked_for.everything or asked_for.clients):
        raise SettingsError(
            f"{len(strays)} files of {where} lie where a backup puts its own, and do not begin as those do: "
            f"{', '.join(strays[:_NAMED])}. Whether they are among what is asked for cannot be told.",
            "Give them their first line back, or move them away. Hosts and groups can be restored by their names.",
        )
    whose = _selected(
        {path: reading.identity(texts[path], path) for path in sorted(ours)}, asked_for, where
    )
    _refuse_doubles(whose, where)
    return Saved(texts, whose)


def _texts(root: str, revision: str | None) -> Mapping[str, str]:
    if not revision:
        if not os.path.isdir(root):
            raise SettingsError(f"There is no folder {root}.", "Name the folder of a backup.")
        return Folder(root).every_text()
    if not os.path.isdir(root):
        raise SettingsError(
            f"There is no folder {root}, so git cannot tell what it held at {escape(revision)}."
        )
    tree = WorkTree.around(root)
    if tree is None:
        raise GitError(f"{root} does not lie in a git work tree, so it has no revisions.")
    return {path: text for path, text in tree.texts_at(revision).items() if kind_at(path)}


def _something_is(asked_for: AskedFor) -> None:
    some = [what for what in ("hosts", "groups", "clients") if getattr(asked_for, what)]
    if bool(some) == asked_for.everything:
        raise SettingsError(
            f"everything goes without {' and '.join(some)}." if some else "Nothing is asked for.",
            "Name hosts, groups or clients, or set everything: true.",
        )


def _refuse_doubles(selected: Mapping[str, Entry], where: str) -> None:
    by_id: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for path, whose in selected.items():
        by_id[whose.kind, whose.id].append(path)
    for (kind, number), files in by_id.items():
        if len(files) > 1:
            raise SettingsError(
                f"Several files of {where} are of {kind} {number}: {', '.join(files)}.",
                "Remove those that are left over.",
            )


def _selected(every: Mapping[str, Entry], asked_for: AskedFor, where: str) -> Mapping[str, Entry]:
    if asked_for.everything:
        if not every:
            raise TargetError(f"There is nothing in {where}.", "Name the folder of a backup.")
        return every
    chosen: set[str] = set()
    for kind, names in ((HOSTS.kind, asked_for.hosts), (GROUPS.kind, asked_for.groups)):
        chosen |= {_one(every, kind, named, where) for named in names}
    for client in asked_for.clients:
        found = {path for path, whose in every.items() if whose.client_id == client}
        if not found:
            raise TargetError(f"There is nothing of client {client} in {where}.")
        chosen |= found
    return {path: whose for path, whose in every.items() if path in chosen}


def _one(every: Mapping[str, Entry], kind: str, named: str, where: str) -> str:
    candidates = {path: whose for path, whose in every.items() if whose.kind == kind}
    found = [path for path, whose in candidates.items() if whose.name == named]
    if not found and named.isascii() and named.isdecimal():
        found = [path for path, whose in candidates.items() if whose.id == int(named)]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(str(every[path].id) for path in found)
        raise TargetError(
            f"There are {len(found)} {kind}s named {escape(named)} in {where}, with the ids {ids}.",
            "Name the one that is meant by its id.",
        )
    raise TargetError(
        f"There is no {kind} {escape(named)} in {where}.", "Is it spelled as in its file?"
    )
