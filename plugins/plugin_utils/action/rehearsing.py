# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task done once in the process that is about to fork workers, so that none of them is the first to do it."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.common.parameters import remove_values

from ...module_utils.adapters.results import success
from ...module_utils.client.api import requests_import_error
from ...module_utils.client.errors import TurboStackError
from ...module_utils.client.rehearsal import rehearsal
from ...module_utils.client.settings import Settings
from ...module_utils.client.transport import warm_up
from ...module_utils.operations.operation import Operation, TaskContext
from ..plain import plain
from .options import checked


def rehearse(operation: Operation[Any]) -> None:
    """Do what every task of the operation does; what is wrong with the environment is a task's to say."""
    if requests_import_error:
        return
    try:
        settings = Settings.resolve({"api_token": "rehearsal"})
        warm_up(settings)
        if operation.rehearsal is None:
            return
        api = rehearsal(settings, operation.rehearsal.answer)
        options = checked(operation, operation.rehearsal.arguments, operation.name)
        result = operation.run(operation.given(options), api, TaskContext(check_mode=True))
    except TurboStackError:
        return
    remove_values(plain(success(result, show_diff=False)), {settings.token})
