# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd and malicious rows: names and configurations that break or betray a careless reader."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from .markers import certificate, private_key
from .monitoring import monitoring
from .records import Client, Group, Host, dump

if TYPE_CHECKING:
    from .fleet import Fleet

FIRST_HOST = 9001
FIRST_GROUP = 8001
CLIENTS = (7001, 7002)
BIG_ID = 2**53 + 1
NESTING = 60
_MOMENT = 1_767_225_600


def lookup(witness: str) -> str:
    """Jinja that makes the file `witness` when a templating reader renders it."""
    return "{{ lookup('pipe', 'touch " + witness + "') }}"


def hostile_names(witness: str) -> list[str | None]:
    """Names that are no host names, or are words of Ansible's own."""
    return [
        "",
        None,
        "all",
        "_meta",
        "ungrouped",
        "localhost",
        "web[1:3]",
        "web[a:zz].example",
        "a,b",
        "!all",
        "&all",
        "~.*",
        "host:2222",
        "::1",
        "two words.example",
        " padded.example ",
        f"-oProxyCommand=touch${{IFS}}{witness}",
        f"user@$(touch {witness}).example",
        lookup(witness),
        "{% raw %}.example",
        "{# comment",
        "line\nbreak.example",
        "carriage\r\nX-Header: yes",
        "tab\there",
        "nul\u0000byte",
        "bell\u0007.example",
        "\x1b[31mred\x1b[0m\x1b]0;title\x07",
        "\u202egnp.elpmaxe",
        "🦄.example",
        "e\u0301.example",
        "é.example",
        "lone\ud800surrogate",
        "../../etc/passwd",
        "C:\\hosts",
        "<script>alert(1)</script>",
        "=cmd|' /C calc'!A0",
        "'; drop table hosts; --",
        "#comment.example",
        "true",
        "1e3",
        "x" * 5000,
        # Two clients own one of that name, and one of them two.
        "twice.example",
        "twice.example",
        "twice.example",
        "TWICE.example",
    ]


def hostile_documents(rng: random.Random, witness: str) -> list[Any]:
    """Configurations, each with something in it that a reader may trip over."""
    template = lookup(witness)
    deep: Any = template
    for level in range(NESTING):
        deep = {"level": level, "below": [deep]} if level % 2 else {"below": deep}
    return [
        {
            "ansible_connection": "local",
            "ansible_host": "127.0.0.1",
            "ansible_ssh_common_args": f"-oProxyCommand='touch {witness}'",
            "ansible_python_interpreter": f"touch {witness};",
            "ansible_become": True,
            "groups": {"all": ["overwritten"]},
            "hostvars": {},
            "inventory_hostname": "somebody-else.example",
            "vars": template,
        },
        {"__ansible_unsafe": template, "ssh_keys": [{"__ansible_unsafe": template}]},
        {"__ansible_vault": "$ANSIBLE_VAULT;1.1;AES256\n6162\n", "inner": {"__ansible_vault": "x"}},
        {"__ansible_type": "VaultedValue", "ciphertext": "x", "value": template},
        {
            template: template,
            "webserver": template,
            "os_extra_packages": [template, "{% if true %}x{% endif %}", "{# c #}", "{{"],
            "system_users": [
                {
                    "username": template,
                    "vhosts": [{"server_name": template, "app_name": template}],
                    "ftp": [{"user": template, "homedir": f"/var/www/$(touch {witness})"}],
                }
            ],
        },
        {"nested": deep},
        {"blob": "é" * 200_000, "lines": ["x" * 1000] * 200},
        {
            "beyond_double": 2**53 + 1,
            "beyond_64_bits": 2**70,
            "negative": -(2**63) - 1,
            "exponent": 1e308,
            "tiny": 5e-324,
            "tenth": 0.1,
            "whole": 8.0,
            "minus_zero": -0.0,
            "version": "8.10",
        },
        {
            "": "empty key",
            " ": "blank key",
            "no": "Norway",
            "1": "number key",
            "a.b": 1,
            "a/b": 2,
            "a\nb": 3,
            "__proto__": {"x": 1},
            "é": "composed",
            "e\u0301": "decomposed",
            "\ud800": "lone surrogate",
        },
        {
            "control": "\x1b[2J\x1b[1;1Hcleared\x07\u0000",
            "right_to_left": "\u202etxt.exe",
            "separators": "a\u2028b\u2029c\u0085d",
            "yaml": "- not: [a list",
            "number_like": ["012", "0o7", "1_000", "12:30:45", "0x1F", "null", "~", "2026-05-04"],
            "trailing": "line\n\n",
            "leading": "\n  indented",
        },
        {
            "system_users": [
                {"username": "twin", "vhosts": [{"server_name": "a.example"}]},
                {"username": "twin", "vhosts": [{"server_name": "a.example"}]},
                {"vhosts": "not a list"},
                {"username": None},
                {"username": 7},
                {"username": ["list"]},
                "not an object",
                None,
            ]
        },
        {"system_users": {"shop": {"vhosts": {}}}, "ssh_keys": "one string"},
        {
            "system_users": [
                {
                    "username": "kept",
                    "vhosts": [
                        {
                            "server_name": "kept.example",
                            "cert_type": "custom",
                            "cert_pvk": private_key(rng, 26),
                            "cert_fullchain": certificate(rng, 22),
                        }
                    ],
                    "ftp": [{"user": "kept_ftp", "homedir": "/var/www/kept"}],
                }
            ]
        },
        [1, [2, [3]]],
        ["system_users", {"username": "in a list"}],
    ]


