# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory that the processes of one run share, so that what one worker has read is not read by all others.

Ansible forks a worker for each task and host, and what a worker learns is gone with it. This memory is made
when the file is loaded. Loaded by the process that forks the workers (which is so as soon as the collection's
inventory plugin, or one of its tasks, has a part in the run), it is the same memory in all of them; loaded by a
worker, it is that worker's own. No part of it is ever written to a file, and it ends with the run.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import struct
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Only what is written to takes real memory.
SIZE = 64 << 20

_USED = struct.Struct("<Q")
_HEAD = struct.Struct("<32sI")


class RunMemory:
    """Texts by their keys, each made once."""

    def __init__(self, size: int = SIZE) -> None:
        self._memory = mmap.mmap(-1, size)
        # Empty, and nameless from the start: there is nothing to it but locks, which the system lets go of
        # when their holder dies.
        with tempfile.TemporaryFile() as file:
            self._locks = os.dup(file.fileno())
        _USED.pack_into(self._memory, 0, _USED.size)

    def once(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What was made for the key; made now if nobody did so yet. Others who ask meanwhile wait.

        What C(make) raises is raised here and not remembered. So is nothing once the memory is full.
        """
        digest = _digest(key)
        found = self._find(digest)
        if found is not None:
            return found
        # The first byte is the memory's own lock.
        with self._locked(1 + int.from_bytes(digest[:4], "big")):
            found = self._find(digest)
            if found is None:
                found = make()
                with self._locked(0):
                    self._append(digest, found)
            return found

    def known(self, key: str) -> bytes | None:
        """What was made for the key; None where nothing was."""
        return self._find(_digest(key))

    def _find(self, digest: bytes) -> bytes | None:
        (used,) = _USED.unpack_from(self._memory, 0)
        at = _USED.size
        while at < used:
            known, length = _HEAD.unpack_from(self._memory, at)
            at += _HEAD.size
            if known == digest:
                return self._memory[at : at + length]
            at += length
        return None

    def _append(self, digest: bytes, text: bytes) -> None:
        (used,) = _USED.unpack_from(self._memory, 0)
        end = used + _HEAD.size + len(text)
        if end > len(self._memory):
            return
        _HEAD.pack_into(self._memory, used, digest, len(text))
        self._memory[used + _HEAD.size : end] = text
        # Last, so that readers, who take no lock, see a whole entry or none.
        _USED.pack_into(self._memory, 0, end)

    @contextmanager
    def _locked(self, byte: int) -> Iterator[None]:
        fcntl.lockf(self._locks, fcntl.LOCK_EX, 1, byte)
        try:
            yield
        finally:
            fcntl.lockf(self._locks, fcntl.LOCK_UN, 1, byte)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


MEMORY = RunMemory()
