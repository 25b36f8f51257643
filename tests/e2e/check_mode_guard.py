# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guard over check mode: a run that only asks what would happen sends nothing but GET."""

from __future__ import annotations

from .results import Run


def is_check_mode(run: Run) -> bool:
    """Whether the whole run, or a task of it, was in check mode."""
    asked = any(word in ("-C", "--check") for word in run.command)
    return asked or any(result.check_mode for result in run.results)


def guard(run: Run) -> None:
    """Fail the test if a run with check mode in it sent anything that may change something.

    A run is either in check mode or not: a test that does both does it in two runs.
    """
    if is_check_mode(run) and run.writes:
        sent = "\n".join(f"  {request.method} {request.path}" for request in run.writes)
        raise AssertionError(f"a run in check mode sent:\n{sent}\n{run}")
