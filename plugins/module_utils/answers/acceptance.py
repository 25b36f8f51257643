# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a write that was answered with success was also accepted, going by what the body says."""

from __future__ import annotations

from typing import Any

from ..client.api import Api
from ..client.errors import BodyError
from ..client.server_message import server_message
from .scalars import flag
from .vocabulary import Vocabulary

REFUSED = Vocabulary({True: "error fail failed failure"})


def check_accepted(api: Api, path: str, body: Any, consequence: str) -> None:
    """Refuse a body that tells of a failure under a status that does not.

    :param path: of the POST, below C(/api/v1).
    :param consequence: what the failure means, for the message.
    :raises BodyError: where the body says C({"success": false}), C({"status": "error"}) or C({"error": ...}).
    """
    if isinstance(body, dict) and (
        flag(body.get("success")) is False
        or REFUSED.meaning(str(body.get("status")))
        or body.get("error")
        or body.get("errors")
    ):
        raise BodyError(
            "POST",
            f"/api/v1{path}",
            f"{consequence}, although the answer's status is a success",
            server_message=server_message(body, api.settings.token),
        )
