# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose certificates are believed, read once for all connections of a process and of those it forks.

requests reads the bundle of authorities anew for each connection. That takes a processor longer than everything
else about a short task, and Ansible's workers make one connection each.
"""

from __future__ import annotations

import os
import ssl
from contextlib import suppress
from functools import lru_cache
from typing import Any

from .deadline import LimitedAdapter
from .errors import SettingsError

with suppress(
    ImportError
):  # said by requests_import_error in api.py, which every adapter asks first
    from requests.utils import DEFAULT_CA_BUNDLE_PATH
    from urllib3.util.ssl_ import create_urllib3_context


@lru_cache(maxsize=8)
def context_for(authorities: str | None) -> ssl.SSLContext:
    """The TLS settings of requests, with the authorities already read.

    :param authorities: path of a bundle or of a folder of certificates; None for those that requests brings.
    :raises SettingsError: where the path holds no certificates.
    """
    path = authorities or DEFAULT_CA_BUNDLE_PATH
    context: ssl.SSLContext = create_urllib3_context()
    try:
        if os.path.isdir(path):
            context.load_verify_locations(capath=path)
        else:
            context.load_verify_locations(cafile=path)
    except OSError as error:  # of which ssl.SSLError is one
        said = getattr(error, "reason", None) or error.strerror or error
        raise SettingsError(
            f"The CA bundle {path} cannot be used: {said}.",
            "ca_path takes a file of certificates in PEM, or a folder of them as OpenSSL wants it.",
        ) from None
    return context


class TrustingAdapter(LimitedAdapter):
    """Connections that are checked by one TLS context, through a proxy or not.

    :param context: what C(context_for) returned; None leaves TLS to requests.
    """

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self._context = context
        super().__init__()

    # Until requests 2.32 the managers' settings count, from 2.32.3 on those of each pool; what lies between reads
    # a bundle of one's own each time.

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **self._with_context(kwargs))

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        return super().proxy_manager_for(*args, **self._with_context(kwargs))

    def build_connection_pool_key_attributes(self, *args: Any, **kwargs: Any) -> Any:
        host, pool = super().build_connection_pool_key_attributes(*args, **kwargs)
        if self._context is not None:
            pool = {"cert_reqs": "CERT_REQUIRED", "ssl_context": self._context}
        return host, pool

    def cert_verify(self, conn: Any, url: str, verify: bool | str, cert: Any) -> None:
        """Name no authorities to the pool: it would read them into the context with each connection."""
        if self._context is None:
            super().cert_verify(conn, url, verify, cert)  # type: ignore[no-untyped-call]
        else:
            conn.cert_reqs = "CERT_REQUIRED"

    def _with_context(self, settings: dict[str, Any]) -> dict[str, Any]:
        return settings if self._context is None else {**settings, "ssl_context": self._context}
