# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In which line a file says what it says."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files import reading
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.lines import (
    Lines,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.vault import (
    decryption,
)

TEXT = """\
# What all have in common
base: &base
  redis_memory: 5gb
  webserver: nginx
shop:
  <<: *base
  webserver: apache
"odd.key":   !unsafe "{{ a }}"
ssh_keys: [ssh-ed25519 A,
  ssh-ed25519 B]
system_users:
  - username: prod
    vhosts:
      - app_name: shop
        php_version: "8.3"

      - app_name: blog
"""


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ((), None),
        (("base",), 2),
        (("shop", "webserver"), 7),
        (("shop", "redis_memory"), 3),
        (("odd.key",), 8),
        (("ssh_keys", 0), 9),
        (("ssh_keys", 1), 10),
        (("system_users", 0), 12),
        (("system_users", 0, "vhosts", 0, "php_version"), 15),
        (("system_users", 0, "vhosts", 1, "app_name"), 17),
        # What is not there is nearest to where it would be.
        (("system_users", 0, "vhosts", 1, "php_version"), 17),
        (("system_users", 7), 11),
        (("nothing",), None),
    ],
)
def test_each_part_of_a_file_has_its_line(steps: tuple[Any, ...], line: int | None) -> None:
    assert Lines(TEXT)(steps) == line


def test_json_has_lines_as_well() -> None:
    text = '{\n  "a": 1,\n  "<<": [\n    1e3]\n}'
    said = reading.said(text, "all.json", decryption(None))
    assert said.document == {"a": 1, "<<": [1000.0]}
    assert said.lines(("a",)) == 2
    assert said.lines(("<<", 0)) == 4


def test_lone_surrogates_and_text_that_is_no_yaml() -> None:
    assert Lines('a: 1\nb: "\\ud800"\n')(("b",)) == 2
    assert Lines("a: [")(("a",)) is None
