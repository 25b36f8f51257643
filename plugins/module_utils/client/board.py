# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the processes of one run know of rate limits, in memory that they share.

Ansible forks a worker for each task and host, and what a worker learns is gone with it. The board is made when
this file is loaded. Loaded by the process that forks the workers, it is the same one in all of them; elsewhere it
is one process's own. It has no name in any file system, holds no secret, and ends with the run. Where the system
gives no such memory, each process has a board of its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import mmap
import os
import struct
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from typing import Any

from .rate_limit import RateLimit

# Bytes for one platform and token, and how many there is room for.
_PLACE, _PLACES = 8192, 16
_HEAD = struct.Struct("<32sI")


class Board:
    """States by key. Where two keys fall on one place, the later one begins anew."""

    def __init__(self) -> None:
        self._threads = threading.Lock()
        self._locks: int | None = None
        self._memory: Any = bytearray(_PLACE * _PLACES)
        try:
            locks = _nameless()
            os.ftruncate(locks, _PLACE * _PLACES)
            self._memory = mmap.mmap(locks, _PLACE * _PLACES)
            self._locks = locks
        except OSError:
            # Nothing can be shared here.
            pass

    def change(self, key: str, change: Callable[[RateLimit], RateLimit]) -> RateLimit:
        """Put C(change) of what is known in its place, alone; returns it."""
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        at = digest[0] % _PLACES * _PLACE
        with self._threads, self._alone(at):
            state = change(self._read(at, digest))
            self._write(at, digest, state)
            return state

    def in_child(self) -> None:
        """What a fork copies must not stay locked by a thread that only the parent has."""
        self._threads = threading.Lock()

    def _read(self, at: int, digest: bytes) -> RateLimit:
        whose, length = _HEAD.unpack_from(self._memory, at)
        if whose != digest:
            return RateLimit()
        begin = at + _HEAD.size
        try:
            return RateLimit(**json.loads(bytes(self._memory[begin : begin + length])))
        except (ValueError, TypeError):
            # A process was killed in the middle of writing.
            return RateLimit()

    def _write(self, at: int, digest: bytes, state: RateLimit) -> None:
        text = json.dumps(asdict(state)).encode("ascii")
        if _HEAD.size + len(text) > _PLACE:
            return
        begin = at + _HEAD.size
        self._memory[begin : begin + len(text)] = text
        _HEAD.pack_into(self._memory, at, digest, len(text))

    def _alone(self, at: int) -> Any:
        return nullcontext() if self._locks is None else _locked(self._locks, at)


@contextmanager
def _locked(file: int, at: int) -> Iterator[None]:
    # The system lets go of it when its holder dies.
    fcntl.lockf(file, fcntl.LOCK_EX, 1, at)
    try:
        yield
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, at)


def _nameless() -> int:
    """A file without a name: in memory where the system has such, else one that is deleted already."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("turbostack")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


BOARD = Board()
os.register_at_fork(after_in_child=BOARD.in_child)
