# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's own evaluation of expressions, conditions and templates, as `Constructable` asks for it.

Ansible compiles an expression each time that it is evaluated, which takes ten times as long as rendering it.
Here a compiled expression is kept, if nothing but its text went into it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from typing import Any, Protocol

from ansible import (
    constants as C,  # noqa: N812  # Ansible's own name for it
    errors,
)
from ansible.errors import AnsibleError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.template import Templar

from .expression import (
    OVERRIDES_HEADER,
    TEMPLATE_MARKERS,
    Dependence,
    Path,
    of_expression,
    of_template,
)

Variables = Mapping[str, Any]

# ansible-core 2.19 and later
_ValueOmitted: type[Exception] = getattr(errors, "AnsibleValueOmittedError", AnsibleError)

_KEPT = 1000  # texts; a configuration file has a handful


class Templating(Protocol):
    """What one generation of ansible-core's template engine does for `Constructable`.

    The evaluating methods raise whatever the template engine raises.
    """

    templates_are_recursive: bool
    """Whether naming a variable renders every template inside of it."""

    empty_keys: tuple[Any, ...]
    """Keys of keyed groups in whose place `default_value` is taken."""

    parent_errors: tuple[type[Exception], ...]
    """What may go wrong with a parent group and means, unless strict, that there is no group."""

    parent_error_text: str
    """The message of such an error, for the parent's template, the key and the error."""

    def expression(self, text: Any, variables: Variables) -> Any:
        """Evaluate an expression of `compose`, or the key of a keyed group."""

    def condition(self, text: Any, variables: Variables) -> bool:
        """Evaluate a condition of `groups`."""

    def parent(self, text: Any, variables: Variables) -> Any:
        """Render the template of a keyed group's parent."""

    def expression_dependence(self, text: Any) -> Dependence:
        """Tell what the result of `expression` depends on."""

    def condition_dependence(self, text: Any) -> Dependence:
        """Tell what the result of `condition` depends on."""

    def parent_dependence(self, text: Any) -> Dependence:
        """Tell what the result of `parent` depends on."""


def templating(loader: Any) -> Templating:
    """Return the template engine of the ansible-core that runs."""
    templar = Templar(loader=loader)
    if hasattr(templar, "evaluate_expression"):
        return NativeTemplating(templar)
    return TextTemplating(templar)


def _custom_syntax() -> bool:
    # Extensions of Jinja may do anything to a template.
    return bool(getattr(C, "DEFAULT_JINJA2_EXTENSIONS", None))


_CUSTOM_SYNTAX = Dependence(obstacle="extensions of Jinja are in use")


class NativeTemplating:
    """ansible-core 2.19 and later: expressions have native results, and only trusted text is rendered."""

    templates_are_recursive = False
    empty_keys: tuple[Any, ...] = (None, "")
    parent_errors: tuple[type[Exception], ...] = (Exception,)
    parent_error_text = "Could not generate parent group %r for group %r: %s"

    def __init__(self, templar: Any) -> None:
        self._templar = templar
        if not _custom_syntax():
            _keep_compiled_expressions(templar)

    def expression(self, text: Any, variables: Variables) -> Any:
        self._templar.available_variables = variables
        return self._templar.evaluate_expression(text)

    def condition(self, text: Any, variables: Variables) -> bool:
        self._templar.available_variables = variables
        return self._templar.evaluate_conditional(text)  # type: ignore[no-any-return]

    def parent(self, text: Any, variables: Variables) -> Any:
        self._templar.available_variables = variables
        try:
            return self._templar.template(text)
        except _ValueOmitted:
            return None

    def expression_dependence(self, text: Any) -> Dependence:
        if _custom_syntax():
            return _CUSTOM_SYNTAX
        if not isinstance(text, str):
            return Dependence(obstacle="it is not a string")
        return of_expression(text)

    def condition_dependence(self, text: Any) -> Dependence:
        if isinstance(text, bool):
            return Dependence()
        if not isinstance(text, str):
            return self.expression_dependence(text)
        text = text.strip()
        if text.startswith((*TEMPLATE_MARKERS, OVERRIDES_HEADER)):
            return Dependence(obstacle="it is a template that gives a condition")
        return self.expression_dependence(text)

    def parent_dependence(self, text: Any) -> Dependence:
        if _custom_syntax():
            return _CUSTOM_SYNTAX
        if text is None:
            return Dependence()
        if not isinstance(text, str):
            return Dependence(obstacle="it is not a string")
        return of_template(text)


