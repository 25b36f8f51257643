# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gives the same result each time it is given the same input.

Two hosts may share the result of an expression only when everything the expression calls is on one of these
lists. What is not on them (lookups, `now`, `random`, `password_hash`, filters of collections, and whatever
a later ansible-core brings) is evaluated for each host.
"""

from __future__ import annotations

from typing import Any

from ansible.plugins.loader import filter_loader, test_loader

FILTERS_BY_NAME_OF_FILTER = frozenset({"map"})
"""Filters whose first argument names another filter."""

FILTERS_BY_NAME_OF_TEST = frozenset({"select", "reject"})
"""Filters whose first argument names a test."""

FILTERS_BY_ATTRIBUTE_AND_TEST = frozenset({"selectattr", "rejectattr"})
"""Filters whose second argument names a test."""

FILTERS = frozenset(
    # Jinja's own.
    "abs attr batch capitalize center count d default dictsort filesizeformat first float format groupby"
    " indent int items join last length list lower max min pprint replace reverse round slice sort string"
    " striptags sum title tojson trim truncate unique upper urlencode wordcount wordwrap"
    # Ansible's.
    " b64decode b64encode basename bool checksum combinations combine comment dict2items difference dirname"
    " extract flatten from_json from_yaml hash human_readable human_to_bytes intersect items2dict log"
    " mandatory md5 path_join permutations pow product quote regex_escape regex_findall regex_replace"
    " regex_search rekey_on_member root sha1 split splitext subelements symmetric_difference ternary"
    " to_datetime to_json to_nice_json to_nice_yaml to_uuid to_yaml type_debug union urldecode urlsplit"
    " win_basename win_dirname win_splitdrive zip zip_longest".split()
) | (FILTERS_BY_NAME_OF_FILTER | FILTERS_BY_NAME_OF_TEST | FILTERS_BY_ATTRIBUTE_AND_TEST)
"""Filters of Jinja and of ansible.builtin that look at nothing but their input."""

PLAIN_FILTERS = frozenset(
    "abs bool capitalize count d default first float int join last length list lower mandatory regex_replace"
    " regex_search replace reverse round sort split string ternary title trim unique upper".split()
)
"""Filters that neither put what they are given into a container nor write it with `repr`."""

TESTS = frozenset(
    # Jinja's own. `sameas` asks for identity, which sharing changes.
    "!= < <= == > >= boolean callable defined divisibleby eq equalto even false float ge gt greaterthan in"
    " integer iterable le lessthan lower lt mapping ne none number odd sequence string true undefined upper"
    # Ansible's.
    " abs all any contains falsy is_abs isnan issubset issuperset match nan regex search subset superset truthy"
    " uri url urn version version_compare".split()
)
"""Tests of Jinja and of ansible.builtin that look at nothing but their input."""

METHODS = frozenset(
    "capitalize casefold center count endswith expandtabs find get index isalnum isalpha isascii isdecimal"
    " isdigit isidentifier islower isnumeric isspace istitle isupper items join keys ljust lower lstrip"
    " partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines"
    " startswith strip swapcase title upper values zfill".split()
)
"""Methods of strings, lists and dictionaries that change nothing and look at nothing else."""

FUNCTIONS = frozenset({"dict", "range"})
"""Jinja's global functions that may be called."""

OPAQUE_NAMES = frozenset(
    "caller context cycler environment groups hostvars joiner kwargs lipsum lookup loop namespace now omit"
    " q query self super template undef varargs vars".split()
)
"""Names that stand for more than one variable's value, or that Ansible treats specially."""


def is_builtin_filter(name: str) -> bool:
    """Tell whether a filter's name means Jinja's or ansible.builtin's filter of that name.

    A playbook's folder `filter_plugins` may define a filter of the same name, which then takes its place.
    """
    return _is_builtin(filter_loader, name)


def is_builtin_test(name: str) -> bool:
    """Tell whether a test's name means Jinja's or ansible.builtin's test of that name."""
    return _is_builtin(test_loader, name)


def _is_builtin(loader: Any, name: str) -> bool:
    try:
        plugin = loader.get(name)
    except Exception:  # the loaders of different versions say "not found" with different exceptions
        plugin = None
    if plugin is None:
        # None of Ansible's, so Jinja's own, which nobody else can define.
        return True
    return str(getattr(plugin, "ansible_name", "")).startswith("ansible.builtin.")
