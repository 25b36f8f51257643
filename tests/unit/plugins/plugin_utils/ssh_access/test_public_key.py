# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines of authorized_keys: read as sshd reads them, and checked before they are stored."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, strategies as st

from ansible_collections.hosted_power.turbostack.plugins.module_utils.document.errors import (
    PlanError,
)
from ansible_collections.hosted_power.turbostack.plugins.plugin_utils.ssh_access.public_key import (
    stored_key,
    wanted_key,
)


def blob(*fields: bytes) -> str:
    return base64.b64encode(b"".join(len(f).to_bytes(4, "big") + f for f in fields)).decode()


ED25519 = blob(b"ssh-ed25519", bytes(range(32)))
RSA = blob(b"ssh-rsa", b"\1\0\1", bytes(256))
ECDSA = blob(b"ecdsa-sha2-nistp256", b"nistp256", bytes(65))
QUOTED = 'command="echo \\"ssh-rsa AAAAB a\\" b",no-pty'
SK = blob(b"sk-ssh-ed25519@openssh.com", bytes(32), b"ssh:")


@pytest.mark.parametrize(
    ("line", "options", "comment"),
    [
        (f"ssh-ed25519 {ED25519}", "", ""),
        (f"  ssh-rsa\t{RSA}  an@agency.example on her laptop \n", "", "an@agency.example on her laptop"),
        (f"ecdsa-sha2-nistp256 {ECDSA} é", "", "é"),
        (f"sk-ssh-ed25519@openssh.com {SK} token", "", "token"),
        (f"{QUOTED} ssh-rsa {RSA} r", QUOTED, "r"),
        (f'from="10.0.0.0/8,::1" ssh-ed25519 {ED25519}', 'from="10.0.0.0/8,::1"', ""),
    ],
)  # fmt: skip
def test_a_line_is_read_as_sshd_reads_it(line: str, options: str, comment: str) -> None:
    for key in (stored_key(line), wanted_key(line, "It")):
        assert key is not None
        assert (key.options, key.comment, key.disabled) == (options, comment, False)
        assert key.line() == line.strip()
        assert key.material.startswith("AAAA")


def test_what_tells_keys_apart_is_their_material() -> None:
    one, other = (
        stored_key(f"ssh-ed25519 {ED25519} a"),
        stored_key(f"no-pty ssh-ed25519 {ED25519} b"),
    )
    assert one is not None
    assert other is not None
    assert one.identity == other.identity
    assert one.line("no-pty") == f"no-pty ssh-ed25519 {ED25519} a"
    # Padding means nothing.
    padded, bare = stored_key(f"ssh-rsa {RSA}"), stored_key(f"ssh-rsa {RSA.rstrip('=')}")
    assert padded is not None
    assert bare is not None
    assert RSA.endswith("=")
    assert padded.identity == bare.identity


@pytest.mark.parametrize(
    "text",
    ["", "x", "{{ office_keys }}", f"{ED25519}", "ssh-ed25519", f'"open ssh-ed25519 {ED25519}',
     f"ssh-ed25519 {ED25519} a\nssh-ed25519 {ED25519} b", f"ssh-md5 {ED25519}"],
)  # fmt: skip
def test_what_is_no_key_is_none(text: str) -> None:
    assert stored_key(text) is None


def test_a_commented_line_grants_nothing() -> None:
    key = stored_key(f"# no-pty ssh-ed25519 {ED25519} a")
    assert key is not None
    assert (key.disabled, key.lets_in, key.options) == (True, False, "no-pty")


@pytest.mark.parametrize(
    ("options", "lets_in"),
    [("", True), ("no-agent-forwarding", True), ('command="x"', False), ('no-pty,Command="x y"', False),
     ('from="command=x"', True)],
)  # fmt: skip
def test_a_key_that_is_tied_to_a_command_lets_nobody_in(options: str, lets_in: bool) -> None:
    key = stored_key(f"{options} ssh-ed25519 {ED25519}")
    assert key is not None
    assert key.lets_in is lets_in


PRIVATE = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "not a text"),
        ("", "not a text"),
        (7, "not a text"),
        (PRIVATE, "is a private key"),
        ("b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ", "is a private key"),
        ("PuTTY-User-Key-File-3: ssh-ed25519", "is a private key"),
        (f"ssh-ed25519 {ED25519} a\nssh-ed25519 {ED25519} b", "one line"),
        (f"ssh-ed25519 {ED25519} a\x1b[2J", "one line"),
        (f"ssh-ed25519 {ED25519} {{{{ lookup('pipe', 'id') }}}}", "Jinja"),
        (f"# ssh-ed25519 {ED25519}", "commented out"),
        ("hunter2-hunter2", "not a public key"),
        (f"ssh-ed25519 {ED25519[:-4]}", "wrong length"),
        (f"ssh-ed25519 {ED25519[:-3]}", "not base64"),
        (f"ssh-rsa {ED25519}", "not that of a key of the type ssh-rsa"),
        (f"ssh-rsa {RSA[:-8]}", "missing"),
        ("ssh-ed25519 AAAA", "not a public key"),
    ],
)
def test_what_is_wrong_is_told_and_never_shown(text: object, said: str) -> None:
    with pytest.raises(PlanError, match=said) as refused:
        wanted_key(text, "Key 2 of An")
    told = str(refused.value)
    assert told.startswith("Key 2 of An ")
    for word in str(text).split():
        assert len(word) < 12 or word not in told


@given(st.integers(0, len(RSA) - 1), st.sampled_from([ED25519, RSA, ECDSA, SK]))
def test_a_key_that_was_cut_off_is_refused(length: int, material: str) -> None:
    kinds = {
        ED25519: "ssh-ed25519",
        RSA: "ssh-rsa",
        ECDSA: "ecdsa-sha2-nistp256",
        SK: "sk-ssh-ed25519@openssh.com",
    }
    cut = material.rstrip("=")[: min(length, len(material.rstrip("=")) - 1)]
    with pytest.raises(PlanError):
        wanted_key(f"{kinds[material]} {cut} comment", "It")


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    key = stored_key(text)
    assert key is None or key.material in text
    with pytest.raises(PlanError, match=r"^It "):
        wanted_key(text, "It")
