# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    BodyError,
    NoAnswer,
    SettingsError,
    StatusError,
    TargetError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations import deploy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.deployment import (
    machine,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    OperationFailed,
)
from simulator import Fault, Simulator


@pytest.fixture
def host(simulator: Simulator) -> int:
    return min(simulator.fleet.hosts)


@pytest.fixture
def run(task: Any, host: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(machine, "SETTLE", 0.8)
    monkeypatch.setattr(machine, "SHORTEST_INTERVAL", 0.02)
    monkeypatch.setattr(machine, "REST", 0.0)
    made = task(deploy.OPERATION)

    def run(**options: Any) -> Any:
        return made(
            **{
                "id": host,
                "start": "always",
                "poll_interval": 0.05,
                "wait_timeout": 10,
                **options,
            }
        )

    run.task = made  # type: ignore[attr-defined]
    return run


def test_a_deployment_runs_to_its_end(run: Any, simulator: Simulator, host: int) -> None:
    result = run(type="fullDeploy")
    assert simulator.deployments[host] == 1
    assert (result["changed"], result["status"], result["type"]) == (
        True,
        "succeeded",
        "fullDeploy",
    )
    assert result["deployment"]["status"] == "success"
    assert 0.2 <= result["elapsed"] < 5
    name = simulator.fleet.hosts[host].name
    assert run.task.shown[0] == f"{name}: fullDeploy started (0:00)"
    assert run.task.shown[-1] == f"{name}: fullDeploy succeeded (0:00)"


def test_check_mode_only_looks(run: Any, simulator: Simulator, host: int) -> None:
    assert run(check_mode=True)["changed"] is True
    assert simulator.deployments[host] == 0


def test_without_waiting_the_status_is_the_new_ones(
    run: Any, simulator: Simulator, host: int
) -> None:
    simulator.switches.update(deploy_history="succeeded", deploy_lag_reads=3)
    result = run(wait=False)
    assert (result["changed"], result["status"]) == (True, "queued")
    assert simulator.deployments[host] == 1


@pytest.mark.parametrize("confirm", [None, "", "delete", "yes"])
def test_a_reset_wants_to_be_confirmed(confirm: str | None, run: Any, simulator: Simulator) -> None:
    for check_mode in (True, False):
        with pytest.raises(SettingsError, match="confirm: DELETE"):
            run(type="fullResetDeploy", confirm=confirm, check_mode=check_mode)
    assert len(simulator.requests) == 0


def test_a_confirmed_reset_is_one(run: Any, simulator: Simulator, host: int) -> None:
    run(type="fullResetDeploy", confirm="DELETE")
    assert simulator.deployments.full_resets[host] == 1


def test_a_failure_fails_and_says_why(run: Any, simulator: Simulator, host: int) -> None:
    simulator.deployments.fail_for(host, "DNS of shop.example points elsewhere")
    with pytest.raises(OperationFailed, match="points elsewhere") as failed:
        run()
    assert failed.value.result["changed"] is True
    assert failed.value.result["status"] == "failed"


SHAPES = [
    {"deploy_status": shape}
    for shape in (
        *("flat", "data", "success-data", "list-newest-first", "list-oldest-first"),
        *("deploy", "deployment-state", "booleans", "string", "text", "number", "last-deploy"),
    )
]
WORDS = [
    {"deploy_words": words} for words in ("success", "deployed", "completed", "finished", "upper")
]
NEVER = [
    {"deploy_never": never}
    for never in ("404", "null", "empty-object", "empty-list", "204", "null-status")
]
ANSWERS = [
    {"deploy_started": answer}
    for answer in ("object", "data", "message", "success-message", "id", "202-empty", "204")
]


@pytest.mark.parametrize("switches", [*SHAPES, *WORDS, *NEVER, *ANSWERS], ids=str)
def test_whatever_the_platform_answers(
    switches: dict[str, Any], run: Any, simulator: Simulator, host: int
) -> None:
    simulator.switches.update(**switches)
    assert run()["status"] == "succeeded"
    assert run()["status"] == "succeeded"
    assert simulator.deployments[host] == 2


@pytest.mark.parametrize(
    "shape", [{"deploy_status": "flat"}, {"deploy_status": "list-newest-first"}]
)
def test_an_earlier_success_is_not_taken_for_ours(
    shape: dict[str, Any], run: Any, simulator: Simulator, host: int
) -> None:
    simulator.switches.update(**shape, deploy_history="succeeded", deploy_lag_reads=4)
    simulator.deployments.fail_for(host, "broken")
    with pytest.raises(OperationFailed, match="broken"):
        run()


def test_a_status_that_tells_no_deployments_apart_is_not_taken_for_the_new_one(
    run: Any, simulator: Simulator, host: int
) -> None:
    simulator.switches.update(
        deploy_history="succeeded",
        deploy_ids=False,
        deploy_timestamps=False,
        deploy_queued_seconds=0,
        deploy_running_seconds=0,
    )
    with pytest.raises(OperationFailed, match="no id or time") as failed:
        run()
    assert (failed.value.result["changed"], failed.value.result["status"]) == (True, "queued")


@pytest.mark.parametrize(
    "answers",
    [
        # A replica that lags shows the old deployment again after the new one.
        [{"id": 6, "status": "running"}, {"id": 5, "status": "finished"}],
        # An answer without content, and then the old deployment.
        [{"data": None}, {"id": 5, "status": "finished"}],
    ],
)
def test_an_old_end_is_not_taken_for_the_new_one(
    answers: list[Any], run: Any, simulator: Simulator
) -> None:
    said = [
        {"id": 5, "status": "finished"},
        *answers,
        {"id": 6, "status": "running"},
        {"id": 6, "status": "failed", "message": "no DNS"},
    ]
    for body in said:
        simulator.fail("GET", "/deploy", with_=Fault.wrong_type(body))
    with pytest.raises(OperationFailed, match="no DNS"):
        run()


def test_a_start_that_was_refused_under_a_success(run: Any, simulator: Simulator) -> None:
    refusal = {"status": "Error", "errors": ["queue is full"], "message": "not started"}
    simulator.fail("POST", "/deploy", with_=Fault.wrong_type(refusal))
    simulator.fail("GET", "/deploy", rate=1, with_=Fault.wrong_type({"status": "success"}))
    with pytest.raises(OperationFailed, match="queue is full"):
        run()


def test_a_platform_that_cannot_decide_is_not_asked_for_ever(
    run: Any, simulator: Simulator
) -> None:
    simulator.fail("POST", "/deploy", rate=1, with_=Fault.status(409))
    running, finished = ({"id": 1, "status": word} for word in ("running", "finished"))
    for _time in range(500):
        simulator.fail("GET", "/deploy", with_=Fault.wrong_type(finished))
        simulator.fail("GET", "/deploy", with_=Fault.wrong_type(running))
    with pytest.raises(OperationFailed, match="wait_timeout"):
        run(wait_timeout=1)


@pytest.mark.parametrize(
    "options",
    [
        {"wait_timeout": 0},
        {"wait_timeout": float("nan")},
        {"poll_interval": -1},
        {"poll_interval": 0},
    ],
)
def test_times_that_mean_nothing_are_refused(options: dict[str, float], run: Any) -> None:
    (name,) = options
    with pytest.raises(SettingsError, match=name):
        run(**options)


def test_warnings_are_no_failure(run: Any, simulator: Simulator) -> None:
    simulator.switches.deploy_outcome = "warnings"
    assert run()["status"] == "succeeded"
    assert len(run.task.warnings) == 1


def test_an_unknown_status_is_shown_and_can_be_explained(
    run: Any, simulator: Simulator, host: int
) -> None:
    simulator.switches.deploy_words = "unknown"
    with pytest.raises(OperationFailed, match="status_words") as failed:
        run()
    assert failed.value.result["status"] == "unknown"
    assert failed.value.result["changed"] is True
    word = failed.value.result["deployment"]["status"]
    assert word in str(failed.value)
    with pytest.raises(OperationFailed, match="Nothing was started"):
        run()
    assert simulator.deployments[host] == 1


def test_words_must_stand_for_something_known(run: Any) -> None:
    with pytest.raises(SettingsError, match="'sideways'"):
        run(status_words={"up": "sideways"})


LOST = [
    Fault.lost_answer(),
    Fault.gateway_timeout(),
    Fault.status(500, after=True),
    Fault.maintenance().after_effect(),
    Fault.truncated(),
    Fault.html(after=True),
    Fault.redirect(status=303).after_effect(),
]


@pytest.mark.parametrize("fault", LOST, ids=lambda fault: fault.name)
def test_a_lost_answer_is_looked_into(
    fault: Fault, run: Any, simulator: Simulator, host: int
) -> None:
    simulator.fail("POST", "/deploy", times=5, with_=fault)
    assert run()["status"] == "succeeded"
    assert simulator.deployments[host] == 1


@pytest.mark.parametrize("fault", LOST, ids=lambda fault: fault.name)
def test_a_lost_answer_after_an_earlier_success_is_looked_into(
    fault: Fault, run: Any, simulator: Simulator, host: int
) -> None:
    simulator.switches.update(deploy_history="succeeded", deploy_lag_reads=2)
    simulator.fail("POST", "/deploy", times=5, with_=fault)
    assert run()["status"] == "succeeded"
    assert simulator.deployments[host] == 1


@pytest.mark.parametrize(
    "fault", [Fault.dropped(), Fault.status(500), Fault.bad_gateway(), Fault.maintenance()]
)
def test_nothing_is_started_again_when_it_is_not_known_to_have_failed(
    fault: Fault, run: Any, simulator: Simulator, host: int
) -> None:
    simulator.fail("POST", "/deploy", with_=fault)
    with pytest.raises(OperationFailed, match="not known") as failed:
        run()
    assert "not started a second time" in str(failed.value)
    assert len(simulator.requests.matching("POST", "/deploy")) == 1
    assert simulator.deployments[host] == 0


def test_a_rate_limit_is_waited_out(run: Any, simulator: Simulator, host: int) -> None:
    simulator.fail("POST", "/deploy", times=3, with_=Fault.too_many_requests(1))
    assert run()["status"] == "succeeded"
    assert simulator.deployments[host] == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault.status(500),
        Fault.bad_gateway(),
        Fault.maintenance(),
        Fault.dropped(),
        Fault.truncated(),
        Fault.html(),
    ],
    ids=lambda fault: fault.name,
)
def test_a_poll_that_fails_does_not_end_the_wait(
    fault: Fault, run: Any, simulator: Simulator, host: int
) -> None:
    simulator.fail("GET", "/deploy", times=3, skip=1, with_=fault)
    assert run()["status"] == "succeeded"
    assert simulator.deployments[host] == 1
    assert any("still waiting" in line for line in run.task.shown)


