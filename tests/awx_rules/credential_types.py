# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom credential types: which AWX accepts, and what a job finds in its environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

_ID = re.compile(r"[a-zA-Z_]+[a-zA-Z0-9_]*")
_TYPES = {"string": str, "boolean": bool}
_FORMATS = ("ssh_private_key", "url")
_OF_STRINGS = {"choices", "multiline", "format", "secret"}
_FIELD_KEYS = {"id", "label", "type", "help_text", "default", *_OF_STRINGS}
_INJECTORS = {"env", "file", "extra_vars"}
_RESERVED = re.compile(r"ANSIBLE_.*|PATH|PYTHONPATH|LD_.*|HOME|PWD")


def problems(credential_type: Mapping[str, Any]) -> list[str]:
    """Why AWX would refuse it; none where it would not."""
    return [
        *_kind(credential_type),
        *_inputs(credential_type.get("inputs", {})),
        *_injectors(credential_type),
    ]


def injected(credential_type: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, str]:
    """The environment of a job whose credential has these inputs.

    :raises UndefinedError: where a template uses what there is not.
    """
    values: dict[str, Any] = {}
    for field in credential_type["inputs"]["fields"]:
        # Whatever its default is, a string that was left out is empty and a boolean is false.
        empty: Any = False if field.get("type") == "boolean" else ""
        values[field["id"]] = given.get(field["id"], empty)
    injectors = credential_type["injectors"]
    files = injectors.get("file", {})
    names = {
        name.partition(".")[2]: f"/runner/env/tmp_{number}" for number, name in enumerate(files)
    }
    values["tower"] = {"filename": names.get("", names)}
    for text in files.values():
        _rendered(text, values)
    env = {name: _rendered(text, values) for name, text in injectors.get("env", {}).items()}
    # What follows the first line end is lost.
    return {name: text.split("\n")[0] for name, text in env.items()}


def _rendered(text: str, values: Mapping[str, Any]) -> str:
    return SandboxedEnvironment(undefined=StrictUndefined).from_string(text).render(**values)


def _kind(credential_type: Mapping[str, Any]) -> Iterator[str]:
    if credential_type.get("kind") not in ("cloud", "net"):
        yield "kind is neither cloud nor net"


def _inputs(inputs: Mapping[str, Any]) -> Iterator[str]:
    if unknown := set(inputs) - {"fields", "required"}:
        yield f"inputs has {sorted(unknown)}"
    fields = inputs.get("fields", [])
    ids = [field.get("id") for field in fields]
    if len(set(ids)) < len(ids):
        yield "an id is there twice"
    if missing := set(inputs.get("required", [])) - set(ids):
        yield f"required names {sorted(missing)}"
    for field in fields:
        yield from _field(field)


def _field(field: Mapping[str, Any]) -> Iterator[str]:
    name, kind = field.get("id"), field.get("type", "string")
    if not isinstance(name, str) or not _ID.fullmatch(name) or name == "tower":
        yield f"id {name!r} is none"
    if not field.get("label"):
        yield f"{name} has no label"
    if unknown := set(field) - _FIELD_KEYS:
        yield f"{name} has {sorted(unknown)}"
    if kind not in _TYPES:
        yield f"{name} is of type {kind}"
    elif "default" in field and field["default"].__class__ is not _TYPES[kind]:
        yield f"{name} has a default of another type"
    if kind != "string" and (wrong := _OF_STRINGS & set(field)):
        yield f"{name} is no string and has {sorted(wrong)}"
    if "format" in field and field["format"] not in _FORMATS:
        yield f"{name} has the format {field['format']}"


def _injectors(credential_type: Mapping[str, Any]) -> Iterator[str]:
    injectors = credential_type.get("injectors", {})
    if unknown := set(injectors) - _INJECTORS:
        yield f"injectors has {sorted(unknown)}"
    for name, text in injectors.get("env", {}).items():
        if _RESERVED.fullmatch(name):
            yield f"env sets {name}"
        if not isinstance(text, str) or not text.isascii():
            yield f"env {name} is no text of ASCII"
    files = list(injectors.get("file", {}))
    if files != ["template"] and not all(re.fullmatch(r"template\.\w+", name) for name in files):
        yield f"file has {files}"
    try:
        injected({"inputs": {"fields": []}, **credential_type, "injectors": injectors}, {})
    except UndefinedError as error:
        yield f"a template uses what there is not: {error}"
