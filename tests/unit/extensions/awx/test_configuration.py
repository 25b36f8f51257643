# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kit's configuration as a whole: what refers to what, and what applies it."""

from __future__ import annotations

import configparser
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

ROOT = Path(__file__).parents[4]
KIT = ROOT / "extensions" / "awx"
IN_LINE = "playbooks/in_line.yml"

#: The list of objects of each module of awx.awx, in the order in which they need each other.
LISTS = {
    "organization": "aap_organizations",
    "credential_type": "controller_credential_types",
    "credential": "controller_credentials",
    "project": "controller_projects",
    "inventory": "controller_inventories",
    "inventory_source": "controller_inventory_sources",
    "notification_template": "controller_notifications",
    "job_template": "controller_templates",
    "workflow_job_template": "controller_workflows",
    "schedule": "controller_schedules",
}
#: AWX looks these up in one list, whatever they are.
UNIFIED = ("project", "inventory_source", "job_template", "workflow_job_template")


def _tasks() -> dict[str, dict[str, Any]]:
    (play,) = yaml.safe_load((KIT / "apply.yml").read_text(encoding="utf-8"))
    return {
        name.removeprefix("awx.awx."): task
        for task in play["tasks"]
        for name in task
        if name.startswith("awx.awx.")
    }


def _names(configuration: dict[str, Any], module: str) -> list[str]:
    return [one["name"] for one in configuration[LISTS[module]]]


def _nodes(configuration: dict[str, Any]) -> dict[str, dict[str, Any]]:
    (workflow,) = configuration["controller_workflows"]
    return {node["identifier"]: node for node in workflow["workflow_nodes"]}


def test_every_object_is_applied_in_an_order_in_which_it_finds_what_it_needs(
    configuration: dict[str, Any],
) -> None:
    tasks = _tasks()
    assert list(tasks) == list(LISTS)
    assert set(LISTS.values()) == set(configuration)
    for module, task in tasks.items():
        assert task["loop"] == f"{{{{ {LISTS[module]} }}}}"


def test_apply_hands_on_every_key_that_an_object_has(configuration: dict[str, Any]) -> None:
    for module, task in _tasks().items():
        handed = task[f"awx.awx.{module}"]
        keys = {key for one in configuration[LISTS[module]] for key in one}
        assert set(handed) == keys, module
        for key, template in handed.items():
            assert re.match(rf"{{{{ item\.{key}( \| default\(omit(, true)?\))? }}}}$", template)


def test_apply_shows_no_secret(configuration: dict[str, Any]) -> None:
    quiet = {module for module, task in _tasks().items() if task.get("no_log")}
    assert quiet == {"credential", "notification_template"}


def test_names_carry_the_prefix_and_are_there_once(
    render: Callable[..., dict[str, Any]],
) -> None:
    configuration = render(
        turbostack_awx_prefix="Copy / ",
        turbostack_awx_notification_url="https://chat.example/",
        turbostack_awx_people=[{"name": "Ada", "state": "absent"}],
    )
    unified: list[str] = []
    for module in LISTS:
        names = _names(configuration, module)
        assert names
        assert len(set(names)) == len(names)
        if module != "organization":
            assert all(name.startswith("Copy / ") for name in names)
        if module in UNIFIED:
            unified += names
    unified.append(_nodes(configuration)["approve"]["unified_job_template"]["name"])
    assert unified[-1].startswith("Copy / ")
    assert len(set(unified)) == len(unified)


def test_every_reference_is_to_something_that_is_there(configuration: dict[str, Any]) -> None:
    (organization,) = _names(configuration, "organization")
    credentials = {*_names(configuration, "credential"), "Vault"}
    known = {
        "organization": [organization],
        "project": _names(configuration, "project"),
        "source_project": _names(configuration, "project"),
        "inventory": _names(configuration, "inventory"),
        "credential_type": _names(configuration, "credential_type"),
        "unified_job_template": _names(configuration, "job_template"),
    }
    for module in LISTS:
        for one in configuration[LISTS[module]]:
            for key, names in known.items():
                assert key not in one or one[key] in names, (module, key)
            assert set(one.get("credentials", [])) <= credentials
            for key in one:
                # Whoever waits for an approval is told of that.
                if key.startswith("notification_templates_") and one.get("playbook") != IN_LINE:
                    assert one[key] == _names(configuration, "notification_template")


def test_nothing_is_notified_where_no_webhook_is_named(
    render: Callable[..., dict[str, Any]],
) -> None:
    configuration = render()
    assert configuration["controller_notifications"] == []
    for one in configuration["controller_templates"] + configuration["controller_workflows"]:
        assert one["notification_templates_error"] == []


