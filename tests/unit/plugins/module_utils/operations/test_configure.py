# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
    StatusError,
    TurboStackError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import (
    group,
    host,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    OperationFailed,
    TaskContext,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.writing import (
    machine,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.resources.json_field import (
    UnreadableDocument,
)
from simulator import Fault, Simulator, Switches

BEFORE = {
    "webserver": "nginx",
    "mysql_version": 8.0,
    "big": 9007199254740993,
    "system_users": [
        {
            "username": "prod",
            "vhosts": [
                {"app_name": "shop", "php_version": "8.2", "cert_pvk": "-----PRIVATE s3cret"},
                {"app_name": "blog", "php_version": "8.1"},
            ],
        }
    ],
    "firewall_whitelist": ["192.0.2.1 # VPN"],
}


@pytest.fixture(params=["host", "group"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def stored(kind: str, simulator: Simulator) -> Any:
    """The simulator's own host or group, which holds BEFORE."""
    things: Any = simulator.fleet.hosts if kind == "host" else simulator.fleet.groups
    thing = things[min(things)]
    thing.document = json.loads(json.dumps(BEFORE))
    return thing


@pytest.fixture
def run(kind: str, stored: Any, task: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(machine, "PATIENCE", (0, 0.01, 0.01, 0.01))
    made = task(host.OPERATION if kind == "host" else group.OPERATION)

    def run(config: dict[str, Any], **options: Any) -> Any:
        return made(**{"id": stored.id, "config": config, **options})

    run.task = made  # type: ignore[attr-defined]
    return run


def writes(simulator: Simulator) -> int:
    return len(simulator.requests.matching("POST"))


def vhost(**fields: Any) -> dict[str, Any]:
    return {"system_users": [{"username": "prod", "vhosts": [fields]}]}


STEPS: list[tuple[str, dict[str, Any], bool]] = [
    ("merged", vhost(app_name="api", php_version="8.3"), True),
    ("merged", vhost(app_name="api", php_version="8.3"), False),
    ("merged", vhost(app_name="api", php_version="8.4"), True),
    ("merged", vhost(app_name="api", php_version="8.4"), False),
    ("deleted", vhost(app_name="api"), True),
    ("deleted", vhost(app_name="api"), False),
]


@pytest.mark.parametrize("switches", [Switches(), Switches.laravel()], ids=["plain", "rewriting"])
def test_create_modify_delete_each_twice_each_with_and_without_check_mode(
    switches: Switches, run: Any, stored: Any, simulator: Simulator
) -> None:
    simulator.switches = switches
    for state, config, changed in STEPS:
        before = writes(simulator)
        predicted = run(config, state=state, check_mode=True)
        assert writes(simulator) == before
        result = run(config, state=state)
        assert result["changed"] is predicted["changed"] is changed
        assert result["deploy_required"] is changed
        assert result["changes"] == predicted["changes"]
        assert bool(result["changes"]) is changed
        assert result["diff"] == predicted["diff"]
        assert writes(simulator) == before + changed
    expected = json.loads(json.dumps(BEFORE))
    assert stored.document == expected


def test_the_result_says_what_and_where(run: Any, stored: Any) -> None:
    result = run(vhost(app_name="shop", php_version="8.3"))
    assert (result["id"], result["name"]) == (stored.id, stored.name)
    assert result["changes"] == [
        {
            "path": "system_users[prod].vhosts[shop].php_version",
            "op": "change",
            "before": "8.2",
            "after": "8.3",
            "summary": 'system_users[prod].vhosts[shop].php_version: "8.2" → "8.3"',
        }
    ]
    assert "8.2" in result["diff"]["before"]
    assert "8.3" in result["diff"]["after"]
    assert "blog" not in result["diff"]["after"]


def test_what_is_not_mentioned_is_sent_back_as_it_was(
    run: Any, stored: Any, simulator: Simulator
) -> None:
    text = json.dumps(BEFORE)[:-1] + ', "odd": 8.10, "exact": 0.1000000000000000055}'
    stored.json = text
    run({"webserver": "apache"})
    (request,) = simulator.requests.matching("POST")
    sent = f'{{"json":{text.replace("nginx", "apache")}}}'
    assert request.body.decode().replace(" ", "") == sent.replace(" ", "")


def test_an_unchanged_task_costs_one_request(run: Any, simulator: Simulator) -> None:
    assert run({"webserver": "nginx"})["changed"] is False
    assert [request.method for request in simulator.requests] == ["GET"]


def test_a_changed_task_costs_three_requests(
    run: Any, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "FRESH", 60.0)
    assert run({"webserver": "apache"}, backup=True)["changed"] is True
    assert [request.method for request in simulator.requests] == ["GET", "POST", "GET"]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A controller that takes so long that what it has read is no longer fresh."""
    monkeypatch.setattr(machine, "FRESH", -1.0)


@pytest.mark.usefixtures("slow")
def test_what_was_read_too_long_ago_is_read_once_more(run: Any, simulator: Simulator) -> None:
    for number, backup in enumerate((False, True)):
        simulator.requests.clear()
        assert run({"webserver": f"apache{number}"}, backup=backup)["changed"] is True
        assert [request.method for request in simulator.requests] == ["GET", "GET", "POST", "GET"]


@pytest.mark.usefixtures("slow")
def test_a_change_made_meanwhile_is_kept(run: Any, stored: Any, simulator: Simulator) -> None:
    def rival(request: Any) -> None:
        if len(simulator.requests.matching("GET")) >= 2:
            simulator.on_request = None
            stored.document = {**stored.document, "rival": True}

    simulator.on_request = rival
    result = run({"webserver": "apache"})
    assert stored.document["rival"] is True
    assert stored.document["webserver"] == "apache"
    assert [change["path"] for change in result["changes"]] == ["webserver"]


@pytest.mark.usefixtures("slow")
def test_a_change_that_somebody_else_made_first_needs_no_write(
    run: Any, stored: Any, simulator: Simulator
) -> None:
    def rival(request: Any) -> None:
        if len(simulator.requests.matching("GET")) >= 2:
            simulator.on_request = None
            stored.document = {**stored.document, "webserver": "apache"}

    simulator.on_request = rival
    assert run({"webserver": "apache"})["changed"] is False
    assert writes(simulator) == 0


@pytest.mark.usefixtures("slow")
def test_somebody_who_never_stops_writing(run: Any, stored: Any, simulator: Simulator) -> None:
    def rival(request: Any) -> None:
        stored.document = {**stored.document, "count": len(simulator.requests)}

    simulator.on_request = rival
    with pytest.raises(TurboStackError, match="5 times") as refused:
        run({"webserver": "apache"})
    assert "Nothing was written" in str(refused.value)
    assert writes(simulator) == 0


def test_a_fingerprint_guards_the_document(run: Any, stored: Any, simulator: Simulator) -> None:
    seen = run({})["fingerprint"]
    stored.document = {**stored.document, "webserver": "apache"}
    with pytest.raises(OperationFailed, match="webserver") as refused:
        run({"redis_enabled": True}, expected_fingerprint=seen)
    assert writes(simulator) == 0
    now = refused.value.result["fingerprint"]
    planned = run({"redis_enabled": True}, check_mode=True)
    assert planned["fingerprint_before"] == now
    after = run({"redis_enabled": True}, expected_fingerprint=now)
    assert after["changed"] is True
    assert after["fingerprint"] == planned["fingerprint"] != now
    assert run({})["fingerprint_before"] == after["fingerprint"]
    assert run({}, expected_fingerprint=after["fingerprint"])["changed"] is False


def test_a_fingerprint_guards_until_the_write(run: Any, stored: Any, simulator: Simulator) -> None:
    seen = run({})["fingerprint"]
    simulator.requests.clear()

    def rival(request: Any) -> None:
        if len(simulator.requests.matching("GET")) >= 2:
            simulator.on_request = None
            stored.document = {**stored.document, "rival": True}

    simulator.on_request = rival
    with pytest.raises(OperationFailed, match="rival"):
        run({"webserver": "apache"}, expected_fingerprint=seen)
    assert writes(simulator) == 0


def test_what_the_platform_rewrites_is_told_and_then_unchanged(
    run: Any, simulator: Simulator
) -> None:
    simulator.switches = Switches.laravel()
    config = {"note": " x ", "none": "", "map": {}, "count": 8.0}
    result = run(config)
    assert set(result["server_normalized"]) == {"note", "none", "map", "count", "mysql_version"}
    assert run(config)["changed"] is False


def test_what_the_platform_does_not_store_fails_the_task(
    run: Any, stored: Any, simulator: Simulator
) -> None:
    def drop(request: Any) -> None:
        if request.method == "POST":
            stored.document = {**stored.document, "webserver": "caddy"}

    simulator.on_answer = drop
    with pytest.raises(OperationFailed, match="webserver") as failed:
        run({"webserver": "apache"})
    assert failed.value.result["changed"] is True
    assert failed.value.result["mismatches"] == ["webserver"]
    assert run({"webserver": "apache"}, verify=False)["changed"] is True


def test_a_replica_that_lags_gets_some_patience(run: Any, simulator: Simulator) -> None:
    simulator.switches.replica_lag_reads = 2
    assert run({"webserver": "apache"})["changed"] is True


@pytest.mark.parametrize(
    ("fault", "took_effect"),
    [(Fault.lost_answer(), True), (Fault.dropped(), False), (Fault.html(after=True), True)],
    ids=["lost", "dropped", "html"],
)
def test_a_lost_answer_is_looked_into(
    fault: Fault,
    took_effect: bool,
    kind: str,
    stored: Any,
    task: Any,
    connect: Callable[..., Any],
    simulator: Simulator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine, "PATIENCE", (0, 0.01, 0.01, 0.01))
    run = task(host.OPERATION if kind == "host" else group.OPERATION, connect(api_retries=0))
    simulator.fail("POST", with_=fault)
    with pytest.raises(OperationFailed) as failed:
        run(id=stored.id, config={"webserver": "apache"})
    assert failed.value.result["changed"] is took_effect
    assert ("was stored all the same" in str(failed.value)) is took_effect
    assert ("still what it was before" in str(failed.value)) is not took_effect
    assert (stored.document["webserver"] == "apache") is took_effect


def test_a_lost_answer_is_repeated_where_that_is_allowed(
    run: Any, stored: Any, simulator: Simulator
) -> None:
    simulator.fail("POST", times=2, with_=[Fault.lost_answer(), Fault.status(503)])
    assert run({"webserver": "apache"})["changed"] is True
    assert stored.document["webserver"] == "apache"


def test_a_refusal_changes_nothing(run: Any, stored: Any, simulator: Simulator) -> None:
    simulator.fail("POST", with_=Fault.status(422, "The json is invalid."))
    with pytest.raises(StatusError, match="The json is invalid"):
        run({"webserver": "apache"})
    assert stored.document == BEFORE


@pytest.mark.parametrize("state", ["merged", "deleted"])
def test_text_that_is_no_document_is_left_alone(
    state: str, run: Any, stored: Any, simulator: Simulator
) -> None:
    stored.json = "webserver: nginx # s3cret"
    with pytest.raises(UnreadableDocument) as refused:
        run({"webserver": "apache"}, state=state)
    assert "s3cret" not in str(refused.value)
    assert writes(simulator) == 0


def test_text_that_is_no_document_can_be_replaced(run: Any, stored: Any, tmp_path: Path) -> None:
    stored.json = "webserver: nginx"
    result = run({"webserver": "apache"}, state="replaced", backup=True)
    assert result["changed"] is True
    assert stored.document == {"webserver": "apache"}
    assert json.loads(Path(result["backup_file"]).read_text()) == "webserver: nginx"
    assert "no configuration document" in run.task.warnings[0]


@pytest.mark.parametrize("empty", ["", "null", "[]", "{}"])
def test_a_new_host_has_an_empty_configuration(empty: str, run: Any, stored: Any) -> None:
    stored.json = empty
    assert run({"webserver": "nginx"})["changed"] is True
    assert stored.document == {"webserver": "nginx"}


def test_replacing_by_nothing_wants_to_be_meant(run: Any, stored: Any) -> None:
    with pytest.raises(PlanError, match="allow_empty"):
        run({}, state="replaced")
    run({}, state="replaced", allow_empty=True)
    assert stored.document == {}


def test_a_backup_can_be_put_back(run: Any, stored: Any, tmp_path: Path) -> None:
    result = run({"webserver": "apache"}, backup=True)
    path = Path(result["backup_file"])
    assert path.parent == tmp_path / "backup"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(stored.id) in path.name
    assert [other.name for other in path.parent.iterdir()] == [path.name]
    run(json.loads(path.read_text()), state="replaced")
    assert stored.document == BEFORE


def test_no_backup_where_nothing_changes(run: Any, tmp_path: Path) -> None:
    assert "backup_file" not in run({"webserver": "nginx"}, backup=True)
    assert "backup_file" not in run({"webserver": "apache"}, backup=True, check_mode=True)
    assert not (tmp_path / "backup").exists()


def test_where_a_backup_goes(run: Any, tmp_path: Path) -> None:
    options = {"dir_path": str(tmp_path / "deep" / "er"), "filename": "before.json"}
    result = run({"webserver": "apache"}, backup=True, backup_options=options)
    assert result["backup_file"] == str(tmp_path / "deep" / "er" / "before.json")


def test_a_backup_that_cannot_be_written_stops_the_write(
    run: Any, simulator: Simulator, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    for options in ({"dir_path": str(tmp_path / "file" / "x")}, {"filename": "../escape.json"}):
        with pytest.raises(SettingsError):
            run({"webserver": "apache"}, backup=True, backup_options=options)
    assert writes(simulator) == 0


def test_no_secret_is_in_the_result(run: Any) -> None:
    result = run(
        {**vhost(app_name="shop", cert_pvk="-----PRIVATE n3w"), "db_password": "hunter2hunter2"}
    )
    for secret in ("s3cret", "n3w", "hunter2hunter2"):
        assert secret not in repr(result)
    assert {change["path"] for change in result["changes"]} == {
        "db_password",
        "system_users[prod].vhosts[shop].cert_pvk",
    }


def test_the_secrets_in_the_options_are_named_for_censoring(kind: str) -> None:
    operation: Any = host.OPERATION if kind == "host" else group.OPERATION
    options = {name: argument.get("default") for name, argument in operation.arguments.items()}

    def secrets(config: Any) -> set[str]:
        return operation.secret_values(operation.given({**options, "config": config}))

    assert secrets({"a": {"db_password": "hunter2hunter2"}}) == {"hunter2hunter2"}
    assert secrets({}) == set()


def test_warnings_name_whose_they_are(run: Any, stored: Any) -> None:
    run({"webserver": "nginx", "big": "9007199254740993"})
    assert str(stored.name) in run.task.warnings[0]
    assert "big" in run.task.warnings[0]


def test_what_somebody_wrote_before_a_repetition_is_kept(
    run: Any, stored: Any, simulator: Simulator
) -> None:
    def rival(request: Any) -> None:
        if request.method == "POST":
            simulator.on_answer = None
            stored.document = {**stored.document, "rival": True}

    simulator.on_answer = rival
    simulator.fail("POST", with_=Fault.too_many_requests(0))
    result = run({"webserver": "apache"})
    assert stored.document["rival"] is True
    assert stored.document["webserver"] == "apache"
    assert [change["path"] for change in result["changes"]] == ["webserver"]


@pytest.mark.usefixtures("slow")
def test_a_change_of_type_alone_is_a_change_made_meanwhile(
    run: Any, stored: Any, simulator: Simulator
) -> None:
    stored.document = {"redis_enabled": 1, "webserver": "nginx"}

    def rival(request: Any) -> None:
        if len(simulator.requests.matching("GET")) >= 2:
            simulator.on_request = None
            stored.document = {**stored.document, "redis_enabled": True}

    simulator.on_request = rival
    run({"webserver": "apache"})
    assert stored.document["redis_enabled"] is True


@pytest.mark.parametrize("fault", [Fault.status(500), Fault.wrong_type({"id": "who knows"})])
def test_a_read_back_that_fails_does_not_hide_the_write(
    fault: Fault,
    kind: str,
    stored: Any,
    task: Any,
    connect: Callable[..., Any],
    simulator: Simulator,
    tmp_path: Path,
) -> None:
    run = task(host.OPERATION if kind == "host" else group.OPERATION, connect(api_retries=0))
    simulator.fail("GET", skip=1, with_=fault)
    with pytest.raises(OperationFailed, match="was stored, but could not be read back") as failed:
        run(id=stored.id, config={"webserver": "apache"}, backup=True)
    assert failed.value.result["changed"] is True
    assert Path(failed.value.result["backup_file"]).exists()


def test_a_redirect_is_looked_into(run: Any, stored: Any, simulator: Simulator) -> None:
    simulator.fail("POST", with_=Fault.redirect().after_effect())
    with pytest.raises(OperationFailed, match="stored all the same") as failed:
        run({"webserver": "apache"})
    assert failed.value.result["changed"] is True


def test_what_is_stored_and_secret_is_named_for_censoring(kind: str, stored: Any, api: Any) -> None:
    stored.document = {"db_password": "correcthorse9"}
    told: set[str] = set()
    operation: Any = host.OPERATION if kind == "host" else group.OPERATION
    options = {name: argument.get("default") for name, argument in operation.arguments.items()}
    context = TaskContext(check_mode=True, censor=told.update)
    given = operation.given({**options, "id": stored.id, "config": {"a": 1}})
    operation.run(given, api, context)
    assert told == {"correcthorse9"}


@pytest.mark.parametrize("name", ["", "  ", None])
def test_an_empty_name_means_nothing(
    name: str | None, kind: str, stored: Any, task: Any, simulator: Simulator
) -> None:
    stored.name = None
    run = task(host.OPERATION if kind == "host" else group.OPERATION)
    with pytest.raises(TurboStackError, match=r"name of the \w+ is empty"):
        run(name=name, config={"webserver": "apache"})
    assert writes(simulator) == 0
