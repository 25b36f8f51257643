# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How configuration languages say that a name has a value: a table, which C(assignments) goes through.

The first form that fits a name and finds a value in its place decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .values import is_a_literal, is_a_value, is_a_word_of_a_command, is_no_word, is_said


class Patterns(NamedTuple):
    """The expressions of a form."""

    after: re.Pattern[str]
    before: re.Pattern[str] | None
    names: re.Pattern[str] | None
    value: re.Pattern[str] | None
    item: re.Pattern[str] | None


@dataclass(frozen=True)
class Form:
    """One way of saying a name and its value, in expressions.

    :ivar name: what it is called.
    :ivar example: a text in it, its secret between C(«) and C(»).
    :ivar after: what follows the name. Its groups are the value, but for those whose names begin with C(_).
    :ivar before: what must stand before the name on its line; it ends where the name begins.
    :ivar names: what the name must be, where not any secret name will do.
    :ivar value: the value, for one that follows what C(after) matches.
    :ivar item: each of the values in the group C(_items).
    :ivar holds: whether a text in the value's place is a secret.
    """

    name: str
    example: str
    after: str
    before: str = ""
    names: str = ""
    value: str = ""
    item: str = ""
    holds: Callable[[str], bool] = is_a_value

    @cached_property
    def patterns(self) -> Patterns:
        """Made when a text first asks for them."""
        return Patterns(
            re.compile(self.after),
            re.compile(rf"(?:{self.before})\Z") if self.before else None,
            re.compile(self.names, re.IGNORECASE) if self.names else None,
            re.compile(self.value) if self.value else None,
            re.compile(self.item) if self.item else None,
        )


_BLANKS = r"[ \t]*"
_LINES = r"[ \t]*(?:\r?\n[ \t]*)?"
# The end of a name that stands in quotes, in brackets or in a call: "name", ['name'], env[name], getenv('name').
_CLOSED = r"(?:\\{0,7}[\"'`])?\)?[\]}]?"
# What says that a value follows; Erlang has a comma.
_SIGN = r"(?:=>|:=|=~|={1,3}|!={1,2}|!?~\*?|::?|\?\?=?|\|\||\?:|,(?=[ \t]*<<))"

# A further quote that ends the line shows that one before it, with a letter behind it, belongs to the text.
_DOUBLE = r"\"(?P<double>(?:[^\"\\\n]|\\.|\"(?=\w[^\"\n]*\"[ \t]*(?:\n|\Z)))*)\""
_SINGLE = r"'(?P<single>(?:[^'\\\n]|\\.|''|'(?=\w[^'\n]*'[ \t]*(?:\n|\Z)))*)'"
_BACKTICK = r"`(?P<backtick>[^`\n]*)`"
# In a text that stands in quotes itself; it ends where the same quote comes again.
_ESCAPED = r"(?P<_quote>\\{1,7}[\"'])(?P<escaped>(?:(?!(?P=_quote))[^\n])*)(?P=_quote)"
# Python's and C#'s prefixes, Erlang's brackets, YAML's tags and anchors.
_PREFIX = r"(?:@|[bruf](?=[\"'])|<<|(?:[&!](?!vault)[\w!:/.-]*[ \t]+)+)?"
_QUOTED = rf"{_PREFIX}(?:{_DOUBLE}|{_SINGLE}|{_BACKTICK}|{_ESCAPED})"
_CONTENT = r"(?:\s*<!\[CDATA\[(?P<cdata>[^\]]*(?:\](?!\]>)[^\]]*)*)(?:\]\]>|\Z)|(?P<text>[^<>]+)</)"

