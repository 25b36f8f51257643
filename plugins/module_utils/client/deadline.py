# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A limit to the time that one request may take as a whole.

The timeouts of requests count from byte to byte: a server that sends one now and then holds its client for as
long as it likes, be it in the headers or in the body. Here the connection is shut down when the time is up.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

try:
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
except ImportError:  # said by whoever makes a request
    HTTPAdapter = HTTPConnection = HTTPSConnection = object  # type: ignore[misc, assignment]
    HTTPConnectionPool = HTTPSConnectionPool = object  # type: ignore[misc, assignment]

_local = threading.local()


class Deadline:
    """Shuts down the connection of this thread's request once C(seconds) have passed.

    :ivar passed: whether that has happened, so that what was read cannot be the whole answer.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._socket: Any = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut_down)
        self._timer.daemon = True

    @contextmanager
    def running(self) -> Iterator[None]:
        _local.deadline = self
        self._timer.start()
        try:
            yield
        finally:
            self._timer.cancel()
            # Gone before anybody forks: a process that does so should have no thread but its own.
            self._timer.join()
            del _local.deadline

    def watch(self, sock: Any) -> None:
        """Take over the socket on which a request was sent, before its answer is read.

        :raises TimeoutError: when the time is up already.
        """
        with self._lock:
            if self.passed:
                raise TimeoutError
            # A TLS connection within that to a proxy wraps the socket once more.
            self._socket = getattr(sock, "socket", sock)

    def _shut_down(self) -> None:
        with self._lock:
            self.passed = True
            if isinstance(self._socket, socket.socket):
                # Of the plain socket: the TLS layer's own would forget its state under the reader's hands.
                with suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Watched:
    """Hands the socket to the thread's deadline while there is one: an answer may outlive its connection."""

    sock: Any

    def getresponse(self, *args: Any, **kwargs: Any) -> Any:
        deadline = getattr(_local, "deadline", None)
        if deadline is not None:
            deadline.watch(self.sock)
        return super().getresponse(*args, **kwargs)  # type: ignore[misc]


class _HTTPConnection(_Watched, HTTPConnection):
    pass


class _HTTPSConnection(_Watched, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


_POOLS = {"http": _HTTPPool, "https": _HTTPSPool}


class WatchedAdapter(HTTPAdapter):
    """Connections that a C(Deadline) can shut down, through a proxy or not."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager
