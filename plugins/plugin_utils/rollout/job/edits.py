# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody else changed while a host was rolled out, and whether the rollout's deployment has put it in effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....module_utils.answers.deployment_status import Deployment
from ....module_utils.answers.sync_status import Evidence, Stored, Sync, sync_status

_SEEN_LATER = "It was not there yet when the host was looked at after the deployment."


@dataclass(frozen=True)
class Edit:
    """An edit of somebody else's.

    :ivar paths: what was changed; empty where nothing was.
    :ivar sync: whether that is in effect, C(stored_not_deployed), or C(unknown); C(reason) says why.
    """

    paths: tuple[str, ...] = ()
    sync: Sync = Sync.UNKNOWN
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.paths)


NO_EDIT = Edit()


def found_edit(
    paths: Sequence[str], touched: object, deployment: Deployment, *, absent_after: bool
) -> Edit:
    """An edit that was found at the gate.

    The platform tells when the row was last changed, not when the configuration was. So a time before the deployment
    is a proof, and one after it is taken for the edit's own: the next rollout then deploys once too often at the worst.

    :param touched: when the platform says that the host was last changed.
    :param deployment: ours, which has succeeded.
    :param absent_after: whether a look after the deployment did not find it yet.
    """
    if not paths:
        return NO_EDIT
    if absent_after:
        return Edit(tuple(paths), Sync.STORED_NOT_DEPLOYED, _SEEN_LATER)
    status = sync_status(Evidence(Stored.of_row({"updated_at": touched}), deployment))
    return Edit(tuple(paths), status.sync, status.reason)
