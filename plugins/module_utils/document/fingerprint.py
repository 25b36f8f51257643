# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A digest of what a document means, to notice that it is no longer the one that was read.

A fingerprint is shown in results and logs, so nobody may learn a secret by trying candidates against it.
Secret values therefore enter it only together, and through a key derivation that takes its salt from the
rest of the document. Where a private key is among them nobody can guess them all, and one round does. Where
they may all be guessable (passwords), they are sealed with a key that nobody knows who may not read them
anyway: it is made of the API token (C(seal_of)), so that such a fingerprint is good for one token. Without a key
each guess is made to cost tens of milliseconds, and so is each fingerprint.

So that a mismatch can be explained, short digests of the document's parts (its keys, and the entries of its
lists of named things), without their secrets, follow the digest of the whole.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Any

from ..text.secret_text import MASK, redact_text
from .depth import check_depth
from .equality import exact_decimal, rewritten
from .errors import PlanError
from .place import Place
from .policy import DEFAULT, Policy
from .walk import Handler, fold

_VERSION = "ts1"
# Followed by which key it is sealed with.
_SEALED_VERSION = "ts2"
_PART_BYTES = 3
# More parts than this are summed up by the keys of the document.
_MOST_PARTS = 64
_ROUNDS = 200_000
# A private key of this many characters cannot be guessed.
_STRONG_KEY = 160


def seal_of(token: str) -> bytes:
    """The key that guessable secrets are sealed with, for who has this token."""
    return hmac.digest(token.encode("utf-8"), b"turbostack fingerprint", "sha256")


def prepare() -> None:
    """Have OpenSSL set up what is used here, in a process that is about to fork; it takes longer than its use."""
    hmac.digest(b"", b"", "sha256")
    _derived(b"", b"", 1)


def fingerprint(document: dict[str, Any], policy: Policy | None = None, seal: bytes = b"") -> str:
    """A stable digest of the document's meaning.

    :param seal: see C(seal_of).

    Equal for documents that are equal to the platform: the order of keys and the platform's own rewritings
    do not matter, whatever the policy's C(comparison). With other C(secret_paths) it is another one.

    :raises PlanError: for a policy that cannot be understood, or a document nested too deeply.
    """
    check_depth(document, "The configuration")
    return _taken(document, (policy or DEFAULT).root, seal)[0]


def compare_fingerprint(
    expected: str, document: dict[str, Any], policy: Policy | None = None, seal: bytes = b""
) -> list[str] | None:
    """What of a document is not as it was when a fingerprint was taken; None where it is the same.

    :returns: sentences about the parts that differ, without values.
    :raises PlanError: for text that is no fingerprint.
    """
    expected = expected.strip()
    version, *rest = expected.split(".")
    digests = {_VERSION: 1, _SEALED_VERSION: 2}.get(version, 0)
    if not digests or len(rest) < digests or not all(rest):
        raise PlanError(
            "expected_fingerprint is no fingerprint of this collection.",
            "Give the fingerprint that an earlier task or lookup returned.",
        )
    check_depth(document, "The configuration")
    key = seal if version == _SEALED_VERSION else b""
    found, parts = _taken(document, (policy or DEFAULT).root, key)
    if found == expected:
        return None
    if policy is not None and fingerprint(document, seal=key) == expected:
        # Taken by a read that knew nothing of this task's options.
        return None
    old = set(rest[digests:])
    differing = [name for digest, name in parts.items() if digest not in old]
    told = [f"{name} is new or differs" for name in differing]
    gone = len(old - set(parts)) - len(differing)
    if gone > 0:
        told.append(f"{gone} {'part is' if gone == 1 else 'parts are'} gone")
    if not told and version == _SEALED_VERSION and rest[0] != _name_of(seal):
        return ["it was taken with another token, so that secret values cannot be compared"]
    return told or ["secret values or the order of entries differ"]


def canonical(value: Any, place: Place) -> tuple[bytes, list[str]]:
    """One way to write what a value at a place means to the platform, and the secrets that were taken out of it."""
    handler = _Canonical()
    return fold(value, place, handler), handler.secrets


def cannot_be_guessed(secrets: Iterable[str]) -> bool:
    """Whether nobody can try out what the secrets are together: there is a private key among them."""
    return any(map(_is_strong, secrets))


