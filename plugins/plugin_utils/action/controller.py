# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions whose files, and the vault secrets for them, are the controller's: they run nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleActionFail

from ...module_utils.adapters.censoring import register
from ...module_utils.adapters.results import failure, success
from ...module_utils.client.errors import TurboStackError
from ...module_utils.operations.operation import Result
from ..plain import plain
from .operation import OperationAction
from .options import checked


class ControllerAction(OperationAction):
    """Base of the actions that refuse to be delegated to another machine, and to run in the background."""

    _supports_async = False

    def _without_platform(
        self, arguments: Mapping[str, Any], work: Callable[[Any], Result]
    ) -> dict[str, Any]:
        """What C(_run_here) does, for work that asks the platform for nothing and needs no token.

        :param work: from the operation's options to its result.
        """
        given = self.operation.given(checked(self.operation, arguments, self._task.action))
        try:
            result = success(work(given), show_diff=bool(self._task.diff))
        except TurboStackError as error:
            result = failure(error, show_diff=bool(self._task.diff))
        return self._censor.cleaned(plain(result))

    def _hide(self, secrets: set[str]) -> None:
        """From now on, these must not be in the result."""
        self._censor.add(secrets)
        register(self._censor.texts)

    def _is_for_another_machine(self) -> bool:
        if super()._is_for_another_machine():
            raise AnsibleActionFail(
                f"{self._task.action} works with files of the controller, and with the vault secrets that "
                f"Ansible was started with. It cannot be delegated to {self._task.delegate_to}."
            )
        return False
