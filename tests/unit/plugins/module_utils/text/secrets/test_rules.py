# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule of the tables finds what it was written for."""

from __future__ import annotations

from collections import Counter

import pytest
from unit.plugins.module_utils.text.secrets.corpus import Text

from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secret_text import (
    redact_text,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secrets.assignments import (
    STEMS,
    assigned,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secrets.finding import (
    TABLES,
    prepare,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secrets.forms import (
    FORMS,
    Form,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secrets.rule import Rule

RULES = [rule for table in TABLES for rule in table]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_its_example(rule: Rule) -> None:
    example = Text(rule.name, rule.example)
    found = [example.plain[start:end] for start, end in rule.spans(example.plain)]
    assert found == example.secrets
    assert redact_text(example.plain) == example.masked
    assert any(hint in example.plain.lower() for hint in rule.hints)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_finds_its_example(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    example = Text(form.name, form.example)
    assert redact_text(example.plain) == example.masked
    # By itself, so that no other form hides that this one finds nothing.
    monkeypatch.setitem(assigned.__globals__, "FORMS", (form,))
    spans = list(assigned(example.plain, example.plain.lower()))
    assert [example.plain[start:end] for start, end in spans] == example.secrets


def test_names_and_hints_are_told_apart() -> None:
    assert not [name for name, times in Counter(rule.name for rule in RULES).items() if times > 1]
    assert not [name for name, times in Counter(form.name for form in FORMS).items() if times > 1]
    assert all(hint == hint.lower() and hint for rule in RULES for hint in rule.hints)
    assert all(stem == stem.lower() for stem in STEMS)


def test_what_is_made_before_a_fork_is_not_made_after_it() -> None:
    for each in (*RULES, *FORMS):
        vars(each).pop("pattern", None)
        vars(each).pop("patterns", None)
    prepare()
    assert all("pattern" in vars(rule) for rule in RULES)
    assert all("patterns" in vars(form) for form in FORMS)
