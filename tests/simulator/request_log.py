# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulator was asked."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from .canaries import CANARY

KEPT = 100_000  # requests; the older half goes when there are more
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)", re.DOTALL
)


@dataclass
class LoggedRequest:
    """A request as it came in; `headers` are looked up without regard to case.

    `number` counts the requests, from 1. `status` is None until it is answered, and stays so when the
    connection was dropped instead. `time` is when it came, in seconds since the epoch; `seconds` is how
    long the answer took.
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
    number: int = 0

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

    def masked(self, tokens: Iterable[str] = ()) -> dict[str, Any]:
        """The request for the journal and the control endpoint: nothing in it shows a token or a private key.

        :param tokens: those of the fleet; planted secrets and what the request itself came with are known.
        """
        secrets = sorted({*tokens, self.token} - {""}, key=len, reverse=True)

        def shown(text: str) -> str:
            for secret in secrets:
                text = text.replace(secret, "***")
            return CANARY.sub("***", _PRIVATE_KEY.sub("***", text))

        headers = {name: shown(value) for name, value in self.headers.items()}
        for name in headers:
            if name.lower() in ("authorization", "cookie"):
                headers[name] = "Bearer ***" if headers[name][:7] == "Bearer " else "***"
        return {
            "number": self.number,
            "method": self.method,
            "path": shown(self.path),
            "query": {shown(name): shown(value) for name, value in self.query.items()},
            "headers": headers,
            "body": shown(self.body.decode("utf-8", "replace")),
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
        self.total = 0

    def add(self, request: LoggedRequest) -> None:
        """Append a request; a simulator that runs for days must not fill the memory."""
        with self._lock:
            self.total += 1
            request.number = self.total
            self.append(request)
            if len(self) > KEPT:
                del self[: KEPT // 2]

    def clear(self) -> None:
        """Forget them; the next one is number 1."""
        with self._lock:
            super().clear()
            self.total = 0

    def matching(self, method: str | None = None, path: str = "") -> list[LoggedRequest]:
        """The requests of that method whose path holds `path`."""
        return [one for one in list(self) if method in (None, one.method) and path in one.path]
