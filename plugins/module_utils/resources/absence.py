# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a 404 means to the user, once it is known what was looked for."""

from __future__ import annotations

from ..client.errors import StatusError, TargetError

NOT_FOUND = 404


def no_such(kind: str, number: int, failure: StatusError) -> TargetError:
    """The refusal of an id under which nothing is found.

    :param kind: C(host), C(group) or C(client).
    """
    said = f' The server says: "{failure.server_message}"' if failure.server_message else ""
    return TargetError(
        f"There is no {kind} with id {number}, or the token may not see it.{said}",
        f"GET /api/v1/{kind}s lists those that it may see.",
    )
