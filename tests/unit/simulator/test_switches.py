# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each switch has its effect; the last test makes sure none is forgotten."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from simulator import Fleet, Simulator, Switches
from simulator.envelopes import DEFAULT_SIZE

SHOWN: set[str] = set()


def shows(*names: str) -> Callable[[Any], Any]:
    SHOWN.update(names)
    return lambda function: function


@shows("list_envelope")
@pytest.mark.parametrize(
    ("envelope", "members"),
    [
        (
            "paginator",
            {
                "current_page", "data", "first_page_url", "from", "last_page", "last_page_url",
                "links", "next_page_url", "path", "per_page", "prev_page_url", "to", "total",
            },
        ),
        ("resource", {"data", "links", "meta"}),
        (
            "simple",
            {
                "current_page", "data", "first_page_url", "from", "next_page_url", "path",
                "per_page", "prev_page_url", "to",
            },
        ),
        ("named-paged", {"hosts"}),
    ],
)  # fmt: skip
def test_list_envelopes(api, simulator, envelope, members):
    simulator.switches.list_envelope = envelope
    body = api.get("/hosts", page=2).json()
    assert set(body) == members
    rows = body["hosts" if "hosts" in body else "data"]
    assert [row["id"] for row in rows] == sorted(simulator.fleet.hosts)[15:30]


@shows("list_envelope")
def test_bare_lists(api, simulator):
    simulator.switches.list_envelope = "bare"
    assert len(api.get("/hosts", size=5, page=2).json()) == 40
    simulator.switches.list_envelope = "named"
    assert len(api.get("/hosts", size=5, page=2).json()["hosts"]) == 40
    simulator.switches.list_envelope = "bare-paged"
    assert len(api.get("/hosts", size=30, page=2).json()) == 10


@shows("list_envelope")
def test_numeric_keys(api, simulator):
    simulator.switches.list_envelope = "numeric-keys"
    body = api.get("/hosts", size=3).json()
    assert list(body["data"]) == ["0", "3", "4"]
    assert (body["total"], body["last_page"]) == (40, 14)


def test_paginator_members(api, simulator):
    body = api.get("/hosts", size=15, page=2).json()
    url = f"{simulator.url}/api/v1/hosts"
    assert (body["current_page"], body["from"], body["to"]) == (2, 16, 30)
    assert (body["path"], body["prev_page_url"]) == (url, f"{url}?page=1")
    assert (body["next_page_url"], body["last_page_url"]) == (f"{url}?page=3", f"{url}?page=3")
    assert [link["active"] for link in body["links"]] == [False, False, True, False, False]
    simulator.switches.list_envelope = "resource"
    body = api.get("/hosts", size=20, page=2).json()
    assert body["meta"]["total"] == 40
    assert (body["links"]["prev"], body["links"]["next"]) == (f"{url}?page=1", None)


@shows("size_cap")
def test_size_cap(api, simulator):
    simulator.switches.size_cap = 10
    body = api.get("/hosts", size=500).json()
    assert (len(body["data"]), body["per_page"], body["last_page"]) == (10, 10, 4)
    simulator.switches.size_cap = 0
    assert len(api.get("/hosts", size=500).json()["data"]) == 40


@shows("size_refused_above")
def test_size_refused(api, simulator):
    simulator.switches.size_refused_above = 30
    assert len(api.get("/hosts", size=30).json()["data"]) == 30
    answer = api.get("/hosts", size=31)
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"size": ["The size field must not be greater than 30."]}


@shows("per_page_string")
def test_per_page_as_string(api, simulator):
    simulator.switches.per_page_string = True
    assert api.get("/hosts", size=20).json()["per_page"] == "20"


@shows("page_urls_keep_size")
def test_page_urls_with_size(api, simulator):
    simulator.switches.page_urls_keep_size = True
    body = api.get("/hosts", size=20).json()
    assert body["next_page_url"] == f"{simulator.url}/api/v1/hosts?size=20&page=2"


@shows("rows_have_json")
def test_rows_without_json(api, simulator, host_id):
    simulator.switches.rows_have_json = False
    assert all("json" not in row for row in api.get("/hosts").json()["data"])
    assert all("json" not in row for row in api.get("/groups").json()["data"])
    assert "json" in api.get(f"/hosts/{host_id}").json()


