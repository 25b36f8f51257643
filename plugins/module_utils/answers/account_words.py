# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words by which credentials are known: what a key is about, whatever its spelling."""

from __future__ import annotations

import enum
import re
from functools import lru_cache

SYSTEM, DATABASE, FTP, OTHER = "system", "database", "ftp", "other"
KINDS = (SYSTEM, DATABASE, FTP, OTHER)


class Role(enum.Enum):
    """What the value of a key is for an account."""

    PASSWORD = "password"
    USER = "user"
    DATABASE = "database"
    HOME = "home"
    HOST = "host"
    PORT = "port"
    NAME = "name"
    KIND = "kind"
    ADDRESS = "address"
    REMARK = "remark"


# By the words of a key; the first kind that has one of them is meant, so that C(mysql_system_user) is a
# database's. C(other) are services that are none of the three, so that they are not taken for one.
_KIND_WORDS: dict[str, frozenset[str]] = {
    FTP: frozenset({"ftp", "ftps", "sftp", "proftpd", "vsftpd"}),
    DATABASE: frozenset(
        {
            *("database", "databases", "db", "dbs", "sql", "mysql", "mariadb", "percona"),
            *("postgres", "postgresql", "pgsql", "psql", "mongo", "mongodb"),
        }
    ),
    OTHER: frozenset(
        {
            *(
                "redis",
                "rabbitmq",
                "amqp",
                "elasticsearch",
                "opensearch",
                "kibana",
                "grafana",
                "pmm",
            ),
            *(
                "varnish",
                "memcached",
                "mail",
                "smtp",
                "imap",
                "mailpit",
                "mailhog",
                "http",
                "https",
            ),
            *("htpasswd", "auth", "api", "admin", "backend", "magento", "shopware", "wordpress"),
            *("drupal", "odoo", "medusa", "supervisor", "solr", "s3", "minio", "vpn"),
        }
    ),
    SYSTEM: frozenset({"system", "sys", "ssh", "shell", "linux", "unix", "os", "posix"}),
}
# A key of these words alone says nothing of its own: what stands around it still holds.
_NEUTRAL = frozenset(
    {
        *("user", "users", "account", "accounts", "credential", "credentials", "login", "logins"),
        *("data", "item", "items", "list", "entries", "result", "results", "access", "all"),
        *("config", "configuration", "json", "host", "server", "attributes"),
    }
)
_USERS = frozenset({"user", "users", "account", "accounts", "login", "logins"})

# A key ends with one of these, and what stands before it says whose it is: C(db_password), C(ftp_user).
_ENDINGS: tuple[tuple[Role, tuple[tuple[str, ...], ...]], ...] = (
    (
        Role.PASSWORD,
        (
            ("plain", "password"),
            ("password", "plain"),
            ("password", "clear"),
            ("password",),
            ("passwords",),
            ("passwd",),
            ("passphrase",),
            ("pass",),
            ("pwd",),
            ("pw",),
            ("secret",),
        ),
    ),
    (Role.USER, (("user", "name"), ("username",), ("user",), ("login",), ("account",))),
    (Role.HOME, (("home", "dir"), ("home", "directory"), ("homedir",), ("home",), ("directory",))),
    (Role.HOST, (("host", "name"), ("hostname",), ("host",), ("server",), ("endpoint",))),
    (Role.PORT, (("port",),)),
    (Role.DATABASE, (("database", "name"), ("db", "name"), ("dbname",), ("database",), ("db",))),
    (Role.NAME, (("name",),)),
)
_GLUED = {"dbuser": ("db", "user"), "dbpass": ("db", "pass"), "dbpassword": ("db", "password")}
_KIND_KEYS = frozenset(
    {
        "type",
        "kind",
        "service",
        "protocol",
        "category",
        "engine",
        "driver",
        "account_type",
        "user_type",
    }
)
_REMARK_KEYS = frozenset(
    {"label", "title", "description", "created_at", "updated_at", "id", "version"}
)
_ADDRESS_WORDS = frozenset({"ip", "ips", "ipv4", "ipv6", "address", "addresses"})
# Other people's addresses, as a firewall's lists name them.
_FOREIGN_WORDS = frozenset(
    {"whitelist", "blacklist", "allow", "allowed", "deny", "denied", "block", "blocked", "trusted"}
    | {"email", "mail", "firewall"}
)


@lru_cache(maxsize=4096)
def words_of(key: str) -> tuple[str, ...]:
    """C(dbPassword), C(db-password) and C(DB_PASSWORD) are the words C(("db", "password"))."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key)
    words = tuple(word for word in re.split(r"[\W_]+", parted.casefold()) if word)
    return _GLUED.get(words[0], words) if len(words) == 1 else words


@lru_cache(maxsize=4096)
def role_of(key: str) -> tuple[Role, tuple[str, ...]] | None:
    """What the value of a key is, and the words before that, which say whose; None for any other key."""
    words = words_of(key)
    name = "_".join(words)
    if name in _KIND_KEYS:
        return Role.KIND, ()
    if name in _REMARK_KEYS:
        return Role.REMARK, ()
    if is_address_key(key):
        return Role.ADDRESS, ()
    for role, endings in _ENDINGS:
        for ending in endings:
            if words[-len(ending) :] == ending:
                return role, words[: -len(ending)]
    return None


@lru_cache(maxsize=4096)
def kind_of(text: str) -> str | None:
    """The kind of account that a key or a word speaks of."""
    return kind_of_words(words_of(text))


def kind_of_words(words: tuple[str, ...]) -> str | None:
    """The same for words."""
    for kind, known in _KIND_WORDS.items():
        if known.intersection(words):
            return kind
    return None


@lru_cache(maxsize=4096)
def is_neutral(key: str) -> bool:
    """Whether a key only wraps what it holds (C(data), C(accounts)), or is the number of an entry."""
    words = words_of(key)
    return not words or key.isdecimal() or _NEUTRAL.issuperset(words)


def is_of_users(key: str) -> bool:
    """Whether a key speaks of users (C(users), C(ftp_accounts)), so that what it holds bears their names."""
    return not _USERS.isdisjoint(words_of(key))


def is_plain_users(key: str) -> bool:
    """Whether a key says users and no more; beside databases and FTP accounts those are the system's."""
    words = words_of(key)
    return len(words) == 1 and words[0] in _USERS and words[0].endswith("s")


@lru_cache(maxsize=4096)
def is_address_key(key: str) -> bool:
    """Whether addresses of the host stand below a key."""
    words = frozenset(words_of(key))
    return bool(words & _ADDRESS_WORDS) and not words & _FOREIGN_WORDS
