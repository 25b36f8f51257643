# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of a task's values the user keeps in ansible-vault, and so holds to be secret, whatever their key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

try:
    from ansible.parsing.vault import VaultHelper
except ImportError:  # ansible-core 2.18 and older
    VaultHelper = None

# A shorter one may be a part of ordinary words, and is censored wherever it occurs.
_SHORTEST = 4


def vaulted_texts(value: Any) -> set[str]:
    """The decrypted texts among a task's arguments that came out of ansible-vault one by one.

    What went through a filter, or stands in a file that is vaulted as a whole, no longer tells.
    """
    return {text for text in _found(value) if len(text) >= _SHORTEST}


def _found(value: Any) -> Iterator[str]:
    if value is None or isinstance(value, (bool, int, float)):
        return
    if not isinstance(value, str) and isinstance(value, (dict, Mapping)):
        for item in value.values():
            yield from _found(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _found(item)
    elif hasattr(value, "__ENCRYPTED__") or (
        VaultHelper is not None and VaultHelper.get_ciphertext(value, with_tags=False)
    ):
        yield str(value)
