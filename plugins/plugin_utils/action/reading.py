# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions that only read: which host they mean, and results that nobody is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.module_utils.parsing.convert_bool import boolean

from ...module_utils.adapters.censoring import masks_by_itself, register
from ...module_utils.adapters.results import as_shown
from ...module_utils.document.masking import find_secrets
from ..plain import plain
from .operation import OperationAction

_SELECTING = ("client_id", "name_pattern", "active")
_SECRETS = "include_secrets"


class ReadingAction(OperationAction):
    """Base of the actions whose tasks select what they read."""

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """As every operation; a result with secrets in it goes to variables, and not to any output.

        Ansible can censor a result only as a whole: values taken out of it would be gone for the playbook as
        well. Failed results hold no secrets and stay readable.
        """
        if not _is_true(self._task.args.get(_SECRETS)):
            result: dict[str, Any] = super().run(tmp, task_vars)
            return result
        if self._task.async_val:
            raise AnsibleActionFail(
                f"{self._task.action} with {_SECRETS} cannot run with async: the result would lie in a "
                "file on the disk, and be shown when it is fetched."
            )
        censored = self._task.no_log
        self._task.no_log = True
        if self._connection is not None:
            # It shows what a module on another machine writes (at -vvv), and asks a context of its own.
            self._connection._play_context.no_log = True
        try:
            result = super().run(tmp, task_vars)
        except AnsibleActionFail:
            # Options that were refused, before anything was read.
            self._task.no_log = censored
            raise
        if result.get("failed") and isinstance(result.get("error"), Mapping):
            # Our own failure; anything else (a module that crashed) may hold what it was writing.
            self._task.no_log = censored
        else:
            result["_ansible_no_log"] = True
            if masks_by_itself():
                # Whatever a later task makes of them is masked as well.
                register(as_shown(find_secrets(plain(result))))
        return result

    def _with_current_host(
        self, arguments: Mapping[str, Any], task_vars: Mapping[str, Any]
    ) -> dict[str, Any]:
        """A task that selects hosts by their properties does not mean the one that it runs for."""
        if any(arguments.get(option) is not None for option in _SELECTING):
            return dict(arguments)
        with_host: dict[str, Any] = super()._with_current_host(arguments, task_vars)
        return with_host


def _is_true(value: Any) -> bool:
    return value is not None and bool(boolean(value, strict=False))
