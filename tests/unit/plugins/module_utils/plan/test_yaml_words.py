# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Norway, and other words that YAML takes for booleans."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("countries: [NL, NO]", "countries[false] is false where a text is expected"),
        ("os_extra_packages: [yes, vim]", "os_extra_packages[true] is true where a text"),
        ("os_extra_packages: [on]", "os_extra_packages[true] is true where a text"),
        ("firewall_country_block: NO", "firewall_country_block is false where a text"),
        ("webserver: off", "webserver is false where a text"),
    ],
)
def test_a_boolean_among_texts_is_warned_of(text: str, said: str) -> None:
    warnings = plan({}, yaml.safe_load(text), "merged").warnings
    assert len(warnings) == 1
    assert said in warnings[0]
    assert "quote" in warnings[0]


@pytest.mark.parametrize(
    "desired",
    [
        {"flags": [True, False]},
        {"mixed": [True, 3]},
        {"redis_enabled": False},
        {"unknown": False},
        {"countries": ["NL", "NO"]},
        {"server_name": False},
    ],
)
def test_other_booleans_are_not(desired: Any) -> None:
    assert not plan({}, desired, "merged").warnings


def test_what_is_taken_away_is_not_warned_of() -> None:
    assert not plan({"c": ["NL", False]}, {"c": ["NL", False]}, "deleted").warnings
