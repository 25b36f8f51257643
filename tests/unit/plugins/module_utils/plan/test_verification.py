# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was read back against what was sent."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.verification import (
    Verification,
    verify,
)

SENT = {
    "text": "x \n",
    "blank": "",
    "map": {},
    "float": 8.0,
    "l": ["a ", "b"],
    "system_users": [{"username": "prod", "note": "y "}, {"username": "stage"}],
}
READ = {
    "text": "x",
    "blank": None,
    "map": [],
    "float": 8,
    "l": ["a", "b"],
    "system_users": [{"username": "prod", "note": "y"}, {"username": "stage"}],
}


@pytest.mark.parametrize("policy", [None, Policy(comparison="strict")])
def test_what_the_platform_rewrites_is_told_but_is_no_mismatch(policy: Policy | None) -> None:
    found = verify(SENT, READ, policy)
    assert found == Verification(
        ("text", "blank", "map", "float", "l[a]", "system_users[prod].note"), ()
    )
    assert found.holds
    assert verify(SENT, SENT) == Verification((), ())


@pytest.mark.parametrize(
    ("read_back", "mismatches"),
    [
        ({**READ, "text": "y"}, ("text",)),
        ({**READ, "float": 9}, ("float",)),
        ({**READ, "more": 1}, ("more",)),
        ({key: value for key, value in READ.items() if key != "text"}, ("text",)),
        ({**READ, "l": ["b", "a"]}, ("l",)),
        ({**READ, "l": ["a"]}, ("l[b]",)),
        ({**READ, "map": {"a": 1}}, ("map",)),
        ({**READ, "system_users": [{"username": "stage", "x": 1}]},
         ("system_users[prod]", "system_users[stage].x")),
        ({**READ, "system_users": {"0": 1}}, ("system_users",)),
    ],
)  # fmt: skip
def test_everything_else_is_a_mismatch(
    read_back: dict[str, Any], mismatches: tuple[str, ...]
) -> None:
    found = verify(SENT, read_back)
    assert found.mismatches == mismatches
    assert not found.holds


def test_a_document_that_is_ambiguous_can_be_verified() -> None:
    document = {"system_users": [{"username": "a"}, {"username": "a"}, {"x": 1}]}
    assert verify(document, document).holds
    assert not verify(document, {"system_users": [{"username": "a"}]}).holds


def test_a_path_is_told_once() -> None:
    stored = {"firewall_whitelist": ["1.2.3.4", "1.2.3.4"]}
    assert verify(stored, {"firewall_whitelist": []}).mismatches == ("firewall_whitelist[1.2.3.4]",)


def test_lists_are_followed_as_declared() -> None:
    sent, stored = {"l": [{"event": "a", "x": 1}]}, {"l": [{"event": "a", "x": 2}]}
    assert verify(sent, stored, Policy(lists={"l": {"by": "event"}})).mismatches == ("l[a].x",)
    assert verify(sent, stored, Policy(lists={"l": "replace"})).mismatches == ("l",)
