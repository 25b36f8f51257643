# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions of requests as the API wants them, and how one is made ready before a process forks."""

from __future__ import annotations

import platform
import socket
from contextlib import suppress

from .deadline import LimitedAdapter
from .settings import DEFAULT_URL
from .version import VERSION

with suppress(ImportError):  # said by whoever makes a request
    import requests

_HEADERS = {
    "Accept": "application/json",
    "Content-Type": "application/json",
    "User-Agent": (
        f"hosted_power.turbostack/{VERSION} (Ansible collection; Python/{platform.python_version()})"
    ),
}
# Sessions that were made before a fork. Each child has this list of its own.
_ready: list[requests.Session] = []


def session_for(token: str) -> requests.Session:
    """A session that sends the token; one that stands ready, or a new one."""
    try:
        session = _ready.pop()
    except IndexError:  # also where another thread was faster
        session = _new_session()
    session.auth = _BearerAuth(token)
    return session


def warm_up() -> None:
    """Do once, in a process that is about to fork, what each of its children would do anew.

    The first request that a process prepares fills caches of types and compiles patterns; that takes as long
    as the rest of a short task.
    """
    if _ready:
        return
    session = _new_session()
    session.prepare_request(requests.Request("GET", DEFAULT_URL, auth=_BearerAuth("")))
    # The first look-up of an address loads the system's resolver.
    socket.getaddrinfo("localhost", 80)
    _ready.append(session)


def _new_session() -> requests.Session:
    session = requests.Session()
    adapter = LimitedAdapter()
    for scheme in ("http://", "https://"):
        session.mount(scheme, adapter)
    session.headers.update(_HEADERS)
    return session


class _BearerAuth:
    """The token on each request. As C(auth), so that a ~/.netrc entry cannot take its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request
