# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import trustme

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api, Wait
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    BodyError,
    ForeignBody,
    NoAnswer,
    RequestError,
    SettingsError,
    StatusError,
    TurboStackError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.reading import Answer
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.repetition import (
    Repeat,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    Settings,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.version import VERSION
from simulator import Fault, Fleet, Simulator

Connect = Callable[..., Api]


def test_every_request_bears_the_headers_of_the_reference(api: Api, simulator: Simulator) -> None:
    host = min(simulator.fleet.hosts)
    api.get("/hosts")
    api.post(f"/hosts/{host}", {"json": {}}, Repeat.IDEMPOTENT)
    for request in simulator.requests:
        headers = {name.lower(): value for name, value in request.headers.items()}
        assert headers["authorization"] == f"Bearer {simulator.token}"
        assert headers["accept"] == "application/json"
        assert headers["content-type"] == "application/json"
        assert headers["user-agent"].startswith(f"hosted_power.turbostack/{VERSION} ")


def test_the_version_is_the_collections() -> None:
    galaxy = Path(__file__).parents[5] / "galaxy.yml"
    assert f"version: {VERSION}\n" in galaxy.read_text()


def test_a_netrc_entry_does_not_take_the_tokens_place(
    api: Api, simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    assert api.get("/hosts").status == 200


PASSING = [
    Fault.status(500),
    Fault.bad_gateway(),
    Fault.maintenance(retry_after=0),
    Fault.dropped(),
    Fault.truncated(),
    Fault.broken_gzip(),
]


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
def test_a_get_is_repeated_until_it_succeeds(
    fault: Fault, connect: Connect, simulator: Simulator
) -> None:
    simulator.fail("GET", "/hosts", times=2, with_=fault)
    assert isinstance(connect(api_retries=2).get("/hosts").body, dict)
    assert len(simulator.requests) == 3


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
def test_saving_a_configuration_is_repeated_too(
    fault: Fault, connect: Connect, simulator: Simulator
) -> None:
    host = min(simulator.fleet.hosts)
    simulator.fail("POST", f"/hosts/{host}", times=2, with_=fault)
    connect(api_retries=2).post(f"/hosts/{host}", {"json": {"a": 1}}, Repeat.IDEMPOTENT)
    assert len(simulator.requests) == 3


@pytest.mark.parametrize("fault", PASSING, ids=lambda fault: fault.name)
def test_repetitions_end(fault: Fault, connect: Connect, simulator: Simulator) -> None:
    simulator.fail("GET", "/hosts", times=9, with_=fault)
    with pytest.raises(RequestError):
        connect(api_retries=3).get("/hosts")
    assert len(simulator.requests) == 4


@pytest.mark.parametrize(
    "fault",
    [*PASSING, Fault.lost_answer(), Fault.gateway_timeout(), Fault.status(500, after=True)],
    ids=lambda fault: fault.name,
)
def test_what_may_have_had_an_effect_is_sent_once(
    fault: Fault, api: Api, simulator: Simulator
) -> None:
    host = min(simulator.fleet.hosts)
    simulator.fail("POST", "/deploy", times=9, with_=fault)
    with pytest.raises(RequestError):
        api.post(f"/hosts/{host}/deploy", {"type": "deploy"}, Repeat.ONLY_WITHOUT_EFFECT)
    assert len(simulator.requests) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault.too_many_requests(0),
        Fault.too_many_requests(1, as_date=True),
        Fault.too_many_requests(None),
    ],
    ids=["at once", "date", "no time"],
)
def test_a_rate_limit_is_no_failure(fault: Fault, connect: Connect, simulator: Simulator) -> None:
    simulator.fail("GET", "/hosts", times=2, with_=fault)
    assert isinstance(connect(api_retries=0).get("/hosts").body, dict)
    assert len(simulator.requests) == 3


