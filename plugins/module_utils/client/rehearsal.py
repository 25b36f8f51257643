# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An API that answers out of a pair of sockets: the whole way of a request, and no byte leaves the process.

Code that runs for the first time in a process fills caches of types, compiles patterns and is optimized as it
goes. A process that is about to fork does that once for all of its children.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ..text import json_text
from .api import Api
from .deadline import LimitedHTTPConnection, LimitedHTTPPool
from .settings import Settings
from .transport import Transport

# Nobody listens there, and nobody is asked.
_URL = "http://127.0.0.1:9"


def rehearsal(settings: Settings, answer: Mapping[str, Any]) -> Api:
    """An API that gives the same answer to every request, with the settings but for where they lead."""
    body = json_text.encode(answer)
    head = f"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    pool = _pool((head + body).encode("ascii"))
    return Api(replace(settings, url=_URL, retries=0), connect=partial(Transport, pool=pool))


def _pool(text: bytes) -> LimitedHTTPPool:
    class Connection(LimitedHTTPConnection):
        def _new_conn(self) -> socket.socket:
            here, self._there = socket.socketpair()
            self._there.sendall(text)
            return here

        def close(self) -> None:
            super().close()
            self._there.close()

    class Pool(LimitedHTTPPool):
        ConnectionCls = Connection

    return Pool("127.0.0.1", 9)
