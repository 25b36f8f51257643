# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A limit to the time that one request may take as a whole.

The timeouts of requests count from byte to byte: a server that sends one now and then holds its client for as
long as it likes, be it in the headers or in the body. Here each read may only wait for the time that is left.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

try:
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
except ImportError:  # said by whoever makes a request
    HTTPConnection = HTTPSConnection = object  # type: ignore[misc, assignment]
    HTTPConnectionPool = HTTPSConnectionPool = object  # type: ignore[misc, assignment]

_local = threading.local()


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """What this thread receives through one of these C(POOLS) has to be there within so many seconds.

    Where it is not, reading it raises C(TimeoutError).
    """
    _local.deadline = time.monotonic() + seconds
    try:
        yield
    finally:
        del _local.deadline


class _LimitedIO(io.RawIOBase):
    """The bytes of a socket, none of which is waited for beyond the deadline."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        before = self._sock.gettimeout()
        self._sock.settimeout(left)
        try:
            return self._raw.readinto(buffer)
        finally:
            # The next request on this connection has its own time, for sending as well.
            self._sock.settimeout(before)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _LimitedSocket:
    """As much of a socket as an answer needs."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_LimitedIO(self._sock, self._deadline))


class _LimitedResponse(http.client.HTTPResponse):
    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        deadline = getattr(_local, "deadline", None)
        # Of the socket, an answer needs no more than the file that it is read from.
        limited: Any = sock if deadline is None else _LimitedSocket(sock, deadline)
        super().__init__(limited, *args, **kwargs)


class LimitedHTTPConnection(HTTPConnection):
    response_class = _LimitedResponse


class LimitedHTTPSConnection(HTTPSConnection):
    response_class = _LimitedResponse


class LimitedHTTPPool(HTTPConnectionPool):
    ConnectionCls = LimitedHTTPConnection


class LimitedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = LimitedHTTPSConnection


POOLS = {"http": LimitedHTTPPool, "https": LimitedHTTPSPool}