@shows("paging_movement")
@pytest.mark.parametrize(("movement", "seen"), [("none", 40), ("delete", 38), ("add", 40)])
def test_hosts_move_between_pages(api, simulator, movement, seen):
    simulator.switches.paging_movement = movement
    pages = [api.get("/hosts", page=page).json()["data"] for page in (1, 2, 3)]
    ids = [row["id"] for page in pages for row in page]
    assert len(set(ids)) == seen
    # A host put before the others pushes one of them onto the next page again.
    assert len(ids) - len(set(ids)) == (2 if movement == "add" else 0)


@shows("list_order")
def test_an_order_that_changes(api, simulator):
    simulator.switches.list_order = "changing"
    lists = [[row["id"] for row in api.get("/hosts", size=100).json()["data"]] for _each in "ab"]
    assert lists[0] != lists[1]
    assert sorted(lists[0]) == sorted(lists[1]) == sorted(simulator.fleet.hosts)


@shows("object_envelope")
def test_object_envelope(api, simulator, host_id):
    client_id = next(iter(simulator.fleet.clients))
    for path in (f"/hosts/{host_id}", f"/clients/{client_id}", f"/hosts/{host_id}/credentials"):
        simulator.switches.object_envelope = "bare"
        bare = api.get(path).json()
        simulator.switches.object_envelope = "data"
        assert api.get(path).json() == {"data": bare}


@shows("json_format")
def test_json_as_object(api, simulator, host_id):
    simulator.switches.json_format = "object"
    document = simulator.fleet.hosts[host_id].document
    assert api.get(f"/hosts/{host_id}").json()["json"] == document
    rows = api.get("/hosts", size=100).json()["data"]
    assert document in [row["json"] for row in rows]


@shows("null_for_empty")
def test_null_for_empty(api, simulator):
    def empties() -> list[Any]:
        texts = [row["json"] for row in api.get("/hosts", size=100).json()["data"]]
        return [text for text in texts if not text or len(text) < 3]

    assert set(empties()) >= {None, "", "[]"}
    simulator.switches.null_for_empty = True
    assert set(empties()) == {None}


@shows("monitoring")
def test_monitoring(api, simulator, host_id):
    simulator.switches.monitoring = "missing"
    assert "monitoring" not in api.get(f"/hosts/{host_id}").json()
    simulator.switches.monitoring = "null"
    assert api.get(f"/hosts/{host_id}").json()["monitoring"] is None
    simulator.switches.monitoring = "empty-list"
    assert api.get(f"/hosts/{host_id}").json()["monitoring"] == []


@shows("partner_client_id")
def test_partner_group_without_client_id(api, simulator):
    number = next(key for key, group in simulator.fleet.groups.items() if group.spans)
    assert api.get(f"/groups/{number}").json()["client_id"] is None
    simulator.switches.partner_client_id = "absent"
    assert "client_id" not in api.get(f"/groups/{number}").json()
    assert "client_id" in api.get(f"/groups/{min(simulator.fleet.groups)}").json()


@shows("partner_groups_under_clients")
def test_partner_groups_under_clients(api, simulator):
    partner = next(group for group in simulator.fleet.groups.values() if group.spans)
    path = f"/clients/{partner.spans[0]}/groups"
    assert partner.id not in [row["id"] for row in api.get(path, size=100).json()["data"]]
    simulator.switches.partner_groups_under_clients = True
    assert partner.id in [row["id"] for row in api.get(path, size=100).json()["data"]]


@shows("timestamps")
@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("iso", "2026-05-04T10:11:12.000000Z"),
        ("sql", "2026-05-04 10:11:12"),
        ("offset", "2026-05-04T12:11:12+02:00"),
        ("epoch", 1777889472),
        ("null", None),
    ],
)
def test_timestamps(api, simulator, host_id, style, expected):
    simulator.fleet.hosts[host_id].created_at = 1777889472
    simulator.switches.timestamps = style
    assert api.get(f"/hosts/{host_id}").json()["created_at"] == expected


SENT = {"text": " a\n", "blank": "  ", "empty": {}, "list": [" b "], "whole": 8.0, "part": 8.5}


