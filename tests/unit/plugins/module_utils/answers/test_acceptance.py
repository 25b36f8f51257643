# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a write was accepted, going by the body of an answer with success."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.answers.acceptance import (
    check_accepted,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.api import Api
from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import BodyError


@pytest.mark.parametrize(
    "body",
    [
        None,
        7,
        "started",
        [],
        {},
        {"id": 7},
        {"status": "success"},
        {"success": True},
        {"success": "1"},
        {"status": "queued", "error": None, "errors": []},
        {"message": "Deployment started."},
    ],
)
def test_accepted(api: Api, body: Any) -> None:
    check_accepted(api, "/hosts/7", body, "nothing was stored")


@pytest.mark.parametrize(
    "body",
    [
        {"success": False, "message": "The host is locked."},
        {"success": 0, "message": "The host is locked."},
        {"success": "false", "message": "The host is locked."},
        {"status": "Error", "message": "The host is locked."},
        {"status": "failed", "message": "The host is locked."},
        {"error": "The host is locked."},
        {"errors": {"json": ["The host is locked."]}},
    ],
)
def test_refused_under_a_status_of_success(api: Api, body: Any) -> None:
    with pytest.raises(BodyError, match="nothing was stored, although") as refused:
        check_accepted(api, "/hosts/7", body, "nothing was stored")
    assert "The host is locked." in str(refused.value)


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8))
BODIES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["status", "success", "error", "errors", "message", "data"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES)
def test_any_body_is_accepted_or_refused(api: Api, body: Any) -> None:
    with suppress(BodyError):
        check_accepted(api, "/hosts/7", body, "nothing was stored")
