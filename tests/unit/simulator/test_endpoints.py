# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documented endpoints, their errors and the tokens' rights."""

from __future__ import annotations

import json

import pytest
import requests


def test_lists_are_paged(api, simulator):
    first = api.get("/hosts").json()
    assert (first["per_page"], len(first["data"]), first["total"]) == (15, 15, 40)
    assert first["last_page"] == 3
    last = api.get("/hosts", page=3).json()
    assert len(last["data"]) == 10
    assert api.get("/hosts", page=4).json()["data"] == []
    ids = [
        row["id"] for page in (1, 2) for row in api.get("/hosts", size=25, page=page).json()["data"]
    ]
    assert ids == sorted(simulator.fleet.hosts)


def test_host_row_is_the_documented_object(api, simulator, host_id):
    row = api.get(f"/hosts/{host_id}").json()
    assert list(row) == [
        "id", "client_id", "active", "name", "json", "created_at", "updated_at", "monitoring",
    ]  # fmt: skip
    assert row["json"] == simulator.fleet.hosts[host_id].json
    assert set(row["monitoring"]) == {"load", "disk", "memory"}


def test_client_and_its_lists(api, simulator):
    number = next(iter(simulator.fleet.clients))
    client = api.get(f"/clients/{number}").json()
    assert list(client) == ["id", "firstname", "lastname", "email", "created_at", "updated_at"]
    hosts = api.get(f"/clients/{number}/hosts", size=100).json()["data"]
    expected = [h.id for h in simulator.fleet.hosts.values() if h.client_id == number]
    assert [row["id"] for row in hosts] == expected
    groups = api.get(f"/clients/{number}/groups", size=100).json()["data"]
    assert groups
    assert {row["client_id"] for row in groups} == {number}


def test_saving_a_host(api, simulator, host_id):
    before = simulator.fleet.hosts[host_id].updated_at
    answer = api.post(f"/hosts/{host_id}", {"json": {"webserver": "apache", "n": 8.0, "e": {}}})
    assert answer.status_code == 200
    assert json.loads(answer.json()["json"]) == {"webserver": "apache", "n": 8.0, "e": {}}
    assert api.get(f"/hosts/{host_id}").json() == answer.json()
    assert '"n":8.0,"e":{}' in answer.json()["json"]
    assert simulator.fleet.hosts[host_id].updated_at > before


def test_saving_a_group(api, simulator):
    number = next(iter(simulator.fleet.groups))
    answer = api.post(f"/groups/{number}", {"json": {"ssh_keys": []}})
    assert (answer.status_code, answer.json()) == (200, number)
    assert api.get(f"/groups/{number}").json()["json"] == '{"ssh_keys":[]}'


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "json"),
        ({"json": None}, "json"),
        ({"json": "text"}, "json"),
        ([], "json"),
        ({"json": 7}, "json"),
    ],
)
def test_invalid_input_for_a_host(api, simulator, host_id, body, field):
    before = simulator.fleet.hosts[host_id].json
    answer = api.post(f"/hosts/{host_id}", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][field] == [answer.json()["message"]]
    assert simulator.fleet.hosts[host_id].json == before


@pytest.mark.parametrize("body", [{}, {"type": ""}, {"type": "redeploy"}, {"type": ["deploy"]}])
def test_invalid_input_for_a_deployment(api, simulator, host_id, body):
    answer = api.post(f"/hosts/{host_id}/deploy", body)
    assert answer.status_code == 422
    assert "type" in answer.json()["errors"]
    assert len(simulator.deployments) == 0


@pytest.mark.parametrize("text", [b"{", b'{"json": {"a": NaN}}', b"\xff\xfe", b"[" * 100_000])
def test_body_that_is_no_json(api, host_id, text):
    headers = {"Content-Type": "application/json"}
    answer = api.ask("POST", f"/hosts/{host_id}", data=text, headers=headers)
    assert answer.status_code == 422


def test_body_of_another_type(api, host_id):
    assert api.ask("POST", f"/hosts/{host_id}", data={"json": "{}"}).status_code == 415


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer nonsense", "Basic abc"])
def test_unauthenticated(api, simulator, value):
    answer = api.ask("GET", "/hosts", headers={"Authorization": value})
    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthenticated."})
    expired = api.get("/hosts", token=simulator.tokens["expired"])
    assert expired.status_code == 401


def test_without_accept_laravel_answers_for_people(api):
    page = api.ask("GET", "/hosts", headers={"Accept": "*/*"})
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    login = api.ask("GET", "/hosts", headers={"Accept": "*/*", "Authorization": ""})
    assert login.status_code == 302
    assert login.headers["Location"] == f"{api.simulator.url}/login"
    assert "TurboStack" in requests.get(login.headers["Location"], timeout=10).text


@pytest.mark.parametrize(
    "path", ["/clients/1", "/hosts/999999", "/groups/999999", "/hosts/abc", "/hosts/999999/deploy"]
)
def test_unknown_records(api, path):
    answer = api.get(path)
    assert answer.status_code == 404
    assert answer.json()["message"].startswith("No query results for model [App\\Models\\")


@pytest.mark.parametrize("path", ["/servers", "/hosts/101/reboot", "/hosts/101/deploy/1"])
def test_unknown_routes(api, path):
    answer = api.get(path)
    assert answer.status_code == 404
    assert "could not be found" in answer.json()["message"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/hosts/101", "GET, HEAD, POST"),
        ("DELETE", "/groups/21", "GET, HEAD, POST"),
        ("POST", "/hosts", "GET, HEAD"),
        ("POST", "/clients/11", "GET, HEAD"),
    ],
)
def test_methods_that_do_not_exist(api, method, path, allowed):
    answer = api.ask(method, path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)


def test_a_token_sees_its_clients_only(api, simulator):
    token = simulator.tokens["shop"]
    (mine,) = simulator.fleet.tokens["shop"].clients
    hosts = api.get("/hosts", token=token, size=100).json()["data"]
    assert hosts
    assert {row["client_id"] for row in hosts} == {mine}
    assert [row["id"] for row in api.get("/clients", token=token).json()["data"]] == [mine]
    groups = api.get("/groups", token=token, size=100).json()["data"]
    assert {row["client_id"] for row in groups} == {mine, None}
    theirs = next(h for h in simulator.fleet.hosts.values() if h.client_id != mine)
    before = theirs.json
    for answer in (
        api.get(f"/hosts/{theirs.id}", token=token),
        api.post(f"/hosts/{theirs.id}", {"json": {}}, token=token),
        api.post(f"/hosts/{theirs.id}/deploy", {"type": "deploy"}, token=token),
        api.get(f"/hosts/{theirs.id}/credentials", token=token),
        api.get(f"/clients/{theirs.client_id}/hosts", token=token),
    ):
        assert answer.status_code == 403
    assert theirs.json == before
    assert len(simulator.deployments) == 0
    stranger = simulator.tokens["stranger"]
    assert api.get("/hosts", token=stranger).json()["data"] == []


def test_credentials_are_the_same_each_time(api, host_id):
    first = api.get(f"/hosts/{host_id}/credentials").json()
    assert first == api.get(f"/hosts/{host_id}/credentials").json()
    assert len(first["system_users"]) == len(first["database_users"]) >= 1
    assert first["ftp_users"]
    assert first["ips"]["ipv4"].startswith("198.51.100.")


def test_head_is_a_get_without_a_body(api):
    answer = api.ask("HEAD", "/hosts")
    assert (answer.status_code, answer.content) == (200, b"")
