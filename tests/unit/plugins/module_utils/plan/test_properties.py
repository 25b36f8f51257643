# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds of every plan, over documents like the real ones and over arbitrary JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given, settings, strategies as st
from unit.plugins.module_utils.plan.documents import (
    ANY_DOCUMENT,
    JSON,
    TEXT,
    Document,
    deeply_rewritten,
    documents,
    patiently,
)

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document import (
    fingerprint as fingerprints,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.equality import (
    exactly_equal,
    platform_equal,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.fingerprint import (
    compare_fingerprint,
    fingerprint,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.changes import apply
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.diff import diff
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import (
    Plan,
    explain,
    plan,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.existing import CREATE
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.verification import (
    verify,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text import json_text

STATES = st.sampled_from(["merged", "replaced", "deleted"])
POLICIES = st.sampled_from(
    [
        Policy(allow_float_versions=True, allow_empty=True),
        Policy(allow_float_versions=True, allow_empty=True, comparison="strict"),
        Policy(allow_float_versions=True, allow_empty=True, lists={"**": "replace"}),
        Policy(
            allow_float_versions=True,
            allow_empty=True,
            lists={"system_users.*.vhosts.*.server_name": "replace", "ssh_keys": "union"},
        ),
    ]
)
# One document in two is like the stored one: most changes are small.
PAIRS = st.one_of(
    st.tuples(documents(), documents()),
    st.tuples(ANY_DOCUMENT, ANY_DOCUMENT),
    st.tuples(documents(), ANY_DOCUMENT),
)


@pytest.fixture(autouse=True, scope="module")
def fast_fingerprints() -> Iterator[None]:
    """What makes guessing slow makes hundreds of examples slow, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprints, "_ROUNDS", 2)
        yield


several = settings(patiently, max_examples=60)


def planned(current: Document, desired: Document, state: str, policy: Policy) -> Plan:
    """The plan, where there is one; a refusal is no example of anything here."""
    try:
        return plan(current, desired, state, policy)
    except PlanError:
        assume(False)
        raise


def text(value: Any) -> str:
    """JSON in which the order of keys and the digits of numbers count."""
    return json_text.encode(value)


@several
@given(PAIRS, STATES, POLICIES)
def test_applying_the_changes_gives_the_payload_and_leaves_the_input_alone(
    pair: tuple[Document, Document], state: str, policy: Policy
) -> None:
    current, desired = pair
    before = deepcopy(pair)
    made = planned(current, desired, state, policy)
    assert text(apply(current, made.changes)) == text(made.payload)
    assert exactly_equal(list(pair), list(before))
    assert made.changed == bool(made.changes) == (made.payload is not current)


@several
@given(PAIRS, STATES, POLICIES)
def test_planning_again_after_applying_plans_nothing(
    pair: tuple[Document, Document], state: str, policy: Policy
) -> None:
    current, desired = pair
    made = planned(current, desired, state, policy)
    again = plan(made.payload, desired, state, policy)
    assert again.changes == ()
    assert again.payload is made.payload


@several
@given(PAIRS, STATES)
def test_a_plan_against_what_the_platform_made_of_the_document_is_empty(
    pair: tuple[Document, Document], state: str
) -> None:
    current, desired = pair
    policy = Policy(allow_float_versions=True, allow_empty=True)
    payload = planned(current, desired, state, policy).payload
    stored = deeply_rewritten(payload) or {}
    assert plan(stored, desired, state, policy).changes == ()
    assert verify(payload, stored, policy).mismatches == ()
    assert fingerprint(stored) == fingerprint(payload)


@several
@given(PAIRS, POLICIES)
def test_replaced_is_what_was_asked_for(pair: tuple[Document, Document], policy: Policy) -> None:
    current, desired = pair
    payload = planned(current, desired, "replaced", policy).payload
    equal = exactly_equal if policy.comparison == "strict" else platform_equal
    assert equal(payload, desired)


@several
@given(PAIRS, STATES, POLICIES)
def test_untouched_paths_are_identical_and_in_their_order(
    pair: tuple[Document, Document], state: str, policy: Policy
) -> None:
    current, desired = pair
    made = planned(current, desired, state, policy)
    touched = {change.path[0] for change in made.changes}
    assert [key for key in made.payload if key in current] == [
        key for key in current if key in made.payload
    ]
    for key in current:
        if key not in touched:
            assert made.payload[key] is current[key]
    if state != "replaced":
        assert touched <= set(desired)


@several
@given(documents(), documents())
def test_entries_that_the_task_does_not_name_stay_as_they_are(
    current: Document, desired: Document
) -> None:
    payload = planned(current, desired, "merged", Policy()).payload
    named = {user["username"] for user in desired["system_users"]}
    users = [user["username"] for user in current["system_users"]]
    assert [user["username"] for user in payload["system_users"]][: len(users)] == users
    for before, after in zip(current["system_users"], payload["system_users"], strict=False):
        if before["username"] not in named:
            assert after is before


@several
@given(PAIRS)
def test_merging_then_deleting_a_new_entry_restores_the_original(
    pair: tuple[Document, Document],
) -> None:
    current, new = pair
    current = {**current, "system_users": current.get("system_users") or []}
    assume(isinstance(current["system_users"], list))
    entry = {**new, "username": "a new one"}
    config = {"system_users": [entry]}
    policy = Policy(allow_float_versions=True)
    merged = planned(current, config, "merged", policy)
    assert len(merged.changes) == 1
    for unwanted in ({"username": "a new one"}, *whole(entry)):
        deleted = plan(merged.payload, {"system_users": [unwanted]}, "deleted", policy)
        assert text(deleted.payload) == text(current)


def whole(entry: Document) -> Iterator[Document]:
    """The entry itself, unless it names an entry within it by nothing but its identity."""
    if all(len(child) > 2 for child in entries_within(entry)):
        yield entry


def entries_within(value: Any) -> Iterator[Document]:
    if isinstance(value, dict):
        for child in value.values():
            yield from entries_within(child)
    elif isinstance(value, list):
        for child in value:
            if isinstance(child, dict):
                yield child
            yield from entries_within(child)


@several
@given(documents(), documents())
def test_what_is_not_there_cannot_be_deleted(current: Document, desired: Document) -> None:
    config = {f"{key} too": value for key, value in desired.items()}
    assert plan(current, config, "deleted").payload is current


@several
@given(documents(), documents(), documents())
def test_the_order_of_unrelated_tasks_does_not_matter(
    current: Document, one: Document, other: Document
) -> None:
    # Unrelated: of each key, and of each user, only one of the two tasks speaks.
    one_users = {user["username"] for user in one["system_users"]}
    other = {key: value for key, value in other.items() if key not in one or key == "system_users"}
    users = [user for user in other["system_users"] if user["username"] not in one_users]
    other = {**other, "system_users": users}
    results = []
    for first, second in ((one, other), (other, one)):
        between = planned(current, first, "merged", Policy()).payload
        results.append(planned(between, second, "merged", Policy()).payload)
    assert unordered(results[0]) == unordered(results[1])


def unordered(document: Document) -> str:
    users = sorted(document["system_users"], key=lambda user: str(user["username"]))
    return json.dumps({**document, "system_users": users}, sort_keys=True)


@several
@given(PAIRS)
def test_what_changed_between_two_documents_turns_the_one_into_the_other(
    pair: tuple[Document, Document],
) -> None:
    before, after = pair
    changes = explain(before, after)
    assert platform_equal(apply(before, changes), after)
    assert bool(changes) == (not platform_equal(before, after))
    assert bool(verify(before, after).mismatches) == bool(changes)


@several
@given(PAIRS)
def test_a_fingerprint_agrees_exactly_where_the_documents_do(
    pair: tuple[Document, Document],
) -> None:
    before, after = pair
    # Secrets cost time on purpose; what they do to a fingerprint has tests of its own.
    before, after = ({k: v for k, v in one.items() if "note" not in k} for one in (before, after))
    try:
        told = compare_fingerprint(fingerprint(before), after)
    except PlanError:
        assume(False)
        raise
    assert (told is None) == platform_equal(before, after)
    assert fingerprint(dict(reversed(before.items()))) == fingerprint(before)


@several
@given(PAIRS)
def test_a_diff_is_empty_exactly_where_nothing_changes(pair: tuple[Document, Document]) -> None:
    before, after = pair
    shown = diff(before, after, "host")
    assert (shown["before"] == shown["after"]) == (not explain(before, after))


SECRET = "S3CR3T" + "x" * 20
HIDING_PLACES = [
    ("db_password", SECRET),
    ("apiKey", SECRET),
    ("cert_pvk", SECRET),
    ("note", f"-----BEGIN RSA PRIVATE KEY-----\n{SECRET}\n-----END RSA PRIVATE KEY-----\n"),
    ("note", f"-----BEGIN OPENSSH PRIVATE KEY-----\n{SECRET}"),
    ("note", f"curl -H 'Authorization: Bearer {SECRET}' x"),
    ("note", f"mysql://root:{SECRET}@db/x"),
    ("note", f"see glpat-{SECRET} there"),
    ("note", f"ghp_{SECRET}"),
    ("note", f"sk_live_{SECRET}"),
    ("note", f"DB_PASSWORD={SECRET}"),
    ("note", f'{{"db_password": "{SECRET}"}}'),
    ("licence", SECRET),
]
POLICY_WITH_PATHS = Policy(secret_paths=["**.licence"], allow_float_versions=True)


@st.composite
def planted(draw: st.DrawFn, document: Document) -> Document:
    """The document with one secret somewhere in it."""
    key, value = draw(st.sampled_from(HIDING_PLACES))
    document = deepcopy(document)
    places = [document, *containers(document)]
    place = draw(st.sampled_from(places))
    prefix, suffix = (
        draw(st.sampled_from(["", "a\n", "x "])),
        draw(st.sampled_from(["", "\n", " # y"])),
    )
    value = prefix + value + suffix if key != "note" or "OPENSSH" not in value else prefix + value
    if draw(st.booleans()) and key == "note":
        place[value] = 1
    else:
        place[key] = draw(st.sampled_from([value, [value], {"inner": [value]}]))
    return document


def containers(value: Any) -> Iterator[Document]:
    if isinstance(value, dict):
        for child in value.values():
            if isinstance(child, dict):
                yield child
            yield from containers(child)
    elif isinstance(value, list):
        for child in value:
            if isinstance(child, dict):
                yield child
            yield from containers(child)


@several
@given(PAIRS, st.data(), STATES)
def test_masking_never_lets_a_planted_secret_through(
    pair: tuple[Document, Document], data: st.DataObject, state: str
) -> None:
    current, desired = (data.draw(planted(document)) for document in pair)
    shown: list[Any] = []
    try:
        made = plan(current, desired, state, POLICY_WITH_PATHS)
    except PlanError as error:
        shown.append(str(error))
    else:
        shown += [change.shown() for change in made.changes]
        shown += [change.summary() for change in made.changes]
        shown += [repr(made), *made.warnings]
        shown.append(diff(current, made.payload, "host", POLICY_WITH_PATHS))
        found = verify(made.payload, current, POLICY_WITH_PATHS)
        shown += [found.mismatches, found.normalized]
    assert "S3CR3T" not in repr(shown)


# What a configuration says in a directive is none of what it holds.
NAMES = TEXT.filter(lambda name: name != CREATE)


@several
@given(st.dictionaries(NAMES, JSON, max_size=3), NAMES)
def test_a_document_equals_itself_whatever_it_holds(document: Document, key: str) -> None:
    value = {key: document, "list": [document, [document]]}
    copy = deepcopy(value)
    assert exactly_equal(value, copy)
    assert platform_equal(value, copy)
    assert (
        plan(
            copy, value, "merged", Policy(allow_float_versions=True, lists={"**": "union"})
        ).changes
        == ()
    )
    assert explain(value, copy) == ()


@pytest.mark.parametrize("state", ["merged", "replaced", "deleted"])
def test_sixty_levels_are_planned(state: str) -> None:
    def nested(leaf: str) -> Document:
        document: Document = {"leaf": leaf}
        for level in range(60):
            document = {"list": [document]} if level % 2 else {"name": "x", "map": document}
        return document

    made = plan(nested("a"), nested("b"), state)
    assert apply(nested("a"), made.changes) == made.payload
