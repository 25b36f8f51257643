# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets of scalars: what a line of an entry is, what is in force, and what is the same member."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.policy import Policy
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.changes import apply
from ansible_collections.hosted_power.turbostack.plugins.module_utils.plan.engine import plan

AN = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAnAnAnAnAnAnAn an"
BRAM = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBramBramBram bram"
CAS = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCasCasCas cas"


def after(
    key: str, stored: list[Any], wanted: list[Any], state: str = "merged", **policy: Any
) -> Any:
    made = plan({key: stored}, {key: wanted}, state, Policy(**policy))
    assert apply({key: stored}, made.changes) == made.payload
    # Once more, and nothing is left to do.
    assert not plan(made.payload, {key: wanted}, state, Policy(**policy)).changed
    return made.payload.get(key)


# One entry of several lines is several members.


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_of_an_entry_of_several_keys_only_the_one_that_is_named_goes(end: str) -> None:
    assert after("ssh_keys", [f"{AN}\n{BRAM}{end}"], [BRAM], "deleted")[0].strip() == AN
    assert after("ssh_keys", [f"{AN}\n{BRAM}{end}"], [AN], "deleted")[0].strip() == BRAM


def test_the_entry_goes_with_its_last_key() -> None:
    assert after("ssh_keys", [CAS, f"{AN}\n{BRAM}"], [AN, BRAM], "deleted") == [CAS]


def test_what_else_an_entry_holds_stays() -> None:
    stored = f"# office\n{AN}\n\n# home\n{BRAM}"
    assert after("ssh_keys", [stored], [BRAM], "deleted") == [f"# office\n{AN}\n\n# home"]


def test_of_an_entry_of_several_keys_one_is_renewed() -> None:
    renamed = BRAM.replace(" bram", " bram@laptop")
    assert after("ssh_keys", [f"{AN}\n{BRAM}"], [renamed]) == [f"{AN}\n{renamed}"]


def test_several_keys_that_are_given_in_one_text_are_several_members() -> None:
    assert after("ssh_keys", [AN], [f"{AN}\n{BRAM}\n"]) == [AN, BRAM]
    assert after("ssh_keys", [AN, CAS], [f"{AN}\n{BRAM}\n"], "deleted") == [CAS]


@pytest.mark.parametrize(
    ("key", "stored", "named", "left"),
    [
        ("firewall_whitelist", "192.0.2.1 # Office\n192.0.2.2", "192.0.2.2", "192.0.2.1 # Office"),
        ("deploy_allowlist", "2001:db8::1\n2001:db8::2", "2001:DB8::1/128", "2001:db8::2"),
        ("unknown_keys", f"{AN}\n{BRAM}", BRAM, AN),
    ],
)
def test_so_it_is_in_every_list_whose_members_are_told_apart_by_what_they_are(
    key: str, stored: str, named: str, left: str
) -> None:
    assert after(key, [stored], [named], "deleted") == [left]


def test_so_it_is_with_domains() -> None:
    schema = {"aliases": {"type": "list of domains"}}
    assert after("aliases", ["a.example\nb.example"], ["B.example."], "deleted", schema=schema) == [
        "a.example"
    ]


def test_a_text_of_several_lines_in_another_list_is_one_member() -> None:
    assert after("notes", ["one\ntwo"], ["two"], "deleted") == ["one\ntwo"]
    assert after("notes", ["one\ntwo"], ["two"]) == ["one\ntwo", "two"]


