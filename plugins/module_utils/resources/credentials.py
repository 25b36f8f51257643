# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's credentials as the API answers them."""

from __future__ import annotations

from typing import Any

from ..client.api import Api
from ..client.errors import StatusError
from .absence import NOT_FOUND, no_such


def read(api: Api, host_id: int) -> Any:
    """The body of C(GET /hosts/{id}/credentials), whatever its shape.

    :raises TargetError: where there is no such host that the token may see.
    """
    path = f"/hosts/{host_id}/credentials"
    try:
        return api.get(path).body
    except StatusError as failure:
        if failure.status != NOT_FOUND:
            raise
        raise no_such("host", host_id, failure) from None
