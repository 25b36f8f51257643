# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request on the wire: the adapter of requests, without a C(Session) around it.

So there is nothing to be switched off of what a session adds and an API must not have: cookies that one answer
leaves for the next request, redirects, an entry of ~/.netrc in the token's place.
"""

from __future__ import annotations

import platform
import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass

from .deadline import time_limit
from .errors import SettingsError
from .settings import Settings
from .trust import TrustingAdapter, context_for
from .version import VERSION

with suppress(
    ImportError
):  # said by requests_import_error in api.py, which every adapter asks first
    import requests
    import urllib3

_HEADERS = {
    "Accept": "application/json",
    "Content-Type": "application/json",
    "User-Agent": (
        f"hosted_power.turbostack/{VERSION} (Ansible collection; Python/{platform.python_version()})"
    ),
}
# Adapters that were made before a fork, by what they check certificates with. Each child has its own copy.
_ready: dict[ssl.SSLContext | None, TrustingAdapter] = {}


@dataclass(frozen=True)
class Received:
    """What came back, whatever its status.

    :ivar reason: the status line's words.
    :ivar content: the body, with its content encoding undone.
    :ivar complete: whether the body is as long as the server said it would be.
    """

    status: int
    reason: str
    headers: requests.structures.CaseInsensitiveDict[str]
    content: bytes
    complete: bool


class Transport:
    """Connections to one platform, for one thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        context = _context(settings)
        waiting = _ready.pop(context, None)
        self._adapter = waiting or TrustingAdapter(context)
        # A proxy between this machine and itself would only see the token go by.
        self._proxies = (
            {} if settings.is_loopback else requests.utils.get_environ_proxies(settings.url)
        )

    def send(self, method: str, path: str, body: bytes | None) -> Received:
        """Send one request and read the answer to its end, within C(Settings.timeout) as a whole.

        :raises requests.RequestException: where that fails, or what it is made of: C(urllib3)'s errors,
            C(OSError), C(ValueError).
        """
        settings = self._settings
        request = _prepared(method, f"{settings.url}{path}", settings.token, body)
        with _quiet() if settings.verify is False else nullcontext(), time_limit(settings.timeout):
            response = self._adapter.send(
                request,
                stream=True,
                timeout=settings.timeout,
                verify=settings.verify,
                proxies=self._proxies,
            )
            with closing(response.raw) as raw:
                content = raw.read(decode_content=True)
        promised = response.headers.get("Content-Length", "")
        return Received(
            response.status_code,
            response.reason or "",
            response.headers,
            content,
            complete=not promised.isdigit() or raw.tell() >= int(promised),
        )

    def close(self) -> None:
        """Leave every connection, so that the next request gets one of its own."""
        self._adapter.close()


def warm_up() -> None:
    """Do once, in a process that is about to fork, what each of its children would do anew.

    The authorities are read, as far as the environment says which; caches of types are filled, patterns compiled.
    That takes as long as the rest of a short task.
    """
    if _ready:
        return
    try:
        settings = Settings.resolve({"api_token": "unknown"})
        context = _context(settings)
    except SettingsError:  # said when a task has no better ones
        return
    _prepared("GET", settings.url, settings.token, None)
    # The first look-up of an address loads the system's resolver.
    socket.getaddrinfo("localhost", 80)
    _ready[context] = TrustingAdapter(context)


def _context(settings: Settings) -> ssl.SSLContext | None:
    if settings.verify is False or not settings.url.startswith("https:"):
        return None
    return context_for(None if settings.verify is True else settings.verify)


def _prepared(method: str, url: str, token: str, body: bytes | None) -> requests.PreparedRequest:
    request = requests.PreparedRequest()
    request.prepare_method(method)
    request.prepare_url(url, None)
    request.prepare_headers({**_HEADERS, "Authorization": f"Bearer {token}"})
    request.prepare_body(body, None)
    return request


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warning that each unchecked certificate would bring: C(validate_certs=false) says it once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)
        yield
