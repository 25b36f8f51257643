# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`on_duplicate`: what becomes of hosts that would bear the same name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ansible.errors import AnsibleParserError

from .records import listed

Named = tuple[str, int]
"""A host's name, as Ansible would take it, and its id."""


def distinct(named: Sequence[Named], rule: str) -> list[str | None]:
    """The final name of each host, or None for one that is left out.

    Depends on names and ids alone, not on the order in which the hosts came.

    :param rule: C(suffix_id) puts the id behind each of the equal names, C(first) keeps the host with the
        lowest id, C(fail) raises.
    :raises AnsibleParserError: for equal names, where they are to be an error.
    """
    counts = Counter(name for name, _number in named)
    if len(counts) == len(named):
        return [name for name, _number in named]
    if rule == "fail":
        raise AnsibleParserError(_explained(named, counts))
    if rule == "first":
        lowest: dict[str, int] = {}
        for name, number in named:
            lowest[name] = min(number, lowest.get(name, number))
        return [name if lowest[name] == number else None for name, number in named]
    return list(_suffixed(named, counts))


def _suffixed(named: Sequence[Named], counts: Counter[str]) -> list[str]:
    taken = {name for name, count in counts.items() if count == 1}
    final: dict[Named, str] = {}
    for name, number in sorted(set(named), key=lambda each: (each[1], each[0])):
        if counts[name] == 1:
            final[name, number] = name
            continue
        candidate = f"{name}_{number}"
        while candidate in taken:
            candidate = f"{candidate}_{number}"
        taken.add(candidate)
        final[name, number] = candidate
    return [final[each] for each in named]


def _explained(named: Sequence[Named], counts: Counter[str]) -> str:
    ids: dict[str, list[int]] = {}
    for name, number in named:
        if counts[name] > 1:
            ids.setdefault(name, []).append(number)
    shown = listed(f"{name} (ids {', '.join(map(str, sorted(ids[name])))})" for name in sorted(ids))
    return (
        f"several hosts have the same name: {shown}. Set on_duplicate to suffix_id or first, or tell them "
        "apart with hostnames"
    )
