# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""People against documents: what changes, what stays, what is refused, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, strategies as st
from unit.plugins.module_utils.plan.documents import ANY_DOCUMENT, documents, patiently

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.equality import (
    exactly_equal,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.ssh_access.access import (
    AccessPlan,
    Stored,
    plan_access,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.ssh_access.access_report import (
    WORDS,
    Outcome,
    as_data,
    report,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.ssh_access.people import (
    Person,
    people_of,
)


def key(letter: str) -> str:
    return f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{letter * 43} {letter.lower()}"


A, B, C, N, X = (key(letter) for letter in "ABCNX")

DONE = Outcome()


def reading(config: Any) -> Callable[[], Any] | None:
    return None if config is None else lambda: config


def config_of(stored: Stored) -> Any:
    return stored.read and stored.read()


def host(config: Any, number: int = 1, client: int = 1, **more: Any) -> Stored:
    return Stored("host", number, f"host-{number}", client, reading(config), **more)


def group(config: Any, number: int = 1, client: int | None = 1) -> Stored:
    return Stored("group", number, "developers", client, reading(config))


def people(*entries: dict[str, Any]) -> list[Person]:
    known, problems = people_of(list(entries))
    assert not problems
    return known


def an(*keys: str, **more: Any) -> dict[str, Any]:
    return {"name": "An", "keys": list(keys), "where": {"everywhere": True}, **more}


def leaver(*keys: str) -> dict[str, Any]:
    return {"name": "Lou", "keys": list(keys), "state": "absent"}


def after(planned: AccessPlan) -> dict[str, Any]:
    """What is stored once the plan's tasks have run, by document."""
    result = {one.key: config_of(one) for one in planned.stored.values()}
    for write in planned.writes:
        policy = Policy(lists=write.edited.lists)
        result[write.stored.key] = plan(
            config_of(write.stored), write.edited.config, "merged", policy
        ).payload
    return result


def told(planned: AccessPlan) -> list[tuple[str, str, str, str]]:
    return [(key, event.person, event.what, event.path) for key, event in planned.events]


@pytest.mark.parametrize(
    ("entry", "before", "expected"),
    [
        pytest.param(an(A), {}, [A], id="join an empty host"),
        pytest.param(an(A), {"ssh_keys": None}, [A], id="join where null is stored"),
        pytest.param(an(A, B), {"ssh_keys": [X, A]}, [X, A, B], id="what is new goes last"),
        pytest.param(an(A), {"ssh_keys": [f"{A} at home"]}, None, id="the comment is nothing to change"),
        pytest.param(an(A), {"ssh_keys": [f'command="x" {A}']}, None, id="options are never dropped"),
        pytest.param(
            an(f'from="::1" {A}'), {"ssh_keys": [X, A]}, [X, f'from="::1" {A}'], id="options that are given count"
        ),
        pytest.param(an(f"no-pty {A}"), {"ssh_keys": [A, f"no-pty {A}"]}, None, id="twice, once as meant"),
        pytest.param(an(A), {"ssh_keys": [f"# {A}", X]}, [A, X], id="what is commented out lets nobody in"),
        pytest.param(an(A), {"ssh_keys": ["{{ keys }}"]}, ["{{ keys }}", A], id="what is no key stays"),
        pytest.param(an(N, old_keys=[A]), {"ssh_keys": [A, X]}, [N, X], id="rotate in its place"),
        pytest.param(
            an(N, old_keys=[A]), {"ssh_keys": [f'command="a b",no-pty {A}']}, [f'command="a b",no-pty {N}'],
            id="rotate with its options",
        ),
        pytest.param(an(N, B, old_keys=[A]), {"ssh_keys": [B, A]}, [B, N], id="rotate one of two"),
        pytest.param(an(N, old_keys=[A]), {"ssh_keys": [N, A]}, [N], id="rotate where the new one is already"),
        pytest.param(leaver(A), {"ssh_keys": [A, X, f"no-pty {A} b"]}, [X], id="leave, however often it is there"),
        pytest.param(leaver(A), {"ssh_keys": [X, f"# {A}"]}, [X], id="leave, commented out or not"),
        pytest.param(leaver(A), {"ssh_keys": [X]}, None, id="leave where nothing is"),
    ],
)  # fmt: skip
def test_one_list(
    entry: dict[str, Any], before: dict[str, Any], expected: list[str] | None
) -> None:
    stored = host({**before, "note": "{{ x }}"})
    frozen = deepcopy(config_of(stored))
    planned = plan_access(people(entry), [stored], allow_last_key=True)
    assert (planned.problems, config_of(stored)) == ([], frozen)
    assert bool(planned.writes) is (expected is not None)
    result = after(planned)["host 1"]
    assert result == (
        {**before, "note": "{{ x }}"}
        if expected is None
        else {"ssh_keys": expected, "note": "{{ x }}"}
    )
    again = plan_access(people(entry), [host(result)])
    assert (again.writes, again.problems) == ([], [])


def test_where_people_are_let_in() -> None:
    stored = [
        group({"ssh_keys": [A]}), group({}, 2, None), host({}), host({}, 2), host({"ssh_keys": [A, X]}, 3, client=2)
    ]  # fmt: skip
    by_client = plan_access(people(an(A, where={"clients": [1]})), stored)
    assert [write.stored.key for write in by_client.writes] == ["host 1", "host 2"]
    # A group of the client's own is a place where the key may be, not one where it has to be.
    assert ("group 1", "An", "kept", "ssh_keys") in told(by_client)
    assert ("host 3", "An", "elsewhere", "ssh_keys") in told(by_client)
    by_name = plan_access(
        people(an(A, where={"hosts": ["host-2", 3], "groups": ["2"]})),
        stored,
        remove_elsewhere=True,
    )
    assert by_name.problems == [
        p for p in by_name.problems if "group developers (id 1): ssh_keys would lose the last key" in p
    ]  # fmt: skip
    assert [write.stored.key for write in by_name.writes] == ["group 1", "group 2", "host 2"]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"clients": [7]}, "the client 7"),
        ({"hosts": ["nowhere"]}, "sees no host nowhere"),
        ({"groups": ["developers"]}, "several groups (ids 1, 2)"),
        ({"hosts": ["2"]}, "several hosts (ids 5, 2)"),
    ],
)
def test_what_is_named_has_to_be_there(where: dict[str, Any], said: str) -> None:
    stored = [group({}), group({}, 2), host({}, 2), Stored("host", 5, "2", 1, reading({}))]
    planned = plan_access(people(an(A, where=where)), stored)
    assert any(said in problem for problem in planned.problems)


