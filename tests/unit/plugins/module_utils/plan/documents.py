# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated documents: shaped like the platform's own, and arbitrary JSON."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import HealthCheck, settings, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.equality import (
    rewritten,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.json_text import Number

Document = dict[str, Any]

# For machines that are slow, or busy with something else.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NAMES = st.sampled_from(["prod", "stage", "dev", "ops", "müller"])
APPLICATIONS = st.sampled_from(["shop", "blog", "api", "crm"])
KEY_MATERIAL = [f"AAAAC3NzaC1lZDI1NTE5AAAAI{letter * 20}" for letter in "abcd"]
PRIVATE_KEY = (
    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END PRIVATE KEY-----\n"
)

TEXT = st.text(
    alphabet=st.one_of(
        st.characters(codec="utf-8"), st.sampled_from(" \n\t'\"#:{}[]-\x1b\x85\u202e\ufeff\0")
    ),
    max_size=12,
)
# What the platform rewrites, or YAML quotes.
AWKWARD = st.sampled_from(
    [
        "",
        " ",
        " x",
        "x ",
        "x\n",
        "a\n\nb\n",
        "null",
        "true",
        "8.0",
        "1e3",
        "{{ php_main_version }}",
        "~",
    ]
)
NUMBERS = st.one_of(
    st.integers(),
    st.integers(min_value=2**53, max_value=2**80),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["8.0", "8.10", "1E5", "-0.0", "0.1000000000000000055511151231257827"]).map(
        Number
    ),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXT, AWKWARD)
KEYS = st.one_of(
    st.sampled_from(
        ["name", "id", "key", "a", "b.c", "x[0]", 'quo"te', "", "cert_pvk", "ssh_keys", "vhosts"]
    ),
    st.text(alphabet=string.ascii_lowercase + "_.\n\x1b", max_size=6),
)
JSON = st.recursive(
    SCALARS,
    lambda children: st.one_of(
        st.lists(children, max_size=4), st.dictionaries(KEYS, children, max_size=4)
    ),
    max_leaves=12,
)
ANY_DOCUMENT = st.dictionaries(KEYS, JSON, max_size=5)


def _optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries({}, optional=fields)


SETTINGS = {
    "php_version": st.sampled_from(["8.1", "8.2", "8.3"]),
    "cert_pvk": st.sampled_from([PRIVATE_KEY, PRIVATE_KEY.replace("MII", "MIJ"), ""]),
    "varnish_enabled": st.booleans(),
    "proxy_upstream_port": st.integers(1, 65535),
    "note": st.one_of(TEXT, AWKWARD),
    "options": st.dictionaries(st.sampled_from(["x", "y"]), SCALARS, max_size=2),
}
SSH_KEY = st.builds(
    "{} {} {}".format,
    st.just("ssh-ed25519"),
    st.sampled_from(KEY_MATERIAL),
    st.sampled_from(["", "alice@home", "bob", "ci # old"]),
)
WHITELISTED = st.builds(
    "{}{}".format,
    st.sampled_from(["1.2.3.4", "10.0.0.0/8", "2001:db8::1"]),
    st.sampled_from(["", " # Home"]),
)


def _different(key: str) -> Any:
    return lambda entry: entry[key]


def _member_of(text: str) -> str:
    return text.split("#")[0].split()[1] if text.startswith("ssh") else text.split("#")[0].strip()


@st.composite
def _vhosts(draw: st.DrawFn, user: str) -> list[Document]:
    """Vhosts of which each has its own domains, in any document: none is ever served twice."""
    vhosts = []
    for application in draw(st.lists(APPLICATIONS, unique=True, max_size=3)):
        own = [f"{prefix}{application}.{user}.test" for prefix in ("", "www.", "{{ zone }}.")]
        domains = " ".join(draw(st.lists(st.sampled_from(own), unique=True)))
        vhost: Document = {"app_name": application}
        if domains and draw(st.booleans()):
            vhost = {}
        if domains:
            vhost["server_name"] = domains
        vhosts.append({**vhost, **draw(_optional(**SETTINGS))})
    return vhosts


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A host's configuration without ambiguity: as the platform stores it, or as a task gives it."""
    users = []
    for name in draw(st.lists(NAMES, unique=True, max_size=3)):
        user: Document = {"username": name}
        if draw(st.booleans()):
            user["vhosts"] = draw(_vhosts(name))
        if draw(st.booleans()):
            accounts = st.fixed_dictionaries(
                {"user": st.sampled_from(["up", "down"])}, optional={"homedir": TEXT}
            )
            user["ftp"] = draw(st.lists(accounts, unique_by=_different("user"), max_size=2))
        users.append({**user, **draw(_optional(note=TEXT))})
    return {
        **draw(
            _optional(
                webserver=st.sampled_from(["nginx", "apache", "nginx "]),
                mysql_version=st.sampled_from(["8.0", "5.7"]),
                redis_enabled=st.booleans(),
                redis_memory=st.sampled_from(["5gb", ""]),
                db_password=st.sampled_from(["hunter2hunter2", "correct horse"]),
                os_extra_packages=st.lists(
                    st.sampled_from(["htop", "php{{ php_main_version }}-amqp", "vim"]), unique=True
                ),
                ssh_keys=st.lists(SSH_KEY, unique_by=_member_of, max_size=3),
                firewall_whitelist=st.lists(WHITELISTED, unique_by=_member_of, max_size=3),
                pmm_master=_optional(server_hostname=TEXT, port=NUMBERS),
                hooks=st.lists(
                    st.fixed_dictionaries(
                        {"name": st.sampled_from(["x", "y"])}, optional={"run": TEXT}
                    ),
                    unique_by=_different("name"),
                    max_size=2,
                ),
            )
        ),
        "system_users": users,
    }


def deeply_rewritten(value: Any) -> Any:
    """A copy of a whole document as the platform may hand it back."""
    if isinstance(value, dict) and value:
        return {key: deeply_rewritten(child) for key, child in value.items()}
    if isinstance(value, list):
        return [deeply_rewritten(child) for child in value]
    return rewritten(value)
