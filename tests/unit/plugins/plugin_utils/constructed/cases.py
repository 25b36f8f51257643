# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions and variables from which cases are made: by hand, and at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from . import both_ways

CONFIG = {
    "php_main_version": "8.3",
    "mysql_version": 8.0,
    "port": 22,
    "enabled": True,
    "off": False,
    "nothing": None,
    "empty": "",
    "items": "shadows a method",
    "get": "another",
    "list": ["b", "a", "b", ""],
    "deep": {"er": {"est": "bottom", "n": 1}},
    "users": [{"username": "shop", "vhosts": [{"server_name": "a.example b.example"}]}],
    "looks_like_list": "[1, 2]",
    "looks_like_true": "True",
    "number_text": "007",
    "0": "zero",
}

JINJA = "{{ 7 * 6 }}"
JINJA_ELSEWHERE = "{{ other }}"


def _plain_values() -> list[Any]:
    return [
        None, "", "a", "A b-c", "1", 1, 1.0, True, False, 0, 0.0, -0.0, float("nan"), "True",
        "false",
        "None", "[1, 2]", "{'a': 1}", '{"a": 1}', "[oops", "5e3", "ünï.cöde", "x" * 300, "line\n",
        JINJA, "{% raw %}", "{# c #}", "{ not }", "#jinja2: trim_blocks: False\nx", "a\\b",
        [], {}, ["a", "b"], ["a", "", None], [1, "1", True], {"k": "v", "e": "", "n": None},
        {"a": 1}, {"a": True}, {"a": 1.0}, {"a": "1"}, {"b": 1, "a": 2}, {"a": 2, "b": 1}, {1: "x"},
        CONFIG, {**CONFIG, "php_main_version": "8.1"}, {**CONFIG, "deep": None},
        {**CONFIG, "deep": "text"},
        {**CONFIG, "list": "abc"}, {**CONFIG, "unsafe_elsewhere": JINJA}, {"php_main_version": 8.3},
        {"php_main_version": ["8.1", "8.3"]}, {"deep": {"er": []}}, {"missing_too": 1},
    ]  # fmt: skip


def values() -> list[Any]:
    """Everything that a variable may be, marked in every way."""
    plain = _plain_values()
    marked = [both_ways.data(value) for value in plain]
    users = [
        both_ways.trusted(value, line=7) for value in [JINJA, JINJA_ELSEWHERE, "a", ["a", JINJA]]
    ]
    origins = [both_ways.with_origin(value, 9) for value in [1, 1.5, "a", JINJA, {"a": 1}, ["x"]]]
    mixed = [
        {"php_main_version": "8.3", "x": both_ways.data("unsafe")},
        {"php_main_version": "8.3", "x": 1},
    ]
    return [*plain, *marked, *users, *origins, *mixed]


VALUES = values()