# In quotes, or set off as clearly.
_LITERALS = (
    Form(
        "text in quotes",
        "'password' => '«zonnebloem»',",
        after=rf"{_CLOSED}{_LINES}{_SIGN}{_LINES}{_QUOTED}",
        holds=is_a_literal,
    ),
    Form(
        "arguments of a call",
        "define('DB_PASSWORD', '«zonnebloem»');",
        before=r"\([^()\[\]]*[\"'](?:[\w.-]+/)*",
        after=rf"\\*[\"']{_BLANKS},{_LINES}{_QUOTED}",
        holds=is_a_literal,
    ),
    Form(
        "option in a list",
        'command: ["worker", "--db-password", "«zonnebloem»"]',
        before=r"[\"']--?",
        after=rf"\\*[\"']{_BLANKS},{_LINES}{_QUOTED}",
        holds=is_a_literal,
    ),
    Form(
        "directive with a text in quotes",
        'proxy_set_header X-Api-Key "«zonnebloem»";',
        after=rf"[ \t]+{_QUOTED}",
        holds=is_a_literal,
    ),
    Form(
        "function of that name",
        "SET PASSWORD = PASSWORD('«zonnebloem»')",
        names=r"(?:old_?|new_?)?password|(?:set|with|use)\w+",
        after=rf"\({_BLANKS}{_QUOTED}{_BLANKS}\)",
        holds=is_a_literal,
    ),
    Form(
        "element of XML",
        "<password>«zonnebloem»</password>",
        before=r"<(?:[\w-]+:)?",
        after=rf"(?:[ \t][^<>\n]{{0,200}})?(?<!/)>{_CONTENT}",
        holds=is_a_literal,
    ),
    Form(
        "element of XML that an attribute names",
        '<property name="connection.password">«zonnebloem»</property>',
        before=r"<[^<>]*(?:name|key)=\"",
        after=rf"\"[^<>\n]{{0,200}}(?<!/)>{_CONTENT}",
        holds=is_a_literal,
    ),
    Form(
        "setting of .NET",
        '<setting name="SmtpPassword"><value>«zonnebloem»</value></setting>',
        after=rf"\"[^<>\n]{{0,200}}>\s*<value>{_CONTENT}",
        holds=is_a_literal,
    ),
    Form(
        "name and value in braces",
        "env: [{name: DB_PASSWORD, value: «zonnebloem»}]",
        before=r"\{[^{}]*",
        after=rf"[ \t]*,\s*value[ \t]*:[ \t]*(?:{_QUOTED}|(?P<bare>[^\s\"'{{\[|>&*!,}}][^\n,}}\]]*))",
    ),
    Form(
        "name and value that are called so",
        '<env name="DB_PASSWORD" value="«zonnebloem»"/>',
        after=rf"\\*[\"']?\s*,?\s*\\*[\"']?(?i:value|content)\\*[\"']?{_BLANKS}[:=]>?{_BLANKS}"
        rf"(?:{_QUOTED}|(?P<line>[^\s\"'{{\[|>&*!][^\n]*))",
    ),
    Form(
        "PHP's serialised text",
        's:8:"password";s:10:"«zonnebloem»";',
        after=r"\\?\";s:\d+:\\?\"(?P<text>[^\"\\\n]*)",
        holds=is_a_literal,
    ),
    Form(
        "block of YAML",
        "api_token: |\n  «zonnebloem»\n",
        after=r"[\"']?[ \t]*:[ \t]*[|>][+-]?\d?[ \t]*(?:#[^\n]*)?\n(?P<_indent>[ \t]+)(?![ \t]|\$ANSIBLE_VAULT)"
        r"(?P<block>[^\n]*(?:\n(?:(?P=_indent)[^\n]*|[ \t]*(?=\n)))*)",
        holds=is_a_literal,
    ),
)

_LISTS = (
    Form(
        "list in brackets",
        '"tokens": ["«zonnebloem»", "«roos»"]',
        after=rf"{_CLOSED}{_BLANKS}(?:=>|[:=]){_BLANKS}\[(?P<_items>[^\[\]{{}}]*)\](?=[\s,;)}}\]\"']|\Z)",
        item=rf"{_QUOTED}|(?P<bare>[^\s,\"'\[\]][^,\"'\[\]\n]*)",
        holds=is_a_literal,
    ),
    Form(
        "map of nginx",
        'map $http_x_api_key $client {\n    default "";\n    "«zonnebloem»" "shop";\n}',
        before=r"\bmap[ \t]+\"?\$",
        after=r"\"?[ \t]+\$\w+[ \t]*\{(?P<_items>[^{}]*)\}",
        item=rf"\n[ \t]*(?!default\b|include\b|hostnames\b|[\"']?~)(?:{_QUOTED}|(?P<bare>[^\s\"';]+))(?=[ \t]+\S)",
        holds=is_a_literal,
    ),
    Form(
        "users and passwords for chpasswd",
        "chpasswd:\n  list: |\n    root:«zonnebloem»\n    an:«roos»",
        names="chpasswd",
        after=r"(?::\s*\n[ \t]*list:[ \t]*\|?|[ \t]*<<-?[ \t]*[\"']?\w+[\"']?)[ \t]*"
        r"(?P<_items>(?:\n[ \t]*(?:-[ \t]+)?[\"']?[^\s:\"']+:[^\s:][^\n]*)+)",
        item=r"\n[ \t]*(?:-[ \t]+)?[\"']?[^\s:\"']+:(?P<bare>[^\n\"']+)",
    ),
    Form(
        "list of YAML",
        "tokens:\n  - «zonnebloem»\n  - '«roos»'\n",
        after=r"[\"']?[ \t]*:[ \t]*(?P<_items>(?:\n[ \t]*-[ \t]+[^\n:{\[]+)+)(?=\n|\Z)",
        item=rf"\n[ \t]*-[ \t]+(?:{_QUOTED}|(?P<bare>[^\s\"'][^\n]*))",
        holds=is_a_literal,
    ),
)

