# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recognisable secrets: every secret the simulator makes up carries one of these markers.

A marker is alphanumeric, so it survives base64 text, URLs, YAML and a shell without being escaped.
"""

from __future__ import annotations

import base64
import hashlib
import random

TOKEN_MARKER = "TScanaryTOKEN"
PRIVATE_KEY_MARKER = "TScanaryPVKEY"
PASSWORD_MARKER = "TScanaryPASSW"

_LINE = 64  # characters in a PEM line
_PASSWORD_TAILS = ("", "!", "#4$", "-é", "'\"", "%20", "", ":@")


def token(rng: random.Random, number: int) -> str:
    """A personal access token as Laravel Sanctum writes it: ``<number>|<40 alphanumerics>``."""
    return f"{number}|{TOKEN_MARKER}{rng.randbytes(14).hex()[:27]}"


def password(seed: int, *path: object) -> str:
    """The password of one account; the same seed and path give the same password."""
    digest = hashlib.sha256(repr((seed, path)).encode("utf-8", "backslashreplace")).hexdigest()
    return f"{digest[:4]}{PASSWORD_MARKER}{digest[4:16]}{_PASSWORD_TAILS[int(digest[16], 16) % 8]}"


def _base64_lines(rng: random.Random, count: int, marker: str) -> list[str]:
    text = base64.b64encode(rng.randbytes(48 * count)).decode()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    if not marker:
        return lines
    marked = []
    for line in lines:
        # Every line is marked: a leak of a part of the key is a leak too.
        offset = rng.randrange(12, _LINE - len(marker))
        marked.append(line[:offset] + marker + line[offset + len(marker) :])
    return marked


def private_key(rng: random.Random, lines: int) -> str:
    """A PEM private key of `lines` base64 lines, each marked; it ends in a newline."""
    body = _base64_lines(rng, lines, PRIVATE_KEY_MARKER)
    body[0] = "MIIEvQIBADAN" + body[0][12:]
    return "\n".join(["-----BEGIN PRIVATE KEY-----", *body, "-----END PRIVATE KEY-----", ""])


def certificate(rng: random.Random, lines: int) -> str:
    """A PEM certificate (public, so unmarked) of `lines` base64 lines; it ends in a newline."""
    body = _base64_lines(rng, lines, "")
    body[0] = "MIIDazCCAlOg" + body[0][12:]
    return "\n".join(["-----BEGIN CERTIFICATE-----", *body, "-----END CERTIFICATE-----", ""])
