# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether what stands in a secret's place is one: references, placeholders and ordinary words are not."""

from __future__ import annotations

import re
from functools import cache

from .names import is_secret_name

# Stands for a secret in what is shown.
MASK = "********"

_FOLDERS = r"(?:etc|var|run|home|root|usr|opt|srv|tmp|dev|mnt|media|data|app|proc|sys|bin|secrets|certs|vault)"
_ENDINGS = (
    r"(?:pem|key|crt|cer|p12|pfx|jks|txt|json|ya?ml|conf|cnf|ini|env|pass|htpasswd|js|php|py|sh)"
)

# Each is a value that names a secret, which stands elsewhere, or holds its place. They are exact, since passwords
# are made of the same signs.
_REFERENCES = (
    r"\$\([\w./~-][^()]*\)|`[^`]+`",  # the output of a command
    r"\$\{[A-Za-z_][^{}]*\}|\$\$?(?:[A-Z_][A-Z0-9_]*|[a-z_]+)|\$\{\{.*\}\}|\$\d",  # shell, compose, workflows, groups
    r"\{\{.*\}\}[\w.:/-]*|\{%.*%\}|<%.*%>|<\?(?:php|=).*",  # templates
    r"<[\w .:/-]*>|\[[A-Z_ ]+\]|@[A-Za-z_.]+@|__\w+__|\{(?:\d*|[a-z_]+|[A-Z_]+)\}",  # placeholders
    r"%[A-Za-z_]+%|%env\(.+\)%|%\w+(?:\.\w+)+%[\w./-]*|%\(\w+\)s|%\{[\w:.-]+\}|%s",  # Windows, Symfony, Python, Apache
    r"!vault\b.*|\$ANSIBLE_VAULT;.*|ENC\[.+\]|vault:[\w/.#-]+",
    r"(?:file|exec|env|cmd|op|secretsmanager|ssm|hash|ldap):[\w/.~-]+",
    r"(?:cat|head|gpg|pass|op|vault|aws|secret-tool|systemd-ask-password|systemd-creds)[ \t].*",  # a command
    r"[Xx](?:-[A-Z][a-z]+)+",  # the name of a header
    r"\?|:[a-z_]+",  # of a prepared statement
    rf"(?:~|\.{{1,2}})/[\w./@+-]*|/{_FOLDERS}(?:/[\w./@+%{{}}$-]*)?|[\w./~-]+/[\w.-]+\.{_ENDINGS}|[\w-]+\.{_ENDINGS}",
    r"(?:required|nullable|sometimes|string|confirmed)\|.*",  # rules for a form
    r"\*+|[xX]{3,}|~|\.{3,}|…|[-_=]+|[\^(\[{][.*+?^()\[\]{}$\\|/-]*\$?",  # masks, and no value at all
)
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_MEMBERS = rf"(?:\.{_NAME}|\[[\w\"']*\]?)+"
# What is taken where a variable is not set; it is looked at by itself.
_OR_ELSE = r"[ \t]*(?:(?:\?:|\?\?|\|\|)[ \t]*[\"'`\w].*)?[)\];,.]*"
# Each is a value only where it stands in quotes. Without them it may have been cut off where a quote begins.
_CODE = (
    r"\$\([A-Za-z_/][\w./-]*|\$\{[A-Z_][A-Z0-9_]*(?:[:?].*)?|\$\{\{|\{\{[-\s\w.]*|<%[=-]?",
    rf"\$(?:[a-z][A-Za-z_]*|_[A-Z]+)-?(?:(?:->|::){_NAME}|\[[$\w\"']*\]?)*(?:\((?:[^()]*\))?)?{_OR_ELSE}",  # a variable
    rf"(?:new )?[A-Za-z_]{{2}}\w*(?:(?:\.|::|->|\\){_NAME})*\((?:[\w\s,.$>()\[\]:/'\"%-]*\){_OR_ELSE})?",  # a call
    rf"(?:process\.env|os\.environ|ENV|secrets|vars?|local|data|module|config|settings){_MEMBERS}{_OR_ELSE}",
    r"(?:ConvertTo|Get|Import|New|Read)-[A-Z][A-Za-z]+(?:[ \t].*)?",  # a command of PowerShell
    rf"(?:this|self|request|req|input|params|args|opts|options)(?:\.|->|\[){_NAME}[\w.\[\]>()-]*{_OR_ELSE}",
)
# Where it is the name of a secret.
_CONSTANT = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
# In lower case.
_WORDS = frozenset(
    """
    null nil none undefined empty unset true false yes no on off 0 1 default enabled disabled optional required
    ask prompt string str text char varchar int integer boolean bool bytes blob object array number any mixed self
    users redacted hidden
    masked missing invalid expired rejected revoked changed unchanged authentication
    authenticate read write confirmed nullable
    """.split()
)

# What a sentence about a secret begins with: "password: must be given".
_OPENING = frozenset(
    """
    see set use using must may can cannot could should is are was has have had does do did not no for required expected
    given please ask invalid missing wrong unknown moet zie muss siehe doit
    """.split()
)
# What a sentence goes on with.
_SENTENCE = _OPENING | frozenset(
    """
    a an the were be been to of from in on at by with without and or if this that your you it its as field
    de het een van zijn voor met geen der die das ist le la les est pour avec
    """.split()
)
_NO_WORD = re.compile(r"(?=.{0,60}[0-9]|.{20})\S{4,}", re.DOTALL)


@cache
def _any_of(expressions: tuple[str, ...]) -> re.Pattern[str]:
    """Made when a value is first asked about; few texts have one."""
    return re.compile("|".join(f"(?:{each})" for each in expressions), re.DOTALL)


def is_a_value(text: str) -> bool:
    """Whether a text in a secret's place may be one, where code and references may stand there too."""
    if not _is_there(text) or _any_of(_CODE).fullmatch(text):
        return False
    return not (_CONSTANT.fullmatch(text) and is_secret_name(text))


def is_a_literal(text: str) -> bool:
    """Whether a text in quotes, in a secret's place, may be one."""
    # What a server says about a field begins with a capital.
    return _is_there(text) and not (text[0].isupper() and is_sentence(text))


def _is_there(text: str) -> bool:
    """Whether a text neither says nothing, nor refers to a secret, nor masks it."""
    if not text.strip() or MASK in text or text.lower() in _WORDS:
        return False
    return not _any_of(_REFERENCES).fullmatch(text)


def is_no_word(text: str) -> bool:
    """Whether a text is not an ordinary word: one with a digit in it, or longer than words are."""
    return _NO_WORD.match(text) is not None and is_a_value(text)


def is_sentence(text: str) -> bool:
    """Whether several words say something about a secret, rather than being a passphrase."""
    words = text.lower().split()
    if len(words) < 2:
        return False
    if text[0].isupper() and text.endswith((".", "!", "?")):
        return any(word.strip(".,:;!?()") in _SENTENCE for word in words)
    return words[0] in _OPENING


def is_said(text: str) -> bool:
    """Whether a text behind a colon may be a secret: it is no sentence."""
    return is_a_value(text) and not is_sentence(text)


def is_a_word_of_a_command(text: str) -> bool:
    """Whether a word behind an option may be its value, rather than going on with a sentence."""
    return is_a_value(text) and text.lower() not in _SENTENCE
