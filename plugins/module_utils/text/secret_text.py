# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that give themselves away by their looks, in any text: private keys, tokens, passwords in URLs."""

from __future__ import annotations

import re
from functools import lru_cache

MASK = "********"

# A private key goes as a block. One that was cut off is masked to the end of the text.
_PRIVATE_KEY = (
    r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"
    r"(?s:.*?)(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\Z)"
    r"|PuTTY-User-Key-File-\d:(?s:.*)"
)

_TOKENS = (
    r"gh[pousr]_[A-Za-z0-9]{16,}",  # GitHub
    r"github_pat_[A-Za-z0-9_]{20,}",
    r"gl(?:pat|dt|rt|cbt|ptt|soat|ft|agent|oas)-[A-Za-z0-9_.-]{16,}",  # GitLab
    r"(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}",  # Stripe
    r"whsec_[A-Za-z0-9+/=]{16,}",
    r"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])",  # AWS
    r"xox[a-z]-[A-Za-z0-9-]{10,}",  # Slack
    r"xapp-[A-Za-z0-9-]{10,}",
    r"AIza[A-Za-z0-9_-]{35}",  # Google
    r"ya29\.[A-Za-z0-9_-]{20,}",
    r"SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",  # SendGrid
    r"npm_[A-Za-z0-9]{36}",
    r"pypi-AgE[A-Za-z0-9_-]{32,}",
    r"dop_v1_[a-f0-9]{32,}",  # DigitalOcean
    r"hf_[A-Za-z0-9]{30,}",
    r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",  # Shopify
    r"hv[sbr]\.[A-Za-z0-9_-]{20,}",  # Vault
    # Not a host name that begins with a country's code.
    r"sk-(?=[A-Za-z0-9_-]{0,99}[A-Z])(?=[A-Za-z0-9_-]{0,99}[0-9])[A-Za-z0-9_-]{20,}",
    r"AGE-SECRET-KEY-1[A-Z0-9]{40,}",
    # JSON Web Token. Its header is short, and bounded so that a text of nothing but "eyJ" stays cheap.
    r"eyJ[A-Za-z0-9_-]{6,2000}\.[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*",
    r"base64:[A-Za-z0-9+/]{40,}={0,2}",  # Laravel's application key
)
# A Laravel access token such as this platform's own: the row's number, a bar, 40 characters and more.
_NUMBERED_TOKEN = r"(?<![A-Za-z0-9])\d{1,12}\|[A-Za-z0-9]{40,}"
_TOKEN = rf"(?<![A-Za-z0-9])(?:{'|'.join(_TOKENS)})|{_NUMBERED_TOKEN}"

# What follows is a secret because of what stands before it, which stays readable.
# After a bare scheme only what cannot be an ordinary word: "basic configuration" is none.
_SCHEME = (
    r"(?P<header>(?i:authorization)\W{1,6}(?i:bearer|basic)\s+)[^\s\"',]{1,2000}"
    r"|(?P<scheme>\b(?i:bearer|basic)\s+)(?=\S{1,40}[0-9A-Z=|]|\S{20})[A-Za-z0-9_.~+/|-]{8,}=*"
)
_USERINFO = (
    r"(?P<user>\b[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/?#:@\"'<>]{0,200}:)[^\s/?#@\"'<>]{1,500}(?=@)"
)
_WEBHOOK = r"(?P<hook>hooks\.slack\.com/(?:services|workflows)/)[A-Za-z0-9/_-]+"
_NAME = (
    r"(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|private[_-]?key|pwd)"
    r"(?:[_-][A-Za-z0-9_-]{0,40})?"
)
# With a digit in it, or longer than words are.
_NO_WORD = r"(?=[^\s\"'&;,<>]{0,60}[0-9]|[^\s\"'&;,<>]{20})[^\s\"'&;,<>]{4,500}"
# name=value of environments, command lines and queries; "name": "value" of JSON and of Python within text;
# name: value and --name value where the value is no ordinary word ("password: must be given" has none).
_ASSIGNED = (
    rf"(?P<name>(?i:{_NAME})=)(?!\{{\{{|\*\*\*)"
    r"(?:\"[^\"\n]{1,500}\"|'[^'\n]{1,500}'|[^\s\"'&;,<>]{1,500})"
    rf"|(?P<json>(?i:{_NAME})\\?[\"']\s?:\s?\\?[\"'])(?!\{{\{{|\*\*\*)[^\"'\\\n]{{1,500}}"
    rf"|(?P<said>(?<![A-Za-z])(?i:{_NAME})(?::[ \t]{{1,4}}|[ \t]is[ \t]))(?!\{{\{{|\*\*\*){_NO_WORD}"
    rf"|(?P<flag>--?(?:[a-z]{{1,20}}-)?(?i:{_NAME})[ \t]{{1,4}})(?!\{{\{{|\*\*\*){_NO_WORD}"
)

_SECRET = re.compile("|".join((_PRIVATE_KEY, _TOKEN, _SCHEME, _USERINFO, _WEBHOOK, _ASSIGNED)))

# Some of these stand in every text that holds a secret. Looking for them first is ten times as fast.
_HINTS = (
    "private key",
    "putty-user-key",
    "gh",
    "gl",
    "_live_",
    "_test_",
    "whsec_",
    "akia",
    "asia",
    "xox",
    "xapp-",
    "aiza",
    "ya29.",
    "sg.",
    "npm_",
    "pypi-",
    "dop_v1_",
    "hf_",
    "shp",
    "hvs.",
    "hvb.",
    "hvr.",
    "sk-",
    "age-secret-key",
    "eyj",
    "base64:",
    "|",
    "bearer",
    "basic",
    "://",
    "hooks.slack",
    "pass",
    "secret",
    "token",
    "api",
    "pwd",
)
_SHORTEST = 8


def redact_text(text: str) -> str:
    """The text with every secret that can be told by its looks replaced by a mask.

    Masked are private keys as a whole, tokens of well-known formats, credentials after C(Bearer) and
    C(Basic), the password in a URL, and what is assigned to a name such as C(DB_PASSWORD=).
    """
    return _SECRET.sub(_masked, text) if _may_hold(text) else text


def secrets_in(text: str) -> list[str]:
    """Those secrets themselves, in the order in which they stand in the text."""
    if not _may_hold(text):
        return []
    return [match[0][len(_kept(match)) :].strip("\"'") for match in _SECRET.finditer(text)]


# Documents are gone through several times, and their words come again and again.
@lru_cache(maxsize=4096)
def _may_hold(text: str) -> bool:
    if len(text) < _SHORTEST:
        return False
    lowered = text.lower()
    # Written out, since this is asked of every text of every document.
    for hint in _HINTS:  # noqa: SIM110
        if hint in lowered:
            return True
    return False


def _kept(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group), "")


def _masked(match: re.Match[str]) -> str:
    return _kept(match) + MASK
