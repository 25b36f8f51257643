# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role rollout: forth with a gate, back when something fails, and on again after a kill at any moment."""

from __future__ import annotations

import json
import stat
from typing import Any

import pytest

from simulator import Fault, Fleet, Simulator
from simulator.request_log import LoggedRequest

from .controller import Controller
from .rollout_playbook import ROLLOUT, Rollout, failed, lines, the_nth

pytestmark = pytest.mark.outer_cores

JINJA = "php{{ lookup('pipe', 'touch executed') }}-amqp"
WELL = {
    "load": {"load1": 0.1, "load5": 0.1, "load15": 0.1, "cores": 2},
    "disk": {"used_percent": 40.0},
    "memory": {"used_percent": 50.0},
}
BEFORE = {"webserver": "nginx", "os_extra_packages": [JINJA], "ftp_password": "TScanaryPASSWORDone"}
WANTED = {"redis_memory": "5gb"}
AFTER = {**BEFORE, **WANTED}
SECRET = {"api_token": "TScanaryTOKENtwo"}


@pytest.fixture
def fleet() -> Fleet:
    """Three hosts with one configuration, all of them well."""
    fleet = Fleet()
    for number in (1, 2, 3):
        fleet.new_host(f"shop-{number}.example", BEFORE).monitoring = WELL
    return fleet