NESTED = {
    "system_users": [
        {"username": "ops", "ssh_keys": [A, X]},
        {"username": "prod", "ssh_keys": [A], "vhosts": [{"server_name": "a.b c.d", "deploy_keys": [X, A, B]}]},
    ],
    "ssh_keys": [X, A],
}  # fmt: skip


def test_a_leaver_is_taken_out_of_every_list() -> None:
    planned = plan_access(people(leaver(A)), [host(NESTED)], allow_last_key=True)
    assert A not in json.dumps(after(planned))
    assert len(planned.writes) == 1
    result = after(planned)["host 1"]
    # Only the keys went: a user whose every key is named is still there.
    assert [user["username"] for user in result["system_users"]] == ["ops", "prod"]
    assert result["system_users"][1]["vhosts"][0] == {
        "server_name": "a.b c.d",
        "deploy_keys": [X, B],
    }
    paths = [one[3] for one in told(planned) if one[2] == "removed"]
    assert "system_users[prod].vhosts[a.b].deploy_keys" in paths
    assert len(paths) == 4


def test_a_key_that_cannot_be_taken_away_is_told() -> None:
    config = {
        "authorized": f"{X}\n{A}\n",
        "hooks": [{"keys": [A, X]}, {"keys": [A]}],
        "people": [{"name": "lou", "key": A}],
        "odd": [[A, X]],
        "mixed": [A, 7],
        "ssh_keys": [A, X],
    }
    planned = plan_access(people(leaver(A)), [host(config)], allow_last_key=True)
    assert after(planned)["host 1"] == {**config, "ssh_keys": [X]}
    remaining = {one[3] for one in told(planned) if one[2] == "remaining"}
    assert remaining == {
        "authorized", "hooks[#0].keys", "hooks[#1].keys", "people[lou].key", "odd[#0]", "mixed"
    }  # fmt: skip
    data = as_data(planned)
    told_all = report(data, {"host 1": DONE}, {}, check_mode=False)
    assert told_all["failed"]
    assert len(told_all["problems"]) == len(remaining)
    assert [one["path"] for one in told_all["people"]["Lou"]["removed"]] == ["ssh_keys"]


