# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections: kept where that is safe, never shared by two processes; and what is made ready before a fork."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client import session, trust
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.repetition import (
    Repeat,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.transport import (
    Request,
    Response,
)

Connect = Callable[..., Api]


class _Counting(BaseHTTPRequestHandler):
    """Answers with the connection's number, and keeps it open."""

    protocol_version = "HTTP/1.1"
    connections: int

    def setup(self) -> None:
        super().setup()
        type(self).connections += 1
        self.number = type(self).connections

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = str(self.number).encode("ascii")
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_arguments: Any) -> None:
        pass


@pytest.fixture
def counting(connect: Connect) -> Iterator[Connect]:
    """Makes clients of a server that says on which of its connections it was asked."""
    handler = type("Counting", (_Counting,), {"connections": 0})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield lambda **options: connect(
            api_url=f"http://127.0.0.1:{server.server_port}", api_retries=0, **options
        )
        server.shutdown()
        thread.join()


def test_tasks_of_one_process_share_a_connection_whatever_their_tokens(counting: Connect) -> None:
    asked = [counting(api_token=token).get("/hosts").body for token in ("one", "another", "one")]
    assert asked == [1, 1, 1]


def test_what_must_not_be_sent_twice_gets_a_connection_of_its_own(counting: Connect) -> None:
    api = counting()
    assert api.get("/hosts").body == 1
    assert api.post("/hosts/1/deploy", {}, Repeat.ONLY_WITHOUT_EFFECT).body == 2
    assert api.post("/hosts/1", {}, Repeat.IDEMPOTENT).body == 2


def test_threads_do_not_share_connections(counting: Connect) -> None:
    api = counting()
    asked = [api.get("/hosts").body]
    thread = threading.Thread(target=lambda: asked.append(api.get("/hosts").body))
    thread.start()
    thread.join()
    assert asked == [1, 2]


def test_a_child_does_not_speak_through_its_parents_connection(counting: Connect) -> None:
    api = counting()
    assert api.get("/hosts").body == 1
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if api.get("/hosts").body == 2 else 2
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert api.get("/hosts").body == 1


class _Echo:
    """A way to nowhere: every answer is what was asked."""

    def __init__(self) -> None:
        self.seen: list[Request] = []

    def send(self, request: Request) -> Response:
        self.seen.append(request)
        return Response(200, "OK", {}, b"[1]")


def test_another_transport_can_stand_in(connect: Connect) -> None:
    transport = _Echo()
    api = Api(connect().settings, transport=transport)
    assert api.get("/hosts", {"page": 2}).body == [1]
    api.without_repetition().post("/hosts/1/deploy", {}, Repeat.ONLY_WITHOUT_EFFECT)
    shown = [(one.method, one.path, one.body, one.fresh) for one in transport.seen]
    assert shown == [
        ("GET", "/api/v1/hosts?page=2", None, False),
        ("POST", "/api/v1/hosts/1/deploy", b"{}", True),
    ]
    assert api.settings.token not in repr(transport.seen)


def test_a_socks_proxy_without_its_library_is_said_so(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "socks5h://me:pr0xypass@127.0.0.1:1")
    with pytest.raises(SettingsError, match="PySocks") as refused:
        connect(api_url="https://platform.invalid").get("/hosts")
    assert "pr0xypass" not in str(refused.value)


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    monkeypatch.setenv("TURBOSTACK_CA_PATH", str(path))
    monkeypatch.setenv("TURBOSTACK_API_URL", "https://platform.invalid")
    return path


def test_the_authorities_of_the_environment_are_read_before_a_fork(bundle: Path) -> None:
    session.prepare()
    bundle.unlink()
    assert trust.context_for(str(bundle)).get_ca_certs()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TURBOSTACK_API_URL", "http://platform.invalid"),
        ("TURBOSTACK_CA_PATH", "/nowhere.pem"),
        ("TURBOSTACK_CA_PATH", os.devnull),
        ("TURBOSTACK_VALIDATE_CERTS", "perhaps"),
    ],
)
def test_an_odd_environment_does_not_keep_a_task_from_being_loaded(
    variable: str, value: str, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    session.prepare()
