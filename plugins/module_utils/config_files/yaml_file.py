# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one reader of YAML that people or a backup wrote: each file means the same, whichever task reads it.

Several C(<<) merge, the last one winning, and what a map says itself wins over all of them. A key that stands in a
map twice is an error. Numbers keep their digits, as they do in JSON. C(!unsafe) is text as it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..client.errors import TurboStackError
from ..document.masking import redact_text
from ..text import json_text
from ..text.escaping import escape
from ..text.yaml_text import to_yaml
from .vault import VaultError

try:
    import yaml
except ImportError:
    HAS_YAML = False
else:
    HAS_YAML = True
    _fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Decrypt = Callable[[str], str]

VAULT_TAG = "!vault"
_VAULT_TAGS = (VAULT_TAG, "!vault-encrypted")
_UNSAFE_TAG = "!unsafe"
_YAML = "tag:yaml.org,2002:"
_MERGE, _TEXT, _BOOLEAN, _INTEGER = (f"{_YAML}{kind}" for kind in ("merge", "str", "bool", "int"))

# What YAML takes for a number and JSON knows as well: such a number keeps its digits.
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
# 22:30 is 1350 in YAML.
_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+")


class FileError(TurboStackError):
    """A file that is there and is not what it should be; the message names it.

    :param line: from 1; None where that is not known.
    """

    kind = "file"

    def __init__(self, message: str, hint: str | None = None, line: int | None = None) -> None:
        super().__init__(message, hint)
        self.line = line


@dataclass(frozen=True)
class Remark:
    """What probably means something else than the user thinks.

    :ivar among: what it stands among, before the name of the file; C(said) comes after it.
    """

    among: str
    path: str
    line: int
    said: str

    def __str__(self) -> str:
        return f"{self.among} in {escape(self.path)} (line {self.line}), {self.said}"


@dataclass(frozen=True)
class Loaded:
    """What a file says.

    :ivar value: plain data.
    :ivar encrypted: whether a part of it is encrypted, as its tag tells.
    """

    value: Any
    encrypted: bool
    remarks: tuple[Remark, ...] = ()


def load(text: str, path: str, decrypt: Decrypt) -> Loaded:
    """The content of a file.

    :param path: for messages.
    :param decrypt: what a vault text holds; raises VaultError.
    :raises FileError: for what is no YAML, or a secret that cannot be decrypted; the message quotes nothing of it.
    """
    if not HAS_YAML:
        raise FileError(
            f"{escape(path)} cannot be read: there is no PyYAML here.",
            "Run the task on the controller, where Ansible brings it.",
        )
    try:
        try:
            return _load(text, path, _fast, decrypt)
        except yaml.YAMLError:
            # libyaml knows no lone surrogates, which the platform may hold.
            return _load(text, path, yaml.SafeLoader, decrypt)
    except yaml.YAMLError as error:
        # Its own message quotes the text.
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        where = f" (line {line}, column {mark.column + 1})" if mark else ""
        problem = redact_text(str(getattr(error, "problem", None) or "it is no YAML"))
        raise FileError(
            f"{escape(path)} cannot be read{where}: {escape(problem)}.", line=line
        ) from None
    except RecursionError:
        raise FileError(f"{escape(path)} is nested too deeply.") from None
    except ValueError:
        # A date such as 2026-02-31.
        raise FileError(f"{escape(path)} holds a value that YAML cannot make.") from None
    except VaultError as error:
        raise FileError(f"{escape(path)}: {error.message}", error.hint) from None


