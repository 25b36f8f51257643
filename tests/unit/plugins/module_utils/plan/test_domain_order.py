# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first domain of a site is the primary one: whose order counts, and who is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.domains import (
    domains_in,
    is_led_by,
    led_by,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.changes import apply
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import Plan, plan
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.origins import Layer
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.desired_config.layering import (
    layered,
)

from .documents import patiently


def site(domains: Any, user: str = "prod") -> dict[str, Any]:
    vhost = {"app_name": "shop", "server_name": domains}
    return {"system_users": [{"username": user, "vhosts": [vhost]}]}


def planned(stored: str, wanted: str, **policy: Any) -> Plan:
    return plan(site(stored), site(wanted), "merged", Policy(**policy))


def domains(document: dict[str, Any]) -> Any:
    return document["system_users"][0]["vhosts"][0]["server_name"]


ANOTHER_ORDER = [
    # stored, wanted, as stored with what is new, as configured
    ("a.test www.a.test", "www.a.test a.test", "a.test www.a.test", "www.a.test a.test"),
    # A rename, whose old name is named no longer.
    ("old.test www.test", "new.test www.test", "old.test www.test new.test", "new.test www.test old.test"),
    ("old.test www.test", "www.test", "old.test www.test", "www.test old.test"),
    ("a.test b.test c.test", "a.test c.test b.test", "a.test b.test c.test", "a.test c.test b.test"),
    ("A.test. WWW.a.test", "www.a.test a.test", "A.test. WWW.a.test", "WWW.a.test A.test."),
    ("{{ main }} a.test", "a.test {{ main }}", "{{ main }} a.test", "a.test {{ main }}"),
]  # fmt: skip


@pytest.mark.parametrize(("stored", "wanted", "kept", "configured"), ANOTHER_ORDER)
def test_another_order_is_told_and_can_be_set(
    stored: str, wanted: str, kept: str, configured: str
) -> None:
    made = planned(stored, wanted)
    assert domains(made.payload) == kept
    assert made.changed is (kept != stored)
    (warning,) = made.warnings
    assert warning == (
        f'system_users[prod].vhosts[shop].server_name keeps the order "{kept}", and the configuration says "{wanted}". '
        "The first domain is the primary one: name them in the stored order, or set domain_order: configured to have "
        "those that the configuration names first, in its order."
    )
    made = planned(stored, wanted, domain_order="configured")
    assert (domains(made.payload), made.changed, made.warnings) == (configured, True, ())
    again = planned(configured, wanted, domain_order="configured")
    assert (again.changed, again.warnings) == (False, ())
    assert planned(configured, wanted).warnings == ()


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        ("a.test www.a.test", "a.test"),
        ("a.test www.a.test", "a.test new.test"),
        ("a.test x.test www.a.test", "a.test www.a.test"),
        ("A.test\twww.a.test ", "a.test WWW.a.test"),
        (".a.test", "a.test *.a.test"),
        ("", "b.test a.test"),
    ],
)
def test_an_order_that_fits_is_left_alone(stored: str, wanted: str) -> None:
    as_stored, configured = (
        planned(stored, wanted),
        planned(stored, wanted, domain_order="configured"),
    )
    assert as_stored.warnings == configured.warnings == ()
    assert as_stored.payload == configured.payload


def test_the_option_is_called_what_the_user_calls_it() -> None:
    (warning,) = planned("a.test b.test", "b.test", prefix="rollout_").warnings
    assert "or set rollout_domain_order: configured" in warning


def test_a_set_of_words_has_no_first() -> None:
    path = "system_users.*.vhosts.*.server_name"
    made = planned("a b", "b a", lists={path: "union"}, domain_order="configured")
    assert (made.changed, made.warnings) == (False, ())
    made = planned("a b", "b a", lists={path: "replace"})
    assert (domains(made.payload), made.warnings) == ("b a", ())


def test_the_table_says_which_domains_have_an_order() -> None:
    schema = {
        "shops": {"identity": {"field": "code", "domains": "names"}},
        "names": {"type": "domains"},
    }
    stored, wanted = ({"shops": [{"code": 1, "names": names}]} for names in ("a b", "b a"))
    assert plan(stored, wanted, "merged", Policy(schema=schema)).warnings == ()
    schema["names"]["ordered"] = True  # type: ignore[assignment]
    (warning,) = plan(stored, wanted, "merged", Policy(schema=schema)).warnings
    assert warning.startswith(
        'shops[1].names keeps the order "a b", and the configuration says "b a".'
    )
    with pytest.raises(PlanError, match=r"only domains are ordered"):
        Policy(schema={"x": {"ordered": True}})


def test_there_are_two_orders() -> None:
    with pytest.raises(PlanError, match="Choose one of stored, configured"):
        Policy(domain_order="mine")