@shows("trim_strings", "empty_string_to_null", "empty_object_to_list", "whole_float_to_int")
@pytest.mark.parametrize(
    ("names", "stored"),
    [
        ([], '{"text":" a\\n","blank":"  ","empty":{},"list":[" b "],"whole":8.0,"part":8.5}'),
        (
            ["trim_strings"],
            '{"text":"a","blank":"","empty":{},"list":["b"],"whole":8.0,"part":8.5}',
        ),
        (
            ["trim_strings", "empty_string_to_null"],
            '{"text":"a","blank":null,"empty":{},"list":["b"],"whole":8.0,"part":8.5}',
        ),
        (
            ["empty_object_to_list"],
            '{"text":" a\\n","blank":"  ","empty":[],"list":[" b "],"whole":8.0,"part":8.5}',
        ),
        (
            ["whole_float_to_int"],
            '{"text":" a\\n","blank":"  ","empty":{},"list":[" b "],"whole":8,"part":8.5}',
        ),
    ],
)
def test_rewriting_on_save(api, simulator, host_id, names, stored):
    simulator.switches.update(**dict.fromkeys(names, True))
    api.post(f"/hosts/{host_id}", {"json": SENT})
    assert simulator.fleet.hosts[host_id].json == stored


def test_rewriting_with_all_of_laravel(api, simulator):
    simulator.switches = Switches.laravel()
    number = min(simulator.fleet.groups)
    api.post(f"/groups/{number}", {"json": SENT})
    assert simulator.fleet.groups[number].json == (
        '{"text":"a","blank":null,"empty":[],"list":["b"],"whole":8,"part":8.5}'
    )
    api.post(f"/groups/{number}", {"json": {}})
    assert simulator.fleet.groups[number].json == "[]"


@shows("refuse_empty_json")
def test_empty_json_refused(api, simulator, host_id):
    assert api.post(f"/hosts/{host_id}", {"json": {}}).status_code == 200
    simulator.switches.refuse_empty_json = True
    answer = api.post(f"/hosts/{host_id}", {"json": {}})
    assert (answer.status_code, "json" in answer.json()["errors"]) == (422, True)


@shows("host_saved")
def test_host_saved(api, simulator, host_id):
    def saved(shape: str) -> Any:
        simulator.switches.host_saved = shape
        answer = api.post(f"/hosts/{host_id}", {"json": {"shape": shape}})
        assert simulator.fleet.hosts[host_id].document == {"shape": shape}
        return answer

    assert saved("object").json()["id"] == host_id
    assert saved("data").json()["data"]["json"] == '{"shape":"data"}'
    assert saved("id").json() == {"id": host_id}
    assert list(saved("message").json()) == ["message"]
    empty = saved("empty")
    assert (empty.status_code, empty.content) == (204, b"")


@shows("group_saved")
def test_group_saved(api, simulator):
    number = min(simulator.fleet.groups)
    bodies = {"bare-id": number, "id": {"id": number}, "string-id": str(number)}
    for shape, body in {**bodies, "data": {"data": number}}.items():
        simulator.switches.group_saved = shape
        assert api.post(f"/groups/{number}", {"json": {}}).json() == body


@shows("replica_lag_reads")
def test_replica_lags_some_reads(api, simulator, host_id):
    simulator.switches.replica_lag_reads = 2
    old = simulator.fleet.hosts[host_id].json
    written = api.post(f"/hosts/{host_id}", {"json": {"new": True}}).json()
    assert written["json"] == '{"new":true}'
    seen = [api.get(f"/hosts/{host_id}").json()["json"] for _time in range(3)]
    assert seen == [old, old, '{"new":true}']


@shows("replica_lag_reads")
def test_replica_lags_in_lists(api, simulator, host_id):
    simulator.switches.replica_lag_reads = 1
    old = simulator.fleet.hosts[host_id].json
    api.post(f"/hosts/{host_id}", {"json": {"new": True}})

    def seen() -> Any:
        rows = api.get("/hosts", size=100).json()["data"]
        return next(row["json"] for row in rows if row["id"] == host_id)

    assert [seen(), seen()] == [old, '{"new":true}']


@shows("replica_lag_seconds")
def test_replica_lags_some_seconds(api, simulator, host_id):
    simulator.switches.replica_lag_seconds = 0.2
    old = simulator.fleet.hosts[host_id].json
    api.post(f"/hosts/{host_id}", {"json": {"new": True}})
    assert api.get(f"/hosts/{host_id}").json()["json"] == old
    time.sleep(0.25)
    assert api.get(f"/hosts/{host_id}").json()["json"] == '{"new":true}'