# Without quotes. How far a value goes is told by what stands before its name.
_EQUALS = r"(?:=>(?![ \t]*[\[({])|[:?+.]?={1,3}(?!>)|!={1,2}|!?~\*?)"
_TIGHT = rf"{_CLOSED}(?:{_EQUALS}{_BLANKS}|[ \t]+{_EQUALS})(?=[^\s=>\"'`])"
_SPACED = rf"{_CLOSED}[ \t]+{_EQUALS}[ \t]+(?=[^\s\"'`])"
_OPEN_COLON = r"[ \t]*::?[ \t]*(?=[^\s:/\"'`|>{\[&*!\\]|[/\\][^/\\\s\"']|[&!](?!vault))(?:[&!][\w!:/.-]*[ \t]+)*"
_COLON = r"\\{0,7}[\"']?" + _OPEN_COLON
# Nothing but marks, and a word of the language, stands before a name that begins its line.
_BEGINS_LINE = (
    r"\A[\s\-#;/*{(\[\"'<?$,.:%@\\]*"
    r"(?:(?:export|ENV|ARG|env|set|my|local|const|let|var|declare|typeset)[ \t]+(?:-\w+[ \t]+)*[$%@]?)?"
)
_IN_BRACES = r"(?<!\$)\{[^{}]*"
# Up to three words, none of a sentence.
_DIRECTIVE = (
    r"\A[ \t#;]*(?:(?!(?i:the|your|a|this|that|of|to|for|with|is|are|not?|in|on|and|or|from)[ \t])"
    r"[\w:.@*/-]+[ \t]+){0,3}[$\"']?"
)

# A word, which ends where the value of a query, of an option or of a list ends.
_WORD = r"[^\s\"'`;&<>]+"
# A comment begins with a blank before it, if it does not begin the value.
_TO_COMMENT = r"(?:[^\s#;]|[#;](?=\S))(?:[^\n#;]|(?<![ \t])[#;])*"
_TO_NEXT_SETTING = (
    r"(?:[^\s#;]|[#;](?=\S))(?:(?!(?<![ \t])[ \t]+[\w.-]+[ \t]*=(?!=))[^\n#;]|(?<![ \t])[#;])*"
)
# Alone, these are as often words of a sentence as names.
_PLAIN = (
    r"(?:pass(?:words?|wd|phrases?)?|pwd|pw|secrets?|tokens?|geheim|wachtwoord|passwort|kennwort|salt|creds"
    r"|basicauth)"
)
_NO_PLAIN = rf"(?!{_PLAIN}\Z).*"
_ALONE = r"[ \t]+(?P<text>[^\s\"'`;,=<>|&(){}\[\]][^\s\"'`;,<>]*);?[ \t]*(?=\n|\r|\Z)"