KEYS = st.lists(
    st.integers(0, 7).map(lambda n: f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{n:08d} k{n}"),
    min_size=1,
    max_size=6,
    unique=True,
)


@given(stored=KEYS, named=KEYS, cuts=st.sets(st.integers(1, 5)))
def test_nothing_that_was_not_named_goes(
    stored: list[str], named: list[str], cuts: set[int]
) -> None:
    bounds = [0, *sorted(cut for cut in cuts if cut < len(stored)), len(stored)]
    entries = ["\n".join(stored[a:b]) for a, b in pairwise(bounds)]
    made = plan({"ssh_keys": entries}, {"ssh_keys": named}, "deleted").payload["ssh_keys"]
    assert [line for entry in made for line in entry.split("\n")] == [
        key for key in stored if key not in named
    ]
    added = plan({"ssh_keys": entries}, {"ssh_keys": named}, "merged").payload["ssh_keys"]
    assert {line for entry in added for line in entry.split("\n")} == {*stored, *named}


# What is commented out is not in force.


@pytest.mark.parametrize("mark", ["#", "# ", "  # ", "##"])
@pytest.mark.parametrize(
    ("key", "member"),
    [("ssh_keys", AN), ("firewall_whitelist", "192.0.2.1"), ("unknown_keys", BRAM)],
)
def test_a_member_that_is_commented_out_is_added(mark: str, key: str, member: str) -> None:
    assert after(key, [mark + member], [member]) == [mark + member, member]
    assert after(key, [mark + member], [member], "deleted") == [mark + member]


def test_a_key_that_is_commented_out_within_an_entry_is_added() -> None:
    assert after("ssh_keys", [f"# {AN}\n{BRAM}"], [AN]) == [f"# {AN}\n{BRAM}", AN]


# What stands before a key is not always options.


@pytest.mark.parametrize(
    ("key", "stored", "wanted"),
    [
        ("known_hosts", f"git.example {AN}", f"git-mirror.example {AN}"),
        ("known_hosts", f"@cert-authority *.example {AN}", f"*.example {AN}"),
        ("allowed_signers", f"an@a.example {AN}", f"an@b.example {AN}"),
        ("ssh_keys", f"git.example {AN}", AN),
    ],
)
def test_hosts_and_principals_are_part_of_what_a_line_means(
    key: str, stored: str, wanted: str
) -> None:
    assert after(key, [stored], [wanted]) == [stored, wanted]
    assert after(key, [stored], [wanted], "deleted") == [stored]


@pytest.mark.parametrize(
    "options",
    [
        "restrict",
        'from="10.0.0.0/8,192.0.2.1",no-pty',
        'command="echo \\"hi, you\\"",No-X11-Forwarding',
        'cert-authority,principals="an,bram"',
    ],
)
def test_options_of_authorized_keys_stay(options: str) -> None:
    stored = f"{options} {AN}"
    renamed = AN.replace(" an", " an@laptop")
    assert after("ssh_keys", [stored], [renamed]) == [f"{options} {renamed}"]
    assert after("ssh_keys", [stored], [AN], "deleted") == []


# What is given without a comment says nothing of the comment.


@pytest.mark.parametrize(
    ("key", "stored", "wanted"),
    [
        ("firewall_whitelist", "192.0.2.1 # Office", "192.0.2.1"),
        ("firewall_whitelist", "192.0.2.1#x", "192.0.2.1/32"),
        ("firewall_whitelist", "home.example # An", "HOME.example"),
        ("ssh_keys", AN, AN.removesuffix(" an")),
        ("ssh_keys", f"restrict {AN}", AN.removesuffix(" an")),
    ],
)
def test_a_stored_comment_stays_and_that_is_no_change(key: str, stored: str, wanted: str) -> None:
    assert after(key, [stored], [wanted]) == [stored]


# Names are those of IDNA 2008, and patterns are patterns.


def sites(state: str, stored: str, named: str) -> Any:
    current = {"vhosts": [{"server_name": stored, "x": 1}]}
    made = plan(current, {"vhosts": [{"server_name": named, "x": 2}]}, state).payload["vhosts"]
    return [vhost["server_name"] for vhost in made]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("straße.example", "strasse.example"),
        (r"~^\d+\.shop\.be$", r"~^\D+\.shop\.be$"),
        ("~^Shop", "~^shop"),
        ("{{ Domain }}", "{{ domain }}"),
    ],
)
def test_these_are_two_names(one: str, other: str) -> None:
    assert sites("merged", one, other) == [one, other]


@pytest.mark.parametrize(
    "named", ["shop.example", "*.shop.example", ".shop.example", ".SHOP.example."]
)
def test_a_name_with_a_leading_dot_is_the_domain_and_all_below_it(named: str) -> None:
    assert sites("merged", ".shop.example", named) == [".shop.example"]


def test_of_a_name_with_a_leading_dot_half_can_be_added_and_taken_away() -> None:
    assert sites("merged", "shop.example", ".shop.example") == ["shop.example *.shop.example"]
    policy = Policy(lists={"names": "union"})
    current = {"vhosts": [{"app_name": "a", "server_name": ".shop.example b.example"}]}
    named = {"vhosts": [{"app_name": "a", "server_name": "shop.example"}]}
    left = plan(current, named, "deleted", policy).payload["vhosts"][0]["server_name"]
    assert left == "*.shop.example b.example"
