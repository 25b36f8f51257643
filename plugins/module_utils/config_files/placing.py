# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file put in its place, whole or not at all."""

from __future__ import annotations

import os
import tempfile


def place(path: str, content: bytes, *, mode: int | None = None, durable: bool = False) -> None:
    """Write a file beside its place, and then put it there; folders that are missing are for their owner alone.

    :param mode: the file's permissions; those of the file that is there, or its owner's alone, where it is None.
    :param durable: whether it has to be on the disk when this returns, whatever becomes of the machine.
    :raises OSError: with nothing left behind.
    """
    directory = os.path.dirname(path)
    os.makedirs(directory, mode=0o700, exist_ok=True)
    if mode is None:
        mode = os.stat(path).st_mode & 0o777 if os.path.exists(path) else 0o600
    # Made with mode 0600 from the start.
    descriptor, temporary = tempfile.mkstemp(dir=directory, prefix=".turbostack-", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