@pytest.mark.parametrize(
    "config", [{"ssh_keys": A}, {"ssh_keys": {"an": A}}, {"ssh_keys": [{"key": X}]}]
)
def test_a_list_of_another_shape_is_left_alone(config: dict[str, Any]) -> None:
    planned = plan_access(people(an(N)), [host(config)])
    assert planned.writes == []
    assert told(planned) == [("host 1", "An", "failed", "ssh_keys")]


@pytest.mark.parametrize(
    ("entry", "keys", "refused"),
    [
        (leaver(A), [A], True),
        (leaver(A), [A, X], False),
        (leaver(A), [A, f'command="backup" {X}'], True),
        (leaver(A), [A, f"# {X}"], True),
        (leaver(A), [A, "{{ keys }}"], True),
        (leaver(X), [A, f'command="backup" {X}'], False),
        (leaver(X), [f'command="backup" {X}'], True),
        (an(f'command="x" {N}', old_keys=[A]), [A], True),
        (an(N, old_keys=[A]), [A], False),
    ],
)
def test_the_last_key_stays(entry: dict[str, Any], keys: list[str], refused: bool) -> None:
    for stored in (host({"ssh_keys": keys}), group({"ssh_keys": keys})):
        known = people(
            {
                **entry,
                **({"where": {"everywhere": True, "groups": [1]}} if "where" in entry else {}),
            }
        )
        extra = [] if stored.kind == "group" else [group({"ssh_keys": [X, key("D")]})]
        planned = plan_access(known, [stored, *extra])
        assert any("last key" in problem for problem in planned.problems) is refused
        assert plan_access(known, [stored, *extra], allow_last_key=True).problems == []


def test_options_of_old_keys_that_differ_are_not_guessed_at() -> None:
    stored = host({"ssh_keys": [f'command="x" {A}', B]})
    planned = plan_access(people(an(N, old_keys=[A, B])), [stored])
    assert "have different options" in planned.problems[0]
    planned = plan_access(people(an(f"no-pty {N}", old_keys=[A, B])), [stored])
    assert after(planned)["host 1"] == {"ssh_keys": [f"no-pty {N}"]}


def test_the_report_tells_what_came_of_each() -> None:
    stored = [host({"ssh_keys": [A, X]}), host({"ssh_keys": [A, X]}, 2), host(None, 3, error="403")]
    planned = plan_access(people(leaver(A), {**an(N), "where": {"hosts": [2]}}), stored)
    data = json.loads(json.dumps(as_data(planned)))
    written = {"host 1": Outcome("403 Forbidden", changed=False), "host 2": DONE}
    result = report(data, written, {"host 2": Outcome("it timed out")}, check_mode=False)
    lou, an_ = result["people"]["Lou"], result["people"]["An"]
    assert [(one["id"], one["note"]) for one in lou["remaining"]] == [(1, "403 Forbidden")]
    assert [one["id"] for one in lou["removed"]] == [2]
    assert [one["id"] for one in an_["added"]] == [2]
    assert [one["id"] for one in result["deploy_required"]] == [2]
    assert [one["key"].split()[-1] for one in result["unknown_keys"]] == ["x"]
    assert [(one["id"], one["error"]) for one in result["unreadable"]] == [(3, "403")]
    assert len(result["problems"]) == 3
    # A write whose answer was lost may need a deployment as well.
    lost = report(data, {"host 1": Outcome("no answer")}, {}, check_mode=False)
    assert [one["id"] for one in lost["deploy_required"]] == [1]
    assert "not certain" in lost["problems"][0]
    # What no task tells of was not done.
    assert [
        one["id"] for one in report(data, {}, {}, check_mode=False)["people"]["Lou"]["remaining"]
    ] == [1, 2]


