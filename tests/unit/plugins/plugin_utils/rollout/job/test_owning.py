# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which claim counts after an interruption, and that the journal keeps it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.owning import (
    claims,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.job.record import (
    Record,
    Stage,
    decode,
    encode,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.ownership.claim import (
    Keys,
    Leaf,
)

BEFORE: dict[str, Any] = {"a": 1}
FIRST: dict[str, Any] = {"a": 2}
SECOND: dict[str, Any] = {"a": 3}
KEPT, OF_FIRST, OF_SECOND = (Keys({"a": Leaf(mark)}) for mark in ("kept", "first", "second"))


def record(**others: Any) -> Record:
    given = {"written": (FIRST, SECOND), "owned": (OF_FIRST, OF_SECOND), **others}
    return Record(Stage.WRITING, BEFORE, deploy_type="deploy", **given)


@pytest.mark.parametrize(
    ("document", "counts"),
    [
        (BEFORE, (KEPT,)),
        (FIRST, (OF_FIRST,)),
        (SECOND, (OF_SECOND,)),
        ({"a": 4}, (KEPT, OF_SECOND)),
    ],
)
def test_the_claim_is_that_of_what_is_there(
    document: dict[str, Any], counts: tuple[Keys, ...]
) -> None:
    assert claims(KEPT, record(), document) == counts
    assert claims(None, record(), document) == tuple(one for one in counts if one is not KEPT)


@pytest.mark.parametrize(
    "interrupted", [None, record(owned=(None, None)), record(owned=(), written=())]
)
def test_without_one_in_the_journal_it_is_that_of_the_record(interrupted: Record | None) -> None:
    assert claims(KEPT, interrupted, SECOND) == (KEPT,)
    assert claims(None, interrupted, SECOND) == ()


def test_of_two_writes_only_one_of_which_knew_of_claims() -> None:
    kept = record(owned=(None, OF_SECOND))
    assert claims(KEPT, kept, SECOND) == (OF_SECOND,)
    assert claims(KEPT, kept, FIRST) == (KEPT,)


def test_the_journal_keeps_them() -> None:
    one = record(owned=(None, OF_SECOND))
    assert decode(encode(one, {}), "/j") == one
