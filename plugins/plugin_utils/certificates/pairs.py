# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pairs of a certificate and its key, out of files that bear any names."""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from ...module_utils.document.certificates import Certificate
from ...module_utils.document.domains import domain_key
from ...module_utils.text.escaping import escape
from .chains import chain_of
from .pem_files import PemFiles, PrivateKey

_NAMED = 4


@dataclass(frozen=True)
class Pair:
    """A certificate that may be used, with its chain and its key.

    :ivar chain: leaf first, in the order in which it has to be sent.
    :ivar files: where its parts come from.
    :ivar doubt: why its chain may not do; empty where it will.
    """

    chain: tuple[Certificate, ...]
    key: PrivateKey
    files: tuple[str, ...]
    doubt: str = ""

    @property
    def leaf(self) -> Certificate:
        return self.chain[0]

    @cached_property
    def fullchain(self) -> str:
        """In PEM."""
        return "".join(map(_pem, self.chain))

    @cached_property
    def held(self) -> frozenset[str]:
        """The names that it is for, as C(domain_key) has them."""
        return frozenset(map(domain_key, self.leaf.names))

    def __str__(self) -> str:
        return f"{named(self.leaf.names)} until {self.leaf.ends:%Y-%m-%d} ({', '.join(self.files)})"


@dataclass(frozen=True)
class Pairs:
    """What the folder comes to.

    :ivar usable: to be used now.
    :ivar idle: pairs that are not valid now, with why.
    :ivar problems: what is wrong with the folder, a sentence each.
    :ivar strays: certificates that belong to no pair.
    """

    usable: list[Pair] = field(default_factory=list)
    idle: list[tuple[Pair, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)


def pairs_in(files: PemFiles, is_trusted: Callable[[Certificate], bool], now: datetime) -> Pairs:
    """The pairs of a folder, with everything that is wrong with it and not the first thing only.

    :param is_trusted: whether an authority that this machine trusts has issued a certificate.
    """
    return _Pairing(files, is_trusted, now).made()


def named(names: Sequence[str]) -> str:
    """The first of some names."""
    shown = ", ".join(map(escape, names[:_NAMED]))
    return f"{shown} and {len(names) - _NAMED} more" if len(names) > _NAMED else shown or "no name"


class _Pairing:
    def __init__(
        self, files: PemFiles, is_trusted: Callable[[Certificate], bool], now: datetime
    ) -> None:
        self._files = files
        self._is_trusted = is_trusted
        self._now = now
        self._found = Pairs(problems=list(files.problems))
        # Equal certificates are one, whichever files hold it.
        self._in: dict[Certificate, list[str]] = {}
        for name, certificates in files.certificates.items():
            for one in certificates:
                self._in.setdefault(one, []).append(name)
        self._keys: dict[bytes, list[PrivateKey]] = {}
        for key in files.keys:
            self._keys.setdefault(key.public, []).append(key)

    def made(self) -> Pairs:
        leaves = [one for one in self._in if self._is_leaf(one)]
        used: set[Certificate] = set(leaves)
        for leaf in leaves:
            used.update(self._pair(leaf))
        belonging = {_public(leaf) for leaf in leaves}
        for key in self._files.keys:
            if key.public not in belonging:
                self._found.problems.append(
                    f"{key.file} holds a private key that belongs to none of the certificates."
                )
        self._found.strays.extend(
            f"{escape(one.subject)} ({', '.join(files)})"
            for one, files in self._in.items()
            if one not in used and not one.is_of_itself
        )
        return self._found

    def _is_leaf(self, one: Certificate) -> bool:
        """What issued itself may be a root, or what somebody made for a name: that has one."""
        return not one.is_authority or (bool(one.names) and one.is_of_itself)

    def _pair(self, leaf: Certificate) -> Iterable[Certificate]:
        """Make a pair, or say why there is none.

        :returns: the chain's certificates, which are of use.
        """
        files = self._in[leaf]
        told = f"{', '.join(files)}: the certificate for {named(leaf.known_as)}"
        beside = [one for name in files for one in self._files.certificates[name]]
        chain = chain_of(leaf, beside, list(self._in), self._is_trusted, self._now)
        keys = self._keys.get(_public(leaf), [])
        if not leaf.names:
            self._found.problems.append(
                f"{told} has no subjectAltName, and browsers go by nothing else."
            )
        elif not keys:
            self._found.problems.append(f"{told} has no private key: none in the folder fits.")
        elif reason := _idle(leaf, self._now):
            self._found.idle.append((self._of(chain.certificates, keys[0], chain.doubt), reason))
        elif chain.problem:
            self._found.problems.append(f"{told} cannot be used. {chain.problem}")
        else:
            self._found.usable.append(self._of(chain.certificates, keys[0], chain.doubt))
        return chain.certificates

    def _of(self, chain: tuple[Certificate, ...], key: PrivateKey, doubt: str) -> Pair:
        own = self._in[chain[0]]
        files = [
            next((name for name in own if name in self._in[one]), self._in[one][0]) for one in chain
        ]
        return Pair(chain, key, tuple(dict.fromkeys((*files, key.file))), doubt)


def _idle(leaf: Certificate, now: datetime) -> str:
    if leaf.ends <= now:
        return f"it expired on {leaf.ends:%Y-%m-%d}"
    return f"it is valid from {leaf.begins:%Y-%m-%d} only" if leaf.begins > now else ""


def _public(one: Certificate) -> bytes:
    try:
        return one.public_key
    except ValueError:
        # A kind of key that nothing here can read belongs to none that was read.
        return b""


def _pem(one: Certificate) -> str:
    lines = textwrap.wrap(base64.b64encode(one.der).decode("ascii"), 64)
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))