def _keep_compiled_expressions(templar: Any) -> None:
    engine = getattr(templar, "_engine", None)
    compile_expression = getattr(engine, "_compile_expression", None)
    if compile_expression is None:
        # A later ansible-core has another way; its own speed has to do.
        return
    kept: dict[tuple[str, bool], Callable[..., Any]] = {}

    def kept_or_compiled(expression: str, options: Any) -> Callable[..., Any]:
        key = (str(expression), options.escape_backslashes)
        compiled = kept.get(key)
        if compiled is None:
            compiled = compile_expression(expression, options)
            # A text that does not compile gives a function, which holds the error of this one evaluation.
            if type(compiled).__name__ == "AnsibleTemplateExpression" and len(kept) < _KEPT:
                kept[key] = compiled
        return compiled

    engine._compile_expression = kept_or_compiled  # type: ignore[union-attr]


class TextTemplating:
    """ansible-core up to 2.18: everything is a template, and results are text that is read as Python."""

    templates_are_recursive = True
    empty_keys: tuple[Any, ...] = ("",)
    parent_errors: tuple[type[Exception], ...] = (AnsibleError,)
    parent_error_text = "Could not generate parent group %s for group %s: %s"

    def __init__(self, templar: Any) -> None:
        self._templar = templar
        self._start: str = templar.environment.variable_start_string
        self._end: str = templar.environment.variable_end_string
        self._kept_texts: set[str] = set()
        _keep_compiled_templates(templar.environment, self._kept_texts)

    def expression(self, text: Any, variables: Variables) -> Any:
        self._templar.available_variables = variables
        return self._templar.template(self._wrapped(text), disable_lookups=True)

    def condition(self, text: Any, variables: Variables) -> bool:
        self._templar.available_variables = variables
        return boolean(self._templar.template(self._as_statement(text)))  # type: ignore[no-any-return]

    def parent(self, text: Any, variables: Variables) -> Any:
        if not text:
            return text
        self._templar.available_variables = variables
        return self._templar.template(text)

    def expression_dependence(self, text: Any) -> Dependence:
        return self._read(self._wrapped(text))

    def condition_dependence(self, text: Any) -> Dependence:
        return self._read(self._as_statement(text))

    def parent_dependence(self, text: Any) -> Dependence:
        if not text:
            return Dependence()
        if not isinstance(text, str):
            return Dependence(obstacle="it is not a string")
        return self._read(text)

    def _read(self, template: str) -> Dependence:
        if _custom_syntax():
            return _CUSTOM_SYNTAX
        dependence = of_template(template)
        if dependence.compiles_alike and len(self._kept_texts) < _KEPT:
            self._kept_texts.add(self._as_compiled(template))
        word = template.strip().removeprefix(self._start).removesuffix(self._end).strip()
        if dependence.obstacle is None and dependence.plain is None and _is_word(word):
            # Ansible looks a single word up by itself, before Jinja can tell that it is a constant.
            return replace(dependence, paths=(Path(word), *dependence.paths))
        return dependence

    def _as_compiled(self, template: str) -> str:
        from ansible.template import _escape_backslashes

        return str(_escape_backslashes(template, self._templar.environment))

    def _wrapped(self, text: Any) -> str:
        return "%s%s%s" % (self._start, text, self._end)  # noqa: UP031  # just as Ansible does

    @staticmethod
    def _as_statement(text: Any) -> str:
        return "{%% if %s %%} True {%% else %%} False {%% endif %%}" % text  # noqa: UP031


def _is_word(text: str) -> bool:
    return text.replace("_", "a").isalnum()


def _keep_compiled_templates(environment: Any, texts: Container[str]) -> None:
    kept: dict[str, Any] = {}
    plain = type(environment)

    class KeepingEnvironment(plain):  # type: ignore[misc, valid-type]
        """Ansible's environment, which compiles some texts once."""

        def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:
            # An overlay has other settings, and `args` say that the text is a file's.
            if source not in texts or args or kwargs or self.overlayed:
                return super().compile(source, *args, **kwargs)
            code = kept.get(source)
            if code is None:
                code = kept[source] = super().compile(source)
            return code

    environment.__class__ = KeepingEnvironment
