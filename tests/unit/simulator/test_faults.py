# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each fault has its effect; the last test makes sure none is forgotten."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from simulator import FAULTS, Fault

SHOWN: set[str] = set()


def shows(*names: str) -> Callable[[Any], Any]:
    SHOWN.update(names)
    return lambda function: function


def is_cut_short(answer: requests.Response) -> bool:
    """With urllib3 1.26, requests does not notice that a body is shorter than announced."""
    return len(answer.content) < int(answer.headers["Content-Length"])


@shows("status", "bad_gateway", "maintenance", "page_expired", "unauthenticated", "forbidden")
@pytest.mark.parametrize(
    ("fault", "status", "text"),
    [
        (Fault.status(500), 500, '"Server Error"'),
        (Fault.status(418, "Teapot"), 418, '"Teapot"'),
        (Fault.bad_gateway(), 502, "<h1>502 Bad Gateway</h1>"),
        (Fault.maintenance(), 503, '"Service Unavailable"'),
        (Fault.page_expired(), 419, '"CSRF token mismatch."'),
        (Fault.unauthenticated(), 401, '"Unauthenticated."'),
        (Fault.forbidden(), 403, '"This action is unauthorized."'),
    ],
)
def test_statuses(api, simulator, host_id, fault, status, text):
    before = simulator.fleet.hosts[host_id].json
    simulator.fail(with_=fault)
    answer = api.post(f"/hosts/{host_id}", {"json": {"a": 1}})
    assert (answer.status_code, text in answer.text) == (status, True)
    assert simulator.fleet.hosts[host_id].json == before
    assert api.get(f"/hosts/{host_id}").status_code == 200


@shows("status", "gateway_timeout", "lost_answer", "empty_body")
@pytest.mark.parametrize(
    "fault",
    [
        Fault.status(500, after=True),
        Fault.bad_gateway().after_effect(),
        Fault.gateway_timeout(),
        Fault.lost_answer(),
        Fault.truncated(),
        Fault.empty_body(),
    ],
)
def test_request_takes_effect_all_the_same(api, simulator, host_id, fault):
    simulator.fail(method="POST", path="/deploy$", with_=fault)
    try:
        answer = api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
    except requests.RequestException:
        assert fault.name in ("lost_answer", "truncated")
    else:
        assert answer.status_code >= 500 or answer.content == b"" or is_cut_short(answer)
    assert simulator.deployments[host_id] == 1


@shows("dropped", "lost_answer")
@pytest.mark.parametrize(("fault", "count"), [(Fault.dropped(), 0), (Fault.lost_answer(), 1)])
def test_connection_is_dropped(api, simulator, host_id, fault, count):
    simulator.fail(with_=fault)
    with pytest.raises(requests.ConnectionError):
        api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
    assert simulator.deployments[host_id] == count
    assert (simulator.requests[-1].status, simulator.requests[-1].fault) == (None, fault.name)


