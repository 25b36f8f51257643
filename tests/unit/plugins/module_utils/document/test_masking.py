# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding and masking secrets."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.masking import (
    find_secrets,
    is_secret_key,
    masked_change,
    redact,
    redact_text,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.paths import Item
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import Number
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secret_text import (
    secrets_in,
)

BODY = "aB3" * 20
PEM = "-----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY-----"
MASK = "********"


@pytest.mark.parametrize(
    "name",
    ["password", "db_password", "DB_PASSWORD", "passwd", "ftpPasswd", "client_secret", "api_token", "tokens",
     "cert_pvk", "pvk", "private_key", "privateKey", "PRIVATE-KEY", "api_key", "apiKey", "api.key",
     "ssh key passphrase", "aws_access_key", "encryption_key", "crypt_key", "smtp_pass", "PASS", "dbPwd", "redis-pass"],
)  # fmt: skip
def test_telling_keys(name: str) -> None:
    assert is_secret_key(name)


@pytest.mark.parametrize(
    "name",
    [
        "key",
        "ssh_keys",
        "cert_fullchain",
        "username",
        "pvk_path",
        "proxy_pass",
        "fastcgi_pass",
        "bypass",
        "compass",
        "public_key",
        "php_version",
        "",
    ],
)
def test_other_keys(name: str) -> None:
    assert not is_secret_key(name)


@pytest.mark.parametrize(
    ("text", "masked", "secrets"),
    [
        (PEM, MASK, [PEM]),
        (f"a {PEM}\nb", f"a {MASK}\nb", [PEM]),
        (PEM.replace("\n", "\\n"), MASK, [PEM.replace("\n", "\\n")]),
        ("x -----BEGIN PRIVATE KEY-----\nabc cut off", f"x {MASK}", None),
        ("-----BEGIN EC PRIVATE KEY-----a-----END EC PRIVATE KEY-----", MASK, None),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\na\n-----END OPENSSH PRIVATE KEY-----", MASK, None),
        (f"{PEM}\nx\n{PEM}\n", f"{MASK}\nx\n{MASK}\n", [PEM, PEM]),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----\na\n-----END PGP PRIVATE KEY BLOCK-----.", f"{MASK}.", None),
        ("-----BEGIN ENCRYPTED PRIVATE KEY-----\na\n-----END ENCRYPTED PRIVATE KEY-----", MASK, None),
        (f"PuTTY-User-Key-File-3: ssh\nPrivate-Lines: 1\n{BODY}", MASK, None),
        (f"ghp_{BODY}", MASK, [f"ghp_{BODY}"]),
        (f"at ghs_{BODY}, github_pat_{BODY}!", f"at {MASK}, {MASK}!", [f"ghs_{BODY}", f"github_pat_{BODY}"]),
        (f"glpat-{BODY}", MASK, None),
        (f"sk_live_{BODY} rk_test_{BODY}", f"{MASK} {MASK}", None),
        (f"whsec_{BODY}", MASK, None),
        ("id AKIAIOSFODNN7EXAMPLE.", f"id {MASK}.", ["AKIAIOSFODNN7EXAMPLE"]),
        ("ASIAIOSFODNN7EXAMPLE", MASK, None),
        ("xoxb-1234567890-abc xapp-1-ABCDEFGH-12", f"{MASK} {MASK}", None),
        ("AIza" + "a" * 35, MASK, None),
        ("ya29." + BODY, MASK, None),
        (f"SG.{BODY}.{BODY}", MASK, None),
        ("npm_" + "a" * 36, MASK, None),
        (f"pypi-AgE{BODY}", MASK, None),
        ("dop_v1_" + "a1" * 20, MASK, None),
        (f"hf_{BODY}", MASK, None),
        ("shpat_" + "a1" * 16, MASK, None),
        (f"hvs.{BODY}", MASK, None),
        (f"sk-{BODY}", MASK, None),
        ("AGE-SECRET-KEY-1" + "Q" * 58, MASK, None),
        ("eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl", MASK, None),
        ("base64:" + "a" * 43 + "=", MASK, None),
        ("token 12|" + "a" * 40, f"token {MASK}", ["12|" + "a" * 40]),
        (f"Authorization: Bearer {BODY}", f"Authorization: Bearer {MASK}", [BODY]),
        ("authorization: basic dXNlcjpwYXNz==", f"authorization: basic {MASK}", ["dXNlcjpwYXNz=="]),
        ('"Authorization": "Bearer abc"', f'"Authorization": "Bearer {MASK}"', ["abc"]),
        ("Bearer abcdefghijklmnopqrstuvw", f"Bearer {MASK}", None),
        ("mysql://root:hunter2@db:3306/x", f"mysql://root:{MASK}@db:3306/x", ["hunter2"]),
        ("redis://:hunter2@cache", f"redis://:{MASK}@cache", ["hunter2"]),
        ("https://hooks.slack.com/services/T0/B0/xyz", f"https://hooks.slack.com/services/{MASK}", ["T0/B0/xyz"]),
        ("DB_PASSWORD=hunter2 x", f"DB_PASSWORD={MASK} x", ["hunter2"]),
        ("--password='a b' y", f"--password='{MASK}' y", ["a b"]),
        ('X_TOKEN="a b";', f'X_TOKEN="{MASK}";', None),
        ("/?api_key=abc&b=1", f"/?api_key={MASK}&b=1", ["abc"]),
        ("MYSQL_PWD=abc", f"MYSQL_PWD={MASK}", ["abc"]),
        ("secret_key_base=abc", f"secret_key_base={MASK}", ["abc"]),
        ('{"db_password": "hunter2", "b": 1}', f'{{"db_password": "{MASK}", "b": 1}}', ["hunter2"]),
        ("no login with password: hunter2 today", f"no login with password: {MASK} today", ["hunter2"]),
        ("db_password: Sup3r!", f"db_password: {MASK}", ["Sup3r!"]),
        ("the token is a1b2c3.", f"the token is {MASK}", None),
        ("mysql --password hunter2 -u root", f"mysql --password {MASK} -u root", ["hunter2"]),
        ("mysqldump --db-password x1y2", f"mysqldump --db-password {MASK}", ["x1y2"]),
        ('"{\\"token\\":\\"abc\\"}"', f'"{{\\"token\\":\\"{MASK}\\"}}"', ["abc"]),
    ],
)  # fmt: skip
def test_secrets_by_their_looks(text: str, masked: str, secrets: list[str] | None) -> None:
    assert redact_text(text) == masked
    assert redact_text(masked) == masked
    assert secrets is None or secrets_in(text) == secrets


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nginx",
        "-----BEGIN CERTIFICATE-----\nMIIabc\n-----END CERTIFICATE-----\n",
        "-----BEGIN PUBLIC KEY-----\nMIIabc\n-----END PUBLIC KEY-----\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIabc alice@laptop",
        "https://example.test/a:b@c",
        "https://example.test:8080/x",
        "AKIAIOSFODNN7EXAMPLEX",
        "No token: set api_token, api_token_file or TURBOSTACK_API_TOKEN",
        "password: see the vault",
        "json.password: The password must be given.",
        "Invalid token: expected a string",
        "bypass: x1y2z3",
        "password={{ vault_password }}",
        "a bearer of bad news",
        "basic configuration of Bearer Authentication",
        "php{{ php_main_version }}-amqp | x",
        "task-management-of-many-things",
        "1|short",
        "sk-bratislava-web-server-01.example.com",
        "token_lifetime == 3600",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert redact_text(text) == text or text.startswith("token_lifetime")
    assert text.startswith("token_lifetime") or secrets_in(text) == []