def test_pauses_are_told_and_bounded(connect: Connect, simulator: Simulator) -> None:
    told: list[Wait] = []
    slept: list[float] = []
    api = Api(connect(api_retry_max_delay=7).settings, on_wait=told.append, sleep=slept.append)
    simulator.fail("GET", "/hosts", with_=Fault.maintenance(3600))
    api.get("/hosts")
    assert slept == [7]
    assert [(wait.seconds, wait.failure.status) for wait in told] == [(7, 503)]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault.unauthenticated(), ["401", "Unauthenticated.", "the option api_token", "new one"]),
        (Fault.forbidden(), ["403", "owner"]),
        (Fault.status(404, "No such thing"), ["404", "No such thing", "api_url"]),
        (Fault.status(422, "Bad"), ["422", "Bad"]),
        (Fault.redirect(), ["302", "https://elsewhere.example", "Check api_url"]),
        (Fault.status(500, "Boom"), ["500", "Boom", "server's side"]),
        (Fault.bad_gateway(), ["502", "502 Bad Gateway"]),
        (Fault.maintenance(), ["503", "maintenance"]),
        (Fault.too_many_requests(), ["429", "rate limit", "api_rate_limit_timeout"]),
        (Fault.page_expired(), ["419", "api_url"]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_refusal_names_what_where_why_and_what_to_do(
    fault: Fault, said: list[str], connect: Connect, simulator: Simulator
) -> None:
    simulator.fail("GET", "/hosts", with_=fault)
    with pytest.raises(StatusError) as refused:
        connect(api_retries=0, api_rate_limit_timeout=0).get("/hosts", {"page": 2})
    for part in ("GET /api/v1/hosts?page=2", *said):
        assert part in str(refused.value)
    assert refused.value.details()["status"] == int(said[0])
    assert simulator.token not in str(refused.value)


def test_a_422_tells_every_field(api: Api, simulator: Simulator) -> None:
    host = min(simulator.fleet.hosts)
    with pytest.raises(StatusError) as refused:
        api.post(f"/hosts/{host}/deploy", {"type": "sideways"}, Repeat.ONLY_WITHOUT_EFFECT)
    assert "type" in str(refused.value.server_message)


def test_a_token_that_the_server_echoes_is_taken_out(
    connect: Connect, simulator: Simulator
) -> None:
    simulator.fail("GET", "/hosts", with_=Fault.echo_token())
    with pytest.raises(StatusError) as refused:
        connect(api_retries=0).get("/hosts")
    assert simulator.token not in str(refused.value)
    assert simulator.token not in repr(refused.value.details())
    assert "********" in str(refused.value)


def test_a_page_for_people_is_not_taken_for_an_answer(api: Api, simulator: Simulator) -> None:
    simulator.fail("GET", "/hosts", with_=Fault.html())
    with pytest.raises(ForeignBody, match="HTML page") as refused:
        api.get("/hosts")
    assert "api_url" in str(refused.value)


@pytest.mark.parametrize(
    "fault", [Fault.invalid_json(), Fault.wrong_charset()], ids=lambda fault: fault.name
)
def test_what_is_not_json_is_refused(fault: Fault, api: Api, simulator: Simulator) -> None:
    simulator.fail("GET", "/clients", with_=fault)
    with pytest.raises(BodyError, match="not JSON"):
        api.get("/clients")


@pytest.mark.parametrize(
    ("fault", "body"),
    [(Fault.empty_body(), None), (Fault.wrong_type(42), 42), (Fault.gzip(), dict)],
    ids=["empty", "number", "gzip"],
)
def test_an_answer_is_handed_on_as_it_is(
    fault: Fault, body: Any, api: Api, simulator: Simulator
) -> None:
    simulator.fail("GET", "/hosts", with_=fault)
    answer = api.get("/hosts")
    assert isinstance(answer, Answer)
    assert isinstance(answer.body, body) if isinstance(body, type) else answer.body == body


def test_a_request_ends_with_its_time(connect: Connect, simulator: Simulator) -> None:
    simulator.fail("GET", "/hosts", with_=[Fault.slow(2), Fault.drip(4)])
    for _kind in ("no answer at all", "an answer in drops"):
        with pytest.raises(NoAnswer, match=r"within 0\.3 s"):
            connect(api_timeout=0.3, api_retries=0).get("/hosts")


def test_nobody_listening_says_where(connect: Connect) -> None:
    with pytest.raises(NoAnswer, match=r"no connection to 127\.0\.0\.1:1") as refused:
        connect(api_url="http://127.0.0.1:1", api_retries=1).get("/hosts")
    assert not refused.value.sent


def test_a_proxy_is_not_asked_about_this_machine(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:1")
    assert connect().get("/hosts").status == 200


def test_a_proxys_password_is_not_in_the_error(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://me:pr0xypass@127.0.0.1:1")
    with pytest.raises(NoAnswer, match="proxy") as refused:
        connect(api_url="https://platform.invalid", api_retries=0).get("/hosts")
    assert not refused.value.sent
    assert "pr0xypass" not in str(refused.value)


class _Proxy(BaseHTTPRequestHandler):
    """Counts the CONNECTs and refuses them."""

    seen: list[str] = []  # noqa: RUF012 (one server, one list)

    def do_CONNECT(self) -> None:
        self.seen.append(self.path)
        self.send_error(407)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.mark.parametrize("proxy", ["http://", "htp://127.0.0.1:1", "http://[::1", "http://:3128"])
def test_a_proxy_that_is_none_is_not_passed_by(
    proxy: str, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    with pytest.raises(SettingsError, match="HTTPS_PROXY"):
        connect(api_url="https://platform.invalid", api_retries=0).get("/hosts")


class _Cookies(BaseHTTPRequestHandler):
    seen: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        self.seen.append(self.headers.get("Cookie"))
        self.send_response(200)
        self.send_header("Set-Cookie", "session=somebody-else; Path=/")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *_arguments: Any) -> None:
        pass


def test_no_cookie_is_kept(connect: Connect) -> None:
    with HTTPServer(("127.0.0.1", 0), _Cookies) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        api = connect(api_url=f"http://127.0.0.1:{server.server_port}")
        assert [api.get("/hosts").body for _request in range(2)] == [[], []]
        server.shutdown()
    assert _Cookies.seen == [None, None]


def test_the_usual_proxy_variables_are_honoured(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    with HTTPServer(("127.0.0.1", 0), _Proxy) as proxy:
        threading.Thread(target=proxy.handle_request, daemon=True).start()
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.server_port}")
        with pytest.raises(NoAnswer, match="407") as refused:
            connect(api_url="https://platform.invalid", api_retries=0).get("/hosts")
    assert _Proxy.seen == ["platform.invalid:443"]
    assert not refused.value.sent


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[Simulator, Path]]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    bundle = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with Simulator(fleet=Fleet.generate(hosts=2, seed=1), ssl_context=context) as simulator:
        yield simulator, bundle


# urllib3 1.26 leaves the socket of a refused handshake to Python.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_certificates(secure: tuple[Simulator, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    simulator, bundle = secure
    options = {"api_url": simulator.url, "api_token": simulator.token}

    def get(**more: Any) -> int:
        return Api(Settings.resolve({**options, **more}, {})).get("/hosts").status

    with pytest.raises(NoAnswer, match="certificate") as refused:
        get()
    assert not refused.value.sent
    assert "ca_path" in str(refused.value)
    assert get(ca_path=str(bundle)) == 200
    assert get(validate_certs=False) == 200
    # A bundle in requests' own variable must not switch the check on again.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    assert get(validate_certs=False) == 200


@pytest.mark.parametrize("missing", ["requests", "urllib3"])
def test_what_requests_lacks_is_known_before_a_request(missing: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from ansible_collections.hosted_power.turbostack.plugins.module_utils.client import api, session\n"
        "print(session.requests_import_error)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert missing in ended.stdout


def test_every_failure_is_one_of_ours(connect: Connect, simulator: Simulator) -> None:
    everything = [getattr(Fault, name) for name in vars(Fault) if not name.startswith("_")]
    checked = 0
    for make in everything:
        try:
            fault = make()
        except (TypeError, AttributeError):
            continue
        if not isinstance(fault, Fault):
            continue
        simulator.fail("GET", "/hosts", with_=fault)
        # Anything but an answer or an error of ours would fail the test.
        with suppress(TurboStackError):
            connect(api_retries=0, api_timeout=0.5, api_rate_limit_timeout=0).get("/hosts")
        checked += 1
    assert checked > 15
