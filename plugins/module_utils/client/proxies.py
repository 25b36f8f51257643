# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which proxy leads to the platform: what requests makes of the environment, and networks of IPv6 in NO_PROXY."""

from __future__ import annotations

from contextlib import suppress

from .settings import Settings

with suppress(ImportError):  # said by requests_import_error in session.py
    from requests.utils import get_environ_proxies


def proxies_for(settings: Settings) -> dict[str, str]:
    """Proxies by scheme, as C(requests) takes them; none for this machine itself.

    A proxy between this machine and itself would only see the token go by.
    """
    if settings.is_loopback:
        return {}
    return dict(get_environ_proxies(settings.url))
