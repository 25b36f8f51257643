# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a backup in git shows: how each configuration differs from one commit of the backup to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files.git import WorkTree, text_of
from ...module_utils.config_files.layout import Entry, kind_at
from ...module_utils.config_files.reading import entry, identity, is_ours
from ...module_utils.config_files.yaml_file import FileError
from ...module_utils.document.policy import Policy
from ...module_utils.plan.engine import explain
from ...module_utils.text.escaping import escape
from .event import Event, Source, Subject
from .period import Period
from .recorded import Recorded

_COMMIT = "\x01"
_NOTHING = re.compile("0+")


@dataclass(frozen=True)
class _Step:
    """A file before and after one commit; an empty blob stands for no file."""

    commit: str
    at: datetime
    path: str
    before: str
    after: str


class Backup:
    """A folder that config_backup writes to, in its git work tree.

    :raises SettingsError: where it is none.
    """

    def __init__(self, folder: str) -> None:
        tree = WorkTree.around(folder)
        if tree is None:
            raise SettingsError(
                f"{escape(folder)} lies in no git work tree.",
                "history_backup takes the folder that the role config_backup commits to.",
            )
        self._tree = tree
        self.names: dict[Subject, str] = {}

    def events(self, period: Period, recorded: Recorded, policy: Policy) -> Iterator[Event]:
        """What changed from one commit to the next, in a time; apart what the record knows of and what not."""
        steps = list(self._steps(period))
        texts = self._texts({blob for step in steps for blob in (step.before, step.after) if blob})
        seen: dict[str, datetime] = {}
        for step in steps:
            yield from self._of(step, texts, recorded, policy, seen.get(step.path))
            seen[step.path] = step.at

    def _steps(self, period: Period) -> Iterator[_Step]:
        said = self._tree.git(
            *("log", "--reverse", "--first-parent", "-m", "--no-renames", "--raw", "--no-abbrev"),
            *("-z", "--relative", f"--format={_COMMIT}%H %ct"),
            f"--since=@{int(period.since.timestamp())}",
            *(f"--until=@{int(period.until.timestamp())}", "--", "."),
        )
        commit, at = "", datetime.now(timezone.utc)
        parts = iter(part.strip("\n") for part in text_of(said).split("\0"))
        for part in parts:
            if part.startswith(_COMMIT):
                commit, _space, seconds = part[1:].partition(" ")
                at = datetime.fromtimestamp(int(seconds), timezone.utc)
            elif part.startswith(":"):
                before, after = part.split()[2:4]
                path = next(parts, "")
                if kind_at(path):
                    yield _Step(commit, at, path, _blob(before), _blob(after))

    def _texts(self, blobs: set[str]) -> dict[str, str]:
        if not blobs:
            return {}
        wanted = sorted(blobs)
        said = self._tree.git("cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted))
        found, position = {}, 0
        for blob in wanted:
            end = said.index(b"\n", position)
            size = int(said[position:end].split()[2])
            found[blob] = text_of(said[end + 1 : end + 1 + size])
            position = end + 2 + size
        return found

    def _of(
        self,
        step: _Step,
        texts: dict[str, str],
        recorded: Recorded,
        policy: Policy,
        last: datetime | None,
    ) -> Iterator[Event]:
        told = f"backup {step.commit[:12]}"
        before = _entry(texts.get(step.before, ""), step.path)
        after = _entry(texts.get(step.after, ""), step.path)
        whose = after or before
        if whose is None:
            return
        subject = Subject(whose.kind, whose.id)
        self.names[subject] = whose.name

        def event(what: str, changes: Sequence[str] = (), *, outside: bool = False) -> Event:
            said = f"{told}{what}"
            return Event(
                *(subject, step.at, Source.BACKUP, said, changes),
                commit=step.commit,
                outside=outside,
            )

        if before is None or after is None:
            yield event(": it is new there" if before is None else ": it is gone from there")
        elif before.config is None or after.config is None:
            yield event(": another text, which is encrypted as a whole or is no configuration")
        else:
            known: list[str] = []
            others: list[str] = []
            for change in explain(before.config, after.config, policy):
                made = recorded.made(subject, str(change.place), last, step.at)
                (known if made else others).append(change.summary())
            if known:
                yield event(" shows what is recorded", known)
            if others:
                yield event("", others, outside=True)


def _blob(name: str) -> str:
    return "" if _NOTHING.fullmatch(name) else name


def _entry(text: str, path: str) -> Entry | None:
    """None for a file that is not there, or that no backup wrote; without a configuration where that cannot be read.

    :raises FileError: where it does not say whose it is.
    """
    if not is_ours(text):
        return None
    try:
        # What is encrypted is compared as it is: a backup keeps the text of a secret that has not changed.
        return entry(text, path, lambda ciphertext: ciphertext)
    except FileError:
        return identity(text, path)
