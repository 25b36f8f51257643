# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text out of files: neither a byte order mark nor the kind of line ends makes a difference."""

from __future__ import annotations

import codecs

from ..client.errors import SettingsError
from ..text.escaping import escape


def read(path: str, *, errors: str = "strict") -> str:
    """The text of a file, with line feeds between its lines.

    :param errors: what becomes of bytes that are no UTF-8, as C(bytes.decode) has it.
    :raises SettingsError: where it cannot be read, or is no UTF-8.
    """
    try:
        with open(path, "rb") as file:
            return decoded(file.read(), errors=errors)
    except OSError as error:
        raise _unread(path, error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise _unread(path, "it is not UTF-8") from None


def _unread(path: str, why: str) -> SettingsError:
    return SettingsError(f"{escape(path)} cannot be read: {why}.")


def decoded(content: bytes, *, errors: str = "strict") -> str:
    """The same of a file's content.

    :raises UnicodeDecodeError: for what is no UTF-8.
    """
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors)
    return text.replace("\r\n", "\n").replace("\r", "\n")
