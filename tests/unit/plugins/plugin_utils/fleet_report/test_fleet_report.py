# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page is made of: rows, counts, drawings, and the page itself."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.validation.releases import (
    end_of_life,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.charts import (
    WIDTH,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.fleet import (
    Fleet,
    read_fleet,
    traits,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.hosts import (
    Status,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.page import (
    Assets,
    page,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.settings import (
    NOT_SAID,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.fleet_report.thresholds import (
    Level,
    read_thresholds,
)
from workshop.places import ROOT

pytest.importorskip("cryptography")
import authority

NOW = datetime.datetime(2026, 11, 24, 8, 30, tzinfo=datetime.timezone.utc)
ASSETS = Assets(ROOT / "roles" / "fleet_report")
OWN_TABLE = end_of_life(NOW.date(), 180)
FINE = {"load": [0.1, 0.1, 0.1], "cores": 4, "disk": "20%", "memory": "30%"}


def host(number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "name": f"shop-{number}.example",
        "client_id": 3,
        "active": True,
        "monitoring": FINE,
        "config": {},
        "error": None,
        **more,
    }


def fleet(*hosts: Any, clients: Any = (), thresholds: Any = None, **more: Any) -> Fleet:
    return read_fleet(
        hosts,
        clients,
        table=OWN_TABLE,
        thresholds=read_thresholds(thresholds or {}),
        title="Fleet",
        **more,
    )


class Elements(HTMLParser):
    """The tags and the attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


@pytest.mark.parametrize(
    ("changes", "status", "problems"),
    [
        ({}, Status.FINE, ()),
        ({"monitoring": {**FINE, "disk": "79.9%"}}, Status.FINE, ()),
        ({"monitoring": {**FINE, "disk": "80%"}}, Status.WARNING, ("Disk 80 % full",)),
        ({"monitoring": {**FINE, "disk": "89.6%"}}, Status.WARNING, ("Disk 89.6 % full",)),
        (
            {"monitoring": {**FINE, "disk": "85%", "memory": "95%"}},
            Status.CRITICAL,
            ("Memory 95 % in use", "Disk 85 % full"),
        ),
        ({"monitoring": {"load": [9, 8, 9], "cores": 4}}, Status.CRITICAL, ("Load 2.00 per core",)),
        ({"monitoring": {}}, Status.NO_DATA, ()),
        ({"active": False, "monitoring": {"disk": "99%"}}, Status.INACTIVE, ()),
        ({"active": None, "monitoring": {"disk": "99%"}}, Status.CRITICAL, ("Disk 99 % full",)),
        (
            {"config": None, "error": {"msg": "x"}},
            Status.CRITICAL,
            ("Its configuration could not be read",),
        ),
    ],
)
def test_what_a_host_comes_to(
    changes: dict[str, Any], status: Status, problems: tuple[str, ...]
) -> None:
    (row,) = fleet(host(**changes)).hosts
    assert (row.status, row.problems) == (status, problems)
    assert row.needs_attention is bool(problems)


def test_versions_applications_and_certificates_wherever_they_stand() -> None:
    config = {
        "php_main_version": 8.3,
        "php_version": "8.3",
        "mysql_version": 8.0,
        "redis_version": "7",
        "secret_token_version": "********",
        "empty_version": "",
        "flag_version": True,
        "odd_version": ["8.1"],
        "system_users": [
            {
                "vhosts": [
                    {"php_version": "8.1", "app_type": "magento2", "cert_type": "selfsigned"},
                    {"nodejs_version": 18, "app_type": "nodejs", "cert_type": "self-signed"},
                    {"cert_type": "letsencrypt"},
                    {"cert_type": None},
                    "no vhost",
                ]
            },
            None,
        ],
    }
    (row,) = fleet(host(config=config)).hosts
    assert [version.label for version in row.settings.versions] == [
        *("MySQL 8.0", "Node.js 18", "PHP 8.1", "PHP 8.3", "redis 7"),
    ]
    assert row.settings.applications == ("magento2", "nodejs")
    assert dict(row.settings.certificates) == {"Let's Encrypt": 1, NOT_SAID: 1, "self-signed": 2}
    assert {"ended", "ending"} & set(traits(row)) == {"ended"}


def test_counts() -> None:
    found = fleet(
        host(1, config={"php_version": "8.1"}),
        host(2, client_id=None, active=False),
        host(3, client_id=4, monitoring={"disk": "95%"}),
        host(4, client_id=99, monitoring=None, active=None),
        clients=[{"id": 3, "name": "Anna"}, {"id": 4, "name": ""}, {"id": 5, "name": "Nobody"}],
    )
    assert found.summary() == {
        "hosts": 4,
        "clients": 4,
        "active": 2,
        "inactive": 1,
        "attention": 1,
        "critical": 1,
        "end_of_life": 1,
        "end_of_life_soon": 0,
        "not_measured": 1,
        "unreadable": 0,
        "drifted": None,
        "deployments_failed": None,
        "deployments_outdated": None,
        "not_in_effect": None,
        "sites": None,
        "certificates_ended": 0,
        "certificates_ending": 0,
        "end_of_life_checked": OWN_TABLE.checked.isoformat(),
    }
    assert {client.name: client.hosts for client in found.clients} == {
        "Anna": 1,
        "Client 4": 1,
        "Client 99": 1,
        "No client": 1,
        "Nobody": 0,
    }
    # What should be looked at first comes first.
    assert [row.id for row in found.hosts] == [3, 4, 1, 2]


def test_drift_is_found_by_id_or_else_by_name() -> None:
    drift = {
        "hosts": [
            {"id": 1, "name": "other", "outcome": "drifted", "changes": [{}, {}]},
            {"id": None, "name": "shop-2.example", "outcome": "in_line", "changes": []},
            {"id": 3, "name": "x", "outcome": "error", "changes": []},
            {"id": 4, "name": "x", "outcome": "something new"},
        ]
    }
    found = fleet(*(host(number) for number in range(1, 6)), drift=drift)
    states = {row.id: row.drift.word for row in found.hosts if row.drift}
    assert states == {
        1: "drifted",
        2: "in line",
        3: "not compared",
        4: "unknown",
        5: "not in the comparison",
    }
    assert found.summary()["drifted"] == 1
    first = next(row for row in found.hosts if row.id == 1)
    assert first.problems == ("Drifted: 2 changes",)


@pytest.mark.parametrize("drift", [[], {}, {"hosts": {}}, {"hosts": [1]}, "x", 0])
def test_what_is_no_comparison_is_refused(drift: Any) -> None:
    with pytest.raises(SettingsError):
        fleet(host(), drift=drift)


@pytest.mark.parametrize(
    ("entry", "word", "level", "detail"),
    [
        ({"status": "succeeded"}, "succeeded", Level.OK, ""),
        (
            {"status": "succeeded", "with_warnings": True},
            "succeeded with warnings",
            Level.WARNING,
            "",
        ),
        ({"status": "failed"}, "failed", Level.CRITICAL, ""),
        (
            {"status": "succeeded", "sync_status": "stored_not_deployed"},
            *("outdated", Level.WARNING, ""),
        ),
        ({"status": "succeeded", "sync_status": "unknown"}, "succeeded", Level.OK, ""),
        ({"status": "succeeded", "sync_status": None}, "succeeded", Level.OK, ""),
        (
            {"status": "failed", "sync_status": "stored_not_deployed"},
            *("failed", Level.CRITICAL, ""),
        ),
        ({"status": "none"}, "never", Level.UNKNOWN, ""),
        ({"status": "exploded"}, "unknown", Level.UNKNOWN, ""),
        ({}, "unknown", Level.UNKNOWN, ""),
        (
            {"status": "failed", "marks": {"finished_at": "2026-05-04T10:15:00.000000Z"}},
            *("failed", Level.CRITICAL, "2026-05-04 10:15 UTC"),
        ),
        (
            {"status": "failed", "marks": {"started_at": "2026-05-04T12:15:00+02:00"}},
            *("failed", Level.CRITICAL, "2026-05-04 10:15 UTC"),
        ),
        (
            {"status": "failed", "deployment": {"created_at": "2026-05-04 10:15:00"}},
            *("failed", Level.CRITICAL, "2026-05-04 10:15"),
        ),
        (
            {"status": "failed", "marks": {"finished_at": 1777889700}},
            *("failed", Level.CRITICAL, "2026-05-04 10:15 UTC"),
        ),
        (
            {"status": "failed", "marks": {"finished_at": "a while ago"}},
            *("failed", Level.CRITICAL, "a while ago"),
        ),
        (
            {"status": "failed", "marks": {"finished_at": "0001-01-01T00:00:00+14:00"}},
            *("failed", Level.CRITICAL, "0001-01-01T00:00:00+14:00"),
        ),
    ],
)
def test_last_deployments(entry: dict[str, Any], word: str, level: Level, detail: str) -> None:
    (row,) = fleet(host(), deployments=[{"id": 1, **entry}]).hosts
    assert row.deployment is not None
    assert (row.deployment.word, row.deployment.level, row.deployment.detail) == (
        word,
        level,
        detail,
    )


@pytest.mark.parametrize(
    "thresholds",
    [
        {"disk": {"warning": 1}},
        {"disk_percent": 90},
        {"disk_percent": {"warn": 90}},
        {"disk_percent": {"warning": "x"}},
        {"disk_percent": {"warning": 95}},
        {"disk_percent": {"warning": 0}},
        {"disk_percent": {"warning": -1}},
    ],
)
def test_thresholds_that_make_no_sense_are_refused(thresholds: Mapping[str, Any]) -> None:
    with pytest.raises(SettingsError, match="hreshold"):
        read_thresholds(thresholds)


def test_thresholds_that_are_not_given_are_the_defaults() -> None:
    found = read_thresholds({"disk_percent": {"critical": "85"}, "load_per_core": None})
    assert (found["disk_percent"].warning, found["disk_percent"].critical) == (80, 85)
    assert found["load_per_core"].critical == 2


@given(
    st.lists(st.floats(0, 100), max_size=60),
    st.floats(1, 99),
    st.floats(1, 300),
)
def test_a_drawing_stands_for_every_host_and_stays_within_its_frame(
    values: list[float], warning: float, critical: float
) -> None:
    thresholds = {"disk_percent": {"warning": min(warning, critical), "critical": critical}}
    entries = [host(n, monitoring={"disk": f"{value:f}%"}) for n, value in enumerate(values)]
    drawing = fleet(*entries, thresholds=thresholds).histograms[1]
    assert sum(entry.count for entry in drawing.ranges) == len(values)
    assert sum(int(column.label or 0) for column in drawing.columns) == len(values)
    for piece in drawing.bars:
        assert 0 <= piece.x <= piece.x + piece.width <= WIDTH
        assert piece.y >= 0
        assert piece.height > 0
    assert all(0 <= mark.x <= WIDTH for mark in drawing.marks)


def test_the_sentence_says_what_the_drawing_shows() -> None:
    values = (10, 80, 90, 91, None)
    entries = [
        host(n, monitoring={} if value is None else {"disk": f"{value}%"})
        for n, value in enumerate(values)
    ]
    found = fleet(*entries).histograms
    assert found[1].sentence == (
        "Median 85 %. 3 hosts at 80 % or more, 2 of them at 90 % or more. 1 host does not say."
    )
    assert found[0].sentence == "No host says."


def test_text_is_escaped_masked_and_short() -> None:
    token = "1|TScanaryTOKEN" + "x" * 40
    evil = "</td><script>alert(1)</script>"
    found = fleet(
        host(
            1,
            name=evil + "\x1b[31m\u202e\ud83d",
            config={
                "php_version": evil,
                f"{evil}_version": "javascript:alert(1)",
                "app_type": evil,
            },
        ),
        host(2, name="x" * 5000),
        host(3, name=f"https://user:hunter2secret@example.org {token}", client_id=7),
        clients=[{"id": 7, "name": f'"><img src=x onerror={evil}'}],
    )
    text = page(found, NOW, ASSETS)
    text.encode("utf-8")
    assert "hunter2secret" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "x" * 300 not in text
    elements = Elements(text)
    assert elements.tags.count("script") == 1
    assert not {"img", "link", "iframe", "object"} & set(elements.tags)
    assert not [name for name, _value in elements.attributes if name.startswith("on")]
    assert {value for name, value in elements.attributes if name == "href"} == {"#hosts"}


def test_an_unchanged_fleet_is_the_same_page() -> None:
    first = page(fleet(host()), NOW, ASSETS)
    later = NOW + datetime.timedelta(hours=5)
    assert "24 November 2026, 08:30 UTC" in first
    assert page(fleet(host()), later, ASSETS, first) == first
    assert page(fleet(host()), later, ASSETS, "") != first
    assert page(fleet(host(monitoring={})), later, ASSETS, first).count("13:30 UTC") == 1
    # Somebody has been at it.
    assert page(fleet(host()), later, ASSETS, first.replace("Hosts", "Hosen")) != first
    assert page(fleet(host()), later, ASSETS, '<time datetime="2026-99-99T00:00:00Z" id="made">')


def test_an_empty_fleet_is_a_page_as_well() -> None:
    text = page(fleet(), NOW, ASSETS)
    assert "No configuration names a version." in text
    assert "No host says." in text


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(
                st.sampled_from(
                    ("php_version", "x_version", "vhosts", "cert_type", "app_type", "disk", "load")
                ),
                st.text(max_size=5),
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=15,
)
ENTRY = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("id", "name", "client_id", "active", "monitoring", "config", "error", "status"), JSON
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ENTRY, max_size=4), st.lists(ENTRY, max_size=2))
def test_no_entry_is_too_odd_for_the_page(hosts: list[Any], others: list[Any]) -> None:
    found = fleet(*hosts, clients=others, deployments=others, drift={"hosts": others})
    text = page(found, NOW, ASSETS)
    assert text.count('role="rowheader"') == len(hosts)
    text.encode("utf-8")


def test_a_certificate_that_ends_soon_needs_attention() -> None:
    """Those of the platform's own making, and of hosts that are not active, do not."""

    def own(days: int, **more: Any) -> dict[str, Any]:
        away = (NOW - authority.NOW).days
        held = authority.issued("shop.example", days=away + days, since=400 - away)
        vhost = {"server_name": "shop.example", "cert_type": "custom", "cert_fullchain": held.pem}
        return {"system_users": [{"username": "prod", "vhosts": [{**vhost, **more}]}]}

    configs = [own(-3), own(9), own(200), own(9, cert_type="letsencrypt"), own(9)]
    made = fleet(
        *(host(number, config=one, active=number < 5) for number, one in enumerate(configs, 1))
    )
    told = {row.id: row.problems for row in made.hosts}
    assert [bool(told[number]) for number in range(1, 6)] == [True, True, False, False, False]
    assert told[1][0].startswith("A certificate ended on ")
    assert told[2][0].startswith("A certificate ends on ")
    numbers = made.summary()
    assert (numbers["certificates_ended"], numbers["certificates_ending"]) == (1, 2)
    assert numbers["sites"] is None
