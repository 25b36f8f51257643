# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a failure below HTTP means: may the request have arrived, and may it fare better soon?"""

from __future__ import annotations

import re
import ssl
from contextlib import suppress
from urllib.parse import urlsplit

from ..text.escaping import one_line
from .errors import NoAnswer, SettingsError, TurboStackError
from .settings import Settings
from .transport import Request

with suppress(ImportError):  # said by requests_import_error in session.py
    import requests
    import urllib3

_CONNECTION_OBJECT = re.compile(r"^(<[^>]*>|\w+\([^)]*\)): ")
_URL_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")


def translated(error: Exception, request: Request, settings: Settings) -> TurboStackError:
    """What requests, urllib3 or the system raised, as an error of ours."""
    host = urlsplit(settings.url).netloc
    cause = _root_cause(error)

    def no_answer(
        said: str, *, sent: bool, passing: bool = True, hint: str | None = None
    ) -> NoAnswer:
        return NoAnswer(request.method, request.path, said, sent=sent, passing=passing, hint=hint)

    if isinstance(error, requests.exceptions.SSLError) or isinstance(cause, ssl.SSLError):
        # A ValueError is a certificate that is not believed, be it ssl's own or that of urllib3 1.26.
        untrusted = isinstance(cause, ValueError)
        return no_answer(
            f"no secure connection to {host}: {_said(cause)}",
            sent=not untrusted,
            passing=not untrusted,
            hint="If the server's certificate comes from a private authority, name its bundle with "
            "ca_path (or TURBOSTACK_CA_PATH); validate_certs=false gives up the check.",
        )
    if _is_connect_timeout(cause):
        return no_answer(
            f"no connection to {host} within {settings.timeout:g} s",
            sent=False,
            hint="Check api_url, the network and the proxy.",
        )
    if isinstance(cause, (TimeoutError, urllib3.exceptions.ReadTimeoutError)):
        return no_answer(
            f"no complete answer within {settings.timeout:g} s",
            sent=True,
            hint="Raise api_timeout if the platform needs longer.",
        )
    if isinstance(cause, urllib3.exceptions.NewConnectionError) or _is_refused_tunnel(cause):
        way = " through the proxy" if isinstance(error, requests.exceptions.ProxyError) else ""
        return no_answer(
            f"no connection to {host}{way}: {_said(cause)}",
            sent=False,
            hint="Check api_url, the network and the proxy (HTTPS_PROXY, NO_PROXY).",
        )
    if isinstance(cause, requests.exceptions.InvalidSchema) and "SOCKS" in str(cause):
        return SettingsError(
            "The environment names a SOCKS proxy, and the Python library PySocks, which requests needs for it, "
            "is missing.",
            "Install it (pip install PySocks), or check HTTPS_PROXY and ALL_PROXY; NO_PROXY names what is "
            "reached without a proxy.",
        )
    if isinstance(cause, (ValueError, urllib3.exceptions.LocationParseError)):
        return SettingsError(
            f"No request can be made to {host}: {_said(cause).rstrip('.')}.",
            "Check api_url and the proxy (HTTPS_PROXY, ALL_PROXY, NO_PROXY).",
        )
    return no_answer(f"the connection broke off: {_said(cause)}", sent=True)


def without_credentials(text: str) -> str:
    """A text without the user and password of the URLs in it."""
    return _URL_CREDENTIALS.sub("********@", text)


def _is_connect_timeout(cause: BaseException) -> bool:
    """Whether nobody answered at all; where urllib3 says that it was refused, that is a kind of time-out to it."""
    refused = isinstance(cause, urllib3.exceptions.NewConnectionError)
    return isinstance(cause, urllib3.exceptions.ConnectTimeoutError) and not refused


def _is_refused_tunnel(cause: BaseException) -> bool:
    """Whether a proxy refused the way, before the server was reached; its words, not the server's."""
    lost = isinstance(cause, ConnectionError)
    return isinstance(cause, OSError) and not lost and str(cause).startswith("Tunnel connection")


def _root_cause(error: BaseException) -> BaseException:
    """The innermost reason that urllib3 and requests wrapped: the one that says something."""
    seen = error
    while True:
        inner = getattr(seen, "reason", None)
        if not isinstance(inner, BaseException):
            inner = next((arg for arg in seen.args if isinstance(arg, BaseException)), None)
        if inner is None or inner is seen:
            return seen
        seen = inner


def _said(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    # urllib3 puts its connection object's representation in front of what happened.
    return without_credentials(one_line(_CONNECTION_OBJECT.sub("", str(text)), 200))
