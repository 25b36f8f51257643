# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options of an inventory file, in which every value may be a template or vaulted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleParserError
from ansible.module_utils.common.text.converters import to_native

from ...module_utils.client.settings import CONNECTION_ARGUMENTS, Settings
from ..plain import plain

_SECRET = "api_token"
_PATHS = ("api_token_file", "ca_path")


def settings(
    file: Mapping[str, Any], templar: Any, variables: Mapping[str, Any], path: str
) -> Settings:
    """The connection that an inventory file and the environment describe.

    The values come as they stand in the file: Ansible has read them as booleans and numbers by now, and a
    template, or a word that is neither true nor false, as false.

    :param variables: what templates see: the extra variables.
    :param path: the inventory file's; relative paths in it count from its folder.
    :raises AnsibleParserError: for a template that cannot be rendered.
    :raises SettingsError: for every value that cannot be used.
    """
    templar.available_variables = dict(variables)
    options: dict[str, Any] = {}
    for name in CONNECTION_ARGUMENTS:
        if file.get(name) is not None:
            options[name] = _rendered(name, file[name], templar)
    for name in _PATHS:
        value = options.get(name)
        if isinstance(value, str) and value.strip():
            options[name] = os.path.join(os.path.dirname(path), os.path.expanduser(value.strip()))
    return Settings.resolve(options)


def _rendered(name: str, value: Any, templar: Any) -> Any:
    try:
        # Vaulted values decrypt as they become plain; a template may give a marked one.
        return plain(templar.template(value))
    except Exception as error:
        if name == _SECRET:
            # Neither the template nor the error's text: either may hold the token.
            raise AnsibleParserError(
                f"{name} cannot be rendered or decrypted ({type(error).__name__}). What it says is not "
                "shown, since it may hold the token"
            ) from None
        raise AnsibleParserError(f"{name} cannot be rendered: {to_native(error)}") from error
