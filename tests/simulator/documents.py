# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration documents as agencies write them, one for each kind of application."""

from __future__ import annotations

import random
from typing import Any

from .markers import certificate, private_key

APPLICATIONS = ("magento2", "shopware", "wordpress", "odoo", "nodejs")

_PLACES = ("Kantoor Gent", "Büro Köln", "Home IP", "Bureau Liège", "Łódź warehouse", "VPN", "CI")
_PEOPLE = ("an", "bram", "chloé", "dries", "élise", "femke", "günther", "jörg", "søren", "zoë")


def ssh_key(rng: random.Random, owner: str) -> str:
    """A public key line, as in `authorized_keys`."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    # The first of them still holds two bits of the length before the key itself, 32 bytes.
    first, *others = rng.choices(alphabet, k=43)
    body = alphabet[alphabet.index(first) % 16] + "".join(others)
    return f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{body} {owner}"


def people(rng: random.Random, domain: str) -> list[str]:
    """The SSH keys of an agency's people."""
    return [ssh_key(rng, f"{name}@{domain}") for name in rng.sample(_PEOPLE, rng.randint(3, 6))]


def _whitelist(rng: random.Random) -> list[str]:
    places = rng.sample(_PLACES, rng.randint(1, 3))
    return [f"{rng.choice(('192.0.2', '203.0.113'))}.{rng.randint(1, 254)} # {p}" for p in places]


def _vhost(rng: random.Random, application: str, domain: str, label: str) -> dict[str, Any]:
    names = f"{label}.{domain}" if label != "www" else f"www.{domain} {domain}"
    vhost: dict[str, Any] = {"server_name": names, "app_type": application}
    if label != "www":
        vhost["app_name"] = label
    if application == "nodejs":
        vhost.update(nodejs_version=rng.choice((18, 20, 22)), proxy_enabled=True)
        vhost["proxy_upstream_port"] = 3000 + rng.randint(0, 20)
    elif application == "odoo":
        vhost.update(python_version="3.11", proxy_enabled=True, proxy_upstream_port=8069)
    else:
        vhost["php_version"] = rng.choice((8.1, 8.2, 8.3, 8.4))
    if application in ("magento2", "shopware"):
        vhost.update(varnish_enabled=label == "www", rabbitmq_enabled=application == "magento2")
    if application == "wordpress":
        vhost["app_install"] = True
    if rng.random() < 0.12:
        vhost["cert_type"] = "custom"
        vhost["cert_pvk"] = private_key(rng, rng.choice((4, 26)))
        vhost["cert_fullchain"] = certificate(rng, 22)
    else:
        vhost["cert_type"] = rng.choice(("letsencrypt", "letsencrypt", "selfsigned"))
    return vhost


def _system_user(
    rng: random.Random, application: str, username: str, domain: str, stage: str
) -> dict[str, Any]:
    labels = ["www"] if stage == "prod" else [stage]
    if rng.random() < 0.4:
        labels.append(rng.choice(("blog", "b2b", "api", "média")))
    user: dict[str, Any] = {
        "username": username,
        "vhosts": [_vhost(rng, application, domain, label) for label in labels],
    }
    if rng.random() < 0.3:
        home = f"/var/www/{username}"
        user["ftp"] = [{"user": f"{username}_erp", "homedir": f"{home}/import"}]
    return user


def document(
    rng: random.Random, application: str, username: str, domain: str, stage: str, keys: list[str]
) -> dict[str, Any]:
    """The configuration of one host.

    `application` is one of `APPLICATIONS`, `stage` is prod, staging or dev, `keys` are public keys.
    """
    value: dict[str, Any] = {"webserver": "apache" if rng.random() < 0.1 else "nginx"}
    if application in ("magento2", "shopware", "wordpress"):
        value["php_main_version"] = rng.choice((8.0, 8.1, 8.2, 8.3))
        value["mysql_version"] = rng.choice((8.0, 8.4))
        value["mysql_innodb_size"] = rng.choice(("2G", "4G", "8G"))
        value["os_extra_packages"] = ["php{{ php_main_version }}-amqp", "imagemagick"]
        value["redis_enabled"] = True
        value["redis_memory"] = rng.choice(("1gb", "5gb"))
    else:
        value["postgresql_version"] = rng.choice((14, 15, 16))
        value["os_extra_packages"] = ["libreoffice", "fonts-dejavu"][: rng.randint(1, 2)]
        value["supervisor_enabled"] = True
    if application in ("magento2", "shopware"):
        value["elasticsearch_version"] = rng.choice(("7.x", "8.x"))
        value["elasticsearch_heap_size"] = "2g"
        value["varnish_cache_size"] = "1G"
    if stage != "prod":
        value.update(mail_devtool=rng.choice(("mailpit", "mailhog")), mail_auto_intercept=True)
    if rng.random() < 0.5:
        value["firewall_country_block"] = rng.choice(("CN,RU", "RU", "CN,RU,KP"))
    if rng.random() < 0.15:
        value["pmm_master"] = {"server_hostname": f"pmm.{domain}"}
    value["firewall_whitelist"] = _whitelist(rng)
    value["ssh_keys"] = keys
    value["system_users"] = [_system_user(rng, application, username, domain, stage)]
    if rng.random() < 0.15:
        extra = {"username": f"{username}docs", "vhosts": [], "ftp": []}
        value["system_users"].append(extra)
    if value["system_users"][0].get("ftp"):
        value.update(ftp_sftp=True, ftp_sftp_port=2222)
    return value


def group_document(rng: random.Random, domain: str) -> dict[str, Any]:
    """The configuration of a group: keys, firewall, time zone."""
    value: dict[str, Any] = {"ssh_keys": people(rng, domain), "timezone": "Europe/Brussels"}
    if rng.random() < 0.6:
        value["firewall_whitelist"] = _whitelist(rng)
    if rng.random() < 0.3:
        value["firewall_country_block"] = "CN,RU"
    return value
