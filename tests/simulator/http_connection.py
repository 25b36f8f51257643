# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP/1.1 on a connection: requests are read from it one after the other, an answer is written for each.

As much of RFC 9112 as clients of an API use: bodies by length or in chunks, connections that are kept, `Expect`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

from .answers import Answer

LONGEST_HEAD = 1 << 20  # bytes of a request before its body
KEPT = 75.0  # seconds that a connection without a request is kept
_DRIPS = 10  # pieces of a dripping body
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class Malformed(Exception):
    """What came is no HTTP/1.1 request."""


class Headers(Mapping[str, str]):
    """Header fields by their name in any case; fields of one name are joined by a comma."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._fields: dict[str, tuple[str, str]] = {}
        for name, value in pairs:
            key = name.lower()
            earlier = self._fields.get(key)
            self._fields[key] = (earlier[0], f"{earlier[1]}, {value}") if earlier else (name, value)

    def __getitem__(self, name: str) -> str:
        return self._fields[name.lower()][1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _value in self._fields.values())

    def __len__(self) -> int:
        return len(self._fields)


@dataclass(frozen=True)
class Received:
    """A request as it came over the wire, its path and query decoded."""

    method: str
    path: str
    query: dict[str, str]
    version: str
    headers: Headers
    body: bytes

    @property
    def keeps_connection(self) -> bool:
        """Whether the client will send another request over this connection."""
        wish = self.headers.get("Connection", "").lower()
        return wish == "keep-alive" if self.version == "HTTP/1.0" else wish != "close"


Answering = Callable[[Received], Awaitable[Answer]]


async def serve(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answering: Answering
) -> None:
    """Answer the requests of a connection until one of both ends it."""
    try:
        kept = True
        while kept:
            received = await _read(reader, writer)
            if received is None:
                break
            answer = await answering(received)
            kept = received.keeps_connection and not answer.cut
            await _write(writer, received, answer, kept)
    except Malformed as malformed:
        refusal = f"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n{malformed}\n"
        writer.write(refusal.encode())
    except OSError:
        pass  # the client went away
    finally:
        writer.close()


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Received | None:
    """The next request; None when the client has closed the connection, or kept it idle for long."""
    idle = asyncio.get_running_loop().call_later(KEPT, writer.close)
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as ended:
        if ended.partial:
            raise Malformed("The request is not complete.") from None
        return None
    except asyncio.LimitOverrunError:
        raise Malformed("The header fields are too long.") from None
    finally:
        idle.cancel()
    first, *lines = head.decode("iso-8859-1").rstrip("\r\n").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise Malformed("The first line is not of the form METHOD TARGET HTTP/1.1.")
    headers = Headers(_field(line) for line in lines)
    if headers.get("Expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    try:
        body = await _body(reader, headers)
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
        raise Malformed("The body is not as long as announced.") from None
    path, query = _decoded(words[1])
    return Received(words[0], path, query, words[2], headers, body)


def _field(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or name != name.strip():
        raise Malformed("A header field is not of the form NAME: VALUE.")
    return name, value.strip()


async def _body(reader: asyncio.StreamReader, headers: Headers) -> bytes:
    if headers.get("Transfer-Encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("Content-Length", "0")))
    chunks = []
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        chunks.append(await reader.readexactly(size))
        await reader.readexactly(2)
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass  # a field after the chunks
    return b"".join(chunks)


def _decoded(target: str) -> tuple[str, dict[str, str]]:
    if not target.startswith("/"):
        # As a proxy is asked.
        split = urlsplit(target)
        target = f"{split.path}?{split.query}"
    path, _mark, text = target.partition("?")
    query: dict[str, str] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        query.setdefault(name, value)
    return unquote(path), query


async def _write(
    writer: asyncio.StreamWriter, received: Received, answer: Answer, kept: bool
) -> None:
    if answer.cut == "before":
        return
    body = b"" if received.method == "HEAD" else answer.body
    writer.write(_head(answer, kept))
    if answer.cut == "half":
        writer.write(body[: len(body) // 2])
    elif answer.drip:
        step = max(1, -(-len(body) // _DRIPS))
        for start in range(0, len(body), step):
            await asyncio.sleep(answer.drip / _DRIPS)
            writer.write(body[start : start + step])
            await writer.drain()
    else:
        writer.write(body)
    await writer.drain()


def _head(answer: Answer, kept: bool) -> bytes:
    fields = {
        "Server": "nginx",
        "Date": formatdate(usegmt=True),
        "Cache-Control": "no-cache, private",
        "Connection": "keep-alive" if kept else "close",
        **answer.headers,
    }
    if answer.status != 204:
        fields["Content-Type"] = answer.content_type
        fields["Content-Length"] = str(len(answer.body))
    first = f"HTTP/1.1 {answer.status} {_PHRASES.get(answer.status, 'Unknown')}"
    lines = [first, *(f"{name}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode("iso-8859-1")
