# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is rolling out which hosts: claimed for all of them at once, and let go of by the system if the owner dies.

Each run has a file of its own that it holds locked. The kernel unlocks it when the process is gone, however that
comes to pass, so a file that is there and not locked is an interrupted run's.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

from ....module_utils.client.errors import SettingsError, TurboStackError
from ....module_utils.text.escaping import escape
from .journal import make_folder

_RUNS, _GATE = "runs", "lock"
_SHOWN = 5


@dataclass(frozen=True)
class Owner:
    """Who rolls out.

    :ivar process: its id on that machine.
    :ivar job: of AWX, where it is one; empty otherwise.
    :ivar began: in UTC.
    """

    machine: str
    process: int
    user: str
    job: str
    began: str

    def __str__(self) -> str:
        job = f", AWX job {escape(self.job)}" if self.job else ""
        return (
            f"{escape(self.user)} on {escape(self.machine)} (process {self.process}{job}), "
            f"since {escape(self.began)}"
        )


class Busy(TurboStackError):
    """Somebody else is rolling out."""

    kind = "busy"


@contextmanager
def claimed(folder: str, hosts: Mapping[int, str], owner: Owner) -> Iterator[None]:
    """Hold hosts for as long as the block runs.

    :param hosts: names by id.
    :raises Busy: where another run that is alive holds one of them; then none is held.
    :raises SettingsError: where the folder cannot be written.
    """
    runs = os.path.join(folder, _RUNS)
    make_folder(folder)
    make_folder(runs)
    mine = os.path.join(runs, f"{owner.machine.replace(os.sep, '_')}-{owner.process}.json")
    try:
        with _locked(os.path.join(runs, _GATE)):
            for path in _others(runs, mine):
                _refuse_if_shared(path, hosts)
            file = _held(mine, {**asdict(owner), "hosts": sorted(hosts)})
    except OSError as error:
        raise SettingsError(
            f"The rollout's journal cannot be kept in {folder}: {error.strerror}.",
            "Set rollout_journal to a folder that can be written, on a file system with locks.",
        ) from None
    try:
        yield
    finally:
        with suppress(OSError):
            os.unlink(mine)
        os.close(file)


@contextmanager
def _locked(path: str) -> Iterator[None]:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _held(path: str, content: Mapping[str, Any]) -> int:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.write(file, json.dumps(content).encode("ascii"))
    return file


def _others(runs: str, mine: str) -> Iterable[str]:
    for name in sorted(os.listdir(runs)):
        path = os.path.join(runs, name)
        if path != mine and name.endswith(".json"):
            yield path


def _refuse_if_shared(path: str, hosts: Mapping[int, str]) -> None:
    file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with open(path, encoding="ascii") as told:
            content = json.load(told)
        shared = [hosts[number] for number in content.pop("hosts") if number in hosts]
        if shared:
            raise _busy(Owner(**content), shared) from None
    else:
        # Its owner is gone.
        os.unlink(path)
    finally:
        os.close(file)


def _busy(owner: Owner, shared: list[str]) -> Busy:
    names = ", ".join(escape(name) for name in shared[:_SHOWN])
    more = f" and {len(shared) - _SHOWN} more" if len(shared) > _SHOWN else ""
    return Busy(
        f"{names}{more}: another rollout is under way, by {owner}.",
        "Nothing was written. Wait until it is over, then start this one again.",
    )
