# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Private keys: as text, as text in base64, and bare."""

from __future__ import annotations

from .rule import rule

# What a block is called between its dashes: RSA PRIVATE KEY, OpenVPN Static key V1. Spaces may have been
# encoded for a URL.
_GAP = r"(?:[ +]|%20)"
_PRIVATE = rf"(?:[A-Z0-9]+{_GAP}){{0,4}}PRIVATE{_GAP}KEY(?:{_GAP}BLOCK)?"
_OPENVPN = r"OpenVPN (?:Static key|tls-crypt-v2 \w+ key)[ \w]{0,10}"
_BASE64 = r"[A-Za-z0-9+/]"
# The rest of a line of it, and further lines; what is in one line may hold its ends of lines as \n.
_BASE64_LINES = (
    rf"{_BASE64}*(?:(?:\\[rn]|[ \t\r\n])+(?={_BASE64}{{12}}|{_BASE64}{{1,12}}=){_BASE64}+)*={{0,2}}"
)


def _up_to(end: str) -> str:
    """All to the end of a block, which begins with a further dash; a block that was cut off ends with the text."""
    return rf"[^-]*(?:-(?!{end})[^-]*)*(?:-{end}|\Z)"


BLOCKS = (
    rule(
        "PEM",
        "«-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----»\n",
        rf"-----BEGIN{_GAP}{_PRIVATE}-----" + _up_to(rf"----END{_GAP}{_PRIVATE}-----"),
        "private key-----", "private key block-----", "private+key", "private%20key",
    ),
    rule(
        "OpenVPN",
        "«-----BEGIN OpenVPN Static key V1-----\n6acef03f\n-----END OpenVPN Static key V1-----»\n",
        rf"-----BEGIN {_OPENVPN}-----" + _up_to(rf"----END {_OPENVPN}-----"),
        "begin openvpn",
    ),
    rule(
        "ssh.com",
        "«---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/5\n---- END SSH2 ENCRYPTED PRIVATE KEY ----»\n",
        r"---- BEGIN SSH2 (?:ENCRYPTED )?PRIVATE KEY ----"
        + _up_to(r"--- END SSH2 (?:ENCRYPTED )?PRIVATE KEY ----"),
        "begin ssh2",
    ),
    rule(
        "PuTTY",
        "«PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA\nPrivate-MAC: 8e1b3c»\n",
        r"PuTTY-User-Key-File-\d:(?s:.*?)(?:Private-(?:MAC|Hash):[^\n]*|\Z)",
        "putty-user-key",
    ),
)  # fmt: skip

PRIVATE_KEYS = (
    rule(
        "PEM in base64",
        "tls.key: «LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlC»",
        # "-----BEGIN ", and within the first line " PRIVATE KEY" after any number of other letters.
        rf"LS0tLS1CRUdJTi(?=.{{0,40}}(?:UFJJVkFURSBLRV|BSSVZBVEUgS0VZ|QUklWQVRFIEtFW)){_BASE64_LINES}",
        "ls0tls1crudjti",
    ),
    rule(
        "private key without its frame",
        "dkim = «MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7»",
        r"(?<![A-Za-z0-9+/])(?:"
        r"MI[A-Za-z0-9+/]{2,6}I(?:BADANBgkqhki|BAAK[BC])|MHcCAQEE|MI(?:G|H)[A-Za-z0-9]AgEAM[AB]"
        rf"|MC[0-9A-Za-z]CAQAwBQYDK2V|b3BlbnNzaC1rZXktdjE){_BASE64_LINES}",
        "ibadanbgkqhki", "ibaak", "mhccaqee", "ageam", "caqawbqydk2v", "b3blbnnzac1rzxktdje",
    ),
    rule(
        "PGP, bare",
        "«AGE-SECRET-KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGP»",
        r"AGE-SECRET-KEY-1[A-Z0-9]{40,}",
        "age-secret-key-1",
    ),
    rule(
        "JSON Web Key",
        '{"kty": "OKP", "crv": "Ed25519", "d": "«nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A»"}',
        r'"(?:d|p|q|dp|dq|qi|k)"\s{0,9}:\s{0,9}"([A-Za-z0-9_-]{20,})"',
        '"kty"',
    ),
)  # fmt: skip