def _taken(document: dict[str, Any], root: Place, seal: bytes) -> tuple[str, dict[str, str]]:
    """The fingerprint, and its short digests of the document's parts → what each part is called."""
    canonical = _Canonical()
    whole = hashlib.sha256()
    parts: dict[str, str] = {}
    keys: dict[str, str] = {}
    for key in sorted(document):
        value, place = document[key], root.below(key)
        name = str(place)
        rule = root.meaning.known_rule(place, value) if isinstance(value, list) else None
        if rule is None:
            content = fold(value, place, canonical)
        else:
            entries = [b"[%d" % len(value)]
            for at, entry in zip(place.entries(value, rule), value, strict=True):
                entries.append(fold(entry, at, canonical))
                called = str(at)
                parts[_part(called, entries[-1])] = called
            content = b"".join(entries)
        digest = _part(name, content)
        keys[digest] = name
        if rule is None:
            parts[digest] = name
        whole.update(canonical.text(key, False) + content)
    if len(parts) > _MOST_PARTS:
        parts = keys
    return ".".join((*_sealed(whole.digest(), canonical.secrets, seal), *sorted(parts))), parts


def _sealed(plain: bytes, secrets: list[str], seal: bytes) -> tuple[str, ...]:
    """The fields before the parts: the version, and the digest of what is no secret and of the secrets."""
    if not secrets:
        return (_VERSION, _text(plain))
    together = "\0".join(secrets).encode("utf-8", "surrogatepass")
    if cannot_be_guessed(secrets):
        return (_VERSION, _text(_derived(together, plain, 1)))
    if seal:
        digest = hmac.digest(seal, plain + together, "sha256")
        return (_SEALED_VERSION, _name_of(seal), _text(digest))
    return (_VERSION, _text(_derived(together, plain, _ROUNDS)))


def _derived(together: bytes, plain: bytes, rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", together, b"turbostack" + plain, rounds)


def _name_of(seal: bytes) -> str:
    """Tells one key from another, and nothing else of it."""
    return _text(hmac.digest(seal, b"name", "sha256")[:_PART_BYTES])


def _part(name: str, content: bytes) -> str:
    named = name.encode("utf-8", "surrogatepass")
    return _text(hashlib.sha256(named + b"\0" + content).digest()[:_PART_BYTES])


class _Canonical(Handler[bytes]):
    """One way to write each meaning, with the secrets taken out of it.

    :ivar secrets: what was taken out, in the order in which it was met.
    """

    def __init__(self) -> None:
        self.secrets: list[str] = []

    def keys(self, value: dict[str, Any], place: Place) -> Iterable[str]:
        return sorted(value)

    def prepared(self, value: Any, place: Place) -> Any:
        return rewritten(value)

    def map(self, children: list[tuple[str, bytes]], place: Place) -> bytes:
        items = [self.text(key, False) + content for key, content in children]
        return b"{" + b"".join(items) + b"}"

    def list(self, children: list[bytes], place: Place) -> bytes:
        return b"[" + b"".join(children) + b"]"

    def scalar(self, value: Any, place: Place, beside: Any) -> bytes:
        if isinstance(value, str):
            return self.text(value, place.secret)
        if value is None or isinstance(value, bool):
            return f"{value},".encode()
        number = f"i{value}" if isinstance(value, int) else f"f{_digits(value)}"
        return self.text(number, True) if place.secret else f"{number},".encode()

    def text(self, text: str, secret: bool) -> bytes:
        shown = MASK if secret else redact_text(text)
        if shown != text:
            self.secrets.append(text)
        encoded = shown.encode("utf-8", "surrogatepass")
        return b"s%d:%s" % (len(encoded), encoded)


def _digits(number: float) -> str:
    sign, digits, exponent = exact_decimal(number).as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    kept = text.rstrip("0")
    shift = int(exponent) + len(text) - len(kept) if isinstance(exponent, int) else 0
    return f"{'-' if sign and kept else ''}{kept or '0'}e{shift if kept else 0}"


def _is_strong(secret: str) -> bool:
    return "PRIVATE KEY" in secret and len(secret) >= _STRONG_KEY


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")
