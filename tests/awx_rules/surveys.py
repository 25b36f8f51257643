# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Surveys: which AWX accepts, and which of those a job can use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

TEXTS = ("text", "textarea", "password")
CHOICES = ("multiplechoice", "multiselect")
NUMBERS: dict[str, type] = {"integer": int, "float": float}
_VARIABLE = re.compile(r"[a-zA-Z_]\w*", re.ASCII)
_OF_AWX = re.compile(r"(awx|tower)_.*")


def problems(survey: Mapping[str, Any]) -> list[str]:
    """Why AWX would refuse it, or no launch could use it; none where all is well."""
    found = [
        f"the survey has no {key}" for key in ("name", "description", "spec") if key not in survey
    ]
    questions = survey.get("spec", [])
    names = [question.get("variable") for question in questions]
    if len(set(names)) < len(names):
        found.append("a variable is asked for twice")
    for question in questions:
        found += [f"{question.get('variable')}: {problem}" for problem in _question(question)]
    return found


def _question(question: Mapping[str, Any]) -> Iterator[str]:
    kind = question.get("type")
    for key in ("question_name", "variable", "type", "required"):
        if key not in question:
            yield f"there is no {key}"
    variable = str(question.get("variable"))
    # AWX lets these pass.
    if not _VARIABLE.fullmatch(variable) or _OF_AWX.fullmatch(variable):
        yield "this is no name of a variable"
    if kind in TEXTS:
        yield from _text(question)
    elif kind in CHOICES:
        yield from _choices(question)
    elif kind in NUMBERS:
        if question.get("default", "") != "" and question["default"].__class__ is not NUMBERS[kind]:
            yield "the default is of another type"
    else:
        yield f"the type is {kind}"


def _text(question: Mapping[str, Any]) -> Iterator[str]:
    default = question.get("default", "")
    if not isinstance(default, str):
        yield "the default is no text"
        return
    least, most = question.get("min") or 0, question.get("max")
    # AWX lets this pass too.
    if most is not None and len(default) > most:
        yield "the default is longer than max"
    if default and len(default) < least:
        yield "the default is shorter than min"


def _choices(question: Mapping[str, Any]) -> Iterator[str]:
    choices = question.get("choices") or []
    if not choices or not all(isinstance(choice, str) and choice for choice in choices):
        yield "a choice is empty, or no text"
    default = question.get("default", "")
    defaults = default.split("\n") if question["type"] == "multiselect" else [default]
    if default and not set(defaults) <= set(choices):
        yield "the default is none of the choices"
