# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The git work tree around a folder: what of given files is not committed, committing just them, and earlier states.

Nothing here touches another path, another branch or a remote; C(git_push) does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence

from ..client.errors import SettingsError, TurboStackError
from ..document.masking import redact_text
from ..text.escaping import escape
from .text_file import decoded

NEW, CHANGED, REMOVED = "new", "changed", "removed"

_AUTHOR = re.compile(r"(?P<name>[^<>\n]*[^<>\s]) *<(?P<mail>[^<>\s]+)>")
_NO_REPOSITORY = "not a git repository"
_ELSEWHERE = "GIT_"
_OURS = ("TURBOSTACK_", "TSTOKEN")
_IDENTITY = "Name an author with commit_author, or set user.name and user.email of git."
# What git says, and what there is to do.
_OWNER = (
    "The folder belongs to somebody else than who runs Ansible, and git does not work with it. Give it to that user "
    "(chown -R), or name it to git as safe.directory, in the settings of that user or of the machine."
)
# What git says, and what there is to do.
_HINTS = (
    ("Please tell me who you are", _IDENTITY),
    ("empty ident", _IDENTITY),
    ("dubious ownership", _OWNER),
)
_KEPT = ("GIT_AUTHOR_", "GIT_COMMITTER_", "GIT_CONFIG", "GIT_SSH", "GIT_SSL", "GIT_EXEC_PATH")


class GitError(TurboStackError):
    """What git refused to do, in its own words."""

    kind = "git"


