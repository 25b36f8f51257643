# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A role's variables, of each host, against an argument spec: from here on each is of its kind."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import yaml
from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ...module_utils.client.errors import SettingsError
from ...module_utils.text.escaping import escape
from ..action.text_values import settled
from .play import Play


def declared(role_path: str) -> dict[str, dict[str, Any]]:
    """The argument spec that a role itself declares.

    :param role_path: the role's folder.
    """
    path = os.path.join(role_path, "meta", "argument_specs.yml")
    with open(path, encoding="utf-8") as file:
        spec: dict[str, dict[str, Any]] = yaml.safe_load(file)["argument_specs"]["main"]["options"]
    return spec


class RoleOptions:
    """The options of a role, as its variables say them.

    :param spec: by the names of the variables.
    :param prefix: with which these begin.
    """

    def __init__(self, spec: Mapping[str, Mapping[str, Any]], prefix: str) -> None:
        self._spec = dict(spec)
        self._prefix = prefix
        self._validator = ArgumentSpecValidator(self._spec)
        self._checked: dict[str, dict[str, Any]] = {}

    def of_host(self, play: Play, variables: Mapping[str, Any], host: str) -> dict[str, Any]:
        """The options of a host, without the prefix of their names; hosts that say the same share them.

        :param variables: the host's own, not evaluated yet.
        :raises AnsibleActionFail: for one that cannot be evaluated, or makes no sense.
        """
        said = {
            name: play.evaluated(variables[name], variables, name, host)
            for name in self._spec
            if name in variables
        }
        given = {name: value for name, value in said.items() if value is not None}
        key = repr(sorted(given.items()))
        if key not in self._checked:
            self._checked[key] = self._valid(given, host)
        return self._checked[key]

    def _valid(self, given: Mapping[str, Any], host: str) -> dict[str, Any]:
        try:
            result = self._validator.validate(settled(given, self._spec))
        except SettingsError as error:
            raise AnsibleActionFail(f"{escape(host)}: {error}") from None
        if result.error_messages:
            raise AnsibleActionFail(f"{escape(host)}: {escape(result.errors.msg)}")
        return {
            name.removeprefix(self._prefix): value
            for name, value in result.validated_parameters.items()
        }
