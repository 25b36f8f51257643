# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that never stops sending, and never comes to an end, does not hold its client."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import trustme

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import NoAnswer

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
TRICKLES = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-Again: and again\r\n"),
    "body of a known length": (HEAD + b"Content-Length: 5000\r\n\r\n", b" "),
    "body in chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "body without an end": (HEAD + b"Connection: close\r\n\r\n", b" "),
}
#: Seconds that a test lasts if nothing stops the trickle.
ENDLESS = 20


@contextmanager
def trickling(start: bytes, drop: bytes, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server of one connection; yields its port."""
    stop = threading.Event()

    def serve() -> None:
        accepted, _address = listener.accept()
        # The client ends it by closing the connection.
        with suppress(OSError):
            connection = tls.wrap_socket(accepted, server_side=True) if tls else accepted
            with connection:
                connection.recv(65536)
                connection.sendall(start)
                for _drop in range(ENDLESS * 20):
                    if stop.wait(0.05):
                        return
                    connection.sendall(drop)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
@pytest.mark.parametrize("kind", TRICKLES)
def test_a_trickle_is_cut_off(
    kind: str, tls: bool, connect: Callable[..., Api], tmp_path: Path
) -> None:
    context, options = None, {}
    if tls:
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        options["ca_path"] = str(tmp_path / "ca.pem")
    begun = time.monotonic()
    with trickling(*TRICKLES[kind], context) as port:
        url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        api = connect(api_url=url, api_timeout=0.5, api_retries=0, **options)
        with pytest.raises(NoAnswer, match=r"no complete answer within 0\.5 s") as late:
            api.get("/hosts")
    assert late.value.sent
    assert time.monotonic() - begun < ENDLESS / 2


def test_the_next_request_starts_anew(connect: Callable[..., Api], simulator: Any) -> None:
    api = connect(api_timeout=0.6, api_retries=0)
    for _request in range(3):
        assert api.get("/hosts").status == 200
        time.sleep(0.3)
