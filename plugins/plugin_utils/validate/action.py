# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the role validate: no platform, no token, no request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from ansible.utils.display import Display

from ...module_utils.client.api import Api
from ...module_utils.document.masking import find_secrets
from ...module_utils.document.paths import Pattern
from ...module_utils.document.policy import ListPolicy, Policy
from ...module_utils.operations.operation import Operation, OperationFailed, Result, TaskContext
from ...module_utils.operations.policy_options import SECRET_PATHS
from ...module_utils.validation.end_of_life import EndOfLife
from ...module_utils.validation.releases import end_of_life
from ...module_utils.validation.versions import END_OF_LIFE
from ..action.controller import ControllerAction
from ..desired_config.file import shown_path
from ..desired_config.group_files import group_files
from ..desired_config.inventory_knowledge import found_folder
from .check import checked
from .failing import ALWAYS, ERRORS, failing
from .fleet_files import FleetFiles
from .junit import junit
from .notice import ERROR, WARNING, Notice, in_order, summary
from .read_files import ReadFiles
from .report_file import put_report
from .sarif import sarif
from .text import FORMATS, TEXT

OPTIONS: dict[str, dict[str, Any]] = {
    "directory": {"type": "path", "required": True},
    "groups_directory": {"type": "path"},
    "lists": {"type": "dict", "default": {}},
    "allow_float_versions": {"type": "bool", "default": False},
    **SECRET_PATHS,
    "except_places": {"type": "list", "elements": "str", "default": []},
    "format": {"type": "str", "choices": list(FORMATS), "default": TEXT},
    "junit_path": {"type": "path"},
    "sarif_path": {"type": "path"},
    "fail": {"type": "str", "default": "true"},
}


@dataclass(frozen=True)
class Validate:
    """What is looked at, and where what is found goes.

    :ivar groups_directory: the folder of what the platform's groups are to hold; None without one.
    :ivar except_places: patterns of places about which nothing is doubted.
    :ivar format: how findings are shown.
    :ivar fail: whether what is found is a failure, or with C(error) only what no task could store.
    """

    directory: str
    groups_directory: str | None
    lists: Mapping[str, ListPolicy]
    allow_float_versions: bool
    secret_paths: tuple[str, ...]
    schema: Mapping[str, Any] | None
    except_places: tuple[str, ...]
    format: str
    junit_path: str | None
    sarif_path: str | None
    fail: str

    @property
    def policy(self) -> Policy:
        """The policy of every plan; versions that are numbers are looked at apart, to tell all of them."""
        return Policy(
            lists=self.lists,
            allow_float_versions=True,
            secret_paths=self.secret_paths,
            schema=self.schema or {},
        )


def _tell_age(table: EndOfLife, form: str, *, told: bool) -> None:
    """How old the table of ends of life is, where something was told by it, or would have been by now."""
    if told and form == TEXT:
        Display().display(
            f"Ends of life are as of {table.checked}, by a table that is {table.age}."
        )
    if table.is_old:
        Display().warning(
            f"The table of ends of life is {table.age}: versions that it holds for supported may not be any more. Is "
            "there a newer release of the collection?"
        )


def _unreachable(wanted: Validate, api: Api, context: TaskContext) -> Result:
    return {"changed": False}


class ValidateAction(ControllerAction):
    """An action that asks the platform for nothing."""

    operation = Operation(name="_validate", options=OPTIONS, takes=Validate, run=_unreachable)

    def run(
        self, tmp: str | None = None, task_vars: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """As every operation."""
        self._inventory = (task_vars or {})["hostvars"]._inventory
        result: dict[str, Any] = super().run(tmp, task_vars)
        return result

    def _run_here(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return self._without_platform(arguments, self._validated)

    def _validated(self, wanted: Validate) -> Result:
        """
        :raises OperationFailed: where something was found, as C(fail) has it.
        """
        fails = failing(wanted.fail)
        folder = FleetFiles(self._loader, found_folder(self._loader, wanted.directory))
        groups = ReadFiles(self._loader)
        paths = []
        if wanted.groups_directory:
            where = found_folder(self._loader, wanted.groups_directory)
            paths = list(group_files(where).values())
        for path in paths:
            groups.take(path)
        policy = wanted.policy
        files = [*folder.files, *groups.read.values()]
        names = [*folder.names, *map(shown_path, paths)]
        for file in files:
            self._hide(find_secrets(file.said.document, policy))
        found = checked(
            files,
            folder.hosts(self._inventory),
            policy,
            strict_versions=not wanted.allow_float_versions,
            but=tuple(map(Pattern, wanted.except_places)),
        )
        every = in_order(
            [*folder.notices, *groups.notices, *folder.unused(self._inventory), *found]
        )
        notices = [self._cleaned(one) for one in every]
        for one in notices:
            Display().display(FORMATS[wanted.format](one))
        table = end_of_life(datetime.now(timezone.utc).date())
        _tell_age(table, wanted.format, told=any(one.code == END_OF_LIFE for one in notices))
        result: Result = {
            "changed": self._reported(wanted, notices, names),
            "findings": [one.shown() for one in notices],
            "counts": {
                "files": len(names),
                "errors": sum(one.level == ERROR for one in notices),
                "warnings": sum(one.level == WARNING for one in notices),
            },
            "summary": summary(notices, len(names)),
            "end_of_life": {"checked": table.checked.isoformat(), "age": table.age},
        }
        broken = result["counts"]["errors"] if fails == ERRORS else len(notices)
        if broken and fails in (ALWAYS, ERRORS):
            raise OperationFailed(
                result["summary"],
                result,
                "Where a warning is wrong, say what the key is with validate_schema, or name the place in "
                "validate_except.",
            )
        return result

    def _cleaned(self, one: Notice) -> Notice:
        return replace(one, **self._censor.cleaned({"message": one.message, "path": one.path}))

    def _reported(self, wanted: Validate, notices: list[Notice], files: list[str]) -> bool:
        """Write the reports that are asked for; whether that changes anything."""
        check_mode, changed = bool(self._task.check_mode), False
        if wanted.junit_path:
            changed |= put_report(wanted.junit_path, junit(notices, files), check_mode)
        if wanted.sarif_path:
            changed |= put_report(wanted.sarif_path, sarif(notices), check_mode)
        return changed
