# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rulebook may say to a source."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.watching.options import (
    deployment_options,
    monitoring_options,
)

CONNECTION = {"api_url": "https://ts.example", "api_token": "1|abc"}


def test_texts_and_what_is_empty_are_understood() -> None:
    options = deployment_options(
        {**CONNECTION, "interval": "30", "clients": "12", "name_pattern": "", "workers": ""}
    )
    watching = options.watching
    assert (watching.interval, watching.clients, watching.name_pattern) == (30.0, (12,), None)
    assert options.workers == 4
    assert deployment_options({**CONNECTION, "clients": ["12", 7]}).watching.clients == (12, 7)
    assert monitoring_options({**CONNECTION, "margin": "2.5"}).margin == 2.5


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ({"intervall": 30}, "intervall"),
        ({"interval": 0}, "interval"),
        ({"interval": "soon"}, "interval"),
        ({"interval": True}, "interval"),
        ({"interval": float("inf")}, "interval"),
        ({"clients": ["shop"]}, "clients"),
        ({"workers": 99}, "workers"),
        ({"workers": 1.5}, "workers"),
        ({"status_words": "done"}, "status_words"),
        ({"status_words": {"done": "well"}}, "status_words"),
        ({"margin": 5}, "margin"),
        ({"api_url": "ftp://x"}, "api_url"),
    ],
)
def test_what_deployments_refuse_names_the_argument(args: dict[str, Any], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        deployment_options({**CONNECTION, **args})


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ({"workers": 4}, "workers"),
        ({"margin": 100}, "margin"),
        ({"margin": -1}, "margin"),
        ({"thresholds": {"swap": {}}}, "hreshold"),
        ({"thresholds": {"disk_percent": {"warning": 95}}}, "disk_percent"),
    ],
)
def test_what_monitoring_refuses_names_the_argument(args: dict[str, Any], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        monitoring_options({**CONNECTION, **args})
