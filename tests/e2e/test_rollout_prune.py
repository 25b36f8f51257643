# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the files of a rollout once named goes when they name it no longer, and nothing else does."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator import Fleet, Simulator
from simulator.request_log import LoggedRequest

from .controller import Controller
from .one_rollout import OneRun, ended
from .rollout_playbook import Rollout, failed, lines
from .secrets_guard import leaks

pytestmark = pytest.mark.outer_cores

WELL = {"disk": {"used_percent": 40.0}}
THEIRS = {"webserver": "nginx", "ftp_password": "TScanaryPASSWORDone"}
SECRET = {"api_token": "TScanaryTOKENtwo"}
SHOP = {"app_name": "shop", "server_name": "shop.example www.shop.example", "php_version": "8.3"}
SHARED = {"mail_devtool": "mailpit"}
ONE, TWO = "shop-1.example", "shop-2.example"


def users(*vhosts: Any) -> dict[str, Any]:
    return {"system_users": [{"username": "prod", "vhosts": list(vhosts)}]}


@pytest.fixture
def fleet() -> Fleet:
    fleet = Fleet()
    for name in (ONE, TWO):
        fleet.new_host(name, THEIRS).monitoring = WELL
    return fleet


@pytest.fixture
def rollout(
    ansible: Controller, simulator: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Rollout:
    rollout = Rollout(ansible, simulator, tmp_path_factory.mktemp("journal") / "made")
    rollout.variables |= {"rollout_prune": True, "rollout_validate": "off"}
    return rollout


def records(rollout: Rollout) -> dict[str, Any]:
    """The record of each host, by its name."""
    found = {}
    for path in (rollout.journal / "ownership").iterdir():
        content = json.loads(path.read_text(encoding="utf-8"))
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
        assert not list(leaks(path.read_text(encoding="utf-8")))
        found[content["host"]] = content
    return found


def record_of(rollout: Rollout) -> Path:
    host = rollout.hosts[0]
    return rollout.journal / "ownership" / f"{host.name}-{host.id}.json"


def owned(rollout: Rollout, host: str = ONE) -> list[str]:
    """The keys that are recorded of a host."""
    return list(records(rollout)[host]["owned"]["keys"])


def named(rollout: Rollout, **of_one: Any) -> None:
    """What the files say: the same of all hosts, and something of the first one."""
    rollout.wants(all=SHARED, **{f"hosts__{ONE}": of_one or {"zone": "x"}})


def test_named_and_named_no_longer(rollout: Rollout) -> None:
    one, two = rollout.hosts
    named(rollout, redis_memory="5gb", os_extra_packages=["htop", "vim"], **users(SHOP), **SECRET)
    first = rollout.run()
    assert "to be removed" not in first.stdout
    assert owned(rollout) == [
        "mail_devtool",
        "redis_memory",
        "os_extra_packages",
        "system_users",
        "api_token",
    ]
    assert rollout.started() == [1, 1]

    # A setting goes, a member of a set, a vhost and a secret; and one setting moves to another file.
    rollout.wants(
        all={"zone": "x"},
        groups__all=SHARED,
        **{f"hosts__{ONE}": {"os_extra_packages": ["vim"], **users()}},
    )
    looked = rollout.run("--check", "--diff")
    for said in (
        'redis_memory ("5gb")',
        "os_extra_packages[htop]",
        "system_users[prod].vhosts[shop] ({3 keys})",
        'api_token ("********")',
    ):
        assert f"to be removed: {said}" in looked.stderr + looked.stdout, looked
    assert "-redis_memory: '5gb'" in looked.stdout
    before = record_of(rollout).read_text(encoding="utf-8")

    run = rollout.run()
    assert one.document == {
        **THEIRS,
        **SHARED,
        "os_extra_packages": ["vim"],
        "zone": "x",
        **users(),
    }
    assert two.document == {**THEIRS, **SHARED, "zone": "x"}
    assert rollout.started() == [2, 2]
    assert "stays on the host, as only a fullResetDeploy deletes it: redis_memory" in lines(
        run, ONE
    )
    assert record_of(rollout).read_text(encoding="utf-8") != before

    at_rest = rollout.run()
    assert at_rest.writes == []
    assert not any(result.changed for result in at_rest.results)


def test_a_record_is_begun_where_nothing_is_to_be_done(rollout: Rollout) -> None:
    """And without the option, none is."""
    named(rollout, redis_memory="5gb")
    rollout.run(rollout_prune=False)
    assert not (rollout.journal / "ownership").exists()
    looked = rollout.run("--check")
    assert looked.writes == []
    assert not (rollout.journal / "ownership").exists()
    begun = rollout.run()
    assert begun.writes == []
    assert owned(rollout) == ["mail_devtool", "redis_memory"]
    named(rollout)
    rollout.run(rollout_prune=False)
    assert rollout.hosts[0].document["redis_memory"] == "5gb"
    rollout.run()
    assert "redis_memory" not in rollout.hosts[0].document


@pytest.mark.parametrize("conflicts", ["fail", "keep", "force"])
def test_somebody_else_has_changed_it(rollout: Rollout, conflicts: str) -> None:
    one, *_others = rollout.hosts
    named(rollout, redis_memory="5gb", **users(SHOP))
    rollout.run()
    one.document = {
        **one.document,
        "redis_memory": "6gb",
        **users({**SHOP, "varnish_enabled": True}),
    }
    named(rollout, zone="x")
    run = rollout.run(fails=conflicts == "fail", rollout_conflicts=conflicts)
    if conflicts == "force":
        assert one.document == {**THEIRS, **SHARED, "system_users": [], "zone": "x"}
        return
    told = failed(run, ONE) if conflicts == "fail" else run.stdout + run.stderr
    assert (
        f"redis_memory was changed since it was applied; hosts/{ONE}.yml named it, and no file does"
    ) in told
    assert "system_users[prod] holds what is not the repository's" in told
    assert "varnish_enabled was never named" in told
    if conflicts == "fail":
        assert "rollout_conflicts" in told
        assert run.writes == []
        assert "redis_memory" in owned(rollout)
        return
    assert one.document["redis_memory"] == "6gb"
    assert one.document["system_users"] == users({**SHOP, "varnish_enabled": True})["system_users"]
    assert owned(rollout) == ["mail_devtool", "zone"]


def test_no_run_removes_more_than_it_may(rollout: Rollout) -> None:
    rollout.wants(all={"os_extra_packages": ["a", "b"], **SHARED})
    rollout.run()
    rollout.wants(all=SHARED)
    for arguments in ((), ("--check",)):
        run = rollout.run(*arguments, fails=True, rollout_prune_limit=3)
        told = failed(run, ONE)
        assert "No file names 4 values on 2 hosts any more" in told
        assert "set rollout_prune_limit to 4" in told
        assert run.writes == []
    assert "os_extra_packages" in owned(rollout)
    rollout.run(rollout_prune_limit=4)
    assert rollout.hosts[1].document == {**THEIRS, **SHARED}


def test_a_host_of_which_no_file_says_anything(rollout: Rollout) -> None:
    one, *_others = rollout.hosts
    rollout.wants(**{f"hosts__{name}": {"redis_memory": "5gb"} for name in (ONE, TWO)})
    rollout.run()
    (rollout.ansible.folder / "work" / "fleet" / "hosts" / f"{ONE}.yml").unlink()
    run = rollout.run()
    assert run.writes == []
    assert one.document["redis_memory"] == "5gb"
    assert "no file says anything of this host any more" in run.stderr + run.stdout
    assert owned(rollout) == ["redis_memory"]


def test_a_record_that_cannot_be_used(rollout: Rollout) -> None:
    one, *_others = rollout.hosts
    named(rollout, redis_memory="5gb")
    rollout.run()
    path = record_of(rollout)
    kept = path.read_text(encoding="utf-8")
    named(rollout)
    for content, said in (
        (
            {"platform": "https://other.example"},
            "Give each platform a rollout_ownership of its own",
        ),
        ({"directory": "ours"}, "is of another directory: ours, and this is fleet"),
        ({"format": 2}, "written by a later version of the collection (format 2"),
        ({"owned": {"keys": {"redis_memory": 1}, "ours": False}}, "cannot be understood"),
        ("[", "cannot be understood"),
    ):
        text = json.dumps({**json.loads(kept), **content}) if isinstance(content, dict) else content
        path.write_text(text, encoding="utf-8")
        run = rollout.run(fails=True)
        assert said in failed(run, ONE)
        assert "Nothing was removed" in failed(run, ONE)
        assert run.writes == []
    # Under another name of the host it is the same record.
    path.unlink()
    renamed = path.with_name(f"old.example-{one.id}.json")
    renamed.write_text(kept.replace(ONE, "old.example"), encoding="utf-8")
    assert "is of another host: old.example" in failed(rollout.run(fails=True), ONE)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"rollout_state": "replaced"}, "rollout_prune goes with rollout_state merged"),
        (
            {"rollout_directory": "", "rollout_config": {"webserver": "nginx"}},
            "Set rollout_directory, or leave rollout_prune out",
        ),
    ],
)
def test_what_it_does_not_go_with(rollout: Rollout, variables: Any, said: str) -> None:
    named(rollout)
    run = rollout.run(fails=True, **variables)
    assert said in failed(run, ONE)
    assert run.writes == []


