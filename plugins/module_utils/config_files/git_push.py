# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is committed, brought to a remote; where somebody else pushed meanwhile, on top of that, once.

A password goes to git through the environment of its process, by a helper that only the remote's own address may ask:
it is on no command line and in no file.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from ..client.errors import SettingsError
from ..document.masking import redact_text
from ..text.escaping import escape
from .git import GitError, WorkTree, refusal, text_of

_DEFAULT = "origin"
_USERNAME, _PASSWORD = "BACKUP_PUSH_USERNAME", "BACKUP_PUSH_PASSWORD"
_HELPER = (
    '!f() { test "$1" = get && '
    f'printf "username=%s\\npassword=%s\\n" "${_USERNAME}" "${_PASSWORD}"; }}; f'
)
_REJECTED = "!"
_NEW, _FORWARD = "*", " "
# Why a server refuses what another push made old.
_OVERTAKEN = (
    "fetch first",
    "non-fast-forward",
    "stale info",
    "cannot lock ref",
    "failed to update ref",
)
_CREDENTIALS = (
    "Give push_username and push_password for an address with https, or have a credential helper or an SSH key of git "
    "for the user who runs Ansible."
)
_HINTS = (
    ("could not read Username", _CREDENTIALS),
    ("could not read Password", _CREDENTIALS),
    ("Authentication failed", _CREDENTIALS),
    ("Permission denied", _CREDENTIALS),
    ("returned error: 403", "These credentials may not write to the repository."),
    ("Host key verification failed", "Put the key of the server into known_hosts."),
    (
        "does not appear to be a git repository",
        "Name a remote with push_remote: git remote -v lists them, git remote add origin ADDRESS makes one.",
    ),
)


