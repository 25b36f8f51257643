# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate as a person reads it: for whom, by whom, until when, and its fingerprint, instead of lines of PEM."""

from __future__ import annotations

from ..text.escaping import escape
from ..text.pem import blocks
from .certificates import READABLE, Certificate, fingerprints, read_certificates

_NAMED = 6
_BRIEFLY = 2


def described(pem: str) -> str | None:
    """A few lines about a certificate and its chain; None for a text that is not just certificates."""
    found = _parts(pem)
    if found is None:
        return None
    leaf, *chain = found
    if isinstance(leaf, str):
        behind = f", with {_certificates(len(chain))} behind it" if chain else ""
        return (
            f"a certificate{behind}\nSHA-256 {leaf}\n"
            "Python's cryptography is missing here, which would tell more of it"
        )
    lines = [
        _listed(leaf.known_as, _NAMED),
        f"issued by {escape(leaf.issuer)}",
        f"valid from {leaf.begins:%Y-%m-%d} until {leaf.ends:%Y-%m-%d}",
        f"SHA-256 {leaf.fingerprint}",
    ]
    lines += [
        f"chain: {escape(one.subject)}, until {one.ends:%Y-%m-%d}, SHA-256 {one.fingerprint}"
        for one in chain
        if isinstance(one, Certificate)
    ]
    return "\n".join(lines)


def briefly(pem: str) -> str | None:
    """The same in a part of a line."""
    found = _parts(pem)
    if found is None:
        return None
    leaf = found[0]
    if isinstance(leaf, str):
        return f"certificate with SHA-256 {leaf[:23]}…"
    return (
        f"certificate for {_listed(leaf.known_as, _BRIEFLY)}, by {escape(leaf.issuer)}, "
        f"until {leaf.ends:%Y-%m-%d}, SHA-256 {leaf.fingerprint[:23]}…"
    )


def _parts(pem: str) -> list[Certificate] | list[str] | None:
    """The certificates, or where nothing is there to read them with, their fingerprints."""
    every = blocks(pem)
    if not every or not all(block.is_certificate for block in every):
        return None
    try:
        return read_certificates(pem) if READABLE else fingerprints(pem)
    except ValueError:
        return None


def _listed(names: tuple[str, ...], most: int) -> str:
    shown = ", ".join(map(escape, names[:most]))
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown or "no name"


def _certificates(number: int) -> str:
    return "one more" if number == 1 else f"{number} more"
