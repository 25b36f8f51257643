# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP/1.1 as it goes over the wire."""

from __future__ import annotations

import http.client
import socket
from urllib.parse import urlsplit

import pytest


def answered(simulator, *pieces: bytes) -> bytes:
    """What the server says to these bytes before it closes the connection."""
    address = urlsplit(simulator.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
        said = b""
        while more := connection.recv(65536):
            said += more
    return said


def head(simulator, first: str, *fields: str) -> bytes:
    lines = [
        first,
        "Host: simulator.example",
        f"Authorization: Bearer {simulator.token}",
        "Accept: application/json",
        *fields,
        "",
        "",
    ]
    return "\r\n".join(lines).encode()


def test_requests_follow_each_other_on_a_connection(simulator):
    said = answered(
        simulator,
        head(simulator, "GET /api/v1/clients HTTP/1.1"),
        head(simulator, "GET /api/v1/groups HTTP/1.1", "Connection: close"),
    )
    assert said.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert said.count(b"Connection: keep-alive\r\n") == 1
    assert said.count(b"Connection: close\r\n") == 1


def test_an_older_client_has_a_connection_for_each_request(simulator):
    said = answered(simulator, head(simulator, "GET /api/v1/clients HTTP/1.0"))
    assert said.startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_body_in_chunks_in_any_pieces(simulator, host_id):
    first = f"POST /api/v1/hosts/{host_id} HTTP/1.1"
    fields = ("Content-Type: application/json", "Transfer-Encoding: chunked", "Connection: close")
    chunks = b'8\r\n{"json":\r\n9;note=x\r\n{"a": 1}}\r\n0\r\nTrailer: x\r\n\r\n'
    said = answered(simulator, head(simulator, first, *fields), chunks[:13], chunks[13:])
    assert said.startswith(b"HTTP/1.1 200 OK\r\n")
    assert simulator.fleet.hosts[host_id].document == {"a": 1}


def test_a_client_that_asks_before_it_sends_the_body(simulator, host_id):
    first = f"POST /api/v1/hosts/{host_id} HTTP/1.1"
    body = b'{"json": {"a": 2}}'
    fields = (
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Expect: 100-continue",
        "Connection: close",
    )
    said = answered(simulator, head(simulator, first, *fields), body)
    assert said.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
    assert simulator.fleet.hosts[host_id].document == {"a": 2}


def test_head_has_the_length_and_no_body(api, simulator):
    answer = api.ask("HEAD", "/clients")
    assert int(answer.headers["Content-Length"]) == len(api.get("/clients").content) > 2
    said = answered(
        simulator, head(simulator, "HEAD /api/v1/clients HTTP/1.1", "Connection: close")
    )
    assert said.endswith(b"\r\n\r\n")


def test_asked_as_a_proxy_is(simulator):
    target = "http://turbostack.example/api/v1/clients?size=1&size=2&note=a+b%2F"
    said = answered(simulator, head(simulator, f"GET {target} HTTP/1.1", "Connection: close"))
    assert said.startswith(b"HTTP/1.1 200 OK\r\n")
    assert simulator.requests[-1].query == {"size": "1", "note": "a b/"}


def test_a_path_is_decoded(simulator):
    address = urlsplit(simulator.url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
    connection.request("GET", "//api/v1/caf%C3%A9")
    assert connection.getresponse().status == 404
    connection.close()
    assert simulator.requests[-1].path == "//api/v1/café"


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"GET /\r\n\r\n", "first line"),
        (b"GET / SPDY/3\r\n\r\n", "first line"),
        (b"GET / HTTP/1.1\r\nno field\r\n\r\n", "NAME: VALUE"),
        (b"POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", "as long as announced"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "as long as announced"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * (1 << 20) + b"\r\n\r\n", "too long"),
    ],
)
def test_what_is_no_request(simulator, sent, reason):
    said = answered(simulator, sent)
    assert said.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert reason in said.decode()
    assert simulator.requests == []