NASTY = [
    # plain paths
    "name", " name ", "(name)", "cfg", "cfg.php_main_version", "cfg['php_main_version']",
    "cfg.port",
    "cfg.enabled", "cfg.off", "cfg.nothing", "cfg.empty", "cfg.mysql_version", "cfg.missing",
    "missing",
    "cfg.missing.deeper", "missing.deeper", "cfg.deep.er.est", "cfg.deep.er.n", "cfg.items",
    "cfg['items']",
    "cfg.get", "cfg.keys", "cfg._private", "cfg.__class__", "cfg.list", "cfg.list[0]",
    "cfg.list[9]",
    "cfg.list[-1]", "cfg.list.0", "cfg.users[0].username", "cfg.users[0].vhosts[0].server_name",
    "cfg.looks_like_list", "cfg.looks_like_true", "cfg.number_text", "cfg['0']", "cfg[0]", "cfg.0",
    "other",
    "name.upper", "name.nope", "cfg.list.nope", "x", "cfg['php' ~ '_main_version']", "cfg[other]",
    "cfg.php_main_version\n", "- name", "-name", "name -", "+ x", "cfg['php_main\\x5fversion']",
    # calls of methods
    "cfg.get('php_main_version')", "cfg.get('php_main_version', 'none')", "cfg.get('nope', 'none')",
    "cfg.get('nope', other)", "cfg.deep.get('er')", "cfg.deep.get('er').est", "cfg.get('items')",
    "cfg.get('list')[0]", "missing.get('x')", "cfg.missing.get('x')", "cfg.keys() | list",
    "cfg.items() | list",
    "name.split('.')[0]", "name.upper()", "name.startswith('a')", "name.nope()",
    "name.split(missing)",
    "cfg.list.append('x')", "cfg.update({'a': 1})", "cfg.get(*[name])", "name.format(1)",
    "'%s-%s' % (name, x)",
    "'{0}'.format(name)", "'-'.join(cfg.list)", "cfg.list.index('a')", "cfg.get(default='x')",
    # filters and tests
    "name | default('d')", "missing | default('d')", "missing | d(other)",
    "cfg.missing | default('d', true)",
    "name | default('d', true)", "name | lower", "name | upper | length", "cfg.list | first",
    "cfg.list | sort",
    "cfg.list | unique | join(',')", "cfg.list | map('upper') | list",
    "cfg.users | map(attribute='username') | list",
    "cfg.list | select('equalto', 'a') | list",
    "cfg.users | selectattr('username', 'match', 's') | list",
    "cfg.users | selectattr('nope', 'undefined') | list", "cfg.list | map('nope') | list",
    "cfg | dict2items",
    "cfg | to_json", "cfg.deep | to_json", "name | regex_replace('^(.*)b', '\\\\1')",
    "name | regex_replace('\\.', '_')",
    "name | bool", "name | int", "x | string", "name | type_debug", "cfg | type_debug",
    "cfg.port | type_debug",
    "name | mandatory", "missing | mandatory", "name | ternary('y', 'n')", "name | hash('sha1')",
    "name | to_uuid",
    "name | quote", "cfg | combine({'z': name})", "cfg.list | product(['1']) | list", "name | nope",
    "ansible.builtin.nope", "name | ansible.builtin.lower", "name | ansible.builtin.b64encode",
    "name is defined",
    "missing is defined", "cfg.missing is undefined", "cfg.deep.er is mapping", "name is string",
    "name is none",
    "name is match('a')", "name is in ['a', 'b']", "name is sameas true",
    "name is version('1', '>=')", "name is nope",
    "cfg | length", "x == 1", "x is true", "x == true", "x == '1'", "name in cfg.list",
    "'a' in name", "name == other",
    "cfg.deep == {'er': {'est': 'bottom', 'n': 1}}", "x > 0", "x < 'a'", "not name",
    "name and other", "name or other",
    "missing and other", "other or missing", "name if x else other", "name if missing else other",
    "name if missing is defined else other", "name if false",
    # undefined values that become text
    "[cfg.missing] | string", "[missing] | string", "{'a': cfg.missing}", "[cfg.missing, 1]",
    "(cfg.missing,) | pprint",
    "'%r' % cfg.missing", "'%r' | format(cfg.missing)", "dict(a=cfg.missing) | string",
    "cfg.missing ~ 'x'",
    "[cfg.missing | default(cfg.nope)] | string", "[missing | default('x')]", "[cfg.list, name]",
    # constants, containers, arithmetic
    "'constant'", "1", "true", "True", "none", "None", "'[1, 2]'", "'True'", "[]", "{}",
    "['a', 'b']", "{'a': name}",
    "[name, other]", "(name, other)", "name ~ '-' ~ other", "name + other", "x + 1", "x * 2",
    "x / 0", "x // 2", "2 ** 3",
    "-x", "range(3) | list", "range(x) | list", "range(3)", "dict(a=name)", "dict(cfg)", "name[0]",
    "name[1:3]",
    "cfg.list[1:]", "['a', name][x]", "range", "dict", "'a' ~ 1", "1.0", "1e400", "''",
    "\"{{ other }}\"", "'{{' ~ name",
    "'{{ other }}' ~ name", "'{' ~ '{ other }' ~ '}'", "'#jinja2:x'",
    # what sees more than it names, or is another each time
    "vars.name", "vars['name']", "hostvars", "hostvars.x", "groups", "omit", "omit | default('x')",
    "self", "loop", "caller",
    "lookup('pipe', 'echo hi')", "query('items', name)", "q('items', name)", "undef('hint')",
    "undef()", "namespace(a=1).a",
    "lipsum is defined", "now is defined", "lookup", "environment", "context", "template",
    "inventory_hostname", "inventory_hostname_short", "group_names", "group_names | length",
    "'one' in group_names",
    "inventory_hostname is defined", "inventory_dir", "inventory_file is none",
    "inventory_hostname[3] | int % 2 == 0",
    # broken, or not what it seems
    "", " ", "name |", "name }} {{ other", "name }}-{{ other", "name }}{% set y = 1 %}{{ y",
    "{{ name }}", "{{ 'name' }}",
    "{% if true %}x{% endif %}", "name # comment", "name {# comment #}", "name\nother", "if",
    "name if", "a.b.", "1abc",
    "x is defined %}True{% endif %}{% if false", "name, other", "*name", "**name", "name=1",
    "name; other", "\\", "name\\",
    "'\\n'", "'a\\tb'", "{'a': 1}.a", "[1, 2][0]", "{'a': 1}['a']", "'x' is string", "((((name))))",
    "not not x",
    "name|lower|upper|lower", "name  |  default ( 'x' )", "cfg . php_main_version", "cfg\n.port",
    "'é' ~ name",
    # what earlier compose entries made
    "composed", "composed.a", "composed | default('none')", "composed ~ name",
    "composed is defined", "composed == name",
    # extra variables, and variables of another source
    "extra", "extra_template", "extra_template ~ name", "extra.a", "before", "before.sub",
    "before_template", "region",
]  # fmt: skip
"""Expressions, conditions and keys that once were, or might be, evaluated in another way."""

