# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of the role drift: groups against files, and the reports on the disk."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.operations.operation import (
    OperationFailed,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.drift import (
    report as drift_report,
)
from simulator import Simulator

IN_LINE = {"shop": {"id": 7, "changes": []}}


@pytest.fixture
def report(task: Callable[..., Any]) -> Any:
    return task(drift_report.OPERATION)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "groups").mkdir()
    return tmp_path / "groups"


def test_without_groups_no_request_is_made(report: Any, simulator: Simulator) -> None:
    result = report(hosts=IN_LINE)
    assert (result["in_line"], result["summary"], result["changed"]) == (True, "", False)
    assert simulator.requests == []


def test_groups_by_name_and_id(report: Any, simulator: Simulator, folder: Path) -> None:
    one, two, *others = simulator.fleet.groups.values()
    one.name, one.document = "one", {"timezone": "UTC", "ssh_password": "hunter2hunter2"}
    two.name, two.document = "two", {"timezone": "UTC"}
    (folder / "one.yml").write_text("timezone: UTC\n")
    (folder / f"{two.id}.json").write_text('{"timezone": "CET"}')
    (folder / "nobody.yaml").write_text("")
    (folder / "notes.txt").write_text("")
    result = report(hosts=IN_LINE, groups_path="groups", fail="false")
    outcomes = {group["id"]: group["outcome"] for group in result["groups"]}
    assert outcomes == {one.id: "in_line", two.id: "drifted", **{o.id: "no_file" for o in others}}
    assert [Path(path).name for path in result["unused_files"]] == ["nobody.yaml"]
    assert "1 file that" in report.warnings[-1]
    whole = report(hosts={}, groups_path="groups", state="replaced", fail="false")
    (masked,) = (group["changes"] for group in whole["groups"] if group["id"] == one.id)
    assert masked[0]["before"] == "********"


def test_groups_that_cannot_be_compared(report: Any, simulator: Simulator, folder: Path) -> None:
    one, two, *_others = simulator.fleet.groups.values()
    one.name = two.name = "same"
    (folder / "same.yml").write_text("a: 1\n")
    (folder / f"{one.id}.yml").write_text("- a list\n")
    (folder / f"{two.id}.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\n61\n")
    result = report(hosts={}, groups_path="groups", fail="false")
    errors = {group["id"]: group["error"] for group in result["groups"] if group["error"]}
    assert "holds no map" in errors[one.id]
    assert "without a vault password" in errors[two.id]
    assert [Path(path).name for path in result["unused_files"]] == ["same.yml"]

    two.name = "another"
    with pytest.raises(SettingsError, match="both speak of"):
        report(hosts={}, groups_path="groups")
    (folder / "same.json").write_text("{}")
    with pytest.raises(SettingsError, match="extension only"):
        report(hosts={}, groups_path="groups")
    with pytest.raises(SettingsError, match="cannot be read"):
        report(hosts={}, groups_path="nowhere")


def test_the_files(report: Any, tmp_path: Path) -> None:
    hosts = {"shop": {"changes": [{"path": "a\ud800", "summary": "a"}]}, "other": {}}
    given: dict[str, Any] = {"json_path": "below/a.json", "junit_path": "a.xml"}
    with pytest.raises(OperationFailed) as failed:
        report(hosts=hosts, check_mode=True, **given)
    assert failed.value.result["changed"] is True
    assert not list(tmp_path.iterdir())
    with pytest.raises(OperationFailed, match=r"1 of 2 hosts drifted: shop \(1 change\)"):
        report(hosts=hosts, **given)
    told = json.loads((tmp_path / "below" / "a.json").read_text())
    assert told["counts"] == {"in_line": 0, "drifted": 1, "error": 1, "no_file": 0}
    assert report(hosts=hosts, fail="false", **given)["changed"] is False
    with pytest.raises(SettingsError, match="cannot be written"):
        report(hosts=hosts, json_path="a.xml/b.json")


@pytest.mark.parametrize(
    ("fail", "drifted", "not_compared"),
    [("True", True, True), ("error", False, True), ("Errors", False, True), ("no", False, False)],
)
def test_drift_is_told_from_what_could_not_be_compared(
    report: Any, fail: Any, drifted: bool, not_compared: bool
) -> None:
    differs = {"shop": {"changes": [{"path": "a", "summary": "a"}]}}
    for hosts, fails in ((differs, drifted), ({"shop": {}}, not_compared)):
        if fails:
            with pytest.raises(OperationFailed):
                report(hosts=hosts, fail=fail)
        else:
            assert report(hosts=hosts, fail=fail)["in_line"] is False
    with pytest.raises(SettingsError, match="true, false or error, not by maybe"):
        report(hosts={}, fail="maybe")
