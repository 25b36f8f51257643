# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that Ansible takes literally, for hosts whose own name it would read as something else.

In a pattern, commas, colons, brackets, `!`, `&`, `~`, `*` and `?` mean something; `all` and the names of groups
mean groups; `localhost` means the controller; braces are Jinja; a slash leads to another host's file under
`host_vars`; a leading `-` is an option of a command. A name with any of that is cleaned, and gets the host's id
behind it, so that it can neither be mistaken for another host's nor take its place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container

from .addresses import is_this_machine

#: Of a DNS name; a longer name is cut, as no file could be called so either.
LONGEST = 253

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
# Stands where a text could not be read.
_REPLACEMENT = "\ufffd"
_RESERVED = frozenset({"all", "ungrouped", "_meta"})


def safe_name(name: str, number: int, group_names: Container[str]) -> str:
    """The name itself where Ansible takes it literally, otherwise one that is the host's own.

    :param number: the host's id.
    :param group_names: the names of groups.
    """
    cleaned = name
    if not _PLAIN.issuperset(name):
        cleaned = "".join(c if c in _PLAIN or _is_of_a_word(c) else "_" for c in name)
    if cleaned[:1] in ("-", "."):
        cleaned = f"_{cleaned[1:]}"
    cleaned = cleaned[:LONGEST]
    if (
        cleaned == name
        and name
        and name not in _RESERVED
        and name not in group_names
        and not is_this_machine(name)
    ):
        return name
    return f"{cleaned[:200] or 'host'}_{number}"


def _is_of_a_word(character: str) -> bool:
    """Letters, digits and accents of any script, and symbols as they occur in international domains."""
    category = unicodedata.category(character)
    return category[0] in "LMN" or (category == "So" and character != _REPLACEMENT)
