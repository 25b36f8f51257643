# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fleet as the page shows it: hosts, clients, and what they come to together."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...module_utils.client.errors import SettingsError
from ...module_utils.validation.end_of_life import EndOfLife, Support
from .charts import Histogram, histogram
from .hosts import Host, State, deployment_state, drift_state, read_host, sync_state
from .settings import Version
from .sites import Site
from .texts import shown
from .thresholds import Level, Threshold


@dataclass(frozen=True)
class Client:
    """A client with what its hosts come to. :ivar id: None for the hosts that have no client."""

    id: int | None
    name: str
    hosts: int
    active: int
    attention: int
    ended: int


@dataclass(frozen=True)
class Share:
    """A row of a chart of bars. :ivar width: in percent of the longest bar."""

    label: str
    count: int
    width: int
    level: Level = Level.OK


@dataclass(frozen=True)
class UsedVersion:
    """:ivar hosts: how many hosts have it."""

    version: Version
    hosts: int
    width: int


@dataclass(frozen=True)
class UsedProduct:
    """:ivar versions: the newest first."""

    name: str
    hosts: int
    versions: tuple[UsedVersion, ...]


@dataclass(frozen=True)
class Fleet:
    """All that the page shows, but for the moment at which it was made.

    :ivar names_of_readers: of the clients that the page is made for; empty where it shows all that the token sees.
    :ivar sites: with the name of the host of each; None where they are not shown.
    :ivar drift: shares of the outcomes; None where no comparison was given, as with C(deployments) and C(in_effect).
    """

    title: str
    names_of_readers: tuple[str, ...]
    table: EndOfLife
    thresholds: Mapping[str, Threshold]
    hosts: tuple[Host, ...]
    clients: tuple[Client, ...]
    histograms: tuple[Histogram, ...]
    products: tuple[UsedProduct, ...]
    certificates: tuple[Share, ...]
    drift: tuple[Share, ...] | None
    deployments: tuple[Share, ...] | None
    in_effect: tuple[Share, ...] | None
    sites: tuple[tuple[Site, str], ...] | None

    def count(self, which: str) -> int:
        """How many hosts are C(active), C(inactive), C(ended) and so on: the words of C(traits)."""
        return sum(which in traits(host) for host in self.hosts)

    def count_certificates(self, level: Level) -> int:
        """How many certificates of sites are of that urgency."""
        today = self.table.today
        every = (site for host in self.hosts for site in host.sites)
        return sum(site.certificate.level(today) is level for site in every)

    @property
    def versions(self) -> list[UsedVersion]:
        return [version for product in self.products for version in product.versions]

    @cached_property
    def numbers(self) -> dict[Version, int]:
        """A number for each version, by which rows are found: its text may hold anything."""
        return {used.version: number for number, used in enumerate(self.versions)}

    @cached_property
    def names(self) -> dict[int | None, str]:
        """The names of the clients, by id."""
        return {client.id: client.name for client in self.clients}

    def summary(self) -> dict[str, Any]:
        """The numbers of the tiles, for a playbook."""
        return {
            "hosts": len(self.hosts),
            "clients": sum(client.id is not None for client in self.clients),
            "active": self.count("active"),
            "inactive": self.count("inactive"),
            "attention": self.count("attention"),
            "critical": self.count("critical"),
            "end_of_life": self.count("ended"),
            "end_of_life_soon": self.count("ending"),
            "not_measured": self.count("unmeasured"),
            "unreadable": self.count("unreadable"),
            "drifted": None if self.drift is None else self.count("drifted"),
            "deployments_failed": None if self.deployments is None else self.count("failed"),
            "deployments_outdated": None if self.deployments is None else self.count("outdated"),
            "not_in_effect": None if self.in_effect is None else self.count("ineffective"),
            "sites": None if self.sites is None else len(self.sites),
            "certificates_ended": self.count_certificates(Level.CRITICAL),
            "certificates_ending": self.count_certificates(Level.WARNING),
            "end_of_life_checked": self.table.checked.isoformat(),
        }


