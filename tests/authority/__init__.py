# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates for tests, made on the fly: a root, authorities below it, and certificates for names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NOW = datetime.now(timezone.utc).replace(microsecond=0)


@dataclass(frozen=True)
class Issued:
    """A certificate with its key; it may issue others where it is an authority."""

    certificate: x509.Certificate
    private: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def key(self) -> str:
        return self.key_in()

    def key_in(self, passphrase: str = "") -> str:
        """The key in PEM, encrypted where there is a passphrase."""
        encryption = (
            serialization.BestAvailableEncryption(passphrase.encode())
            if passphrase
            else serialization.NoEncryption()
        )
        return self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
        ).decode("ascii")

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex(":").upper()

    @property
    def until(self) -> str:
        return f"{self.certificate.not_valid_after_utc:%Y-%m-%d}"


def issued(
    *names: str,
    by: Issued | None = None,
    called: str | None = None,
    days: float = 90,
    since: float = 10,
    authority: bool = False,
    private: ec.EllipticCurvePrivateKey | None = None,
) -> Issued:
    """A new certificate.

    :param names: of its subjectAltName; none of that where there are no names.
    :param by: its authority; it issues itself without one.
    :param called: its common name; the first of the names without it.
    :param days: how long it is valid from now on; C(since), for how many days it has been.
    """
    private = private or ec.generate_private_key(ec.SECP256R1())
    common = called if called is not None else names[0]
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)] if common else [])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=since))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False
        )
    return Issued(builder.sign(by.private if by else private, hashes.SHA256()), private)


@cache
def root() -> Issued:
    """The root of this process."""
    return issued(called="Test Root", authority=True, days=3650)


@cache
def intermediate() -> Issued:
    """An authority below it."""
    return issued(called="Test Intermediate", by=root(), authority=True, days=1825)
