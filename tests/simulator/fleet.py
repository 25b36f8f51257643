# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fleet: the clients, hosts, groups and tokens the simulator serves."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import markers
from .documents import APPLICATIONS, document, group_document, people
from .monitoring import monitoring
from .records import Client, Group, Host, Record, dump
from .tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterable

EPOCH = 1_767_225_600  # 2026-01-01T00:00:00Z: fleets do not depend on today's date
_DAY = 86_400

_COMPANIES = (
    "Bakkerij Peeters", "Brasserie Liégeoise", "Café Zoë", "Fietsen Janssens", "Gärtnerei Müller",
    "Huis & Tuin", "Kaashandel De Smet", "Librairie Évrard", "Mode Vermeulen", "Optik Größe",
    "Papeterie Noël", "Reisbureau Maes", "Schoenen Torfs-Ooms", "Sport Łukasz", "Wijnhuis D'Hondt",
)  # fmt: skip
_FIRST_NAMES = ("An", "Bram", "Chloé", "Dries", "Élise", "Jörg", "Søren", "Zoë")
_EMPTY = (None, "", "[]", "{}")
_STAGES = ("prod", "prod", "staging", "dev")


@dataclass
class Fleet:
    """Records by their integer id, tokens by their name; the token `admin` always exists."""

    clients: dict[int, Client] = field(default_factory=dict)
    hosts: dict[int, Host] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    seed: int = 1

    @classmethod
    def generate(cls, hosts: int = 50, seed: int = 1) -> Fleet:
        """A fleet of `hosts` hosts; the same arguments give the same fleet.

        About every twelfth host has an empty configuration: null, "", [] and {} in turn.
        """
        rng = random.Random(seed)
        fleet = cls(seed=seed)
        domains: dict[int, str] = {}
        keys: dict[int, list[str]] = {}
        client_id = 10
        for index in range(max(3, min(200, hosts // 20 + 3))):
            client_id += rng.randint(1, 3)
            client = _client(rng, client_id, index)
            fleet.clients[client_id] = client
            domains[client_id] = str(client.email).partition("@")[2]
            keys[client_id] = people(rng, domains[client_id])
        _add_groups(fleet, rng, domains)
        owners = list(fleet.clients)
        host_id = 100
        for index in range(hosts):
            host_id += rng.randint(1, 3)
            # Customers differ in size: the first ones own more than the last ones.
            owner = owners[int(len(owners) * rng.random() ** 1.5)]
            fleet.add_host(_host(rng, host_id, index, owner, domains[owner], keys[owner]))
        _add_tokens(fleet, rng)
        return fleet

    @classmethod
    def hostile(cls, witness: str | Path = "turbostack-hostile-witness") -> Fleet:
        """A fleet of odd and malicious rows; the file `witness` appears if one is executed."""
        from .hostile import add_hostile_rows

        fleet = cls(seed=666)
        add_hostile_rows(fleet, str(witness))
        _add_tokens(fleet, random.Random(666))
        return fleet

    def __post_init__(self) -> None:
        if "admin" not in self.tokens:
            self.tokens["admin"] = Token("admin", markers.token(random.Random(self.seed), 1))

    def add_host(self, host: Host) -> Host:
        """Put a host (back) into the fleet."""
        self.hosts[int(host.id)] = host
        return host

    def new_client(self, name: str = "Client") -> Client:
        """A further client."""
        number = max(self.clients, default=10) + 1
        client = Client(number, "An", name, f"it@client{number}.example", EPOCH, EPOCH)
        self.clients[number] = client
        return client

    def new_host(
        self, name: str | None, document: Any = None, client_id: int | None = None
    ) -> Host:
        """A further host with that configuration (None: nothing is stored).

        It belongs to the client of that id, else to the first one, which is made if need be.
        """
        number = max(self.hosts, default=100) + 1
        owner = self._owner(client_id)
        text = None if document is None else dump(document)
        live = monitoring(random.Random(number))
        return self.add_host(Host(number, owner, 1, name, text, EPOCH, EPOCH, live))

    def new_group(
        self,
        name: str,
        document: Any = None,
        client_id: int | None = None,
        spans: Iterable[int] | None = None,
    ) -> Group:
        """A further group; with `spans`, the ids of clients, it is a partner group."""
        number = max(self.groups, default=20) + 1
        text = None if document is None else dump(document)
        owner = self._owner(client_id) if spans is None else None
        group = Group(number, owner, name, text, EPOCH, EPOCH, tuple(spans or ()))
        self.groups[number] = group
        return group

    def add_token(
        self, name: str, clients: Iterable[int] | None = None, expired: bool = False
    ) -> str:
        """A further token, for the clients of these ids (None: for all); returns its value."""
        number = len(self.tokens) + 1
        value = markers.token(random.Random(f"{self.seed} {name}"), number)
        rights = None if clients is None else frozenset(clients)
        self.tokens[name] = Token(name, value, rights, expired)
        return value

    def _owner(self, client_id: int | None) -> int:
        if client_id is not None:
            return client_id
        return next(iter(self.clients)) if self.clients else int(self.new_client().id)

    def remove_host(self, host_id: int) -> Host:
        """Take a host out of the fleet."""
        return self.hosts.pop(host_id)

    def host_named(self, name: str) -> Host:
        """The first host of that name; KeyError when there is none."""
        for host in self.hosts.values():
            if host.name == name:
                return host
        raise KeyError(name)

    def copy(self) -> Fleet:
        """A fleet of its own rows, which may change without this one changing."""
        return Fleet(
            clients={key: replace(row) for key, row in self.clients.items()},
            hosts={key: replace(row) for key, row in self.hosts.items()},
            groups={key: replace(row) for key, row in self.groups.items()},
            tokens=dict(self.tokens),
            seed=self.seed,
        )


class Snapshot:
    """A fleet at one moment, to return to later; rows that did not change cost nothing."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet
        self._tokens = dict(fleet.tokens)
        tables: tuple[dict[int, Any], ...] = (fleet.clients, fleet.hosts, fleet.groups)
        self._tables: list[tuple[dict[int, Any], list[tuple[int, Record, int, tuple[Any, ...]]]]]
        self._tables = [
            (table, [(key, row, row.version, row.columns()) for key, row in table.items()])
            for table in tables
        ]

    def restore(self) -> None:
        """Make the fleet what it was; its dicts and rows stay the same objects."""
        self._fleet.tokens.clear()
        self._fleet.tokens.update(self._tokens)
        for position, (table, rows) in enumerate(self._tables):
            table.clear()
            for index, (key, row, version, columns) in enumerate(rows):
                if row.version != version:
                    row.restore(columns)
                    self._tables[position][1][index] = (key, row, row.version, columns)
                table[key] = row


def _client(rng: random.Random, client_id: int, index: int) -> Client:
    company = _COMPANIES[index % len(_COMPANIES)]
    letters = company.lower().encode("ascii", "ignore").decode()
    label = "".join(letter for letter in letters if letter.isalnum())
    number = index // len(_COMPANIES)
    domain = f"{label}{number or ''}.example"
    created = EPOCH - rng.randint(100, 1500) * _DAY
    return Client(
        id=client_id,
        firstname=rng.choice(_FIRST_NAMES),
        lastname=f"{company}{f' {number}' if number else ''}",
        email=f"it@{domain}",
        created_at=created,
        updated_at=created + rng.randint(0, 90 * _DAY),
    )


def _add_groups(fleet: Fleet, rng: random.Random, domains: dict[int, str]) -> None:
    group_id = 20
    for client_id, domain in domains.items():
        for purpose in ("developers", "security")[: rng.randint(1, 2)]:
            group_id += rng.randint(1, 2)
            text = dump(group_document(rng, domain))
            moment = EPOCH - rng.randint(1, 300) * _DAY
            name = f"{domain.removesuffix('.example')} {purpose}"
            fleet.groups[group_id] = Group(group_id, client_id, name, text, moment, moment)
    owners = list(domains)
    for index, start in enumerate(range(0, len(owners), 4)):
        group_id += 1
        text = dump(group_document(rng, "agency.example"))
        name = f"Partner {('Agentur Süd', 'Bureau Nord', 'Agency')[index % 3]} {index + 1}"
        spans = tuple(owners[start : start + 4])
        fleet.groups[group_id] = Group(group_id, None, name, text, EPOCH, EPOCH, spans)


def _host(
    rng: random.Random, host_id: int, index: int, owner: int, domain: str, keys: list[str]
) -> Host:
    application = rng.choice(APPLICATIONS)
    stage = rng.choice(_STAGES)
    username = domain.partition(".")[0][:12]
    created = EPOCH - rng.randint(30, 900) * _DAY
    text: str | None
    if index % 12 == 7:
        text = _EMPTY[index // 12 % len(_EMPTY)]
    else:
        text = dump(document(rng, application, username, domain, stage, keys))
    return Host(
        id=host_id,
        client_id=owner,
        active=0 if rng.random() < 0.06 else 1,
        name=f"{application}-{stage}{index + 1}.{domain}",
        json=text,
        created_at=created,
        updated_at=created + rng.randint(0, 30 * _DAY),
        monitoring=monitoring(rng),
    )


def _add_tokens(fleet: Fleet, rng: random.Random) -> None:
    owners = list(fleet.clients)
    rights: dict[str, frozenset[int] | None] = {
        "admin": None,
        "agency": frozenset(owners[: max(2, len(owners) // 2)]),
        "shop": frozenset(owners[:1]),
        "stranger": frozenset(),
    }
    for number, (name, clients) in enumerate(rights.items(), start=1):
        fleet.tokens[name] = Token(name, markers.token(rng, number), clients)
    fleet.tokens["expired"] = Token("expired", markers.token(rng, 9), expired=True)
