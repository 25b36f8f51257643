# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's vault secrets as the operations know them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansible import constants as C  # noqa: N812
from ansible.errors import AnsibleError
from ansible.parsing.vault import VaultLib, match_encrypt_secret

from ...module_utils.config_files.vault import Vault, VaultError, label_of


class _AnsibleVault:
    """The vault of a loader that has secrets."""

    def __init__(self, secrets: Sequence[tuple[str, Any]]) -> None:
        self._secrets = secrets
        self._vault = VaultLib(secrets)

    @property
    def labels(self) -> Sequence[str]:
        return [str(label) for label, _secret in self._secrets]

    @property
    def preferred(self) -> str | None:
        label = C.DEFAULT_VAULT_ENCRYPT_IDENTITY
        return str(label) if label else None

    def encrypt(self, plaintext: str, label: str) -> str:
        _label, secret = match_encrypt_secret(self._secrets, label)
        encrypted: bytes = self._vault.encrypt(plaintext, secret, label)
        return encrypted.decode("ascii").rstrip("\n")

    def decrypt(self, ciphertext: str) -> str:
        try:
            plaintext: bytes = self._vault.decrypt(ciphertext.strip().encode("utf-8"))
            return plaintext.decode("utf-8")
        except (AnsibleError, ValueError):
            raise VaultError(
                f"A secret that is encrypted with the vault id {label_of(ciphertext.strip())} cannot be "
                f"decrypted with the vault secrets at hand ({', '.join(self.labels)}).",
                "Start Ansible with the vault secret that it was encrypted with.",
            ) from None


def ansible_vault(loader: Any) -> Vault | None:
    """The vault secrets that Ansible was started with; None if there are none."""
    secrets = getattr(getattr(loader, "_vault", None), "secrets", None)
    return _AnsibleVault(secrets) if secrets else None
