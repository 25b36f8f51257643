# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of PEM files: what each holds, and why others are of no use."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files.vault import VaultError, is_encrypted
from ...module_utils.document.certificates import (
    Certificate,
    certificate_of,
    public_key_of,
    read_certificates,
)
from ...module_utils.text.escaping import escape
from ...module_utils.text.pem import Block, blocks

# Certificates and keys are a few thousand bytes long.
_LARGEST = 1 << 20
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BEGIN = "-----BEGIN "
# Its version, which comes first in PKCS#12.
_PKCS12 = b"\x02\x01\x03"


@dataclass(frozen=True)
class PrivateKey:
    """One key.

    :ivar file: that holds it, for messages.
    :ivar public: what belongs to it, as C(Certificate.public_key) has it.
    """

    file: str
    text: str = field(repr=False)
    public: bytes = field(repr=False)


@dataclass(frozen=True)
class PemFiles:
    """What a folder holds.

    :ivar certificates: by file, in the order of each file.
    :ivar problems: why a file is of no use, a sentence each.
    :ivar others: files without anything of that kind.
    """

    certificates: dict[str, list[Certificate]] = field(default_factory=dict)
    keys: list[PrivateKey] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read_folder(
    folder: str, decrypt: Callable[[str], str], censor: Callable[[set[str]], None]
) -> PemFiles:
    """The files of a folder and of those below it; what is hidden is left alone.

    :param decrypt: from a vault text to what it holds; raises VaultError.
    :param censor: told of each key as soon as it is known.
    :raises SettingsError: where the folder cannot be read.
    """
    found = PemFiles()
    for path in _files(folder):
        name = escape(os.path.relpath(path, folder))
        try:
            _read(path, name, found, decrypt, censor)
        except VaultError as error:
            found.problems.append(f"{name}: {error}")
        except OSError as error:
            found.problems.append(f"{name} cannot be read: {error.strerror}.")
    return found


def _files(folder: str) -> Iterator[str]:
    """Links are followed, as they are what certbot keeps; a folder is looked into once."""
    seen = set()

    def refuse(error: OSError) -> None:
        raise SettingsError(f"{escape(str(error.filename))} cannot be read: {error.strerror}.")

    for here, folders, names in os.walk(folder, onerror=refuse, followlinks=True):
        real = os.path.realpath(here)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        for name in sorted(names):
            if not name.startswith("."):
                yield os.path.join(here, name)


def _read(
    path: str,
    name: str,
    found: PemFiles,
    decrypt: Callable[[str], str],
    censor: Callable[[set[str]], None],
) -> None:
    if os.path.getsize(path) > _LARGEST or not os.path.isfile(path):
        found.others.append(name)
        return
    with open(path, "rb") as file:
        content = file.read().removeprefix(codecs.BOM_UTF8)
    if content.startswith(_UTF16):
        found.problems.append(f"{name} is UTF-16. Save it as UTF-8, or as ASCII.")
        return
    if _is_der(content):
        found.problems.append(_no_pem(name, content))
        return
    text = content.decode("latin-1")
    if is_encrypted(text):
        text = decrypt(text).removeprefix("\ufeff")
    every = blocks(text)
    if not every:
        told = f"{name} begins something in PEM that does not end: it may be cut off."
        (found.problems if _BEGIN in text else found.others).append(
            told if _BEGIN in text else name
        )
        return
    useful = [_block(block, name, found, censor) for block in every]
    if not any(useful):
        found.others.append(name)


def _block(block: Block, name: str, found: PemFiles, censor: Callable[[set[str]], None]) -> bool:
    """Take one block in.

    :returns: whether it is of a kind that is meant here.
    """
    if block.is_key:
        censor({block.text.strip()})
        _key(block, name, found)
    elif block.is_certificate:
        try:
            found.certificates.setdefault(name, []).extend(read_certificates(block.text))
        except ValueError:
            found.problems.append(f"{name} holds a certificate that cannot be read.")
    elif block.label == "TRUSTED CERTIFICATE":
        found.problems.append(
            f"{name} holds a certificate in OpenSSL's own form. Make it a plain one: "
            f"openssl x509 -in {name} -out {name}."
        )
    elif block.label in ("PKCS7", "CMS"):
        found.problems.append(
            f"{name} holds certificates in PKCS#7. Make PEM of it: "
            f"openssl pkcs7 -in {name} -print_certs -out {_renamed(name)}."
        )
    else:
        return False
    return True


def _key(block: Block, name: str, found: PemFiles) -> None:
    if block.label.startswith("ENCRYPTED") or "ENCRYPTED" in block.text.split("\n\n", 1)[0]:
        found.problems.append(_behind_passphrase(name))
        return
    try:
        found.keys.append(PrivateKey(name, block.text, public_key_of(block.text)))
    except TypeError:
        found.problems.append(_behind_passphrase(name))
    except ValueError:
        found.problems.append(f"{name} holds a private key that cannot be read.")


def _behind_passphrase(name: str) -> str:
    return (
        f"{name} holds a private key behind a passphrase, which no web server could type. Take it off (openssl pkey "
        f"-in {name} -out {_renamed(name)}), and keep the key in ansible-vault."
    )


def _is_der(content: bytes) -> bool:
    """Whether it is a sequence in DER: its length follows, in one byte or in as many as the first one says."""
    if len(content) < 2 or content[0] != 0x30:
        return False
    return 0x81 <= content[1] <= 0x83 or content[1] == len(content) - 2


def _no_pem(name: str, content: bytes) -> str:
    """What a file in DER is, and how to make PEM of it."""
    if content[4:7] == _PKCS12:
        return (
            f"{name} is PKCS#12 (.pfx, .p12). Make PEM of it: "
            f"openssl pkcs12 -in {name} -nodes -out {_renamed(name)}."
        )
    with suppress(ValueError):
        certificate_of(content)
        return (
            f"{name} is a certificate in DER. Make PEM of it: "
            f"openssl x509 -inform der -in {name} -out {_renamed(name)}."
        )
    return (
        f"{name} is DER, and no certificate. If it is a private key, make PEM of it: "
        f"openssl pkey -inform der -in {name} -out {_renamed(name)}."
    )


def _renamed(name: str) -> str:
    return f"{os.path.splitext(name)[0]}.pem"
