# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every refusal in its own words: what stands in the way, and the way out."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.fingerprint import (
    compare_fingerprint,
    fingerprint,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.masking import (
    find_secrets,
    redact,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import (
    explain,
    plan,
)

REFUSALS: list[tuple[Any, Any, str, dict[str, Any], str, str | None]] = [
    (
        {},
        {"l": [1]},
        "absent",
        {},
        "There is no state 'absent'.",
        "Choose one of merged, replaced, deleted.",
    ),
    (
        [],
        {},
        "merged",
        {},
        "The stored configuration is not a map but a list.",
        None,
    ),
    (
        {},
        [],
        "merged",
        {},
        "The configuration is not a map but a list.",
        "Give keys and values.",
    ),
    (
        {"a": 1},
        {},
        "replaced",
        {},
        "An empty configuration would replace one that is not empty.",
        "Set allow_empty: true if everything is to go.",
    ),
    (
        {},
        {"a": {True: 1}},
        "merged",
        {},
        "a has a key that is not text but a boolean: True.",
        (
            "Quote it: YAML reads words such as on, yes and null, numbers and dates as something "
            "else."
        ),
    ),
    (
        {},
        {"f": float("inf")},
        "merged",
        {},
        "f is inf, which JSON cannot hold.",
        "Quote it if text is meant.",
    ),
    (
        {},
        {"d": datetime.date(2026, 1, 2)},
        "merged",
        {},
        "d is a date, which JSON cannot hold.",
        'Quote it, so that it stays text: "2026-01-02".',
    ),
    (
        {},
        {"b": b"x"},
        "merged",
        {},
        "b is a bytes, which JSON cannot hold.",
        "Give text, a number, true, false, null, a list or a map.",
    ),
    (
        {},
        {"php_version": 8.1},
        "merged",
        {},
        (
            "php_version is the number 8.1, and a version loses digits as a number (8.10 becomes "
            "8.1)."
        ),
        (
            'Quote it: php_version: "8.1" (or the digits that are meant), or set '
            "allow_float_versions: true."
        ),
    ),
    (
        {"m": {"a": 1}},
        {"m": [1]},
        "merged",
        {},
        "m is stored as a map, and the configuration gives a list.",
        'Give a map, or declare lists: {"m": replace} if it is to become a list.',
    ),
    (
        {"m": 1},
        {"m": [1]},
        "replaced",
        {},
        "m is stored as an integer, and the configuration gives a list.",
        'Give an integer, or declare lists: {"m": replace} if it is to become a list.',
    ),
    (
        {"é": [{"x": 1}]},
        {"é": [{"x": 2}]},
        "merged",
        {},
        (
            "The entries of é cannot be told apart: they are not all scalars, and none of name, "
            "id, username, user, key is present and unique in every entry, stored and given."
        ),
        (
            'Give them such a field, or declare how: lists: {"é": {by: FIELD}} with a field that '
            'every entry has, or {"é": replace} to store the list as given.'
        ),
    ),
    (
        {"l": [{"x": 1}]},
        {"l": [{"x": 2}]},
        "deleted",
        {},
        (
            "The entries of l cannot be told apart: they are not all scalars, and none of name, "
            "id, username, user, key is present and unique in every entry, stored and given."
        ),
        (
            'Give them such a field, or declare how: lists: {"l": {by: FIELD}} with a field that '
            'every entry has, or {"l": replace} to store the list as given.'
        ),
    ),
    (
        {},
        {"system_users": [{"x": 1}]},
        "merged",
        {},
        (
            "system_users[#0] of the configuration has no username, so that it cannot be told "
            "which entry is meant."
        ),
        (
            'Give it one, or declare how: lists: {"system_users": {by: FIELD}} with a field that '
            'every entry has, or {"system_users": replace} to store the list as given.'
        ),
    ),
    (
        {"system_users": [{"username": "prod"}]},
        {"system_users": ["prod"]},
        "merged",
        {},
        (
            "system_users[#0] of the configuration is no map, as each entry of that list is, with "
            "username."
        ),
        (
            'Write it as {username: …}, or declare how: lists: {"system_users": {by: FIELD}} with a '
            'field that every entry has, or {"system_users": replace} to store the list as given.'
        ),
    ),
    (
        {"system_users": [{"username": "prod"}]},
        {"system_users": ["prod"]},
        "deleted",
        {},
        (
            "system_users[#0] of the configuration is no map, as each entry of that list is, with "
            "username."
        ),
        (
            'Write it as {username: …}, or declare how: lists: {"system_users": {by: FIELD}} with a '
            'field that every entry has, or {"system_users": replace} to store the list as given.'
        ),
    ),
    (
        {},
        {"system_users": [{"username": "prod", "vhosts": [{"x": 1}]}]},
        "merged",
        {},
        (
            "system_users[prod].vhosts[#0] of the configuration has no app_name and no "
            "server_name, so that it cannot be told which entry is meant."
        ),
        (
            'Give it one, or declare how: lists: {"system_users.*.vhosts": {by: FIELD}} with a '
            'field that every entry has, or {"system_users.*.vhosts": replace} to store the list '
            "as given."
        ),
    ),
    (
        {},
        {"system_users": [{"username": "a"}, {"username": "a"}]},
        "merged",
        {},
        (
            "system_users[a] (#0) and system_users[a] (#1) of the configuration have the same "
            "username."
        ),
        (
            'Make one entry of the two, or declare how: lists: {"system_users": {by: FIELD}} '
            'with a field that every entry has, or {"system_users": replace} to store the list '
            "as given."
        ),
    ),
    (
        {},
        {"system_users": [{"username": "prod", "vhosts": [{"app_name": "a"}, {"app_name": "a"}]}]},
        "replaced",
        {},
        (
            "system_users[prod].vhosts[a] (#0) and system_users[prod].vhosts[a] (#1) of the "
            "configuration have the same app_name."
        ),
        (
            'Make one entry of the two, or declare how: lists: {"system_users.*.vhosts": {by: '
            'FIELD}} with a field that every entry has, or {"system_users.*.vhosts": replace} to '
            "store the list as given."
        ),
    ),
    (
        {},
        {
            "system_users": [
                {
                    "username": "prod",
                    "vhosts": [{"server_name": "a.test"}, {"server_name": "A.test"}],
                }
            ]
        },
        "merged",
        {},
        (
            "system_users[prod].vhosts[a.test] (#0) and system_users[prod].vhosts[A.test] (#1) "
            "of the configuration have the same domain."
        ),
        (
            'Make one entry of the two, or declare how: lists: {"system_users.*.vhosts": {by: '
            'FIELD}} with a field that every entry has, or {"system_users.*.vhosts": replace} to '
            "store the list as given."
        ),
    ),
    (
        {"ftp": [{"user": "a"}, {"user": "a"}, {"user": "a"}]},
        {"ftp": [{"user": "a"}]},
        "merged",
        {},
        (
            "ftp[a] (#0) of the configuration may mean ftp[a] (#0) as well as ftp[a] (#1), which "
            "are both stored."
        ),
        (
            "Mend the stored configuration (one of the two has to go or to be renamed), or "
            'declare how: lists: {"ftp": {by: FIELD}} with a field that every entry has, or '
            '{"ftp": replace} to store the list as given.'
        ),
    ),
    (
        {
            "system_users": [
                {"username": "prod", "vhosts": [{"app_name": "shop", "server_name": "a.test"}]}
            ]
        },
        {
            "system_users": [
                {"username": "prod", "vhosts": [{"app_name": "shop"}, {"server_name": "a.test"}]}
            ]
        },
        "merged",
        {},
        (
            "system_users[prod].vhosts[shop] (#0) and system_users[prod].vhosts[a.test] (#1) of "
            "the configuration both mean the stored system_users[prod].vhosts[shop] (#0)."
        ),
        "Make one entry of the two.",
    ),
    (
        {
            "system_users": [
                {"username": "prod", "vhosts": [{"app_name": "x", "server_name": "a.test"}]}
            ]
        },
        {
            "system_users": [
                {"username": "prod", "vhosts": [{"app_name": "y", "server_name": "a.test"}]}
            ]
        },
        "merged",
        {},
        ("system_users[prod].vhosts[x] and system_users[prod].vhosts[y] would both serve a.test."),
        (
            "A domain is served by one vhost: leave it out of one of the two, or remove the old "
            "one first with state: deleted. To store it all the same, declare replace for the "
            "list of vhosts."
        ),
    ),
    (
        {"firewall_whitelist": ["1.2.3.4 # a", "1.2.3.4 # b", "1.2.3.4 # c"]},
        {"firewall_whitelist": ["1.2.3.4"]},
        "merged",
        {},
        (
            "Stored are firewall_whitelist[1.2.3.4 # a] as well as firewall_whitelist[1.2.3.4 # "
            "b], which are the same member."
        ),
        ("Keep one of the two, or declare replace for the list under lists: to store it as given."),
    ),
    (
        {},
        {"firewall_whitelist": ["1.2.3.4 # a", "1.2.3.4 # b"]},
        "merged",
        {},
        (
            "The configuration gives firewall_whitelist[1.2.3.4 # a] as well as "
            "firewall_whitelist[1.2.3.4 # b], which are the same member."
        ),
        ("Keep one of the two, or declare replace for the list under lists: to store it as given."),
    ),
    (
        {},
        {},
        "merged",
        {"lists": {"hooks": "merge"}},
        "What lists: says of hooks is no policy.",
        'Give union, replace, or {by: field}, for instance {"hooks": {"by": "event"}}.',
    ),
    (
        {},
        {},
        "merged",
        {"lists": {"hooks[": "union"}},
        '"hooks[" is not a path.',
        (
            "Write it like system_users.*.vhosts or system_users[prod].vhosts; keys that hold "
            'dots, brackets or quotes go in double quotes: hooks."on.save".'
        ),
    ),
    (
        {},
        {},
        "merged",
        {"comparison": "lax"},
        "There is no comparison 'lax'.",
        "Choose one of platform, strict.",
    ),
]


@pytest.mark.parametrize(("current", "desired", "state", "policy", "message", "hint"), REFUSALS)
def test_a_refusal_says_what_and_what_to_do(
    current: Any, desired: Any, state: str, policy: dict[str, Any], message: str, hint: str | None
) -> None:
    with pytest.raises(PlanError) as error:
        plan(current, desired, state, Policy(**policy))
    assert (error.value.message, error.value.hint) == (message, hint)


def endless() -> dict[str, Any]:
    document: dict[str, Any] = {}
    document["a"] = document
    return document


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda: plan({}, endless(), "merged"), "The configuration"),
        (lambda: plan(endless(), {}, "merged"), "The stored configuration"),
        (lambda: explain(endless(), {}), "The first document"),
        (lambda: explain({}, endless()), "The second document"),
        (lambda: fingerprint(endless()), "The configuration"),
        (lambda: compare_fingerprint("ts1.x", endless()), "The configuration"),
        (lambda: find_secrets(endless()), "The configuration"),
        (lambda: redact(endless()), "The value"),
    ],
)
def test_what_has_no_end_is_refused_by_its_name(call: Any, what: str) -> None:
    with pytest.raises(PlanError) as error:
        call()
    assert error.value.message == f"{what} is nested too deeply, or contains itself."
    assert error.value.hint == (
        "No configuration is: look for a YAML anchor or a variable that refers to itself."
    )


