# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PEM: blocks of Base64 between two lines that say what is in them, with anything before, between and behind."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field

_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \1-----", re.DOTALL)
_CERTIFICATE = ("CERTIFICATE", "X509 CERTIFICATE")
_KEY = "PRIVATE KEY"


@dataclass(frozen=True)
class Block:
    """One block.

    :ivar label: what its lines say is in it: C(CERTIFICATE), C(RSA PRIVATE KEY).
    """

    label: str
    _body: str = field(repr=False)

    @property
    def is_certificate(self) -> bool:
        return self.label in _CERTIFICATE

    @property
    def is_key(self) -> bool:
        """Whether it is a private key, of any kind."""
        return self.label.endswith(_KEY)

    @property
    def text(self) -> str:
        """The block alone, with line feeds, no blanks around lines, and one at its end."""
        lines = [line.strip() for line in self._body.splitlines()]
        inner = "\n".join(lines).strip("\n")
        return f"-----BEGIN {self.label}-----\n{inner}\n-----END {self.label}-----\n"

    @property
    def content(self) -> bytes:
        """What the Base64 stands for.

        :raises ValueError: where it is none.
        """
        try:
            return base64.b64decode("".join(self._body.split()), validate=True)
        except binascii.Error:
            raise ValueError("This is no Base64.") from None


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in their order."""
    return [Block(match[1], match[2]) for match in _BLOCK.finditer(text)]
