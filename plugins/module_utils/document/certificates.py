# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates as a configuration holds them: whom one is for, who issued it, until when, and which key it belongs to.

cryptography reads them, which ansible-core brings along. Where it is missing, C(READABLE) is false and nothing but
C(fingerprints) works.
"""

from __future__ import annotations

import hashlib
import ipaddress
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from ..text.pem import blocks
from .domains import domain_key

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.utils import CryptographyDeprecationWarning
    from cryptography.x509.oid import NameOID

    # That an authority of old counts otherwise than one would today is no news to who reads its certificate here.
    warnings.filterwarnings("ignore", category=CryptographyDeprecationWarning, module=__name__)
    READABLE = True
except ImportError:
    READABLE = False


@dataclass(frozen=True)
class Certificate:
    """One certificate; two are equal that are the same, byte by byte.

    :ivar names: of its subjectAltName, as they are written: the only ones that browsers go by.
    :ivar subject, issuer: what they are called: the common name, or else as much as there is.
    :ivar begins, ends: in UTC.
    :ivar is_authority: whether it may issue others.
    :ivar der: the certificate itself.
    """

    names: tuple[str, ...] = field(compare=False)
    subject: str = field(compare=False)
    issuer: str = field(compare=False)
    begins: datetime = field(compare=False)
    ends: datetime = field(compare=False)
    is_authority: bool = field(compare=False)
    der: bytes = field(repr=False)
    _read: Any = field(repr=False, compare=False)

    @property
    def known_as(self) -> tuple[str, ...]:
        """Its names, or where it has none, the one that old programs went by."""
        return self.names or ((self.subject,) if self.subject else ())

    @property
    def fingerprint(self) -> str:
        """SHA-256, in pairs of digits as browsers and OpenSSL show it."""
        return _fingerprint(self.der)

    @property
    def public_key(self) -> bytes:
        """In a form in which two equal keys are equal.

        :raises ValueError: for a kind of key that is not known here.
        """
        try:
            return _public(self._read.public_key())
        except UnsupportedAlgorithm as error:
            raise ValueError(str(error)) from None

    @property
    def issuer_name(self) -> bytes:
        """What its issuer is called, in full, as it stands in the issuer's own certificate."""
        name: bytes = self._read.issuer.public_bytes()
        return name

    @property
    def is_of_itself(self) -> bool:
        """Whether it issued itself: a root, or a certificate without any authority behind it."""
        return self.is_issued_by(self)

    def is_issued_by(self, issuer: Certificate) -> bool:
        """Whether the other one has signed it; before cryptography 40, whether it looks so by the names."""
        if self._read.issuer != issuer._read.subject:
            return False
        if not hasattr(self._read, "verify_directly_issued_by"):
            return True
        try:
            self._read.verify_directly_issued_by(issuer._read)
        except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
            return False
        return True

    def covers(self, domain: str) -> bool:
        """Whether it is for a domain, in any of its spellings; C(*.shop.example) stands for one label, and no more."""
        return covers(self.known_as, domain)


def read_certificates(text: str) -> list[Certificate]:
    """The certificates of a PEM text, in their order; an empty list where it has none.

    :raises ValueError: for one that cannot be read.
    """
    return [certificate_of(block.content) for block in blocks(text) if block.is_certificate]


def issuers_in(text: str, one: Certificate) -> list[Certificate]:
    """The certificates of a long PEM text that have issued another one; none but these are read."""
    found = []
    for block in blocks(text):
        der = block.content if block.is_certificate else b""
        if one.issuer_name in der:
            issuer = certificate_of(der)
            if one.is_issued_by(issuer):
                found.append(issuer)
    return found


def fingerprints(text: str) -> list[str]:
    """SHA-256 of each certificate of a PEM text, which takes nothing that reads certificates.

    :raises ValueError: for what is no Base64.
    """
    return [_fingerprint(block.content) for block in blocks(text) if block.is_certificate]


def covers(names: Iterable[str], domain: str) -> bool:
    """Whether one of a certificate's names stands for a domain."""
    held = {domain_key(name) for name in names}
    return any(name in held for name in covering(domain))


def covering(domain: str) -> tuple[str, ...]:
    """The names that a certificate may have of which each stands for a domain."""
    wanted = domain_key(domain)
    first, dot, rest = wanted.partition(".")
    return (wanted, f"*.{rest}") if dot and first != "*" else (wanted,)


def public_key_of(key: str) -> bytes:
    """What belongs to a private key in PEM, to be compared with C(Certificate.public_key).

    :raises TypeError: where it takes a passphrase.
    :raises ValueError: where it cannot be read.
    """
    try:
        private = serialization.load_pem_private_key(key.encode("utf-8"), password=None)
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from None
    return _public(private.public_key())


def certificate_of(der: bytes) -> Certificate:
    """One certificate.

    :raises ValueError: for what cannot be read as one.
    """
    try:
        read = x509.load_der_x509_certificate(der)
        return Certificate(
            names=_names(read),
            subject=_called(read.subject),
            issuer=_called(read.issuer),
            begins=_moment(read, "not_valid_before"),
            ends=_moment(read, "not_valid_after"),
            is_authority=_is_authority(read),
            der=der,
            _read=read,
        )
    except (
        ValueError,
        TypeError,
        UnsupportedAlgorithm,
        x509.InvalidVersion,
        x509.DuplicateExtension,
        x509.UnsupportedGeneralNameType,
    ) as error:
        raise ValueError(str(error)) from None


def _moment(read: Any, name: str) -> datetime:
    if hasattr(read, f"{name}_utc"):
        moment: datetime = getattr(read, f"{name}_utc")
        return moment
    # cryptography before 42
    naive: datetime = getattr(read, name)
    return naive.replace(tzinfo=timezone.utc)


def _names(read: Any) -> tuple[str, ...]:
    try:
        said = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    addresses = said.get_values_for_type(x509.IPAddress)
    plain = [
        one for one in addresses if isinstance(one, (ipaddress.IPv4Address, ipaddress.IPv6Address))
    ]
    return (*map(str, said.get_values_for_type(x509.DNSName)), *map(str, plain))


def _is_authority(read: Any) -> bool:
    try:
        return bool(read.extensions.get_extension_for_class(x509.BasicConstraints).value.ca)
    except x509.ExtensionNotFound:
        return False


def _called(name: Any) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else str(name.rfc4514_string())


def _fingerprint(der: bytes) -> str:
    return hashlib.sha256(der).digest().hex(":").upper()


def _public(key: Any) -> bytes:
    made: bytes = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return made
