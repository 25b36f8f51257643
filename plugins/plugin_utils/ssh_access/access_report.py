# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A plan of access as plain data: for the tasks that carry it out, and as the report of what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .access import GROUP, HOST, AccessPlan
from .key_lists import ADDED, CHANGED, ELSEWHERE, FAILED, KEPT, REMAINING, REMOVED
from .people import ABSENT, shown

#: What a report tells of each person, in this order.
WORDS = (ADDED, CHANGED, REMOVED, KEPT, ELSEWHERE, FAILED, REMAINING)

# In a summary line, this many places are named.
_NAMED = 10
_SAID = {
    ADDED: "added to",
    CHANGED: "changed in",
    REMOVED: "removed from",
    KEPT: "kept in",
    ELSEWHERE: "not granted by the data, but left in",
    FAILED: "could not be put into",
    REMAINING: "STILL in",
}


@dataclass(frozen=True)
class Outcome:
    """What came of a task for one document.

    :ivar error: why it failed; None where it did not.
    :ivar changed: whether something was changed, or may have been in spite of the failure.
    """

    error: str | None = None
    changed: bool = True


_NONE: Mapping[str, str] = MappingProxyType({})
_NOT_TRIED = Outcome("it was not tried", changed=False)


def as_data(plan: AccessPlan) -> dict[str, Any]:
    """The plan as JSON knows it.

    C(writes) holds whole lists of keys and so may hold secrets; everything else is fit to be shown.
    """
    return {
        "problems": list(plan.problems),
        "writes": {
            write.stored.key: {
                "config": write.edited.config,
                "lists": write.edited.lists,
            }
            for write in plan.writes
        },
        **{
            f"{kind}s": [
                {"document": write.stored.key, "id": write.stored.id, "label": str(write.stored)}
                for write in plan.writes
                if write.stored.kind == kind
            ]
            for kind in (GROUP, HOST)
        },
        "people": [{"name": shown(one.name), "state": one.state} for one in plan.people],
        "documents": {
            one.key: {
                "kind": one.kind,
                "id": one.id,
                "name": shown(one.name),
                "client_id": one.client_id,
            }
            for one in plan.stored.values()
        },
        "events": [
            {
                "person": shown(event.person),
                "document": document,
                "what": event.what,
                "path": event.path,
                "key": None if event.key is None else event.key.label(),
                "note": shown(event.note),
            }
            for document, event in plan.events
        ],
        "unknown_keys": [
            {
                "key": label,
                "places": [{"document": document, "path": path} for document, path in places],
            }
            for label, places in plan.unknown.values()
        ],
        "unreadable": [
            {"document": one.key, "error": shown(one.error or "")} for one in plan.unreadable
        ],
        "searched": any(person.leaving for person in plan.people),
    }


def report(
    plan: Mapping[str, Any],
    written: Mapping[str, Outcome],
    deployed: Mapping[str, Outcome],
    standing: Mapping[str, str] = _NONE,
    *,
    prove: bool = False,
    check_mode: bool,
) -> dict[str, Any]:
    """What became of a plan.

    :param plan: as C(as_data) made it.
    :param written: what came of each document that was to be written, by its key.
    :param deployed: the same of each host that was to be deployed.
    :param standing: why what is stored is not in effect, or may not be, for hosts that were not to be written.
    :param prove: whether it is a problem where what is stored is not in effect, while somebody has left.
    :returns: C(people) by name with a list of places for each of C(WORDS) and the C(state); C(groups) and
        C(hosts) that changed; C(deploy_required), C(not_in_effect) and C(deployed), hosts;
        C(unknown_keys); C(unreadable);
        C(problems), why the run failed; C(summary), lines for people; C(failed) and C(check_mode).
    """
    documents = plan["documents"]
    people: dict[str, Any] = {
        one["name"]: {"state": one["state"], **{word: [] for word in WORDS}}
        for one in plan["people"]
    }
    for event in plan["events"]:
        what, note = _outcome(event, plan, written)
        place = {**documents[event["document"]], "path": event["path"], "key": event["key"]}
        people[event["person"]][what].append({**place, "note": note})
    changed = [key for key in plan["writes"] if written.get(key, _NOT_TRIED).changed]
    hosts = [key for key in changed if documents[key]["kind"] == HOST]
    told: dict[str, Any] = {
        "check_mode": check_mode,
        "people": people,
        "groups": [documents[key] for key in changed if documents[key]["kind"] == GROUP],
        "hosts": [documents[key] for key in hosts],
        "deployed": [documents[key] for key, came in deployed.items() if came.error is None],
        "deploy_required": [
            documents[key] for key in hosts if deployed.get(key, _NOT_TRIED).error is not None
        ],
        "not_in_effect": [
            {**documents[key], "reason": shown(reason)}
            for key, reason in standing.items()
            if deployed.get(key, _NOT_TRIED).error is not None
        ],
        "unknown_keys": [
            {
                "key": one["key"],
                "places": [
                    {**documents[place["document"]], "path": place["path"]}
                    for place in one["places"]
                ],
            }
            for one in plan["unknown_keys"]
        ],
        "unreadable": [
            {**documents[one["document"]], "error": one["error"]} for one in plan["unreadable"]
        ],
    }
    told["problems"] = list(_problems(told, plan, deployed))
    if prove and plan["searched"]:
        told["problems"] += _unproven(told)
    told["failed"] = bool(told["problems"])
    told["summary"] = list(_summary(told))
    return told


