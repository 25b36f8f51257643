# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries as text and back: nothing changes on the way, and what did not change keeps its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files import (
    reading,
    writing,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.layout import (
    Entry,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.config_files.vault import (
    VaultError,
    label_for,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.masking import (
    MASK,
    redact,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text import json_text

POLICY = Policy()
PATH = "clients/3/hosts/shop.yml"


class FakeVault:
    """Hides a text behind its hexadecimal digits, and never twice behind the same ones."""

    preferred: str | None = None

    def __init__(self, *labels: str) -> None:
        self.labels: Sequence[str] = labels or ("default",)
        self.made = 0

    def encrypt(self, plaintext: str, label: str) -> str:
        self.made += 1
        digits = f"{self.made}:{plaintext}".encode().hex()
        lines = [digits[at : at + 80] for at in range(0, len(digits), 80)]
        header = "1.1;AES256" if label == "default" else f"1.2;AES256;{label}"
        return "\n".join([f"$ANSIBLE_VAULT;{header}", *lines])

    def decrypt(self, ciphertext: str) -> str:
        _header, *lines = ciphertext.split("\n")
        try:
            return bytes.fromhex("".join(lines)).decode().partition(":")[2]
        except ValueError:
            raise VaultError("It cannot be decrypted.") from None


def encrypted(config: Any, vault: FakeVault, former: str = "", label: str = "default") -> str:
    known = reading.secrets(former, PATH, vault.decrypt)[0] if former else ()
    entry = Entry("host", 7, "shop", 3, config)
    return writing.Encryption(vault, label, POLICY, known).text(entry)


KEYS = st.sampled_from(["a", "password", "api_token", "list", "token=abcdefghij", "on", "8", ""])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just(json_text.Number("8.10")),
    st.text(max_size=12),
    st.sampled_from(
        ["\ud800", "https://a:secret@b.test/", "$ANSIBLE_VAULT;1.1;AES256\n61", "a\n\n"]
    ),
)
CONFIGS = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda below: st.one_of(
            st.lists(below, max_size=3), st.dictionaries(KEYS, below, max_size=3)
        ),
        max_leaves=8,
    ),
    max_size=5,
)


@settings(deadline=None)
@given(CONFIGS, st.text(max_size=8))
def test_encrypted_and_back(config: dict[str, Any], name: str) -> None:
    vault = FakeVault()
    entry = Entry("host", 7, name, None, config)
    text = writing.Encryption(vault, "default", POLICY).text(entry)
    found = reading.entry(text, PATH, vault.decrypt)
    assert (found.id, found.name, found.client_id) == (7, name, None)
    assert json_text.encode(found.config) == json_text.encode(config)
    assert reading.identity(text, PATH) == Entry("host", 7, name, None)
    former, complete = reading.secrets(text, PATH, vault.decrypt)
    made = vault.made
    assert writing.Encryption(vault, "default", POLICY, former).text(entry) == text
    assert (complete, vault.made) == (True, made)


@settings(deadline=None)
@given(CONFIGS)
def test_masked_and_back(config: dict[str, Any]) -> None:
    text = writing.masked_text(Entry("host", 7, "shop", 3, config), POLICY)
    found = reading.entry(text, PATH, FakeVault().decrypt)
    assert json_text.encode(found.config) == json_text.encode(redact(config))


SHOP = {"vhosts": [{"app_name": "a", "cert_pvk": "one\n", "z": 1}], "db_password": "two", "x": 1}


def test_only_what_changed_is_encrypted_anew() -> None:
    vault = FakeVault()
    before = encrypted(SHOP, vault)
    assert before.count("!vault |") == 2
    after = encrypted({**SHOP, "db_password": "three"}, vault, before)
    assert vault.made == 3
    assert after[: after.index("db_password")] == before[: before.index("db_password")]
    # An entry more does not disturb the others.
    more = {"new_token": "four", **SHOP}
    assert encrypted(more, vault, before).count("!vault |") == 3
    assert vault.made == 4


