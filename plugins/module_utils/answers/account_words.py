# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words by which credentials are known: what a key is about, whatever its spelling."""

from __future__ import annotations

import enum
from functools import lru_cache

from .vocabulary import Vocabulary, words_of

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
KIND_WORDS = Vocabulary(
    {
        FTP: "ftp ftps sftp proftpd vsftpd",
        DATABASE: """
            database databases db dbs sql mysql mariadb percona
            postgres postgresql pgsql psql mongo mongodb
        """,
        OTHER: """
            redis rabbitmq amqp elasticsearch opensearch kibana grafana pmm
            varnish memcached mail smtp imap mailpit mailhog http https
            htpasswd auth api admin backend magento shopware wordpress
            drupal odoo medusa supervisor solr s3 minio vpn
        """,
        SYSTEM: "system sys ssh shell linux unix os posix",
    }
)

# What a key of exactly these words says of the account.
WHOLE_KEYS = Vocabulary(
    {
        Role.KIND: """
            type kind service protocol category engine driver account_type user_type
        """,
        Role.REMARK: "label title description created_at updated_at id version",
    }
)

# A key ends with one of these, and what stands before it says whose it is: C(db_password), C(ftp_user).
KEY_ENDINGS = Vocabulary(
    {
        Role.PASSWORD: """
            plain_password password_plain password_clear
            password passwords passwd passphrase pass pwd pw secret
        """,
        Role.USER: "user_name username user login account",
        Role.HOME: "home_dir home_directory homedir home directory",
        Role.HOST: "host_name hostname host server endpoint",
        Role.PORT: "port",
        Role.DATABASE: "database_name db_name dbname database db",
        Role.NAME: "name",
    }
)


class _Around(enum.Enum):
    """What a single word says of what stands below its key."""

    USERS = "users"
    WRAPPER = "wrapper"
    ADDRESS = "address"
    FOREIGN = "foreign"


AROUND = Vocabulary(
    {
        _Around.USERS: "user users account accounts login logins",
        # A key of these and of users alone says nothing of its own: what stands around it still holds.
        _Around.WRAPPER: """
            credential credentials data item items list entries result results access all
            config configuration json host server attributes
        """,
        _Around.ADDRESS: "ip ips ipv4 ipv6 address addresses",
        # Other people's addresses, as a firewall's lists name them.
        _Around.FOREIGN: """
            whitelist blacklist allow allowed deny denied block blocked trusted
            email mail firewall
        """,
    }
)
_USERS, _WRAPPERS, _ADDRESSES, _FOREIGN = (frozenset(AROUND[one]) for one in _Around)

_GLUED = {"dbuser": ("db", "user"), "dbpass": ("db", "pass"), "dbpassword": ("db", "password")}


def _words_of(key: str) -> tuple[str, ...]:
    words = words_of(key)
    return _GLUED.get(words[0], words) if len(words) == 1 else words


@lru_cache(maxsize=4096)
def role_of(key: str) -> tuple[Role, tuple[str, ...]] | None:
    """What the value of a key is, and the words before that, which say whose; None for any other key."""
    role = WHOLE_KEYS.meaning(key)
    if role is None and is_address_key(key):
        role = Role.ADDRESS
    return (role, ()) if role else KEY_ENDINGS.meaning_at_end(_words_of(key))


@lru_cache(maxsize=4096)
def kind_of(text: str) -> str | None:
    """The kind of account that a key or a word speaks of."""
    return kind_of_words(_words_of(text))


def kind_of_words(words: tuple[str, ...]) -> str | None:
    """The same for words."""
    return KIND_WORDS.meaning_within(words)


@lru_cache(maxsize=4096)
def is_neutral(key: str) -> bool:
    """Whether a key only wraps what it holds (C(data), C(accounts)), or is the number of an entry."""
    words = _words_of(key)
    return not words or key.isdecimal() or (_USERS | _WRAPPERS).issuperset(words)


def is_of_users(key: str) -> bool:
    """Whether a key speaks of users (C(users), C(ftp_accounts)), so that what it holds bears their names."""
    return not _USERS.isdisjoint(_words_of(key))


def is_plain_users(key: str) -> bool:
    """Whether a key says users and no more; beside databases and FTP accounts those are the system's."""
    words = _words_of(key)
    return len(words) == 1 and words[0] in _USERS and words[0].endswith("s")


@lru_cache(maxsize=4096)
def is_address_key(key: str) -> bool:
    """Whether addresses of the host stand below a key."""
    words = frozenset(_words_of(key))
    return bool(words & _ADDRESSES) and not words & _FOREIGN
