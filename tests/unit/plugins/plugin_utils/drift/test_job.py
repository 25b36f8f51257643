# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The job of the role drift: hosts by one reading of the list, groups against files, and the reports on the disk."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.settings import (
    platform,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import (
    MERGED,
    REPLACED,
    Policy,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    OperationFailed,
    Result,
    TaskContext,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift import job
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift.groups import Groups
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift.look import reason
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift.member import (
    Member,
    Wanted,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift.options import (
    ANYTHING,
    ERRORS,
    NEVER,
    DriftOptions,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.known_host import (
    KnownHost,
)
from simulator import Simulator

LOST = Member("lost", problem="It was not compared: it had failed before.")


class Compare:
    """The job, as the action has it done."""

    def __init__(self, api: Api, folder: Path) -> None:
        self.api = api
        self.folder = folder
        self.warnings: list[str] = []

    def __call__(self, *members: Member, check_mode: bool = False, **given: Any) -> Result:
        context = TaskContext(check_mode=check_mode, warn=self.warnings.append)
        return job.run(job.Job(members, **given), self.api, context)

    def groups(self, state: str = MERGED) -> Groups:
        policy = Policy(allow_float_versions=True)
        folder = str(self.folder / "groups")
        return Groups(folder, state, policy, 1, None, self.warnings.append)


@pytest.fixture
def compare(api: Api, tmp_path: Path) -> Compare:
    return Compare(api, tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "groups").mkdir()
    return tmp_path / "groups"


def wanted(config: dict[str, Any], state: str = MERGED) -> Wanted:
    return Wanted(config, state, Policy())


def member(simulator: Simulator, index: int, config: dict[str, Any], **known: Any) -> Member:
    """A host of the platform as its inventory knows it."""
    host = list(simulator.fleet.hosts.values())[index]
    about = {"name": host.name, "platform": platform(simulator.url), **known}
    return Member(str(host.name), KnownHost(int(host.id), **about), wanted(config))


def outcomes(result: Result) -> dict[str, str]:
    return {one["name"]: one["outcome"] for one in result["hosts"]}


def test_one_reading_of_the_list_is_enough(compare: Compare, simulator: Simulator) -> None:
    first, second, *_others = simulator.fleet.hosts.values()
    first.document = {"webserver": "nginx", "ftp_password": "TScanaryPASSWORDone"}
    second.document = {"webserver": "TScanaryPASSWORDtwo", "ftp_password": "TScanaryPASSWORDtwo"}
    members = [member(simulator, index, {"webserver": "nginx"}) for index in range(2)]
    result = compare(*members, LOST, Member("nobody"), failing=NEVER)
    assert list(outcomes(result).values()) == ["in_line", "drifted", "error", "no_file"]
    (change,) = result["hosts"][1]["changes"]
    # A secret of the host is masked wherever it stands.
    assert (change["path"], change["before"]) == ("webserver", "********")
    assert {request.path for request in simulator.requests} == {"/api/v1/hosts"}


def test_who_is_meant(compare: Compare, simulator: Simulator) -> None:
    every = list(simulator.fleet.hosts.values())
    every[1].name = every[2].name = "same.example"
    config: dict[str, Any] = {"webserver": "other"}
    result = compare(
        Member(str(every[0].name), None, wanted(config)),
        Member("same.example", None, wanted(config)),
        Member("unknown.example", None, wanted(config)),
        member(simulator, 3, config, name="former.example"),
        member(simulator, 4, config, platform="https://elsewhere.example"),
        Member("gone.example", KnownHost(99999, None, None), wanted(config)),
        failing=NEVER,
    )
    told = [one["error"] or one["outcome"] for one in result["hosts"]]
    assert told[0] == "drifted"
    for text, error in zip(
        ("2 hosts named", "no host named", "former.example", "elsewhere.example", "99999"),
        told[1:],
        strict=True,
    ):
        assert text in error


def test_what_the_list_does_not_show_is_read_by_itself(
    compare: Compare, simulator: Simulator
) -> None:
    simulator.switches.rows_have_json = False
    result = compare(member(simulator, 0, {"webserver": "other"}), failing=NEVER)
    assert list(outcomes(result).values()) == ["drifted"]
    assert len(simulator.requests) > 1


def test_a_platform_that_refuses_everybody_is_asked_once(
    compare: Compare, simulator: Simulator
) -> None:
    simulator.fleet.tokens.clear()
    members = [member(simulator, index, {"webserver": "other"}) for index in range(3)]
    result = compare(*members, failing=NEVER)
    assert set(outcomes(result).values()) == {"error"}
    assert all("401" in one["error"] for one in result["hosts"])
    assert len(simulator.requests) == 1


def test_what_is_no_document(compare: Compare, simulator: Simulator) -> None:
    host = next(iter(simulator.fleet.hosts.values()))
    host.json = "no JSON"
    one = member(simulator, 0, {"webserver": "nginx"})
    assert "is text that is not JSON" in compare(one, failing=NEVER)["hosts"][0]["error"]
    whole = Member(one.name, one.known, wanted({"webserver": "nginx"}, REPLACED))
    assert compare(whole, failing=NEVER)["hosts"][0]["outcome"] == "drifted"
    assert "no configuration document" in "".join(compare.warnings)


def test_without_hosts_and_groups_no_request_is_made(
    compare: Compare, simulator: Simulator
) -> None:
    result = compare(Member("nobody"))
    assert (result["in_line"], result["summary"], result["changed"]) == (True, "", False)
    assert simulator.requests == []


def test_groups_by_name_and_id(compare: Compare, simulator: Simulator, folder: Path) -> None:
    one, two, *others = simulator.fleet.groups.values()
    one.name, one.document = "one", {"timezone": "UTC", "ssh_password": "hunter2hunter2"}
    two.name, two.document = "two", {"timezone": "UTC"}
    (folder / "one.yml").write_text("timezone: UTC\n")
    (folder / f"{two.id}.json").write_text('{"timezone": "CET"}')
    (folder / "nobody.yaml").write_text("")
    (folder / "notes.txt").write_text("")
    result = compare(groups=compare.groups(), failing=NEVER)
    found = {group["id"]: group["outcome"] for group in result["groups"]}
    assert found == {one.id: "in_line", two.id: "drifted", **{o.id: "no_file" for o in others}}
    assert [Path(path).name for path in result["unused_files"]] == ["nobody.yaml"]
    assert "1 file that" in compare.warnings[-1]
    whole = compare(groups=compare.groups(REPLACED), failing=NEVER)
    (masked,) = (group["changes"] for group in whole["groups"] if group["id"] == one.id)
    assert masked[0]["before"] == "********"


def test_groups_that_cannot_be_compared(
    compare: Compare, simulator: Simulator, folder: Path
) -> None:
    one, two, *_others = simulator.fleet.groups.values()
    one.name = two.name = "same"
    (folder / "same.yml").write_text("a: 1\n")
    (folder / f"{one.id}.yml").write_text("- a list\n")
    (folder / f"{two.id}.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\n61\n")
    result = compare(groups=compare.groups(), failing=NEVER)
    errors = {group["id"]: group["error"] for group in result["groups"] if group["error"]}
    assert "holds no map" in errors[one.id]
    assert "without a vault password" in errors[two.id]
    assert [Path(path).name for path in result["unused_files"]] == ["same.yml"]

    two.name = "another"
    with pytest.raises(SettingsError, match="both speak of"):
        compare(groups=compare.groups())
    (folder / "same.json").write_text("{}")
    with pytest.raises(SettingsError, match="extension only"):
        compare(groups=compare.groups())
    (folder.parent / "groups").rename(folder.parent / "nowhere")
    with pytest.raises(SettingsError, match="cannot be read"):
        compare(groups=compare.groups())


def test_the_files(compare: Compare, simulator: Simulator, tmp_path: Path) -> None:
    drifted = member(simulator, 0, {"a\ud800": "b"})
    given = {"json_file": str(tmp_path / "below" / "a.json"), "junit_file": str(tmp_path / "a.xml")}
    with pytest.raises(OperationFailed) as failed:
        compare(drifted, LOST, check_mode=True, **given)
    assert failed.value.result["changed"] is True
    assert not list(tmp_path.iterdir())
    with pytest.raises(OperationFailed, match=r"1 of 2 hosts drifted: .* \(1 change\)"):
        compare(drifted, LOST, **given)
    told = json.loads((tmp_path / "below" / "a.json").read_text())
    assert told["counts"] == {"in_line": 0, "drifted": 1, "error": 1, "no_file": 0}
    assert compare(drifted, LOST, failing=NEVER, **given)["changed"] is False
    with pytest.raises(SettingsError, match="cannot be written"):
        compare(json_file=str(tmp_path / "a.xml" / "b.json"))


@pytest.mark.parametrize(
    ("failing", "drifted", "not_compared"),
    [(ANYTHING, True, True), (ERRORS, False, True), (NEVER, False, False)],
)
def test_drift_is_told_from_what_could_not_be_compared(
    compare: Compare, simulator: Simulator, failing: str, drifted: bool, not_compared: bool
) -> None:
    differs = member(simulator, 0, {"webserver": "other"})
    for one, fails in ((differs, drifted), (LOST, not_compared)):
        if fails:
            with pytest.raises(OperationFailed):
                compare(one, failing=failing)
        else:
            assert compare(one, failing=failing)["in_line"] is False


@pytest.mark.parametrize(
    ("said", "told"), [("a\n b", "a b"), ("password=hunter2hunter2", "password=********")]
)
def test_a_reason_is_a_line_without_secrets(said: str, told: str) -> None:
    assert reason(ValueError(said)) == told


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("True", ANYTHING), ("error", ERRORS), ("Errors", ERRORS), ("no", NEVER)],
)
def test_the_words_for_what_fails(
    options: Callable[..., DriftOptions], word: str, meaning: str
) -> None:
    assert options(word).failing == meaning
    with pytest.raises(SettingsError, match="true, false or error, not by maybe"):
        assert options("maybe").failing


@pytest.fixture
def options() -> Callable[..., DriftOptions]:
    def made(fail: str) -> DriftOptions:
        nothing: dict[str, Any] = dict.fromkeys(DriftOptions.__dataclass_fields__)
        return DriftOptions(**{**nothing, "fail": fail})

    return made
