# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role explain: for one host, what files and platform say of a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible.utils.display import Display

from ...module_utils.client.api import Api
from ...module_utils.client.errors import SettingsError
from ...module_utils.document.masking import find_secrets
from ...module_utils.document.paths import Pattern, quoted
from ...module_utils.document.policy import ListPolicy, Policy
from ...module_utils.operations.operation import Operation, Result, TaskContext
from ...module_utils.operations.options import options
from ...module_utils.operations.policy_options import SECRET_PATHS
from ...module_utils.operations.targeting import TARGET_OPTIONS, TARGET_RULES, Target
from ...module_utils.resources.configured import HOSTS
from ...module_utils.resources.targets import find
from ...module_utils.text.escaping import escape
from ..action.controller import ControllerAction
from ..action.options import checked
from ..desired_config.excepting import EXCEPT
from ..desired_config.folder import DesiredFolder
from .explanation import explained

OPTIONS: dict[str, dict[str, Any]] = {
    **TARGET_OPTIONS,
    "directory": {"type": "path", "required": True},
    "path": {"type": "str", "required": True},
    "platform": {"type": "bool", "default": True},
    "lists": {"type": "dict", "default": {}},
    **SECRET_PATHS,
}


@dataclass(frozen=True)
class Explain:
    """What is to be explained.

    :ivar path: a pattern of places.
    :ivar platform: whether to look what the platform holds as well.
    """

    target: Target = field(metadata=options(Target))
    directory: str
    path: str
    platform: bool
    lists: Mapping[str, ListPolicy]
    secret_paths: tuple[str, ...]
    schema: Mapping[str, Any] | None

    @property
    def policy(self) -> Policy:
        """How the files are merged; whether their versions may be numbers is not the question here."""
        return Policy(
            lists=self.lists,
            secret_paths=self.secret_paths,
            allow_float_versions=True,
            schema=self.schema or {},
        )


def _unreachable(wanted: Explain, api: Api, context: TaskContext) -> Result:
    return {"changed": False}


class ExplainAction(ControllerAction):
    """The files' part is the controller's, and needs the inventory."""

    operation = Operation(
        name="_explain", options=OPTIONS, takes=Explain, run=_unreachable, rules=TARGET_RULES
    )

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """As every operation."""
        self._variables: Mapping[str, Any] = task_vars or {}
        result: dict[str, Any] = super().run(tmp, task_vars)
        return result

    def _run_here(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if not checked(self.operation, arguments, self._task.action)["platform"]:
            return self._without_platform(arguments, lambda given: self._explained(given, None))
        return super()._run_here(arguments)

    def _operate(self, given: Explain, api: Api, context: TaskContext) -> Result:
        host = find(
            *(api, HOSTS, given.target.id, given.target.name), expected=given.target.expected_name
        )
        return self._explained(given, host.document())

    def _explained(self, given: Explain, stored: dict[str, Any] | None) -> Result:
        pattern, policy = Pattern(given.path), given.policy
        name = str(self._variables["inventory_hostname"])
        inventory = self._variables["hostvars"]._inventory
        folder = DesiredFolder(self._loader, given.directory)
        host = inventory.get_host(name)
        wanted = folder.config(host, self._variables, policy)
        left_out = folder.left_out(host, self._variables)
        self._hide(find_secrets(wanted.document, policy) | find_secrets(stored or {}, policy))
        found = explained(pattern, wanted, stored, policy)
        if not found:
            raise SettingsError(
                f"No file says anything of {quoted(given.path)} for {escape(name)}"
                + ("." if stored is None else ", and the platform holds nothing there."),
                "Write a path like redis_memory or system_users[prod].vhosts[shop].php_version; * stands for any step, "
                "** for any number of them.",
            )
        for file in left_out:
            Display().display(f"{escape(name)}: {file} does not count for it ({EXCEPT}).")
        shown = self._censor.cleaned({"explained": [one.shown() for one in found]})
        for one in shown["explained"]:
            Display().display(f"{escape(name)}: {one['summary']}")
        return {"changed": False, **shown, "left_out": left_out}
