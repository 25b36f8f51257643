# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for masking any text at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given, strategies as st
from unit.plugins.module_utils.plan.documents import patiently
from unit.plugins.module_utils.text.secrets.corpus import MASK, texts

from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secret_text import (
    redact_text,
    secrets_in,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secrets.assignments import (
    STEMS,
)
from ansible_collections.hosted_power.turbostack.plugins.module_utils.text.secrets.finding import (
    TABLES,
    find,
)

TEXTS = texts() + texts("texts_of_customers.txt")
RULES = [rule for table in TABLES for rule in table]
HINTS = sorted({hint for rule in RULES for hint in rule.hints} | set(STEMS))
SNIPPETS = st.sampled_from(
    [*HINTS, *(line for text in TEXTS for line in text.plain.splitlines())]
) | st.sampled_from(
    [" ", "\n", "\n  ", "\t", "=", " = ", ": ", "=> ", '"', "'", '\\"', "\\", "(", ")", "[", "]", "{", "}", "<", ">",
     "</", ",", ";", "&", "?", "#", "$", "${", "@", "://", "- ", "--", "|", ">-", "*", MASK, "İ", "\0", "x", "1", "abc",
     "password", "-----BEGIN ", "PRIVATE KEY-----", "AAAAB3NzaC1yc2EAAAADAQAB", "identified by "]
)  # fmt: skip
ANY_TEXT = st.lists(SNIPPETS, max_size=8).map("".join) | st.text(max_size=80)


@patiently
@given(ANY_TEXT)
def test_masking_twice_is_masking_once(text: str) -> None:
    assert redact_text(redact_text(text)) == redact_text(text)
    assert secrets_in(redact_text(text)) == []


@patiently
@given(ANY_TEXT)
def test_only_masks_come_in_and_only_secrets_go(text: str) -> None:
    spans = find(text)
    kept = "".join(
        text[start:end]
        for (_end, start), (end, _start) in zip(
            ((0, 0), *spans), (*spans, (len(text), 0)), strict=True
        )
    )
    shown = redact_text(text)
    # What is shown is what was kept, in its order, and masks.
    letters = iter(kept)
    assert all(part in letters for part in shown.replace(MASK, ""))
    assert len(shown) <= len(text) + len(MASK) * len(spans)
    assert secrets_in(text) == [text[start:end] for start, end in spans]
    assert all(end <= start for (_start, end), (start, _end) in pairwise(spans))


@patiently
@given(st.sampled_from(TEXTS), ANY_TEXT, ANY_TEXT)
def test_lines_around_a_text_uncover_nothing(text: object, above: str, below: str) -> None:
    assert isinstance(text, type(TEXTS[0]))
    shown = redact_text(f"{above}\n\n{text.plain}\n\n{below}")
    long_ones = [secret for secret in text.secrets if len(secret) >= 12]
    assert not [secret for secret in long_ones if secret in shown and secret not in above + below]


@patiently
@given(ANY_TEXT)
def test_no_rule_finds_what_no_hint_leads_to(text: str) -> None:
    lowered = text.lower()
    for rule in RULES:
        if list(rule.spans(text)):
            assert any(hint in lowered for hint in rule.hints), rule.name


SIGNS = "!#$%&()*+,-./:;<=>?@[]^_{|}~"
# Where a password of any signs may stand, and the signs that it may not hold there.
PLACES = {
    'password = "%s"': '"',
    "password = '%s' ; since May": "'",
    "password = %s": "#;",
    "[client]\r\nuser = a\r\npassword = %s\r\n": "#;",
    "\tpassword\t=\t%s": "#;",
    "'password' => '%s',": "'",
    '$config["db"]["password"] = "%s";': '"$',
    "define('DB_PASSWORD', '%s');": "'",
    "export DB_PASSWORD='%s'": "'",
    'DB_PASSWORD="%s"\nA=b': '"',
    "DB_PASSWORD=%s\nA=b": "#;",
    "password: '%s'": "'",
    "password: %s": "#:",
    '{"a": 1, "password": "%s", "b": 2}': '"',
    '"{\\"password\\":\\"%s\\"}"': '"',
    "IDENTIFIED BY '%s';": "'",
    "requirepass %s": ",;<>=|&(){}[]",
    "mysqldump --password='%s' shop": "'",
    "mysql -uroot -p'%s' shop": "'",
    "<password>%s</password>": "<>&",
    'SetEnv DB_PASSWORD "%s"': '"',
    "machine a.example login b password %s": "",
    "mysql://shop:%s@db/x": "/?#<>",
    '- "DB_PASSWORD=%s"': '"',
    "connect(user='a', password='%s')": "'",
}


@patiently
@given(
    st.sampled_from(sorted(PLACES)),
    st.from_regex(r"[A-Za-z][0-9]", fullmatch=True),
    st.text(st.sampled_from(f"{SIGNS}{SIGNS}abcXYZ0123"), min_size=3, max_size=16),
    st.from_regex(r"[0-9A-Za-z]", fullmatch=True),
)
def test_a_password_of_any_signs_is_masked(place: str, first: str, signs: str, last: str) -> None:
    signs = "".join(sign for sign in signs if sign not in PLACES[place])
    # What holds a mask is taken for masked.
    assume(MASK not in signs)
    text = place % f"{first}{signs}{last}"
    assert redact_text(text) == place % MASK


# Each would take minutes or more if an expression looked back and forth.
REPEATED = """
a - = ' " * $ |1 a. a: a- _ / { [ < '' "" \\ \\"
-----BEGIN~PRIVATE~KEY----- -----BEGIN~PRIVATE~KEY-----^ -----BEGIN~CERTIFICATE----- PuTTY-User-Key-File-2:
LS0tLS1CRUdJTi MHcCAQEE^ eyJ -eyJ eyJabcdef. sk- AKIA SG.a :// a://b: ://u:p@
password password= password~= password:~ password: {password: password, password~ -password~ --password~
password=$( password~=~$( password:~$( password=' password=" password=\\" password=\\' password='\\a
password:~|^~ password:~[ password:^-~a^ <password> <password>~ <password><![CDATA[ password" password~=>~ password~is~
password; &password= ;password= ,password= "password= ${password:- %{password}~ ('password',~ ,~"password",~"value":~
password=a) password=) password~# password~=~a~b password~=~# token_ secret. passwordPassword pw key
Authorization:~Basic~ authorization bearer~ cookie~sess sess- identified~by~ identified~by~'a\\a identified~by~"\\
mysql~ mysql~- mysql~-p curl~-u~ curl~a: zip~ user~a~ user~ login~a~password~ login~ createUser~a~b~ allow~a:
new~PDO('a',~'b',~ PDO( crypt'~=>~[ <crypt> stats~auth~ a:1:b:c: a:b: [a]:1~a:b a~*~b~ auth= auth:~ credentials:~
"bearer":~{ $6$ {SSHA} *0 x~y=
""".replace("\\\\", "\\").split()


@pytest.mark.parametrize("repeated", REPEATED)
def test_a_long_text_takes_no_longer_than_its_length(repeated: str) -> None:
    part = repeated.replace("~", " ").replace("^", "\n")
    text = part * (50_000 // len(part))
    redact_text(text)
    redact_text(f"password: '{text}")