def _load(text: str, path: str, base: Any, decrypt: Decrypt) -> Loaded:
    class Loader(base):
        """A safe loader with constructors of its own."""

        def flatten_mapping(self, node: Any) -> None:
            node.value = _merged(node)

    def number(loader: Any, node: Any) -> float:
        literal = loader.construct_scalar(node)
        if _JSON_NUMBER.fullmatch(literal):
            plain = float(literal)
            written = to_yaml(plain).strip()
            return plain if written == literal else json_text.Number(literal)
        parsed: float = loader.construct_yaml_float(node)
        return parsed

    # Filled in at once: what is encrypted within has to be found in its order, and what holds itself is refused.
    def mapping(loader: Any, node: Any) -> Any:
        return loader.construct_mapping(node, deep=True)

    def sequence(loader: Any, node: Any) -> Any:
        return loader.construct_sequence(node, deep=True)

    def unsafe(loader: Any, node: Any) -> Any:
        if isinstance(node, yaml.MappingNode):
            return mapping(loader, node)
        if isinstance(node, yaml.SequenceNode):
            return sequence(loader, node)
        return loader.construct_scalar(node)

    def vault(loader: Any, node: Any) -> str:
        return decrypt(str(loader.construct_scalar(node)).strip())

    Loader.add_constructor(f"{_YAML}float", number)
    Loader.add_constructor(f"{_YAML}map", mapping)
    Loader.add_constructor(f"{_YAML}seq", sequence)
    Loader.add_constructor(_UNSAFE_TAG, unsafe)
    for tag in _VAULT_TAGS:
        Loader.add_constructor(tag, vault)
    loader = Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return Loaded(None, encrypted=False)
        nodes = list(_nodes(root))
        # Before anything is constructed: to construct a merge changes the map that it stands in.
        for node in nodes:
            _refuse_doubles(node)
        return Loaded(
            value=loader.construct_document(root),
            encrypted=any(node.tag in _VAULT_TAGS for node in nodes),
            remarks=tuple(remark for node in nodes for remark in _remarks(node, path)),
        )
    finally:
        loader.dispose()


def composed(text: str) -> Any:
    """The nodes of a text, each with its mark, before anything is made of them; None for what is no YAML."""
    if not HAS_YAML:
        return None
    for base in (_fast, yaml.SafeLoader):
        loader = base(text)
        try:
            return loader.get_single_node()
        except (yaml.YAMLError, RecursionError):
            continue
        finally:
            loader.dispose()
    return None


def child(node: Any, step: str | int) -> tuple[Any, Any]:
    """What stands under a key or at a position of a node, and what says so: the key, or the entry.

    :returns: C((None, None)) where there is no such thing.
    """
    if isinstance(step, int):
        if isinstance(node, yaml.SequenceNode) and step < len(node.value):
            return node.value[step], node.value[step]
        return None, None
    if isinstance(node, yaml.MappingNode):
        try:
            pairs = _merged(node)
        except yaml.YAMLError:
            # A key of JSON that is called like a merge.
            pairs = node.value
        for key, value in reversed(pairs):
            if isinstance(key, yaml.ScalarNode) and key.value == step:
                return value, key
    return None, None


def _nodes(root: Any) -> Iterator[Any]:
    """Each node once, in the order of the text."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in reversed(node.value) for part in reversed(pair)]
        elif isinstance(node, yaml.SequenceNode):
            waiting += reversed(node.value)


def _merged(node: Any) -> list[Any]:
    """The pairs of a map with what it merges, of which a later one wins.

    PyYAML's releases differ in what they make of several merges, one of them from key to key.
    """
    merged: list[Any] = []
    own: list[Any] = []
    for key, value in node.value:
        if key.tag != _MERGE:
            own.append((key, value))
            continue
        # Of a list of maps, the first one wins.
        maps = reversed(value.value) if isinstance(value, yaml.SequenceNode) else [value]
        for one in maps:
            if not isinstance(one, yaml.MappingNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "what << merges is no map", value.start_mark
                )
            merged += _merged(one)
    return merged + own


def _refuse_doubles(node: Any) -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    seen = set()
    for key, _value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag == _MERGE:
            continue
        if (key.tag, key.value) in seen:
            raise yaml.constructor.ConstructorError(
                None, None, "a key stands here twice", key.start_mark
            )
        seen.add((key.tag, key.value))


def _remarks(node: Any, path: str) -> Iterator[Remark]:
    """What YAML makes of a word among texts, where texts were meant: C([NL, NO]) has the member C(false)."""
    if isinstance(node, yaml.SequenceNode):
        among, what = node.value, "Among texts"
    elif isinstance(node, yaml.MappingNode):
        among, what = [key for key, _value in node.value], "Among keys"
    else:
        return
    tags = Counter(one.tag for one in among if isinstance(one, yaml.ScalarNode))
    if not tags[_TEXT]:
        return
    for one in among:
        meant = _other_than_written(one)
        if meant:
            said = f"{escape(one.value)} means {meant} in YAML. Put it into quotes if it is meant as a text."
            yield Remark(what, path, one.start_mark.line + 1, said)


def _other_than_written(node: Any) -> str | None:
    if not isinstance(node, yaml.ScalarNode):
        return None
    if node.tag == _BOOLEAN:
        return "true" if node.value.lower() in ("yes", "true", "on") else "false"
    if node.tag == _INTEGER and _SEXAGESIMAL.fullmatch(node.value):
        return "a number to the base of 60"
    return None
