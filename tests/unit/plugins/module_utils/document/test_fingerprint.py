# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The digest by which a document is known again."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document import (
    fingerprint as module,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.fingerprint import (
    compare_fingerprint,
    fingerprint,
    seal_of,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import Number

PEM = (
    "-----BEGIN PRIVATE KEY-----\n"
    + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n" * 20
    + "-----END PRIVATE KEY-----\n"
)
DOCUMENT = {
    "webserver": "nginx",
    "n": [1, 2.5, True, None, "x", {"a": "b"}],
    "system_users": [{"username": "prod", "x": 1}, {"username": "stage"}],
}


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rounds each derivation takes; none takes long."""
    taken: list[int] = []
    derive = module.hashlib.pbkdf2_hmac

    def counted(name: str, password: bytes, salt: bytes, rounds: int) -> bytes:
        taken.append(rounds)
        return derive(name, password, salt, 1)

    monkeypatch.setattr(module.hashlib, "pbkdf2_hmac", counted)
    return taken


def test_it_is_the_same_for_the_same_meaning() -> None:
    taken = fingerprint(DOCUMENT)
    assert taken == fingerprint(dict(reversed(DOCUMENT.items())))
    assert taken == fingerprint({**DOCUMENT, "webserver": " nginx "})
    assert taken == fingerprint({**DOCUMENT, "n": [1.0, Number("2.50"), True, "", "x", {"a": "b"}]})
    assert compare_fingerprint(f" {taken}\n", DOCUMENT) is None


EVERYTHING: dict[str, Any] = {
    "text": "é\ud800",
    "numbers": [0, -1, 2**70, 1.5, -0.25, 100.5, 1e-7, Number("8.10"), Number("1e400"), 0.0, 1e30],
    "constants": [True, False, None, "", {}, []],
    "nested": {"b": {"a": [["x"], []]}},
    "system_users": [
        {"username": "a", "db_password": "x\ud800"},
        {"username": "b", "pin_token": 5},
    ],
    "secrets": [{"a": "b"}, 1.5],
    "note": "ghp_" + "x" * 36,
    "ghp_" + "y" * 36: 1,
}


def test_it_does_not_change_from_release_to_release() -> None:
    assert fingerprint({}) == "ts1.47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
    assert fingerprint({"a": 1}) == "ts1.UxEyK1vryRprBLFec5YM3Prbn4YMhqq8RtS2rapXCx4.BqWD"
    assert fingerprint(EVERYTHING) == (
        "ts1.Ts_1jhK9JCZ23sPGxKEzx1TJ37qpJukn2S49olaISwg."
        "8raa.EL9q.GOkL.enaF.h0Ou.ldHr.pPRf.sfRY.zUPG"
    )
    strong = {**EVERYTHING, "cert_pvk": PEM, "licence": ["x"], "named": [{"name": "u", "key": "y"}]}
    policy = Policy(secret_paths=["licence", "named[u].key"])
    assert fingerprint(strong, policy) == (
        "ts1.GetWvlnWjeq_O8uii6DRKr7x9aTR6MP8Pl0wlg_onSQ."
        "8raa.EL9q.GOkL.KZj9.RnZv.enaF.h0Ou.ldHr.lsVa.pPRf.sfRY.zUPG"
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({**DOCUMENT, "webserver": "apache"}, ["webserver is new or differs"]),
        ({**DOCUMENT, "more": 1}, ["more is new or differs"]),
        ({key: DOCUMENT[key] for key in ("n", "system_users")}, ["1 part is gone"]),
        ({"n": DOCUMENT["n"]}, ["3 parts are gone"]),
        ({**DOCUMENT, "n": [1, 2.5, True, None, "x"]}, ["n is new or differs"]),
        ({**DOCUMENT, "n": [1, 2.5, 1, None, "x", {"a": "b"}]}, ["n is new or differs"]),
        ({**DOCUMENT, "n": [1, "2.5", True, None, "x", {"a": "b"}]}, ["n is new or differs"]),
        ({**DOCUMENT, "system_users": [{"username": "prod", "x": 2}, {"username": "stage"}]},
         ["system_users[prod] is new or differs"]),
        ({**DOCUMENT, "system_users": [{"username": "prod", "x": 1}]}, ["1 part is gone"]),
        ({**DOCUMENT, "system_users": [{"username": "stage"}, {"username": "prod", "x": 1}]},
         ["secret values or the order of entries differ"]),
    ],
)  # fmt: skip
def test_it_says_what_differs(changed: dict[str, Any], told: list[str]) -> None:
    assert compare_fingerprint(fingerprint(DOCUMENT), changed) == told


def test_keys_and_values_do_not_run_into_one_another() -> None:
    documents: list[dict[str, Any]] = [
        {"a": "b,c"}, {"a": ["b", "c"]}, {"ab": "c"}, {"a": "bc"}, {"a": {"b": "c"}}, {"a": [["b"], "c"]},
        {"a": ["b", ["c"]]}, {"a": 1}, {"a": "1"}, {"a": 1.5}, {"a": 15}, {"a": -15}, {"a": 150}, {"a": 0.15},
        {"a": True}, {"a": "True"}, {"a": None}, {"a": "None,"}, {"a": []}, {}, {"a": Number("1e400")},
        {"a": Number("1e401")}, {"a": -1.5},
    ]  # fmt: skip
    assert len({fingerprint(document) for document in documents}) == len(documents)


def test_secrets_count_together_and_at_a_price(rounds: list[int]) -> None:
    document = {"password": "hunter2", "b": {"token": 5}}
    taken = {
        fingerprint(one)
        for one in (document, {**document, "password": "hunter3"}, {**document, "b": {"token": 6}})
    }
    assert len(taken) == 3
    assert rounds == [200_000] * 3
    assert compare_fingerprint(fingerprint(document), {**document, "password": "x"}) == [
        "secret values or the order of entries differ"
    ]


def test_a_private_key_among_them_is_price_enough(rounds: list[int]) -> None:
    one = fingerprint({"password": "hunter2", "cert_pvk": PEM})
    assert one != fingerprint({"password": "hunter3", "cert_pvk": PEM})
    assert rounds == [1, 1]
    fingerprint({"cert_pvk": PEM[:100]})
    assert rounds[-1] == 200_000


def test_without_secrets_there_is_no_price(rounds: list[int]) -> None:
    fingerprint({**DOCUMENT, "password": None, "b": {"password": False}})
    assert rounds == []


def test_parts_tell_nothing_about_secrets(rounds: list[int]) -> None:
    parts = {
        fingerprint({"a": {"password": value}}).split(".", 2)[2]
        for value in ("x", "y", "longer one", 7)
    }
    assert len(parts) == 1
    policy = Policy(secret_paths=["system_users.*.licence"])
    taken = [
        fingerprint({"system_users": [{"username": "u", "licence": value}]}, policy)
        for value in ("x", "y")
    ]
    assert taken[0] != taken[1]
    assert taken[0].split(".", 2)[2] == taken[1].split(".", 2)[2]
    assert rounds


def test_what_the_user_names_is_part_of_it(rounds: list[int]) -> None:
    document = {"licence": "x"}
    assert fingerprint(document) != fingerprint(document, Policy(secret_paths=["licence"]))


def test_a_read_without_the_tasks_options_is_as_good() -> None:
    document = {"licence": "x", "hooks": [{"event": "a"}]}
    policy = Policy(secret_paths=["licence"], lists={"hooks": {"by": "event"}})
    read = fingerprint(document)
    assert compare_fingerprint(read, document, policy) is None
    assert compare_fingerprint(read, {**document, "licence": "y"}, policy) is not None


def test_a_large_document_has_its_keys_for_parts() -> None:
    users = [{"username": f"u{number}"} for number in range(64)]
    small, large = ({"a": 1, "system_users": users[:count]} for count in (63, 64))
    assert fingerprint(small).count(".") == 65
    assert fingerprint(large).count(".") == 3
    more = {**large, "system_users": [*users, {"username": "x"}]}
    assert compare_fingerprint(fingerprint(large), more) == ["system_users is new or differs"]


@pytest.mark.parametrize("text", ["", "x", "ts1", "ts1.", "ts0.abc", "sha256:abc"])
def test_what_is_no_fingerprint_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match="no fingerprint of this collection"):
        compare_fingerprint(text, {})


def test_what_is_nested_too_deeply_is_refused() -> None:
    document: dict[str, Any] = {}
    for _level in range(120):
        document = {"a": document}
    for take in (fingerprint, lambda one: compare_fingerprint("ts1.x", one)):
        with pytest.raises(PlanError, match="nested too deeply"):
            take(document)


KEY = (
    "-----BEGIN PRIVATE KEY-----\n"
    + "MIIEvQIBADANBgkqhkiG9w0B" * 10
    + "\n-----END PRIVATE KEY-----\n"
)
PASSWORD = {
    "system_users": [{"username": "a", "db_password": "hunter2hunter2"}],
    "webserver": "nginx",
}
SEAL = seal_of("1|token")


def with_password(text: str) -> dict[str, Any]:
    return {**PASSWORD, "system_users": [{"username": "a", "db_password": text}]}


def test_a_guessable_secret_is_sealed_with_a_key_that_a_token_makes() -> None:
    taken = fingerprint(PASSWORD, seal=SEAL)
    assert taken == fingerprint(PASSWORD, seal=seal_of("1|token"))
    assert taken != fingerprint(PASSWORD, seal=seal_of("2|other"))
    assert taken != fingerprint(with_password("hunter2hunter3"), seal=SEAL)
    assert compare_fingerprint(taken, PASSWORD, seal=SEAL) is None
    assert compare_fingerprint(taken, with_password("other-secret"), seal=SEAL) == [
        "secret values or the order of entries differ"
    ]


@pytest.mark.parametrize(
    "document", [{"webserver": "nginx"}, {"cert_pvk": KEY, "password": "guess-me"}]
)
def test_where_nothing_can_be_guessed_every_token_takes_the_same(document: Any) -> None:
    assert (
        fingerprint(document, seal=SEAL)
        == fingerprint(document)
        == fingerprint(document, seal=b"x")
    )


def test_one_taken_with_another_token_says_so_unless_more_is_wrong() -> None:
    taken = fingerprint(PASSWORD, seal=seal_of("2|other"))
    assert compare_fingerprint(taken, PASSWORD, seal=SEAL) == [
        "it was taken with another token, so that secret values cannot be compared"
    ]
    changed = {**PASSWORD, "webserver": "apache"}
    assert compare_fingerprint(taken, changed, seal=SEAL) == ["webserver is new or differs"]


def test_one_taken_without_a_key_still_holds() -> None:
    assert compare_fingerprint(fingerprint(PASSWORD), PASSWORD, seal=SEAL) is None


@pytest.mark.parametrize("text", ["ts2.abc", "ts2", "ts3.a.b"])
def test_half_of_one_is_none(text: str) -> None:
    with pytest.raises(PlanError, match="is no fingerprint"):
        compare_fingerprint(text, PASSWORD, seal=SEAL)
