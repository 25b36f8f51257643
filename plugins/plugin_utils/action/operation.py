# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An operation as an Ansible action: run in the controller's worker, next to the play."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, ClassVar

from ansible.constants import LOCALHOST
from ansible.errors import AnsibleActionFail
from ansible.module_utils.basic import missing_required_lib
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ...module_utils.adapters.censoring import Censor, masks_by_itself, register
from ...module_utils.adapters.results import failure, success
from ...module_utils.client.api import Api
from ...module_utils.client.errors import TurboStackError
from ...module_utils.client.session import requests_import_error
from ...module_utils.client.settings import DEFAULT_URL, Settings, environment_options, platform
from ...module_utils.document.fingerprint import seal_of
from ...module_utils.operations.operation import Operation, Result, TaskContext
from ...module_utils.operations.targeting import TARGET_OPTIONS

# The lookup shares what it reads through memory that must be there before the first worker is forked,
# and this file is loaded by the process that forks them.
from .. import run_memory  # noqa: F401  # pylint: disable=unused-import
from ..desired_config.schema_option import schema_of
from ..desired_config.written import origins_of
from ..inventory.inventory_host import meant_by
from ..inventory.known_host import KnownHost
from ..plain import plain
from ..record.recorder import Recorder
from ..vaulted import vaulted_texts, vaulted_variables
from .delegated_backup import DelegatedBackup
from .forking import prepare
from .options import checked
from .progress import tell, tell_wait
from .text_values import settled
from .vault import ansible_vault

display = Display()

# Ansible loads this file in the process that then forks a worker for each task and host.
prepare()


