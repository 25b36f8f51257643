# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The diff that people read: the changed parts of two documents as YAML, before and after.

Only what changes is shown, below the keys that lead to it and the names of the entries it lies in
(C(username), C(app_name)), so that the three lines of context that Ansible prints say whose setting it is.
"""

from __future__ import annotations

from typing import Any

from ..document.masking import Masking
from ..document.paths import Item, Path
from ..document.policy import Policy
from ..text.escaping import escape
from ..text.yaml_text import BARE, to_yaml
from .changes import ADD, CHANGE, REMOVE, Change, Node
from .engine import explain


def diff(
    before: dict[str, Any], after: dict[str, Any], name: str, policy: Policy | None = None
) -> dict[str, str]:
    """What Ansible shows with C(--diff): C({"before", "after", "before_header", "after_header"}).

    Secrets are masked; one that differs is marked as changed. Control characters are escaped. Both texts
    are empty where the documents mean the same.

    :param name: what the document is called in the headers (C(host shop-1 (id 7))).
    :raises PlanError: for a policy that cannot be understood, or documents nested too deeply.
    """
    policy = policy or Policy()
    changes = explain(before, after, policy)
    one, other = _Excerpt(Masking(policy)).of(before, Node.of(changes), ())
    return {
        "before": "" if one is BARE else to_yaml(one),
        "after": "" if other is BARE else to_yaml(other),
        "before_header": escape(name),
        "after_header": escape(name),
    }


class _Excerpt:
    """The changed parts of a document, masked, as they are before and after."""

    def __init__(self, masking: Masking) -> None:
        self._masking = masking

    def of(self, value: Any, node: Node, path: Path) -> tuple[Any, Any]:
        if isinstance(value, list):
            return self._list(value, node, path)
        return self._map(value, node, path)

    def _map(self, value: dict[str, Any], node: Node, path: Path) -> tuple[Any, Any]:
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        fields = path[-1].fields if path and isinstance(path[-1], Item) else ()
        kept = [key for key in value if key in node.below]
        new = [key for key in node.below if key not in value]
        for key in (*(field for field in fields if field not in node.below), *kept, *new):
            name, place = str(key), (*path, str(key))
            child = node.below.get(key)
            if child is None:
                shown = self._masking.redact(value[name], place)
                self._put(name, shown, shown, before, after)
            elif child.change is None:
                self._put(name, *self.of(value[name], child, place), before, after)
            else:
                if child.change.op != ADD:
                    shown = self._masking.redact(child.change.before, place)
                    before[self._masking.key(name, before)] = shown
                if child.change.op != REMOVE:
                    after[self._masking.key(name, after)] = self._after(child.change, place)
        return before or BARE, after or BARE

    def _put(
        self, key: str, one: Any, other: Any, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        before[self._masking.key(key, before)] = one
        after[self._masking.key(key, after)] = other

    def _list(self, value: list[Any], node: Node, path: Path) -> tuple[Any, Any]:
        before: list[Any] = []
        # What is not shown stays as a place without content until the order is right.
        after: list[Any] = []
        hidden = object()
        for index, entry in enumerate(value):
            child = node.below.get(index)
            place = (*path, node.items.get(index) or Item(index))
            if child is None:
                if node.order is None:
                    after.append(hidden)
                    continue
                stub = self._stub(path, index, entry)
                before.append(stub)
                after.append(stub)
            elif child.change is None:
                one, other = self.of(entry, child, place)
                before.append(one)
                after.append(other)
            else:
                before.append(self._masking.redact(child.change.before, place))
                if child.change.op == CHANGE:
                    after.append(self._after(child.change, place))
        after += [self._after(change, change.path) for change in node.added]
        if node.order is not None:
            after = [after[position] for position in node.order.positions]
        after = [entry for entry in after if entry is not hidden]
        return before or BARE, after or BARE

    def _after(self, change: Change, path: Path) -> Any:
        if change.op == ADD:
            return self._masking.redact(change.after, path)
        return self._masking.changed(change.before, change.after, path)

    def _stub(self, path: Path, index: int, entry: Any) -> Any:
        item = self._masking.lists.items(path, [entry])[0]
        if item.fields:
            entry = {field: entry[field] for field in item.fields}
        return self._masking.redact(entry, (*path, Item(index, item.label, item.fields)))
