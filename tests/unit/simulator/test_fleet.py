# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated and hostile fleets: the same seed, realistic rows, planted secrets."""

from __future__ import annotations

import json
import re

import pytest
import requests

from simulator import CANARY, Fleet, Host, Simulator, planted_secrets
from simulator.hostile import BIG_ID, CLIENTS, lookup


def rows(fleet: Fleet) -> list[tuple[object, ...]]:
    tables = (fleet.clients, fleet.hosts, fleet.groups)
    return [row.columns() for table in tables for row in table.values()]


def test_same_seed_gives_the_same_fleet():
    first, second = Fleet.generate(hosts=60, seed=5), Fleet.generate(hosts=60, seed=5)
    assert rows(first) == rows(second)
    assert first.tokens == second.tokens
    assert planted_secrets(first) == planted_secrets(second)


def test_another_seed_gives_another_fleet():
    first, second = Fleet.generate(hosts=60, seed=5), Fleet.generate(hosts=60, seed=6)
    assert rows(first) != rows(second)
    assert first.tokens["admin"].value != second.tokens["admin"].value


@pytest.mark.parametrize("size", [0, 1, 50, 500])
def test_fleet_has_the_size_asked_for(size):
    fleet = Fleet.generate(hosts=size)
    assert len(fleet.hosts) == size
    assert all(host.client_id in fleet.clients for host in fleet.hosts.values())


def test_fleet_has_every_kind_of_row():
    fleet = Fleet.generate(hosts=100)
    texts = [host.json for host in fleet.hosts.values()]
    assert {None, "", "[]", "{}"} <= set(texts)
    everything = "".join(text or "" for text in texts)
    for part in (
        '"magento2"', '"shopware"', '"wordpress"', '"odoo"', '"nodejs"', '"ftp":[{',
        "php{{ php_main_version }}-amqp", "# Büro Köln", '"cert_pvk"', '"mysql_version":8.0',
    ):  # fmt: skip
        assert part in everything
    assert any(group.client_id is None and group.spans for group in fleet.groups.values())
    assert any(group.client_id is not None for group in fleet.groups.values())
    assert {host.active for host in fleet.hosts.values()} == {0, 1}
    assert len({host.name for host in fleet.hosts.values()}) == 100


def test_rows_of_a_large_fleet_are_about_two_kilobytes():
    fleet = Fleet.generate(hosts=10_000)
    total = sum(len(json.dumps(host.columns())) for host in fleet.hosts.values())
    assert 1500 < total / 10_000 < 2500


def test_every_secret_carries_the_canary():
    fleet = Fleet.generate(hosts=100)
    secrets = planted_secrets(fleet)
    assert {secret.kind for secret in secrets} == {"token", "private_key", "password"}
    assert all(CANARY.search(secret.value) for secret in secrets)


def test_private_keys_look_real_and_are_marked_in_every_line():
    keys = [s.value for s in planted_secrets(Fleet.generate(100)) if s.kind == "private_key"]
    assert keys
    for key in keys:
        first, *lines, last, empty = key.split("\n")
        assert (first, last, empty) == (
            "-----BEGIN PRIVATE KEY-----",
            "-----END PRIVATE KEY-----",
            "",
        )
        for line in lines:
            assert re.fullmatch(r"[A-Za-z0-9+/]{64}", line)
            assert CANARY.search(line)


def test_planted_secrets_are_all_there_is():
    """No secret of an answer is missing from the list."""
    fleet = Fleet.generate(hosts=30)
    known = {secret.value for secret in planted_secrets(fleet)}
    with Simulator(fleet) as simulator, requests.Session() as session:
        session.headers.update(
            {"Authorization": f"Bearer {simulator.token}", "Accept": "application/json"}
        )
        found = 0
        for number in fleet.hosts:
            for path in (f"hosts/{number}", f"hosts/{number}/credentials"):
                text = session.get(f"{simulator.url}/api/v1/{path}", timeout=10).text
                body = json.dumps(json.loads(text), ensure_ascii=False)
                for value in known:
                    for form in (value, json.dumps(value), json.dumps(json.dumps(value))):
                        body = body.replace(form.strip('"'), "")
                    # The password of a shape with quotes in it stands escaped in the body.
                    body = body.replace(json.dumps(value, ensure_ascii=False)[1:-1], "")
                    twice = json.dumps(json.dumps(value, ensure_ascii=False), ensure_ascii=False)
                    body = body.replace(twice[3:-3], "")
                assert not CANARY.search(body)
                found += bool(CANARY.search(text))
    assert found > 30