class OperationAction(ActionBase):
    """Base of the collection's actions: each names its operation, and nothing else."""

    #: The host that the task means, where its id is the inventory's.
    _host: KnownHost | None = None

    #: What the task sees.
    _variables: Mapping[str, Any] = MappingProxyType({})

    operation: ClassVar[Operation[Any]]

    _requires_connection = False
    _supports_check_mode = True
    _supports_async = True

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Run the operation here, or ship the module where the task says."""
        task_vars = self._variables = task_vars or {}
        result: dict[str, Any] = super().run(tmp, task_vars)
        arguments = self._with_schema(self._with_current_host(self._settled(), task_vars))
        # What stood in a text of a survey no longer tells where it came from.
        self._censor = self._of_vault([self._task.args, arguments], task_vars)
        with _environment(self._task_environment()):
            if self._is_for_another_machine():
                result = self._run_module(arguments, task_vars)
            else:
                result.update(self._run_here(arguments))
        return self._without_item(result, task_vars)

    def _run_here(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        options = checked(self.operation, arguments, self._task.action)
        given = self.operation.given(options)
        if requests_import_error:
            raise AnsibleActionFail(missing_required_lib("requests"))
        show_diff = bool(self._task.diff)

        def hide(secrets: set[str]) -> None:
            self._censor.add(secrets)
            register(self._censor.texts)

        try:
            settings = Settings.resolve(options)
            self._check_platform(settings.url)
            hide({settings.token})
            hide(self.operation.secret_values(given))
            self._recorder = Recorder(
                *(self, self._variables, self._censor.cleaned, display.warning, settings.platform)
            )
            context = TaskContext(
                check_mode=bool(self._task.check_mode),
                diff_mode=show_diff,
                directory=self._loader.get_basedir(),
                censor=hide,
                warn=display.warning,
                show=tell,
                record=self._recorder,
                clean=self._censor.cleaned,
                seal=seal_of(settings.token),
                vault=ansible_vault(self._loader),
                origins=origins_of(self._task.args.get("config")),
            )
            api = Api(settings, on_wait=tell_wait)
            result = success(self._operate(given, api, context), show_diff=show_diff)
        except TurboStackError as error:
            result = failure(error, show_diff=show_diff)
        # One copy after the other: a fleet's result is large.
        result = plain(result)
        return self._censor.cleaned(result)

    def _operate(self, given: Any, api: Api, context: TaskContext) -> Result:
        """The operation itself."""
        return self.operation.run(given, api, context)

    def _run_module(
        self, arguments: Mapping[str, Any], task_vars: dict[str, Any]
    ) -> dict[str, Any]:
        arguments = {**arguments, **environment_options(arguments)}
        try:
            self._check_platform(str(arguments.get("api_url") or "").strip() or DEFAULT_URL)
        except TurboStackError as error:
            return failure(error, show_diff=bool(self._task.diff))
        # What Ansible knows here already, its module does not have to write down for it.
        register(filter(None, [arguments.get("api_token")]))
        if self._task.async_val and not self._task.delegate_to and not self._is_local():
            display.warning(
                f"{self._task.action} uses async, so it runs on {task_vars.get('inventory_hostname')} "
                "and hands the API token to it. Add delegate_to: localhost to keep it here."
            )
        backup = DelegatedBackup(self, arguments, local=self._is_local())
        result: dict[str, Any] = self._execute_module(
            module_name=self._task.action,
            module_args={**backup.arguments(arguments), **self._censor.arguments()},
            task_vars=task_vars,
            wrap_async=self._task.async_val,
        )
        if not self._task.async_val:
            result = backup.fetched(result, task_vars)
            self._remove_tmp_path(self._connection._shell.tmpdir)
        # A module that broke off has censored nothing.
        return self._censor.cleaned(result)

    def _of_vault(self, arguments: Any, task_vars: Mapping[str, Any]) -> Censor:
        """What the user keeps in ansible-vault, as far as the task's arguments come from there."""
        censor = Censor(vaulted_texts(arguments))
        censor.add(vaulted_variables(getattr(self._task, "_ds", None), task_vars))
        register(censor.texts)
        return censor

    def _without_item(self, result: dict[str, Any], task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """In a loop, Ansible shows the item beside the result, unless the result as a whole is not to be shown."""
        shown = {"item": plain(task_vars.get(str(task_vars.get("ansible_loop_var"))))}
        if masks_by_itself() or self._censor.cleaned(shown) == shown:
            return result
        return {**result, "_ansible_no_log": True}

    def _settled(self) -> dict[str, Any]:
        """The task's arguments; where they are texts of a survey, what these stand for.

        An empty name is left to be refused: it must not mean the host that the task runs for.
        """
        arguments = self.operation.arguments
        spec = {name: one for name, one in arguments.items() if name not in TARGET_OPTIONS}
        try:
            return settled(self._task.args, spec)
        except TurboStackError as error:
            raise AnsibleActionFail(str(error)) from None

    def _with_current_host(
        self, arguments: Mapping[str, Any], task_vars: Mapping[str, Any]
    ) -> dict[str, Any]:
        """In a play over the inventory, a task that names no target means the host it runs for."""
        arguments = dict(arguments)
        if not self.operation.means_current_host:
            return arguments
        named = arguments.get("id") is not None or arguments.get("name") is not None
        if not named and "turbostack_id" in task_vars:
            arguments["id"] = task_vars["turbostack_id"]
        host = self._host = meant_by(arguments, task_vars)
        takes_name = "expected_name" in self.operation.options
        if host and host.name and takes_name and arguments.get("expected_name") is None:
            arguments["expected_name"] = host.name
        return arguments

    def _check_platform(self, url: str) -> None:
        """An id that the inventory gave means a host of the inventory's platform, and of no other."""
        if self._host is not None:
            self._host.check_platform(platform(url))

    def _with_schema(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """The user's file about keys lies on the controller, wherever the operation runs."""
        if "schema" not in arguments or "schema" not in self.operation.arguments:
            return arguments
        try:
            return {**arguments, "schema": schema_of(arguments["schema"], self._loader)}
        except TurboStackError as error:
            raise AnsibleActionFail(str(error)) from None

    def _is_for_another_machine(self) -> bool:
        return bool(self._task.async_val) or bool(
            self._task.delegate_to
            and self._task.delegate_to not in LOCALHOST
            and not self._is_local()
        )

    def _is_local(self) -> bool:
        return bool(self._connection.transport == "local")

    def _task_environment(self) -> dict[str, str]:
        """What the task, its block, role and play say under C(environment)."""
        environment: dict[str, str] = {}
        self._compute_environment_string(environment)
        return environment


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """The task's environment around the operation, as a module would have it around itself."""
    if not values:
        yield
        return
    before = dict(os.environ)
    os.environ.update({name: str(value) for name, value in values.items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
