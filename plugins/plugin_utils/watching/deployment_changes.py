# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When what the platform says of a host's deployment is news."""

from __future__ import annotations

from dataclasses import dataclass

from ...module_utils.answers.deployment_status import Deployment, State


@dataclass(frozen=True)
class Change:
    """What is new since the look before.

    :ivar parts: C(deployment) where it is another one, C(status) where its state is another.
    :ivar previous: the state of the look before.
    """

    parts: tuple[str, ...]
    previous: State


class DeploymentChanges:
    """The latest deployment of each host as it was seen last.

    The first look at a host is no news: nobody knows how long it has been so.
    """

    def __init__(self) -> None:
        self._last: dict[int, Deployment] = {}

    def observe(self, host_id: int, seen: Deployment) -> Change | None:
        """What has changed; None where nothing has, or nothing is known to compare with."""
        last = self._last.get(host_id)
        self._last[host_id] = seen
        if last is None:
            return None
        parts = []
        if seen.began_after(last):
            parts.append("deployment")
        if seen.state is not last.state:
            parts.append("status")
        return Change(tuple(parts), last.state) if parts else None

    def keep(self, hosts: set[int]) -> None:
        """Forget the hosts that are gone."""
        self._last = {number: seen for number, seen in self._last.items() if number in hosts}
