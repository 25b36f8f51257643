# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal: each request is a line, in the file and over the control endpoint, and none shows a secret."""

from __future__ import annotations

import json
import random
import stat
from dataclasses import replace

import requests

from simulator import CANARY, Fault, Fleet, Simulator
from simulator.journal import Journal
from simulator.markers import private_key

TOKEN = "a-token-of-my-own"
REAL_KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n-----END RSA PRIVATE KEY-----\n"


def fleet() -> Fleet:
    made = Fleet.generate(5, 3)
    made.tokens["admin"] = replace(made.tokens["admin"], value=TOKEN)
    return made


def ask(simulator: Simulator, method: str, path: str, **options: object) -> requests.Response:
    headers = {
        "Authorization": f"Bearer {TOKEN}",
        "Accept": "application/json",
        "X-Trace": f"for {TOKEN}",
    }
    url = f"{simulator.url}{path}"
    return requests.request(method, url, headers=headers, timeout=10, **options)


def test_each_request_is_a_line(tmp_path):
    file = tmp_path / "requests.jsonl"
    with Journal(file) as journal, Simulator(fleet(), journal=journal) as simulator:
        host = min(simulator.fleet.hosts)
        simulator.fail(path="/groups", with_=Fault.bad_gateway())
        ask(simulator, "GET", "/api/v1/hosts", params={"size": 2, "note": TOKEN})
        ask(simulator, "GET", "/api/v1/groups")
        config = {"key": REAL_KEY, "planted": private_key(random.Random(1), 4), "token": TOKEN}
        ask(simulator, "POST", f"/api/v1/hosts/{host}", json={"json": config})
        # Each line is there when its answer is; what controls the simulator is no request.
        text = file.read_text(encoding="utf-8")
        over_http = ask(simulator, "GET", "/_simulator/requests")
    lines = [json.loads(line) for line in text.splitlines()]
    shown = [
        (line["number"], line["method"], line["path"], line["status"], line["fault"])
        for line in lines
    ]
    assert shown == [
        (1, "GET", "/api/v1/hosts", 200, None),
        (2, "GET", "/api/v1/groups", 502, "bad_gateway"),
        (3, "POST", f"/api/v1/hosts/{host}", 200, None),
    ]
    assert lines[0]["query"] == {"size": "2", "note": "***"}
    assert lines[0]["headers"]["X-Trace"] == "for ***"
    assert lines == over_http.json()
    for told in (text, over_http.text):
        assert TOKEN not in told
        assert "MIIEp" not in told
        assert not CANARY.search(told)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_journal_goes_on(tmp_path):
    file = tmp_path / "requests.jsonl"
    for _day in range(2):
        with Journal(file) as journal, Simulator(fleet(), journal=journal) as simulator:
            ask(simulator, "GET", "/api/v1/clients")
    assert len(file.read_text().splitlines()) == 2


def test_a_part_of_it_over_the_control_endpoint(api, simulator):
    for size in range(1, 6):
        api.get("/clients", size=size)

    def sizes(**query: object) -> list[str]:
        answer = api.control("GET", "requests", params=query)
        return [request["query"]["size"] for request in answer.json()]

    assert sizes() == ["1", "2", "3", "4", "5"]
    assert sizes(after=3) == ["4", "5"]
    assert sizes(last=2) == ["4", "5"]
    assert sizes(after=1, last=1) == ["5"]
    assert sizes(after=9) == []
    assert api.control("GET", "requests", params={"after": "x"}).status_code == 422
    api.control("DELETE", "requests")
    api.get("/clients", size=7)
    assert sizes(last=5) == ["7"]
    assert simulator.requests[0].number == 1
