# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request on the wire: the connections that requests makes, without a C(Session) around them.

So there is nothing to be switched off of what a session adds and an API must not have: cookies that one answer
leaves for the next request, redirects, an entry of ~/.netrc in the token's place. What requests knows of proxies
is asked of it where there is one: to load it whole takes as long as ten requests.
"""

from __future__ import annotations

import platform
import socket
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from .deadline import POOLS, time_limit
from .errors import SettingsError
from .settings import Settings
from .trust import context_for
from .version import VERSION

with suppress(ImportError):  # said by whoever makes a request
    import urllib3
    from urllib3.connectionpool import HTTPConnectionPool

_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
    "Content-Type": "application/json",
    "User-Agent": (
        f"hosted_power.turbostack/{VERSION} (Ansible collection; Python/{platform.python_version()})"
    ),
}
# Pools without a connection yet that were made before a fork. Each child has its own copy.
_ready: dict[tuple[str, bool | str, str | None], HTTPConnectionPool] = {}


@dataclass(frozen=True)
class Received:
    """What came back, whatever its status.

    :ivar reason: the status line's words.
    :ivar headers: looked up in any case.
    :ivar content: the body, with its content encoding undone.
    :ivar complete: whether the body is as long as the server said it would be.
    """

    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes
    complete: bool


class Transport:
    """Connections to one platform, for one thread.

    :param pool: what makes them; without it, one as the settings and the environment want it.
    :raises SettingsError: for authorities that cannot be read, and a proxy without a host.
    :raises ValueError: for a proxy that requests or urllib3 cannot understand.
    """

    def __init__(self, settings: Settings, pool: HTTPConnectionPool | None = None) -> None:
        self._settings = settings
        self._proxy = _proxy_for(settings)
        key = (settings.url, settings.verify, self._proxy)
        self._pool = pool or _ready.pop(key, None) or _new_pool(settings, self._proxy)
        self._prefix = urlsplit(settings.url).path
        self._headers = {**_HEADERS, "Authorization": f"Bearer {settings.token}"}

    def send(self, method: str, path: str, body: bytes | None) -> Received:
        """Send one request and read the answer to its end, within C(Settings.timeout) as a whole.

        :raises urllib3.exceptions.HTTPError: where that fails; or C(OSError), C(ValueError).
        """
        settings = self._settings
        with _quiet() if settings.verify is False else nullcontext(), time_limit(settings.timeout):
            response = self._pool.request(
                method,
                f"{self._prefix}{path}",
                body=body,
                headers=self._headers,
                retries=False,
                redirect=False,
                assert_same_host=False,
                timeout=settings.timeout,
            )
        promised = response.headers.get("Content-Length", "")
        return Received(
            response.status,
            response.reason or "",
            response.headers,
            response.data,
            complete=not promised.isdigit() or response.tell() >= int(promised),
        )

    def renew(self) -> None:
        """Leave every connection, so that the next request gets one of its own."""
        self._pool.close()
        self._pool = _new_pool(self._settings, self._proxy)


def warm_up(settings: Settings) -> None:
    """Make a pool, and read the authorities for it, in a process that is about to fork.

    :raises SettingsError: as C(Transport).
    """
    with suppress(ValueError):  # said when it is needed
        proxy = _proxy_for(settings)
        _ready[settings.url, settings.verify, proxy] = _new_pool(settings, proxy)
    # The first look-up of an address loads the system's resolver, whatever it finds.
    with suppress(OSError):
        socket.getaddrinfo("localhost", 80)


def _proxy_for(settings: Settings) -> str | None:
    # A proxy between this machine and itself would only see the token go by.
    if settings.is_loopback or not getproxies():
        return None
    from requests.utils import get_environ_proxies, prepend_scheme_if_needed, select_proxy

    proxy = select_proxy(settings.url, get_environ_proxies(settings.url))
    if not proxy:
        return None
    proxy = str(prepend_scheme_if_needed(proxy, "http"))  # type: ignore[no-untyped-call]
    if not urlsplit(proxy).hostname:
        # Otherwise the platform would be asked directly.
        raise SettingsError(
            "The proxy that the environment names has no host.",
            "Check HTTPS_PROXY and ALL_PROXY; NO_PROXY names what is reached without one.",
        )
    return proxy


def _new_pool(settings: Settings, proxy: str | None) -> HTTPConnectionPool:
    tls: dict[str, Any] = {}
    if settings.url.startswith("https:"):
        context = context_for(settings.verify)
        tls = {"ssl_context": context, "cert_reqs": context.verify_mode}
        if proxy and proxy.startswith("https:"):
            tls["proxy_ssl_context"] = context
    manager = _proxy_manager(proxy, tls) if proxy else urllib3.PoolManager(**tls)
    # Pools of SOCKS have a way of their own to connect.
    if not (proxy and proxy.startswith("socks")):
        manager.pool_classes_by_scheme = POOLS
    pool: HTTPConnectionPool = manager.connection_from_url(settings.url)
    return pool


def _proxy_manager(proxy: str, tls: dict[str, Any]) -> Any:
    from requests.adapters import HTTPAdapter

    return HTTPAdapter().proxy_manager_for(proxy, **tls)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warning that each unchecked certificate would bring: C(validate_certs=false) says it once."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)
        yield
