# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules themselves refuse what AWX refuses."""

from __future__ import annotations

from typing import Any

import pytest

from awx_rules import credential_types, surveys

TYPE: dict[str, Any] = {
    "kind": "cloud",
    "inputs": {"fields": [{"id": "token", "label": "Token", "secret": True}]},
    "injectors": {"env": {"TOKEN": "{{ token }}"}},
}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "vault"),
        ("inputs", {"fields": [], "metadata": []}),
        ("inputs", {"fields": [{"id": "token", "label": "T"}], "required": ["other"]}),
        ("inputs", {"fields": [{"id": "token", "label": "T"}, {"id": "token", "label": "T"}]}),
        ("inputs", {"fields": [{"id": "to-ken", "label": "T"}, {"id": "token", "label": "T"}]}),
        ("inputs", {"fields": [{"id": "token"}]}),
        ("inputs", {"fields": [{"id": "token", "label": "T", "type": "integer"}]}),
        ("inputs", {"fields": [{"id": "token", "label": "T", "type": "boolean", "secret": True}]}),
        ("inputs", {"fields": [{"id": "token", "label": "T", "default": True}]}),
        ("inputs", {"fields": [{"id": "token", "label": "T", "format": "email"}]}),
        ("inputs", {"fields": [{"id": "token", "label": "T", "placeholder": "x"}]}),
        ("injectors", {"env": {"TOKEN": "{{ other }}"}}),
        ("injectors", {"env": {"ANSIBLE_CONFIG": "{{ token }}"}}),
        ("injectors", {"env": {"TOKEN": "ü"}}),
        ("injectors", {"files": {}}),
        ("injectors", {"file": {"ca": "{{ token }}"}}),
    ],
)
def test_a_credential_type_that_awx_refuses(key: str, value: Any) -> None:
    assert credential_types.problems(TYPE) == []
    assert credential_types.problems({**TYPE, key: value}) != []


QUESTION = {
    "question_name": "Q",
    "required": True,
    "type": "text",
    "variable": "q",
    "max": 4,
    "default": "a",
}


@pytest.mark.parametrize(
    "change",
    [
        {"required": None},
        {"type": "boolean"},
        {"default": True},
        {"type": "integer", "default": "10"},
        {"type": "multiplechoice", "choices": ["x"]},
        {"type": "multiplechoice", "choices": ["", "a"]},
        {"variable": "a-b"},
        {"variable": "awx_job_id"},
        {"default": "longer"},
        {"min": 2},
    ],
)
def test_a_survey_that_awx_refuses_or_no_job_can_use(change: dict[str, Any]) -> None:
    question = {**QUESTION, **change}
    if change == {"required": None}:
        del question["required"]
    survey = {"name": "S", "description": "", "spec": [QUESTION]}
    assert surveys.problems(survey) == []
    assert surveys.problems({**survey, "spec": [question]}) != []
    assert surveys.problems({**survey, "spec": [QUESTION, QUESTION]}) != []
