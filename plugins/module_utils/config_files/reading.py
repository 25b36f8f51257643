# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of a file back into an entry; numbers keep their digits, as they do in JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..text import json_text
from ..text.escaping import escape
from .layout import Entry, kind_at
from .lines import Lines
from .vault import VaultError, is_encrypted
from .writing import HEADER
from .yaml_file import VAULT_TAG, Decrypt, FileError, Remark, load

_CONFIG = "\nconfig:"


@dataclass(frozen=True)
class Said:
    """What a file says that is a configuration and nothing else.

    :ivar lines: in which line it says each part of it.
    :ivar remarks: what in it probably means something else than the user thinks.
    """

    document: dict[str, Any] = field(repr=False)
    lines: Lines = field(repr=False)
    remarks: tuple[Remark, ...] = ()


def is_ours(text: str) -> bool:
    """Whether a backup wrote the file, so that it may be overwritten and removed."""
    return text.startswith(HEADER)


def identity(text: str, path: str) -> Entry:
    """Whose the file is; its configuration is not looked at.

    :raises FileError: where it does not say so.
    """
    head, config, _rest = text.partition(_CONFIG)
    content = load(head if config else text, path, lambda ciphertext: "").value
    return _entry(content, path, None)


def entry(text: str, path: str, decrypt: Decrypt) -> Entry:
    """The whole entry.

    :param decrypt: what a vault text holds; raises VaultError.
    :raises FileError: for a file that is no such file, or a secret that cannot be decrypted.
    """
    content = load(text, path, decrypt).value
    config = content.get("config") if isinstance(content, dict) else None
    if isinstance(config, str):
        # Encrypted as a whole, as JSON.
        try:
            config = json_text.decode(config)
        except ValueError:
            config = None
    if not isinstance(config, dict):
        raise FileError(f"{escape(path)} has no configuration: config is no map.")
    return _entry(content, path, config)


def document(
    text: str, path: str, decrypt: Decrypt, warn: Callable[[str], None] = lambda remark: None
) -> dict[str, Any]:
    """What C(said) finds, without where.

    :param warn: told of what probably means something else than the user thinks.
    """
    found = said(text, path, decrypt)
    for remark in found.remarks:
        warn(str(remark))
    return found.document


def said(text: str, path: str, decrypt: Decrypt) -> Said:
    """A file that is a configuration and nothing else, in part or as a whole encrypted.

    :raises FileError: for a file that is no such file, or a secret that cannot be decrypted.
    """
    if is_encrypted(text):
        try:
            text = decrypt(text.strip())
        except VaultError as error:
            raise FileError(f"{escape(path)}: {error.message}", error.hint) from None
    content = _json(text, path)
    remarks: tuple[Remark, ...] = ()
    if content is None:
        loaded = load(text, path, decrypt)
        content, remarks = loaded.value, loaded.remarks
    if not isinstance(content, dict):
        raise FileError(
            f"{escape(path)} holds no map of settings.",
            None if content is not None else "Write {} if it is meant to say nothing.",
        )
    return Said(content, Lines(text), remarks)


def _json(text: str, path: str) -> Any:
    """What a text of JSON holds, which YAML reads a little differently; None for a text of anything else."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        return json_text.decode(text, unique=True)
    except json_text.DoubleKey as error:
        raise FileError(f"{escape(path)} cannot be read: {error}.") from None
    except ValueError:
        return None


def is_encrypted_in_part(text: str, path: str) -> bool:
    """Whether a file holds encrypted secrets; one that cannot be read may."""
    # Most files need not be parsed to know.
    if VAULT_TAG not in text:
        return False
    try:
        return load(text, path, lambda ciphertext: "").encrypted
    except FileError:
        return True


def secrets(text: str, path: str, decrypt: Decrypt) -> tuple[list[tuple[str, str]], bool]:
    """The vault texts in the file with what they hold, in their order, and whether that is all of them.

    :raises FileError: for a file that cannot be read.
    """
    found: list[tuple[str, str]] = []
    complete = True

    def note(ciphertext: str) -> str:
        nonlocal complete
        try:
            found.append((ciphertext, decrypt(ciphertext)))
        except VaultError:
            complete = False
        return ""

    load(text, path, note)
    return found, complete


def _entry(content: Any, path: str, config: dict[str, Any] | None) -> Entry:
    kind = kind_at(path)
    head = content if isinstance(content, dict) else {}
    number, name, client = head.get("id"), head.get("name"), head.get("client_id")
    if kind is None or number is None or not _is_id(number) or not isinstance(name, str):
        raise FileError(
            f"{escape(path)} does not say whose it is: id is a number, name a text.",
            "Leave the first lines of such a file as the backup wrote them.",
        )
    if client is not None and not _is_id(client):
        raise FileError(f"{escape(path)}: client_id is no number.")
    return Entry(kind, number, name, client, config)


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