def traits(host: Host) -> list[str]:
    """What a host can be looked for by."""
    words = {
        "active": host.active is True,
        "inactive": host.active is False,
        "attention": host.needs_attention,
        "critical": host.level is Level.CRITICAL,
        "ended": Support.ENDED in host.support,
        "ending": Support.ENDING in host.support,
        "unmeasured": not host.is_measured,
        "unreadable": not host.readable,
        "drifted": host.drift is not None and host.drift.word == "drifted",
        "failed": host.deployment is not None and host.deployment.word == "failed",
        "outdated": host.deployment is not None and host.deployment.word == "outdated",
        "ineffective": host.sync is not None and host.sync.level in (Level.WARNING, Level.CRITICAL),
    }
    return [word for word, fits in words.items() if fits]


def read_fleet(
    hosts: Sequence[Any],
    clients: Sequence[Any],
    *,
    table: EndOfLife,
    thresholds: Mapping[str, Threshold],
    title: str,
    drift: Any = None,
    deployments: Sequence[Any] | None = None,
    for_clients: bool = False,
) -> Fleet:
    """The fleet out of the results of the modules, and of the role C(drift).

    :param hosts: C(hosts) of C(turbostack_host_info); C(clients) and C(deployments) likewise.
    :param for_clients: whether these clients are the readers, who are shown their sites.
    :raises SettingsError: for what is no such result.
    """
    comparisons = None if drift is None else _Comparisons(drift)
    deployed = None if deployments is None else _by_id(_maps(deployments, "deployments"))
    rows = []
    for entry in _maps(hosts, "hosts"):
        outcome = None if comparisons is None else comparisons.state_of(entry)
        last = sync = None
        if deployed is not None:
            told = deployed.get(_id(entry), {})
            last, sync = deployment_state(told), sync_state(told)
        rows.append(read_host(entry, table, thresholds, outcome, last, sync))
    rows.sort(key=lambda host: (-host.status.rank, host.name.casefold(), host.id or 0))
    measured = [host for host in rows if host.active is not False]
    return Fleet(
        title=shown(title),
        names_of_readers=tuple(_names(clients)) if for_clients else (),
        table=table,
        thresholds=thresholds,
        hosts=tuple(rows),
        clients=tuple(_clients(rows, _maps(clients, "clients"))),
        histograms=(
            _histogram("load", "Load per core", measured, thresholds["load_per_core"], None),
            _histogram("disk", "Disk", measured, thresholds["disk_percent"], 100.0),
            _histogram("memory", "Memory", measured, thresholds["memory_percent"], 100.0),
        ),
        products=tuple(_products(rows)),
        certificates=_certificates(rows),
        drift=None if comparisons is None else _shares_of(host.drift for host in rows),
        deployments=None if deployed is None else _shares_of(host.deployment for host in rows),
        in_effect=None if deployed is None else _shares_of(host.sync for host in rows),
        sites=_sites(rows) if for_clients else None,
    )


def _names(clients: Sequence[Any]) -> Iterator[str]:
    for client in _maps(clients, "clients"):
        yield shown(client.get("name")) or f"Client {client.get('id')}"


def _sites(hosts: Sequence[Host]) -> tuple[tuple[Site, str], ...]:
    """All sites by name."""
    found = [(site, host.name) for host in hosts for site in host.sites]
    return tuple(sorted(found, key=lambda one: (one[0].name.casefold(), one[1])))