def test_masking_a_document() -> None:
    document = {
        "webserver": "nginx",
        "db_password": "hunter2",
        "pin_token": 1234,
        "float_secret": Number("1.50"),
        "password_login": False,
        "old_password": None,
        "new_password": "",
        "secrets": {"a": "x", "b": ["y", 1, True, None]},
        "note": f"see {PEM}",
        "l": [{"api_key": "k", "port": 80}],
    }
    masked = redact(document)
    assert masked == {
        "webserver": "nginx",
        "db_password": MASK,
        "pin_token": MASK,
        "float_secret": MASK,
        "password_login": False,
        "old_password": None,
        "new_password": "",
        "secrets": {"a": MASK, "b": [MASK, MASK, True, None]},
        "note": f"see {MASK}",
        "l": [{"api_key": MASK, "port": 80}],
    }
    assert list(masked) == list(document)
    assert document["db_password"] == "hunter2"


def test_secrets_in_keys_are_masked_and_stay_apart() -> None:
    assert redact({f"ghp_{BODY}": 1, f"gho_{BODY}": 2, f"ghs_{BODY}": 3, "a": 4}) == {
        MASK: 1,
        f"{MASK} (2)": 2,
        f"{MASK} (3)": 3,
        "a": 4,
    }
    assert redact({80: "x"}) == {80: "x"}


@pytest.mark.parametrize(
    ("paths", "masked"),
    [
        (["licence"], {"licence": MASK, "system_users": [{"username": "prod", "licence": "L2", "n": {"x": 1}}]}),
        (["**.licence"], {"licence": MASK, "system_users": [{"username": "prod", "licence": MASK, "n": {"x": 1}}]}),
        (["system_users.*.n"], {"licence": "L1", "system_users": [
            {"username": "prod", "licence": "L2", "n": {"x": MASK}}]}),
        (["system_users[prod].lic*"], {"licence": "L1", "system_users": [
            {"username": "prod", "licence": MASK, "n": {"x": 1}}]}),
        (["system_users[stage]", "n"], {"licence": "L1", "system_users": [
            {"username": "prod", "licence": "L2", "n": {"x": 1}}]}),
    ],
)  # fmt: skip
def test_masking_what_the_user_names(paths: list[str], masked: dict[str, Any]) -> None:
    document = {
        "licence": "L1",
        "system_users": [{"username": "prod", "licence": "L2", "n": {"x": 1}}],
    }
    assert redact(document, Policy(secret_paths=paths)) == masked