@pytest.fixture
def rollout(
    ansible: Controller, simulator: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Rollout:
    return Rollout(ansible, simulator, tmp_path_factory.mktemp("journal") / "made")


def test_an_hour_that_is_past_is_refused_before_anything_is_sent(
    rollout: Rollout, simulator: Simulator
) -> None:
    rollout.wants(all=WANTED)
    for until, said in (
        ("2020-01-31T05:00", "so no batch would be begun"),
        ("tomorrow", "which is no time"),
        # What YAML makes of 22:30 without quotes.
        (1350, "22:30 without them is a number"),
    ):
        run = rollout.run(fails=True, rollout_until=until)
        assert said in failed(run, "shop-1.example")
        assert run.writes == []
        assert not rollout.journal.exists()


def test_the_report_for_the_morning_after(
    rollout: Rollout, ansible: Controller, simulator: Simulator
) -> None:
    """What the console has at the end, as a file; batches of a play add up in it."""
    file = ansible.folder / "work" / "reports" / "morning.json"
    one, two, three = rollout.hosts
    rollout.wants(all={**WANTED, **SECRET})
    three.document = {**AFTER, **SECRET}
    given: dict[str, Any] = {"rollout_report_file": "reports/morning.json"}
    rollout.run("--check", **given)
    assert not file.exists()

    simulator.deployments.fail_for(int(two.id), f"certbot {SECRET['api_token']}")
    rollout.run(fails=True, rollout_until="2100-01-01T05:00:00Z", **given)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    report = json.loads(file.read_text(encoding="utf-8"))
    hosts = report["hosts"]
    assert (hosts[one.name]["outcome"], hosts[one.name]["deployment"]) == ("done", "deploy")
    assert hosts[one.name]["seconds"] > 0
    assert any("redis_memory" in change for change in hosts[one.name]["changes"])
    assert hosts[two.name]["failed"]
    assert "certbot" in hosts[two.name]["msg"]
    assert hosts[three.name]["outcome"] == "not_begun"
    assert report["counts"]["done"] == report["counts"]["not_begun"] == 1
    assert f"rolled out: 1 ({one.name})" in report["standing"]
    assert report["until"] == "2100-01-01T05:00:00Z"
    assert report["plan"][0].startswith("3 of 3 hosts, in 3 batches")
    assert report["problem"] is None

    simulator.deployments.reasons.clear()
    file.chmod(0o644)
    role = {"import_role": {"name": "hosted_power.turbostack.rollout"}}
    play = {"hosts": "all", "gather_facts": False, "serial": 1, "tasks": [role]}
    rollout.book = ansible.write("batches.yml", [play])
    rollout.run(rollout_recover="keep", **given)
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    again = json.loads(file.read_text(encoding="utf-8"))
    assert again["run"] != report["run"]
    assert {name: host["outcome"] for name, host in again["hosts"].items()} == {
        two.name: "done",
        three.name: "done",
    }
    assert (again["unchanged"], again["later"]) == ([one.name], [])
    assert again["counts"]["done"] == 2

    rollout.journal.rename(rollout.journal.with_name("away"))
    rollout.run(fails=True, rollout_journal_create=False, **given)
    assert "rollout_journal_create is false" in json.loads(file.read_text("utf-8"))["problem"]


def test_forth(rollout: Rollout, ansible: Controller) -> None:
    """Look first, then do it, then find nothing to do."""
    one, two, three = rollout.hosts
    rollout.wants(all=WANTED, **{f"hosts__{two.name}": {"os_extra_packages": ["htop"], **SECRET}})
    # Stored by somebody, and never deployed.
    three.document = AFTER

    looked = rollout.run("--check", "--diff", rollout_http=True)
    shown = lines(looked, str(two.name))
    assert "htop" in shown
    assert "deploy: deploy" in shown
    assert "gate, HTTP: the first domain of each vhost" in shown
    assert "+redis_memory: '5gb'" in looked.stdout
    assert not rollout.journal.exists()

    run = rollout.run("--diff", "-vvv")
    assert one.document == AFTER
    assert two.document == {**AFTER, "os_extra_packages": [JINJA, "htop"], **SECRET}
    assert rollout.started() == [1, 1, 1]
    assert run.stdout.count("+redis_memory: '5gb'") == 2
    assert rollout.left == []
    assert [path.name.rpartition("-")[0] for path in rollout.archived] == [
        f"{one.name}-{one.id}",
        f"{two.name}-{two.id}",
        f"{three.name}-{three.id}",
    ]
    for path in (rollout.journal, rollout.journal / "archive", *rollout.archived):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0

    again = rollout.run(rollout_serial="100%")
    # The page of the inventory; the hosts one by one, as they are so few; the status of each.
    assert len(again.requests) == 1 + 2 * len(rollout.hosts)
    assert not any(result.changed for result in again.results)
    assert not (ansible.folder / "work" / "executed").exists()


def test_a_deployment_fails(rollout: Rollout, simulator: Simulator, ansible: Controller) -> None:
    """The host has its previous configuration again, and the next one is not begun."""
    one, two, three = rollout.hosts
    rollout.wants(all=WANTED)
    simulator.deployments.fail_for(int(two.id), f"certbot says {JINJA}")

    def mend(request: LoggedRequest) -> None:
        written = request.method == "POST" and request.path.endswith(f"/hosts/{two.id}")
        if written and two.document == BEFORE:
            simulator.deployments.reasons.clear()

    simulator.on_answer = mend
    run = rollout.run(fails=True)
    assert one.document == AFTER
    assert two.document == three.document == BEFORE
    assert rollout.started() == [1, 2, 0]
    assert rollout.left == []
    told = lines(run, str(two.name))
    assert f"certbot says {JINJA}" in told
    assert "The configuration was written (1 change); its deployment did not succeed." in told
    assert "The previous configuration is back in the platform, deployed, and verified." in told
    assert "may still be on the host" in told
    assert f"rolled out: 1 ({one.name})" in told
    assert f"failed, and put back to what it was: 1 ({two.name})" in told
    assert f"not begun: 1 ({three.name})" in told
    assert "the previous configuration is back, and verified" in failed(run, str(two.name))
    assert not (ansible.folder / "work" / "executed").exists()


@pytest.mark.parametrize("gate", ["health", "pages"])
def test_the_gate_fails(rollout: Rollout, simulator: Simulator, gate: str) -> None:
    """One of two hosts of a batch goes back; the other one is done."""
    one, two, three = rollout.hosts
    rollout.wants(all=WANTED)
    variables: dict[str, Any] = {"rollout_serial": 2}
    expected = "disk in use, in percent: 99, the limit is 95"
    if gate == "pages":
        # In a play of one's own, which stops at the first error.
        keywords: dict[str, Any] = {"hosts": "all", "gather_facts": False, "serial": 2}
        play = {**keywords, "any_errors_fatal": True, "roles": [{"role": ROLLOUT}]}
        rollout.book = rollout.ansible.write("play.yml", [play])
        expected = "answered 200, without the text 'no such text'"
        variables |= {"rollout_http": True, "rollout_http_content": "no such text"}
        asked = [f"{simulator.url}/_simulator/switches", f"{simulator.url}/nowhere"]
        variables["rollout_http_urls"] = (
            f"{{{{ {asked} if inventory_hostname == '{two.name}' else [] }}}}"
        )

    def fill(request: LoggedRequest) -> None:
        if request.path == f"/api/v1/hosts/{two.id}/deploy" and request.method == "POST":
            two.monitoring = {**WELL, "disk": {"used_percent": 99}} if gate == "health" else WELL

    simulator.on_answer = fill
    run = rollout.run(fails=True, **variables)
    assert one.document == AFTER
    assert two.document == BEFORE
    assert rollout.started() == [1, 2, 0]
    told = lines(run, str(two.name))
    assert expected in told
    assert gate == "health" or f"{simulator.url}/nowhere: answered 404" in told
    assert f"rolled out: 1 ({one.name})" in told
    assert f"not begun: 1 ({three.name})" in told
    assert "The host is not well nevertheless" in told


@pytest.mark.parametrize("given", [{}, {"rollout_parallel": 0}, {"rollout_parallel": "many"}])
def test_a_failure_begins_no_second_job(rollout: Rollout, given: dict[str, Any]) -> None:
    """Tasks that begin after the first host failed are told of a batch without it, and yet belong to its job."""
    rollout.wants(all=WANTED)
    rollout.hosts[0].monitoring = {"disk": {"used_percent": 99}}
    run = rollout.run("--forks", "1", fails=True, **given)
    assert len([one for one in run.results if one.status == "failed"]) == 3
    assert not run.writes
    before = len(run.requests)
    again = rollout.run(fails=True, **given)
    assert len(again.requests) == before


def test_a_host_that_is_not_touched(rollout: Rollout, simulator: Simulator) -> None:
    """It is not well to begin with, or the platform refuses what is written."""
    one, *_others = rollout.hosts
    rollout.wants(all=WANTED)
    one.monitoring = {"disk": {"used_percent": 99}}
    run = rollout.run(fails=True)
    assert "Nothing was written and nothing was deployed." in lines(run, str(one.name))
    assert not run.writes
    one.monitoring = WELL
    simulator.fail(method="POST", path=f"/hosts/{one.id}$", with_=422)
    refused = rollout.run("--limit", str(one.name), fails=True)
    assert "422" in refused.last.message
    assert "Nothing was written" in lines(refused, str(one.name))
    assert rollout.started() == [0, 0, 0]
    assert rollout.left == []
    one.monitoring = None
    rollout.run("--limit", str(one.name), fails=True, rollout_health_unknown="fail")
    accepted = rollout.run("--limit", str(one.name))
    assert "the platform does not say: load for each core" in lines(accepted, str(one.name))


def test_a_host_that_is_another_than_the_inventory_knew(
    rollout: Rollout, simulator: Simulator, ansible: Controller
) -> None:
    """Its id bears another name by now, or is of another platform."""
    rollout.wants(all=WANTED)
    known = {
        str(host.name): {
            "turbostack_id": host.id,
            "turbostack_name": host.name,
            "turbostack_platform": simulator.url,
        }
        for host in rollout.hosts
    }
    first, second, _third = known
    known[second]["turbostack_platform"] = "https://staging.example"
    rollout.hosts[0].name = "renamed.example"
    rollout.source = ansible.write("kept.yml", {"all": {"hosts": known}})
    run = rollout.run(fails=True, rollout_unused_files="accept", rollout_max_fail_percentage=100)
    assert f"is called renamed.example in the platform, and {first} was expected" in failed(
        run, first
    )
    assert "was read from https://staging.example, and this goes to" in failed(run, second)
    assert rollout.started() == [0, 0, 1]
    assert {request.path for request in run.writes} == {
        f"/api/v1/hosts/{rollout.hosts[2].id}",
        f"/api/v1/hosts/{rollout.hosts[2].id}/deploy",
    }


def test_somebody_else_writes_meanwhile(rollout: Rollout, simulator: Simulator) -> None:
    """Their change is never overwritten unasked, neither on the way back nor by the next run."""
    one, *_others = rollout.hosts
    limit = ("--limit", str(one.name))
    rollout.wants(all=WANTED)
    theirs = {**AFTER, "webserver": "apache"}
    simulator.deployments.fail_for(int(one.id), "no")

    def edit(request: LoggedRequest) -> None:
        if request.path.endswith("/deploy") and request.method == "POST":
            one.document = theirs

    simulator.on_answer = edit
    run = rollout.run(*limit, fails=True)
    simulator.on_answer = None
    assert one.document == theirs
    assert "THE PREVIOUS CONFIGURATION IS NOT BACK" in lines(run, str(one.name))
    assert len(rollout.left) == 2

    simulator.deployments.reasons.clear()
    refused = rollout.run(*limit, fails=True)
    assert not refused.writes
    assert "rollout_recover: keep" in refused.last.message

    kept = rollout.run(*limit, rollout_recover="keep")
    assert one.document == theirs
    assert len(kept.writes) == 1  # deployed, though there was nothing to write
    assert rollout.left == []


def test_the_way_back_fails_too(rollout: Rollout, simulator: Simulator) -> None:
    one, *_others = rollout.hosts
    limit = ("--limit", str(one.name))
    rollout.wants(all=WANTED)
    simulator.deployments.fail_for(int(one.id), f"no {JINJA}")
    run = rollout.run(*limit, fails=True)
    assert one.document == BEFORE
    assert "THE ROLLOUT FAILED, AND SO DID THE WAY BACK" in run.last.message
    assert run.last.message.count(f"no {JINJA}") == 1
    assert lines(run, str(one.name)).count(f"no {JINJA}") == 1
    assert len(rollout.left) == 2

    looked = rollout.run(*limit, "--check")
    shown = lines(looked, str(one.name))
    assert "the previous configuration is put back: The deployment of host" in shown
    assert "deploy: the previous configuration" in shown
    assert len(rollout.left) == 2

    simulator.deployments.reasons.clear()
    back = rollout.run(*limit, fails=True)
    assert "is back in the platform, deployed, and verified" in lines(back, str(one.name))
    assert one.document == BEFORE
    assert rollout.started()[0] == 3
    assert rollout.left == []
    rollout.run(*limit)
    assert one.document == AFTER
    assert not (rollout.ansible.folder / "work" / "executed").exists()


def test_what_is_removed_stays_unless_confirmed(rollout: Rollout, simulator: Simulator) -> None:
    one, two, _three = rollout.hosts
    rollout.wants(all={"os_extra_packages": [JINJA]})
    run = rollout.run("--limit", str(one.name), rollout_state="deleted")
    assert "stays on the host" in lines(run, str(one.name))
    assert simulator.deployments.full_resets.total() == 0
    rollout.run("--limit", str(two.name), rollout_state="deleted", rollout_confirm_delete="DELETE")
    assert simulator.deployments.full_resets == {int(two.id): 1}


def test_mistakes_are_found_before_anything_begins(rollout: Rollout) -> None:
    rollout.wants(all=WANTED, hosts__shop1={})
    typo = rollout.run(fails=True)
    assert "fleet/hosts/shop1.yml" in typo.last.message
    both = rollout.run(fails=True, rollout_config=WANTED)
    assert "rollout_directory and rollout_config" in both.last.message
    reset = rollout.run(
        fails=True, rollout_deploy_type="fullResetDeploy", rollout_unused_files="accept"
    )
    assert "rollout_confirm_delete" in reset.last.message
    assert not [*typo.writes, *both.writes, *reset.writes]


@pytest.mark.parametrize(
    ("method", "path", "nth", "after", "failing", "started"),
    [
        ("POST", "/hosts/101", 1, False, False, 1),
        ("POST", "/hosts/101", 1, True, False, 1),
        ("POST", "/deploy", 1, False, False, 1),
        ("POST", "/deploy", 1, True, False, 1),
        ("POST", "/hosts/101", 2, True, True, 2),
        ("POST", "/deploy", 2, True, True, 2),
    ],
)
def test_killed_at_any_moment(
    rollout: Rollout,
    simulator: Simulator,
    method: str,
    path: str,
    nth: int,
    after: bool,
    failing: bool,
    started: int,
) -> None:
    """The same command again does what is left, and no deployment is started twice."""
    one, *_others = rollout.hosts
    limit = ("--limit", str(one.name))
    rollout.wants(all=WANTED)
    simulator.switches.deploy_running_seconds = 1.0
    if failing:
        simulator.deployments.fail_for(int(one.id), "no")
    if not after:
        simulator.fail(method=method, path=f"{path}$", with_=Fault.dropped(), skip=nth - 1)

    def mend(request: LoggedRequest) -> None:
        """What was written fails to deploy, and what was there before does not."""
        if request.method == "POST" and one.document == BEFORE:
            simulator.deployments.reasons.clear()

    simulator.on_answer = mend
    rollout.killed(*limit, at=the_nth(nth, method, path), after=after)
    assert rollout.left[-1] == f"{one.name}-{one.id}.json"
    simulator.faults.clear()
    run = rollout.run(*limit, fails=failing)
    assert one.document == (BEFORE if failing else AFTER)
    assert rollout.started()[0] == started, run
    assert rollout.left == []


def test_who_is_meant(rollout: Rollout, simulator: Simulator) -> None:
    """A name that nobody bears is an error before anything is sent; a host may be left out by its name."""
    rollout.wants(all=WANTED)
    slips: list[tuple[dict[str, Any], str]] = [
        ({"rollout_hosts": "shpo-*"}, "rollout_hosts matches no host of the inventory"),
        ({"rollout_hosts": "all:!shpo-1.example"}, "!shpo-1.example matches no host and no group"),
        ({"rollout_except": ["shpo-1.example"]}, "rollout_except names shpo-1.example"),
    ]
    for slip, said in slips:
        # Ansible itself only warns of a pattern that matches nothing.
        run = rollout.run(fails=True, warns=True, **slip)
        assert said in " ".join((run.stdout + run.stderr).split()), run
    # That nobody has filled in a survey's field does not mean every host.
    nobody = rollout.run(fails=True, rollout_hosts="")
    assert "rollout_hosts matches no host" in " ".join((nobody.stdout + nobody.stderr).split())
    for limit in ("shop-2.example", "shop-[23].example,!shop-3.example"):
        apart = rollout.run("--limit", limit, fails=True, rollout_hosts="shop-1.example")
        said = f"rollout_hosts and --limit {limit} have no host in common, so nothing was sent."
        assert said in " ".join((apart.stdout + apart.stderr).split())
    assert not simulator.requests.matching("POST")
    run = rollout.run(rollout_hosts="all:!shop-1.example", rollout_except="shop-2.example")
    assert run.task(f"{ROLLOUT} : Roll out", "shop-2.example").status == "skipped"
    assert rollout.started() == [0, 0, 1]


def test_a_client_by_its_name(rollout: Rollout, simulator: Simulator) -> None:
    """Of two clients that bear one name neither is meant by it."""
    fleet = simulator.fleet
    jane = fleet.new_client("Roe")
    rollout.hosts[1].client_id = jane.id
    rollout.source.write_text(
        json.dumps(
            {"plugin": "hosted_power.turbostack.turbostack", "include_clients": True},
        )
    )
    rollout.wants(**{"clients__An Roe": WANTED})
    rollout.run()
    assert [host.document for host in rollout.hosts] == [BEFORE, AFTER, BEFORE]
    rollout.hosts[2].client_id = fleet.new_client("Roe").id
    run = rollout.run(fails=True)
    assert "which bear one name" in failed(run, "shop-2.example")


def test_what_is_doubtful_is_shown_with_the_plan_or_refused(rollout: Rollout) -> None:
    rollout.wants(all={"webservr": "apache"})
    doubt = "webservr is no key that is known. Did you mean webserver?"
    run = rollout.run("--check")
    shown = " ".join((run.stdout + run.stderr).split())
    assert f"doubtful: {doubt} [unknown-key] [fleet/all.yml:1]" in shown
    assert 'webservr: added "apache" [fleet/all.yml:1]' in shown
    run = rollout.run(fails=True, rollout_validate="strict")
    assert f"fleet/all.yml:1: {doubt}" in run.stdout + run.stderr
    assert "rollout_validate_except" in run.stdout + run.stderr
    assert not rollout.simulator.requests.matching("POST")
    rollout.run(rollout_validate="strict", rollout_validate_except=["webservr"])
    assert all(host.document["webservr"] == "apache" for host in rollout.hosts)


def test_a_domain_on_two_hosts_is_doubtful_as_well(rollout: Rollout) -> None:
    shop = {"app_name": "shop", "server_name": "shop.example"}
    holding = {"system_users": [{"username": "prod", "vhosts": [shop]}]}
    rollout.wants(**{"hosts__shop-1.example": holding, "hosts__shop-3.example": holding})
    run = rollout.run("--check")
    shown = " ".join((run.stdout + run.stderr).split())
    assert "server_name names shop.example, which shop-3.example serves as well." in shown
    assert "[served-elsewhere] [fleet/hosts/shop-1.example.yml:" in shown
    assert "or set rollout_validate to off." in shown
    rollout.run(fails=True, rollout_validate="strict")
    assert not rollout.simulator.requests.matching("POST")
    rollout.run(rollout_validate="strict", rollout_validate_except=["**.server_name"])
    assert rollout.hosts[0].document["system_users"] == rollout.hosts[2].document["system_users"]


def test_what_is_gone_does_not_come_back(rollout: Rollout, simulator: Simulator) -> None:
    rollout.wants(all={"system_users": [{"username": "gone", "php_version": "8.3"}]})
    run = rollout.run(fails=True, rollout_create=False)
    assert "system_users[gone] is not there" in run.stdout + run.stderr
    assert not run.writes
