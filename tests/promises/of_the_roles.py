# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the roles promise, each in its own README."""

from __future__ import annotations

from .of_the_readme import E2E, OWN, UNIT, UNIT_OWN, UTILS
from .promise import Mistake, Promise

ROLLOUT = "roles/rollout/README.md"
SSH_ACCESS = "roles/ssh_access/README.md"
BACKUP = "roles/config_backup/README.md"
RESTORE = "roles/config_restore/README.md"
ADOPT = "roles/adopt/README.md"
JOB = f"{OWN}/rollout/job"
MACHINE = f"{UNIT_OWN}/rollout/job/test_host_machine.py"
FILES = f"{UNIT}/config_files"

PROMISES = (
    Promise(
        ROLLOUT,
        "Where a deployment or a look fails, the previous configuration of that host is put back, deployed and "
        "verified, and the rollout stops.",
        (
            Mistake(
                "What was written stays where the deployment fails.",
                f"{JOB}/host_state.py",
                '        return self.told(at=at, why=why, way_why="").go_back(why, self.begun, elapsed)\n',
                "        return self.over(Outcome.FAILED, at=at, why=why)\n",
                (f"{MACHINE}::test_and_back",),
            ),
            Mistake(
                "The previous configuration is put back, and not deployed.",
                f"{JOB}/storing.py",
                "    if state.back and not state.kept.redeploy:\n",
                "    if state.back:\n",
                (f"{MACHINE}::test_and_back",),
            ),
            Mistake(
                "The next hosts are begun all the same.",
                f"{JOB}/fleet_machine.py",
                "        if fleet.stopped or fleet.late or fleet.number >= len(fleet.batches):\n",
                "        if fleet.late or fleet.number >= len(fleet.batches):\n",
                (
                    f"{UNIT_OWN}/rollout/job/test_fleet_machine.py::test_who_is_under_way_goes_on_after_a_failure",
                ),
            ),
        ),
    ),
    Promise(
        ROLLOUT,
        "The first command shows the whole plan (equal changes once, with the file and line that wants them, the diff, "
        "the type of the deployment, what will be looked at) and touches nothing: it sends nothing but GET and writes "
        "no file.",
        (
            Mistake(
                "Check mode rolls out.",
                f"{JOB}/job.py",
                "        if not context.check_mode and not rolling.broken(len(plans)):\n",
                "        if not rolling.broken(len(plans)):\n",
                (f"{E2E}/test_rollout_job.py::test_check_mode_writes_nothing_anywhere",),
            ),
        ),
    ),
    Promise(
        ROLLOUT,
        "A host that is beyond the limits to begin with is not touched.",
        (
            Mistake(
                "Figures are looked at afterwards alone.",
                f"{JOB}/storing.py",
                "        if problems:\n",
                "        if problems and state.begun:\n",
                (f"{MACHINE}::test_a_host_that_is_not_well_is_not_touched",),
            ),
        ),
    ),
    Promise(
        ROLLOUT,
        "A configuration that somebody else has changed meanwhile is not overwritten, neither forth nor back.",
        (
            Mistake(
                "The way back writes over whatever is there.",
                f"{JOB}/storing.py",
                "    if live is Live.FOREIGN:\n"
                "        why = words.not_overwritten(state.edits(event.document))\n"
                "        return state.over(Outcome.STUCK, way_why=why)\n"
                "    if live is Live.WRITTEN:\n",
                "    if live is not Live.PREVIOUS:\n",
                (f"{MACHINE}::test_what_somebody_else_wrote_is_never_lost",),
            ),
        ),
    ),
    Promise(
        ROLLOUT,
        "While a deployment runs there is no way back, as it may yet succeed",
        (
            Mistake(
                "A deployment that takes too long is a failure.",
                f"{JOB}/deploying.py",
                "    return state.leave(words.too_slow(state.terms, state.at.shown.state))\n",
                "    return state.fail(At.DEPLOYING, words.too_slow(state.terms, state.at.shown.state), elapsed)\n",
                (f"{MACHINE}::test_a_slow_success_is_a_success",),
            ),
        ),
    ),
    Promise(
        ROLLOUT,
        "So wherever a run was killed, the next one knows:",
        (
            Mistake(
                "What was written and never deployed is taken to be done.",
                f"{JOB}/recalling.py",
                "    (Stage.WRITING, Live.WRITTEN): Resume.ONWARDS,\n",
                "    (Stage.WRITING, Live.WRITTEN): Resume.GATE,\n",
                (f"{MACHINE}::test_killed_at_each_event",),
            ),
            Mistake(
                "A deployment that is running is not known again.",
                f"{JOB}/recalling.py",
                "        return Ours.RUNNING\n",
                "        return Ours.NOT_STARTED\n",
                (f"{MACHINE}::test_killed_at_each_event",),
            ),
        ),
    ),
    Promise(
        ROLLOUT,
        "Before a host is written, a journal is written into `rollout_journal`",
        (
            Mistake(
                "A journal that cannot be written stops nothing.",
                f"{JOB}/host_machine.py",
                "    written = len(state.record.written) if state.record else 0\n",
                "    return Next(state, None)\n",
                (f"{MACHINE}::test_a_journal_that_cannot_be_written_stops_before_the_act",),
            ),
        ),
    ),
    Promise(
        ROLLOUT,
        "A second one for any of them says who is rolling out and stops.",
        (
            Mistake(
                "Runs for other numbers of hosts do not see one another.",
                f"{JOB}/claims.py",
                "        if shared:\n",
                "        if len(shared) == len(hosts) > 1:\n",
                (f"{E2E}/test_rollout_job.py::test_a_claim_names_its_owner_and_ends_with_it",),
            ),
        ),
    ),
    Promise(
        SSH_ACCESS,
        "takes the keys of a leaver out of every host and group that the token may see",
        (
            Mistake(
                "A leaver's keys go from `ssh_keys` alone.",
                f"{OWN}/ssh_access/key_lists.py",
                "            if steps == (SSH_KEYS,) or any(_key(entry) for entry in value):\n",
                "            if steps == (SSH_KEYS,):\n",
                (
                    f"{UNIT_OWN}/ssh_access/test_access.py::test_a_leaver_is_taken_out_of_every_list",
                ),
            ),
        ),
    ),
    Promise(
        SSH_ACCESS,
        "is not touched. It is reported as `remaining`, and the run fails.",
        (
            Mistake(
                "A key that cannot be taken away is not told.",
                f"{OWN}/ssh_access/key_lists.py",
                "        elif isinstance(value, str) and not (place.is_entry and stored_key(value)):\n",
                "        elif isinstance(value, str) and not place.is_entry and stored_key(value):\n",
                (
                    f"{UNIT_OWN}/ssh_access/test_access.py::test_a_key_that_cannot_be_taken_away_is_told",
                ),
            ),
        ),
    ),
    Promise(
        SSH_ACCESS,
        "**Options are never dropped.**",
        (
            Mistake(
                "A new key takes the place of an old one without its options.",
                f"{OWN}/ssh_access/key_lists.py",
                '            inherited = "" if key.options else next(iter(options))\n',
                '            inherited = ""\n',
                (f"{UNIT_OWN}/ssh_access/test_access.py::test_one_list",),
            ),
        ),
    ),
    Promise(
        SSH_ACCESS,
        "a list of keys that lets somebody in would not any more.",
        (
            Mistake(
                "Keys that are tied to a command count as well.",
                f"{OWN}/ssh_access/key_lists.py",
                "        return not any(key.lets_in for key in new)\n",
                "        return not new\n",
                (f"{UNIT_OWN}/ssh_access/test_access.py::test_the_last_key_stays",),
            ),
        ),
    ),
    Promise(
        SSH_ACCESS,
        "Everything is read and planned first. Nothing at all is written if",
        (
            Mistake(
                "What is not forbidden is written.",
                f"{OWN}/ssh_access/run.py",
                "    if plan.problems:\n",
                "    if plan.problems and not plan.writes:\n",
                (f"{E2E}/test_ssh_access.py::test_nothing_is_written_where_a_rule_is_broken",),
            ),
        ),
    ),
    Promise(
        BACKUP,
        "Nothing is written, and nothing committed, where nothing changed.",
        (
            Mistake(
                "Every file is written by each run.",
                f"{UTILS}/operations/config_backup.py",
                "            if text != former:\n",
                "            if text:\n",
                (
                    f"{UNIT}/operations/test_config_backup.py::test_another_checkout_is_the_same_backup",
                ),
            ),
        ),
    ),
    Promise(
        BACKUP,
        "Passwords, tokens and private keys are **masked** by default.",
        (
            Mistake(
                "Files hold what the platform holds.",
                f"{UTILS}/config_files/writing.py",
                "    return _text(entry, masked(entry.config or {}, policy.root))\n",
                "    return _text(entry, entry.config or {})\n",
                (f"{FILES}/test_reading_and_writing.py::test_masked_and_back",),
            ),
        ),
    ),
    Promise(
        BACKUP,
        "no secret, no noise",
        (
            Mistake(
                "Each run encrypts every secret anew.",
                f"{UTILS}/config_files/writing.py",
                "        if kept:\n",
                "        if kept and kept[0] == plaintext:\n",
                (f"{FILES}/test_reading_and_writing.py::test_only_what_changed_is_encrypted_anew",),
            ),
        ),
    ),
    Promise(
        BACKUP,
        "No host overwrites another one.",
        (
            Mistake(
                "Names that differ in the case of their letters are different files.",
                f"{UTILS}/config_files/layout.py",
                "    shared = Counter((_folder(entry), entry.name.casefold()) for entry in every)\n",
                "    shared = Counter((_folder(entry), entry.name) for entry in every)\n",
                (f"{FILES}/test_layout.py::test_names_that_several_bear",),
            ),
        ),
    ),
    Promise(
        BACKUP,
        "`remove` removes them, unless anything could not be read or the platform shows nothing at all.",
        (
            Mistake(
                "A platform that shows nothing empties the backup.",
                f"{UTILS}/operations/config_backup.py",
                "removes = self._wanted.vanished == REMOVE and bool(entries) and not errors",
                "removes = self._wanted.vanished == REMOVE and not errors",
                (
                    f"{UNIT}/operations/test_config_backup.py::test_nothing_is_removed_where_nothing_is_shown",
                ),
            ),
        ),
    ),
    Promise(
        BACKUP,
        "Other files, and what somebody else has staged, stay as they are.",
        (
            Mistake(
                "A commit takes along whatever is staged.",
                f"{UTILS}/config_files/git.py",
                'self.git("commit", "--quiet", "--only", f"--message={message}", *from_input, given=listed)',
                'self.git("commit", "--quiet", f"--message={message}")',
                (f"{FILES}/test_git.py::test_only_the_given_paths",),
            ),
        ),
    ),
    Promise(
        BACKUP,
        "Nothing is ever forced.",
        (
            Mistake(
                "A push overwrites what somebody else has pushed.",
                f"{UTILS}/config_files/git_push.py",
                'self._run("push", "--porcelain", "--", self.name, ',
                'self._run("push", "--porcelain", "--force", "--", self.name, ',
                (
                    f"{FILES}/test_git_push.py::test_on_top_of_what_somebody_else_pushed",
                    f"{FILES}/test_git_push.py::test_what_does_not_go_together_is_left",
                ),
            ),
        ),
    ),
    Promise(
        RESTORE,
        "**All or nothing begins.** Everything is read, checked and planned first.",
        (
            Mistake(
                "What can be restored is, and what cannot is told.",
                f"{UTILS}/operations/config_restore.py",
                "        if failed:\n            raise",
                "        if failed and not planned:\n            raise",
                (f"{E2E}/test_config_restore.py::test_another_one_behind_the_id",),
            ),
        ),
    ),
    Promise(
        RESTORE,
        "**Nobody else's host.** A host is the same only if its id *and* its name are those of the file.",
        (
            Mistake(
                "An id alone says which host is meant.",
                f"{UTILS}/operations/restore_planning.py",
                "    if stored.name != whose.name:\n",
                "    if stored.id != whose.id:\n",
                (f"{E2E}/test_config_restore.py::test_another_one_behind_the_id",),
            ),
        ),
    ),
    Promise(
        RESTORE,
        "**No mask is ever stored.**",
        (
            Mistake(
                "What a file holds is stored as it stands.",
                f"{UTILS}/operations/restore_planning.py",
                "    config, kept = unmasked(config, current or {}, policy)\n",
                "    kept: tuple[str, ...] = ()\n",
                (f"{E2E}/test_config_restore.py::test_masked_keeps_the_secrets_of_the_platform",),
            ),
        ),
    ),
    Promise(
        RESTORE,
        "**Nothing is overwritten unseen.** Each configuration is stored only if it still is what was planned for, and "
        "is kept in a file before.",
        (
            Mistake(
                "What somebody changed since the plan is overwritten.",
                f"{UTILS}/operations/config_restore.py",
                "            expected_fingerprint=one.expected,\n",
                "            expected_fingerprint=None,\n",
                (f"{E2E}/test_config_restore.py::test_encrypted_brings_everything_back",),
            ),
        ),
    ),
    Promise(
        ADOPT,
        "A file says only what **every** host that it speaks of holds.",
        (
            Mistake(
                "What the first two hosts share is taken to be shared by all.",
                f"{OWN}/adopt/factoring.py",
                "        common = _shared([rest[host] for host in some], root)\n",
                "        common = _shared([rest[host] for host in some[:_FEWEST]], root)\n",
                (
                    f"{UNIT_OWN}/adopt/test_factoring.py::test_what_is_shared_stands_once_and_where_it_is_shared",
                ),
            ),
        ),
    ),
    Promise(
        ADOPT,
        "A file that you have changed, or written, stays as it is, with your comments and your order of things, as "
        "long as what it says is true of its hosts.",
        (
            Mistake(
                "Files that somebody has changed are written anew.",
                f"{OWN}/adopt/repository.py",
                "scope for scope in (*write, *remove) if scope in present and not present[scope].untouched",
                "scope for scope in remove if scope in present and not present[scope].untouched",
                (f"{E2E}/test_adopt.py::test_what_people_wrote_is_not_destroyed",),
            ),
        ),
    ),
    Promise(
        "roles/certificates/README.md",
        "each vhost with a certificate of its own (`cert_type: custom`) that a pair covers and that holds an older one "
        "gets it, and nothing else of any configuration changes.",
        (
            Mistake(
                "A pair that has one of a vhost's names is enough.",
                f"{OWN}/certificates/deciding.py",
                "set.intersection(*by_name.values())",
                "set.union(*by_name.values())",
                (
                    f"{UNIT_OWN}/certificates/test_deciding.py::test_what_becomes_of_a_vhost",
                    f"{UNIT_OWN}/certificates/test_deciding.py::test_two_that_cover_it_together_do_not",
                ),
            ),
            Mistake(
                "Of two pairs, the one that ends first is used.",
                f"{OWN}/certificates/deciding.py",
                "key=lambda pair: (pair.leaf.ends, pair.leaf.begins), reverse=True",
                "key=lambda pair: (pair.leaf.ends, pair.leaf.begins)",
                (
                    f"{UNIT_OWN}/certificates/test_deciding.py::test_of_two_the_one_that_lasts_longer",
                ),
            ),
        ),
    ),
    Promise(
        "roles/history/README.md",
        "Tells what changed on hosts and groups in a time, who did it, and what was changed outside of the record, "
        "such as in the platform's own editor.",
        (
            Mistake(
                "A change is explained by one at another place whose name begins alike.",
                f"{OWN}/history/recorded.py",
                'long == short or (long.startswith(short) and long[len(short)] in ".[")',
                "long.startswith(short)",
                (f"{UNIT_OWN}/history/test_recorded.py::test_a_place_and_what_lies_in_it",),
            ),
            Mistake(
                "What a rollout took back explains what somebody else has done.",
                f"{OWN}/history/recorded.py",
                "            and entry.deed.end not in _TAKEN_BACK\n",
                "",
                (
                    f"{UNIT_OWN}/history/test_recorded.py::test_another_host_and_what_was_taken_back_explain_nothing",
                ),
            ),
        ),
    ),
    Promise(
        "roles/validate/README.md",
        "It needs no token and no network, and changes nothing.",
        (
            Mistake(
                "A token is wanted, as for everything else.",
                f"{OWN}/validate/action.py",
                "        fails = failing(wanted.fail)\n",
                "        from ...module_utils.client.settings import Settings\n"
                "        Settings.resolve({})\n"
                "        fails = failing(wanted.fail)\n",
                (f"{E2E}/test_validate.py::test_everything_is_found_at_once",),
            ),
        ),
    ),
    Promise(
        "roles/validate/README.md",
        "Each finding is a line with its file and line",
        (
            Mistake(
                "A finding of a key names its file alone.",
                f"{OWN}/validate/check.py",
                "            Notice(origin.file, origin.line, WARNING, finding.code, told, finding.path)\n",
                "            Notice(origin.file, None, WARNING, finding.code, told, finding.path)\n",
                (f"{UNIT_OWN}/validate/test_check.py::test_a_file_by_itself",),
            ),
        ),
    ),
    Promise(
        "roles/explain/README.md",
        "which file of the folder of desired configurations says it, with its line, over which others, and what the "
        "platform holds there now",
        (
            Mistake(
                "The file that is overruled is named first.",
                f"{OWN}/explain/explanation.py",
                "        (winner, _value), *others = self.said\n",
                "        *others, (winner, _value) = self.said\n",
                (f"{UNIT_OWN}/explain/test_explanation.py::test_a_place",),
            ),
        ),
    ),
    Promise(
        "roles/drift/README.md",
        "Compares what the platform holds with what your repository says, for a whole fleet, and changes nothing.",
        (
            Mistake(
                "A host that could not be compared is in line.",
                f"{OWN}/drift/look.py",
                '        return Look(Comparison("host", member.name, row.id, ERROR, **told))\n',
                '        return Look(Comparison("host", member.name, row.id, IN_LINE))\n',
                (f"{UNIT_OWN}/drift/test_job.py::test_what_is_no_document",),
            ),
        ),
    ),
    Promise(
        "roles/drift/README.md",
        "with secrets masked and the file and line that wants it so (`source`)",
        (
            Mistake(
                "What is to change is told without where it is wanted.",
                f"{OWN}/drift/comparison.py",
                "    return str(origin) if origin else None\n",
                "    return None\n",
                (f"{E2E}/test_drift.py::test_every_outcome",),
            ),
        ),
    ),
    Promise(
        "roles/preflight/README.md",
        "one of its addresses is not the host's; one that is wrong among several is enough",
        (
            Mistake(
                "One address that is right is enough.",
                f"{OWN}/preflight/judging.py",
                "    if not wrong:\n        return\n",
                "    if len(wrong) < len(seen.addresses):\n        return\n",
                (f"{UNIT_OWN}/preflight/test_judging.py::test_every_address_has_to_be_the_hosts",),
            ),
        ),
    ),
    Promise(
        "roles/preflight/README.md",
        "do not permit `letsencrypt.org` over HTTP",
        (
            Mistake(
                "Records that permit another way of proof are passed over.",
                f"{OWN}/preflight/judging.py",
                'issuer == AUTHORITY and all("http-01" in said.split(",") for said in methods)',
                "issuer == AUTHORITY",
                (f"{UNIT_OWN}/preflight/test_judging.py::test_caa_has_to_permit_it",),
            ),
        ),
    ),
    Promise(
        "roles/fleet_report/README.md",
        "**Not said is not fine.**",
        (
            Mistake(
                "A host without figures is fine.",
                f"{OWN}/fleet_report/hosts.py",
                "        return Status.FINE if self.is_measured else Status.NO_DATA\n",
                "        return Status.FINE\n",
                (f"{UNIT_OWN}/fleet_report/test_fleet_report.py::test_what_a_host_comes_to",),
            ),
        ),
    ),
    Promise(
        "roles/fleet_report/README.md",
        "it is one file, loads nothing from anywhere, and its own policy forbids that it ever does",
        (
            Mistake(
                "The page may load what its own server has.",
                "roles/fleet_report/templates/page.html.j2",
                "default-src 'none'",
                "default-src 'self'",
                (f"{E2E}/test_fleet_report.py::test_text_of_the_platform_stays_text",),
            ),
            Mistake(
                "Text of the platform is a part of the page's own.",
                f"{OWN}/fleet_report/page.py",
                "        autoescape=True,\n",
                "        autoescape=False,\n",
                (
                    f"{UNIT_OWN}/fleet_report/test_fleet_report.py::test_text_is_escaped_masked_and_short",
                    f"{E2E}/test_fleet_report.py::test_text_of_the_platform_stays_text",
                ),
            ),
        ),
    ),
    Promise(
        "roles/fleet_report/README.md",
        "**No secret** is in it.",
        (
            Mistake(
                "Texts of the platform are shown as they came.",
                f"{OWN}/fleet_report/texts.py",
                "one_line(redact_text(value), limit)",
                "one_line(value, limit)",
                (
                    f"{UNIT_OWN}/fleet_report/test_fleet_report.py::test_text_is_escaped_masked_and_short",
                ),
            ),
        ),
    ),
)
