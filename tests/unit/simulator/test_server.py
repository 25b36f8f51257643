# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server: the log, the hooks, reset, many clients at once, HTTPS."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from simulator import CANARY, Fault, Fleet, Simulator


def test_requests_are_logged(api, simulator, host_id):
    api.get("/hosts", size=5, page=2)
    api.post(f"/hosts/{host_id}", {"json": []})
    first, second = simulator.requests
    assert (first.method, first.path, first.query) == (
        "GET",
        "/api/v1/hosts",
        {"size": "5", "page": "2"},
    )
    assert first.headers["authorization"] == f"Bearer {simulator.token}"
    assert first.token == simulator.token
    assert (first.status, first.body, first.json) == (200, b"", None)
    assert (second.json, second.target) == ({"json": []}, f"/api/v1/hosts/{host_id}")
    assert time.time() - 5 < first.time <= second.time
    assert 0 < second.seconds < 5
    assert simulator.requests.matching("POST", "/hosts/") == [second]


def test_hooks_change_the_fleet_at_the_right_moment(api, simulator, host_id):
    def somebody_else_saves(request):
        if request.method == "POST":
            simulator.fleet.hosts[host_id].document = {"by": "somebody else"}
            seen.append(simulator.fleet.hosts[host_id].json)

    seen = []
    simulator.on_request = somebody_else_saves
    simulator.on_answer = lambda request: seen.append(request.status)
    api.post(f"/hosts/{host_id}", {"json": {"by": "us"}})
    assert seen == ['{"by":"somebody else"}', 200]
    assert simulator.fleet.hosts[host_id].document == {"by": "us"}


def test_hook_removes_a_host_between_pages(api, simulator):
    def remove(request):
        if request.query.get("page") == "2":
            simulator.fleet.remove_host(min(simulator.fleet.hosts))

    simulator.on_request = remove
    ids = [row["id"] for page in (1, 2, 3) for row in api.get("/hosts", page=page).json()["data"]]
    assert len(ids) == 39


def test_reset_restores_everything(api, simulator, host_id):
    fleet = simulator.fleet
    before = {number: host.columns() for number, host in fleet.hosts.items()}
    tokens, text = dict(fleet.tokens), fleet.hosts[host_id].json
    for _time in range(2):  # a second reset must not return to what the first one found
        api.post(f"/hosts/{host_id}", {"json": {"a": 1}})
        api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
        fleet.remove_host(max(fleet.hosts))
        fleet.new_host("new.example")
        fleet.add_token("new")
        simulator.switches.update(replica_lag_reads=5, rate_limit=1)
        simulator.fail(with_=Fault.status(500), rate=1)
        simulator.on_request = lambda request: None
        simulator.reset()
        assert {number: host.columns() for number, host in fleet.hosts.items()} == before
        assert fleet.tokens == tokens
        assert (len(simulator.deployments), len(simulator.requests)) == (0, 0)
        assert simulator.on_request is None
        assert api.get(f"/hosts/{host_id}").json()["json"] == text
        assert api.get(f"/hosts/{host_id}/deploy").status_code == 404


def test_many_clients_at_once(simulator):
    # However long the requests take, the first deployment of a host is not over when the second is asked for.
    simulator.switches.update(deploy_outcome="stuck")
    headers = {"Authorization": f"Bearer {simulator.token}", "Accept": "application/json"}
    hosts = list(simulator.fleet.hosts)

    def deploy(number):
        url = f"{simulator.url}/api/v1/hosts/{number}/deploy"
        return requests.post(url, json={"type": "deploy"}, headers=headers, timeout=10).status_code

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(deploy, hosts * 2))
    assert (statuses.count(200), statuses.count(409)) == (40, 40)
    assert set(simulator.deployments.started.values()) == {1}


def test_small_simulators_start_and_stop_quickly():
    threads = threading.active_count()
    began = time.perf_counter()
    for _time in range(5):
        with Simulator(Fleet.generate(5)) as simulator:
            assert requests.get(simulator.url, timeout=10).status_code == 200
    assert time.perf_counter() - began < 1
    assert threading.active_count() == threads


