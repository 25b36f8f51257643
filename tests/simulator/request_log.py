# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulator was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from .canaries import CANARY

KEPT = 100_000  # requests; the older half goes when there are more


@dataclass
class LoggedRequest:
    """A request as it came in; `headers` are looked up without regard to case.

    `status` is None until it is answered, and stays so when the connection was dropped instead.
    `time` is when it came, in seconds since the epoch; `seconds` is how long the answer took.
    """

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes
    time: float = field(default_factory=time.time)
    status: int | None = None
    seconds: float | None = None
    fault: str | None = None

    @property
    def json(self) -> Any:
        """The body, decoded; None when there is none."""
        return json.loads(self.body) if self.body else None

    @property
    def target(self) -> str:
        """The path with its query."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def token(self) -> str:
        """The bearer token, "" without one."""
        scheme, _separator, value = self.headers.get("Authorization", "").partition(" ")
        return value.strip() if scheme.lower() == "bearer" else ""

    def masked(self) -> dict[str, Any]:
        """The request for the control endpoint: no header or body shows a token."""
        headers = dict(self.headers)
        for name in headers:
            if name.lower() in ("authorization", "cookie"):
                headers[name] = "Bearer ***" if headers[name][:7] == "Bearer " else "***"
        body = CANARY.sub("***", self.body.decode("utf-8", "replace"))
        return {
            "method": self.method,
            "path": self.path,
            "query": {name: CANARY.sub("***", value) for name, value in self.query.items()},
            "headers": headers,
            "body": body,
            "time": self.time,
            "status": self.status,
            "seconds": self.seconds,
            "fault": self.fault,
        }


class RequestLog(list[LoggedRequest]):
    """The requests, oldest first; control requests are not among them."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()

    def add(self, request: LoggedRequest) -> None:
        """Append a request; a simulator that runs for days must not fill the memory."""
        with self._lock:
            self.append(request)
            if len(self) > KEPT:
                del self[: KEPT // 2]

    def matching(self, method: str | None = None, path: str = "") -> list[LoggedRequest]:
        """The requests of that method whose path holds `path`."""
        return [one for one in list(self) if method in (None, one.method) and path in one.path]
