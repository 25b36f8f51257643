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

from .errors import SettingsError

with suppress(ImportError):  # said by whoever makes a request
    from urllib3.util.ssl_ import create_urllib3_context


@lru_cache(maxsize=8)
def context_for(verify: bool | str) -> ssl.SSLContext:
    """The TLS settings of requests, with the authorities already read.

    :param verify: C(Settings.verify): a bundle or a folder of certificates, those that requests brings (true),
        or no check at all (false).
    :raises SettingsError: where the path holds no certificates.
    """
    if verify is False:
        unchecked: ssl.SSLContext = create_urllib3_context(cert_reqs=ssl.CERT_NONE)
        return unchecked
    path = usual_authorities() if verify is True else verify
    context: ssl.SSLContext = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
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


def usual_authorities() -> str:
    """The bundle of requests."""
    try:
        # Without the rest of requests, which takes long to load.
        from certifi import where
    except ImportError:
        # Some distributions have requests look elsewhere, and do without certifi.
        from requests.utils import DEFAULT_CA_BUNDLE_PATH

        return str(DEFAULT_CA_BUNDLE_PATH)
    return where()
