# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task's arguments against an operation's argument spec, as the module of the same name would check them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import (
    ArgumentTypeError,
    ArgumentValueError,
    RequiredOneOfError,
    UnsupportedError,
)

from ...module_utils.operations.operation import Operation
from ...module_utils.text.escaping import escape
from ..plain import plain

#: What to do about an error whose words are Ansible's: its kind, how it begins, and the next step.
_NEXT_STEPS = (
    (
        ArgumentTypeError,
        "argument 'config' ",
        "Give a map. What a file holds is given as {{ lookup('file', 'NAME') | from_yaml }}.",
    ),
    (
        ArgumentValueError,
        "value of state ",
        "Hosts and groups come and go in the platform alone. What a configuration holds is taken out with deleted.",
    ),
)
_NO_CURRENT_HOST = (
    "Only on a host of the inventory hosted_power.turbostack.turbostack may they be left out: the task then means "
    "that host."
)


def checked(operation: Operation[Any], arguments: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The options as the module would see them.

    :param name: what the task calls the module.
    :raises AnsibleActionFail: in the words in which the module would refuse them, and perhaps with the next step.
    """
    validator = ArgumentSpecValidator(operation.arguments, **operation.rules)
    result = validator.validate(plain(arguments))
    if result.error_messages:
        unsupported = isinstance(result.errors[0], UnsupportedError)
        said = f"Unsupported parameters for ({name}) module: " if unsupported else ""
        raise AnsibleActionFail(
            said + escape(result.errors.msg) + _next_step(operation, result.errors[0])
        )
    options: dict[str, Any] = result.validated_parameters
    return options


def _next_step(operation: Operation[Any], error: Exception) -> str:
    if isinstance(error, RequiredOneOfError) and operation.means_current_host:
        return f". {_NO_CURRENT_HOST}"
    for kind, beginning, step in _NEXT_STEPS:
        if isinstance(error, kind) and str(error).startswith(beginning):
            return f". {step}"
    return ""
