# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of an C(authorized_keys) file: C([options] type material [comment]), read as sshd reads it.

A line that is stored is taken as it comes; a line that somebody wants to store is checked to the last byte.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...module_utils.document.equality import TRIMMED
from ...module_utils.document.errors import PlanError
from ...module_utils.text.escaping import escape
from ...module_utils.text.secret_text import redact_text

_TYPE = (
    r"(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp(?:256|384|521)"
    r"|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)"
)
_CERTIFICATE = re.compile(
    r"(?:(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256))"
    r"-cert-v01@openssh\.com)"
)
_KEY = re.compile(
    rf"(?P<type>{_TYPE}|{_CERTIFICATE.pattern})[ \t]+(?P<material>AAAA[A-Za-z0-9+/]+)=*"
    r"(?:[ \t]+(?P<comment>.*))?"
)
# Up to the first blank outside double quotes, in which \" stands for a quote.
_OPTIONS = re.compile(r'(?P<options>(?:"(?:\\.|[^"\\])*"|[^\s"])+)[ \t]+(?P<rest>\S.*)')
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')
_COMMAND = re.compile(r"(?:^|,)command=", re.IGNORECASE)
_PRIVATE = re.compile(r"PRIVATE KEY|PuTTY-User-Key-File|^\s*b3BlbnNzaC1rZXk")
# The platform renders its configuration, comments of keys included.
_JINJA = re.compile(r"\{\{|\{%|\{#")
# The length of the type and the type, the length of the key and the key.
_ED25519_BYTES = 4 + 11 + 4 + 32
# How many texts the material of a key has, by the beginning of its type.
_FIELDS = {"ssh-rsa": 3, "ssh-dss": 5, "ecdsa-sha2-": 3, "sk-ssh-ed25519": 3, "sk-ecdsa-sha2-": 4}
_LABEL = 12


@dataclass(frozen=True)
class PublicKey:
    """A public key as a line grants it.

    :ivar options: what stands before the type (C(command="…",no-pty)); empty where nothing does.
    :ivar material: the key itself in base64, without padding.
    :ivar disabled: whether the line is commented out, so that it grants nothing.
    :ivar body: the line from the type on, as it is written.
    """

    options: str
    type: str
    material: str
    comment: str
    disabled: bool = False
    body: str = field(default="", repr=False, compare=False)

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two lines the same key, whatever their options and comments."""
        return self.type, self.material

    @property
    def lets_in(self) -> bool:
        """Whether somebody can log in and work with it: it is no comment, and is tied to no command."""
        return not self.disabled and not _COMMAND.search(_QUOTED.sub('""', self.options))

    def line(self, options: str | None = None) -> str:
        """The line that grants the key, with its own options or with others."""
        options = self.options if options is None else options
        return f"{options} {self.body}" if options else self.body

    def label(self) -> str:
        """The key for people, on one line, without secrets; its middle tells nobody anything."""
        parts = (self.type, f"…{self.material[-_LABEL:]}", escape(redact_text(self.comment)))
        return " ".join(part for part in parts if part)

    def shown_options(self) -> str:
        """The options for people."""
        return escape(redact_text(self.options))


def stored_key(text: str) -> PublicKey | None:
    """The key in a line that is stored; None where the text is not one line with one key."""
    line = text.strip(TRIMMED)
    disabled = line.startswith("#")
    if disabled:
        line = line.lstrip("# \t")
    if "\n" in line or "\r" in line:
        return None
    match, options = _KEY.fullmatch(line), ""
    if match is None:
        split = _OPTIONS.fullmatch(line)
        match = _KEY.fullmatch(split["rest"]) if split else None
        if split is None or match is None:
            return None
        options = split["options"]
    comment = (match["comment"] or "").strip()
    return PublicKey(options, match["type"], match["material"], comment, disabled, match[0])


def wanted_key(text: object, what: str) -> PublicKey:
    """The key in a line that is to be stored.

    :param what: whose key it is, for messages (C(key 2 of An)).
    :raises PlanError: for anything that is not one sound line; the message never quotes it.
    """
    if not isinstance(text, str) or not text.strip():
        raise PlanError(f"{what} is not a text with a public key.")
    line = text.strip()
    if _PRIVATE.search(line):
        raise PlanError(
            f"{what} is a private key.",
            "Give the public one, which ends in .pub. A private key that was put into a file like this one "
            "should be taken for lost: make a new pair.",
        )
    if escape(line.replace("\t", " ")) != line.replace("\t", " "):
        raise PlanError(f"{what} is not one line of printable text.", "Give one key in each entry.")
    if _JINJA.search(line):
        raise PlanError(f"{what} holds Jinja, which the platform would render.")
    if line.startswith("#"):
        raise PlanError(f"{what} is commented out, so that it would let nobody in.")
    key = stored_key(line)
    if key is None:
        raise PlanError(
            f"{what} is not a public key of a kind that OpenSSH knows.",
            "A line reads: ssh-ed25519 AAAA… comment, with options before it where there are some.",
        )
    wrong = _damage(key)
    if wrong:
        raise PlanError(f"{what} is damaged: {wrong}.", "Copy the whole line of the .pub file.")
    return key


def _damage(key: PublicKey) -> str | None:
    try:
        blob = base64.b64decode(key.material + "=" * (-len(key.material) % 4), validate=True)
    except (binascii.Error, ValueError):
        return "its material is not base64"
    fields = list(_fields(blob))
    if not fields or fields[0] != key.type.encode():
        return f"its material is not that of a key of the type {key.type}"
    if _CERTIFICATE.fullmatch(key.type):
        # A certificate also holds numbers, which are not fields of this kind.
        return None
    if key.type == "ssh-ed25519":
        return None if len(blob) == _ED25519_BYTES else "its material has the wrong length"
    if sum(len(field) + 4 for field in fields) != len(blob) or len(fields) != _FIELDS[_kind(key)]:
        return "a part of its material is missing, or too much"
    return None


def _kind(key: PublicKey) -> str:
    return next(kind for kind in _FIELDS if key.type.startswith(kind))


def _fields(blob: bytes) -> Iterator[bytes]:
    """The texts of a key's binary form, each after its length; up to the first that is cut off."""
    while len(blob) >= 4:
        length = int.from_bytes(blob[:4], "big")
        if len(blob) < 4 + length:
            return
        yield blob[4 : 4 + length]
        blob = blob[4 + length :]