def test_an_unreadable_host_matters_only_where_it_does() -> None:
    stored = [host(None, error="broken"), host({}, 2)]
    harmless = plan_access(people(an(A, where={"hosts": [2]})), stored)
    assert not report(as_data(harmless), {"host 2": DONE}, {}, check_mode=False)["failed"]
    asked = plan_access(people(an(A)), stored)
    assert report(as_data(asked), {"host 2": DONE}, {}, check_mode=False)["failed"]


LINES = st.sampled_from(
    [A, B, C, N, X, f"no-pty {A}", f"# {B}", f'command="x" {N}', "{{ keys }}", "", f"{A}\n{B}", 7, None]
)  # fmt: skip
KEYS = st.lists(LINES, max_size=5)
PLACES = st.fixed_dictionaries(
    {},
    optional={
        "ssh_keys": KEYS | LINES,
        "system_users": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "username": st.sampled_from(["prod", "ops"]),
                    "ssh_keys": KEYS,
                    "secret": KEYS,
                },
            ),
            max_size=3,
        ),
        "more": st.lists(KEYS, max_size=2) | st.dictionaries(st.sampled_from(["a", 'b"c']), KEYS),
    },
)


@patiently
@given(
    st.lists(PLACES | documents() | ANY_DOCUMENT, min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_what_holds_of_every_plan(
    configs: list[dict[str, Any]], remove_elsewhere: bool, rotating: bool
) -> None:
    """Leavers are gone or told of, nothing but keys changes, and a second run has nothing to do."""
    entry = an(N, old_keys=[B] if rotating else [], where={"hosts": [1]})
    known = people(entry, leaver(A))
    stored = [host(config, number) for number, config in enumerate(configs, start=1)]
    planned = plan_access(known, stored, remove_elsewhere=remove_elsewhere, allow_last_key=True)
    result = after(planned)
    written = {write.stored.key for write in planned.writes}
    for one in stored:
        if one.key not in written:
            assert result[one.key] is config_of(one)
        for owner, material in (("Lou", A.split()[1]), ("An", B.split()[1])):
            if material in json.dumps(result[one.key]) and (owner == "Lou" or rotating):
                assert ("remaining", owner) in {
                    (event.what, event.person) for key, event in planned.events if key == one.key
                }
        assert exactly_equal(without_keys(result[one.key]), without_keys(config_of(one)))
    if planned.problems:
        return
    again = plan_access(
        known,
        [host(result[one.key], one.id) for one in stored],
        remove_elsewhere=remove_elsewhere,
        allow_last_key=True,
    )
    assert again.writes == []
    data = report(as_data(planned), dict.fromkeys(written, DONE), {}, check_mode=False)
    for person in data["people"].values():
        assert set(person) == {"state", *WORDS}


def without_keys(value: Any) -> Any:
    """The document without entries that are keys, and without a list at its top that they may have made."""
    if isinstance(value, dict):
        return {
            name: without_keys(child)
            for name, child in value.items()
            if name != "ssh_keys" or (child and not isinstance(child, list))
        }
    if isinstance(value, list):
        return [
            without_keys(child)
            for child in value
            if not (isinstance(child, str) and "AAAAC3" in child)
        ]
    return value


def test_an_old_key_where_its_owner_is_not_let_in() -> None:
    known = people(an(N, old_keys=[A], where={"hosts": [1]}))
    stored = [
        host({"ssh_keys": [N]}),
        host({"ssh_keys": [A, X]}, 2),
        host({"ssh_keys": [f"# {A}", X]}, 3),
    ]
    kept = after(plan_access(known, stored))
    # The person keeps what access there was; a line that granted none is no reason to grant any.
    assert (kept["host 2"], kept["host 3"]) == ({"ssh_keys": [N, X]}, {"ssh_keys": [X]})
    removed = after(plan_access(known, stored, remove_elsewhere=True))
    assert (removed["host 2"], removed["host 3"]) == ({"ssh_keys": [X]}, {"ssh_keys": [X]})


def test_what_a_task_would_do_beside_is_not_done() -> None:
    # The path that names the inner list also names the outer one, which would lose what else it holds.
    config = {"ssh_keys": [{"name": "ops", "shell": "zsh", "ssh_keys": [A, X]}]}
    planned = plan_access(people(leaver(A)), [host(config)])
    assert planned.writes == []
    assert [one[2] for one in told(planned)] == ["remaining"]