def test_records_in_a_folder_of_their_own(rollout: Rollout) -> None:
    named(rollout, redis_memory="5gb")
    rollout.run(rollout_ownership="applied")
    folder = rollout.ansible.folder / "work" / "applied"
    assert len(list(folder.iterdir())) == 2
    assert not (rollout.journal / "ownership").exists()
    (folder / "README.md").write_text("Ours.", encoding="utf-8")
    named(rollout)
    rollout.run(rollout_ownership="applied")
    assert "redis_memory" not in rollout.hosts[0].document


# Without Ansible around it


@pytest.fixture
def one(simulator: Simulator) -> Any:
    return next(iter(simulator.fleet.hosts.values()))


@pytest.fixture
def of(simulator: Simulator, one: Any, tmp_path: Path) -> Callable[..., OneRun]:
    """A run over the first host with a configuration."""

    def of(config: dict[str, Any], **others: Any) -> OneRun:
        return OneRun(
            url=simulator.url,
            token=others.pop("token", simulator.token),
            hosts={str(one.id): str(one.name)},
            folder=str(tmp_path / "journal"),
            config=config,
            prunes=True,
            **others,
        )

    return of


def applied(tmp_path: Path) -> str:
    (path,) = (tmp_path / "journal" / "ownership").iterdir()
    return path.read_text(encoding="utf-8")


