# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's credentials as the API answers them."""

from __future__ import annotations

from typing import Any

from ..client.api import Api
from ..client.errors import StatusError, TargetError

_NOT_FOUND = 404


def read(api: Api, host_id: int) -> Any:
    """The body of C(GET /hosts/{id}/credentials), whatever its shape.

    :raises TargetError: where there is no such host that the token may see.
    """
    path = f"/hosts/{host_id}/credentials"
    try:
        return api.get(path).body
    except StatusError as failure:
        if failure.status != _NOT_FOUND:
            raise
        said = f' The server says: "{failure.server_message}"' if failure.server_message else ""
        raise TargetError(
            f"There is no host with id {host_id}, or the token may not see it.{said}",
            "GET /api/v1/hosts lists those that it may see.",
        ) from None
