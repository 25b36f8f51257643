# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options of an inventory file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleParserError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.connection import (
    settings,
)


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_URL", "API_TOKEN", "API_TOKEN_FILE", "VALIDATE_CERTS", "CA_PATH"):
        monkeypatch.delenv(f"TURBOSTACK_{name}", raising=False)
    monkeypatch.delenv("TSTOKEN", raising=False)


def template(text: str) -> Any:
    """A template as a file has it."""
    try:
        from ansible.template import trust_as_template
    except ImportError:
        return text
    return trust_as_template(text)


def resolved(folder: Path, variables: dict[str, Any] | None = None, **file: Any) -> Settings:
    templar = Templar(loader=DataLoader())
    return settings(file, templar, variables or {}, str(folder / "turbostack.yml"))


def test_the_environment_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSTOKEN", "from-the-environment")
    assert resolved(tmp_path).token == "from-the-environment"


def test_templates_and_lookups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELSEWHERE", "looked-up")
    made = resolved(
        tmp_path,
        {"where": "other.example", "check": False},
        api_token=template("{{ lookup('env', 'ELSEWHERE') }}"),
        api_url=template("https://{{ where }}"),
        validate_certs=template("{{ check }}"),
        api_timeout=template("{{ 3 + 4 }}"),
    )
    assert (made.token, made.url, made.verify, made.timeout) == (
        "looked-up",
        "https://other.example",
        False,
        7,
    )
    assert made.token.__class__ is str


def test_paths_count_from_the_files_folder(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-a-file\n")
    assert resolved(tmp_path, api_token_file="token").token == "from-a-file"
    assert resolved(tmp_path, api_token_file=str(tmp_path / "token")).token == "from-a-file"


def test_an_empty_template_is_unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TURBOSTACK_API_TOKEN", "second")
    assert resolved(tmp_path, api_token=template("{{ '' }}")).token == "second"


def test_what_is_neither_true_nor_false_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="validate_certs is neither true nor false"):
        resolved(tmp_path, api_token="x", validate_certs="maybe")


def test_a_failing_template_says_why(tmp_path: Path) -> None:
    with pytest.raises(AnsibleParserError, match=r"api_url cannot be rendered: .*nowhere"):
        resolved(tmp_path, api_token="x", api_url=template("https://{{ nowhere }}"))


def test_but_not_what_the_tokens_says(tmp_path: Path) -> None:
    with pytest.raises(AnsibleParserError, match="api_token cannot be rendered") as failure:
        resolved(tmp_path, api_token=template("{{ 'half-of-it' ~ nowhere }}"))
    assert "half-of-it" not in str(failure.value)
    assert failure.value.__cause__ is None