@pytest.mark.parametrize("fault", [Fault.unauthenticated(), Fault.forbidden()])
def test_a_poll_that_is_refused_ends_the_wait(fault: Fault, run: Any, simulator: Simulator) -> None:
    simulator.fail("GET", "/deploy", skip=1, with_=fault)
    with pytest.raises(OperationFailed, match="may still be running") as failed:
        run()
    assert failed.value.result["changed"] is True


def test_the_wait_ends_with_its_time(run: Any, simulator: Simulator) -> None:
    simulator.switches.deploy_running_seconds = 30
    began = time.monotonic()
    with pytest.raises(OperationFailed, match="wait_timeout") as failed:
        run(wait_timeout=0.7)
    assert time.monotonic() - began < 3
    assert failed.value.result["status"] == "running"
    assert failed.value.result["changed"] is True


@pytest.fixture
def running(simulator: Simulator, run: Any) -> None:
    """Somebody else's deployment, under way."""
    simulator.switches.deploy_running_seconds = 1.0
    run(wait=False)


def test_fail_if_one_is_running(running: None, run: Any, simulator: Simulator, host: int) -> None:
    with pytest.raises(OperationFailed, match="running already") as failed:
        run(if_running="fail")
    assert failed.value.result["changed"] is False
    assert simulator.deployments[host] == 1