def hostile_texts() -> list[str | None]:
    """Stored texts that are no object, or no JSON at all."""
    return [
        None,
        "",
        " ",
        "[]",
        "{}",
        "null",
        "true",
        "42",
        '"text"',
        "{not json",
        "webserver: nginx\n",
        '{"twice": 1, "twice": 2}',
        '{"infinite": NaN, "minus": -Infinity}',
        '\ufeff{"webserver": "nginx"}',
        json.dumps(json.dumps({"webserver": "encoded twice"})),
    ]


def add_hostile_rows(fleet: Fleet, witness: str) -> None:
    """Fill `fleet`: every name, every document and every text in a row of its own."""
    rng = random.Random(fleet.seed)
    template = lookup(witness)
    for number, first in zip(CLIENTS, (template, "\x1b[31mClient"), strict=True):
        fleet.clients[number] = Client(number, first, "\u202eall", None, _MOMENT, _MOMENT)
    rows: list[tuple[str | None, str | None]] = []
    rows += [(name, '{"webserver":"nginx"}') for name in hostile_names(witness)]
    documents = hostile_documents(rng, witness)
    rows += [(f"document{i}.example", dump(one)) for i, one in enumerate(documents)]
    rows += [(f"text{i}.example", one) for i, one in enumerate(hostile_texts())]
    for index, (name, text) in enumerate(rows):
        number = FIRST_HOST + index
        host = Host(
            # Some PHP drivers give numbers as strings.
            id=str(number) if index % 5 == 4 else number,
            client_id=str(CLIENTS[1]) if index % 7 == 6 else CLIENTS[index % 2],
            active=index % 3,
            name=name,
            json=text,
            created_at=_MOMENT,
            updated_at=_MOMENT,
            monitoring=_monitoring(rng, index, template),
        )
        fleet.add_host(host)
    fleet.add_host(
        Host(BIG_ID, None, 1, "big-id.example", '{"webserver":"nginx"}', _MOMENT, _MOMENT, None)
    )
    groups = [template, "all", "ungrouped", "_meta", "", None, "a b,c", "\x1b[31m", "lone\ud800"]
    for index, name in enumerate(groups):
        number = FIRST_GROUP + index
        owner = None if index % 3 == 2 else CLIENTS[index % 2]
        text = dump({"ssh_keys": [template], "ansible_connection": "local"})
        fleet.groups[number] = Group(number, owner, name, text, _MOMENT, _MOMENT, CLIENTS)


def _monitoring(rng: random.Random, index: int, template: str) -> Any:
    odd: dict[int, Any] = {
        2: None,
        3: [],
        5: {"load": template, "disk": None, "memory": [template]},
        8: {"load": "n/a"},
        11: "unreachable",
    }
    return odd[index % 12] if index % 12 in odd else monitoring(rng)
