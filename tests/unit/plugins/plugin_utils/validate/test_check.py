# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong in a folder: all of it at once, each with its file and line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files import reading
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.vault import (
    decryption,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.paths import Pattern
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.validate.check import (
    FleetFile,
    FleetHost,
    checked,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.validate.text import in_text

ALL = """\
webservr: nginx
php_main_version: 1.10e1
"""
SHOP = """\
system_users:
  - username: prod
    vhosts:
      - app_name: shop
        server_name: shop.example
"""


def found(
    files: dict[str, str], hosts: dict[str, list[str]] | None = None, **options: Any
) -> list[str]:
    """What is told of files, of which those of C(hosts) speak of these."""
    read = {
        name: FleetFile(name, reading.said(text, name, decryption(None)))
        for name, text in files.items()
    }
    known = [
        FleetHost(name, tuple(read[file] for file in named))
        for name, named in (hosts or {}).items()
    ]
    policy = Policy(allow_float_versions=True, **options.pop("policy", {}))
    return [in_text(one) for one in checked(list(read.values()), known, policy, **options)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("webservr: nginx", ["a.yml:1: warning: webservr is no key that is known."]),
        ("\n\nwebserver: ngnix", ['a.yml:3: warning: webserver is "ngnix". Did you mean nginx?']),
        ("redis_enabled: 'yes'", ['a.yml:1: warning: redis_enabled is "yes". Expected is true']),
        ("day: 2026-01-01", ["a.yml:1: error: day is a date, which JSON cannot hold. Quote it"]),
        ("a: 1\nb:\n  yes: 1", ["a.yml:2: error: b has a key that is not text but a boolean"]),
        (
            "a_version: +8.10\nb_version: +8.0\n",
            ["a.yml:1: error: a_version is the number", "a.yml:2: error: b_version is the"],
        ),
        (
            "system_users:\n- {username: a}\n- {username: b}\n- {username: a}\n",
            ["a.yml:4: error: system_users[a] (#0) and system_users[a] (#2) of the"],
        ),
        (
            "tags: [be, no]\nfirewall_country_block: [NO]",
            [
                "a.yml:1: warning: Among texts, no means false in YAML.",
                "a.yml:2: warning: firewall_country_block is a list. Expected",
            ],
        ),
        (
            SHOP + "      - {app_name: blog, server_name: shop.example.}\n",
            ["a.yml:6: error: system_users[prod].vhosts[shop] (#0) and system_users[prod]."],
        ),
    ],
)
def test_a_file_by_itself(text: str, told: list[str]) -> None:
    lines = found({"a.yml": text})
    assert len(lines) == len(told), lines
    for line, beginning in zip(lines, told, strict=True):
        assert line.startswith(beginning)


def test_all_is_found_at_once() -> None:
    lines = found({"all.yml": "webservr: a\nredis_enabled: 'yes'\nftp_sftp_port: 70000\n"})
    assert [line.partition(":")[2][:1] for line in lines] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        SHOP,
        # It may be stored, and have its domain.
        "system_users: [{username: prod, vhosts: [{app_name: shop, app_type: shopware}]}]",
        "php_main_version: 8.10",
        "own_key: 1\nlicence: '{{ a }}'",
    ],
)
def test_nothing_is_told_of_what_is_right(text: str) -> None:
    assert found({"a.yml": text}, {"h": ["a.yml"]}) == []


def test_places_can_be_left_out_and_versions_may_be_numbers() -> None:
    assert found({"a.yml": "webservr: 1"}, but=[Pattern("webservr")]) == []
    assert found({"a.yml": "own_version: +8.3"}, strict_versions=False) == []
    assert found({"a.yml": "webservr: a"}, policy={"schema": {"webservr": {"type": "text"}}}) == []


