# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what is stored for an unchanged host is in effect, by what the platform says and what a rollout saw."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ....module_utils.answers.deployment_status import Deployment, State
from ....module_utils.answers.sync_status import Evidence, Stored, Sync, SyncStatus, sync_status


@dataclass(frozen=True)
class Receipt:
    """What a rollout saw at its end, when the host was deployed and well.

    :ivar touched: when the platform said that the host was last changed, in its own words.
    :ivar fingerprint: of the configuration, where the platform tells no such time.
    """

    touched: str
    fingerprint: str
    deployment: Deployment


def written_receipt(receipt: Receipt) -> str:
    """The receipt as text."""
    return json.dumps(
        {
            "touched": receipt.touched,
            "fingerprint": receipt.fingerprint,
            "status": receipt.deployment.state.value,
            "marks": dict(receipt.deployment.marks),
        }
    )


def read_receipt(text: str) -> Receipt | None:
    """The receipt in a text; None where there is none in it."""
    try:
        content = json.loads(text)
        deployment = Deployment(State(content["status"]), marks=dict(content["marks"]))
        return Receipt(str(content["touched"]), str(content["fingerprint"]), deployment)
    except (ValueError, KeyError, TypeError):
        return None


def in_effect(
    row: Mapping[str, Any],
    latest: Deployment,
    receipt: Receipt | None = None,
    fingerprint: Callable[[], str] = str,
) -> SyncStatus:
    """The sync status; where the platform's own times leave it open, a receipt may close it.

    :param fingerprint: makes that of the stored configuration, which takes long.
    """
    status = sync_status(Evidence(Stored.of_row(row), latest))
    if status.sync is not Sync.UNKNOWN or receipt is None or latest.state is not State.SUCCEEDED:
        return status
    if latest.is_another_than(receipt.deployment):
        return status
    touched = str(row.get("updated_at") or "")
    same = touched == receipt.touched if touched else fingerprint() == receipt.fingerprint
    if not same:
        return status
    return SyncStatus(Sync.IN_EFFECT, "Nothing was changed or deployed since the last rollout.")
