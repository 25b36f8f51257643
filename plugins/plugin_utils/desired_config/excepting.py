# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts for which a file does not count, though it speaks of what they belong to: C(except) in the file itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from fnmatch import fnmatchcase

from ...module_utils.config_files.reading import Said
from ...module_utils.config_files.yaml_file import FileError
from ...module_utils.text.escaping import escape

#: The key of a file that is none of a configuration's, so that no configuration in a folder can have it.
EXCEPT = "except"


def is_meant(host: str, patterns: Iterable[str]) -> bool:
    """Whether a host is one of those that patterns name: by its name, or by one with C(*), C(?) and C([ab])."""
    return any(host == pattern or fnmatchcase(host, pattern) for pattern in patterns)


def unmatched(patterns: Iterable[str], hosts: Collection[str]) -> list[str]:
    """The patterns that name no host."""
    return [one for one in patterns if not any(is_meant(host, (one,)) for host in hosts)]


def parted(said: Said, name: str, of_one_host: bool) -> tuple[Said, tuple[str, ...]]:
    """What a file says as a configuration, and the patterns of hosts for which it does not count.

    :param name: what messages call it.
    :param of_one_host: whether it speaks of one host, so that there is nobody to leave out.
    :raises FileError: for what is no list of names.
    """
    if EXCEPT not in said.document:
        return said, ()
    line = said.lines((EXCEPT,))
    if of_one_host:
        raise FileError(
            f"{name} speaks of one host, so that {EXCEPT} leaves nobody out.",
            f"Leave {EXCEPT} out, or say it in a file of a client or of a group.",
            line,
        )
    hosts = said.document[EXCEPT]
    hosts = [hosts] if isinstance(hosts, str) else hosts
    if not isinstance(hosts, list) or not all(isinstance(one, str) and one for one in hosts):
        raise FileError(
            f"{name}: {EXCEPT} is no list of hosts.",
            "Give names of hosts as the inventory has them, or patterns of names.",
            line,
        )
    document = {key: value for key, value in said.document.items() if key != EXCEPT}
    return replace(said, document=document), tuple(hosts)


def nobody_meant(name: str, patterns: Iterable[str]) -> FileError:
    """Why a file is of no use that leaves out hosts which nobody knows."""
    return FileError(
        f"{name}: {EXCEPT} names {', '.join(map(escape, patterns))}, which the inventory does not have.",
        "Is a name mistyped? It takes names of hosts as the inventory has them, and patterns of names.",
    )
