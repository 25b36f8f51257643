# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of a file back into an entry; numbers keep their digits, as they do in JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..client.errors import TurboStackError
from ..document.masking import redact_text
from ..text import json_text
from ..text.escaping import escape
from ..text.yaml_text import to_yaml
from .layout import Entry, kind_at
from .vault import VaultError, is_encrypted
from .writing import HEADER, VAULT_TAG

try:
    import yaml
except ImportError:
    HAS_YAML = False
else:
    HAS_YAML = True

# What YAML takes for a number and JSON knows as well: such a number keeps its digits.
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_CONFIG = "\nconfig:"


class FileError(TurboStackError):
    """A file that is there and is not what it should be; the message names it."""

    kind = "file"


def is_ours(text: str) -> bool:
    """Whether a backup wrote the file, so that it may be overwritten and removed."""
    return text.startswith(HEADER)


def identity(text: str, path: str) -> Entry:
    """Whose the file is; its configuration is not looked at.

    :raises FileError: where it does not say so.
    """
    head, config, _rest = text.partition(_CONFIG)
    content = _loaded(head if config else text, path, lambda ciphertext: "")
    return _entry(content, path, None)


def entry(text: str, path: str, decrypt: Callable[[str], str]) -> Entry:
    """The whole entry.

    :param decrypt: what a vault text holds; raises VaultError.
    :raises FileError: for a file that is no such file, or a secret that cannot be decrypted.
    """
    content = _loaded(text, path, decrypt)
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


def document(text: str, path: str, decrypt: Callable[[str], str]) -> dict[str, Any]:
    """A file that is a configuration and nothing else, in part or as a whole encrypted; an empty one is empty.

    :raises FileError: for a file that is no such file, or a secret that cannot be decrypted.
    """
    if is_encrypted(text):
        try:
            text = decrypt(text.strip())
        except VaultError as error:
            raise FileError(f"{escape(path)}: {error.message}", error.hint) from None
    content = _loaded(text, path, decrypt)
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise FileError(f"{escape(path)} is no map of settings.")
    return content


def secrets(
    text: str, path: str, decrypt: Callable[[str], str]
) -> tuple[list[tuple[str, str]], bool]:
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

    _loaded(text, path, note)
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


def _loaded(text: str, path: str, decrypt: Callable[[str], str]) -> Any:
    if not HAS_YAML:
        raise FileError(
            f"{escape(path)} cannot be read: there is no PyYAML here.",
            "Run the task on the controller, where Ansible brings it.",
        )
    try:
        try:
            return _load(text, _fast, decrypt)
        except yaml.YAMLError:
            # libyaml knows no lone surrogates, which the platform may hold.
            return _load(text, yaml.SafeLoader, decrypt)
    except yaml.YAMLError as error:
        # Its own message quotes the text.
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        problem = redact_text(str(getattr(error, "problem", None) or "it is no YAML"))
        raise FileError(f"{escape(path)} cannot be read{where}: {escape(problem)}.") from None
    except RecursionError:
        raise FileError(f"{escape(path)} is nested too deeply.") from None
    except VaultError as error:
        raise FileError(f"{escape(path)}: {error.message}", error.hint) from None


if HAS_YAML:
    _fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _load(text: str, base: Any, decrypt: Callable[[str], str]) -> Any:
    class Loader(base):
        """A safe loader with numbers that keep their digits, vault texts, and no key twice."""

    def number(loader: Any, node: Any) -> float:
        literal = loader.construct_scalar(node)
        if _JSON_NUMBER.fullmatch(literal):
            plain = float(literal)
            written = to_yaml(plain).strip()
            return plain if written == literal else json_text.Number(literal)
        parsed: float = loader.construct_yaml_float(node)
        return parsed

    def mapping(loader: Any, node: Any) -> Any:
        seen = set()
        for key, _value in node.value:
            name = (key.tag, key.value) if isinstance(key.value, str) else None
            if name in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, "a key stands here twice", key.start_mark
                )
            if name:
                seen.add(name)
        # Filled in at once: what is encrypted within has to be found in its order.
        return base.construct_mapping(loader, node, deep=True)

    def vault(loader: Any, node: Any) -> str:
        return decrypt(str(loader.construct_scalar(node)).strip())

    Loader.add_constructor("tag:yaml.org,2002:float", number)
    Loader.add_constructor("tag:yaml.org,2002:map", mapping)
    Loader.add_constructor(VAULT_TAG, vault)
    loader = Loader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