@pytest.mark.parametrize(
    ("general", "exact", "together"),
    [
        ("a.test", "www.a.test", "a.test www.a.test"),
        ("a.test", "www.a.test a.test", "www.a.test a.test"),
        ("a.test www.a.test", "www.a.test", "a.test www.a.test"),
        ("a.test www.a.test b.test", "www.a.test a.test", "www.a.test a.test b.test"),
    ],
)
def test_of_two_files_the_more_exact_one_says_the_order(
    general: str, exact: str, together: str
) -> None:
    found = layered([Layer("all.yml", site(general)), Layer("hosts/a.yml", site(exact))])
    assert (domains(found.document), found.warnings) == (together, ())


WORDS = st.lists(
    st.sampled_from(["a", "A.", "b", "c", ".d", "d", "*.d", "{{ e }}", "~f", "_"]), max_size=6
).map(" ".join)


@patiently
@given(WORDS, WORDS)
def test_once_set_the_order_stays(stored: str, wanted: str) -> None:
    made = plan({"vhosts": [{"app_name": "x", "server_name": stored}]},
                {"vhosts": [{"app_name": "x", "server_name": wanted}]},
                "merged", Policy(domain_order="configured", allow_other_domains=True))  # fmt: skip
    text = made.payload["vhosts"][0]["server_name"]
    assert domains_in(text).keys() == domains_in(stored).keys() | domains_in(wanted).keys()
    again = plan(made.payload, {"vhosts": [{"app_name": "x", "server_name": wanted}]},
                 "merged", Policy(domain_order="configured", allow_other_domains=True))  # fmt: skip
    assert not again.changed
    assert (
        apply({"vhosts": [{"app_name": "x", "server_name": stored}]}, made.changes) == made.payload
    )


@patiently
@given(
    st.lists(st.sampled_from("abcdef"), unique=True),
    st.lists(st.sampled_from("abcdef"), unique=True),
)
def test_what_is_named_leads_in_its_order(stored: list[str], wanted: list[str]) -> None:
    text = " ".join([*stored, *(word for word in wanted if word not in stored)])
    led = led_by(text, " ".join(wanted)).split()
    assert sorted(led) == sorted(text.split())
    assert [word for word in led if word in wanted] == wanted
    assert led[: min(1, len(wanted))] == wanted[:1]
    assert is_led_by(" ".join(led), " ".join(wanted))
    assert [word for word in led if word not in wanted] == [
        word for word in stored if word not in wanted
    ]


# A site of the same name


def refusal(stored: dict[str, Any], wanted: dict[str, Any], **policy: Any) -> str:
    with pytest.raises(PlanError) as refused:
        plan(stored, wanted, "merged", Policy(**policy))
    return str(refused.value)


def test_a_site_that_shares_nothing_but_its_name_is_refused() -> None:
    told = refusal(site("a.test www.a.test"), site("b.test"))
    assert told.startswith(
        'system_users[prod].vhosts[shop] is stored and serves "a.test www.a.test"; the one of the configuration would '
        'serve "b.test". They share the app_name, and no domain.'
    )
    assert told.endswith("or set allow_other_domains: true.")
    assert "rollout_allow_other_domains" in refusal(
        site("a.test"), site("b.test"), prefix="rollout_"
    )
    made = plan(site("a.test"), site("b.test"), "merged", Policy(allow_other_domains=True))
    assert domains(made.payload) == "a.test b.test"
    (warning,) = made.warnings
    assert "domain_order" in warning


def test_nor_is_it_overwritten_with_a_policy_for_its_domains() -> None:
    lists = {"system_users.*.vhosts.*.server_name": "replace"}
    assert "They share the app_name" in refusal(site("a.test"), site("b.test"), lists=lists)


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [
        (site("a.test b.test"), site("c.test B.TEST")),
        # Nothing speaks against these being the same.
        (site(""), site("b.test")),
        (site(None), site("b.test")),
        (site("a.test"), {"system_users": [{"username": "prod", "vhosts": [{"app_name": "shop"}]}]}),
        (site("{{ main }}"), site("b.test")),
        (site("a.test"), site("{{ main }} b.test")),
        # The same name under another user is another site.
        (site("a.test"), site("b.test", user="stage")),
    ],
)  # fmt: skip
def test_a_site_that_may_be_the_same_is_merged(
    stored: dict[str, Any], wanted: dict[str, Any]
) -> None:
    made = plan(stored, wanted, "merged")
    assert not plan(made.payload, wanted, "merged").changed


@pytest.mark.parametrize("state", ["replaced", "deleted"])
def test_other_states_say_what_they_do(state: str) -> None:
    plan(site("a.test"), site("b.test"), state)
