# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fleet beside the pairs: read once, from the pages of the list, and decided over vhost by vhost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError, TurboStackError
from ...module_utils.document.policy import Policy
from ...module_utils.operations.reading import OF_ITS_DOCUMENT, read_each
from ...module_utils.resources.configured import HOSTS, Configured
from ...module_utils.text.escaping import escape
from .deciding import Deciding, Decision, Outcome
from .sites import sites_in

#: Of these the job of the rollout takes care: what is to be replaced, and what may not be in effect yet.
CONCERNED = (Outcome.REPLACED, Outcome.CURRENT)


@dataclass(frozen=True)
class Host:
    """A host with what was decided.

    :ivar name: how it is called in all that is said: its own name, with its id behind it where several have that.
    :ivar is_meant: whether certificates of it may be replaced.
    """

    row: Configured = field(repr=False)
    name: str
    is_meant: bool
    decisions: tuple[Decision, ...]

    @property
    def is_concerned(self) -> bool:
        return any(one.outcome in CONCERNED for one in self.decisions)


@dataclass(frozen=True)
class Fleet:
    """All hosts that the token may see.

    :ivar unread: why others could not be looked at.
    """

    hosts: Sequence[Host]
    unread: Sequence[str]

    def decisions(self) -> Iterator[tuple[Host, Decision]]:
        """Each vhost of the hosts that are meant."""
        for host in self.hosts:
            if host.is_meant:
                for decision in host.decisions:
                    yield host, decision


def read_fleet(
    api: Api, patterns: Sequence[str], deciding: Deciding, policy: Policy, workers: int
) -> Fleet:
    """Read all of it, and decide.

    :param patterns: of names of hosts whose certificates may be replaced.
    :raises SettingsError: for a pattern that matches no host.
    """
    rows = HOSTS.read_all(api, workers=workers)
    for pattern in patterns:
        if not any(fnmatchcase(row.name, pattern) for row in rows):
            raise SettingsError(
                f"No host that the token may see has a name like {escape(pattern)}.",
                "Nothing was sent. Is a name in certificates_hosts mistyped?",
            )
    names = Counter(row.name for row in rows)

    def host(row: Configured) -> Any:
        whole = HOSTS.complete(api, row)
        sites = sites_in(whole.document(), policy)
        return Host(
            whole,
            row.name if names[row.name] == 1 and row.name else f"{row.name}_{row.id}",
            any(fnmatchcase(row.name, one) for one in patterns),
            tuple(deciding.decide(site) for site in sites),
        )

    hosts, unread = [], []
    for found in read_each(rows, host, workers):
        if not isinstance(found, TurboStackError):
            hosts.append(found)
        elif isinstance(found, OF_ITS_DOCUMENT):
            unread.append(found.message)
        else:
            raise found
    return Fleet(hosts, unread)
