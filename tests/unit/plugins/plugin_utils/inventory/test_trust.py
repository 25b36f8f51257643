# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text from the API is not taken for a template."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.trust import marking

RECORD: dict[str, Any] = {
    "name": "{{ 1 + 1 }}",
    "plain": "text",
    "list": ["{% raw %}", ["{{ 2 * 2 }}", 7, None]],
    "config": {"{{ 3 }}": {"deep": [{"x": "a {{ 4 }} b"}]}},
    "header": "#jinja2: variable_start_string: '[['\n[[ 5 ]]",
}


def marked() -> dict[str, Any]:
    mark = marking()
    record = copy.deepcopy(RECORD)
    return record if mark is None else mark(record)  # type: ignore[no-any-return]


def test_data_stays_equal() -> None:
    assert marked() == RECORD


@pytest.mark.parametrize("name", RECORD)
def test_nothing_is_rendered(name: str) -> None:
    templar = Templar(loader=DataLoader(), variables={"x": marked()[name]})
    if hasattr(templar, "evaluate_expression"):
        from ansible.template import trust_as_template

        assert templar.template(trust_as_template("{{ x }}")) == RECORD[name]
    else:
        assert templar.template("{{ x }}") == RECORD[name]
        assert templar.template(templar.template("{{ x }}")) == RECORD[name]


def test_what_needs_no_mark_has_none() -> None:
    if marking() is None:
        pytest.skip("this ansible-core needs no marks")
    record = marked()
    assert record["plain"].__class__ is str
    assert record["name"].__class__ is not str
    assert record["list"][0].__class__ is not str
    assert all(key.__class__ is not str for key in record["config"])
