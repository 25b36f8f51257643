# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diff that people read: the changed parts of two documents as YAML, before and after.

Only what changes is shown, below the keys that lead to it and the names of the entries it lies in
(C(username), C(app_name)), so that the three lines of context that Ansible prints say whose setting it is.
"""

from __future__ import annotations

from typing import Any

from ..document.masking import masked_key
from ..document.paths import Item
from ..document.place import Place
from ..document.policy import DEFAULT, Policy
from ..document.showing import shown, shown_change
from ..text.escaping import escape
from ..text.yaml_text import BARE, to_yaml
from .changes import ADD, CHANGE, REMOVE, Change, Node
from .engine import explain


def diff(
    before: dict[str, Any], after: dict[str, Any], name: str, policy: Policy | None = None
) -> dict[str, str]:
    """What Ansible shows with C(--diff): C({"before", "after", "before_header", "after_header"}).

    Secrets are masked; one that differs is marked as changed. Certificates are told in words. Control characters are
    escaped. Both texts are empty where the documents mean the same.

    :param name: what the document is called in the headers (C(host shop-1 (id 7))).
    :raises PlanError: for a policy that cannot be understood, or documents nested too deeply.
    """
    policy = policy or DEFAULT
    changes = explain(before, after, policy)
    one, other = _excerpt(before, Node.of(changes), policy.root)
    return {
        "before": "" if one is BARE else to_yaml(one),
        "after": "" if other is BARE else to_yaml(other),
        "before_header": escape(name),
        "after_header": escape(name),
    }


def _excerpt(value: Any, node: Node, place: Place) -> tuple[Any, Any]:
    """The changed parts of what stands at a place, masked, as they are before and after."""
    if isinstance(value, list):
        return _list_excerpt(value, node, place)
    return _map_excerpt(value, node, place)


def _map_excerpt(value: dict[str, Any], node: Node, place: Place) -> tuple[Any, Any]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    item = place.step
    fields = item.fields if isinstance(item, Item) else ()
    kept = [key for key in value if key in node.below]
    new = [key for key in node.below if key not in value]
    for key in (*(field for field in fields if field not in node.below), *kept, *new):
        name, at = str(key), place.below(str(key))
        child = node.below.get(key)
        if child is None:
            same = shown(value[name], at)
            _put(name, same, same, before, after)
        elif child.change is None:
            _put(name, *_excerpt(value[name], child, at), before, after)
        else:
            if child.change.op != ADD:
                before[masked_key(name, before)] = shown(child.change.before, at)
            if child.change.op != REMOVE:
                after[masked_key(name, after)] = _after(child.change)
    return before or BARE, after or BARE


def _put(key: str, one: Any, other: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
    before[masked_key(key, before)] = one
    after[masked_key(key, after)] = other


def _list_excerpt(value: list[Any], node: Node, place: Place) -> tuple[Any, Any]:
    before: list[Any] = []
    # What is not shown stays as a place without content until the order is right.
    after: list[Any] = []
    hidden = object()
    places = place.entries(value)
    for index, entry in enumerate(value):
        child = node.below.get(index)
        if child is None:
            if node.order is None:
                after.append(hidden)
                continue
            stub = _stub(entry, places[index])
            before.append(stub)
            after.append(stub)
        elif child.change is None:
            one, other = _excerpt(entry, child, child.place or places[index])
            before.append(one)
            after.append(other)
        else:
            before.append(shown(child.change.before, child.change.place))
            if child.change.op == CHANGE:
                after.append(_after(child.change))
    after += [_after(change) for change in node.added]
    if node.order is not None:
        after = [after[position] for position in node.order.positions]
    after = [entry for entry in after if entry is not hidden]
    return before or BARE, after or BARE


def _after(change: Change) -> Any:
    if change.op == ADD:
        return shown(change.after, change.place)
    return shown_change(change.before, change.after, change.place)


def _stub(entry: Any, place: Place) -> Any:
    """What an entry is called, which stands for all of it."""
    if isinstance(place.step, Item) and place.step.fields:
        entry = {field: entry[field] for field in place.step.fields}
    return shown(entry, place)
