# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""C(except) of a file: whom it leaves out, and that it is no key of the configuration."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.lines import (
    Lines,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.reading import (
    Said,
    said,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.yaml_file import (
    FileError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.excepting import (
    is_meant,
    nobody_meant,
    parted,
    unmatched,
)


def read(text: str) -> Said:
    return said(text, "groups/a.yml", str)


@pytest.mark.parametrize(
    ("host", "patterns", "meant"),
    [
        ("shop-1", ("shop-1",), True),
        ("shop-1", ("blog-1", "shop-?"), True),
        ("shop-1", ("shop-[23]",), False),
        ("shop-10", ("shop-1",), False),
        ("Shop-1", ("shop-1",), False),
        ("shop[1]", ("shop[1]",), True),
        ("shop-1", (), False),
    ],
)
def test_who_is_meant(host: str, patterns: tuple[str, ...], meant: bool) -> None:
    assert is_meant(host, patterns) is meant
    assert (len(unmatched(patterns, [host])) < len(patterns)) is meant


def test_it_is_taken_out_and_lines_stay() -> None:
    content, patterns = parted(read("webserver: nginx\nexcept:\n  - a\n  - b*\nx: 1\n"), "f", False)
    assert content.document == {"webserver": "nginx", "x": 1}
    assert content.lines(("x",)) == 5
    assert patterns == ("a", "b*")
    assert parted(read("except: a\n"), "f", False)[1] == ("a",)
    nothing = read("x: {except: [a]}\n")
    assert parted(nothing, "f", False) == (nothing, ())


@pytest.mark.parametrize("wrong", ["null", "1", "{a: 1}", "[1]", "[a, ['b']]", "''", "[a, '']"])
def test_it_is_a_list_of_names(wrong: str) -> None:
    with pytest.raises(FileError) as refused:
        parted(read(f"x: 1\nexcept: {wrong}\n"), "groups/a.yml", False)
    assert refused.value.message == "groups/a.yml: except is no list of hosts."
    assert refused.value.line == 2


def test_a_file_of_one_host_leaves_nobody_out() -> None:
    with pytest.raises(FileError, match=r"hosts/a.yml speaks of one host"):
        parted(read("except: [a]\n"), "hosts/a.yml", True)


def test_who_is_unknown_is_named() -> None:
    told = str(nobody_meant("groups/a.yml", ["shpo-1", "x\x1b*"]))
    assert told.startswith("groups/a.yml: except names shpo-1, x\\x1b*, which the inventory")


JSON = st.recursive(st.none() | st.integers() | st.text(), lambda one: st.lists(one, max_size=3))


@given(st.dictionaries(st.text(max_size=3), JSON), st.lists(st.text(min_size=1)))
def test_nothing_else_is_lost(document: dict[str, Any], patterns: list[str]) -> None:
    content, found = parted(Said({**document, "except": patterns}, Lines("")), "f", False)
    assert content.document == {key: value for key, value in document.items() if key != "except"}
    assert list(found) == patterns
