# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options: what they are, where each may come from, and what is refused."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from .errors import SettingsError

DEFAULT_URL = "https://my.turbostack.app"
_PORTS = {"https": 443, "http": 80}

# None of these has a default here: an option that was left out, or is empty, is looked for in the
# environment first, and only Settings.resolve() knows what stands behind both.
CONNECTION_ARGUMENTS: dict[str, dict[str, Any]] = {
    "api_url": {"type": "str"},
    "api_token": {"type": "str", "no_log": True},
    "api_token_file": {"type": "path", "no_log": False},
    "validate_certs": {"type": "bool"},
    "ca_path": {"type": "path"},
    "api_timeout": {"type": "float", "default": 30},
    "api_retries": {"type": "int", "default": 5},
    "api_retry_max_delay": {"type": "float", "default": 60},
    "api_rate_limit_timeout": {"type": "float", "default": 900},
}

_TRAVELLING = {"api_url": "TURBOSTACK_API_URL", "validate_certs": "TURBOSTACK_VALIDATE_CERTS"}

# Ours, then those that requests, curl and other programs read.
_CA_VARIABLES = ("TURBOSTACK_CA_PATH", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")

# A week in seconds: beyond it, clocks and sockets have limits of their own.
_MOST = 7 * 24 * 3600

_TRUE = frozenset({"true", "yes", "on", "1", "y", "t"})
_FALSE = frozenset({"false", "no", "off", "0", "n", "f"})

# What editors of Windows put in front of a text. In UTF-8 it is harmless.
_BYTE_ORDER_MARK = "\ufeff"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_QUOTES = ("'", '"', "\u2018", "\u201c", "`")
_ASSIGNMENT = re.compile(r"(export\s+)?(TURBOSTACK_API_TOKEN|TSTOKEN)\s*=")

_HOW_TO_GET_A_TOKEN = (
    "Create one in the TurboStack platform under Profile settings > Personal Access Token (API), "
    "and set the option api_token or api_token_file, or the environment variable "
    "TURBOSTACK_API_TOKEN (TSTOKEN works too)."
)


@dataclass(frozen=True)
class Settings:
    """One connection, checked.

    :param url: scheme, host and perhaps a path prefix; no trailing slash, no C(/api/v1).
    :param token_source: where the token came from, in words for a message.
    :param verify: what C(requests) takes: C(True), C(False), or the path of a CA bundle.
    :param timeout: seconds for one request.
    :param retries: how often one request is repeated at most.
    :param retry_max_delay: seconds to wait before one repetition at most.
    :param rate_limit_timeout: seconds that one request may wait for its turn under the rate limit.
    """

    url: str
    token: str = field(repr=False)
    token_source: str
    verify: bool | str
    timeout: float
    retries: int
    retry_max_delay: float
    rate_limit_timeout: float

    @classmethod
    def resolve(
        cls, options: Mapping[str, Any], environ: Mapping[str, str] | None = None
    ) -> Settings:
        """Option, then C(api_token_file), then the environment, then the default; empty is unset.

        :raises SettingsError: for every value that cannot be used.
        """
        environ = os.environ if environ is None else environ
        url = _first(options.get("api_url"), environ.get("TURBOSTACK_API_URL")) or DEFAULT_URL
        token, source = _token(options, environ)
        return cls(
            url=_checked_url(url),
            token=token,
            token_source=source,
            verify=_verify(options, environ),
            timeout=_number(options, "api_timeout", more_than=0),
            retries=int(_number(options, "api_retries", least=0)),
            retry_max_delay=_number(options, "api_retry_max_delay", least=0),
            rate_limit_timeout=_number(options, "api_rate_limit_timeout", least=0),
        )

    @property
    def platform(self) -> str:
        """Which platform it is; see C(platform)."""
        return platform(self.url)

    @property
    def is_loopback(self) -> bool:
        """Whether requests stay on this machine (they then pass by every proxy)."""
        return _is_loopback(urlsplit(self.url).hostname or "")


def platform(url: str) -> str:
    """The one spelling of a platform's URL: no C(/api/v1), no default port, its host in small letters.

    :raises SettingsError: for what is no URL of a platform.
    """
    parts = urlsplit(_checked_url(url.strip()))
    host = (parts.hostname or "").rstrip(".")
    shown = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{shown}{port}{parts.path}"


def environment_options(
    options: Mapping[str, Any], environ: Mapping[str, str] | None = None
) -> dict[str, str]:
    """What this machine's environment adds to options that are about to travel to another machine.

    A token file and a CA bundle are not among it: they are read where the request is made, as the paths
    of every module are.
    """
    environ = os.environ if environ is None else environ
    found: dict[str, str] = {}
    for option, variable in _TRAVELLING.items():
        value = _first(environ.get(variable))
        if value is not None and _first(options.get(option)) is None:
            found[option] = value
    if _first(options.get("api_token"), options.get("api_token_file")) is None:
        token = _first(environ.get("TURBOSTACK_API_TOKEN"), environ.get("TSTOKEN"))
        if token is not None:
            found["api_token"] = token
    return found


def _first(*values: Any) -> str | None:
    """The first value that is set; an empty string, or one of blanks alone, is not."""
    for value in values:
        if value is not None and (text := str(value).strip()):
            return text
    return None


def _token(options: Mapping[str, Any], environ: Mapping[str, str]) -> tuple[str, str]:
    if token := _first(options.get("api_token")):
        return _checked_token(token, "the option api_token"), "the option api_token"
    if path := _first(options.get("api_token_file")):
        return _token_in(path, "the option api_token_file")
    for variable in ("TURBOSTACK_API_TOKEN", "TSTOKEN"):
        if token := _first(environ.get(variable)):
            source = f"the environment variable {variable}"
            return _checked_token(token, source), source
    if path := _first(environ.get("TURBOSTACK_API_TOKEN_FILE")):
        return _token_in(path, "the environment variable TURBOSTACK_API_TOKEN_FILE")
    raise SettingsError("There is no API token.", _HOW_TO_GET_A_TOKEN)


def _token_in(path: str, named_by: str) -> tuple[str, str]:
    path = os.path.expanduser(path)
    source = f"the file {path} (named by {named_by})"
    try:
        with open(path, "rb") as file:
            content = file.read()
        text = content.decode("utf-8").removeprefix(_BYTE_ORDER_MARK).strip()
    except OSError as error:
        raise SettingsError(
            f"The token file {path} (named by {named_by}) cannot be read: {error.strerror}."
        ) from None
    except ValueError as error:
        if isinstance(error, UnicodeDecodeError) and content.startswith(_UTF16_MARKS):
            raise SettingsError(
                f"The token file {path} (named by {named_by}) is UTF-16, as some editors and shells of "
                "Windows write it.",
                "Save it as UTF-8 (or as ANSI, or ASCII).",
            ) from None
        # The content, or the very path, is no text.
        raise SettingsError(f"The token file {path!r} (named by {named_by}) is not text.") from None
    if not text:
        raise SettingsError(
            f"The token file {path} (named by {named_by}) is empty.", _HOW_TO_GET_A_TOKEN
        )
    return _checked_token(text, source), source


def _checked_token(text: str, source: str) -> str:
    """What may stand in a header; the platform shows tokens without the word Bearer, people paste it."""
    text = text.removeprefix(_BYTE_ORDER_MARK)
    token = text[7:].strip() if text[:7].lower() == "bearer " else text
    if token[:1] in _QUOTES:
        raise SettingsError(
            f"The API token from {source} stands in quotes.",
            "Leave the quotes away: only a shell, or YAML, takes them off.",
        )
    if _ASSIGNMENT.match(token):
        raise SettingsError(
            f"The API token from {source} is not a token alone: it begins with the name of a variable.",
            "Keep what stands behind the equals sign, and nothing else.",
        )
    # Anything else would surface later as an encoding error that quotes the header, token and all.
    if not token or not all("!" <= character <= "~" for character in token):
        raise SettingsError(
            f"The API token from {source} holds a blank, a line break or another character "
            "that no token has.",
            "Copy the token again, alone on its line.",
        )
    return token


@lru_cache(maxsize=8)
def _checked_url(text: str) -> str:
    advice = f"Give api_url as https://HOST, for instance {DEFAULT_URL}."
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise SettingsError("api_url is not a URL.", advice) from None
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() for c in text):
        raise SettingsError("api_url is not an http or https URL.", advice)
    if parts.username is not None or parts.password is not None:
        raise SettingsError(
            "api_url holds a user name or password.", f"{advice} The token goes into api_token."
        )
    if parts.query or parts.fragment:
        raise SettingsError("api_url holds a query or a fragment.", advice)
    if parts.scheme == "http" and not _is_loopback(host):
        raise SettingsError(
            f"api_url is http://{host}: the token would cross the network in clear text.",
            "Use https://; plain http is allowed for this machine's own addresses only.",
        )
    prefix = parts.path.rstrip("/").removesuffix("/api/v1").rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{prefix}"


