# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.activity import (
    is_active,
)


@pytest.mark.parametrize("value", [1, "1", True, "True", " true ", 1.0])
def test_an_active_host(value: Any) -> None:
    assert is_active({"active": value}) is True


@pytest.mark.parametrize("value", [0, "0", False, "FALSE", 0.0])
def test_a_host_that_is_not_active(value: Any) -> None:
    assert is_active({"active": value}) is False


@pytest.mark.parametrize("value", [None, "", 2, -1, "-1", 0.5, [], {}, "on leave"])
def test_what_is_not_known(value: Any) -> None:
    assert is_active({"active": value}) is None
    assert is_active({}) is None
