# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both sides of the scales: no secret of the texts stays readable, and ordinary lines stay as they are."""

from __future__ import annotations

import pytest
from unit.plugins.module_utils.text.secrets.corpus import MASK, Text, ordinary, texts

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.fingerprint import (
    fingerprint,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.masking import (
    find_secrets,
    redact,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secret_text import (
    redact_text,
    secrets_in,
)

TEXTS = texts() + texts("texts_of_customers.txt")
LINES = [line for lines in ordinary().values() for line in lines]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.title)
def test_of_a_text_its_secrets_are_masked_and_nothing_else(text: Text) -> None:
    assert redact_text(text.plain) == text.masked
    assert redact_text(text.masked) == text.masked
    assert secrets_in(text.plain) == text.secrets


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.title)
def test_no_document_shows_it(text: Text) -> None:
    document = {"files": [{"path": "/etc/x", "content": text.plain}]}
    assert redact(document) == {"files": [{"path": "/etc/x", "content": text.masked}]}
    # Only what is worth censoring wherever it occurs.
    assert find_secrets(document) <= {secret.strip() for secret in text.secrets}


# Each fingerprint costs its reader, and its maker, some time.
@pytest.mark.parametrize("text", TEXTS[::25], ids=lambda text: text.title)
def test_what_a_fingerprint_says_of_the_parts_is_said_without_the_secrets(text: Text) -> None:
    parts = [
        fingerprint({"files": [{"path": "/etc/x", "content": content}]}).split(".")[2:]
        for content in (text.plain, text.masked)
    ]
    assert parts[0] == parts[1]


def test_the_corpora_are_as_large_as_they_are_meant_to_be() -> None:
    assert sum(len(text.secrets) for text in TEXTS) >= 400
    assert len({text.title.partition(":")[0] for text in TEXTS}) >= 25
    assert len(LINES) >= 300


def test_none_of_a_hundred_ordinary_lines_is_masked() -> None:
    masked = {line: redact_text(line) for line in LINES if redact_text(line) != line}
    assert len(masked) <= len(LINES) / 100, masked


@pytest.mark.parametrize("part", ordinary())
def test_lines_that_stand_together_hold_no_more_secrets_than_each_of_them(part: str) -> None:
    lines = ordinary()[part]
    assert redact_text("\n".join(lines)) == "\n".join(map(redact_text, lines))


def test_texts_that_stand_together_show_no_more() -> None:
    together = redact_text("\n\n".join(text.plain for text in TEXTS))
    words = {secret for text in TEXTS for secret in text.secrets if len(secret) >= 12}
    assert not [word for word in words if word in together]
    assert MASK in together
