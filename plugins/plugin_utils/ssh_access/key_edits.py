# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of a document, given as a whole to a task with C(state: merged) that touches nothing else of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...module_utils.document.equality import exactly_equal
from ...module_utils.document.errors import PlanError
from ...module_utils.document.identity import naming_field
from ...module_utils.document.place import Place
from ...module_utils.document.policy import DEFAULT, MERGED, ListPolicy, Policy
from ...module_utils.plan.engine import plan
from .key_lists import ADDED, CHANGED, FAILED, REMAINING, REMOVED, Event, KeyList

# What a reading puts in the place of half a character; the real text is not known then.
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True)
class Edited:
    """A task's C(config) and C(lists), tried out against the document.

    :ivar config: empty where nothing can be written.
    :ivar undone: the paths of the lists that cannot be written, and why.
    """

    config: dict[str, Any] = field(repr=False)
    lists: dict[str, ListPolicy]
    undone: dict[str, str]

    def told(self, event: Event) -> Event:
        """The event as it is where its list cannot be written."""
        if event.path not in self.undone or event.what not in (ADDED, CHANGED, REMOVED):
            return event
        what = REMAINING if event.what == REMOVED else FAILED
        return replace(event, what=what, note=self.undone[event.path])


def edited(document: dict[str, Any], lists: Sequence[KeyList]) -> Edited:
    """The document's lists as they are to be, as far as a task can be made of them that does just that."""
    undone = {each.path: wrong for each in lists if (wrong := _unwritable(document, each))}
    left = [each for each in lists if each.path not in undone]
    # What stands deeper may not be reached; it is given up first.
    left.sort(key=lambda each: len(each.steps))
    while left:
        wrong = _refusal(document, left)
        if not wrong:
            return Edited(*_task(document, left), undone)
        last = left.pop()
        undone[last.path] = wrong
    return Edited({}, {}, undone)


def _unwritable(document: dict[str, Any], wanted: KeyList) -> str:
    entries = [*wanted.entries, *_stored(document, wanted)]
    if not all(isinstance(entry, str) for entry in entries):
        return "the list holds entries that are no text"
    if any(_REPLACEMENT in entry for entry in entries):
        return "the list holds characters that cannot be read"
    if not isinstance(wanted.steps[-1], str):
        return "the list stands within another list"
    return ""


def _stored(document: Any, wanted: KeyList) -> list[Any]:
    for step in wanted.steps:
        if isinstance(document, dict) and step not in document:
            return []
        document = document[step]
    return document if isinstance(document, list) else []


def _refusal(document: dict[str, Any], lists: Sequence[KeyList]) -> str:
    """Why a task would not do what is wanted, and nothing else; empty where it would."""
    try:
        config, policies = _task(document, lists)
        done = plan(document, config, MERGED, Policy(lists=policies)).payload
    except PlanError as error:
        return error.message
    if exactly_equal(done, _with(document, _tree(lists))):
        return ""
    return "the entries on the way to the list cannot be told apart"


def _task(
    document: dict[str, Any], lists: Sequence[KeyList]
) -> tuple[dict[str, Any], dict[str, ListPolicy]]:
    policies: dict[str, ListPolicy] = {
        f"**.{json.dumps(each.steps[-1], ensure_ascii=False)}": "replace" for each in lists
    }
    config: dict[str, Any] = _named(document, _tree(lists), DEFAULT.root)
    return config, policies


_Tree = dict[Any, Any]


def _tree(lists: Sequence[KeyList]) -> _Tree:
    """The lists' entries by the steps that lead to them."""
    root: _Tree = {}
    for each in lists:
        node = root
        for step in each.steps[:-1]:
            node = node.setdefault(step, {})
        node[each.steps[-1]] = each.entries
    return root


def _with(value: Any, tree: Any) -> Any:
    """A copy of the document with the tree's lists in it."""
    if not isinstance(tree, dict):
        return tree
    if isinstance(value, list):
        return [
            _with(entry, tree[index]) if index in tree else entry
            for index, entry in enumerate(value)
        ]
    if not isinstance(value, dict):
        return value
    return {**value, **{key: _with(value.get(key), child) for key, child in tree.items()}}


def _named(value: Any, tree: Any, place: Place) -> Any:
    """The tree as a configuration: each entry on the way called by what tells it apart."""
    if not isinstance(tree, dict):
        return tree
    if isinstance(value, dict):
        return {key: _named(value.get(key), child, place.below(key)) for key, child in tree.items()}
    rule = place.rule(value)
    if not rule.is_named:
        raise PlanError("the entries on the way to the list cannot be told apart")
    places = place.entries(value, rule)
    named = []
    for index, child in tree.items():
        entry = value[index]
        inner = _named(entry, child, places[index])
        field_name = naming_field(entry, rule)
        if not field_name:
            raise PlanError("an entry on the way to the list has no name")
        named.append({field_name: entry[field_name], **inner})
    return named
