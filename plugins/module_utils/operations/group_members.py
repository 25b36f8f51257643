# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts that somebody says are in a group, since the API does not tell, and what they hold against its settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..client.api import Api
from ..client.errors import TargetError
from ..document.masking import find_secrets
from ..document.policy import Policy
from ..plan.changes import CHANGE
from ..plan.engine import explain
from ..resources.configured import HOSTS, Configured
from ..resources.targets import Candidate, named
from ..text.escaping import escape
from .operation import Result, TaskContext


def read_members(members: Sequence[str], api: Api) -> list[Configured]:
    """The hosts by their names or ids, in the order in which they are named, each once.

    :raises TargetError: for one that the token does not see, or a name that several bear.
    """
    if not members:
        return []
    rows = {row.id: row for row in HOSTS.read_all(api)}
    every = [Candidate(row.id, row.name, row.client_id) for row in rows.values()]
    found = dict.fromkeys(_number(member, every) for member in members)
    return [HOSTS.complete(api, rows[number]) for number in found]


def _number(member: str, every: Sequence[Candidate]) -> int:
    if member.isascii() and member.isdecimal() and not any(one.name == member for one in every):
        if any(one.id == int(member) for one in every):
            return int(member)
        raise TargetError(
            f"members: there is no host with id {member} among the {len(every)} that the token may see."
        )
    return named(HOSTS, member, every)


def told_of(
    hosts: Sequence[Configured], settings: dict[str, Any], policy: Policy, context: TaskContext
) -> list[Result]:
    """Of each host, the places at which it holds another value than the group.

    :param settings: the group's configuration, as it is after the task.
    """
    return [
        {
            "id": host.id,
            "name": escape(host.name),
            "differs": _differs(host, settings, policy, context),
        }
        for host in hosts
    ]


def _differs(
    host: Configured, settings: dict[str, Any], policy: Policy, context: TaskContext
) -> list[Result]:
    document = host.document()
    context.censor(find_secrets(document, policy))
    shown = [
        change.shown() for change in explain(settings, document, policy) if change.op == CHANGE
    ]
    return [{"path": one["path"], "group": one["before"], "host": one["after"]} for one in shown]
