# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task's arguments against an operation's argument spec, as the module of the same name would check them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import RequiredOneOfError, UnsupportedError

from ...module_utils.operations.operation import Operation
from ...module_utils.text.escaping import escape
from ..plain import plain

_NO_CURRENT_HOST = (
    ". Only on a host of the inventory hosted_power.turbostack.turbostack may both be left out: the task then "
    "means that host."
)


def checked(operation: Operation[Any], arguments: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The options as the module would see them.

    :param name: what the task calls the module.
    :raises AnsibleActionFail: in the words in which the module would refuse them.
    """
    validator = ArgumentSpecValidator(operation.arguments, **operation.rules)
    result = validator.validate(plain(arguments))
    if result.error_messages:
        unsupported = isinstance(result.errors[0], UnsupportedError)
        said = f"Unsupported parameters for ({name}) module: " if unsupported else ""
        unnamed = isinstance(result.errors[0], RequiredOneOfError) and operation.means_current_host
        raise AnsibleActionFail(
            said + escape(result.errors.msg) + (_NO_CURRENT_HOST if unnamed else "")
        )
    options: dict[str, Any] = result.validated_parameters
    return options
