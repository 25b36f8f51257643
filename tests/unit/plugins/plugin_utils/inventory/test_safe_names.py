# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host's name is one that Ansible takes literally, and nobody else's."""

from __future__ import annotations

import fnmatch
import re

import pytest
from ansible.inventory.manager import split_host_pattern
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.inventory.safe_names import (
    LONGEST,
    safe_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "web1",
        "web-1.example",
        "a_b.example",
        "10.0.0.1",
        "1e3",
        "true",
        "é.example",
        "🦄.example",
        "é",
    ],
)
def test_what_ansible_takes_literally_stays(name: str) -> None:
    assert safe_name(name, 7, {"all"}) == name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("", "host_7"),
        ("all", "all_7"),
        ("ungrouped", "ungrouped_7"),
        ("_meta", "_meta_7"),
        ("nginx", "nginx_7"),
        ("localhost", "localhost_7"),
        ("127.0.0.1", "127.0.0.1_7"),
        ("127.9.9.9", "127.9.9.9_7"),
        ("::1", "__1_7"),
        ("web[1:3]", "web_1_3__7"),
        ("a,b", "a_b_7"),
        ("!all", "_all_7"),
        ("&all", "_all_7"),
        ("~web", "_web_7"),
        ("web*", "web__7"),
        ("host:2222", "host_2222_7"),
        ("two words", "two_words_7"),
        (" web1 ", "_web1__7"),
        ("web1\n", "web1__7"),
        ("-oProxyCommand=x", "_oProxyCommand_x_7"),
        ("{{ x }}", "___x____7"),
        ("../../etc/passwd", "_._.._etc_passwd_7"),
        ("..", "_._7"),
        ("\x1b[31m", "__31m_7"),
        ("\u202egnp", "_gnp_7"),
        ("lone\ufffd", "lone__7"),
    ],
)
def test_what_it_does_not_gets_the_hosts_id(name: str, safe: str) -> None:
    assert safe_name(name, 7, {"nginx"}) == safe


def test_a_long_name_is_cut() -> None:
    assert safe_name("x" * 5000, 7, ()) == "x" * 200 + "_7"
    assert safe_name("x" * LONGEST, 7, ()) == "x" * LONGEST


@given(st.text(max_size=40), st.integers(1, 10**6))
def test_any_name_is_safe(name: str, number: int) -> None:
    safe = safe_name(name, number, {"all", "web"})
    assert safe
    assert len(safe) <= LONGEST
    assert split_host_pattern(safe) == [safe]
    assert re.match(fnmatch.translate(safe), safe)
    assert not re.search(r"[\s,:;/\\{}\[\]!&~*?'\"$`<>|#%@=]", safe)
    assert safe[0] not in "-."
    assert safe not in ("all", "web", "ungrouped", "_meta")
    assert safe == name or safe.endswith(f"_{number}")


@given(st.lists(st.text(max_size=12), min_size=2, max_size=2, unique=True))
def test_a_changed_name_is_nobody_elses(names: list[str]) -> None:
    one, other = (safe_name(name, 10 + place, ()) for place, name in enumerate(names))
    # Only a host that is really called so can bear it.
    assert one != other or other == names[1] or one == names[0]
