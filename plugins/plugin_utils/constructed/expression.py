# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Jinja expression depends on: the variables it names, and the paths into them.

The syntax tree is read with Jinja's own parser. A node that is not known here, and a function that is not on
the lists of `determinism`, make the expression one that cannot be shared, with the reason.
"""

from __future__ import annotations

# Subclasses are other kinds of values here, so that isinstance() would be wrong.
# pylint: disable=unidiomatic-typecheck
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from jinja2 import Environment, TemplateError, nodes
from jinja2.parser import Parser

from . import determinism

TEMPLATE_MARKERS = ("{{", "{%", "{#")
OVERRIDES_HEADER = "#jinja2:"


class Path(NamedTuple):
    """A variable, and the keys that lead from it to the value that is used.

    A string is a key of a dictionary, a number is an index of a list.
    """

    name: str
    steps: tuple[str | int, ...] = ()


@dataclass(frozen=True)
class Dependence:
    """What the result of an expression depends on.

    Attributes:
        paths: the values that are used; no other part of any variable has an influence.
        obstacle: why results cannot be shared between hosts; `None` when they can.
        plain: the path, when the expression is nothing but one.
        shows_missing: whether the text of a missing value, which quotes the dictionary that it is missing
            from, may become part of the result.
        compiles_alike: whether it may be compiled once. Jinja applies filters to constants while it compiles,
            so that `9 | random` is a number in the compiled code.
    """

    paths: tuple[Path, ...] = ()
    obstacle: str | None = None
    plain: Path | None = None
    shows_missing: bool = False
    compiles_alike: bool = False


def of_expression(source: str) -> Dependence:
    """Read an expression that Ansible evaluates as such (ansible-core 2.19 and later)."""

    def parse(environment: Environment) -> nodes.Node:
        parser = Parser(environment, source, state="variable")
        expression = parser.parse_expression()
        if not parser.stream.eos:
            parser.fail("chunk after expression", parser.stream.current.lineno)
        return expression

    return _read(source, parse)


def of_template(source: str) -> Dependence:
    """Read a whole template. Whoever evaluates an expression by wrapping it in `{{ }}` passes the wrapping."""
    if source.startswith(OVERRIDES_HEADER):
        return Dependence(obstacle="it sets options of Jinja")
    return _read(source, lambda environment: environment.parse(source))


class _Obstacle(Exception):
    """Why an expression's results cannot be shared."""


def _read(source: str, parse: Callable[[Environment], nodes.Node]) -> Dependence:
    try:
        # Nothing is rendered with this environment; escaping has no bearing on a syntax tree.
        tree = parse(Environment(trim_blocks=True))  # noqa: S701
    except (TemplateError, RecursionError):
        return Dependence(obstacle="it cannot be parsed")
    alike = _compiles_alike(tree)
    reader = _Reader(backslashes="\\" in source)
    try:
        reader.visit(tree)
    except _Obstacle as obstacle:
        return Dependence(obstacle=str(obstacle), compiles_alike=alike)
    except RecursionError:
        return Dependence(obstacle="it is nested too deeply")
    return Dependence(
        paths=tuple(dict.fromkeys(reader.paths)),
        plain=reader.path_of(_sole_expression(tree)),
        shows_missing=reader.shows_missing,
        compiles_alike=alike,
    )


def _compiles_alike(tree: nodes.Node) -> bool:
    try:
        for each in tree.find_all((nodes.Filter, nodes.Test)):
            if isinstance(each, nodes.Filter):
                _check_filter(each.name)
            else:
                _check_test(each.name)
    except (_Obstacle, RecursionError):
        return False
    return True


def _sole_expression(tree: nodes.Node) -> nodes.Node:
    """Unwrap a template that is one `{{ expression }}`."""
    if isinstance(tree, nodes.Template) and len(tree.body) == 1:
        output = tree.body[0]
        if isinstance(output, nodes.Output) and len(output.nodes) == 1:
            return output.nodes[0]
    return tree


# `a.items` is a method whatever the dictionary holds, and `a['items']` is one if it holds no such key.
_ATTRIBUTES_OF_CONTAINERS = frozenset(dir(dict)) | frozenset(dir(list))

_PASSIVE = (
    nodes.Template, nodes.Output, nodes.If, nodes.TemplateData,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Concat, nodes.Slice,
    nodes.Not, nodes.And, nodes.Or, nodes.Neg, nodes.Pos,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Pow,
)  # fmt: skip
"""Nodes that do nothing of their own with what is under them."""

_SHOWING = (nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair, nodes.Mod)
"""Nodes that put what is under them into a container, or format it."""


