# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kit's templates and surveys against the roles that they run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from awx_rules import surveys

ROOT = Path(__file__).parents[4]
PROJECT = ROOT / "extensions" / "awx" / "project"

#: What a play's C(hosts) is made of; no option of a role, but a variable of its playbook.
_OF_PLAYS = re.compile(r"\b(\w+_hosts) \| default\('all'\)")


def _templates(configuration: dict[str, Any]) -> list[dict[str, Any]]:
    """Those that run a playbook of the collection."""
    templates = [one for one in configuration["controller_templates"] if _role(one) != "in_line"]
    assert len(templates) == 6
    return templates


def _role(template: dict[str, Any]) -> str:
    return Path(template["playbook"]).stem


def _options(role: str) -> dict[str, Any]:
    path = ROOT / "roles" / role / "meta" / "argument_specs.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"]


def _pattern_variables(role: str) -> set[str]:
    plays = yaml.safe_load((ROOT / "playbooks" / f"{role}.yml").read_text(encoding="utf-8"))
    return {name for play in plays for name in _OF_PLAYS.findall(play["hosts"])}


def _questions(template: dict[str, Any]) -> list[dict[str, Any]]:
    return template.get("survey_spec", {}).get("spec", [])


def test_each_template_runs_a_playbook_of_the_project_and_that_one_of_the_collection(
    configuration: dict[str, Any],
) -> None:
    for template in _templates(configuration):
        plays = yaml.safe_load((PROJECT / template["playbook"]).read_text(encoding="utf-8"))
        imported = [play["import_playbook"] for play in plays if "import_playbook" in play]
        assert imported == [f"hosted_power.turbostack.{_role(template)}"]
        assert (ROOT / "playbooks" / f"{_role(template)}.yml").is_file()


def test_each_extra_variable_is_an_option_of_the_role(configuration: dict[str, Any]) -> None:
    for template in _templates(configuration):
        options = _options(_role(template))
        extra = template["extra_vars"]
        assert set(extra) <= set(options), template["name"]
        asked = {question["variable"] for question in _questions(template)}
        needed = {name for name, option in options.items() if option.get("required")}
        assert needed <= set(extra) | asked, template["name"]


def test_awx_accepts_the_surveys(configuration: dict[str, Any]) -> None:
    asked = [one for one in _templates(configuration) if one.get("survey_enabled")]
    assert asked
    for template in asked:
        assert surveys.problems(template["survey_spec"]) == []
    assert not any(
        "survey_spec" in one for one in _templates(configuration) if not one.get("survey_enabled")
    )


def test_each_question_asks_for_what_the_role_reads_from_text(
    configuration: dict[str, Any],
) -> None:
    for template in _templates(configuration):
        options, patterns = _options(_role(template)), _pattern_variables(_role(template))
        for question in _questions(template):
            name = question["variable"]
            if name in patterns and name not in options:
                # An empty pattern is no pattern.
                assert question["required"]
                assert question["min"] >= 1
                continue
            option = options[name]
            if "choices" in option:
                assert question["type"] == "multiplechoice"
                assert question["choices"] == option["choices"]
            elif question["type"] == "multiplechoice":
                # A word that the role reads, whatever else it takes.
                assert (name, option["type"]) == ("drift_fail", "raw")
            elif option["type"] == "list":
                # Ansible splits a text at its commas, and an empty one would be a list of one empty text.
                assert option["elements"] in ("str", "raw")
                assert question["required"]
                assert question["min"] >= 1
            else:
                # Anything else arrives as text where the role expects another kind.
                assert option["type"] in ("str", "path"), name


def test_a_survey_begins_with_the_default_of_the_role(configuration: dict[str, Any]) -> None:
    for template in _templates(configuration):
        options = _options(_role(template))
        for question in _questions(template):
            option = options.get(question["variable"], {})
            if isinstance(option.get("default"), str):
                assert question["default"] == option["default"]


def test_nothing_changes_by_a_limit_that_the_playbook_is_not_made_for(
    configuration: dict[str, Any],
) -> None:
    limited = {_role(one) for one in _templates(configuration) if one["ask_limit_on_launch"]}
    assert limited == {"rollout"}
    assert not any(one["ask_limit_on_launch"] for one in configuration["controller_workflows"])


def test_no_template_is_sliced_or_lets_a_launch_set_any_variable(
    configuration: dict[str, Any],
) -> None:
    for template in _templates(configuration):
        assert template["job_slice_count"] == 1
        assert not template["ask_variables_on_launch"]
        assert not template.keys() & {"ask_job_slice_count_on_launch", "use_fact_cache", "limit"}


def test_what_changes_servers_runs_once_at_a_time(configuration: dict[str, Any]) -> None:
    simultaneous = {_role(one) for one in _templates(configuration) if one["allow_simultaneous"]}
    assert simultaneous == {"drift"}


def test_what_has_to_last_lies_in_the_volume(render: Callable[..., dict[str, Any]]) -> None:
    configuration = render(turbostack_awx_volume="/mnt/volume")
    kept = {
        name: value
        for template in configuration["controller_templates"]
        for name, value in template["extra_vars"].items()
        if isinstance(value, str) and value.startswith("/")
    }
    assert set(kept) == {
        "rollout_journal",
        "fleet_report_path",
        "config_backup_path",
        "config_restore_path",
        "config_restore_backup_dir",
    }
    assert all(value.startswith("/mnt/volume/") for value in kept.values())


def test_without_people_there_is_no_template_for_them(
    render: Callable[..., dict[str, Any]],
) -> None:
    names = [one["playbook"] for one in render()["controller_templates"]]
    assert "playbooks/ssh_access.yml" not in names
    assert len(names) == 6
