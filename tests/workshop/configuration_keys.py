# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/configuration-keys.md out of the table of keys."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.known_keys import (
    TURBOSTACK,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.schema import Key

from .places import ROOT

PAGE = ROOT / "docs" / "configuration-keys.md"


_HEAD = """# Configuration keys

What this collection knows of the keys of a configuration. It is one table in the code
(`plugins/module_utils/document/known_keys.py`), from which this page is made (`make keys`). How entries are told
apart, what merges how, what is a version and what is a secret all follow from it.

The platform does not publish the whole list of its keys. A key that is not here is unknown, which is no fault: it is
stored, merged and compared as what it looks like. Tell the collection more with the option `schema` of modules,
filters, roles and the inventory:

```yaml
schema:
  webhooks: {type: list of maps, identity: event}    # entries are told apart by their event
  release: {type: version}                           # refused as a number, which loses digits
  licence: {secret: true}                            # masked wherever it is shown
```

It is a map, or the path of a YAML file with one. An entry may say `type`, `identity` (a field, or a map of `field` and
`domains`), `policy` (`union` or `replace`), `secret`, `values` and `closed`, `within` (the key that it lies under),
`ordered` (of domains: whether the first one is the primary one), `only_there`,
`help`, `example` and `since`; what it does not say stays as it is. Types are:
{types}.

Editors that know JSON Schema complete and check a file of a configuration whose first line is

```yaml
# yaml-language-server: $schema=https://raw.githubusercontent.com/hosted-power/ansible-turbostack/main/docs/turbostack-configuration.schema.json
```

([the schema](turbostack-configuration.schema.json) is made from the same table; a copy of it, by a relative path, does
as well).
"""


def page() -> str:
    """The page's text."""
    from ansible_collections.hosted_power.turbostack.plugins.module_utils.document import schema

    parts = [
        _HEAD.replace(
            "{types}",
            textwrap.fill(
                ", ".join(f"`{name}`" for name in schema.TYPES), 118, break_on_hyphens=False
            ),
        )
    ]
    for within in dict.fromkeys(key.within for key in TURBOSTACK.keys):
        title = f"Within `{within}`" if within else "At the top"
        parts.append(f"\n## {title}\n\n| key | type | |\n| --- | --- | --- |\n")
        parts += [_row(key) for key in TURBOSTACK.below(within)]
    parts.append("\n## Families\n\nKeys that are not listed, by the form of their names:\n\n")
    parts += [f"- `{family.form.pattern}`: {family.key.type}\n" for family in TURBOSTACK.families]
    return "".join(parts)


def _row(key: Key) -> str:
    return f"| `{key.name}` | {key.type} | {' '.join(_said(key))} |\n"


def _said(key: Key) -> Iterator[str]:
    yield key.help
    if key.values:
        values = ", ".join(f"`{value}`" for value in key.values)
        yield f"One of {values}." if key.closed else f"Known are {values}."
    if key.example:
        yield f"For instance `{key.example}`."
    if key.only_with:
        yield f"Only with `{key.only_with[0]}: {key.only_with[1]}`."
    if key.secret:
        yield "A secret."
