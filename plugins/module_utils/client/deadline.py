# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A timeout that counts for an answer as a whole.

The timeouts of requests count from byte to byte: a server that sends one now and then holds its client for as
long as it likes, be it in the headers or in the body. Here what urllib3 allows for the answer's first byte has to
do for its last one too.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from typing import Any


class _Limited(io.RawIOBase):
    """The bytes of a socket, all of which have to come within the time that its timeout gives now."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._timeout = sock.gettimeout() or 0.0
        self._deadline = time.monotonic() + self._timeout

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        try:
            return self._raw.readinto(buffer)
        finally:
            # The next request on this connection has its own time, for sending as well.
            self._sock.settimeout(self._timeout)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer, or that of a proxy to CONNECT."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(_Limited(sock))


def limited(pools: dict[str, Any]) -> dict[str, Any]:
    """C(pool_classes_by_scheme) of a pool manager, with connections whose answers are limited in time."""
    return {scheme: _limited_pool(pool) for scheme, pool in pools.items()}


def _limited_pool(pool: Any) -> Any:
    connection = type(
        pool.ConnectionCls.__name__, (pool.ConnectionCls,), {"response_class": _Answer}
    )
    return type(pool.__name__, (pool,), {"ConnectionCls": connection})
