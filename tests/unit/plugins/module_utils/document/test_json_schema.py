# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schema for editors comes from the table of keys, and says the same as it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.walk import (
    rebuilt,
)
from simulator import Fleet
from workshop import json_schema

validators = pytest.importorskip("jsonschema")


def errors(document: Any) -> list[str]:
    schema = json.loads(json_schema.PAGE.read_text(encoding="utf-8"))
    validator = validators.Draft202012Validator(schema)
    return ["/".join(map(str, error.absolute_path)) for error in validator.iter_errors(document)]


def test_the_file_is_made_from_the_table() -> None:
    assert json_schema.PAGE.read_text(encoding="utf-8") == json_schema.page()
    validators.Draft202012Validator.check_schema(json.loads(json_schema.page()))


@pytest.mark.parametrize(
    ("document", "where"),
    [
        ({"webserver": "ngnix"}, "webserver"),
        ({"redis_enabled": "yes"}, "redis_enabled"),
        ({"php_main_version": 8.10}, "php_main_version"),
        ({"ftp_sftp_port": 70000}, "ftp_sftp_port"),
        ({"mysql_innodb_size": "2 gigs"}, "mysql_innodb_size"),
        ({"firewall_country_block": "Belgium"}, "firewall_country_block"),
        ({"system_users": [{"vhosts": []}]}, "system_users"),
        ({"system_users": [{"username": "a", "vhosts": [{"cert_type": "own"}]}]}, "system_users"),
        ({"ssh_keys": "ssh-ed25519 AAAA"}, "ssh_keys"),
    ],
)
def test_an_editor_points_out(document: Any, where: str) -> None:
    assert errors(document) == [where]


@pytest.mark.parametrize(
    "document",
    [
        {"unknown": {"of": ["any", 1]}},
        {"webserver": None, "php_main_version": "{{ php }}"},
        {"firewall_whitelist": ["192.0.2.4 # Office", "2001:db8::/32", "# note"]},
    ],
)
def test_it_says_nothing_of(document: Any) -> None:
    assert errors(document) == []


def test_nor_of_a_fleet_that_runs() -> None:
    for host in Fleet.generate(hosts=30, seed=8).hosts.values():
        if isinstance(host.document, dict):
            # Some have versions that YAML has damaged, which an editor is to point out.
            mended = rebuilt(host.document, lambda one: str(one) if isinstance(one, float) else one)
            assert errors(mended) == []
