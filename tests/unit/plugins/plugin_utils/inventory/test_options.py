# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options are refused early, and in words that help."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleParserError

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.options import (
    Options,
    refuse_unknown,
)

DEFAULTS: dict[str, Any] = {
    "clients": None,
    "active_only": False,
    "filters": [],
    "include_config": True,
    "include_monitoring": True,
    "include_clients": False,
    "include_sync_status": False,
    "hostnames": ["name"],
    "hostvars_prefix": "turbostack_",
    "on_duplicate": "suffix_id",
    "group_by": [],
    "secrets": "omit",
    "schema": None,
    "on_error": "fail",
    "on_empty": "fail",
    "minimum_hosts": 0,
    "expression_warnings": True,
    "workers": 4,
    "page_size": 100,
    "cache_stale_on_error": False,
}


def read(**file: Any) -> Options:
    return Options.read({**DEFAULTS, **file}.__getitem__, file)


def test_defaults() -> None:
    options = read()
    assert options.clients is None
    assert [each.name for each in options.hostnames] == ["name"]


def test_clients_in_one_order() -> None:
    assert read(clients=[12, "3", 12]).clients == (3, 12)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ({"clients": ["shop"]}, "clients must be a list of ids"),
        ({"clients": [0]}, "clients must be a list of ids"),
        ({"clients": [True]}, "clients must be a list of ids"),
        ({"clients": []}, "clients is an empty list"),
        ({"active_only": "maybe"}, "active_only must be true or false, not 'maybe'"),
        ({"include_config": "{{ x }}"}, "include_config must be true or false"),
        ({"group_by": ["clients"]}, "group_by must be a list out of client, active"),
        ({"group_by": ["sync_status"]}, "sync_status needs include_sync_status: true"),
        ({"workers": 0}, "workers must be a whole number from 1 to 32"),
        ({"minimum_hosts": -1}, "minimum_hosts must be a whole number from 0"),
        ({"workers": 100}, "workers must be a whole number"),
        ({"page_size": 0}, "page_size must be a whole number"),
        ({"hostnames": []}, "hostnames must be a list"),
        ({"hostnames": "name"}, "hostnames must be a list"),
        (
            {"hostnames": ["{{ name }}"]},
            r"hostnames\[1\] is no expression .* without double braces",
        ),
        ({"hostnames": [{"name": "a b c"}]}, r"hostnames\[1\]\.name is no expression"),
        ({"hostnames": [7]}, r"hostnames\[1\] must be an expression, or a dictionary"),
        ({"hostnames": ["name", {"nam": "x"}]}, r"hostnames\[2\] has the unknown key 'nam'"),
        ({"hostnames": [{"prefix": "x"}]}, r"hostnames\[1\]\.name must be an expression"),
        (
            {"hostnames": [{"name": "id", "prefix": 7}]},
            r"hostnames\[1\]\.prefix must be an expression",
        ),
        (
            {"hostnames": [{"name": "id", "separator": 7}]},
            r"hostnames\[1\]\.separator must be text",
        ),
    ],
)
def test_refused(file: dict[str, Any], why: str) -> None:
    with pytest.raises(AnsibleParserError, match=why):
        read(**file)


def test_unknown_options_name_their_neighbour() -> None:
    refuse_unknown({"plugin": "x", "hostnames": []}, DEFAULTS)
    with pytest.raises(
        AnsibleParserError, match="unknown option 'hostname'; did you mean hostnames"
    ):
        refuse_unknown({"hostname": "x"}, DEFAULTS)
    with pytest.raises(AnsibleParserError, match=r"unknown option 'zzz'$"):
        refuse_unknown({"zzz": "x"}, DEFAULTS)
