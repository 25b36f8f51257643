# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operation is: the body of a task, whichever adapter runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from ..client.api import Api
from ..client.errors import TurboStackError
from ..client.settings import CONNECTION_ARGUMENTS
from ..config_files.vault import Vault
from ..plan.origins import NOWHERE, Origins
from .deed import Deed
from .options import Given, taken

Result = dict[str, Any]


@dataclass(frozen=True)
class TaskContext:
    """What an operation may know of, and tell, whoever runs it.

    :ivar check_mode: nothing but GET may be sent.
    :ivar diff_mode: whether somebody is going to see a diff; that of a fleet takes longer than all the rest.
    :ivar directory: the folder against which a relative path in the options counts.
    :ivar censor: told of texts that must not be in any output, as soon as they are known.
    :ivar warn: shows a warning.
    :ivar show: shows a line of progress, at once.
    :ivar record: told of each thing that was done to a host or group, once it is done.
    :ivar clean: a copy, without such texts, of what leaves the task otherwise than as its result.
    :ivar seal: the key of fingerprints; see C(document/fingerprint.py).
    :ivar vault: encrypts and decrypts with the vault secrets at hand; None where there are none.
    :ivar origins: where the option C(config) is written.
    """

    check_mode: bool = False
    diff_mode: bool = True
    directory: str = "."
    censor: Callable[[set[str]], None] = lambda secrets: None
    warn: Callable[[str], None] = lambda text: None
    show: Callable[[str], None] = lambda text: None
    record: Callable[[Deed], None] = lambda deed: None
    clean: Callable[[Result], Result] = lambda told: told
    seal: bytes = field(default=b"", repr=False)
    vault: Vault | None = None
    origins: Origins = field(default=NOWHERE, repr=False)


@dataclass(frozen=True)
class Operation(Generic[Given]):
    """A task's body.

    :ivar name: the module's name, without its namespace.
    :ivar options: the module's own options as an argument spec; the connection's come on top.
    :ivar takes: the options as one typed value; a field for each of them.
    :ivar run: takes that value, the API and the context; returns the task's result.
    :ivar rules: C(mutually_exclusive), C(required_if) and so on, as C(AnsibleModule) takes them.
    :ivar means_current_host: whether a task that names no target means the play's current host.
    :ivar secret_values: the secret strings in the options beside the token, for censoring.
    """

    name: str
    options: dict[str, dict[str, Any]]
    takes: type[Given]
    run: Callable[[Given, Api, TaskContext], Result]
    rules: dict[str, Any] = field(default_factory=dict)
    means_current_host: bool = False
    secret_values: Callable[[Given], set[str]] = lambda given: set()

    @property
    def arguments(self) -> dict[str, dict[str, Any]]:
        """The whole argument spec."""
        return {**self.options, **CONNECTION_ARGUMENTS}

    def given(self, options: Mapping[str, Any]) -> Given:
        """What C(run) takes, out of options that were checked against the argument spec."""
        return taken(self.takes, options)


class OperationFailed(TurboStackError):
    """A failure that leaves something behind: what was done and seen so far is returned with it.

    :param result: keys for the task's result; C(changed) tells the truth about what happened.
    """

    kind = "operation"

    def __init__(self, message: str, result: Result, hint: str | None = None) -> None:
        super().__init__(message, hint)
        self.result = result