_BARE = (
    Form(
        "default of a variable",
        "${DB_PASSWORD:-«zonnebloem»}",
        before=r"\$\{",
        after=r":?[-=+]",
        value=r"[^}\n]+",
    ),
    Form(
        "setting on a line of its own",
        "password = «zonnebloem»",
        before=_BEGINS_LINE,
        after=_SPACED,
        value=_TO_NEXT_SETTING,
    ),
    Form(
        "setting in double quotes",
        '- "DB_PASSWORD=«met een spatie»"',
        before=r"\"",
        after=_TIGHT,
        value=r"[^\"\n]+",
    ),
    Form(
        "setting in single quotes",
        "putenv('DB_PASSWORD=«met een spatie»');",
        before="'",
        after=_TIGHT,
        value=r"[^'\n]+",
    ),
    Form(
        "part of a query",
        "https://example.com/?page=2&api_key=«zonnebloem»&lang=nl",
        before="[?&]",
        after=_TIGHT,
        value=r"[^\s\"'`&;<>#]+",
    ),
    Form(
        "part of a connection string",
        "Server=db;Password=«een zonnebloem»;Encrypt=true",
        before=";",
        after=_TIGHT,
        value=r"[^;\"'\n]+",
    ),
    Form(
        "part of a list",
        "user=shop,password=«een zonnebloem»,port=3306",
        before=",",
        after=_TIGHT,
        value=r"[^,}\]\n\"']+",
    ),
    Form(
        "variable of an environment",
        "export DB_PASSWORD=«a;b\"c'd»",
        before=_BEGINS_LINE,
        after=_TIGHT,
        value=r"\S+",
    ),
    Form(
        "setting among others",
        "mysqldump --password=«zonnebloem» shop",
        after=rf"(?:{_TIGHT}|{_SPACED})",
        value=_WORD,
    ),
    Form(
        "header in double quotes",
        'curl -H "X-Auth-Token: «een zonnebloem»" https://example.com/',
        before=r"\"",
        after=_OPEN_COLON,
        value=r"[^\"\n]+",
        holds=is_said,
    ),
    Form(
        "header in single quotes",
        "curl -H 'X-Auth-Token: «een zonnebloem»' https://example.com/",
        before="'",
        after=_OPEN_COLON,
        value=r"[^'\n]+",
        holds=is_said,
    ),
    Form(
        "entry in braces",
        "db: {user: shop, password: «zonnebloem», port: 3306}",
        before=_IN_BRACES,
        after=_COLON,
        value=r"[^,}\]\n\"']+",
        holds=is_said,
    ),
    Form(
        "entry on a line of its own",
        "password: «een lange zonnebloem» # since May",
        before=_BEGINS_LINE,
        after=_COLON,
        value=_TO_COMMENT,
        holds=is_said,
    ),
    Form(
        "entry without a blank",
        "SetCredential=db_password:«zonnebloem»",
        names=_NO_PLAIN,
        after=r"::?(?=[^\s:/\"'`|>{\[&*!?])",
        value=_TO_COMMENT,
        holds=is_said,
    ),
    Form(
        "told after a colon",
        "no login with password: «zonnebloem26» today",
        after=_COLON,
        value=_WORD,
        holds=is_no_word,
    ),
    Form(
        "condition of Apache",
        "RewriteCond %{HTTP:X-Deploy-Token} !^«zonnebloem»$",
        before=r"%\{[\w:-]*",
        after=r"\}[ \t]+!?=?\^?(?P<text>[^\s^$()\[\]*?\\]+)\$?(?=\s|\Z)",
    ),
    Form(
        "option of a command",
        "mysql --user root --password «zonnebloem» shop",
        before="-",
        names=r"(?!.*[_-]id\Z).*",
        after=r"[ \t]+(?P<text>[^\s\"'`;,=<>|&()-][^\s\"'`;,<>|&()]*)",
        holds=is_a_word_of_a_command,
    ),
    Form(
        "option with a command's output",
        "wg set wg0 private-key <(echo «zonnebloem»)",
        after=r"[ \t]+<\([ \t]*(?:echo|printf)[ \t]+[\"']?(?P<text>[^\s)\"']+)",
    ),
    Form(
        "told after is",
        "the token is «zonnebloem26» for now",
        after=r"[ \t]is[ \t](?P<text>[^\s\"'&;,<>]+)",
        holds=is_no_word,
    ),
    Form(
        "directive",
        "fastcgi_param DB_PASSWORD «zonnebloem»;",
        before=_DIRECTIVE,
        names=_NO_PLAIN,
        after=_ALONE,
    ),
    Form(
        "directive of one word",
        "password «zonnebloem26»",
        before=_DIRECTIVE,
        after=_ALONE,
        holds=is_no_word,
    ),
)

FORMS = _LITERALS + _LISTS + _BARE