def test_a_key_that_the_fleet_uses_is_meant_where_one_is_nearly_so() -> None:
    files = {f"hosts/{n}.yml": "licence_server: a\n" for n in range(3)}
    slip = {"hosts/x.yml": "redis_memory: 1gb\nlicence_sever: a\n"}
    assert found({**files, **slip}) == [
        "hosts/x.yml:2: warning: licence_sever is no key that is known. Did you mean licence_server? [unknown-key]"
    ]
    assert found({"hosts/0.yml": "licence_server: a\n", **slip}) == []


def test_a_slip_that_was_copied_is_one_nevertheless() -> None:
    files = {f"hosts/{n}.yml": "webservr: nginx\n" for n in range(4)}
    assert len(found(files)) == 4


def test_what_files_say_of_a_host_together() -> None:
    files = {
        "all.yml": SHOP,
        "groups/g.yml": "system_users:\n  - username: prdo\n",
        "hosts/x.yml": "firewall_whitelist: 1\n",
        "hosts/y.yml": "system_users:\n  - username: blog\n"
        "    vhosts:\n      - {app_name: b, server_name: shop.example}\n",
    }
    lines = found(
        files,
        {"x": ["all.yml", "groups/g.yml", "hosts/x.yml"], "y": ["all.yml", "hosts/y.yml"]},
    )
    assert any(
        line.startswith("groups/g.yml:2: warning: system_users[prdo] is new, and prod is stored.")
        for line in lines
    )
    assert any(
        line.startswith(
            "hosts/y.yml:4: error: system_users[prod].vhosts[shop] and system_users[blog]"
        )
        for line in lines
    ), lines


def test_a_contradiction_of_two_files_is_one_of_the_more_exact() -> None:
    files = {"all.yml": "a: 1\nown: {b: 1}\n", "hosts/x.yml": "a: 2\nown: text\n"}
    (line,) = found(files, {"x": ["all.yml", "hosts/x.yml"]})
    assert line.startswith("hosts/x.yml:2: error: own is stored as a map, and the configuration")


def test_of_a_file_of_many_hosts_all_is_told_once() -> None:
    files = {"all.yml": "webservr: a\n"} | {f"hosts/{n}.yml": "a: 1\n" for n in range(5)}
    hosts = {str(n): ["all.yml", f"hosts/{n}.yml"] for n in range(5)}
    assert len(found(files, hosts)) == 1


def test_a_domain_on_two_hosts() -> None:
    files = {"hosts/x.yml": SHOP, "hosts/y.yml": "webserver: nginx\n" + SHOP}
    lines = found(files, {"x": ["hosts/x.yml"], "y": ["hosts/y.yml"]})
    assert [line.partition(" names")[0] for line in lines] == [
        "hosts/x.yml:5: warning: system_users[prod].vhosts[shop].server_name",
        "hosts/y.yml:6: warning: system_users[prod].vhosts[shop].server_name",
    ]
    but = [Pattern("**.server_name")]
    assert found(files, {"x": ["hosts/x.yml"], "y": ["hosts/y.yml"]}, but=but) == []


def test_a_value_of_two_types_in_two_files() -> None:
    files = {"all.yml": "port: 80\n", "hosts/x.yml": "port: '80'\n"}
    (line,) = found(files, {"x": ["all.yml", "hosts/x.yml"]})
    assert line.startswith("hosts/x.yml: warning: port")
    assert line.endswith("[mixed-types]")


KEYS = st.sampled_from(["webserver", "system_users", "vhosts", "php_version", "a", "username"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.integers(), inner),
    max_leaves=10,
)


@given(st.lists(st.dictionaries(KEYS, VALUES), min_size=1, max_size=3))
def test_whatever_files_hold_is_told_and_never_fails(contents: list[Any]) -> None:
    files = [
        FleetFile(f"{n}.yml", reading.Said(content, reading.Lines("")))
        for n, content in enumerate(contents)
    ]
    every = checked(files, [FleetHost("x", tuple(files))], Policy(allow_float_versions=True))
    assert all(in_text(one) for one in every)
