# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one reader of files: what a text means, whoever reads it, and what is no file at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.client.errors import (
    SettingsError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files import (
    reading,
    text_file,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.leavings import (
    is_leaving,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.vault import (
    decryption,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text import json_text

REFUSE = decryption(None)


def said(text: str) -> tuple[dict[str, Any], list[str]]:
    remarks: list[str] = []
    return reading.document(text, "all.yml", REFUSE, remarks.append), remarks


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a: !unsafe '{{ b }}'", '{"a":"{{ b }}"}'),
        ("a: !unsafe 8.10", '{"a":"8.10"}'),
        ("a: !unsafe [yes, {b: '{{ c }}'}]", '{"a":[true,{"b":"{{ c }}"}]}'),
        ("v: 8.10\nw: 1e3\nx: 1.50", '{"v":8.10,"w":"1e3","x":1.50}'),
        # Several merges: the last one wins, and what the map says itself over all of them.
        ("x: &x {a: 1, b: 1}\ny: &y {b: 2}\nz:\n  <<: *x\n  <<: *y\n", '"z":{"a":1,"b":2}'),
        (
            "x: &x {one: 1, two: 1}\ny: &y {two: 2}\nz:\n  <<: *x\n  <<: *y\n",
            '"z":{"one":1,"two":2}',
        ),
        ("x: &x {one: 1}\ny: &y {one: 2}\nz: {<<: [*x, *y]}", '"z":{"one":1}'),
        ("x: &x {a: 1, b: 1}\nz:\n  b: 3\n  <<: *x\n", '"z":{"a":1,"b":3}'),
        ("x: &x {a: 1}\ny: &y {a: 2}\nz: {<<: [*x, *y]}", '"z":{"a":1}'),
        # A map that was merged before it is made is no map with a key twice.
        ("x: &x {a: 1}\nz: {<<: &y {<<: *x, a: 2}}\nw: *y", '"w":{"a":2}'),
        (
            '{"a": "\\ud83d\\ude00", "b": 1e3, "c": 8.10,\t"d": "\\/"}',
            '"a":"\\ud83d\\ude00","b":1e3,"c":8.10,"d":"/"',
        ),
    ],
)
def test_what_a_text_means(text: str, meant: str) -> None:
    document, remarks = said(text)
    assert meant in json_text.encode(document)
    assert remarks == []


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2", "a: {b: 1, b: 1}", '{"a": 1, "a": 2}', "x: &x {a: 1}\nb: {<<: *x, c: 1, c: 2}"],
)
def test_a_key_that_stands_twice(text: str) -> None:
    with pytest.raises(reading.FileError, match=r"all\.yml.*a key stands here twice"):
        said(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [*a]",
        "a: &a {b: *a}",
        "a: &a {<<: *a}",
        "a: {<<: 1}",
        "d: 2026-02-31",
        "a: !!python/name:os.system x",
        "a: !other 1",
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(reading.FileError, match=r"all\.yml"):
        said(text)


@pytest.mark.parametrize(
    ("text", "word", "meaning"),
    [
        ("countries: [BE, NL, NO]", "NO", "false"),
        ("states:\n  - maybe\n  - on", "on", "true"),
        ("no: 1\nnl: 2", "no", "false"),
        ("hours: [early, 22:30]", "22:30", "a number to the base of 60"),
    ],
)
def test_a_word_among_texts(text: str, word: str, meaning: str) -> None:
    (remark,) = said(text)[1]
    assert f"all.yml (line {text[: text.index(word)].count(chr(10)) + 1})" in remark
    assert f"{word} means {meaning}" in remark
    assert said(text.replace(word, f"'{word}'"))[1] == []


def test_booleans_among_themselves_are_meant() -> None:
    assert said("a: [yes, no]\nb: {c: on, d: text}\ne: [22:30, 12:00]\nf: [1, text]")[1] == []


@pytest.mark.parametrize("text", ["note: uses !vault tags\n", "a: '!vault |'\n", "# !vault\n"])
def test_only_the_tag_says_that_something_is_encrypted(text: str) -> None:
    assert not reading.is_encrypted_in_part(text, "a.yml")
    sealed = f"{text}b: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  61\n"
    assert reading.is_encrypted_in_part(sealed, "a.yml")
    assert reading.is_encrypted_in_part(f"{sealed}]", "a.yml"), "what cannot be read may be"
    with pytest.raises(reading.FileError, match="without a vault password"):
        said(sealed)


def test_line_ends_and_marks_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    text = "a: |\n  one\n  two\nb: 'é'\n"
    for content in (
        text.encode(),
        b"\xef\xbb\xbf" + text.encode(),
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
    ):
        path.write_bytes(content)
        assert text_file.read(str(path)) == text
    path.write_bytes(text.encode("utf-16"))
    with pytest.raises(SettingsError, match=r"a\.yml cannot be read: it is not UTF-8"):
        text_file.read(str(path))
    path.unlink()
    path.symlink_to("nowhere")
    with pytest.raises(SettingsError, match=r"a\.yml cannot be read: No such file"):
        text_file.read(str(path))


@pytest.mark.parametrize(
    "name",
    [
        *(".#x.yml", "#x.yml#", ".x.yml.swp", "x.yml~", "x.yml.~2~", "4913", "5036", "x.yml.orig"),
        *("x.yml.swp", "x.yml___jb_tmp___", ".turbostack-x1.part", ".DS_Store"),
    ],
)
def test_leavings_of_editors(name: str) -> None:
    assert is_leaving(name)


@pytest.mark.parametrize(
    "name", ["x.yml", "4914", "12", "#x.yml", "shop~7.yml", "a.bak.yml", "4913.yml"]
)
def test_names_that_are_meant(name: str) -> None:
    assert not is_leaving(name)
