# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way to the platform: one C(requests.Session) a thread, kept from request to request and task to task.

What a session adds that an API must not have is switched off: cookies that one answer leaves for the next request,
redirects, an entry of ~/.netrc in the token's place, authorities and proxies by its own reading of the environment.
"""

from __future__ import annotations

import os
import ssl
import threading
import traceback
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from typing import Any

from .deadline import limited
from .errors import NoAnswer, TurboStackError
from .failures import translated
from .proxies import proxies_for
from .settings import Settings
from .transport import Request, Response
from .trust import context_for

try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter

    requests_import_error = None
except ImportError:
    HTTPAdapter = object  # type: ignore[misc, assignment]
    requests_import_error = traceback.format_exc()

_Key = tuple[str, "bool | str", "tuple[tuple[str, str], ...]"]


class _Adapter(HTTPAdapter):
    """The adapter of requests, with answers that end in time."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = limited(self.poolmanager.pool_classes_by_scheme)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        if proxy not in self.proxy_manager:
            manager = super().proxy_manager_for(proxy, **kwargs)
            manager.pool_classes_by_scheme = limited(manager.pool_classes_by_scheme)
        return self.proxy_manager[proxy]


class _SecureAdapter(_Adapter):
    """One that believes the authorities of a context that was made before."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        if proxy.startswith("https:"):
            kwargs["proxy_ssl_context"] = self._context
        return super().proxy_manager_for(proxy, **kwargs, ssl_context=self._context)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave it to the context: a bundle that is named here is read anew for each connection."""
        conn.cert_reqs = "CERT_REQUIRED" if verify else "CERT_NONE"


class SessionTransport:
    """Requests to the platform that the settings name.

    Transports of the same platform share a thread's session, whatever their tokens.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def send(self, request: Request) -> Response:
        """One request, one response, within C(Settings.timeout) as a whole; see C(Transport.send)."""
        try:
            response = self._sent(request)
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            OSError,
            ValueError,
        ) as error:
            # From None: the original's text may quote the proxy's password, and says no more.
            raise translated(error, request, self._settings) from None
        promised = response.headers.get("Content-Length", "")
        if promised.isdigit() and response.raw.tell() < int(promised):
            raise NoAnswer(
                request.method, request.path, "the answer broke off before its end", sent=True
            )
        return Response(
            response.status_code, response.reason or "", response.headers, response.content
        )

    def _sent(self, request: Request) -> requests.Response:
        session = _session(self._settings)
        if request.fresh:
            session.close()
        return session.request(
            request.method,
            f"{self._settings.url}{request.path}",
            headers=dict(request.headers),
            data=request.body,
            # What is left of it after connecting and sending is what the answer may take.
            timeout=urllib3.Timeout(total=self._settings.timeout),  # type: ignore[arg-type]
            allow_redirects=False,
        )


def prepare() -> None:
    """Make, in a process that is about to fork, the session to the platform that the environment names.

    Each of its children has it then, with the authorities read, which takes long. What is wrong with the
    environment is told when a task needs it.
    """
    if requests_import_error:
        return
    with suppress(TurboStackError):
        _session(Settings.resolve({"api_token": "unused"}))


class _Kept(threading.local):
    """The session of a thread, and whom it leads to."""

    key: _Key | None = None
    session: requests.Session | None = None

    def disconnect(self) -> None:
        """Close its connections, after which it is as good as new; in a child, the parent's stay open."""
        if self.session is not None:
            self.session.close()


_kept = _Kept()
# A connection that parent and child both spoke through would mix up their answers.
os.register_at_fork(after_in_child=_kept.disconnect)


def _session(settings: Settings) -> requests.Session:
    proxies = proxies_for(settings)
    key = (settings.url, settings.verify, tuple(sorted(proxies.items())))
    if _kept.session is None or _kept.key != key:
        _kept.disconnect()
        _kept.session = _new_session(settings, proxies)
        _kept.key = key
    return _kept.session


def _new_session(settings: Settings, proxies: dict[str, str]) -> requests.Session:
    session = requests.Session()
    session.mount("http://", _Adapter())
    if settings.url.startswith("https:"):
        session.mount("https://", _SecureAdapter(context_for(settings.verify)))
    session.trust_env = False
    session.proxies.update(proxies)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.verify = settings.verify is not False
    if not session.verify:
        # Whoever says validate_certs=false need not be told so with each connection.
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    return session
