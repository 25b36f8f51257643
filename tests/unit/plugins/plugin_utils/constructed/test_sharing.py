# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often Ansible evaluates an expression: once for each input, or for each host where it has to."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from ansible import constants as C  # noqa: N812
from ansible.inventory.group import to_safe_group_name

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.constructed import (
    determinism,
    direct,
    sharing,
    templating,
)

from . import cases
from .both_ways import (
    HAS_TAGS,
    Case,
    Plugin,
    assert_same,
    by_us,
    data,
    describe,
    inventory_of,
    trusted,
    with_origin,
)

HOSTS = 40


@pytest.fixture
def evaluations(monkeypatch: pytest.MonkeyPatch) -> Counter[Any]:
    """Count what is given to Ansible's template engine, by text."""
    counted: Counter[Any] = Counter()

    def counting(original: Any) -> Any:
        def wrapper(self: Any, text: Any, variables: Any) -> Any:
            counted[str(text)] += 1
            return original(self, text, variables)

        return wrapper

    for engine in (templating.NativeTemplating, templating.TextTemplating):
        for method in ("expression", "condition"):
            monkeypatch.setattr(engine, method, counting(getattr(engine, method)))
    return counted


def _fleet(hosts: int = HOSTS) -> list[dict[str, Any]]:
    return [
        {
            "name": data(f"web{number}.example.com"),
            "x": number % 2,
            "cfg": data(
                {"php_main_version": f"8.{number % 4}", "port": number, "list": ["a", f"b{number}"]}
            ),
        }
        for number in range(hosts)
    ]


def _ours(options: dict[str, Any], fleet: list[dict[str, Any]] | None = None) -> Plugin:
    plugin, error = inventory_of(Case(trusted(options, line=3), fleet or _fleet()), by_us)
    assert error is None
    return plugin


def _made(plugin: Plugin) -> list[Any]:
    return [host.vars["made"] for host in plugin.inventory.hosts.values()]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("cfg.php_main_version ~ '-fpm'", 4),
        ("cfg['php_main_version'] | default('none')", 4),
        ("cfg.get('php_main_version', 'none')", 4),
        ("cfg.missing | default('none')", 1),
        ("cfg.list[0]", 1),
        ("cfg.list[7] | default('none')", 1),
        ("x + 1", 2),
        ("missing | default('none')", 1),
        ("x ~ cfg.php_main_version", 4),
        ("'constant ' ~ 1", 1),
        ("cfg.list | length", HOSTS),
    ],
)
def test_is_evaluated_once_for_each_input(evaluations: Counter[Any], text: str, times: int) -> None:
    _ours({"compose": {"made": text}})
    assert evaluations[text] == times


def test_conditions_and_keys_are_evaluated_once_for_each_input(evaluations: Counter[Any]) -> None:
    plugin = _ours(
        {
            "groups": {"even": "x == 0"},
            "keyed_groups": [
                {"key": "cfg.php_main_version", "prefix": "php", "parent_group": "php_{{ x }}"}
            ],
        }
    )
    assert evaluations == {"x == 0": 2, "cfg.php_main_version": 4}
    assert len(plugin.inventory.groups["even"].hosts) == HOSTS // 2
    assert len(plugin.inventory.groups["php_8_3"].hosts) == HOSTS // 4


@pytest.mark.parametrize(
    "text",
    [
        "lookup('pipe', 'echo hi')",
        "query('env', 'HOME')",
        "now().microsecond",
        "999999999 | random",
        "[1, 2, 3] | shuffle",
        "'x' | password_hash('sha512', rounds=1000)",
        "['a'] | map('random') | list",
        "['a'] | select('nope') | list",
        "x is sameas 1",
        "vars.x",
        "omit | default('x')",
        "cfg.list.append('x')",
        "undef() | default('x')",
        "'%H' | strftime",
        "'~' | expanduser",
        "'/etc/passwd' is exists",
        "x | nope",
        "'{{ x }}'",
        "['a'] | map(*['random']) | list",
        "['a', 'b'] | map('map', 'random') | list",
    ],
)
def test_what_is_not_repeatable_is_evaluated_for_each_host(
    evaluations: Counter[Any], text: str
) -> None:
    _ours(
        {
            "compose": {"made": text},
            "groups": {"some": text},
            "keyed_groups": [{"key": f"[{text}] | length | string"}],
        }
    )
    assert evaluations[text] == 2 * HOSTS
    assert evaluations[f"[{text}] | length | string"] == HOSTS


