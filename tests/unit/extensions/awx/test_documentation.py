# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/awx.md says of the kit is what the kit is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs" / "awx.md").read_text(encoding="utf-8")


def _snippets() -> list[Any]:
    return [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


def test_the_credential_type_is_that_of_the_configuration(configuration: dict[str, Any]) -> None:
    (one,) = configuration["controller_credential_types"]
    assert one["inputs"] in _snippets()
    assert one["injectors"] in _snippets()


def test_the_page_names_every_template(configuration: dict[str, Any]) -> None:
    rows = {
        cells[1].strip().partition(",")[0]: cells[3].strip()
        for line in PAGE.splitlines()
        if len(cells := line.split("|")) == 7
    }
    for template in configuration["controller_templates"]:
        limit = "may be set" if template["ask_limit_on_launch"] else "none"
        assert rows[template["name"].removeprefix("TurboStack / ")] == limit


def test_the_page_names_variables_that_there_are() -> None:
    text = (ROOT / "extensions" / "awx" / "configuration.yml").read_text(encoding="utf-8")
    known = set(re.findall(r"^(turbostack_\w+):", text, re.MULTILINE))
    named = set(re.findall(r"\bturbostack_(?:awx|api)_\w+", PAGE))
    assert named
    assert named <= known


def test_links_lead_to_files() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert links
    assert all((ROOT / "docs" / link).exists() for link in links)


def test_notifications_are_json(configuration: dict[str, Any]) -> None:
    (webhook,) = configuration["controller_notifications"]
    messages = webhook["messages"]
    bodies = [messages["error"]["body"], messages["workflow_approval"]["running"]["body"]]
    environment = SandboxedEnvironment(undefined=StrictUndefined)
    said = {
        "job": {"name": "TurboStack / Drift", "status": "failed"},
        "url": "https://awx.example/#/jobs/1",
        "approval_node_name": "TurboStack / Roll out what drifted?",
        "workflow_url": "https://awx.example/#/workflows/1",
    }
    for body in bodies:
        assert "https://" in json.loads(environment.from_string(body).render(**said))["text"]
