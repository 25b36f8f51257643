# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deployments of a host: the latest one's status, whether it took what is stored along, and starting another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..answers.acceptance import check_accepted
from ..answers.deployment_status import Deployment, State, read_row, read_status, read_word
from ..answers.sync_status import Evidence, Stored, Sync, SyncStatus, sync_status
from ..client.api import Api
from ..client.errors import ForeignBody, StatusError
from ..client.repetition import Repeat
from .configured import HOSTS, Configured

TYPES = ("deploy", "fullDeploy", "fullResetDeploy")

_NOT_FOUND = 404


def status(api: Api, host_id: int, words: Mapping[str, str] | None = None) -> Deployment:
    """The latest deployment of a host; state C(none) where it never had one.

    :param words: further words of the platform, each with the C(State) value it stands for.
    :raises StatusError: 404 where there is no such host, and every other refusal.
    :raises BodyError: for a shape in which no status can be found.
    """
    path = f"/hosts/{host_id}/deploy"
    try:
        body = api.get(path).body
    except StatusError as failure:
        if failure.status != _NOT_FOUND:
            raise
        # No such host, or a host that was never deployed: only the host itself can tell.
        HOSTS.read(api, host_id)
        return Deployment(State.NONE)
    except ForeignBody as foreign:
        # Some platforms answer with the bare word.
        body = read_word(foreign.text, words)
        if body is None:
            raise
    return read_status(body, f"/api/v1{path}", host_id=host_id, words=words)


def sync(api: Api, host: Configured, words: Mapping[str, str] | None = None) -> SyncStatus:
    """Whether what is stored for a host is in effect, as of when its row was read.

    Asks for the status of the deployment only where the row does not say enough.

    :param words: as for C(status), which may raise as well.
    """
    stored = Stored.of_row(host.row)
    shown = read_row(host.row, host_id=host.id, words=words)
    found = sync_status(Evidence(stored, shown))
    if found.sync is not Sync.UNKNOWN:
        return found
    return sync_status(Evidence(stored, status(api, host.id, words)))


def start(api: Api, host_id: int, deploy_type: str) -> Any:
    """Start a deployment; the body of the answer, whatever it is.

    Sent again only where the first sending surely did nothing (no connection, or refused by the rate
    limit). Any other failure leaves open whether the deployment started: look at C(status) then.

    :param deploy_type: one of C(TYPES).
    """
    path = f"/hosts/{host_id}/deploy"
    body = api.post(path, {"type": deploy_type}, Repeat.ONLY_WITHOUT_EFFECT).body
    check_accepted(api, path, body, "the deployment was not started")
    return body