@shows("truncated")
def test_body_is_truncated(api, simulator):
    whole = api.get("/hosts").content
    simulator.fail(with_=Fault.truncated())
    try:
        answer = api.get("/hosts")
    except requests.exceptions.ChunkedEncodingError:
        return
    assert is_cut_short(answer)
    assert answer.content == whole[: len(whole) // 2]


@shows("too_many_requests", "maintenance")
@pytest.mark.parametrize("make", [Fault.too_many_requests, Fault.maintenance])
def test_retry_after(api, simulator, make):
    simulator.fail(with_=[make(7), make(90, as_date=True), make(None)])
    seconds, date, nothing = (api.get("/hosts") for _time in range(3))
    assert seconds.headers["Retry-After"] == "7"
    moment = parsedate_to_datetime(date.headers["Retry-After"]).timestamp()
    assert 85 < moment - time.time() <= 90
    assert "Retry-After" not in nothing.headers
    if make is Fault.too_many_requests:
        assert {answer.status_code for answer in (seconds, date, nothing)} == {429}
        assert seconds.headers["X-RateLimit-Remaining"] == "0"


@shows("redirect")
def test_redirect(api, simulator):
    simulator.fail(with_=Fault.redirect("http://elsewhere.example/x", 307))
    answer = api.get("/hosts")
    assert answer.status_code == 307
    assert answer.headers["Location"] == "http://elsewhere.example/x"


@shows("html", "html_type")
def test_html(api, simulator):
    good = api.get("/clients")
    simulator.fail(with_=[Fault.html(), Fault.html_type()])
    page, labelled = api.get("/clients"), api.get("/clients")
    assert page.text.startswith("<!DOCTYPE html>")
    assert page.headers["Content-Type"] == labelled.headers["Content-Type"]
    assert labelled.json() == good.json()


@shows("invalid_json", "wrong_type", "empty_body")
def test_bodies_nobody_expects(api, simulator):
    simulator.fail(with_=[Fault.invalid_json(), Fault.wrong_type("ok"), Fault.empty_body()])
    broken, other, empty = (api.get("/hosts") for _time in range(3))
    with pytest.raises(requests.JSONDecodeError):
        broken.json()
    assert broken.text.startswith("<br />")
    assert other.json() == "ok"
    assert empty.content == b""
    assert {answer.status_code for answer in (broken, other, empty)} == {200}


@shows("slow", "drip")
@pytest.mark.parametrize("fault", [Fault.slow(0.2), Fault.drip(0.2), Fault.html().delayed(0.2)])
def test_slow_answers(api, simulator, fault):
    simulator.fail(with_=fault)
    began = time.monotonic()
    assert api.get("/hosts").status_code == 200
    assert time.monotonic() - began >= 0.2


@shows("drip")
def test_dripping_body_beats_a_timeout_per_read(api, simulator):
    simulator.fail(with_=[Fault.drip(0.6), Fault.slow(0.6)])
    assert api.ask("GET", "/hosts", timeout=0.3).json()["total"] == 40
    with pytest.raises(requests.Timeout):
        api.ask("GET", "/hosts", timeout=0.3)


@shows("gzip", "broken_gzip")
def test_gzip(api, simulator):
    simulator.fail(with_=[Fault.gzip(), Fault.broken_gzip()])
    answer = api.ask("GET", "/hosts", headers={"Accept-Encoding": "identity"}, stream=True)
    assert gzip.decompress(answer.raw.read(decode_content=False)).startswith(b'{"data"')
    with pytest.raises(requests.exceptions.ContentDecodingError):
        api.get("/hosts")


@shows("wrong_charset", "byte_order_mark")
def test_encodings(api, simulator):
    client = next(iter(simulator.fleet.clients.values()))
    client.lastname = "Café"
    simulator.fail(with_=[Fault.wrong_charset(), Fault.byte_order_mark()])
    latin, marked = api.get(f"/clients/{client.id}"), api.get(f"/clients/{client.id}")
    assert b"Caf\xe9" in latin.content
    assert latin.headers["Content-Type"] == "application/json; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        latin.content.decode("utf-8")
    assert marked.content.startswith(b'\xef\xbb\xbf{"id"')


@shows("echo_token")
def test_token_is_echoed(api, simulator):
    simulator.fail(with_=Fault.echo_token())
    answer = api.get("/hosts", token=simulator.tokens["shop"])
    assert answer.status_code == 500
    assert simulator.tokens["shop"] in answer.json()["message"]


def test_faults_queue_up(api, simulator):
    rules = simulator.fail(path="/clients", times=2, with_=[Fault.status(500), 503])
    assert [api.get("/clients").status_code for _time in range(5)] == [500, 500, 503, 503, 200]
    assert [rule.hits for rule in rules] == [2, 2]


def test_faults_choose_their_requests(api, simulator, host_id):
    simulator.fail(method="post", path=r"/hosts/\d+/deploy$", times=None, rate=1, with_=502)
    simulator.fail(path="page=2", with_=503)
    assert api.get(f"/hosts/{host_id}/deploy").status_code == 404
    for _time in range(3):
        assert api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"}).status_code == 502
    assert api.get("/hosts", page=1).status_code == 200
    assert api.get("/hosts", page=2).status_code == 503


def test_faults_let_requests_pass_first(api, simulator):
    simulator.fail(with_=500, skip=2)
    assert [api.get("/clients").status_code for _time in range(4)] == [200, 200, 500, 200]


def test_faults_at_a_rate_are_reproducible(api, simulator):
    def run() -> list[int]:
        simulator.fail(with_=500, rate=0.5)
        statuses = [api.get("/clients").status_code for _time in range(40)]
        simulator.reset()
        return statuses

    first = run()
    assert 10 < first.count(500) < 30
    assert run() == first


@pytest.mark.parametrize(
    "options", [{"times": 0}, {"rate": 0}, {"rate": 1.5}, {"skip": -1}, {"path": "("}]
)
def test_wrong_rules_are_refused(simulator, options):
    with pytest.raises(ValueError, match=next(iter(options))):
        simulator.fail(**options)


def test_every_fault_is_shown():
    assert set(FAULTS) == SHOWN
