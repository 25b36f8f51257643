# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate's chain: what has to be sent along so that a browser finds from it to an authority that it trusts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ...module_utils.document.certificates import Certificate
from ...module_utils.text.escaping import escape

# No chain of the world is longer, and nothing that goes in a circle comes to its end.
_LONGEST = 10


@dataclass(frozen=True)
class Chain:
    """A chain, as far as it goes.

    :ivar certificates: leaf first, without a root, which every browser has.
    :ivar problem: why it cannot be used; empty where it can.
    :ivar doubt: why it may not do; empty where it will.
    """

    certificates: tuple[Certificate, ...] = field(repr=False)
    problem: str = ""
    doubt: str = ""


def chain_of(
    leaf: Certificate,
    beside: Sequence[Certificate],
    others: Sequence[Certificate],
    is_trusted: Callable[[Certificate], bool],
    now: datetime,
) -> Chain:
    """The chain of a certificate, out of what is there, in whatever order it is there.

    :param beside: what lies in the same file, which counts before C(others).
    :param is_trusted: whether an authority that this machine trusts has issued a certificate.
    """
    chain = [leaf]
    while len(chain) < _LONGEST:
        last = chain[-1]
        if last.is_of_itself:
            return Chain(tuple(chain) if last is leaf else tuple(chain[:-1]))
        issuers = _issuers(last, beside) or _issuers(last, others)
        roots = [one for one in issuers if one.is_of_itself]
        if roots:
            return Chain(tuple(chain))
        valid = [one for one in issuers if one.begins <= now < one.ends]
        if issuers and not valid:
            return Chain(tuple(chain), problem=_expired(issuers[0]))
        if not valid:
            return _open(chain, is_trusted)
        if len(valid) > 1:
            return Chain(tuple(chain), problem=_several(last, valid))
        chain.append(valid[0])
    return Chain(tuple(chain), problem="Its chain does not end.")


def _issuers(one: Certificate, among: Sequence[Certificate]) -> list[Certificate]:
    return [
        other
        for other in dict.fromkeys(among)
        if other != one and other.is_authority and one.is_issued_by(other)
    ]


def _open(chain: Sequence[Certificate], is_trusted: Callable[[Certificate], bool]) -> Chain:
    """A chain behind whose last certificate nothing is there."""
    last = chain[-1]
    if is_trusted(last):
        return Chain(tuple(chain))
    issuer = escape(last.issuer) or "an authority without a name"
    own = f"If {issuer} is an authority of your own, put its certificate into the folder as well."
    if len(chain) == 1:
        return Chain(
            tuple(chain),
            problem=f"An intermediate certificate is missing: that of {issuer}, who issued it. {own}",
        )
    return Chain(
        tuple(chain),
        doubt=(
            f"Its chain ends at {escape(last.subject)}, which {issuer} has issued, no authority that is known here: "
            f"an intermediate certificate, that of {issuer}, may be missing. {own}"
        ),
    )


def _expired(one: Certificate) -> str:
    return (
        f"The intermediate certificate of {escape(one.subject)} is not valid now, but from {one.begins:%Y-%m-%d} until "
        f"{one.ends:%Y-%m-%d}."
    )


def _several(one: Certificate, issuers: Sequence[Certificate]) -> str:
    told = " and ".join(f"{issuer.fingerprint[:23]}…" for issuer in issuers[:2])
    return (
        f"Its chain cannot be put in order without doubt: {len(issuers)} certificates of {escape(one.issuer)} could "
        f"have issued it (SHA-256 {told}). Put the right one into the file of the certificate."
    )