@lru_cache(maxsize=8)
def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _verify(options: Mapping[str, Any], environ: Mapping[str, str]) -> bool | str:
    text = _first(options.get("validate_certs"), environ.get("TURBOSTACK_VALIDATE_CERTS")) or "true"
    if text.lower() in _FALSE:
        return False
    if text.lower() not in _TRUE:
        raise SettingsError(f"validate_certs is neither true nor false: {text!r}.")
    named = {"ca_path": options.get("ca_path")}
    named |= {f"The environment variable {name}": environ.get(name) for name in _CA_VARIABLES}
    for source, value in named.items():
        if path := _first(value):
            path = os.path.expanduser(path)
            if not os.path.exists(path):
                raise SettingsError(f"{source} names {path}, which does not exist.")
            return path
    return True


def _number(
    options: Mapping[str, Any],
    name: str,
    *,
    least: float | None = None,
    more_than: float | None = None,
) -> float:
    value = options.get(name)
    if value is None or value == "":
        value = CONNECTION_ARGUMENTS[name]["default"]
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise SettingsError(f"{name} is not a number: {value!r}.") from None
    if not (least is None or number >= least) or not (more_than is None or number > more_than):
        bound = f"at least {least}" if least is not None else f"more than {more_than}"
        raise SettingsError(f"{name} must be {bound}, not {value}.")
    if number > _MOST:
        raise SettingsError(f"{name} must be at most {_MOST}, not {value}.")
    return number
