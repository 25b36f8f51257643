# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fleet as it is: what each host holds that a file can say, and the inventory in which it has its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...module_utils.client.api import Api
from ...module_utils.client.errors import TurboStackError
from ...module_utils.operations.operation import Result
from ...module_utils.operations.reading import OF_ITS_DOCUMENT, read_each
from ...module_utils.resources.configured import HOSTS
from .factoring import CLIENT, GROUP, HOST, Scope
from .inventory import InventoryHost
from .leaving import LeftHost, LeftPart
from .repository import ALL
from .sayable import Sayable

_EMPTY = "Its configuration is empty."
_NO_FILE = (
    "No file can bear its name. Rename it, or name it otherwise in the inventory (hostnames)."
)
_ALIKE = "Another host's name differs in the case of letters only, and their files would be one in some places."
_LATER = "It was not there yet when the configurations were read."


@dataclass(frozen=True)
class Host:
    """A host whose files are to say what it holds.

    :ivar scopes: the files that speak of it, from the most general to the most exact.
    :ivar stored: all that it holds; :ivar document: what of it the files say.
    """

    name: str
    scopes: tuple[Scope, ...]
    stored: dict[str, Any] = field(repr=False)
    document: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class _Holding:
    name: str
    stored: dict[str, Any] = field(repr=False)
    sayable: Sayable


class Fleet:
    """What the platform's hosts hold.

    :param say: what of a configuration a file can say.
    :ivar left: hosts of which no file can say anything.
    :raises TurboStackError: where the platform cannot be read.
    """

    def __init__(self, api: Api, say: Callable[[dict[str, Any]], Sayable], workers: int) -> None:
        self.left: list[LeftHost] = []
        self._holdings: dict[int, _Holding] = {}
        rows = HOSTS.read_all(api, workers=workers)

        def holding(row: Any) -> Result:
            stored = HOSTS.complete(api, row).document()
            return {"stored": stored, "sayable": say(stored)}

        for row, found in zip(rows, read_each(rows, holding, workers), strict=True):
            if isinstance(found, TurboStackError):
                if not isinstance(found, OF_ITS_DOCUMENT):
                    raise found
                self.left.append(LeftHost(row.id, row.name, found.message))
            elif not found["stored"]:
                self.left.append(LeftHost(row.id, row.name, _EMPTY))
            else:
                self._holdings[row.id] = _Holding(row.name, found["stored"], found["sayable"])

    @property
    def left_parts(self) -> list[LeftPart]:
        """What of the hosts that files speak of is in none of them."""
        return [
            LeftPart(number, one.name, part)
            for number, one in self._holdings.items()
            for part in one.sayable.left_out
        ]

    def leave_unfit(self, known: Iterable[InventoryHost]) -> bool:
        """Leave those out that no file can speak of by their names in the inventory; whether there are any more."""
        every = list(known)
        names = Counter(host.name.casefold() for host in every)
        before = len(self.left)
        for host in every:
            if host.id not in self._holdings:
                continue
            if not host.can_have_a_file:
                self._leave(host.id, _NO_FILE)
            elif names[host.name.casefold()] > 1:
                self._leave(host.id, _ALIKE)
        return len(self.left) > before

    def hosts(self, known: Iterable[InventoryHost]) -> tuple[list[Host], list[LeftHost]]:
        """The hosts of an inventory, and those among them that were left out: nothing may be said of these."""
        left = {host.id: host for host in self.left}
        hosts, outside = [], []
        for one in known:
            holding = self._holdings.get(one.id)
            if holding is None:
                outside.append(left.get(one.id) or LeftHost(one.id, one.name, _LATER))
            stored = holding.stored if holding else {}
            document = holding.sayable.document if holding else {}
            hosts.append(Host(one.name, _scopes(one), stored, document))
        return hosts, outside

    def _leave(self, number: int, reason: str) -> None:
        self.left.append(LeftHost(number, self._holdings.pop(number).name, reason))


def _scopes(host: InventoryHost) -> tuple[Scope, ...]:
    client: Sequence[Scope] = () if host.client is None else ((CLIENT, str(host.client)),)
    groups = ((GROUP, group) for group in host.groups)
    return (ALL, *client, *groups, (HOST, host.name))