@pytest.mark.newest_core
@pytest.mark.parametrize(
    ("nth", "after"), [*((nth, True) for nth in range(2, 11)), (4, False), (7, False)]
)
def test_killed_at_each_request(
    simulator: Simulator, one: Any, of: Any, tmp_path: Path, nth: int, after: bool
) -> None:
    """What was written goes all the same if the files name it no longer by then, and only that does."""
    assert of({**SHARED, "redis_memory": "5gb"}).run()["counts"]["done"] == 1
    simulator.switches.deploy_running_seconds = 0.3
    # One value goes, and another one comes.
    process = of({**SHARED, "varnish_cache_size": "4g"}).started()
    seen = 0

    def kill(request: LoggedRequest) -> None:
        nonlocal seen
        seen += 1
        if seen == nth:
            process.kill()

    if after:
        simulator.on_answer = kill
    else:
        simulator.on_request = kill
    ended(process)
    simulator.on_answer = simulator.on_request = None
    # Meanwhile the file was changed once more.
    last = {**SHARED, "zone": "x"}
    of(last).run()
    assert one.document == {**THEIRS, **last}
    keys = json.loads(applied(tmp_path))["owned"]["keys"]
    assert [*keys] == [*last]
    assert of(last).run()["unchanged"] == [one.name]


@pytest.mark.newest_core
def test_somebody_else_writes_after_a_kill(
    simulator: Simulator, one: Any, of: Any, tmp_path: Path
) -> None:
    """Which of the two was there when they wrote is not known, and the user says to go on from it."""
    of({**SHARED, "redis_memory": "5gb"}).run()
    simulator.switches.deploy_running_seconds = 5
    process = of({**SHARED, "varnish_cache_size": "4g"}).started()

    def kill(request: LoggedRequest) -> None:
        if request.method == "POST":
            process.kill()

    simulator.on_answer = kill
    ended(process)
    simulator.on_answer = None
    one.document = {**one.document, "webserver": "apache"}
    refused = of({**SHARED, "zone": "x"}).run()
    assert refused["counts"]["interrupted"] == 1
    of({**SHARED, "zone": "x"}, recover="keep").run()
    assert one.document == {**THEIRS, **SHARED, "zone": "x", "webserver": "apache"}


@pytest.mark.newest_core
def test_the_way_back_leaves_the_record_true(
    simulator: Simulator, one: Any, of: Any, tmp_path: Path
) -> None:
    of({**SHARED, "redis_memory": "5gb"}).run()
    before, kept = one.document, applied(tmp_path)
    simulator.deployments.fail_for(one.id, "no")

    def mend(request: LoggedRequest) -> None:
        if request.method == "POST" and one.document == before:
            simulator.deployments.reasons.clear()

    simulator.on_answer = mend
    config = {**SHARED, "varnish_cache_size": "4g"}
    assert of(config).run()["counts"]["returned"] == 1
    assert one.document == before
    assert applied(tmp_path) == kept
    of(config).run()
    assert one.document == {**THEIRS, **config}


@pytest.mark.newest_core
def test_another_token(simulator: Simulator, one: Any, of: Any) -> None:
    """A secret that was applied with another token is not known again, and everything else is."""
    of({**SHARED, "redis_memory": "5gb", **SECRET}).run()
    other = simulator.fleet.add_token("other")
    result = of(SHARED, token=other).run()
    told = result["hosts"][one.name]["msg"]
    assert "api_token is a secret that was applied with another token" in told
    assert "redis_memory" not in told
    of(SHARED, token=other, conflicts="force").run()
    assert one.document == {**THEIRS, **SHARED}