def test_random_results_differ() -> None:
    plugin = _ours(
        {
            "compose": {"made": "999999999 | random"},
            "groups": {"drawn": "2 | random == 1"},
            "keyed_groups": [{"key": "'g' ~ (999999999 | random)", "separator": ""}],
        },
        _fleet(100),
    )
    assert len(set(map(str, _made(plugin)))) > 90
    assert 0 < len(plugin.inventory.groups["drawn"].hosts) < 100
    assert len(plugin.inventory.groups) > 90


def test_a_filter_of_the_same_name_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, evaluations: Counter[Any]
) -> None:
    impostor = SimpleNamespace(ansible_name="ansible.legacy.lower")
    monkeypatch.setattr(determinism, "filter_loader", SimpleNamespace(get=lambda name: impostor))
    _ours({"compose": {"made": "cfg.php_main_version | lower"}})
    assert evaluations["cfg.php_main_version | lower"] == HOSTS


def test_extensions_of_jinja_may_do_anything(
    monkeypatch: pytest.MonkeyPatch, evaluations: Counter[Any]
) -> None:
    monkeypatch.setattr(C, "DEFAULT_JINJA2_EXTENSIONS", "jinja2.ext.do", raising=False)
    _ours({"compose": {"made": "x"}, "groups": {"one": "x == 1"}})
    assert evaluations == {"x": HOSTS, "x == 1": HOSTS}


def test_a_template_in_a_variable_is_evaluated_for_each_host(evaluations: Counter[Any]) -> None:
    fleet = [
        {"x": number, "user": trusted("{{ x + 1 }}"), "cfg": trusted({"deep": "{{ x + 1 }}"})}
        for number in range(5)
    ]
    for text in ("user", "cfg.deep", "user ~ ''", "cfg.deep ~ ''"):
        plugin = _ours({"compose": {"made": text}}, fleet)
        assert [str(value) for value in _made(plugin)] == ["1", "2", "3", "4", "5"]
        assert evaluations[text] == 5


def test_plain_paths_need_one_evaluation_for_each_type(evaluations: Counter[Any]) -> None:
    plugin = _ours({"compose": {"made": "name"}})
    assert evaluations["name"] == 1
    assert [str(value) for value in _made(plugin)] == [
        f"web{number}.example.com" for number in range(HOSTS)
    ]


def test_a_plain_path_is_not_read_in_another_way_than_ansibles(
    monkeypatch: pytest.MonkeyPatch, evaluations: Counter[Any]
) -> None:
    for reading in (direct.NativeReading, direct.TextReading):
        monkeypatch.setattr(reading, "result", lambda self, value, scope, name: f"{value}!")
    plugin = _ours({"compose": {"made": "name"}})
    assert evaluations["name"] == HOSTS
    assert not [value for value in _made(plugin) if value.endswith("!")]


@pytest.mark.parametrize("text", ["name", "cfg.port", "x", "cfg.php_main_version", "cfg.list[1]"])
def test_plain_paths_give_what_ansible_gives(text: str) -> None:
    assert_same(Case(trusted({"compose": {"made": text}}, line=3), _fleet()))
    assert_same(Case(trusted({"compose": {"made": text}}), _fleet()))


def test_hosts_do_not_share_containers() -> None:
    plugin = _ours({"compose": {"made": "{'list': [x], 'dict': {'k': 'v'}}"}})
    made = _made(plugin)[::2]
    expected = describe(made[0])
    # The first is the one that was evaluated.
    for changed, others in ((made[0], made[1:]), (made[1], made[2:])):
        changed["list"].append("changed")
        changed["dict"]["k"] = "changed"
        changed["new"] = True
        assert [describe(other) for other in others] == [expected] * len(others)


def test_a_result_that_cannot_be_copied_is_not_shared(evaluations: Counter[Any]) -> None:
    if not HAS_TAGS:
        pytest.skip("up to 2.18 all results are text or made from text")
    text = "'2026-01-01 00:00:00' | to_datetime"
    _ours({"compose": {"made": text}})
    assert evaluations[text] == HOSTS