class WorkTree:
    """A folder in a work tree.

    Paths count from the folder, with slashes, and hold nothing that git would take for a pattern.

    :param author: C(Name <address>) of who writes and commits; what git is set up with where it is None.
    """

    def __init__(self, folder: str, author: str | None = None) -> None:
        self._folder = folder
        self._variables: Mapping[str, str] = _identity(author)

    @classmethod
    def around(cls, folder: str, author: str | None = None) -> WorkTree | None:
        """The work tree in which the folder lies, or will lie once it is made; None where there is none.

        :raises GitError: where that cannot be told.
        :raises SettingsError: for an author that is none.
        """
        existing = _existing(folder)
        tree = cls(folder, author)
        if shutil.which("git") is None:
            if _has_repository(existing):
                raise GitError(
                    f"{folder} lies in a git work tree, and there is no git to commit with.",
                    "Install git, or do without the commit.",
                )
            return None
        ended = tree.run(["rev-parse", "--is-inside-work-tree"])
        if ended.returncode == 0:
            return tree if ended.stdout.strip() == b"true" else None
        if _NO_REPOSITORY in text_of(ended.stderr):
            return None
        raise refusal("rev-parse", ended)

    def uncommitted(self) -> dict[str, str]:
        """What in the folder is not as it was committed last: path → C(new), C(changed) or C(removed)."""
        if not os.path.isdir(self._folder):
            return {}
        said = self.git(
            *("--no-optional-locks", "status", "--porcelain=v1", "-z", "--no-renames"),
            *("--untracked-files=all", "--", "."),
        )
        # Status counts its paths from the top of the work tree.
        prefix = text_of(self.git("rev-parse", "--show-prefix")).rstrip("\n")
        found = {}
        for line in filter(None, map(text_of, said.split(b"\0"))):
            code, path = line[:2], line[3:].removeprefix(prefix)
            if "D" in code and not os.path.lexists(os.path.join(self._folder, path)):
                found[path] = REMOVED
            else:
                found[path] = NEW if code[0] in "?A" else CHANGED
        return found

    def ignored(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths that git is told to ignore and does not know yet; sorted."""
        every = sorted(paths)
        if not every or not os.path.isdir(self._folder):
            return []
        ended = self.run(["check-ignore", "-z", "--stdin"], "\0".join(every))
        if ended.returncode not in (0, 1):
            raise refusal("check-ignore", ended)
        return sorted(text_of(line) for line in ended.stdout.split(b"\0") if line)

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit these paths as they are on the disk, and nothing else that is staged; the commit's id.

        :raises GitError: where git refuses (no author, a hook, a merge that is under way).
        """
        listed = "\0".join(paths)
        from_input = ("--pathspec-from-file=-", "--pathspec-file-nul")
        # New files have to be known before a commit can be limited to them.
        self.git("add", "--all", *from_input, given=listed)
        self.git("commit", "--quiet", "--only", f"--message={message}", *from_input, given=listed)
        return text_of(self.git("rev-parse", "HEAD")).strip()

    def texts_at(self, revision: str) -> dict[str, str]:
        """The text of every file below the folder as of a revision.

        :raises GitError: where there is no such revision.
        """
        ended = self.run(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
        )
        if ended.returncode != 0:
            if ended.stderr.strip():
                raise refusal("rev-parse", ended)
            raise GitError(
                f"There is no revision {escape(revision)} in the git work tree of {self._folder}.",
                "git log --oneline shows those that there are.",
            )
        commit = text_of(ended.stdout).strip()
        listed = self.git("ls-tree", "-r", "-z", commit)
        blobs: dict[str, str] = {}
        for line in listed.split(b"\0"):
            facts, _tab, name = line.partition(b"\t")
            if facts and facts.split()[1] == b"blob":
                blobs[text_of(name)] = facts.split()[2].decode("ascii")
        said = self.git(
            "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs.values())
        )
        found = {}
        position = 0
        for path in blobs:
            end = said.index(b"\n", position)
            size = int(said[position:end].split()[2])
            found[path] = decoded(said[end + 1 : end + 1 + size], errors="surrogateescape")
            position = end + 2 + size
        return found

    @property
    def folder(self) -> str:
        """Where the paths count from."""
        return self._folder

    def git(self, *arguments: str, given: str = "") -> bytes:
        """What a command says.

        :raises GitError: where it fails.
        """
        ended = self.run(arguments, given)
        if ended.returncode != 0:
            command = next(part for part in arguments if not part.startswith("-"))
            raise refusal(command, ended)
        return ended.stdout

    def run(
        self,
        arguments: Sequence[str],
        given: str = "",
        variables: Mapping[str, str] | None = None,
        *,
        remote: bool = False,
    ) -> subprocess.CompletedProcess[bytes]:
        """A command, however it ends.

        :param variables: of the environment, for this command alone.
        :param remote: whether it speaks with another machine: what asks there for a password has no terminal then.
        """
        inherited = {
            name: value
            for name, value in os.environ.items()
            # A hook that started Ansible would point git at another repository. The token is not git's.
            if (not name.startswith(_ELSEWHERE) or name.startswith(_KEPT))
            and not name.startswith(_OURS)
        }
        # There is no module here whose run_command there would be.
        return subprocess.run(  # pylint: disable=ansible-bad-function
            [
                *(shutil.which("git") or "git", "-C", _existing(self._folder)),
                # What a checkout makes of line ends is nothing to refuse a commit for.
                *("-c", "core.safecrlf=false"),
                *arguments,
            ],
            input=given.encode("utf-8", "surrogateescape"),
            capture_output=True,
            check=False,
            env={
                **inherited,
                **self._variables,
                **(variables or {}),
                "LC_ALL": "C",
                "GIT_TERMINAL_PROMPT": "0",
            },
            start_new_session=remote,
        )


def _identity(author: str | None) -> dict[str, str]:
    if not author or not author.strip():
        return {}
    match = _AUTHOR.fullmatch(author.strip())
    if match is None:
        raise SettingsError(
            f"This is no author: {escape(author)}.",
            "Write it as in: Fleet Backup <fleet@example.com>",
        )
    name, mail = match["name"].strip(), match["mail"]
    return {
        "GIT_AUTHOR_NAME": name,
        "GIT_AUTHOR_EMAIL": mail,
        "GIT_COMMITTER_NAME": name,
        "GIT_COMMITTER_EMAIL": mail,
    }


def _existing(folder: str) -> str:
    """The folder, or the one in which it is to be made."""
    found = os.path.abspath(folder)
    while not os.path.isdir(found):
        found = os.path.dirname(found)
    return found


def _has_repository(folder: str) -> bool:
    while True:
        if os.path.lexists(os.path.join(folder, ".git")):
            return True
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent


def refusal(command: str, ended: subprocess.CompletedProcess[bytes]) -> GitError:
    """What git said, and what to do about it where that is known."""
    said = " ".join(text_of(ended.stderr or ended.stdout).split())
    hint = next((hint for mark, hint in _HINTS if mark in said), None)
    return GitError(
        f"git {command} failed: {escape(redact_text(said))[:500] or ended.returncode}", hint
    )


def text_of(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