@shows("concurrent_write_after_get")
def test_concurrent_writer(api, simulator, host_id):
    simulator.switches.concurrent_write_after_get = 2
    old = simulator.fleet.hosts[host_id].document
    documents = [json.loads(api.get(f"/hosts/{host_id}").json()["json"]) for _time in range(3)]
    assert documents == [old, old, {**old, "edited_elsewhere": True}]


@shows("deploy_queued_seconds", "deploy_running_seconds")
def test_deployment_takes_its_time(api, simulator, host_id):
    simulator.switches.update(deploy_queued_seconds=0.1, deploy_running_seconds=0.2)
    began = time.time()
    api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
    states = {}
    while "success" not in states:
        status = api.get(f"/hosts/{host_id}/deploy").json()["status"]
        states.setdefault(status, time.time() - began)
        assert time.time() - began < 5
    assert list(states) == ["queued", "running", "success"]
    assert states["running"] >= 0.1
    assert states["success"] >= 0.3


@shows("deploy_outcome")
@pytest.mark.parametrize(
    ("outcome", "word"),
    [("succeeded", "success"), ("failed", "failed"), ("warnings", "warning"), ("stuck", "running")],
)
def test_deploy_outcome(api, simulator, host_id, outcome, word):
    simulator.switches.update(
        deploy_outcome=outcome, deploy_queued_seconds=0, deploy_running_seconds=0
    )
    api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
    status = api.get(f"/hosts/{host_id}/deploy").json()
    assert status["status"] == word
    assert ("DNS problem" in (status["message"] or "")) == (outcome == "failed")


@shows("deploy_second")
@pytest.mark.parametrize(
    ("second", "status", "count"),
    [("409", 409, 1), ("422", 422, 1), ("queue", 200, 2), ("parallel", 200, 2)],
)
def test_second_deployment(api, simulator, host_id, second, status, count):
    simulator.switches.update(deploy_second=second, deploy_running_seconds=60)
    api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
    answer = api.post(f"/hosts/{host_id}/deploy", {"type": "fullDeploy"})
    assert answer.status_code == status
    assert simulator.deployments[host_id] == count
    if count == 2:
        first, last = simulator.deployments.of(host_id)
        assert (last.starts > first.ends) == (second == "queue")


@shows("deploy_status")
def test_deploy_status_shapes(api, simulator, host_id):
    simulator.switches.update(deploy_queued_seconds=0, deploy_running_seconds=0)
    path = f"/hosts/{host_id}/deploy"
    first = api.post(path, {"type": "deploy"}).json()["id"]
    last = api.post(path, {"type": "fullDeploy"}).json()["id"]

    def body(shape: str) -> Any:
        simulator.switches.deploy_status = shape
        return api.get(path).json()

    flat = body("flat")
    assert (flat["id"], flat["type"], flat["status"]) == (last, "fullDeploy", "success")
    assert body("data") == {"data": flat}
    assert body("success-data") == {"status": "success", "data": flat}
    assert body("string") == "success"
    assert [one["id"] for one in body("list-newest-first")] == [last, first]
    assert [one["id"] for one in body("list-oldest-first")] == [first, last]
    assert body("deploy") == {"deploy": flat}
    state = body("deployment-state")["deployment"]
    assert state["state"] == "success"
    assert "status" not in state
    expected = {"id": last, "running": False, "finished": True, "failed": False}
    assert body("booleans") == expected


@shows("deploy_words")
@pytest.mark.parametrize(
    ("words", "states"),
    [
        ("success", ["queued", "running", "success", "failed", "warning"]),
        ("deployed", ["pending", "deploying", "deployed", "error", "deployed_with_warnings"]),
        (
            "completed",
            ["pending", "in_progress", "completed", "failed", "completed_with_warnings"],
        ),
        ("finished", ["queued", "running", "finished", "failed", "finished_with_warnings"]),
        ("upper", ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "WARNING"]),
        ("unknown", ["planned", "converging", "consolidated", "derailed", "wobbly"]),
    ],
)
def test_deploy_words(api, simulator, words, states):
    simulator.switches.deploy_words = words
    timings = [(60, 0), (0, 60), (0, 0), (0, 0), (0, 0)]
    outcomes = ["succeeded", "succeeded", "succeeded", "failed", "warnings"]
    seen = []
    hosts = list(simulator.fleet.hosts)
    for host_id, (queued, running), outcome in zip(hosts, timings, outcomes, strict=False):
        simulator.switches.update(
            deploy_queued_seconds=queued, deploy_running_seconds=running, deploy_outcome=outcome
        )
        api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
        seen.append(api.get(f"/hosts/{host_id}/deploy").json()["status"])
    assert seen == states