def test_memory_has_an_end(monkeypatch: pytest.MonkeyPatch, evaluations: Counter[Any]) -> None:
    monkeypatch.setattr(sharing, "_MOST_RESULTS", 8)
    fleet = _fleet()
    said: list[str] = []
    monkeypatch.setattr(
        "ansible.utils.display.Display.vv", lambda self, text, *more, **named: said.append(text)
    )
    options = {"compose": {"made": "'x' ~ name"}, "keyed_groups": [{"key": "cfg.php_main_version"}]}
    assert_same(Case(trusted(options), fleet))
    # An expression that does repeat itself goes on after the memory was emptied.
    assert evaluations["cfg.php_main_version"] == 4
    assert evaluations["'x' ~ name"] == HOSTS
    assert [text for text in said if "'x' ~ name" in text and "each host" in text]
    assert not [text for text in said if "cfg.php" in text]


def test_says_what_is_evaluated_for_each_host(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "ansible.utils.display.Display.vv", lambda self, text, *more, **named: said.append(text)
    )
    _ours({"compose": {"made": "now()"}, "groups": {"all_of_them": "x == 1"}})
    assert [text for text in said if text.startswith("constructed:")] == [
        "constructed: 'now()' is evaluated for each host: it calls a function that is not known to be repeatable"
    ]


@pytest.mark.parametrize("behaviour", ["merge", "replace"])
def test_hash_behaviour(monkeypatch: pytest.MonkeyPatch, behaviour: str) -> None:
    monkeypatch.setattr(C, "DEFAULT_HASH_BEHAVIOUR", behaviour)
    plugin, _error = assert_same(
        Case(
            trusted(
                {
                    "compose": {"cfg": "{'php_main_version': 'composed'}"},
                    "groups": {"merged": "cfg.port is defined"},
                    "keyed_groups": [{"key": "cfg.php_main_version"}],
                }
            ),
            _fleet(5),
        )
    )
    assert "_composed" in plugin.inventory.groups


@pytest.mark.skipif(HAS_TAGS, reason="from 2.19 on there is nothing else")
def test_native_jinja(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(C, "DEFAULT_JINJA2_NATIVE", True)
    compose = {
        f"made_{number}": text
        for number, text in enumerate(
            ["name", "cfg", "cfg.port", "x", "cfg.looks_like_list", "none"]
        )
    }
    fleet = [
        {"name": "[1]", "x": 1, "cfg": data(cases.CONFIG)},
        {"name": data("7"), "x": True, "cfg": cases.CONFIG},
    ]
    assert_same(Case({"compose": compose}, fleet * 2))


@pytest.mark.parametrize("transform", ["never", "ignore", "silently", "always"])
@pytest.mark.parametrize("by_setting", [False, True])
def test_names_of_groups(monkeypatch: pytest.MonkeyPatch, transform: str, by_setting: bool) -> None:
    monkeypatch.setattr(C, "TRANSFORM_INVALID_GROUP_CHARS", transform)
    if by_setting:
        monkeypatch.setattr(Plugin, "_sanitize_group_name", staticmethod(to_safe_group_name))
    plugin, _error = assert_same(
        Case(
            trusted(
                {
                    "groups": {"a-b c": "x == 1"},
                    "keyed_groups": [{"key": "name", "prefix": "é.x", "parent_group": "p-{{ x }}"}],
                }
            ),
            _fleet(4),
        )
    )
    assert ("a-b c" in plugin.inventory.groups) is (by_setting and transform in ("never", "ignore"))


def test_a_host_named_like_a_group() -> None:
    assert_same(
        Case(
            trusted(
                {
                    "compose": {"made": "x"},
                    "groups": {"web1_example_com": "true", "web0.example.com": "true"},
                    "keyed_groups": [{"key": "name", "separator": ""}],
                }
            ),
            _fleet(3),
        )
    )


def test_variables_that_are_no_plain_dictionary_are_ansibles() -> None:
    if not HAS_TAGS:
        pytest.skip("there are no tagged dictionaries")
    variables = with_origin({"name": "a", "x": 1}, 12)
    plugins = []
    for way in ("_apply_by_ansible", "apply"):
        plugin = Plugin(trusted({"compose": {"made": "name"}, "groups": {"one": "x == 1"}}), None)
        plugin.inventory.add_host("web0")
        getattr(by_us(plugin).__self__, way)("web0", variables)  # type: ignore[attr-defined]
        plugins.append(plugin)
    theirs, ours = (describe(plugin.inventory.hosts["web0"].vars) for plugin in plugins)
    assert ours == theirs
    assert "one" in plugins[1].inventory.groups