def test_join_the_one_that_is_running(
    running: None, run: Any, simulator: Simulator, host: int
) -> None:
    result = run(if_running="join")
    assert (result["changed"], result["status"]) == (False, "succeeded")
    assert run(if_running="join", check_mode=True)["changed"] is True
    assert simulator.deployments[host] == 1


def test_wait_for_the_one_that_is_running(
    running: None, run: Any, simulator: Simulator, host: int
) -> None:
    assert run(if_running="wait", check_mode=True)["changed"] is True
    result = run(if_running="wait")
    assert (result["changed"], result["status"]) == (True, "succeeded")
    assert simulator.deployments[host] == 2


@pytest.mark.parametrize("answer", ["409", "422"])
@pytest.mark.parametrize(("choice", "started"), [("wait", 2), ("join", 1), ("fail", 1)])
def test_somebody_is_faster_between_the_look_and_the_start(
    choice: str, started: int, answer: str, run: Any, simulator: Simulator, host: int
) -> None:
    simulator.switches.update(deploy_running_seconds=0.5, deploy_second=answer)

    def rival(request: Any) -> None:
        if request.method == "POST" and request.path.endswith("/deploy"):
            simulator.on_request = None
            simulator.deployments.start(simulator.fleet.hosts[host], "deploy", simulator.switches)

    simulator.on_request = rival
    if choice == "fail":
        with pytest.raises(OperationFailed, match="running already"):
            run(if_running=choice)
    else:
        assert run(if_running=choice)["changed"] is (choice == "wait")
    assert simulator.deployments[host] == started


def test_no_such_host(run: Any) -> None:
    with pytest.raises(TargetError):
        run(id=999999)


def test_a_client_of_somebody_else(
    task: Any, connect: Callable[..., Any], simulator: Simulator, host: int
) -> None:
    made = task(deploy.OPERATION, connect(api_token=simulator.tokens["stranger"]))
    with pytest.raises(StatusError, match="403"):
        made(id=host)


def test_an_unknown_shape_is_refused_before_anything_is_started(
    run: Any, simulator: Simulator
) -> None:
    simulator.fail("GET", "/deploy", with_=Fault.wrong_type({"who": "knows"}))
    with pytest.raises(BodyError, match="who: string"):
        run()
    assert not simulator.requests.matching("POST")


def test_nobody_there(task: Any, connect: Callable[..., Any], host: int) -> None:
    made = task(deploy.OPERATION, connect(api_url="http://127.0.0.1:1", api_retries=0))
    with pytest.raises(NoAnswer):
        made(id=host)