@dataclass(frozen=True)
class Login:
    """Who pushes, for an address with https."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Pushed:
    """What came of it.

    :ivar remote: its name, or its address; C(branch), the one there.
    :ivar moved: whether the remote has something new.
    :ivar rebased: whether the commits were put on top of somebody else's; they have other ids then.
    :ivar head: the commit that both hold now.
    """

    remote: str
    branch: str
    moved: bool
    rebased: bool
    head: str


class Remote:
    """Where the branch of a work tree is pushed to.

    :param name: a remote's name or address; the one that the branch follows, or C(origin), where it is None.
    :raises SettingsError: for an address that holds a password or a token, and for a login where none is asked for.
    :raises GitError: where no branch is checked out.
    """

    def __init__(self, tree: WorkTree, name: str | None, login: Login | None) -> None:
        self._tree = tree
        ended = tree.run(["symbolic-ref", "--quiet", "--short", "HEAD"])
        if ended.returncode != 0:
            raise GitError(
                f"No branch is checked out in the git work tree of {tree.folder}, so that nothing can be pushed.",
                "Check one out there: git switch main.",
            )
        local = text_of(ended.stdout).strip()
        followed = self._setting(f"branch.{local}.remote")
        # A branch may follow another one of the same repository.
        followed = followed if followed not in ("", ".") else ""
        self.name = name or followed or _DEFAULT
        merged = self._setting(f"branch.{local}.merge") if self.name == followed else ""
        self.branch = merged.removeprefix("refs/heads/") or local
        self._variables = _variables(self._address(), login)

    def push(self) -> Pushed | None:
        """Bring the branch there; None where there is no commit yet.

        :raises GitError: where that is refused; the commits stay as they were.
        """
        if self._tree.run(["rev-parse", "--quiet", "--verify", "HEAD"]).returncode != 0:
            return None
        flag, why, ended = self._pushed()
        rebased = flag == _REJECTED and any(one in why for one in _OVERTAKEN)
        if rebased:
            self._rebase()
            flag, why, ended = self._pushed()
        if ended.returncode != 0 or flag == _REJECTED:
            raise self._refused(why, ended, rebased)
        head = text_of(self._tree.git("rev-parse", "HEAD")).strip()
        return Pushed(self.name, self.branch, flag in (_NEW, _FORWARD), rebased, head)

    def _setting(self, name: str) -> str:
        return text_of(self._tree.run(["config", "--get", name]).stdout).strip()

    def _address(self) -> SplitResult:
        ended = self._tree.run(["remote", "get-url", "--push", "--", self.name])
        address = text_of(ended.stdout).strip() if ended.returncode == 0 else self.name
        try:
            parts = urlsplit(address)
        except ValueError:
            return SplitResult("", "", address, "", "")
        if self.name == address and (parts.password or redact_text(address) != address):
            raise SettingsError(
                "push_remote holds a password or a token, which others on this machine could read while git runs.",
                "Take it out of there, and give push_username and push_password.",
            )
        return parts

    def _pushed(self) -> tuple[str, str, subprocess.CompletedProcess[bytes]]:
        """The flag and the reason that git gives for the branch, both empty where it did not get so far."""
        ended = self._run("push", "--porcelain", "--", self.name, f"HEAD:refs/heads/{self.branch}")
        for line in text_of(ended.stdout).splitlines():
            flag, _tab, rest = line.partition("\t")
            if len(flag) == 1 and "\t" in rest:
                return flag, rest.partition("\t")[2], ended
        return "", "", ended

    def _rebase(self) -> None:
        ended = self._run("fetch", "--quiet", "--", self.name, f"refs/heads/{self.branch}")
        if ended.returncode != 0:
            raise self._refused("", ended, False)
        theirs = text_of(self._tree.git("rev-parse", "FETCH_HEAD")).strip()
        ended = self._tree.run(["-c", "rebase.autoStash=false", "rebase", "--quiet", theirs])
        if ended.returncode == 0:
            return
        said = text_of(ended.stderr or ended.stdout)
        if "already a rebase" not in said:
            self._tree.run(["rebase", "--abort"])
        raise GitError(
            f"Somebody else has pushed to {escape(self.branch)} meanwhile, and the backup cannot be put on top of "
            f"that: {_one_line(said)}",
            f"Bring the work tree up to date by hand, with git -C {self._tree.folder} pull --rebase, or push to a "
            "branch that nobody else pushes to.",
        )

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        settings: Sequence[str] = ()
        if self._variables:
            place = self._variables["BACKUP_PUSH_PLACE"]
            # No helper of the user's is asked, nor told the password to keep it.
            settings = (
                *("-c", "credential.helper="),
                *("-c", f"credential.{place}.helper={_HELPER}"),
            )
        return self._tree.run([*settings, *arguments], variables=self._variables, remote=True)

    def _refused(
        self, why: str, ended: subprocess.CompletedProcess[bytes], rebased: bool
    ) -> GitError:
        if any(one in why for one in _OVERTAKEN) and rebased:
            return GitError(
                f"Somebody else pushes to {escape(self.branch)} again and again: {_one_line(why)}",
                "Run the backup again.",
            )
        said = text_of(ended.stderr)
        if why:
            # What a hook of the server says stands in the other output.
            remote = [line for line in said.splitlines() if line.startswith("remote:")]
            return GitError(f"git push was refused: {_one_line(' '.join([why, *remote]))}")
        hint = next((hint for mark, hint in _HINTS if mark in said), None)
        known = refusal("push", ended)
        return GitError(known.message, known.hint or hint)


def _variables(address: SplitResult, login: Login | None) -> dict[str, str]:
    """What the helper is told, and for which address."""
    if login is None:
        return {}
    if address.scheme not in ("http", "https") or not address.hostname:
        raise SettingsError(
            "push_password is for a remote whose address begins with https://, and this one's does not.",
            "With SSH, git takes the keys of the user who runs Ansible, or what GIT_SSH_COMMAND names.",
        )
    if any(sign in text for text in (login.username, login.password) for sign in "\n\r\0"):
        raise SettingsError("push_username and push_password are one line each.")
    host = address.netloc.rpartition("@")[2]
    return {
        _USERNAME: login.username,
        _PASSWORD: login.password,
        "BACKUP_PUSH_PLACE": f"{address.scheme}://{host}",
    }


def _one_line(said: str) -> str:
    return escape(redact_text(" ".join(said.split())))[:500]
