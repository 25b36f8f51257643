# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task says about how configurations are to be understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

from .equality import Equal, comparing
from .errors import PlanError
from .known_keys import TURBOSTACK
from .meaning import Meaning
from .place import Place
from .schema_extension import extended

# As text: ansible-test reads module_utils as a Python would that knows no such unions at run time.
ListPolicy: TypeAlias = "str | Mapping[str, str]"

COMPARISONS = ("platform", "strict")
MERGED, REPLACED, DELETED = "merged", "replaced", "deleted"
STATES = (MERGED, REPLACED, DELETED)
# Whose order domains are in, where the stored ones come in another one than those of the configuration.
STORED, CONFIGURED = "stored", "configured"
DOMAIN_ORDERS = (STORED, CONFIGURED)


@dataclass(frozen=True)
class Policy:
    """How a plan is to be made; built once a task, since it reads all patterns and the schema.

    :ivar lists: path pattern → C(union), C(replace) or C({"by": field}); see C(meaning.py).
    :ivar comparison: C(platform), where values that the platform itself rewrites into one another are
        equal, or C(strict), where they are not.
    :ivar allow_float_versions: whether a float under a key that holds a version is meant.
    :ivar secret_paths: patterns of further places whose content is secret.
    :ivar allow_empty: whether C(replaced) may put an empty configuration over one that is not.
    :ivar create: whether C(merged) may add an entry to a list of named things.
    :ivar domain_order: C(stored), where C(merged) leaves domains in the order that is stored, or C(configured).
    :ivar allow_other_domains: whether C(merged) may give domains to a site that it finds by its name, and that
        serves none of them.
    :ivar schema: what the user says of keys, laid over what is known; see C(schema_extension.py).
    :ivar layers: whether what is merged are parts of a configuration that is in the making.
    :ivar prefix: what the names of these options begin with where the user sets them.
    :ivar meaning: all of that, ready to read documents with.
    :ivar root: the place at which a document begins.
    :raises PlanError: for what of it cannot be understood.
    """

    lists: Mapping[str, ListPolicy] = field(default_factory=dict)
    comparison: str = "platform"
    allow_float_versions: bool = False
    secret_paths: Sequence[str] = ()
    allow_empty: bool = False
    create: bool = True
    domain_order: str = STORED
    allow_other_domains: bool = False
    schema: Mapping[str, Any] = field(default_factory=dict)
    layers: bool = False
    prefix: str = ""
    meaning: Meaning = field(init=False, repr=False, compare=False)
    root: Place = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.comparison not in COMPARISONS:
            raise PlanError(
                f"There is no comparison {self.comparison!r}.",
                f"Choose one of {', '.join(COMPARISONS)}.",
            )
        if self.domain_order not in DOMAIN_ORDERS:
            raise PlanError(
                f"There is no order of domains {self.domain_order!r}.",
                f"Choose one of {', '.join(DOMAIN_ORDERS)}.",
            )
        schema = extended(TURBOSTACK, self.schema)
        meaning = Meaning(schema, self.lists, self.secret_paths)
        object.__setattr__(self, "meaning", meaning)
        object.__setattr__(self, "root", Place.root_of(meaning))

    @property
    def equal(self) -> Equal:
        """The comparison that the policy names."""
        return comparing(self.comparison)

    @cached_property
    def of_layers(self) -> Policy:
        """The same for one part of a configuration over more general ones, of which nothing is stored yet."""
        return replace(
            self, create=True, domain_order=CONFIGURED, allow_other_domains=True, layers=True
        )


#: What holds where a task says nothing.
DEFAULT = Policy()