@shows("deploy_ids", "deploy_timestamps")
def test_deploy_status_without_ids_and_timestamps(api, simulator, host_id):
    api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
    assert "created_at" in api.get(f"/hosts/{host_id}/deploy").json()
    simulator.switches.update(deploy_ids=False, deploy_timestamps=False)
    status = api.get(f"/hosts/{host_id}/deploy").json()
    assert set(status) == {"host_id", "type", "status", "message"}


@shows("deploy_never")
@pytest.mark.parametrize(
    ("never", "status", "body"),
    [
        ("404", 404, b'{"message":"No deployment found for this host."}'),
        ("null", 200, b"null"),
        ("empty-object", 200, b"{}"),
        ("empty-list", 200, b"[]"),
        ("204", 204, b""),
        ("null-status", 200, b'{"status":null}'),
    ],
)
def test_never_deployed(api, simulator, host_id, never, status, body):
    simulator.switches.deploy_never = never
    answer = api.get(f"/hosts/{host_id}/deploy")
    assert (answer.status_code, answer.content) == (status, body)


@shows("deploy_history")
@pytest.mark.parametrize(("history", "word"), [("succeeded", "success"), ("failed", "failed")])
def test_deploy_history(api, simulator, host_id, history, word):
    simulator.switches.update(deploy_history=history, deploy_status="list-oldest-first")
    (earlier,) = api.get(f"/hosts/{host_id}/deploy").json()
    assert earlier["status"] == word
    assert simulator.deployments[host_id] == 0
    api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})
    assert len(api.get(f"/hosts/{host_id}/deploy").json()) == 2
    assert simulator.deployments[host_id] == 1


@shows("deploy_lag_reads")
def test_status_does_not_know_of_the_deployment_yet(api, simulator, host_id):
    simulator.switches.update(deploy_history="succeeded", deploy_lag_reads=2)
    started = api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"}).json()["id"]
    ids = [api.get(f"/hosts/{host_id}/deploy").json()["id"] for _time in range(3)]
    assert ids == [1000 + host_id, 1000 + host_id, started]


@shows("deploy_touches_row", "rows_show_deployment")
@pytest.mark.parametrize("touches", [True, False])
def test_a_row_knows_of_its_deployment(api, simulator, host_id, touches):
    simulator.switches.update(
        deploy_history="succeeded",
        deploy_touches_row=touches,
        rows_show_deployment=True,
        timestamps="epoch",
    )
    before = simulator.fleet.hosts[host_id].updated_at
    row = api.get(f"/hosts/{host_id}").json()
    assert row["last_deployment"] == api.get(f"/hosts/{host_id}/deploy").json()
    assert before < row["last_deployment"]["created_at"]
    assert row["updated_at"] == (row["last_deployment"]["finished_at"] if touches else before)
    (listed,) = [one for one in api.get("/hosts?size=100").json()["data"] if one["id"] == host_id]
    assert listed["updated_at"] == row["updated_at"]
    assert listed["last_deployment"] == row["last_deployment"]


@shows("deploy_started")
def test_deploy_started(api, simulator, host_id):
    simulator.switches.update(deploy_second="parallel")

    def started(shape: str) -> Any:
        simulator.switches.deploy_started = shape
        return api.post(f"/hosts/{host_id}/deploy", {"type": "deploy"})

    assert started("object").json()["status"] == "queued"
    assert started("data").json()["data"]["type"] == "deploy"
    assert started("message").json() == {"message": "Deployment started."}
    assert started("success-message").json()["status"] == "success"
    assert list(started("id").json()) == ["id"]
    for shape, status in {"202-empty": 202, "204": 204}.items():
        answer = started(shape)
        assert (answer.status_code, answer.content) == (status, b"")
    assert simulator.deployments[host_id] == 7


