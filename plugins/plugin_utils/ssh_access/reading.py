# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tasks of the role ssh_access returned, as the planning knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .access import Stored
from .access_report import Outcome


def stored(kind: str, entries: Sequence[Mapping[str, Any]]) -> list[Stored]:
    """Hosts or groups out of a result of turbostack_host_info or turbostack_group_info.

    :param kind: C(host) or C(group).
    """
    return [
        Stored(
            kind=kind,
            id=entry["id"],
            name=entry["name"],
            client_id=entry["client_id"],
            config=entry["config"],
            fingerprint=entry["fingerprint"],
            error=entry["error"]["msg"] if entry["error"] else None,
        )
        for entry in entries
    ]


def outcomes(results: Sequence[Mapping[str, Any]]) -> dict[str, Outcome]:
    """What came of each item of loops over documents, by the document's key.

    :param results: what loops registered as C(results), of items with a key C(document).
    """
    found: dict[str, Outcome] = {}
    for result in results:
        if not result.get("skipped"):
            document = result[result["ansible_loop_var"]]["document"]
            failed = bool(result.get("failed"))
            error = str(result.get("msg") or "the task failed") if failed else None
            found[document] = Outcome(error, bool(result.get("changed")))
    return found
