# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection as a whole: Ansible knows every plugin, and the parts that belong together do."""

from __future__ import annotations

import pytest
import yaml

from workshop import package
from workshop.places import ROOT

from .controller import Controller

PLUGINS = ROOT / "plugins"
MODULES = {path.stem for path in PLUGINS.glob("modules/*.py")}
ACTIONS = {path.stem for path in PLUGINS.glob("action/*.py")}
NAMESPACE = "hosted_power.turbostack"


def plugins() -> list[tuple[str, str]]:
    """The kind and the full name of every plugin that ansible-doc knows."""
    return [
        (kind, name)
        for folder, kind in package.DOCUMENTED.items()
        for name in package.plugin_names(PLUGINS / folder)
    ]


@pytest.mark.parametrize(("kind", "name"), plugins())
def test_every_plugin_is_explained(ansible: Controller, kind: str, name: str) -> None:
    run = ansible.command("ansible-doc", "--json", "-t", kind, name)
    explained = run.json()[name]
    assert explained["doc"]["short_description"]
    assert explained["examples"]
    if kind == "module":
        assert explained["return"]


def test_the_action_group_holds_all_modules() -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    assert set(runtime["action_groups"]["turbostack"]) == ACTIONS


def test_every_module_has_its_action() -> None:
    assert {name for name in ACTIONS if not name.startswith("_")} == MODULES


@pytest.mark.parametrize("kind", ["module", "lookup", "filter"])
def test_only_what_is_public_is_listed(ansible: Controller, kind: str) -> None:
    """What belongs to a role is an action whose name says so, and that a list of plugins does not show."""
    listed = ansible.command("ansible-doc", "-l", "--json", "-t", kind, NAMESPACE).json()
    folder = {"module": "modules"}.get(kind, kind)
    assert sorted(listed) == package.plugin_names(PLUGINS / folder)
    roles = tuple(f"{NAMESPACE}.{path.name}" for path in (ROOT / "roles").iterdir())
    assert not [name for name in listed if name.startswith(roles)]
