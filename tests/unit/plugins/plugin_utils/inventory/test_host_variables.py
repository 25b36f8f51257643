# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of variables."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleParserError

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.host_variables import (
    VariableNames,
)


@pytest.mark.parametrize("prefix", ["turbostack_", "ts_", "_"])
def test_fields_behind_a_prefix(prefix: str) -> None:
    assert VariableNames(prefix).variables({"id": 1, "name": "x"}) == {
        f"{prefix}id": 1,
        f"{prefix}name": "x",
    }


@pytest.mark.parametrize(
    ("prefix", "why"),
    [
        ("", "mean something else to Ansible: name"),
        ("ansible_", r"variables of Ansible's own \(ansible_\*\)"),
        ("ansible_ssh_", "decide how to connect"),
        ("7", "must begin with a letter"),
        ("a b", "nothing but letters"),
        ("é", "nothing but letters"),
        ("{{ x }}", "nothing but letters"),
    ],
)
def test_refused_prefixes(prefix: str, why: str) -> None:
    with pytest.raises(AnsibleParserError, match=why):
        VariableNames(prefix)