METHODS = ["cfg.items", "cfg['items']", "cfg.get", "cfg.keys", "name.upper", "lookup"]
"""Those of them whose result holds an address in memory, which is another each time for Ansible too."""

NASTY_OBJECTS: list[Any] = [None, True, False, 0, 1, 1.5, [], ["name"], {"a": "name"}]
"""What is no string where an expression is expected."""

PARENTS = [
    None, "", "parent", "parent-{{ other }}", "{{ other }}", "{{ missing }}",
    "{{ cfg.php_main_version }}", "{{ 1 }}",
    "{{ omit }}", "{{ name | default('x', true) }}", "a b", "{{ group_names | length }}",
    "{{ inventory_hostname }}",
    "{{ true }}", "{{ none }}", "{% if x %}p{% endif %}",
    "#jinja2: trim_blocks: False\n{{ other }}", "{{ cfg }}", "{{ [] }}",
]  # fmt: skip


def variables() -> st.SearchStrategy[dict[str, Any]]:
    """Variables of one host."""
    anything = st.sampled_from(VALUES)
    config = st.sampled_from([value for value in VALUES if isinstance(value, dict)])
    return st.fixed_dictionaries(
        {},
        optional={
            "name": anything,
            "other": st.sampled_from(["a", "b", "", "c-d", JINJA, both_ways.data(JINJA)]),
            "x": st.sampled_from([0, 1, True, 1.0, "1", -3, None, 2**70]),
            "cfg": st.one_of(config, anything),
            "region": st.sampled_from(["eu", "us"]),
            "true": anything,
        },
    )


_NAMES = [
    "name",
    "other",
    "x",
    "cfg",
    "missing",
    "composed",
    "extra",
    "inventory_hostname",
    "group_names",
]
_KEYS = ["php_main_version", "port", "missing", "items", "deep", "list", "a", "nothing", "empty"]
_FILTERS = [
    "default('d')", "default(other)", "default('d', true)", "lower", "length", "string", "int",
    "first", "to_json", "list",
    "sort", "type_debug", "bool", "join('-')", "ternary('y', missing)", "unique", "dict2items",
    "map('string') | list",
    "random", "shuffle", "nope", "mandatory", "combine({'q': x})", "select('defined') | list",
    "regex_replace('a', 'b')",
]  # fmt: skip
_TESTS = [
    "defined",
    "none",
    "string",
    "mapping",
    "number",
    "undefined",
    "sameas none",
    "iterable",
    "true",
    "match('a')",
]


