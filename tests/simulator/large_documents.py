# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configurations as large as those of servers that many sites share: 10 to 60 KB, a third of it secret."""

from __future__ import annotations

import random
from typing import Any

from .documents import document
from .markers import certificate, private_key

SMALLEST, LARGEST = 10_000, 60_000
_CHAIN_LINES, _KEY_LINES = 44, 26
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def large(
    rng: random.Random, application: str, username: str, domain: str, keys: list[str]
) -> dict[str, Any]:
    """One host's configuration: users with sites, most with a certificate of their own, all with passwords."""
    value = document(rng, application, username, domain, "prod", keys)
    value.update(
        mysql_root_password=_password(rng),
        redis_password=_password(rng),
        pmm_master={"server_hostname": f"pmm.{domain}", "server_password": _password(rng)},
    )
    size = rng.randint(SMALLEST, LARGEST)
    length, number = 2_000, 0
    while length < size:
        user = _user(rng, application, f"{username}_{number}", domain)
        value["system_users"].append(user)
        length += len(repr(user))
        number += 1
    return value


def _user(rng: random.Random, application: str, username: str, domain: str) -> dict[str, Any]:
    return {
        "username": username,
        "db_password": _password(rng),
        "ssh_keys": [],
        "ftp": [
            {
                "user": f"{username}_erp",
                "password": _password(rng),
                "homedir": f"/var/www/{username}/import",
            }
        ],
        "vhosts": [
            _vhost(rng, application, f"{label}.{username}.{domain}", label)
            for label in ("live", "staging")[: rng.randint(1, 2)]
        ],
    }


def _vhost(rng: random.Random, application: str, name: str, label: str) -> dict[str, Any]:
    vhost: dict[str, Any] = {
        "server_name": f"{name} www.{name}",
        "app_name": label,
        "app_type": application,
        "php_version": "8.3",
        "varnish_enabled": label == "live",
        "basic_auth": {"enabled": label != "live", "user": "agency", "password": _password(rng)},
        "nginx_custom": "\n".join(
            f"location /{path} {{ proxy_pass http://127.0.0.1:{rng.randint(3000, 4000)}; }}"
            for path in ("api", "media", "graphql")
        ),
        "environment": f"APP_ENV=prod\nAPP_SECRET={_password(rng)}\nTRUSTED_PROXIES=192.0.2.7",
    }
    if rng.random() < 0.6:
        vhost.update(
            cert_type="custom",
            cert_pvk=private_key(rng, _KEY_LINES),
            cert_fullchain=certificate(rng, _CHAIN_LINES),
        )
    else:
        vhost["cert_type"] = "letsencrypt"
    return vhost


def _password(rng: random.Random) -> str:
    return "".join(rng.choices(_ALPHABET, k=20))
