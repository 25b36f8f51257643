# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role fleet_report: a page of the whole fleet, written once, with nothing in it that does not belong there."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from authority import intermediate, issued
from simulator import Fleet, Simulator

from .controller import Controller
from .results import Run

PLAYBOOK = "hosted_power.turbostack.fleet_report"
JINJA = "{{ lookup('pipe', 'touch executed') }}"
SCRIPT = "</td></script><script>alert(1)</script>"


@pytest.fixture
def fleet() -> Fleet:
    """A generated fleet, and hosts that mean harm."""
    fleet = Fleet.generate(hosts=105, seed=3)
    evil = fleet.new_client(f"<b>Evil</b> {JINJA}")
    for name, config in (
        (SCRIPT, {"php_main_version": SCRIPT, "evil_version": "javascript:alert(1)"}),
        (JINJA, {"os_extra_packages": [JINJA], "mysql_version": JINJA}),
        (
            "secret.example",
            {"api_token_version": "TScanaryTOKEN1", "ftp_password": "TScanaryPASSWORD"},
        ),
        ('"onmouseover="alert(1)', {"system_users": [{"vhosts": [{"cert_type": SCRIPT}]}]}),
        ("broken.example", {}),
    ):
        fleet.new_host(name, config, client_id=int(evil.id))
    fleet.host_named("broken.example").json = "{"
    return fleet