@shows("credentials")
def test_credentials_shapes(api, simulator, host_id):
    simulator.switches.credentials_ips = False

    def body(shape: str) -> Any:
        simulator.switches.credentials = shape
        return api.get(f"/hosts/{host_id}/credentials").json()

    grouped = body("grouped")
    system, ftp = grouped["system_users"][0], grouped["ftp_users"][0]
    name, secret = system["username"], system["password"]
    assert body("keyed")["system_users"][name]["password"] == secret
    assert body("name-password")["ftp"][ftp["username"]] == ftp["password"]
    flat = body("flat")
    assert {"type": "system", "username": name, "password": secret} in flat
    assert {one["type"] for one in flat} == {"system", "database", "ftp"}
    user = body("config")["config"]["system_users"][0]
    assert (user["username"], user["password"]) == (name, secret)
    assert user["ftp"][0]["password"] == ftp["password"]
    assert user["databases"][0]["password"] == grouped["database_users"][0]["password"]
    beside = body("beside-config")
    assert beside["credentials"] == grouped
    assert json.loads(beside["json"]) == simulator.fleet.hosts[host_id].document


@shows("credentials_ips")
def test_credentials_with_addresses(api, simulator, host_id):
    for shape in ("grouped", "flat"):
        simulator.switches.update(credentials=shape, credentials_ips=True)
        assert "198.51.100." in api.get(f"/hosts/{host_id}/credentials").text
        simulator.switches.credentials_ips = False
        assert "198.51.100." not in api.get(f"/hosts/{host_id}/credentials").text


@shows("rate_limit", "rate_window")
def test_rate_limit(api, simulator):
    simulator.switches.update(rate_limit=2, rate_window=0.3)
    answers = [api.get("/clients") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [a.headers["X-RateLimit-Remaining"] for a in answers] == ["1", "0", "0"]
    refused = answers[-1]
    assert (refused.headers["X-RateLimit-Limit"], refused.headers["Retry-After"]) == ("2", "1")
    assert 0 <= int(refused.headers["X-RateLimit-Reset"]) - time.time() < 2
    assert refused.json() == {"message": "Too Many Attempts."}
    # Each token has a window of its own.
    assert api.get("/clients", token=simulator.tokens["shop"]).status_code == 200
    time.sleep(0.35)
    assert api.get("/clients").status_code == 200


def test_rate_limited_write_has_no_effect(api, simulator, host_id):
    simulator.switches.rate_limit = 1
    before = simulator.fleet.hosts[host_id].json
    api.get("/clients")
    assert api.post(f"/hosts/{host_id}", {"json": {"a": 1}}).status_code == 429
    assert simulator.fleet.hosts[host_id].json == before


@shows("latency_ms")
def test_latency(api, simulator):
    simulator.switches.latency_ms = 120
    assert api.get("/clients").elapsed.total_seconds() >= 0.12


@shows("gzip")
def test_gzip(api, simulator):
    plain = api.get("/hosts")
    assert "Content-Encoding" not in plain.headers
    simulator.switches.gzip = True
    packed = api.get("/hosts")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.json() == plain.json()
    unpacked = api.ask("GET", "/hosts", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in unpacked.headers


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("list_envelope", "laravel"),
        ("size_cap", -1),
        ("size_cap", "10"),
        ("size_cap", 1.5),
        ("gzip", 1),
        ("latency_ms", True),
        ("lattency", 1),
    ],
)
def test_wrong_values_are_refused(name, value):
    switches = Switches()
    with pytest.raises(ValueError, match=name):
        setattr(switches, name, value)
    with pytest.raises(ValueError, match=name):
        switches.update(size_refused_above=3, **{name: value})
    assert switches == Switches()


def test_switches_from_text():
    switches = Switches()
    for text in ("size_cap=7", "gzip=true", "latency_ms=0.5", "json_format=object"):
        switches.set_text(text)
    assert switches == Switches(size_cap=7, gzip=True, latency_ms=0.5, json_format="object")
    for text in ("size_cap", "size_cap=x", "gzip=maybe", "what=1", "json_format=yaml"):
        with pytest.raises(ValueError, match=text.partition("=")[0]):
            switches.set_text(text)


def test_rows_kept_encoded_follow_the_switches(api, simulator, host_id):
    for style in ("object", "string", "object"):
        simulator.switches.json_format = style
        rows = api.get("/hosts", size=DEFAULT_SIZE).json()["data"]
        kinds = {type(row["json"]) for row in rows if row["json"]}
        assert kinds == ({dict} if style == "object" else {str})


def test_switches_given_at_the_start_are_what_reset_returns_to():
    with Simulator(Fleet(), Switches(size_cap=3)) as simulator:
        simulator.switches.size_cap = 9
        simulator.reset()
        assert simulator.switches == Switches(size_cap=3)


def test_every_switch_is_shown():
    assert set(vars(Switches())) == SHOWN
