# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kit's files as Ansible reads them."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

ROOT = Path(__file__).parents[4]
KIT = ROOT / "extensions" / "awx"

Configuration = dict[str, Any]


def _rendered(**own: Any) -> Configuration:
    """The lists of configuration.yml, all templates replaced."""
    loader = DataLoader()
    # Older releases evaluate whatever is not marked unsafe, newer ones what a file of the user's holds.
    newer = "trusted_as_template" in signature(loader.load_from_file).parameters
    trust = {"trusted_as_template": True} if newer else {}
    variables = {**loader.load_from_file(str(KIT / "configuration.yml"), **trust), **own}
    templar = Templar(loader=loader, variables=variables)
    return {
        name: templar.template(value)
        for name, value in variables.items()
        if name.startswith(("controller_", "aap_"))
    }


@pytest.fixture(scope="package")
def render() -> Callable[..., Configuration]:
    return _rendered


@pytest.fixture(scope="package")
def configuration() -> Configuration:
    """With everything that may be there."""
    return _rendered(
        turbostack_awx_project_url="https://git.example/fleet.git",
        turbostack_awx_notification_url="https://chat.example/hook",
        turbostack_awx_people=[{"name": "Ada", "state": "absent"}],
        turbostack_awx_vault_credential="Vault",
    )
