# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup of a task that runs as a module: it lies on the controller, wherever the module runs.

Elsewhere the module writes it below the task's temporary folder, before it changes anything. From there it is
brought to the controller, and the folder goes with the task.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ...module_utils.client.errors import TurboStackError
from ...module_utils.operations.backup import folder, store

display = Display()


class DelegatedBackup:
    """One task's backup, if it makes one.

    :param arguments: the task's own.
    :param local: whether the module runs on the controller after all, as with C(async).
    :raises AnsibleActionFail: where nobody would be there to bring the backup here.
    """

    def __init__(self, action: ActionBase, arguments: Mapping[str, Any], local: bool) -> None:
        self._action = action
        self._local = local
        options = arguments.get("backup_options") or {}
        # What is no map is the module's to refuse.
        self._wanted = bool(boolean(arguments.get("backup"), strict=False)) and isinstance(
            options, Mapping
        )
        self._options = dict(options) if self._wanted else {}
        if self._wanted and not local and action._task.async_val:
            raise AnsibleActionFail(
                "backup: true goes with async only on the controller: nobody would bring the backup there "
                "from the machine on which the task runs. Add delegate_to: localhost, or leave one of the two out."
            )

    def arguments(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The module's arguments: with the folder into which it is to write."""
        if not self._wanted:
            return dict(arguments)
        there = self._here() if self._local else self._action._make_tmp_path()
        return {**arguments, "backup_options": {**self._options, "dir_path": there}}

    def fetched(self, result: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
        """The module's result, with the backup on the controller and its path there."""
        there = result.get("backup_file")
        if self._local or not self._wanted or not there:
            return result
        read = self._action._execute_module(
            module_name="ansible.legacy.slurp", module_args={"src": there}, task_vars=task_vars
        )
        try:
            content = base64.b64decode(read["content"])
            here = store(content, self._here(), os.path.basename(there))
        except (KeyError, ValueError, TurboStackError) as error:
            display.warning(
                f"The backup could not be brought to the controller ({read.get('msg') or error}). It is kept "
                f"on the machine on which the task ran, as {there}."
            )
            # What removes the temporary folder then finds none.
            self._action._connection._shell.tmpdir = None
            return result
        return {**result, "backup_file": here}

    def _here(self) -> str:
        return folder(self._options.get("dir_path"), self._action._loader.get_basedir())
