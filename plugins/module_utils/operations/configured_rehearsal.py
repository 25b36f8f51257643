# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rehearsal of turbostack_host and turbostack_group: a configuration that holds what most of them hold."""

from __future__ import annotations

from ..text import json_text
from .operation import Rehearsal

_CONFIGURATION = {
    "webserver": "nginx",
    "php_main_version": "8.3",
    "nodejs_version": "22",
    "mysql_version": "8.0",
    "mysql_innodb_size": "2G",
    "postgresql_version": "16",
    "elasticsearch_version": "7.x",
    "elasticsearch_heap_size": "1g",
    "varnish_cache_size": "512m",
    "redis_enabled": True,
    "redis_memory": "1gb",
    "supervisor_enabled": False,
    "mail_devtool": "mailpit",
    "mail_auto_intercept": None,
    "ftp_sftp": True,
    "ftp_sftp_port": 2222,
    "os_extra_packages": ["imagemagick"],
    "firewall_country_block": "",
    "firewall_whitelist": ["192.0.2.1 # Office"],
    "ssh_keys": ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA somebody@example.com"],
    "pmm_master": {"server_hostname": "example.com"},
    "system_users": [
        {
            "username": "prod",
            "ftp": [{"user": "files", "homedir": "/"}],
            "vhosts": [
                {
                    "server_name": "example.com www.example.com",
                    "app_name": "shop",
                    "app_type": "shopware",
                    "php_version": "8.3",
                    "cert_type": "letsencrypt",
                    "varnish_enabled": False,
                    "proxy_enabled": True,
                    "proxy_upstream_port": 8000,
                }
            ],
        }
    ],
}

REHEARSAL = Rehearsal(
    arguments={"id": 1, "config": {}},
    answer={"id": 1, "client_id": 1, "name": "nobody", "json": json_text.encode(_CONFIGURATION)},
)