class _Comparisons:
    """The result of the role C(drift): what a host came to, by its id or else by its name."""

    def __init__(self, drift: Any) -> None:
        if not isinstance(drift, Mapping) or not isinstance(drift.get("hosts"), list):
            raise SettingsError(
                "The result of the comparison has no list hosts.",
                "Give the JSON file that the role drift writes.",
            )
        entries = _maps(drift["hosts"], "hosts of the comparison")
        self._by_id = _by_id(entries)
        self._by_name = {
            entry["name"]: entry
            for entry in entries
            if entry.get("id") is None and isinstance(entry.get("name"), str)
        }

    def state_of(self, host: Mapping[str, Any]) -> State:
        entry = self._by_id.get(_id(host)) or self._by_name.get(str(host.get("name")))
        if entry is None:
            return State("not in the comparison", Level.UNKNOWN)
        return drift_state(entry)


def _maps(value: Any, what: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, Mapping) for one in value):
        raise SettingsError(f"The {what} are no list of maps.")
    return list(value)


def _id(entry: Mapping[str, Any]) -> int | None:
    found = entry.get("id")
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _by_id(entries: Iterable[Mapping[str, Any]]) -> dict[int | None, Mapping[str, Any]]:
    return {found: entry for entry in entries if (found := _id(entry)) is not None}


def _clients(hosts: Sequence[Host], entries: Sequence[Mapping[str, Any]]) -> list[Client]:
    """All clients that there are, or that own a host; those with the most hosts first."""
    names: dict[int | None, str] = {}
    for entry in entries:
        if (found := _id(entry)) is not None:
            names[found] = shown(entry.get("name")) or f"Client {found}"
    for host in hosts:
        if host.client not in names:
            names[host.client] = "No client" if host.client is None else f"Client {host.client}"
    owned: dict[int | None, list[Host]] = {client: [] for client in names}
    for host in hosts:
        owned[host.client].append(host)
    rows = [
        Client(
            id=client,
            name=names[client],
            hosts=len(own),
            active=sum(host.active is True for host in own),
            attention=sum(host.needs_attention for host in own),
            ended=sum(Support.ENDED in host.support for host in own),
        )
        for client, own in owned.items()
    ]
    return sorted(rows, key=lambda row: (-row.hosts, row.name.casefold(), row.id or 0))


def _products(hosts: Sequence[Host]) -> list[UsedProduct]:
    used: Counter[Version] = Counter()
    with_product: Counter[str] = Counter()
    for host in hosts:
        used.update(host.settings.versions)
        with_product.update({version.product for version in host.settings.versions})
    products = []
    for product, count in sorted(with_product.items(), key=lambda item: (-item[1], item[0])):
        own = [version for version in used if version.product == product]
        own.sort(key=lambda version: version.order, reverse=True)
        longest = max(used[version] for version in own)
        versions = tuple(
            UsedVersion(version, used[version], _width(used[version], longest)) for version in own
        )
        products.append(UsedProduct(own[0].name, count, versions))
    return products


def _certificates(hosts: Sequence[Host]) -> tuple[Share, ...]:
    kinds: Counter[str] = Counter()
    for host in hosts:
        kinds.update(dict(host.settings.certificates))
    return _shares({kind: (count, Level.OK) for kind, count in kinds.items()})


def _shares_of(states: Iterable[State | None]) -> tuple[Share, ...]:
    counts: Counter[str] = Counter()
    levels: dict[str, Level] = {}
    for state in states:
        if state is not None:
            counts[state.word] += 1
            levels[state.word] = state.level
    return _shares({word: (count, levels[word]) for word, count in counts.items()})


def _shares(counts: Mapping[str, tuple[int, Level]]) -> tuple[Share, ...]:
    longest = max((count for count, _level in counts.values()), default=0)
    rows = [
        Share(label, count, _width(count, longest), level)
        for label, (count, level) in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.label)))


def _width(count: int, longest: int) -> int:
    """A bar that stands for something is never too short to be seen."""
    return max(2, round(100 * count / longest)) if count else 0


def _histogram(
    part: str, name: str, hosts: Sequence[Host], threshold: Threshold, end: float | None
) -> Histogram:
    values = [value for host in hosts if (value := getattr(host, part).value) is not None]
    middle = statistics.median(values) if values else None
    return histogram(part, name, values, threshold, end, middle, len(hosts) - len(values))
