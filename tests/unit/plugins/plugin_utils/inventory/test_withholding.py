# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of configurations stay out."""

from __future__ import annotations

import copy
import json

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import (
    DEFAULT,
    Policy,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.withholding import (
    Omission,
    withholding,
)
from simulator import CANARY, Fleet

KEY = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----\n"
CERTIFICATE = (
    "-----BEGIN CERTIFICATE-----\nMIID/AKIAABCDEFGHIJKLMNOP+x==\n-----END CERTIFICATE-----\n"
)


def without_secrets(value: object) -> object:
    return Omission().without_secrets(value)


def test_telling_keys_are_left_out() -> None:
    config = {
        "system_users": [{"username": "a", "password": "x", "vhosts": [{"cert_pvk": "y", "n": 1}]}],
        "apiKey": 7,
        "db": {"secret": {"nested": "z"}, "token_list": ["t"]},
    }
    assert without_secrets(config) == {
        "system_users": [{"username": "a", "vhosts": [{"n": 1}]}],
        "db": {},
    }


@pytest.mark.parametrize("value", [True, False, None, "", "  "])
def test_what_says_nothing_stays(value: object) -> None:
    assert without_secrets({"password_login": value}) == {"password_login": value}


def test_secrets_within_other_text_are_masked() -> None:
    assert without_secrets({"note": f"see {KEY} there", "lines": ["ok", KEY]}) == {
        "note": "see ********\n there",
        "lines": ["ok", "********\n"],
    }


def test_of_each_of_many_documents() -> None:
    omission = Omission()
    for _document in range(2):
        config = {"webserver": "nginx", "password": "x", "db": {"webserver": "", "api_token": "y"}}
        assert omission.without_secrets(config) == {"webserver": "nginx", "db": {"webserver": ""}}


def test_also_in_keys() -> None:
    token = "ghp_" + "a1" * 18
    assert without_secrets({token: 1, "plain": 2}) == {"********": 1, "plain": 2}


def test_certificates_are_public() -> None:
    assert without_secrets({"cert_fullchain": CERTIFICATE}) == {"cert_fullchain": CERTIFICATE}
    assert "PRIVATE" not in str(without_secrets(CERTIFICATE + KEY))


@pytest.mark.parametrize("secrets", ["omit", "mask"])
def test_no_planted_secret_gets_through(secrets: str) -> None:
    withhold = withholding(secrets, DEFAULT)
    assert withhold is not None
    fleet = Fleet.generate(hosts=60, seed=5)
    documents = [host.document for host in fleet.hosts.values() if host.json]
    assert CANARY.search(json.dumps(documents))
    assert not CANARY.search(json.dumps([withhold(each) for each in documents]))


def test_mask_keeps_the_keys() -> None:
    withhold = withholding("mask", DEFAULT)
    assert withhold is not None
    assert withhold({"password": "x", "port": 1}) == {"password": "********", "port": 1}


def test_include_changes_nothing() -> None:
    assert withholding("include", DEFAULT) is None


def test_what_is_no_secret_stays_as_it_is() -> None:
    config = {"a": [1, 2.5, None, {"b": "text", "c": []}], "d": {}, "e": "1.2.3.4 # Home IP"}
    assert without_secrets(copy.deepcopy(config)) == config


@pytest.mark.parametrize("secrets", ["omit", "mask"])
def test_a_key_that_the_user_calls_secret_is_one(secrets: str) -> None:
    withhold = withholding(secrets, Policy(schema={"licence": {"secret": True}}))
    assert withhold is not None
    shown = withhold({"licence": "abc-def-ghi", "plain": 1})
    assert "abc-def-ghi" not in json.dumps(shown)
    assert shown["plain"] == 1