def test_another_vault_id_encrypts_everything_anew() -> None:
    vault = FakeVault("default", "fleet")
    before = encrypted(SHOP, vault)
    after = encrypted(SHOP, vault, before, "fleet")
    assert after.count("AES256;fleet") == 2
    assert encrypted(SHOP, vault, after, "fleet") == after


def test_what_is_shown_has_no_vault_text() -> None:
    vault = FakeVault()
    before = encrypted(SHOP, vault)
    encryption = writing.Encryption(
        vault, "default", POLICY, reading.secrets(before, PATH, vault.decrypt)[0]
    )
    changed = encryption.text(Entry("host", 7, "shop", 3, {**SHOP, "db_password": "three"}))
    shown = encryption.shown(changed)
    assert f"cert_pvk: !vault {MASK}\n      z: 1" in shown
    assert f"db_password: !vault {MASK} (encrypted anew)\n  x: 1" in shown
    assert "ANSIBLE" not in shown + writing.shown(before)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: 7\nname: a\nconfig: []\n", "no configuration"),
        ("id: 7\nname: a\n", "no configuration"),
        ("id: '7'\nname: a\nconfig: {}\n", "does not say whose it is"),
        ("id: true\nname: a\nconfig: {}\n", "does not say whose it is"),
        ("id: 7\nname: a\nclient_id: x\nconfig: {}\n", "client_id is no number"),
        ("id: 7\nname: a\nconfig:\n  a: 1\n  a: 2\n", "a key stands here twice"),
        ("id: 7\nname: a\nconfig: {password: [hunter2hunter2\n", "cannot be read"),
        ("id: 7\nname: a\nconfig: !!python/name:os.system x\n", "cannot be read"),
        ('id: 7\nname: a\nconfig: {a: !vault "x\\nzz"}\n', "cannot be decrypted"),
        ("- a list\n", "no configuration"),
    ],
)
def test_files_that_are_none(text: str, message: str) -> None:
    with pytest.raises(reading.FileError) as refused:
        reading.entry(text, PATH, FakeVault().decrypt)
    assert message in str(refused.value)
    assert PATH in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_numbers_keep_their_digits() -> None:
    text = "id: 7\nname: a\nconfig: {a: 8.10, b: 1.0e+400, c: 1_0.5}\n"
    config = reading.entry(text, PATH, FakeVault().decrypt).config
    assert json_text.encode(config) == '{"a":8.10,"b":1.0e+400,"c":10.5}'


def test_the_files_are_what_ansible_reads_too() -> None:
    text = encrypted({"password": "x" * 100}, FakeVault())
    with pytest.raises(yaml.constructor.ConstructorError, match="!vault"):
        yaml.safe_load(text)


def test_configurations_by_themselves() -> None:
    vault = FakeVault()
    assert reading.document("{}", "g.yml", vault.decrypt) == {}
    assert reading.document('{"a": "b"}', "g.json", vault.decrypt) == {"a": "b"}
    whole = vault.encrypt("a: b\n", "default")
    assert reading.document(whole + "\n", "g.yml", vault.decrypt) == {"a": "b"}
    for text in ("a", "", "# nothing\n---\n"):
        with pytest.raises(reading.FileError, match=r"g\.yml holds no map"):
            reading.document(text, "g.yml", vault.decrypt)


def test_vault_ids() -> None:
    assert label_for(FakeVault("a"), None) == "a"
    assert label_for(FakeVault("a", "b"), "b") == "b"
    with pytest.raises(VaultError, match="several"):
        label_for(FakeVault("a", "b"), None)
    with pytest.raises(VaultError, match="no vault secret with the id c"):
        label_for(FakeVault("a", "b"), "c")
    settled = FakeVault("a", "b")
    settled.preferred = "b"
    assert label_for(settled, None) == "b"