def _outcome(
    event: Mapping[str, Any], plan: Mapping[str, Any], written: Mapping[str, Outcome]
) -> tuple[str, str]:
    """What became of a key at a place, and what there is to say about it."""
    what, note = event["what"], event["note"]
    if what not in (ADDED, CHANGED, REMOVED) or event["document"] not in plan["writes"]:
        return what, note
    came = written.get(event["document"], _NOT_TRIED)
    if came.error is None:
        return what, note
    doubt = "what is stored now is not certain. " if came.changed else ""
    return (REMAINING if what == REMOVED else FAILED), doubt + shown(came.error)


def _problems(
    told: Mapping[str, Any], plan: Mapping[str, Any], deployed: Mapping[str, Outcome]
) -> Iterable[str]:
    for name, person in told["people"].items():
        for word in (FAILED, REMAINING):
            for place in person[word]:
                yield _sentence(name, person, word, place)
    if plan["searched"]:
        for one in told["unreadable"]:
            yield (
                f"{_place(one)} could not be read, so that nobody knows whether keys of leavers and old keys "
                f"stand in it: {one['error']}"
            )
    for key, came in deployed.items():
        if came.error is not None:
            place = _place(plan["documents"][key])
            begun = (
                "was changed, and its" if key in plan["writes"] else "has a stored change, and its"
            )
            yield f"{place} {begun} deployment failed: {shown(came.error)}"


def _unproven(told: Mapping[str, Any]) -> list[str]:
    """Hosts on which a key that is not stored any more may still work."""
    every = [f"{_place(one)}: {one['reason']}" for one in told["not_in_effect"]]
    every += [
        f"{_place(one)}: it was changed, and not deployed." for one in told["deploy_required"]
    ]
    if not every:
        return []
    more = f" And {len(every) - _NAMED} more." if len(every) > _NAMED else ""
    return [
        f"That no key of a leaver works any more is not proven for {len(every)} hosts. "
        + " ".join(every[:_NAMED])
        + more
        + " Deploy them: ssh_access_deploy: true."
    ]


def _sentence(name: str, person: Mapping[str, Any], word: str, place: Mapping[str, Any]) -> str:
    if word == FAILED:
        begun = f"{name} could not be let in at {_place(place)}"
    elif person["state"] == ABSENT:
        begun = f"{name} has left, and still has a key in {place['path']} of {_place(place)}"
    else:
        begun = f"An old key of {name} is still in {place['path']} of {_place(place)}"
    key = f" ({place['key']})" if place["key"] else ""
    return f"{begun}{key}: {place['note']}"


def _summary(told: Mapping[str, Any]) -> Iterable[str]:
    if told["check_mode"]:
        yield "Check mode: nothing was changed, this is what would be done."
    for name, person in told["people"].items():
        leaver = " (left)" if person["state"] == ABSENT else ""
        said = [f"{_SAID[word]} {_places(person[word])}" for word in WORDS if person[word]]
        nowhere = "stored without a key anywhere" if leaver else "no key anywhere"
        yield f"{name}{leaver}: {'; '.join(said) or nowhere}"
    if told["unknown_keys"]:
        keys = told["unknown_keys"]
        yield f"Keys of nobody in the data, left alone: {len(keys)}"
    for one in told["unreadable"]:
        yield f"Could not be read: {_place(one)}"
    if told["not_in_effect"]:
        yield (
            "STORED WITHOUT THE KEYS OF LEAVERS, AND NOT KNOWN TO BE IN EFFECT: "
            + _places(told["not_in_effect"])
        )
    if told["deploy_required"]:
        yield ("NOT IN EFFECT until they are deployed: " + _places(told["deploy_required"]))
    for one in told["groups"]:
        owner = "several clients" if one["client_id"] is None else f"client {one['client_id']}"
        yield (
            f"NOT IN EFFECT until the hosts of {_place(one)} are deployed. Which of the hosts of {owner} these "
            "are, the API does not tell."
        )


def _places(places: Iterable[Mapping[str, Any]]) -> str:
    names = list(dict.fromkeys(_place(place) for place in places))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _place(one: Mapping[str, Any]) -> str:
    return f"{one['kind']} {one['name'] or one['id']}"