class Page(HTMLParser):
    """The elements of a page, and the rows of its table of hosts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.hosts: list[str] = []
        self._in_name = False
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if ("class", "name") in attrs:
            self._in_name = True
            self.hosts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_name = self._in_name and tag != "span"

    def handle_data(self, data: str) -> None:
        if self._in_name:
            self.hosts[-1] += data

    @property
    def columns(self) -> list[str]:
        return re.findall(r'role="columnheader" scope="col" class="c-(\w+)', self.text)


def run(
    ansible: Controller,
    *arguments: str,
    fails: bool = False,
    environment: dict[str, str | None] | None = None,
    **given: Any,
) -> Run:
    variables = ansible.write("variables.yml", given)
    return ansible.command(
        *("ansible-playbook", PLAYBOOK, "-i", str(ansible.localhost), "-e", f"@{variables}"),
        *arguments,
        fails=fails,
        environment=environment,
        # A host that cannot be read comes with one.
        warns=True,
    )


def told(run: Run) -> dict[str, Any]:
    facts: dict[str, Any] = run.task(f"{PLAYBOOK} : Keep its numbers")["ansible_facts"]
    numbers: dict[str, Any] = facts["fleet_report_summary"]
    return numbers


def test_a_page_of_every_host(ansible: Controller, simulator: Simulator) -> None:
    """No request more than needed, no change where nothing changed, and nothing at all in check mode."""
    file = ansible.folder / "work" / "fleet.html"
    checked = run(ansible, "--check", "--diff")
    assert told(checked)["changed"] is True
    assert not file.exists()

    made = run(ansible, "-vvv", "--diff")
    # One page of clients, two pages of hosts.
    assert len(made.requests) == 3
    assert file.stat().st_mode & 0o777 == 0o644
    page = Page(file)
    assert sorted(page.hosts) == sorted(str(one.name) for one in simulator.fleet.hosts.values())
    assert page.columns == [
        *("host", "client", "status", "load", "disk", "memory", "versions", "certificates"),
    ]
    numbers = told(made)
    assert numbers["hosts"] == len(simulator.fleet.hosts)
    assert numbers["unreadable"] == 1
    assert (numbers["drifted"], numbers["deployments_failed"]) == (None, None)
    assert numbers["path"] == str(file)

    before = file.stat()
    again = run(ansible)
    assert "changed=0" in again.stdout
    assert file.stat() == before

    simulator.fleet.host_named("secret.example").monitoring = {"disk": "99%"}
    changed = run(ansible)
    assert told(changed)["changed"] is True
    assert told(changed)["critical"] == numbers["critical"] + 1


def test_text_of_the_platform_stays_text(ansible: Controller) -> None:
    run(ansible, fleet_report_title=f"Our <i>fleet</i> {SCRIPT}")
    assert not (ansible.folder / "work" / "executed").exists()
    page = Page(ansible.folder / "work" / "fleet.html")
    assert {SCRIPT, JINJA, '"onmouseover="alert(1)'} <= set(page.hosts)
    assert sum(tag == "script" for tag, _attributes in page.tags) == 1
    assert not {"b", "iframe", "img", "link", "object", "embed", "base"} & {
        tag for tag, _attributes in page.tags
    }
    for _tag, attributes in page.tags:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "style")
        ]
        assert (attributes.get("href") or "#").startswith("#")
    policy = next(
        attributes["content"]
        for tag, attributes in page.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_a_page_for_one_client_says_nothing_of_others(
    ansible: Controller, simulator: Simulator
) -> None:
    """With the agency's token, which sees more; as text, as it is typed, and by its id."""
    agency = simulator.fleet.tokens["agency"]
    token: dict[str, str | None] = {"TURBOSTACK_API_TOKEN": agency.value}
    seen = [one for one in simulator.fleet.clients.values() if agency.sees_client(one)]
    client = seen[0]
    name = f"{client.firstname} {client.lastname}"
    leaf = issued("www.boss.example", "boss.example", by=intermediate(), days=200)
    vhost = {
        "server_name": "www.boss.example boss.example",
        "app_type": "magento2",
        "php_version": "8.4",
        "cert_type": "custom",
        "cert_pvk": leaf.key,
        "cert_fullchain": leaf.pem + intermediate().pem,
    }
    simulator.fleet.new_host(
        "boss-1.example", {"system_users": [{"vhosts": [vhost]}]}, client_id=int(client.id)
    )
    own = [host for host in simulator.fleet.hosts.values() if host.client_id == client.id]
    others = [
        str(host.name) for host in simulator.fleet.hosts.values() if host.client_id != client.id
    ]

    for number, said in enumerate((name.upper(), str(client.id), json.dumps([name]))):
        made = run(
            ansible,
            environment=token,
            fleet_report_clients=said,
            fleet_report_deployments=True,
            fleet_report_path=f"{number}.html",
        )
        assert not [one for one in made.requests if one.path.endswith("/api/v1/hosts")]
        asked = {one.path for one in made.requests if one.path.endswith("/deploy")}
        assert asked == {f"/api/v1/hosts/{host.id}/deploy" for host in own}
    pages = [
        Page(ansible.folder / "work" / f"{number}.html").text.replace(".<wbr>", ".")
        for number in range(3)
    ]
    for text in pages:
        assert all(html.escape(str(host.name)) in text for host in own)
        assert html.escape(name) in text
        assert [other for other in others if other in text] == []
        for other in simulator.fleet.clients.values():
            if other is not client:
                assert html.escape(str(other.lastname)) not in text
                assert str(other.email).partition("@")[2] not in text
        for word in ("www.boss.example", "magento2", "PHP 8.4", f"until {leaf.until}"):
            assert word in text
        assert "PRIVATE KEY" not in text
        assert "BEGIN CERTIFICATE" not in text
    assert told(made)["clients"] == 1
    assert told(made)["hosts"] == len(own)

    hidden = next(one for one in simulator.fleet.clients.values() if not agency.sees_client(one))
    refused = run(ansible, environment=token, fails=True, fleet_report_clients=hidden.lastname)
    assert f"fleet_report_clients names {hidden.lastname}, which is no id and no name" in str(
        refused.stdout
    )
    assert not (ansible.folder / "work" / "fleet.html").exists()


