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


def has_written_in_earnest(run: Run) -> bool:
    """Whether a task of the collection that was not in check mode says that it changed something, or failed.

    One whose run was killed had no time to say anything.
    """
    if any(word in ("-C", "--check") for word in run.command):
        return False
    return run.returncode < 0 or any(
        result.action.startswith("hosted_power.turbostack.")
        and not result.check_mode
        and (result.changed or result.status == "failed")
        for result in run.results
    )


def guard(run: Run) -> None:
    """Fail the test if a run with check mode in it sent anything that may change something.

    A role asks first, with a task in check mode, and then does it: there the writes are those of the tasks
    of this collection that were in earnest, and say so.
    """
    if is_check_mode(run) and run.writes and not has_written_in_earnest(run):
        sent = "\n".join(f"  {request.method} {request.path}" for request in run.writes)
        raise AssertionError(f"a run in check mode sent:\n{sent}\n{run}")
