# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Large configurations: as long as they say, full of secrets, and the same for the same seed."""

from __future__ import annotations

import json
import random

import pytest

from simulator.documents import APPLICATIONS, people
from simulator.large_documents import LARGEST, SMALLEST, large


@pytest.mark.parametrize("application", APPLICATIONS)
def test_large_documents(application: str) -> None:
    made = []
    for _time in range(2):
        rng = random.Random(application)
        keys = people(rng, "agency.example")
        made.append([large(rng, application, "shop", "shop.example", keys) for _host in range(20)])
    assert made[0] == made[1]
    texts = [json.dumps(one) for one in made[0]]
    # The last user is not cut off.
    assert all(SMALLEST / 2 < len(text) < LARGEST + 20_000 for text in texts)
    assert "PRIVATE KEY" in "".join(texts)
    assert len({one["mysql_root_password"] for one in made[0]}) == len(made[0])