def test_drift_deployments_and_thresholds(ansible: Controller, simulator: Simulator) -> None:
    """All that is optional, in a play over the inventory, where the role still works once."""
    simulator.switches.deploy_history = "succeeded"
    failing = simulator.fleet.hosts[min(simulator.fleet.hosts)]
    failing.monitoring = {"load": [9, 9, 9], "cores": 4, "disk": {"used": 1, "total": 100}}
    ansible.write(
        "ends.yml",
        {
            "checked": "2020-02-02",
            "products": {
                "webserver": {
                    "name": "MySQL of ours",
                    "keys": ["mysql_version"],
                    "source": "us",
                    "releases": {"8": "2020-01-01"},
                }
            },
        },
    )
    # Its latest deployment is over, and then it was changed.
    failing.document = {"webserver": "nginx"}
    source = ansible.write("turbostack.yml", {"plugin": "hosted_power.turbostack.turbostack"})
    play = {
        "hosts": "all",
        "gather_facts": False,
        "roles": [
            {
                "role": "hosted_power.turbostack.drift",
                "vars": {"drift_config": {"timezone": "UTC", "new": 1}, "drift_fail": False},
            },
            {
                "role": PLAYBOOK,
                "vars": {
                    "fleet_report_path": "pages/../page.html",
                    "fleet_report_mode": "0600",
                    "fleet_report_drift_file": "turbostack-drift.json",
                    "fleet_report_deployments": True,
                    "fleet_report_end_of_life_file": "ends.yml",
                    "fleet_report_thresholds": {"load_per_core": {"critical": 2.25}},
                },
            },
        ],
    }
    made = ansible.playbook([play], "--limit", "all[0:1]", inventory=source, warns=True)
    hosts = len(simulator.fleet.hosts)
    # Comparing reads the pages, and no host by itself.
    inventory, compared = 2, 2
    assert len(made.requests) == inventory + compared + 1 + 2 + 2 + hosts
    file = ansible.folder / "work" / "page.html"
    assert file.stat().st_mode & 0o777 == 0o600
    page = Page(file)
    assert page.columns[-2:] == ["drift", "deployment"]
    assert "as of 2 February 2020" in page.text
    assert "more than a year old" in page.text
    assert "MySQL of ours" in page.text
    assert "Load 2.25 per core" in page.text
    assert "Drifted: 2 changes" in page.text
    assert "Last deployment outdated" in page.text
    assert told(made)["deployments_outdated"] == 1
    assert told(made)["drifted"] == 2
    assert page.text.count("not in the comparison</span>") == hosts - 2


def test_what_is_refused(ansible: Controller) -> None:
    """Each refusal names the file or the setting, and leaves no page."""
    ansible.write("broken.json", "not: [yet")
    refused: list[tuple[dict[str, Any], str]] = [
        ({"fleet_report_drift_file": "nowhere.json"}, "nowhere.json"),
        ({"fleet_report_drift_file": "broken.json"}, "broken.json is not JSON"),
        ({"fleet_report_end_of_life_file": "broken.json"}, "broken.json is not YAML"),
        ({"fleet_report_thresholds": {"disk_percent": {"warning": 95}}}, "threshold disk_percent"),
        ({"fleet_report_path": "nowhere/fleet.html"}, "nowhere"),
    ]
    tasks = [
        {
            "block": [
                {"ansible.builtin.include_role": {"name": PLAYBOOK}, "vars": given},
                {"ansible.builtin.fail": {"msg": f"case {number} was not refused"}},
            ],
            "rescue": [
                {
                    "name": f"Case {number}",
                    "ansible.builtin.debug": {"msg": "{{ ansible_failed_result.msg }}"},
                }
            ],
        }
        for number, (given, _why) in enumerate(refused)
    ]
    run = ansible.playbook(ansible.tasks(*tasks), warns=True)
    for number, (_given, why) in enumerate(refused):
        assert why in str(run.task(f"Case {number}")["msg"]), number
    assert not (ansible.folder / "work" / "fleet.html").exists()