def expressions() -> st.SearchStrategy[str]:
    """Generate expressions that mean something."""
    names = st.sampled_from(_NAMES)
    keys = st.sampled_from(_KEYS)
    atoms = st.one_of(
        names,
        names,
        st.builds("{}.{}".format, names, keys),
        st.builds("{}['{}']".format, names, keys),
        st.builds("{}.{}.{}".format, names, keys, keys),
        st.builds("{}.get('{}', {})".format, names, keys, st.sampled_from(["1", "'x'", "other"])),
        st.builds("{}[{}]".format, names, st.integers(0, 2)),
        st.sampled_from(
            ["'a'", "''", "1", "0", "true", "none", "[]", "{}", "'[1]'", "1.5", "'True'"]
        ),
    )

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        operators = st.sampled_from(
            ["~", "+", "==", "!=", "and", "or", "in", "not in", "*", "<", "%"]
        )
        return st.one_of(
            st.builds("({} | {})".format, inner, st.sampled_from(_FILTERS)),
            st.builds("({} {} {})".format, inner, operators, inner),
            st.builds("({} is {})".format, inner, st.sampled_from(_TESTS)),
            st.builds("(not {})".format, inner),
            st.builds("({} if {} else {})".format, inner, inner, inner),
            st.builds("[{}, {}]".format, inner, inner),
            st.builds("{{'k': {}}}".format, inner),
        )

    generated = st.recursive(atoms, larger, max_leaves=4)
    # Random results differ between any two runs, so that only their being evaluated can be tested, elsewhere.
    return generated.filter(lambda text: "random" not in text and "shuffle" not in text)


def options() -> st.SearchStrategy[dict[str, Any]]:
    """Options of an inventory plugin."""
    expression = st.one_of(expressions(), st.sampled_from(NASTY), st.sampled_from(NASTY_OBJECTS))
    group_names = st.sampled_from(["one", "two", "a-b", "web0.example.com", "ünï", "", "all"])
    repeatable = expression.filter(lambda text: text not in METHODS and "items" not in str(text))
    keyed = st.fixed_dictionaries(
        {"key": repeatable},
        optional={
            "prefix": st.sampled_from(["", "p", "a-b", None, "web0"]),
            "separator": st.sampled_from(["", "_", "-", ":", None]),
            "default_value": st.sampled_from(["dflt", "", None]),
            "trailing_separator": st.sampled_from([True, False, None]),
            "parent_group": st.sampled_from(PARENTS),
        },
    )
    return st.fixed_dictionaries(
        {
            "strict": st.sampled_from([False, False, False, True]),
            "leading_separator": st.booleans(),
        },
        optional={
            "compose": st.dictionaries(
                st.sampled_from(["composed", "name", "cfg", "ansible_host", "composed_too"]),
                expression,
                max_size=3,
            ),
            "groups": st.dictionaries(group_names, expression, max_size=3),
            "keyed_groups": st.lists(
                st.one_of(keyed, keyed, keyed, st.sampled_from([None, {}, "x"])), max_size=3
            ),
            "use_extra_vars": st.booleans(),
        },
    )


def extra_variables() -> dict[str, Any]:
    """Variables as from the command line."""
    return {
        "extra": both_ways.trusted({"a": "from the command line"}),
        "extra_template": both_ways.trusted("{{ name }}!", line=2),
        "region": both_ways.trusted("extra"),
    }


def variables_set_beforehand() -> dict[str, Any]:
    """Variables as from an inventory file."""
    return {
        "before": both_ways.trusted({"sub": "value", "template": "{{ other }}"}, line=4),
        "before_template": both_ways.trusted("{{ region }}", line=5),
        "region": both_ways.trusted("before"),
    }
