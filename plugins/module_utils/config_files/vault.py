# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What encrypts and decrypts secrets in files, as the files need it; Ansible's vault stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from ..client.errors import TurboStackError

_DEFAULT_LABEL = "default"
_HEADER = "$ANSIBLE_VAULT"


class VaultError(TurboStackError):
    """What is encrypted cannot be read, or nothing is at hand to encrypt with."""

    kind = "vault"


class Vault(Protocol):
    """The vault secrets that Ansible was started with, at least one."""

    @property
    def labels(self) -> Sequence[str]:
        """The vault ids, in the order in which they were given."""

    @property
    def preferred(self) -> str | None:
        """The vault id that Ansible's own settings name for encrypting."""

    def encrypt(self, plaintext: str, label: str) -> str:
        """Vault text (C($ANSIBLE_VAULT;…), lines of 80 characters) without a line feed at its end."""

    def decrypt(self, ciphertext: str) -> str:
        """What the vault text holds.

        :raises VaultError: where none of the secrets fits; the message holds neither text.
        """


def label_for(vault: Vault, wanted: str | None) -> str:
    """The vault id to encrypt with.

    :raises VaultError: where the wanted one is not at hand, or several are and none is named.
    """
    there = ", ".join(dict.fromkeys(vault.labels))
    label = wanted or vault.preferred
    if label:
        if label not in vault.labels:
            raise VaultError(
                f"There is no vault secret with the id {label}; those at hand are: {there}.",
                f"Start Ansible with --vault-id {label}@… as well, or name another id.",
            )
        return label
    if len(set(vault.labels)) > 1:
        raise VaultError(
            f"There are several vault secrets to encrypt with: {there}.",
            "Name one with vault_id.",
        )
    return vault.labels[0]


def decryption(vault: Vault | None) -> Callable[[str], str]:
    """What decrypts; where there is nothing to decrypt with, it says so when it is asked to."""

    def refuse(ciphertext: str) -> str:
        raise VaultError(
            "It holds encrypted secrets, and Ansible was started without a vault password.",
            "Start it with --vault-id or --vault-password-file, and the password that they were encrypted with.",
        )

    return refuse if vault is None else vault.decrypt


def label_of(ciphertext: str) -> str:
    """The vault id in the header of a vault text; a header without one means C(default)."""
    fields = ciphertext.split("\n", 1)[0].split(";")
    return fields[3].strip() if len(fields) > 3 else _DEFAULT_LABEL


def is_encrypted(text: str) -> bool:
    """Whether a text is a vault text already, and so cannot be encrypted as it stands."""
    return text.lstrip().startswith(_HEADER)
