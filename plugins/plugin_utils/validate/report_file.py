# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report for people and CI as a file: written only where it says something else than the one that is there."""

from __future__ import annotations

import os

from ...module_utils.client.errors import SettingsError
from ...module_utils.config_files.placing import place
from ...module_utils.text.escaping import escape


def put_report(path: str, content: bytes, check_mode: bool) -> bool:
    """Write a report; whether that changes anything.

    :param path: a relative one counts from where Ansible was started. Folders on the way are made.
    :raises SettingsError: where it cannot be written.
    """
    path = os.path.abspath(os.path.expanduser(path))
    try:
        if os.path.exists(path):
            with open(path, "rb") as file:
                if file.read() == content:
                    return False
        if not check_mode:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            # No secret is in it, and what reads it in CI is often somebody else.
            place(path, content, mode=0o644)
    except OSError as error:
        raise SettingsError(
            f"The report cannot be written to {escape(path)}: {error.strerror}."
        ) from None
    return True
