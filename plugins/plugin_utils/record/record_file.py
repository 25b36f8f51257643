# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record's file: lines are added at its end by whoever writes, and once it is long it is put aside.

Every writer holds the file locked while it adds its line, in one write. Whoever finds it too long renames it, under
that lock; whoever had it open by then sees that, and opens the new one.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: So long a file becomes before it is put aside: some ten thousand hosts.
LIMIT = 16 << 20


def append(path: str, line: bytes, limit: int = LIMIT) -> None:
    """Add a line; the file is made, for its owner alone, and the folder as well.

    :param path: an absolute one.
    :param line: with its end.
    :raises OSError: where that is not possible; then the file is as it was.
    """
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    with _locked(path, limit - len(line)) as file:
        size = os.fstat(file).st_size
        # Where something has cut a line off, it is not to take this one with it.
        start = b"" if not size or os.pread(file, 1, size - 1) == b"\n" else b"\n"
        if os.write(file, start + line) != len(start + line):
            os.ftruncate(file, size)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def _locked(path: str, most: int) -> Iterator[int]:
    """The file that is to be written to, locked."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK
    while True:
        file = os.open(path, flags, 0o600)
        try:
            about = os.fstat(file)
            if not stat.S_ISREG(about.st_mode):
                raise OSError(errno.EINVAL, "it is no file")
            fcntl.flock(file, fcntl.LOCK_EX)
            if not _is_still(file, path):
                continue
            size = os.fstat(file).st_size
            if size and size > most:
                os.rename(path, f"{path}.{_stamp()}")
                continue
            yield file
            return
        finally:
            # With it the lock is gone.
            os.close(file)


def _is_still(file: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))
    except FileNotFoundError:
        return False


def _stamp() -> str:
    moment = time.time()
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime(moment))
    return f"{stamp}.{int(moment * 1e6) % 1_000_000:06d}Z"


def files(path: str) -> list[str]:
    """The files of a record that there are, those that were put aside first, in their order."""
    folder, name = os.path.split(path)
    if not os.path.isdir(folder):
        return []
    aside = sorted(one for one in os.listdir(folder) if _is_aside(one, name))
    found = [os.path.join(folder, one) for one in aside]
    return [*found, path] if os.path.exists(path) else found


def _is_aside(name: str, of: str) -> bool:
    rest = name.removeprefix(f"{of}.")
    return rest != name and len(rest) == 23 and rest[8] == "T" and rest.endswith("Z")


def lines(path: str) -> Iterator[bytes]:
    """All lines of a record, without their ends, the oldest first.

    :raises OSError: for a file that cannot be read.
    """
    for one in files(path):
        with open(one, "rb") as file:
            for line in file:
                if line.strip():
                    yield line.rstrip(b"\n")