def test_rows_by_hand():
    fleet = Fleet()
    host = fleet.new_host("shop.example", {"webserver": "nginx"})
    group = fleet.new_group("partner", {"ssh_keys": []}, spans=[11, 12])
    assert (host.id, host.client_id, host.document) == (101, 11, {"webserver": "nginx"})
    assert (group.client_id, group.spans) == (None, (11, 12))
    assert fleet.host_named("shop.example") is host
    with pytest.raises(KeyError):
        fleet.host_named("other.example")
    assert CANARY.search(fleet.add_token("intern", clients=[11]))
    assert fleet.tokens["intern"].clients == {11}


def test_copy_is_a_fleet_of_its_own():
    fleet = Fleet.generate(hosts=3)
    copy = fleet.copy()
    number = next(iter(copy.hosts))
    copy.hosts[number].document = {"changed": True}
    copy.remove_host(max(copy.hosts))
    assert fleet.hosts[number].json != copy.hosts[number].json
    assert len(fleet.hosts) == 3


@pytest.fixture(scope="module")
def hostile() -> Fleet:
    return Fleet.hostile("/nowhere/witness")


def test_hostile_fleet_has_the_names(hostile):
    names = [host.name for host in hostile.hosts.values()]
    for name in (
        "", None, "all", "_meta", "ungrouped", "web[1:3]", "a,b", "two words.example",
        lookup("/nowhere/witness"), "line\nbreak.example", "lone\ud800surrogate",
    ):  # fmt: skip
        assert name in names
    assert any(name and name.startswith("-oProxyCommand=") for name in names)
    assert any(name and "/nowhere/witness" in name for name in names)
    assert max(len(name or "") for name in names) == 5000


def test_hostile_names_occur_twice_in_one_client_and_across_clients(hostile):
    owners = [int(h.client_id) for h in hostile.hosts.values() if h.name == "twice.example"]
    assert sorted(owners) in ([CLIENTS[0], CLIENTS[0], CLIENTS[1]], [CLIENTS[0], *[CLIENTS[1]] * 2])


def test_hostile_configurations(hostile):
    texts = [host.json or "" for host in hostile.hosts.values()]
    everything = "".join(texts)
    for part in ("ansible_connection", "ansible_host", "__ansible_unsafe", "__ansible_vault"):
        assert f'"{part}"' in everything
    assert max(len(text.encode("utf-8", "surrogatepass")) for text in texts) > 600_000
    assert "9007199254740993" in everything
    assert max(text.count('{"below"') + text.count('{"level"') for text in texts) == 60
    assert {type(host.id) for host in hostile.hosts.values()} == {int, str}


def test_hostile_rows_go_over_the_wire_and_come_back(hostile):
    with Simulator(hostile.copy()) as simulator:
        headers = {"Authorization": f"Bearer {simulator.token}", "Accept": "application/json"}
        url = f"{simulator.url}/api/v1/hosts"
        answer = requests.get(url, params={"size": 100}, headers=headers, timeout=10)
        names = {str(row["id"]): row["name"] for row in answer.json()["data"]}
        expected = {str(host.id): host.name for host in hostile.hosts.values()}
        assert names == expected
        single = requests.get(f"{url}/{BIG_ID}", headers=headers, timeout=10).json()
        assert single["id"] == BIG_ID
        for number in hostile.hosts:
            answer = requests.get(f"{url}/{number}/credentials", headers=headers, timeout=10)
            assert answer.status_code == 200


def test_encoded_rows_follow_the_record():
    host = Host(1, 1, 1, "a.example", None, 0, 0, None)
    host.encoded[("form",)] = b"{}"
    version = host.version
    host.name = "b.example"
    assert host.encoded == {}
    assert host.version > version
