# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's own keys, as far as its public documentation names them (read in June 2026).

One table, and the only place that names a key. Its documentation says itself that the list is not complete.
"""

from __future__ import annotations

import re

from .schema import (
    BOOLEAN,
    CERTIFICATES,
    COUNTRIES,
    DOMAINS,
    HOSTNAME,
    MAP,
    PATH,
    PORT,
    PRIVATE_KEY,
    SIZE,
    TEXT,
    VERSION,
    Family,
    Identity,
    Key,
    Schema,
)

_TOP = (
    Key("webserver", TEXT, "The web server.", values=("nginx", "apache"), closed=True),
    Key("mysql_version", VERSION, "The version of MySQL.", example='"8.0"'),
    Key("mysql_innodb_size", SIZE, "MySQL's buffer pool.", example="2G"),
    Key("postgresql_version", VERSION, "The major version of PostgreSQL.", example='"17"'),
    Key("elasticsearch_version", VERSION, "The major version of Elasticsearch.", example="8.x"),
    Key("elasticsearch_heap_size", SIZE, "Elasticsearch's heap.", example="2g"),
    Key("varnish_cache_size", SIZE, "Varnish's cache.", example="4g"),
    Key("redis_enabled", BOOLEAN, "Whether Redis runs; true where nothing is said."),
    Key("redis_memory", SIZE, "The memory that Redis may take.", example="5gb"),
    Key(
        "firewall_country_block",
        COUNTRIES,
        "Countries that are locked out: two-letter codes, parted by commas.",
        example="CN,RU",
    ),
    Key(
        "firewall_whitelist",
        "list of addresses",
        "Addresses and networks that are let in, each with a comment if need be.",
        example='"192.0.2.4 # Office"',
    ),
    Key("ssh_keys", "list of SSH keys", "Public keys, as in an authorized_keys file."),
    Key(
        "os_extra_packages",
        "list of texts",
        "Packages of Debian; may hold the platform's own Jinja.",
        example="imagemagick",
    ),
    Key(
        "php_main_version",
        VERSION,
        "The version of PHP on the command line.",
        example='"8.3"',
        product="php",
    ),
    Key("supervisor_enabled", BOOLEAN, "Whether Supervisor runs."),
    Key(
        "mail_devtool",
        TEXT,
        "What catches mail on a development server.",
        values=("mailpit", "mailhog"),
        closed=True,
    ),
    Key("mail_auto_intercept", BOOLEAN, "Whether all mail is caught."),
    Key("ftp_sftp", BOOLEAN, "Whether users of FTP come in over SFTP, for the whole server."),
    Key("ftp_sftp_port", PORT, "The port of SFTP; 222 where nothing is said."),
    Key("pmm_master", MAP, "The server of Percona Monitoring and Management."),
    Key(
        "system_users",
        "list of maps",
        "Linux users, each at home in /var/www/USERNAME.",
        identity=Identity("username"),
    ),
)

_PMM_MASTER = (
    Key("server_hostname", HOSTNAME, "Its name.", "pmm_master", example="pmm.example.com"),
)

_USER = (
    Key("username", TEXT, "The user's name, which is what it is found by.", "system_users"),
    Key(
        "vhosts",
        "list of maps",
        "Web applications, found by app_name, or else by a domain of server_name.",
        "system_users",
        identity=Identity("app_name", domains="server_name"),
    ),
    Key("ftp", "list of maps", "FTP users.", "system_users", identity=Identity("user")),
)

_VHOST = (
    Key(
        "server_name",
        DOMAINS,
        "One or more domains, parted by blanks; the first one is the primary one.",
        "vhosts",
        only_there=True,
        example="shop.example.com www.shop.example.com",
        ordered=True,
    ),
    Key("app_name", TEXT, "Tells two applications of a user apart.", "vhosts", example="default"),
    Key(
        "app_type",
        TEXT,
        "The application.",
        "vhosts",
        values=("magento2", "shopware", "wordpress", "drupal", "odoo", "pmm"),
    ),
    Key("app_install", BOOLEAN, "Whether the platform installs the application.", "vhosts"),
    Key(
        "php_version",
        VERSION,
        "The version of PHP.",
        "vhosts",
        values=("7.4", "8.0", "8.1", "8.2", "8.3", "8.4"),
        example='"8.3"',
    ),
    Key("nodejs_version", VERSION, "The version of Node.js.", "vhosts", example="22.x"),
    Key("python_version", VERSION, "The version of Python.", "vhosts", example="3.10.17"),
    Key(
        "cert_type",
        TEXT,
        "Where the certificate comes from; letsencrypt where nothing is said.",
        "vhosts",
        values=("letsencrypt", "selfsigned", "self-signed", "custom"),
        closed=True,
    ),
    Key(
        "cert_pvk",
        PRIVATE_KEY,
        "The private key of a custom certificate.",
        "vhosts",
        secret=True,
        only_with=("cert_type", "custom"),
    ),
    Key(
        "cert_fullchain",
        CERTIFICATES,
        "A custom certificate and its chain, leaf first.",
        "vhosts",
        only_with=("cert_type", "custom"),
    ),
    Key("docker_enabled", BOOLEAN, "Whether Docker is there.", "vhosts"),
    Key("rabbitmq_enabled", BOOLEAN, "Whether RabbitMQ runs.", "vhosts"),
    Key("varnish_enabled", BOOLEAN, "Whether Varnish stands before it.", "vhosts"),
    Key("k8s_enabled", BOOLEAN, "Whether Kubernetes is there.", "vhosts"),
    Key("proxy_enabled", BOOLEAN, "Whether requests are passed on to a port.", "vhosts"),
    Key("proxy_upstream_port", PORT, "That port.", "vhosts", example="8000"),
)

_FTP_USER = (
    Key("user", TEXT, "The user's name, which is what it is found by.", "ftp"),
    Key("homedir", PATH, "The folder that it sees.", "ftp", example="/var/www/prod/files"),
)

_FAMILIES = (
    Family(re.compile(r"(?:.*_)?versions?"), Key("", VERSION)),
    # Lists in which what follows "#" is a comment.
    Family(
        re.compile(r"(?:.*_)?(?:white|black|allow|deny|block)_?list"),
        Key("", "list of addresses"),
    ),
)

TURBOSTACK = Schema(
    keys=(*_TOP, *_PMM_MASTER, *_USER, *_VHOST, *_FTP_USER),
    families=_FAMILIES,
    conventional=("name", "id", "username", "user", "key"),
)

#: The key of a web application, and the value of it, with which the platform obtains a certificate from Let's Encrypt.
#: So it does where nothing is said.
AUTOMATIC_CERTIFICATE = ("cert_type", "letsencrypt")
