# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of a task's values the user keeps in ansible-vault, and so holds to be secret, whatever their key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

try:
    from ansible.parsing.vault import VaultHelper
except ImportError:  # ansible-core 2.18 and older
    VaultHelper = None

# A shorter one may be a part of ordinary words, and is censored wherever it occurs.
_SHORTEST = 4
_TEMPLATES = ("{{", "{%")
_NAME = re.compile(r"[A-Za-z_]\w*")


def vaulted_texts(value: Any) -> set[str]:
    """The decrypted texts among a task's arguments that came out of ansible-vault one by one.

    What went through a filter, or stands in a file that is vaulted as a whole, no longer tells.
    """
    return {text for text in _found(value) if len(text) >= _SHORTEST}


def vaulted_variables(task: Any, variables: Mapping[str, Any]) -> set[str]:
    """The decrypted texts in those variables that a task mentions.

    Up to ansible-core 2.18, a template leaves nothing by which to know where its text came from. From then on the
    arguments themselves tell, and this looks no further.

    :param task: as it is written in the playbook.
    :param variables: as they are before they are templated.
    """
    if VaultHelper is not None:
        return set()
    found: set[str] = set()
    _mentioned(task, variables, found, set())
    return {text for text in found if len(text) >= _SHORTEST}


def _mentioned(value: Any, variables: Mapping[str, Any], found: set[str], seen: set[str]) -> None:
    if hasattr(value, "__ENCRYPTED__"):
        found.add(str(value))
    elif isinstance(value, str):
        if not any(mark in value for mark in _TEMPLATES):
            return
        for name in _NAME.findall(value):
            if name in seen or name not in variables:
                continue
            seen.add(name)
            _mentioned(variables[name], variables, found, seen)
    elif isinstance(value, Mapping):
        for item in value.values():
            _mentioned(item, variables, found, seen)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _mentioned(item, variables, found, seen)


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
