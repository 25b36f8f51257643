# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kit's credential type: accepted by AWX, and read by the collection as it was meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    DEFAULT_URL,
    Settings,
)
from awx_rules import credential_types

TOKEN = {"api_token": "1|abc"}


@pytest.fixture
def credential_type(configuration: dict[str, Any]) -> dict[str, Any]:
    (one,) = configuration["controller_credential_types"]
    return one


def test_awx_accepts_it(credential_type: dict[str, Any]) -> None:
    assert credential_types.problems(credential_type) == []


@pytest.mark.parametrize(
    ("given", "url", "verify"),
    [
        ({}, DEFAULT_URL, True),
        ({"api_url": "", "insecure": False, "ca": ""}, DEFAULT_URL, True),
        ({"api_url": "https://ts.example"}, "https://ts.example", True),
        ({"insecure": True}, DEFAULT_URL, False),
    ],
)
def test_a_job_connects_as_the_credential_says(
    credential_type: dict[str, Any], given: dict[str, Any], url: str, verify: bool
) -> None:
    environment = credential_types.injected(credential_type, {**TOKEN, **given})
    settings = Settings.resolve({}, environment)
    assert (settings.url, settings.token, settings.verify) == (url, TOKEN["api_token"], verify)


def test_certificates_of_several_lines_go_through_a_file(
    credential_type: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = credential_types.injected(credential_type, {**TOKEN, "ca": "-----BEGIN\nabc\n"})
    path = environment["TURBOSTACK_CA_PATH"]
    monkeypatch.setattr("os.path.exists", lambda asked: asked == path)
    assert Settings.resolve({}, environment).verify == path
    assert Path(path).is_absolute()


def test_the_credential_has_the_inputs_of_its_type(
    configuration: dict[str, Any], credential_type: dict[str, Any]
) -> None:
    fields = {field["id"] for field in credential_type["inputs"]["fields"]}
    for credential in configuration["controller_credentials"]:
        assert credential["credential_type"] == credential_type["name"]
        assert set(credential["inputs"]) <= fields
        assert set(credential["inputs"]) >= set(credential_type["inputs"]["required"])
        # Otherwise every run would be a change.
        assert credential["update_secrets"] is False
