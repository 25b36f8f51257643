# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's own kinds of values turned into plain Python data, which is all that operations know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def plain(value: Any) -> Any:
    """A copy without tags, trust marks, lazy containers and vault wrappers (decrypted).

    Keys keep their type and what JSON does not know (dates) stays as it is: refusing it is not this
    file's subject.
    """
    if isinstance(value, str):
        # A subclass's str() may answer with itself; the base class's never does.
        return str.__str__(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    # A dict first: whether something is another kind of mapping takes a process long to find out.
    if isinstance(value, (dict, Mapping)):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    # A vaulted value of a file: before ansible-core 2.19, and since.
    if hasattr(value, "__ENCRYPTED__") or type(value).__name__ == "EncryptedString":
        return str(value)
    return value
