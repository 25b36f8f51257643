# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The seam below the API: one request in, one response out, as values of our own.

`session.py` is what normally stands behind it. Whoever wants another way to the platform, or none at all, gives
C(Api) a C(transport) with this one method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Request:
    """What is asked.

    :ivar path: below the platform's address, with C(/api/v1) and the query.
    :ivar headers: all that the API wants, the token among them.
    :ivar fresh: whether it needs a connection of its own: one that was kept may break under it, and then nobody
        knows whether it arrived.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None = None
    fresh: bool = False


@dataclass(frozen=True)
class Response:
    """What came back in full, whatever its status.

    :ivar reason: the status line's words.
    :ivar headers: looked up in any case.
    :ivar content: the body, with its content encoding undone.
    """

    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes


class Transport(Protocol):
    """A way to one platform; used from several threads."""

    def send(self, request: Request) -> Response:
        """Send one request, once, and read the response to its end.

        :raises NoAnswer: where there is no complete response.
        :raises SettingsError: where no request can be made at all.
        """