def test_text_that_is_no_fingerprint_is_refused() -> None:
    with pytest.raises(PlanError) as error:
        compare_fingerprint("x", {})
    assert error.value.message == "expected_fingerprint is no fingerprint of this collection."
    assert error.value.hint == "Give the fingerprint that an earlier task or lookup returned."


@pytest.mark.parametrize(
    ("stored", "wanted", "types"),
    [
        ("1", 1, "text becomes the integer"),
        (1, True, "integer becomes the boolean"),
        ("8.3", 8.3, "text becomes the float"),
    ],
)
def test_a_warning_names_both_types(stored: Any, wanted: Any, types: str) -> None:
    warning = plan({"k": stored}, {"k": wanted}, "merged").warnings[0]
    assert warning == (
        f"k: only the type differs, the stored {types} of the same look; quote the value, or take the "
        "quotes away, if that is not meant."
    )


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ({"db_password": "hunter2"}, {"db_password": "********"}),
        ({"db_password": "hunter2"}, {"db_password": "******** (changed)"}),
        ({}, {"a": [{"name": "x", "b": {"token": "********"}}]}),
        ({"url": "redis://:hunter2@cache/"}, {"url": "redis://:********@cache/"}),
    ],
)
@pytest.mark.parametrize("state", ["merged", "replaced"])
def test_a_mask_never_takes_a_secrets_place(
    stored: dict[str, Any], wanted: dict[str, Any], state: str
) -> None:
    with pytest.raises(PlanError, match="stands for a secret that was not shown"):
        plan(stored, wanted, state)
    # Where it is stored already, nobody is the worse for it.
    assert not plan(wanted, wanted, state).changed


