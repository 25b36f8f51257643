# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ordered include and exclude conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from ansible.errors import AnsibleParserError

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed import templating
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed.conditions import (
    Conditions,
)

from .both_ways import Plugin, data, trusted


def _conditions(filters: Sequence[Any] | None) -> Conditions:
    return Conditions(Plugin({}, None), trusted(filters) if filters is not None else None)


ACTIVE_SHOP = {"active": True, "app": data("magento2"), "cfg": data({"php": "8.3"})}
ACTIVE_BLOG = {"active": True, "app": data("wordpress"), "cfg": data({"php": "7.4"})}
PARKED_SHOP = {"active": False, "app": data("magento2"), "cfg": data({})}


@pytest.mark.parametrize(
    ("filters", "accepted"),
    [
        (None, [True, True, True]),
        ([], [True, True, True]),
        ([{"exclude": "not active"}], [True, True, False]),
        ([{"include": "active"}], [True, True, True]),
        ([{"include": "active"}, {"exclude": True}], [True, True, False]),
        (
            [{"exclude": "app == 'wordpress'"}, {"include": "active"}, {"exclude": True}],
            [True, False, False],
        ),
        (
            [{"include": "cfg.php | default('') == '8.3'"}, {"exclude": "app == 'magento2'"}],
            [True, True, False],
        ),
        ([{"include": False}, {"exclude": True}], [False, False, False]),
        ([{"exclude": False}], [True, True, True]),
    ],
)
def test_the_first_condition_that_applies_decides(filters: Any, accepted: list[bool]) -> None:
    conditions = _conditions(filters)
    hosts = (ACTIVE_SHOP, ACTIVE_BLOG, PARKED_SHOP)
    for _turn in range(2):
        assert [conditions.accepts("web", dict(variables)) for variables in hosts] == accepted


def test_a_condition_that_cannot_be_evaluated_is_an_error() -> None:
    conditions = _conditions([{"exclude": "missing.deeper == 1"}])
    for _turn in range(2):
        with pytest.raises(AnsibleParserError, match=r"missing\.deeper == 1.* for host web7"):
            conditions.accepts("web7", dict(ACTIVE_SHOP))


@pytest.mark.parametrize(
    "filters",
    [
        ["active"],
        [{}],
        [{"include": "a", "exclude": "b"}],
        [{"keep": "a"}],
        [{"include": None}],
        [{"include": ["a"]}],
        [None],
    ],
    ids=repr,
)
def test_another_form_is_an_error(filters: Any) -> None:
    with pytest.raises(AnsibleParserError, match=r"filters\[1\]"):
        _conditions(filters)


def test_text_of_the_api_is_not_rendered() -> None:
    conditions = _conditions([{"exclude": "app == '42'"}])
    assert conditions.accepts("web", {"app": data("{{ 6 * 7 }}")})


def test_hosts_share_evaluations(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluated: list[Any] = []
    for engine in (templating.NativeTemplating, templating.TextTemplating):
        original = engine.condition

        def counting(self: Any, text: Any, variables: Any, _original: Any = original) -> bool:
            evaluated.append(text)
            return _original(self, text, variables)  # type: ignore[no-any-return]

        monkeypatch.setattr(engine, "condition", counting)
    conditions = _conditions([{"include": "cfg.php == '8.3'"}, {"exclude": "2 | random >= 0"}])
    for number in range(10):
        assert not conditions.accepts(
            f"web{number}", {"cfg": data({"php": "7.4", "number": number})}
        )
    assert evaluated.count("cfg.php == '8.3'") == 1
    assert evaluated.count("2 | random >= 0") == 10
