# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An operation as an Ansible module: what runs where a task is delegated to, or in the background."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ..client.api import Api
from ..client.errors import TurboStackError
from ..client.session import requests_import_error
from ..client.settings import Settings
from ..document.fingerprint import seal_of
from ..operations.operation import Operation, Result, TaskContext
from .censoring import CENSORED, Censor
from .results import failure, success


class _Module(AnsibleModule):
    """A module whose options may hold secrets in places that no argument spec can name."""

    def __init__(self, operation: Operation[Any]) -> None:
        self._operation = operation
        self.censor = Censor()
        super().__init__(
            argument_spec=operation.arguments, supports_check_mode=True, **operation.rules
        )

    @cached_property
    def given(self) -> Any:
        """The checked options as the operation takes them."""
        return self._operation.given(self.params)

    def _load_params(self) -> None:
        super()._load_params()
        self.hide(self.params.pop(CENSORED, ()))

    def _log_invocation(self) -> None:
        # Called while the options are complete and nothing has been written to the system's log yet.
        self.hide(self._operation.secret_values(self.given))
        super()._log_invocation()

    def _return_formatted(self, kwargs: dict[str, Any]) -> None:
        # Ansible itself takes out what it knows, up to 2.21; the options go with the result at -vvv.
        self.params: dict[str, Any] = self.censor.cleaned(self.params)
        super()._return_formatted(self.censor.cleaned(kwargs))

    def hide(self, secrets: Iterable[str]) -> None:
        """From now on, these must not be in any output."""
        self.censor.add(secrets)
        self.no_log_values.update(self.censor.texts)


def run_as_module(operation: Operation[Any]) -> None:
    """The C(main) of a module."""
    module = _Module(operation)
    if requests_import_error:
        module.fail_json(msg=missing_required_lib("requests"), exception=requests_import_error)
    try:
        result = _run(operation, module)
    except TurboStackError as error:
        module.fail_json(**failure(error, show_diff=module._diff))
    module.exit_json(**success(result, show_diff=module._diff))


def _run(operation: Operation[Any], module: _Module) -> Result:
    api = Api(Settings.resolve(module.params))
    module.hide({api.settings.token})
    context = TaskContext(
        check_mode=module.check_mode,
        diff_mode=module._diff,
        censor=module.hide,
        warn=module.warn,
        seal=seal_of(api.settings.token),
    )
    return operation.run(module.given, api, context)
