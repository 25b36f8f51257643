# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is doubted of a configuration, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.known_keys import (
    TURBOSTACK,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.paths import Pattern
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.schema import TYPES
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.doubts import (
    doubts,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.values import (
    TYPES as CHECKS,
)
from simulator import Fleet

STORED: dict[str, Any] = {
    "licence_server": "x",
    "system_users": [
        {"username": "prod", "vhosts": [{"app_name": "shop", "server_name": "shop.be", "cdn": 1}]},
        {"username": "web1"},
    ],
}


def found(wanted: Any, state: str = "merged", stored: Any = None, **policy: Any) -> list[str]:
    before = STORED if stored is None else stored
    return [str(one) for one in doubts(wanted, before, state, Policy(**policy).root)]


def prod(**vhost: Any) -> dict[str, Any]:
    return {"system_users": [{"username": "prod", "vhosts": [vhost]}]}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"webservr": "nginx"}, "webservr is no key that is known. Did you mean webserver? [unknown-key]"),
        ({"licence_sever": "y"}, "Did you mean licence_server?"),
        (prod(app_name="shop", php_verison="8.3"), "Did you mean php_version?"),
        (prod(app_name="shop", cnd=2), "Did you mean cdn?"),
        ({"webserver": "ngnix"}, 'webserver is "ngnix". Did you mean nginx? It takes nginx, apache. [wrong-value]'),
        ({"redis_enabled": "yes"}, "Expected is true or false, without quotes. [wrong-type]"),
        ({"ftp_sftp_port": 70000}, "ftp_sftp_port is 70000. Expected is a port from 1 to 65535."),
        ({"ftp_sftp_port": 0}, "a port"),
        ({"mysql_innodb_size": "2 gigs"}, "a size with its unit"),
        ({"firewall_whitelist": "192.0.2.1"}, "a list (list of addresses)"),
        ({"firewall_whitelist": ["192.0.2.300"]}, "an address or a network"),
        ({"ssh_keys": ["ssh-ed25519 oops"]}, "a public key"),
        ({"firewall_country_block": "Belgium"}, "two-letter codes"),
        ({"php_main_version": ["8.3"]}, "php_main_version is a list. Expected is a version in quotes"),
        ({"pmm_master": "pmm.example.com"}, "Expected is a map"),
        ({"system_users": [{"username": "prdo"}]}, "is new, and prod is stored. Did you mean prod? Otherwise"),
        (prod(app_name="blog"), "is new and has no server_name"),
        (prod(app_name="shop", cert_pvk="oops"), "is not what it should be. Expected is a private key in PEM"),
    ],
)  # fmt: skip
def test_this_is_doubted(wanted: Any, said: str) -> None:
    findings = found(wanted)
    assert any(said in finding for finding in findings), findings


@pytest.mark.parametrize(
    "wanted",
    [
        {"entirely_unknown": 1, "licence_server": "z"},
        {"webserver": "nginx", "redis_enabled": False, "ftp_sftp_port": "222"},
        {"mysql_version": "8.0", "elasticsearch_version": "7.x", "postgresql_version": 16},
        {"mysql_innodb_size": "512M", "redis_memory": "5gb", "varnish_cache_size": "1.5g"},
        {"webserver": None, "redis_memory": ""},
        {"webserver": "{{ choice }}", "ftp_sftp_port": "{{ port }}"},
        {"firewall_whitelist": ["192.0.2.1 # x", "2001:db8::/32", "# note", "home.example"]},
        {"system_users": [{"username": "web2"}, {"username": "somebody"}]},
        prod(app_name="shop", cdn=2),
        prod(app_name="blog", server_name="blog.be"),
        prod(server_name="shop.be", php_version="8.4"),
        {"firewall_country_block": "CN,RU"},
    ],
)
def test_this_is_not(wanted: Any) -> None:
    assert found(wanted) == []


def test_all_findings_come_at_once() -> None:
    wanted = {"webserver": "ngnix", "php_main_verson": "8.3", **prod(app_name="blog")}
    assert len(found(wanted)) == 3


def test_to_delete_what_is_not_there_is_doubted_where_something_is_called_nearly_so() -> None:
    assert found({"system_users": [{"username": "prdo"}]}, "deleted") == [
        "system_users[prdo] is not stored. Did you mean prod? [nothing-like-it]"
    ]
    assert found({"system_users": [{"username": "nobody"}], "webserver": "ngnix"}, "deleted") == []


def test_so_is_a_site_by_a_domain_that_none_serves() -> None:
    def deleting(domains: str) -> list[str]:
        vhosts = [{"server_name": domains}]
        return found({"system_users": [{"username": "prod", "vhosts": vhosts}]}, "deleted")

    assert deleting("shpo.be") == [
        "system_users[prod].vhosts[shpo.be] is not stored. Did you mean shop.be? [nothing-like-it]"
    ]
    assert deleting("shop.be") == deleting("blog.example") == []


def test_an_entry_may_say_that_it_is_for_one_that_is_there() -> None:
    assert found({"system_users": [{"username": "prod", "$create": False}]}) == []


def test_a_user_can_say_what_a_key_is() -> None:
    assert found({"webservr": "x"}, schema={"webservr": {"type": "text"}}) == []
    assert found({"channel": "btea"}, schema={"channel": {"values": ["beta"], "closed": True}})


def test_places_can_be_left_out() -> None:
    root = Policy().root
    wanted = {"system_users": [{"username": "prdo"}], "webserver": "ngnix"}
    assert len(doubts(wanted, STORED, "merged", root)) == 2
    but = (Pattern("system_users[prdo]"), Pattern("webserver"))
    assert doubts(wanted, STORED, "merged", root, but) == []


def test_every_type_of_the_schema_is_checked() -> None:
    assert {key.holds for key in TURBOSTACK.keys} <= set(CHECKS)
    assert {name for name in TYPES if not name.startswith("list of")} <= set(CHECKS)


def test_a_fleet_that_runs_is_not_doubted() -> None:
    for host in Fleet.generate(hosts=40, seed=5).hosts.values():
        document = host.document
        if isinstance(document, dict):
            assert found(document, "replaced", {}) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([key.name for key in TURBOSTACK.keys]) | st.text(max_size=6), inner
        )
    ),
    max_leaves=12,
)


@given(
    wanted=st.dictionaries(st.sampled_from([key.name for key in TURBOSTACK.keys]), JSON),
    stored=JSON,
)
def test_doubts_never_fail(wanted: Any, stored: Any) -> None:
    for state in ("merged", "replaced", "deleted"):
        for finding in doubts(wanted, stored, state, Policy().root):
            assert finding.shown()["code"]
