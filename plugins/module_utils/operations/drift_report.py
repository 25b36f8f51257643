# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of turbostack_drift_report: comparisons of all hosts, and of groups, as one result."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..client.api import Api
from ..client.errors import SettingsError, TurboStackError
from ..config_files import reading
from ..config_files.vault import VaultError
from ..document.policy import MERGED, REPLACED, Policy
from ..plan.drift import (
    DRIFTED,
    ERROR,
    IN_LINE,
    NO_FILE,
    OUTCOMES,
    Comparison,
    of_task,
    summary,
)
from ..plan.engine import plan
from ..resources.configured import GROUPS, Configured
from ..text.escaping import escape
from .drift_junit import junit
from .operation import Operation, OperationFailed, Result, TaskContext
from .policy_options import SECRET_PATHS
from .reading import told
from .selection import WORKERS, workers_of

OPTIONS: dict[str, dict[str, Any]] = {
    "hosts": {"type": "dict", "required": True},
    "unused_files": {"type": "list", "elements": "str", "default": []},
    "groups_path": {"type": "path"},
    "state": {"type": "str", "choices": [MERGED, REPLACED], "default": MERGED},
    "lists": {"type": "dict", "default": {}},
    **SECRET_PATHS,
    "json_path": {"type": "path"},
    "junit_path": {"type": "path"},
    "fail_on_drift": {"type": "bool", "default": True},
    **WORKERS,
}

_ENDINGS = (".yml", ".yaml", ".json")


def run(options: Mapping[str, Any], api: Api, context: TaskContext) -> Result:
    """The result of all comparisons, also in the files that are asked for.

    :raises OperationFailed: with C(fail_on_drift), where not everything is in line.
    """
    hosts = [of_task(str(name), result) for name, result in options["hosts"].items()]
    unused = sorted(options["unused_files"])
    groups: list[Comparison] = []
    if options["groups_path"]:
        groups, more = _Groups(options, api, context).compared()
        unused += more
    text = summary([*hosts, *groups], unused)
    report = {
        "in_line": not text,
        "counts": {
            outcome: sum(one.outcome == outcome for one in (*hosts, *groups))
            for outcome in OUTCOMES
        },
        "hosts": [one.shown() for one in hosts],
        "groups": [one.shown() for one in groups],
        "unused_files": unused,
    }
    contents = {
        "json_path": (json.dumps(report, indent=2) + "\n").encode("ascii"),
        "junit_path": junit([*hosts, *groups], unused),
    }
    result: Result = {"changed": False, **report, "summary": text}
    for option, content in contents.items():
        path = options[option]
        if path:
            at = os.path.abspath(os.path.join(context.directory, os.path.expanduser(path)))
            result["changed"] = _put(at, content, context.check_mode) or result["changed"]
    if text:
        if options["fail_on_drift"]:
            raise OperationFailed(text, result)
        context.warn(text)
    return result


class _Groups:
    """The platform's groups against the files of a folder, which bear their names."""

    def __init__(self, options: Mapping[str, Any], api: Api, context: TaskContext) -> None:
        self._options = options
        self._api = api
        self._context = context
        self._policy = Policy(
            lists=options["lists"],
            secret_paths=tuple(options["secret_paths"]),
            schema=options["schema"] or {},
            allow_float_versions=True,
        )
        self._folder = os.path.abspath(
            os.path.join(context.directory, os.path.expanduser(options["groups_path"]))
        )

    def compared(self) -> tuple[list[Comparison], list[str]]:
        """A comparison of each group, and the files that speak of none.

        :raises SettingsError: where there is no such folder, or two files speak of one group.
        """
        files = dict(self._files())
        groups = GROUPS.read_all(self._api, workers=workers_of(self._options["workers"]))
        found = []
        for group in groups:
            stems = [stem for stem in (group.name, str(group.id)) if stem in files]
            # A name that several groups bear speaks of none of them; the id does.
            if group.name in stems and sum(one.name == group.name for one in groups) > 1:
                stems.remove(group.name)
            if len(stems) > 1:
                raise SettingsError(
                    f"{files[stems[0]]} and {files[stems[1]]} both speak of {group}.",
                    "Make one file of the two.",
                )
            found.append(self._compared(group, files.pop(stems[0]) if stems else None))
        return found, sorted(files.values())

    def _compared(self, group: Configured, path: str | None) -> Comparison:
        if path is None:
            return Comparison("group", group.name, group.id, NO_FILE)
        try:
            wanted = self._wanted(path)
            stored = group if group.has_document else GROUPS.read(self._api, group.id)
            planned = plan(stored.document(), wanted, self._options["state"], self._policy)
        except TurboStackError as error:
            return Comparison("group", group.name, group.id, ERROR, error=told(error)["msg"])
        changes = [{**change.shown(), "summary": change.summary()} for change in planned.changes]
        outcome = DRIFTED if changes else IN_LINE
        return Comparison("group", group.name, group.id, outcome, changes)

    def _wanted(self, path: str) -> dict[str, Any]:
        try:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise SettingsError(f"{escape(path)} cannot be read: {reason}.") from None
        return reading.document(text, path, self._decrypt)

    def _decrypt(self, ciphertext: str) -> str:
        if self._context.vault is None:
            raise VaultError(
                "It is encrypted, and Ansible was started without a vault password.",
                "Start it with --vault-id or --vault-password-file.",
            )
        return self._context.vault.decrypt(ciphertext)

    def _files(self) -> Iterator[tuple[str, str]]:
        try:
            names: Sequence[str] = sorted(os.listdir(self._folder))
        except OSError as error:
            raise SettingsError(
                f"The groups' folder {escape(self._folder)} cannot be read: {error.strerror}."
            ) from None
        seen: dict[str, str] = {}
        for name in names:
            stem, ending = os.path.splitext(name)
            if ending not in _ENDINGS or name.startswith("."):
                continue
            path = os.path.join(self._folder, name)
            if stem in seen:
                raise SettingsError(
                    f"{escape(seen[stem])} and {escape(path)} differ in their extension only.",
                    "Make one file of the two.",
                )
            seen[stem] = path
            yield stem, path


def _put(path: str, content: bytes, check_mode: bool) -> bool:
    """Write a report, whole or not at all; whether that changes anything."""
    try:
        if os.path.exists(path):
            with open(path, "rb") as file:
                if file.read() == content:
                    return False
        if check_mode:
            return True
        os.makedirs(os.path.dirname(path), exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(
            dir=os.path.dirname(path), prefix=".turbostack-", suffix=".part"
        )
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            # No secret is in it, and what reads it in CI is often somebody else.
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise SettingsError(f"The report cannot be written to {path}: {error.strerror}.") from None
    return True


OPERATION = Operation(name="turbostack_drift_report", options=OPTIONS, takes=dict, run=run)
