# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan engine and the masking of secrets as filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from ansible.errors import AnsibleFilterError
from ansible.utils.display import Display
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.hosted_power.turbostack.plugins.filter import (
    merge_config as merge_module,
    redact_config as redact_module,
)
from ansible_collections.hosted_power.turbostack.plugins.filter.merge_config import merge_config
from ansible_collections.hosted_power.turbostack.plugins.filter.redact_config import redact_config

CURRENT = {
    "os_extra_packages": ["php{{ php_main_version }}-amqp"],
    "system_users": [{"username": "prod", "vhosts": [{"app_name": "shop", "php_version": "8.2"}]}],
}


class TaggedText(str):
    """As ansible-core's own kinds of text: more than its characters, and of another type."""

    __slots__ = ()

    def __str__(self) -> str:  # pylint: disable=invalid-str-returned
        return self


class LazyMap(Mapping[str, Any]):
    """As a container that renders its values only when they are looked at."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def test_filters_are_registered() -> None:
    assert merge_module.FilterModule().filters() == {"merge_config": merge_config}
    assert redact_module.FilterModule().filters() == {"redact_config": redact_config}


def test_merging() -> None:
    desired = {
        "system_users": [
            {"username": "prod", "vhosts": [{"app_name": "shop", "php_version": "8.3"}]}
        ]
    }
    merged = merge_config(CURRENT, desired)
    assert merged == {**CURRENT, **desired}
    assert CURRENT["system_users"][0]["vhosts"][0]["php_version"] == "8.2"  # type: ignore[index]


def test_every_state_and_option() -> None:
    user = {"system_users": [{"username": "prod"}]}
    assert merge_config(CURRENT, user, state="deleted")["system_users"] == []
    assert merge_config(CURRENT, user, "replaced") == user
    assert merge_config({"l": [1]}, {"l": [2]}, lists={"l": "replace"}) == {"l": [2]}
    assert merge_config({"a": "x"}, {"a": "x "}) == {"a": "x"}
    assert merge_config({"a": "x"}, {"a": "x "}, comparison="strict") == {"a": "x "}
    assert merge_config({}, {"a_version": 8.1}, allow_float_versions=True) == {"a_version": 8.1}
    assert merge_config({"a": 1}, {}, state="replaced", allow_empty=True) == {}


def test_ansible_own_kinds_of_values_become_plain() -> None:
    desired = LazyMap(
        {TaggedText("note"): TaggedText("x"), "l": (LazyMap({"name": TaggedText("a")}),)}
    )
    merged = merge_config(LazyMap({"a": 1}), desired, state=TaggedText("merged"))
    assert merged == {"a": 1, "note": "x", "l": [{"name": "a"}]}
    assert redact_config(LazyMap({"password": TaggedText("x")})) == {"password": "********"}


def test_jinja_in_a_configuration_stays_text_that_nobody_renders() -> None:
    text = merge_config(CURRENT, {})["os_extra_packages"][0]
    assert text == "php{{ php_main_version }}-amqp"
    assert type(text) is type(wrap_var("x"))
    assert type(redact_config(CURRENT)["os_extra_packages"][0]) is type(wrap_var("x"))


def test_a_refusal_is_a_filter_error_with_its_way_out() -> None:
    with pytest.raises(
        AnsibleFilterError, match=r"merge_config: php_version is the number 8.1.*Quote it"
    ):
        merge_config({}, {"php_version": 8.1})
    with pytest.raises(AnsibleFilterError, match="merge_config: There is no state 'absent'"):
        merge_config({}, {}, state="absent")
    with pytest.raises(AnsibleFilterError, match=r"redact_config: .* is not a path"):
        redact_config({}, secret_paths=["a["])
    with pytest.raises(AnsibleFilterError, match="m is stored as a map"):
        merge_config({"m": {"a": 1}}, {"m": [1]}, secret_paths=["licence"])


def test_warnings_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(
        Display, "warning", lambda _self, message, *_rest, **_more: shown.append(message)
    )
    merge_config({"a": "1"}, {"a": 1})
    assert len(shown) == 1
    assert shown[0].startswith("merge_config: a: only the type differs")


def test_redacting() -> None:
    assert redact_config({"db_password": "x", "licence": "y"}, secret_paths=["licence"]) == {
        "db_password": "********",
        "licence": "********",
    }
    assert redact_config("DB_PASSWORD=hunter2") == "DB_PASSWORD=********"
    cycle: list[Any] = []
    cycle.append(cycle)
    with pytest.raises(AnsibleFilterError):
        redact_config(cycle)


@pytest.mark.parametrize("module", [merge_module, redact_module])
def test_the_documentation_can_be_read(module: Any) -> None:
    documentation = yaml.safe_load(module.DOCUMENTATION)
    assert documentation["name"] in module.FilterModule().filters()
    assert yaml.safe_load(module.EXAMPLES)
    assert "_value" in yaml.safe_load(module.RETURN)
