# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the files name no longer goes, and nothing else does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from unit.plugins.module_utils.plan.documents import (
    ANY_DOCUMENT,
    PRIVATE_KEY,
    Document,
    documents,
    patiently,
)

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.equality import (
    platform_equal,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.members import (
    member_key,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.walk import visit
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.changes import (
    ORDER,
    REMOVE,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import (
    explain,
    plan,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.origins import (
    NOWHERE,
    Layer,
    Origins,
    counterpart,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.ownership.claim import (
    Keys,
    decoded,
    encoded,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.ownership.marks import (
    Marks,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.rollout.ownership.planning import (
    FAIL,
    FORCE,
    KEEP,
    Ownership,
    OwningPlan,
    owning_plan,
    values_in,
)

# Each example takes several plans.
sparingly = settings(patiently, max_examples=60)
POLICY = Policy(allow_float_versions=True)
MARKS = Marks("https://platform.example 7", b"a token")
SHOP = {"app_name": "shop", "server_name": "shop.be www.shop.be", "php_version": "8.3"}


def planned(
    stored: Document,
    config: Document,
    *claims: Keys,
    conflicts: str = FAIL,
    marks: Marks = MARKS,
    origins: Origins = NOWHERE,
    policy: Policy = POLICY,
) -> OwningPlan:
    return owning_plan(stored, config, policy, origins, Ownership(claims, marks, conflicts))


def owned(made: OwningPlan) -> Keys:
    assert made.owned is not None
    return made.owned


def users(*vhosts: Any, **of_user: Any) -> Document:
    return {"system_users": [{"username": "prod", "vhosts": list(vhosts), **of_user}]}


def after(first: Document, then: Document, stored: Document, edited: Any = None) -> OwningPlan:
    """What becomes of a host to which one configuration was applied, and then another one is."""
    made = planned(stored, first)
    document = made.payload if edited is None else edited(json.loads(json.dumps(made.payload)))
    return planned(document, then, owned(made))


def paths(made: OwningPlan) -> list[str]:
    return [str(change.place) for change in made.removals]


# In any case


@given(documents(), documents())
@sparingly
def test_without_a_record_nothing_goes(stored: Document, config: Document) -> None:
    made = possible(stored, config)
    assert made.removals == made.conflicts == ()
    assert made.payload == plan(stored, config, "merged", POLICY).payload


@given(documents(), documents())
@sparingly
def test_what_was_applied_is_at_rest(stored: Document, config: Document) -> None:
    made = possible(stored, config)
    again = planned(made.payload, config, owned(made))
    assert not again.changed
    assert again.conflicts == ()
    assert again.owned == made.owned


@given(documents(), documents(), documents())
@sparingly
def test_where_nobody_else_writes_there_is_no_conflict_but_a_last_domain(
    stored: Document, first: Document, then: Document
) -> None:
    made = possible(stored, first)
    again = possible(made.payload, {**then, "zone": "x"}, owned(made))
    assert {one.why for one in again.conflicts} <= {"would lose its last domain"}
    rest = planned(again.payload, {**then, "zone": "x"}, owned(again))
    assert not rest.changed
    assert rest.conflicts == ()


@given(documents(), documents())
@sparingly
def test_what_went_can_be_brought_back(stored: Document, config: Document) -> None:
    """Only what was named has gone: it named once more, the host holds what it held."""
    made = possible(stored, config)
    gone = possible(made.payload, {"zone": "x"}, owned(made))
    try:
        back = plan(gone.payload, config, "merged", POLICY).payload
    except PlanError:
        # What the platform holds, and a plan would not store.
        assume(False)
        raise
    del back["zone"]
    found = [change for change in explain(made.payload, back, POLICY) if change.op != ORDER]
    # A comment that nobody has given stays with a member, and goes with it.
    comments = [
        change
        for change in found
        if change.op == "change" and member_key(change.before, "SSH key") != change.before
    ]
    assert [str(change.place) for change in found if change not in comments] == []


@given(documents(), documents(), documents(), documents())
@sparingly
def test_what_somebody_else_wrote_never_goes(
    stored: Document, first: Document, edited: Document, then: Document
) -> None:
    """What goes was applied by us, with this very value, and is named by no file."""
    made = possible(stored, first)
    config = {**then, "zone": "x"}
    again = possible(edited, config, owned(made), conflicts=KEEP)
    assert not planned(again.payload, config, owned(made), conflicts=KEEP).changed
    # By where it stands in what was applied: somebody else may have taken from an entry what the files found it by.
    named = {
        found[0]
        for place, _value in visit(first, POLICY.root)
        if (found := counterpart(made.payload, place)) is not None
    }
    for change in again.removals:
        gone = [change.before] if change.op == REMOVE else []
        for place, value in (found for one in gone for found in visit(one, change.place)):
            if isinstance(value, (dict, list)):
                continue
            applied = counterpart(made.payload, place)
            assert applied is not None, place
            if not place.meaning.holds_words(place):
                assert platform_equal(applied[1], value), place
            assert applied[0] in named, place
        assert change.op != REMOVE or counterpart(then, change.place) is None


@given(documents(), documents(), documents(), documents())
@sparingly
def test_by_force_nothing_of_it_is_left(
    stored: Document, first: Document, edited: Document, then: Document
) -> None:
    made = possible(stored, first)
    config = {**then, "zone": "x"}
    forced = possible(edited, config, owned(made), conflicts=FORCE)
    # Also for the gate, which still goes by the record from before.
    for claim in (owned(forced), owned(made)):
        assert not planned(forced.payload, config, claim, conflicts=FORCE).changed


@given(ANY_DOCUMENT, ANY_DOCUMENT, ANY_DOCUMENT)
@settings(sparingly, suppress_health_check=[*HealthCheck])
def test_any_json_at_all(stored: Document, first: Document, then: Document) -> None:
    made = possible(stored, {**first, "x": 1})
    again = possible(made.payload, {**then, "zone": "x"}, owned(made))
    assert {one.why for one in again.conflicts} <= {"would lose its last domain"}
    assert not planned(again.payload, {**then, "zone": "x"}, owned(again)).changed


@given(documents(), documents())
@sparingly
def test_a_record_holds_all_of_it(stored: Document, config: Document) -> None:
    made = possible(stored, config)
    content = json.dumps(encoded(owned(made)))
    assert decoded(json.loads(content)) == made.owned
    assert PRIVATE_KEY.split("\n")[1] not in content
    assert "hunter2" not in content


def possible(stored: Document, config: Document, *claims: Keys, **others: Any) -> OwningPlan:
    """A plan where there is one."""
    try:
        return planned(stored, config, *claims, **others)
    except PlanError:
        assume(False)
        raise


# One by one


@pytest.mark.parametrize(
    ("first", "then", "gone"),
    [
        ({"redis_memory": "5gb", "webserver": "nginx"}, {"webserver": "nginx"}, ["redis_memory"]),
        ({"redis_memory": None, "x": 1}, {"x": 1}, ["redis_memory"]),
        ({"pmm_master": {"server_hostname": "a"}, "x": 1}, {"x": 1}, ["pmm_master"]),
        (users(SHOP), users(), ["system_users[prod].vhosts[shop]"]),
        ({**users(SHOP), "x": 1}, {"x": 1}, ["system_users"]),
        (
            users(SHOP),
            users({**SHOP, "server_name": "shop.be"}),
            ["system_users[prod].vhosts[shop].server_name"],
        ),
        (
            {"os_extra_packages": ["htop", "vim"]},
            {"os_extra_packages": ["vim"]},
            ["os_extra_packages[htop]"],
        ),
        ({"os_extra_packages": ["htop"]}, {"os_extra_packages": []}, ["os_extra_packages[htop]"]),
        ({"mysql_version": "8.0", "x": 1}, {"x": 1}, ["mysql_version"]),
        # A domain moves to a vhost of another name, and a list comes in another order.
        (
            users(SHOP),
            users({**SHOP, "app_name": "new"}),
            ["system_users[prod].vhosts[shop]"],
        ),
        ({"os_extra_packages": ["a", "b"]}, {"os_extra_packages": ["b", "a"]}, []),
        # Null is said, and so are an empty map and an empty list.
        ({"redis_memory": "5gb"}, {"redis_memory": None}, []),
        (
            {"pmm_master": {"server_hostname": "a"}},
            {"pmm_master": {}},
            ["pmm_master.server_hostname"],
        ),
    ],
)
def test_what_goes(first: Document, then: Document, gone: list[str]) -> None:
    made = after(first, then, {})
    assert paths(made) == gone
    assert made.conflicts == ()


def test_what_was_there_before_stays() -> None:
    """A setting of a vhost that the files have never named as a whole."""
    stored = users({**SHOP, "php_version": "8.2"})
    made = after({**users({"app_name": "shop", "varnish_enabled": True}), "x": 1}, {"x": 1}, stored)
    assert paths(made) == ["system_users[prod].vhosts[shop].varnish_enabled"]
    assert made.payload == {**stored, "x": 1}
    assert made.stays == (
        "system_users[prod]",
        "system_users[prod].vhosts[shop]",
    )


def test_a_vhost_keeps_the_domain_that_it_was_found_by() -> None:
    stored = users({"app_name": "shop", "server_name": "shop.be www.shop.be"})
    tuned = {**users({"server_name": "shop.be", "php_version": "8.3"}), "x": 1}
    made = after(tuned, {"x": 1}, stored)
    assert paths(made) == ["system_users[prod].vhosts[shop].php_version"]
    assert made.payload == {**stored, "x": 1}


def test_a_vhost_is_not_left_without_a_domain() -> None:
    stored = users({"app_name": "shop", "app_type": "magento2"})
    tuned = {**users({"app_name": "shop", "server_name": "shop.be"}), "x": 1}
    # No file speaks of it any more: it is served under the domain that it has.
    left = after(tuned, {"x": 1}, stored)
    assert paths(left) == []
    assert left.conflicts == ()
    made = after(tuned, {**users({"app_name": "shop"}), "x": 1}, stored)
    assert paths(made) == []
    assert [str(one) for one in made.conflicts] == [
        "system_users[prod].vhosts[shop].server_name would lose its last domain; no file names it any more"
    ]


def _with_varnish(document: Document) -> Document:
    document["system_users"][0]["vhosts"][0]["varnish_enabled"] = True
    return document


def _with_php(document: Document) -> Document:
    document["system_users"][0]["vhosts"][0]["php_version"] = "8.4"
    return document


@pytest.mark.parametrize(
    ("edited", "said"),
    [
        (_with_varnish, "varnish_enabled was never named"),
        (_with_php, "php_version was changed since it was applied"),
    ],
)
def test_a_vhost_that_somebody_else_wrote_in_as_well(edited: Any, said: str) -> None:
    made = after(users(SHOP), users(), {}, edited)
    assert made.removals == ()
    (conflict,) = made.conflicts
    assert str(conflict).startswith("system_users[prod].vhosts[shop] holds what is not the repo")
    assert said in str(conflict)


def test_it_stays_a_conflict_after_a_run_that_named_it_once_more() -> None:
    first = planned({}, users(SHOP))
    edited = _with_varnish(json.loads(json.dumps(first.payload)))
    second = planned(edited, users(SHOP), owned(first))
    assert not second.changed
    third = planned(edited, users(), owned(second))
    assert len(third.conflicts) == 1
    kept = planned(edited, users(), owned(second), conflicts=KEEP)
    assert not kept.changed
    assert planned(edited, users(), owned(kept)).conflicts == ()
    forced = planned(edited, users(), owned(second), conflicts=FORCE)
    assert forced.payload == users()


@pytest.mark.parametrize(
    ("key", "was", "by_now"),
    [
        ("redis_memory", "5gb", "6gb"),
        ("pmm_master", {"server_hostname": "a"}, None),
        (
            "ssh_keys",
            ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIaa alice"],
            ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIaa bob"],
        ),
        ("webserver", "nginx", {"a": 1}),
        ("os_extra_packages", ["htop"], "htop"),
    ],
)
def test_what_somebody_else_changed_is_a_conflict(key: str, was: Any, by_now: Any) -> None:
    layers = Origins((Layer("fleet/all.yml", {key: was}), Layer("fleet/hosts/x.yml", {"x": 1})))
    made = planned({}, {key: was, "x": 1}, origins=layers)
    again = planned({key: by_now, "x": 1}, {"x": 1}, owned(made))
    assert again.removals == ()
    (conflict,) = again.conflicts
    assert str(conflict).startswith(key)
    assert "was changed since it was applied; all.yml named it, and no file does any more" in str(
        conflict
    )


def test_what_somebody_else_took_away_is_forgotten() -> None:
    made = after({"redis_memory": "5gb", "x": 1}, {"x": 1}, {}, lambda document: {"x": 1})
    assert not made.changed
    assert made.conflicts == ()


def test_somebody_elses_members_stay() -> None:
    stored = {"firewall_whitelist": ["192.0.2.1 # Theirs"]}
    made = after({"firewall_whitelist": ["192.0.2.2"], "x": 1}, {"x": 1}, stored)
    assert paths(made) == ["firewall_whitelist[192.0.2.2]"]
    assert made.payload == {**stored, "x": 1}


def test_nothing_goes_where_no_file_says_anything() -> None:
    made = after({"redis_memory": "5gb"}, {}, {})
    assert not made.changed
    assert made.owned is None
    assert "no file says anything of this host any more" in made.warnings[0]


# Secrets


SECRETS = {"db_password": "secret-1", "cert_pvk": f"{PRIVATE_KEY}{'x' * 200}", "webserver": "nginx"}


def test_a_secret_is_sealed_with_the_token_unless_nobody_can_guess_it() -> None:
    made = planned({}, SECRETS)
    kinds = {key: encoded(claim)["value"].split(".")[0] for key, claim in owned(made).keys.items()}
    assert kinds == {"db_password": "sealed", "cert_pvk": "plain", "webserver": "plain"}
    assert paths(planned(made.payload, {"x": 1}, owned(made))) == [*SECRETS]


def test_with_another_token_a_secret_is_a_conflict_and_the_next_run_seals_it_anew() -> None:
    other = Marks(MARKS.salt, b"another token")
    made = planned({}, SECRETS)
    again = planned(made.payload, {"x": 1}, owned(made), marks=other)
    assert paths(again) == ["cert_pvk", "webserver"]
    assert [one.path for one in again.conflicts] == ["db_password"]
    assert "applied with another token" in again.conflicts[0].why
    renewed = planned(made.payload, SECRETS, owned(made), marks=other)
    assert not renewed.changed
    last = planned(made.payload, {"x": 1}, owned(renewed), marks=other)
    assert last.conflicts == ()
    assert paths(last) == [*SECRETS]


def test_what_is_kept_in_a_vault_is_sealed_under_whatever_key() -> None:
    marks = Marks(MARKS.salt, MARKS.seal, {"hush", "7"})
    config = {"licence": "hush", "pin": 7, "os_extra_packages": ["hush", "htop"], "x": 1}
    content = encoded(owned(planned({}, config, marks=marks)))["keys"]
    assert content["licence"]["value"].startswith("sealed.")
    assert content["pin"]["value"].startswith("sealed.")
    hushed, plain = content["os_extra_packages"]["members"]
    assert (hushed["name"], plain["name"]) == ("********", "htop")
    assert hushed["identity"].startswith("sealed.")
    assert "hush" not in json.dumps(content)
    made = planned({}, config, marks=marks)
    assert len(planned(made.payload, {"x": 1}, owned(made), marks=marks).removals) == 3


def test_a_key_that_is_a_secret_is_not_claimed() -> None:
    token = "ghp_" + "a1B2" * 9
    made = planned({}, {token: 1, "x": 1})
    assert [*owned(made).keys] == ["x"]


# Files


def test_each_part_knows_which_file_named_it() -> None:
    layers = Origins(
        (
            Layer("all.yml", {"os_extra_packages": ["htop"], **users(SHOP)}),
            Layer(
                "hosts/x.yml",
                {"os_extra_packages": ["vim"], **users({"app_name": "shop", "php_version": "8.4"})},
            ),
        )
    )
    config = {
        "os_extra_packages": ["htop", "vim"],
        **users({**SHOP, "php_version": "8.4"}),
    }
    content = encoded(owned(planned({}, config, origins=layers)))["keys"]
    assert [one["file"] for one in content["os_extra_packages"]["members"]] == [
        "all.yml",
        "hosts/x.yml",
    ]
    (user,) = content["system_users"]["entries"]
    (vhost,) = user["keys"]["vhosts"]["entries"]
    assert vhost["name"] == "shop"
    assert vhost["keys"]["php_version"]["file"] == "hosts/x.yml"
    assert {one["file"] for one in vhost["keys"]["server_name"]["members"]} == {"all.yml"}


def test_how_many_values_go() -> None:
    made = after({**users(SHOP), "x": 1, "redis_memory": "5gb"}, {"x": 1}, {})
    # Of the user and the vhost, with their names.
    assert values_in(made.removals) == 5
