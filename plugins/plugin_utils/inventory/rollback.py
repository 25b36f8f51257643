# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All of a source's hosts, or none: what was added before an error is taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def all_or_nothing(inventory: Any) -> Iterator[None]:
    """Make the inventory what it was before if the block raises.

    Ansible itself keeps what a failed source has added, and a play would run on hosts whose groups are not
    complete.
    """
    tables = [(table, dict(table)) for table in (inventory.hosts, inventory.groups)]
    states = [(each, _state(each)) for table, _copy in tables for each in table.values()]
    localhost = inventory.localhost
    try:
        yield
    except BaseException:
        for table, before in tables:
            table.clear()
            table.update(before)
        for each, state in states:
            vars(each).update(state)
        inventory.localhost = localhost
        # Forget which hosts are in which group.
        inventory.add_group("all")
        inventory.add_child("all", "ungrouped")
        raise


def _state(of: Any) -> dict[str, Any]:
    """A host's or group's attributes, with containers of their own."""
    return {
        name: value.copy() if isinstance(value, (dict, list, set)) else value
        for name, value in vars(of).items()
    }
