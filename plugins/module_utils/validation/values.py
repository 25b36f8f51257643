# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a value can be one of a type of the schema: a table of types, each with what it takes."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from typing import Any

from ..document.equality import type_name
from ..document.schema import (
    ADDRESS,
    BOOLEAN,
    CERTIFICATES,
    COUNTRIES,
    DOMAIN,
    DOMAINS,
    HOSTNAME,
    INTEGER,
    MAP,
    NUMBER,
    PATH,
    PORT,
    PRIVATE_KEY,
    SIZE,
    SSH_KEY,
    TEXT,
    VERSION,
)
from ..document.ssh_keys import ssh_key

_SIZE = re.compile(r"\d+(?:\.\d+)?\s*[kKmMgGtT]?(?:i?[bB])?%?")
_VERSION = re.compile(r"[\w.+~*-]+")
_COUNTRIES = re.compile(r"\s*(?:[A-Za-z]{2}(?:\s*,\s*[A-Za-z]{2})*\s*,?)?\s*")
_HOSTNAME = re.compile(r"(?=.{1,253}\Z)[\w-]{1,63}(?:\.[\w-]{1,63})*\.?")


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _whole(value: Any) -> bool:
    return type_name(value) == "integer" or (isinstance(value, str) and value.strip().isdecimal())


def _port(value: Any) -> bool:
    return _whole(value) and 1 <= int(value) <= 65_535


def _number(value: Any) -> bool:
    return type_name(value) in ("integer", "float")


def _shaped(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    def fits(value: Any) -> bool:
        if type_name(value) in ("integer", "float"):
            value = getattr(value, "literal", str(value))
        return isinstance(value, str) and pattern.fullmatch(value.strip()) is not None

    return fits


def _address(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    address = value.split("#", 1)[0].strip()
    if not address:
        return True  # a comment
    try:
        ipaddress.ip_interface(address)
    except ValueError:
        return _HOSTNAME.fullmatch(address) is not None and not re.fullmatch(r"[\d./]+", address)
    return True


def _ssh_keys(value: Any) -> bool:
    return isinstance(value, str) and all(
        ssh_key(line) is not None or line.lstrip().startswith("#")
        for line in value.splitlines()
        if line.strip()
    )


def _pem(word: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and f"{word}-----" in value


# Type → whether a value can be one, and what is expected, for people.
TYPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    TEXT: (_text, "a text"),
    BOOLEAN: (lambda value: isinstance(value, bool), "true or false, without quotes"),
    INTEGER: (_whole, "a whole number"),
    NUMBER: (_number, "a number"),
    VERSION: (_shaped(_VERSION), 'a version in quotes, such as "8.3"'),
    SIZE: (_shaped(_SIZE), "a size with its unit, such as 2G"),
    PORT: (_port, "a port from 1 to 65535"),
    PATH: (_text, "a path"),
    HOSTNAME: (_shaped(_HOSTNAME), "a host name"),
    ADDRESS: (_address, 'an address or a network, such as "192.0.2.4 # Office"'),
    SSH_KEY: (_ssh_keys, "a public key, as in an authorized_keys file"),
    DOMAIN: (_text, "a domain"),
    DOMAINS: (_text, "domains, parted by blanks"),
    PRIVATE_KEY: (_pem("PRIVATE KEY"), "a private key in PEM"),
    CERTIFICATES: (_pem("CERTIFICATE"), "certificates in PEM"),
    COUNTRIES: (_shaped(_COUNTRIES), "two-letter codes of countries, parted by commas"),
    MAP: (lambda value: isinstance(value, dict), "a map"),
}
