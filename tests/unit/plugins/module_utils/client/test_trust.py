# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    NoAnswer,
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from simulator import Fleet, Simulator

NAME = "platform.invalid"


class Secure:
    """A simulated platform behind HTTPS, with a certificate for this machine and for `NAME`."""

    def __init__(self, simulator: Simulator, authority: trustme.CA, bundle: Path) -> None:
        self.simulator = simulator
        self.authority = authority
        self.bundle = bundle

    def get(self, environ: dict[str, str] | None = None, **options: Any) -> int:
        given = {"api_url": self.simulator.url, "api_token": self.simulator.token, "api_retries": 0}
        settings = Settings.resolve({**given, **options}, environ or {})
        return Api(settings).get("/hosts").status


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Secure]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", NAME).configure_cert(context)
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with Simulator(fleet=Fleet.generate(hosts=2, seed=1), ssl_context=context) as simulator:
        yield Secure(simulator, authority, bundle)


def test_a_bundle_is_read_once_for_all_connections(secure: Secure) -> None:
    assert secure.get(ca_path=str(secure.bundle)) == 200
    secure.bundle.write_text("")
    assert secure.get(ca_path=str(secure.bundle)) == 200


def test_one_bundle_is_not_taken_for_another(secure: Secure, tmp_path: Path) -> None:
    assert secure.get(ca_path=str(secure.bundle)) == 200
    another = tmp_path / "another.pem"
    trustme.CA().cert_pem.write_to_path(str(another))
    for options in ({"ca_path": str(another)}, {}):
        with pytest.raises(NoAnswer, match="certificate"):
            secure.get(**options)


@pytest.mark.skipif(
    not shutil.which("openssl"), reason="nothing here names certificates as OpenSSL wants it"
)
def test_a_folder_of_certificates(secure: Secure, tmp_path: Path) -> None:
    folder = tmp_path / "authorities"
    folder.mkdir()
    with pytest.raises(NoAnswer, match="certificate"):
        secure.get(ca_path=str(folder))
    shutil.copy(secure.bundle, folder / "ca.pem")
    subprocess.run(["openssl", "rehash", str(folder)], check=True)
    assert secure.get(ca_path=str(folder)) == 200


def test_a_name_is_checked_too(tmp_path: Path) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("elsewhere.invalid").configure_cert(context)
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with (
        Simulator(fleet=Fleet.generate(hosts=2, seed=1), ssl_context=context) as simulator,
        pytest.raises(
            NoAnswer, match=r"elsewhere\.invalid|not valid for '127\.0\.0\.1'"
        ) as refused,
    ):
        Secure(simulator, authority, bundle).get(ca_path=str(bundle))
    assert not refused.value.sent


@pytest.mark.parametrize("variable", ["TURBOSTACK_CA_PATH", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_environment_may_name_the_bundle(secure: Secure, variable: str) -> None:
    assert secure.get({variable: str(secure.bundle)}) == 200
    assert secure.get({variable: "/nowhere.pem"}, ca_path=str(secure.bundle)) == 200
    with pytest.raises(SettingsError, match=f"variable {variable} names /nowhere.pem"):
        secure.get({variable: "/nowhere.pem"})


@pytest.mark.parametrize("content", ["", "no certificate"])
def test_what_is_no_bundle_is_refused_by_its_path(
    secure: Secure, tmp_path: Path, content: str
) -> None:
    bundle = tmp_path / "empty.pem"
    bundle.write_text(content)
    with pytest.raises(SettingsError, match=f"bundle {bundle} cannot be used"):
        secure.get(ca_path=str(bundle))


class _Tunnel(BaseHTTPRequestHandler):
    """A proxy through which every name leads to one port of this machine."""

    port = 0

    def do_CONNECT(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as there:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_relay, args=(there, self.connection))
            back.start()
            _relay(self.connection, there)
            back.join()

    def log_message(self, *_arguments: Any) -> None:
        pass


def _relay(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):  # whoever refuses a certificate hangs up
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


def test_certificates_are_checked_through_a_proxy(
    secure: Secure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(secure.simulator.url.rsplit(":", 1)[1])
    handler = type("Tunnel", (_Tunnel,), {"port": port})
    another = tmp_path / "another.pem"
    trustme.CA().cert_pem.write_to_path(str(another))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.server_port}")
        url = f"https://{NAME}"
        assert secure.get(api_url=url, ca_path=str(secure.bundle)) == 200
        assert secure.get(api_url=url, validate_certs=False) == 200
        with pytest.raises(NoAnswer, match="certificate"):
            secure.get(api_url=url, ca_path=str(another))
        proxy.shutdown()
