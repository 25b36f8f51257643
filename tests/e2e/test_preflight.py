# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role preflight: names that would get no certificate are found before anything is deployed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nameserver import NameServer
from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

PREFLIGHT = "hosted_power.turbostack.preflight"
ROLLOUT = "hosted_power.turbostack.rollout"
LOOK = f"{PREFLIGHT} : Look up the names that need certificates"


def site(*domains: str, **more: Any) -> dict[str, Any]:
    vhost = {"app_name": "shop", "server_name": " ".join(domains), **more}
    return {"system_users": [{"username": "prod", "vhosts": [vhost]}]}


@pytest.fixture
def names() -> Iterator[NameServer]:
    zone = {
        "fine.example": {"A": ["192.0.2.1"], "AAAA": ["2001:db8::1"]},
        "www.fine.example": {"CNAME": ["fine.example."]},
        "lost.example": {"A": ["192.0.2.2"]},
        "old.lost.example": {"A": ["203.0.113.9"]},
        "locked.lost.example": {"A": ["192.0.2.2"], "CAA": ['0 issue "sectigo.com"']},
        "cdn.lost.example": {"A": ["104.16.0.1"]},
    }
    with NameServer(zone) as server:
        yield server


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    fleet.new_host("fine.example", site("fine.example www.fine.example"))
    fleet.new_host(
        "lost.example",
        site("old.lost.example", "nowhere.example", "*.lost.example", "locked.lost.example"),
    )
    fleet.new_host("other.example", site("nowhere.example", cert_type="selfsigned"))
    return fleet


def looked(ansible: Controller, names: NameServer, *arguments: str, **given: Any) -> Run:
    fails, warns = given.pop("fails", False), given.pop("warns", False)
    environment = given.pop("environment", None)
    variables = ansible.write("variables.yml", {"preflight_resolver": [names.address], **given})
    return ansible.command(
        *("ansible-playbook", PREFLIGHT, "-i", str(ansible.localhost), "-e", f"@{variables}"),
        *arguments,
        fails=fails,
        warns=warns,
        environment=environment,
    )


def test_names_that_would_get_no_certificate_are_told(
    ansible: Controller, simulator: Simulator, names: NameServer
) -> None:
    run = looked(ansible, names, "--check", fails=True)
    task = run.task(LOOK)
    assert not run.writes
    (host,) = task["hosts"]
    assert host["name"] == "lost.example"
    assert {one["code"]: one["path"] for one in host["findings"]} == dict.fromkeys(
        ["points-elsewhere", "no-address", "wildcard", "caa"],
        "system_users[prod].vhosts[shop].server_name",
    )
    assert "old.lost.example points at 203.0.113.9, not at this host (192.0.2.2" in task.message
    assert "nowhere.example does not exist in DNS" in task.message
    assert "permit sectigo.com, and not letsencrypt.org" in task.message
    assert task["counts"] == {"hosts": 3, "names": 6, "obstacles": 4, "doubts": 0}
    # Only the host with something that points elsewhere is asked about.
    asked = [request.path for request in run.requests if request.path.endswith("/credentials")]
    lost = simulator.fleet.host_named("lost.example")
    assert asked == [f"/api/v1/hosts/{lost.id}/credentials"]

    warned = looked(ansible, names, warns=True, preflight_level="warn")
    assert "would get no certificate" in " ".join(warned.warnings)


def test_names_that_are_fit_are_no_news(ansible: Controller, names: NameServer) -> None:
    run = looked(ansible, names, preflight_hosts=["fine.*", "other.*"])
    assert run.task(LOOK)["hosts"] == []
    assert run.task(LOOK)["counts"]["names"] == 2


def test_a_pattern_that_matches_no_host_is_no_news_either(
    ansible: Controller, names: NameServer
) -> None:
    failed = looked(ansible, names, fails=True, preflight_hosts=["fine.*", "fnie.*"]).task(LOOK)
    assert "No host that the token may see has a name like fnie.*" in failed.message


def test_doubts_are_told_and_refuse_nothing(
    ansible: Controller, simulator: Simulator, names: NameServer
) -> None:
    host = simulator.fleet.host_named("lost.example")
    host.document = site("cdn.lost.example", "silent.lost.example")
    names.silent.add("silent.lost.example")
    run = looked(ansible, names, warns=True, preflight_timeout=0.5)
    told = " ".join(run.warnings)
    assert "which is Cloudflare, not at this host" in told
    assert "silent.lost.example could not be looked up" in told
    assert run.task(LOOK)["counts"]["obstacles"] == 0


def test_without_dnspython_it_says_what_is_missing(ansible: Controller, names: NameServer) -> None:
    ansible.write("without/dns/__init__.py", "raise ImportError\n")
    without = {"PYTHONPATH": str(ansible.folder / "work" / "without")}
    failed = looked(ansible, names, fails=True, environment=without).task(LOOK)
    assert "python3 -m pip install dnspython" in failed.message


@pytest.mark.newest_core
def test_a_mistake_is_told(ansible: Controller, names: NameServer) -> None:
    failed = looked(ansible, names, fails=True, preflight_resolver=["ns.example"]).task(LOOK)
    assert "no address of a DNS server" in failed.message
    failed = looked(ansible, names, fails=True, preflight_stand_ins=["here"]).task(LOOK)
    assert "no network" in failed.message


def rolled(ansible: Controller, names: NameServer, journal: Path, level: str, *more: str) -> Run:
    source = ansible.write("turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"})
    variables = {
        "rollout_config": {"php_main_version": "8.4"},
        "rollout_journal": str(journal),
        "rollout_serial": ["100%"],
        "rollout_deploy_poll_interval": 0.2,
        "rollout_health_retries": 1,
        "rollout_health_delay": 0.1,
        "rollout_preflight": level,
        "rollout_preflight_resolver": [names.address],
    }
    given = ansible.write("rollout.yml", variables)
    fails = level == "fail"
    return ansible.command(
        "ansible-playbook", ROLLOUT, "-i", str(source), "-e", f"@{given}", *more, fails=fails
    )


def test_a_rollout_looks_before_it_writes(
    ansible: Controller, names: NameServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    journal = tmp_path_factory.mktemp("journal")
    failed = rolled(ansible, names, journal, "fail")
    assert not failed.writes
    told = failed.task(f"{ROLLOUT} : Roll out", "lost.example").message
    assert "old.lost.example points at 203.0.113.9" in told
    assert "rollout_preflight" in told

    asked = len(names.asked)
    checked = rolled(ansible, names, journal, "warn", "--check")
    assert len(names.asked) > asked
    shown = " ".join(checked.stderr.split())
    assert "names old.lost.example points at 203.0.113.9" in shown
    assert "[points-elsewhere]" in shown

    asked = len(names.asked)
    rolled(ansible, names, journal, "off", "--check")
    assert len(names.asked) == asked