class _Reader:
    """Walks a syntax tree and collects what it depends on."""

    def __init__(self, backslashes: bool) -> None:
        # Ansible doubles backslashes in some places before Jinja sees them, so that the text of a constant
        # is uncertain. That matters only where a constant is a key.
        self._constants_are_certain = not backslashes
        self.paths: list[Path] = []
        self.shows_missing = False

    def visit(self, node: nodes.Node) -> None:
        path = self.path_of(node)
        if path is not None:
            if path.name in determinism.OPAQUE_NAMES:
                raise _Obstacle(f"it uses {path.name!r}")
            self.paths.append(path)
        elif isinstance(node, nodes.Const):
            self._visit_constant(node)
        elif isinstance(node, nodes.Filter):
            self._visit_filter(node)
        elif isinstance(node, nodes.Test):
            _check_test(node.name)
            self._visit_arguments(node)
        elif isinstance(node, nodes.Call):
            self._visit_call(node)
        elif isinstance(node, (nodes.Getattr, nodes.Getitem)):
            if _key_of(node) in _ATTRIBUTES_OF_CONTAINERS:
                raise _Obstacle(
                    "it may use a method as a value"
                )  # which is written with its address
            self._visit_children(node)
        elif isinstance(node, (*_PASSIVE, *_SHOWING)):
            if isinstance(node, _SHOWING):
                self.shows_missing = True
            self._visit_children(node)
        elif isinstance(node, nodes.Keyword):
            if not isinstance(node.value, nodes.Const):
                self.shows_missing = True
            self.visit(node.value)
        else:
            raise _Obstacle(f"it uses Jinja's {type(node).__name__!r}")

    def path_of(self, node: nodes.Node) -> Path | None:
        """Return the path that a node stands for, if it is a name followed by nothing but constant keys."""
        steps: list[str | int] = []
        while True:
            if isinstance(node, nodes.Name):
                return Path(node.name, tuple(reversed(steps))) if node.ctx == "load" else None
            step = self._step_of(node)
            if step is None:
                return None
            steps.append(step)
            node = node.node  # type: ignore[attr-defined]  # each node that is a step has one

    def _step_of(self, node: nodes.Node) -> str | int | None:
        key = _key_of(node)
        if isinstance(node, nodes.Getitem) and not self._constants_are_certain:
            return None
        if type(key) is int:
            return key if key >= 0 else None
        if type(key) is str and key not in _ATTRIBUTES_OF_CONTAINERS and not key.startswith("_"):
            return key
        return None

    def _visit_constant(self, node: nodes.Const) -> None:
        value = node.value
        if isinstance(value, str) and (
            value.startswith(OVERRIDES_HEADER)
            or any(marker in value for marker in TEMPLATE_MARKERS)
        ):
            raise _Obstacle("a string in it may be a template")

    def _visit_filter(self, node: nodes.Filter) -> None:
        name = _check_filter(node.name)
        if node.node is None:
            raise _Obstacle("it uses a filter without a value")
        if name not in determinism.PLAIN_FILTERS:
            self.shows_missing = True
        if name in determinism.FILTERS_BY_NAME_OF_FILTER and node.args:
            inner = _check_filter(_constant_text(node.args[0]))
            if inner in _NAMING_FILTERS:
                raise _Obstacle(f"it maps with {inner!r}")
        if name in determinism.FILTERS_BY_NAME_OF_TEST and node.args:
            _check_test(_constant_text(node.args[0]))
        if name in determinism.FILTERS_BY_ATTRIBUTE_AND_TEST and len(node.args) > 1:
            _check_test(_constant_text(node.args[1]))
        self._visit_arguments(node)

    def _visit_call(self, node: nodes.Call) -> None:
        function = node.node
        if isinstance(function, nodes.Name) and function.name in determinism.FUNCTIONS:
            # Depends on the name as well: a variable of that name takes the function's place.
            self.visit(function)
        elif isinstance(function, nodes.Getattr) and function.attr in determinism.METHODS:
            path = self._path_of_get(function, node.args)
            if path is None:
                self.visit(function.node)
            else:
                self.paths.append(path)
        else:
            raise _Obstacle("it calls a function that is not known to be repeatable")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument)
        self._refuse_unpacking(node)

    def _path_of_get(self, function: nodes.Getattr, arguments: list[nodes.Expr]) -> Path | None:
        """Return the path that `cfg.get('key')` and `cfg.get('key', 'other')` look at."""
        base = self.path_of(function.node)
        key = _constant_text(arguments[0]) if arguments else None
        if (
            function.attr != "get"
            or base is None
            or base.name in determinism.OPAQUE_NAMES
            or key is None
            or not self._constants_are_certain
        ):
            return None
        return Path(base.name, (*base.steps, key))

    def _visit_arguments(self, node: nodes.Filter | nodes.Test) -> None:
        self._visit_children(node)
        self._refuse_unpacking(node)

    @staticmethod
    def _refuse_unpacking(node: nodes.Filter | nodes.Test | nodes.Call) -> None:
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            raise _Obstacle("it unpacks arguments")

    def _visit_children(self, node: nodes.Node) -> None:
        for child in node.iter_child_nodes():
            self.visit(child)


_NAMING_FILTERS = (
    determinism.FILTERS_BY_NAME_OF_FILTER
    | determinism.FILTERS_BY_NAME_OF_TEST
    | determinism.FILTERS_BY_ATTRIBUTE_AND_TEST
)


def _check_filter(name: str | None) -> str:
    short = (name or "").removeprefix("ansible.builtin.")
    if name is None or short not in determinism.FILTERS or not determinism.is_builtin_filter(name):
        raise _Obstacle(f"the filter {name!r} is not known to be repeatable")
    return short


def _check_test(name: str | None) -> None:
    short = (name or "").removeprefix("ansible.builtin.")
    if name is None or short not in determinism.TESTS or not determinism.is_builtin_test(name):
        raise _Obstacle(f"the test {name!r} is not known to be repeatable")


def _key_of(node: nodes.Node) -> object:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return node.arg.value
    return None


def _constant_text(node: nodes.Node) -> str | None:
    value = node.value if isinstance(node, nodes.Const) else None
    return value if isinstance(value, str) else None
