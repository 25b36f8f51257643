# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of a file was encrypted is known, whatever key it stands under."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.file import (
    read_said,
)


@pytest.fixture
def vault() -> VaultLib:
    return VaultLib([("default", VaultSecret(b"opensesame"))])


@pytest.fixture
def loader(vault: VaultLib) -> Any:
    loader = DataLoader()
    loader.set_vault_secrets(vault.secrets)
    return loader


def test_a_value_that_is_encrypted(vault: VaultLib, loader: Any, tmp_path: Path) -> None:
    ciphertext = vault.encrypt("hush").decode("ascii")
    lines = "".join(f"    {line}\n" for line in ciphertext.splitlines())
    path = tmp_path / "all.yml"
    path.write_text(f"webserver: nginx\nlicence: !vault |\n{lines}", encoding="utf-8")
    vaulted: set[str] = set()
    said = read_said(loader, str(path), vaulted)
    assert said.document == {"webserver": "nginx", "licence": "hush"}
    assert vaulted == {"hush"}


def test_a_file_that_is_encrypted(vault: VaultLib, loader: Any, tmp_path: Path) -> None:
    path = tmp_path / "all.yml"
    path.write_bytes(vault.encrypt("licence: hush\npins: [7]\non_duty: true\n"))
    vaulted: set[str] = set()
    assert read_said(loader, str(path), vaulted).document["pins"] == [7]
    assert vaulted == {"hush", "7"}
