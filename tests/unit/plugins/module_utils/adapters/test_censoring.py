# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that are taken out of a result: the same, whether they are few or those of a fleet."""

from __future__ import annotations

from typing import Any

from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.adapters.censoring import (
    Censor,
)

#: So many that no value is looked at for each of them.
MANY = [f"another secret {number:04}" for number in range(300)]

texts = st.text("ab ", min_size=1, max_size=20)


def plainly(value: Any, secrets: set[str]) -> Any:
    """One text after the other, the longest first."""
    if isinstance(value, dict):
        return {plainly(key, secrets): plainly(item, secrets) for key, item in value.items()}
    if isinstance(value, list):
        return [plainly(item, secrets) for item in value]
    for secret in sorted(secrets, key=lambda text: (-len(text), text)):
        value = value.replace(secret, "********")
    return value


@given(st.sets(texts), st.lists(texts))
def test_many_are_taken_out_as_few_are(secrets: set[str], values: list[str]) -> None:
    result = {"values": values, **{value: {"msg": value * 2} for value in values}}
    few, many = Censor(secrets), Censor([*secrets, *MANY])
    assert few.cleaned(result) == plainly(result, few.texts)
    assert many.cleaned(result) == few.cleaned(result)


def test_one_of_many() -> None:
    assert Censor(MANY).cleaned({"msg": f"({MANY[7]})\n{MANY[8]}"}) == {
        "msg": "(********)\n********"
    }
