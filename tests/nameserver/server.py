# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server: UDP on a free port of 127.0.0.1, out of a zone that a test may change at any time."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Records = Mapping[str, Sequence[str]]
"""Data by their kind, as zone files write them: `{"A": ["192.0.2.1"], "CNAME": ["www.example."]}`."""

_TTL = 60
_LONGEST_CHAIN = 8


class NameServer:
    """Answers for the names of `zone`; every other name does not exist.

    :ivar zone: names without their final dot.
    :ivar failing: names for which it answers SERVFAIL.
    :ivar silent: names for which it does not answer at all.
    :ivar asked: each question that came, as name and kind.
    """

    def __init__(self, zone: Mapping[str, Records]) -> None:
        self.zone = dict(zone)
        self.failing: set[str] = set()
        self.silent: set[str] = set()
        self.asked: list[tuple[str, str]] = []
        handler = type("Handler", (_Handler,), {"names": self})
        self._server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    @property
    def address(self) -> str:
        """As an option of the collection takes it."""
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def __enter__(self) -> NameServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, wire: bytes) -> bytes | None:
        """The message that answers another one; none where the server is silent."""
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if name in self.silent:
            return None
        response = dns.message.make_response(query, recursion_available=True)
        if name in self.failing:
            response.set_rcode(dns.rcode.SERVFAIL)
        else:
            self._fill(response, name, kind)
        found: bytes = response.to_wire()
        return found

    def _fill(self, response: Any, name: str, kind: str) -> None:
        for _step in range(_LONGEST_CHAIN):
            records = self.zone.get(name)
            if records is None:
                response.set_rcode(dns.rcode.NXDOMAIN)
                return
            if kind in records:
                response.answer.append(
                    dns.rrset.from_text(f"{name}.", _TTL, "IN", kind, *records[kind])
                )
                return
            if "CNAME" not in records:
                return
            target = records["CNAME"][0]
            response.answer.append(dns.rrset.from_text(f"{name}.", _TTL, "IN", "CNAME", target))
            name = target.rstrip(".").lower()


class _Handler(socketserver.BaseRequestHandler):
    names: NameServer

    def handle(self) -> None:
        wire, connection = self.request
        answer = self.names.answer(wire)
        if answer is not None:
            connection.sendto(answer, self.client_address)