def test_the_workflow_syncs_compares_asks_rolls_out_and_reports(
    configuration: dict[str, Any],
) -> None:
    nodes = _nodes(configuration)
    edges = {
        (start, kind.removesuffix("_nodes"), end["identifier"])
        for start, node in nodes.items()
        for kind, ends in node.get("related", {}).items()
        for end in ends
    }
    assert edges == {
        ("sync", "success", "drift"),
        ("drift", "success", "in_line"),
        ("in_line", "success", "report"),
        ("in_line", "failure", "approve"),
        ("approve", "success", "rollout"),
        ("rollout", "always", "report"),
    }
    for node in nodes.values():
        template = node["unified_job_template"]
        if template["type"] != "workflow_approval":
            assert template["name"] in _names(configuration, template["type"])


def test_the_workflow_answers_the_questions_that_have_to_be_answered(
    configuration: dict[str, Any],
) -> None:
    surveys = {
        one["name"]: one.get("survey_spec", {}).get("spec", [])
        for one in configuration["controller_templates"]
    }
    for node in _nodes(configuration).values():
        questions = surveys.get(node["unified_job_template"]["name"], [])
        asked = {one["variable"]: one for one in questions}
        answers = node.get("extra_data", {})
        assert {name for name, one in asked.items() if one["required"]} <= set(answers)
        for variable, answer in answers.items():
            assert answer in (asked[variable].get("choices") or [answer])
            assert isinstance(answer, str)
    for schedule in configuration["controller_schedules"]:
        assert not any(one["required"] for one in surveys[schedule["unified_job_template"]])


def test_what_could_not_be_compared_is_never_approved(configuration: dict[str, Any]) -> None:
    node = _nodes(configuration)["drift"]
    assert node["extra_data"] == {"drift_fail": "error"}
    assert set(node["related"]) == {"success_nodes"}


def test_schedules_begin_at_once_when_they_are_enabled(
    render: Callable[..., dict[str, Any]],
) -> None:
    for enabled in (False, True):
        for schedule in render(turbostack_awx_schedule_enabled=enabled)["controller_schedules"]:
            assert schedule["enabled"] is enabled
            assert re.fullmatch(
                r"DTSTART;TZID=UTC:2026\d{4}T\d{6} RRULE:FREQ=DAILY;INTERVAL=1", schedule["rrule"]
            )


def test_the_inventory_is_the_fleet_at_every_launch(configuration: dict[str, Any]) -> None:
    (source,) = configuration["controller_inventory_sources"]
    assert source["overwrite"]
    assert source["overwrite_vars"]
    assert source["update_on_launch"]
    assert source["update_cache_timeout"] == 0
    assert not source.keys() & {"enabled_var", "enabled_value", "limit", "host_filter"}
    path = KIT / "project" / source["source_path"]
    assert path.name.endswith(("turbostack.yml", "turbostack.yaml"))
    options = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert options["plugin"] == "hosted_power.turbostack.turbostack"


def test_an_approved_rollout_runs_the_commit_that_was_compared(
    configuration: dict[str, Any],
) -> None:
    (project,) = configuration["controller_projects"]
    assert project["scm_update_on_launch"] is False


def test_updates_of_the_inventory_find_the_collection() -> None:
    settings = configparser.ConfigParser()
    settings.read(KIT / "project" / "ansible.cfg", encoding="utf-8")
    paths = settings["defaults"]["collections_path"].split(":")
    assert "/runner/requirements_collections" in paths
    wanted = yaml.safe_load(
        (KIT / "project" / "collections" / "requirements.yml").read_text(encoding="utf-8")
    )
    assert [one["name"] for one in wanted["collections"]] == ["hosted_power.turbostack"]


@pytest.mark.skipif(
    "AWX_COLLECTION" not in os.environ,
    reason="AWX_COLLECTION does not name the folder of the collection awx.awx",
)
def test_awx_awx_takes_every_object(configuration: dict[str, Any]) -> None:
    modules = Path(os.environ["AWX_COLLECTION"], "plugins", "modules")
    for module, name in LISTS.items():
        source = (modules / f"{module}.py").read_text(encoding="utf-8")
        found = re.search(r"^DOCUMENTATION = '''\n(.*?)'''", source, re.MULTILINE | re.DOTALL)
        assert found
        options = yaml.safe_load(found[1])["options"]
        spec = {
            key: {
                part: option[part]
                for part in ("type", "elements", "choices", "required", "aliases")
                if part in option
            }
            for key, option in options.items()
        }
        validator = ArgumentSpecValidator(spec)
        for one in configuration[name]:
            given = {key: value for key, value in one.items() if value not in ("", [])}
            assert validator.validate(given).error_messages == [], (module, one["name"])
