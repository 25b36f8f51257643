# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions whose files, and the vault secrets for them, are the controller's: they run nowhere else."""

from __future__ import annotations

from ansible.errors import AnsibleActionFail

from .operation import OperationAction


class ControllerAction(OperationAction):
    """Base of the actions that refuse to be delegated to another machine, and to run in the background."""

    _supports_async = False

    def _is_for_another_machine(self) -> bool:
        if super()._is_for_another_machine():
            raise AnsibleActionFail(
                f"{self._task.action} works with files of the controller, and with the vault secrets that "
                f"Ansible was started with. It cannot be delegated to {self._task.delegate_to}."
            )
        return False