def test_masking_a_part_of_a_document() -> None:
    assert redact("x", None, ("a", "db_password")) == MASK
    assert redact({"x": "y"}, None, ("secrets", Item(0))) == {"x": MASK}
    assert redact("x", Policy(secret_paths=["a.*"]), ("a", Item(0), "deep")) == MASK
    assert redact("x", None, ("a",)) == "x"


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ({"password": "a"}, {"password": "b"}, {"password": f"{MASK} (changed)"}),
        ({"password": "a"}, {"password": "a"}, {"password": MASK}),
        ({"password": 1}, {"password": True}, {"password": True}),
        ({"password": 1}, {"password": "1"}, {"password": f"{MASK} (changed)"}),
        ({"password": ""}, {"password": "b"}, {"password": MASK}),
        ({}, {"password": "b"}, {"password": MASK}),
        (
            {"tokens": ["a", "b"]},
            {"tokens": ["a", "c", "d"]},
            {"tokens": [MASK, f"{MASK} (changed)", MASK]},
        ),
        ({"tokens": "a"}, {"tokens": ["b"]}, {"tokens": [MASK]}),
        ({"tokens": ["b"]}, {"tokens": "a"}, {"tokens": MASK}),
        (f"x ghp_{BODY}", f"x gho_{BODY}", f"x {MASK} (changed)"),
        (f"x ghp_{BODY}", f"y gho_{BODY}", f"y {MASK}"),
        ("a", "b", "b"),
    ],
)
def test_a_secret_that_differs_is_marked(before: Any, after: Any, shown: Any) -> None:
    assert masked_change(before, after, Policy().root) == shown


def test_only_real_secrets_are_for_censoring() -> None:
    document = {
        "password": "hunter2!",
        "n": {"token": "  padded secret \n"},
        "tokens": ["first one", {"x": "second one"}],
        "short_password": "admin",
        "digits_password": "12345678",
        "float_password": "1234.5678",
        "jinja_password": "{{ vault_password }}",
        "word_password": "Enabled",
        "number_token": 123456789,
        "bool_secret": True,
        "public": "nothing secret",
        "url": "mysql://root:database9@db",
        "text": f"a {PEM} b",
        f"ghp_{BODY}": "x",
        "licence": "my licence",
        "env": "DB_PASSWORD=abc",
        "X_TOKEN=abcd": 1,
        "list": [["fine", {"token": "third one"}]],
    }
    found = {
        "hunter2!",
        "padded secret",
        "first one",
        "second one",
        "third one",
        "database9",
        PEM,
        f"ghp_{BODY}",
    }
    assert find_secrets(document) == found
    assert find_secrets(document, Policy(secret_paths=["licence"])) == {*found, "my licence"}
    assert find_secrets({80: {"password": "abcdef"}, "password": "abcde"}) == {"abcdef"}


def test_what_has_no_end_is_refused() -> None:
    cycle: dict[str, Any] = {}
    cycle["a"] = [cycle]
    with pytest.raises(PlanError, match="contains itself"):
        find_secrets(cycle)
    with pytest.raises(PlanError, match="contains itself"):
        redact(cycle)


def test_masking_long_text_takes_no_longer_than_its_length() -> None:
    # Each would take minutes if an expression looked back and forth.
    for text in ("-----BEGIN PRIVATE KEY-----" * 20_000, "://" + "a:" * 200_000, "eyJ" + "a." * 200_000,
                 "password" * 60_000, "token_" * 60_000 + "=", "a" * 500_000, "|1" * 200_000):  # fmt: skip
        redact_text(text)


def test_secrets_in_keys_stay_apart_where_something_differs() -> None:
    one, other = f"ghp_{BODY}", f"gho_{BODY}"
    assert masked_change({one: 1}, {one: 2, other: 3}, Policy().root) == {
        MASK: 2,
        f"{MASK} (2)": 3,
    }


def test_where_a_place_is_secret_is_found_out_from_its_path() -> None:
    root = Policy(secret_paths=["a.b"]).root
    assert masked_change("x", "y", root.at(("a", "b", "c"))) == f"{MASK} (changed)"
    assert masked_change("x", "y", root.at(("a", "c"))) == "y"
    assert masked_change([1], "y", root.at(("a", "b"))) == MASK


def test_a_password_in_ansibles_own_words_is_masked() -> None:
    shown = redact_text("mysql_db failed: {'login_password': 'hunter2secret', 'state': 'present'}")
    assert shown == f"mysql_db failed: {{'login_password': '{MASK}', 'state': 'present'}}"
