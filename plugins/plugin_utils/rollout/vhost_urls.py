# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses under which the vhosts of a configuration should answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..inventory.addresses import address


def vhost_urls(config: Any, scheme: str, path: str) -> dict[str, list[str]]:
    """One address for each vhost, of the first of its domains that is a plain name of another machine.

    :param config: a configuration; null, or of any shape, where there is nothing to be found.
    :returns: C(urls), each once and in the order of the configuration, and C(skipped): what a vhost without
        such a domain calls itself.
    """
    urls: list[str] = []
    skipped: list[str] = []
    for vhost in _vhosts(config):
        text = vhost.get("server_name")
        # Names in Jinja are unknown before the platform renders them.
        names = text.split() if isinstance(text, str) and "{" not in text else []
        found = next((known for name in names if (known := _domain(name))), None)
        if found is None:
            skipped.append(str(vhost.get("app_name") or text or "?"))
        else:
            urls.append(f"{scheme}://{found}/{path.lstrip('/')}")
    return {"urls": list(dict.fromkeys(urls)), "skipped": skipped}


def _domain(name: str) -> str | None:
    """The name as DNS knows it; None for a pattern, an address in numbers, and the controller itself."""
    known = address(name)
    return known if known and ":" not in known and any(map(str.isalpha, known)) else None


def _vhosts(config: Any) -> Iterator[Mapping[str, Any]]:
    users = config.get("system_users") if isinstance(config, Mapping) else None
    for user in users if isinstance(users, list) else ():
        vhosts = user.get("vhosts") if isinstance(user, Mapping) else None
        if isinstance(vhosts, list):
            yield from (one for one in vhosts if isinstance(one, Mapping))
