# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The option schema: a map, its JSON, or a file with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.schema_option import (
    schema_of,
)

SCHEMA = {"webhooks": {"identity": "event"}}


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_nothing_is_an_empty_map(nothing: Any) -> None:
    assert schema_of(nothing) == {}


def test_a_map_and_its_json_are_the_same() -> None:
    assert schema_of(SCHEMA) == schema_of(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("text", ["webhooks: {identity: event}\n", json.dumps(SCHEMA)])
def test_a_file_lies_beside_the_playbook(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.yml").write_text(text, encoding="utf-8")
    loader = DataLoader()
    loader.set_basedir(str(tmp_path))
    assert schema_of("keys.yml", loader) == SCHEMA
    assert schema_of(str(tmp_path / "keys.yml")) == SCHEMA


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("{broken", "begins like a map in JSON"),
        ("nowhere.yml", r"nowhere\.yml cannot be read: .* It is named by schema"),
        ([1], "neither a map nor a file"),
        (3, "neither a map nor a file"),
    ],
)
def test_anything_else_is_refused(given: Any, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        schema_of(given)


def test_a_file_with_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.yml"
    path.write_text("- a\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"keys\.yml holds no map of settings. It is named by"):
        schema_of(str(path))


def test_a_file_is_read_as_other_files_are(tmp_path: Path) -> None:
    path = tmp_path / "keys.yml"
    path.write_text("hooks: {example: !unsafe '{{ a }}', help: a}\n", encoding="utf-8")
    assert schema_of(str(path)) == {"hooks": {"example": "{{ a }}", "help": "a"}}
    path.write_text("hooks: {help: a}\nhooks: {help: b}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"line 2, column 1\): a key stands here twice"):
        schema_of(str(path))