def test_asterisks_in_a_text_are_no_mask() -> None:
    wanted = {"motd": "******** Welcome ********"}
    assert plan({"motd": "Hello"}, wanted, "merged").payload == wanted


@pytest.mark.parametrize(
    ("desired", "named"),
    [
        ({"system_users": [{"username": "new"}]}, "system_users[new]"),
        ({"system_users": [{"username": "prod", "vhosts": [{"app_name": "app1"}]}]},
         "system_users[prod].vhosts[app1]"),
        ({"hooks": [{"name": "b"}]}, "hooks[b]"),
        # Where there is no list of them yet.
        ({"system_users": [{"username": "prod", "ftp": [{"user": "erp"}]}]}, "system_users[prod].ftp[erp]"),
        ({"platform": {"system_users": [{"username": "a"}]}}, "platform.system_users[a]"),
        ({"jobs": [{"name": "nightly"}]}, "jobs[nightly]"),
    ],
)  # fmt: skip
def test_create_false_adds_no_entry(desired: dict[str, Any], named: str) -> None:
    current = {
        "system_users": [{"username": "prod", "vhosts": [{"app_name": "shop"}]}],
        "hooks": [{"name": "a"}],
    }
    with pytest.raises(PlanError) as refused:
        plan(current, desired, "merged", Policy(create=False))
    assert refused.value.message == f"{named} is not there."
    assert plan(current, desired, "merged").changed


def test_create_false_changes_what_is_there_and_adds_members_of_sets() -> None:
    current = {"system_users": [{"username": "prod"}], "ssh_keys": []}
    desired = {
        "system_users": [{"username": "prod", "x": 1}],
        "os_extra_packages": ["vim"],
        "ssh_keys": ["a"],
    }
    planned = plan(current, desired, "merged", Policy(create=False))
    assert planned.payload == desired
