# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Masks filled with the secrets that are there: always the one of the same place, or a refusal."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.masking import (
    MASK,
    redact,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.unmasking import unmasked
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text import json_text

from .documents import ANY_DOCUMENT, documents, patiently


@patiently
@given(ANY_DOCUMENT)
def test_a_document_fills_its_own_masks(document: dict[str, Any]) -> None:
    filled, _kept = unmasked(redact(document), document)
    assert json_text.encode(filled) == json_text.encode(document)


@patiently
@given(documents(), documents())
def test_no_mask_is_left(masked: dict[str, Any], present: dict[str, Any]) -> None:
    # What was never masked holds no mask; Hypothesis finds the very text in the code, and tries it.
    assume(MASK not in str(masked))
    try:
        filled, _kept = unmasked(redact(masked), present)
    except PlanError:
        return
    assert MASK not in str(filled)
    assert redact(filled) == redact(masked)


def users(**keys: Any) -> dict[str, Any]:
    vhosts = [{"app_name": name, "cert_pvk": key} for name, key in keys.items()]
    return {"system_users": [{"username": "prod", "vhosts": vhosts}]}


def test_entries_are_found_by_their_identity() -> None:
    filled, kept = unmasked(users(b=MASK, a=MASK), users(a="one", x="three", b="two"))
    assert filled == users(b="two", a="one")
    assert kept == (
        "system_users[prod].vhosts[b].cert_pvk",
        "system_users[prod].vhosts[a].cert_pvk",
    )


@pytest.mark.parametrize(
    ("masked", "present", "place"),
    [
        (users(a=MASK), users(b="two"), "system_users[prod].vhosts[a].cert_pvk"),
        (users(a=MASK), {}, "system_users[prod].vhosts[a].cert_pvk"),
        ({"password": MASK}, {"password": ""}, "password"),
        ({"password": MASK}, {"password": None}, "password"),
        ({"password": MASK}, {"password": False}, "password"),
        ({"password": MASK}, {"password": {"a": "secret"}}, "password"),
        # Which of them is meant cannot be told.
        ({"passwords": [MASK, MASK]}, {"passwords": ["a-secret"]}, "passwords"),
        ({"passwords": [MASK]}, {"passwords": ["a-secret", "b-secret"]}, "passwords"),
        # The text around the secret is another one now.
        ({"hook": f"https://a:{MASK}@one.test/"}, {"hook": "https://a:secret@two.test/"}, "hook"),
        ({"list": [{"x": 1, "token": MASK}]}, {"list": [{"x": 2, "token": "a-secret"}]}, "list"),
        # Twins: the platform holds two entries of one identity.
        (
            {"system_users": [{"username": "a", "x_password": MASK}]},
            {
                "system_users": [
                    {"username": "a", "x_password": "one-secret"},
                    {"username": "a", "x_password": "two-secret"},
                ]
            },
            "system_users[a].x_password",
        ),
    ],
)
def test_what_cannot_be_filled_is_refused(masked: Any, present: Any, place: str) -> None:
    with pytest.raises(PlanError) as refused:
        unmasked(masked, present)
    assert place in str(refused.value)
    assert "secret@" not in str(refused.value)
    assert "one-secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("masked", "present"),
    [
        ({"pin_secret": MASK}, {"pin_secret": 4711}),
        ({"passwords": [MASK, MASK]}, {"passwords": ["a-secret", "b-secret"]}),
        ({"hook": f"https://a:{MASK}@one.test/"}, {"hook": "https://a:secret@one.test/"}),
        ({"env": [f"DB_PASSWORD={MASK}"]}, {"env": ["DB_PASSWORD=hunter2hunter2"]}),
    ],
)
def test_what_can_be_told_is_filled(masked: Any, present: Any) -> None:
    assert unmasked(masked, present)[0] == present


def test_secret_paths() -> None:
    policy = Policy(secret_paths=["**.licence"])
    document = {"apps": [{"name": "a", "licence": "L-1"}, {"name": "b", "licence": "L-2"}]}
    masked = redact(document, policy)
    masked["apps"].reverse()
    filled, _kept = unmasked(masked, document, policy)
    assert filled == {"apps": [{"name": "b", "licence": "L-2"}, {"name": "a", "licence": "L-1"}]}