def test_answers_under_way_do_not_hold_up_the_end():
    with Simulator(Fleet()) as simulator, ThreadPoolExecutor(1) as pool:
        simulator.fail(with_=Fault.slow(30))
        waiting = pool.submit(requests.get, simulator.url, timeout=10)
        while not simulator.requests:
            time.sleep(0.01)
        began = time.perf_counter()
        simulator.close()
        assert time.perf_counter() - began < 2
        with pytest.raises(requests.ConnectionError):
            waiting.result(timeout=5)


def test_port_in_use(simulator):
    port = int(simulator.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        Simulator(Fleet(), port=port).start()


def test_large_lists_are_served_from_encoded_rows():
    with Simulator(Fleet.generate(2000)) as simulator:
        simulator.switches.size_cap = 0
        headers = {"Authorization": f"Bearer {simulator.token}", "Accept": "application/json"}
        url = f"{simulator.url}/api/v1/hosts"

        def everything():
            return requests.get(url, params={"size": 2000}, headers=headers, timeout=10).content

        everything()
        forms = [host.encoded for host in simulator.fleet.hosts.values()]
        assert all(forms)
        kept = [next(iter(form.values())) for form in forms]
        host = simulator.fleet.hosts[min(simulator.fleet.hosts)]
        host.document = {"written": "elsewhere"}
        assert rb"{\"written\":\"elsewhere\"}" in everything()
        again = [next(iter(h.encoded.values())) for h in simulator.fleet.hosts.values()]
        assert [one is two for one, two in zip(kept, again, strict=True)] == [False] + [True] * 1999


def test_control_endpoint(api, simulator, host_id):
    api.get("/hosts", note=simulator.token)
    assert api.control("PATCH", "switches", json={"size_cap": 5, "gzip": True}).status_code == 200
    assert simulator.switches.size_cap == 5
    assert api.control("GET", "switches").json()["size_cap"] == 5
    wrong = api.control("PATCH", "switches", json={"size_cap": 6, "nonsense": 1})
    assert (wrong.status_code, simulator.switches.size_cap) == (422, 5)
    fault = {"fault": "status", "options": {"status": 503}, "path": "/clients", "times": 1}
    assert api.control("POST", "faults", json=fault).status_code == 201
    assert api.get("/clients").status_code == 503
    assert api.control("GET", "faults").json()[0]["hits"] == 1
    for bad in ({"fault": "nonsense"}, {**fault, "options": {"x": 1}}, {**fault, "y": 2}, []):
        assert api.control("POST", "faults", json=bad).status_code == 422
    assert api.control("DELETE", "faults").status_code == 204
    assert simulator.faults.rules == []
    api.post(f"/hosts/{host_id}/deploy", {"type": "fullResetDeploy"})
    counts = {"started": {str(host_id): 1}, "full_resets": {str(host_id): 1}}
    assert api.control("GET", "deployments").json() == counts
    assert api.control("GET", "nonsense").status_code == 404
    assert api.control("POST", "reset").status_code == 204
    assert simulator.switches.size_cap == 100


def test_control_endpoint_masks_tokens(api, simulator):
    api.get("/hosts", note=simulator.token)
    answer = api.control("GET", "requests")
    (logged,) = answer.json()
    assert (logged["path"], logged["status"]) == ("/api/v1/hosts", 200)
    assert logged["headers"]["Authorization"] == "Bearer ***"
    assert not CANARY.search(answer.text)
    assert api.control("DELETE", "requests").status_code == 204
    assert simulator.requests == []


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_https(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with Simulator(Fleet(), ssl_context=context) as simulator:
        assert simulator.url.startswith("https://")
        assert requests.get(simulator.url, verify=str(certificate), timeout=10).status_code == 200
        with pytest.raises(requests.exceptions.SSLError):
            requests.get(simulator.url, timeout=10)
