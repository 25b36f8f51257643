# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the README promises."""

from __future__ import annotations

from workshop.steps import SUPPORTED_CORES

from .promise import Mistake, Promise

README = "README.md"
UTILS = "plugins/module_utils"
OWN = "plugins/plugin_utils"
UNIT = "tests/unit/plugins/module_utils"
UNIT_OWN = "tests/unit/plugins/plugin_utils"
E2E = "tests/e2e"
OLDEST_CORE = SUPPORTED_CORES[0]

PROMISES = (
    Promise(
        README,
        "**A typo is doubted.** The platform stores any; `turbostack_host` and the rollout [warn](docs/validation.md) "
        "of keys that are nearly known, values that a key does not take, a user called nearly like another, or a "
        "certificate for other names, or refuse them with `validate: strict`; a commit hook finds them [without the "
        "platform](docs/validation.md#without-the-platform).",
        (
            Mistake(
                "Only what differs in the case of its letters is nearly known.",
                f"{UTILS}/validation/doubts.py",
                "_ALIKE = 0.8\n",
                "_ALIKE = 0.99\n",
                (f"{UNIT}/validation/test_doubts.py::test_this_is_doubted",),
            ),
            Mistake(
                "A task keeps what it doubts to itself.",
                f"{UTILS}/operations/planning.py",
                "for warning in (*planned.plan.warnings, *told_of(planned.findings)):",
                "for warning in planned.plan.warnings:",
                (f"{UNIT}/operations/test_validating.py::test_a_task_warns_and_goes_on",),
            ),
            Mistake(
                "Any word is taken where some are listed.",
                f"{UTILS}/validation/doubts.py",
                "elif known.closed and not place.is_entry and str(value) not in known.values:",
                "elif known.closed and not known.values:",
                (f"{UNIT}/validation/test_doubts.py::test_this_is_doubted",),
            ),
            Mistake(
                "New entries are not compared with the stored ones.",
                f"{UTILS}/validation/doubts.py",
                "            if near and self._state == MERGED:",
                "            if near and self._state == DELETED:",
                (f"{UNIT}/validation/test_doubts.py::test_this_is_doubted",),
            ),
            Mistake(
                "One name that the certificate has is enough.",
                f"{UTILS}/validation/certificates.py",
                "    if missing:\n",
                "    if len(missing) == len(words(site.get(domains))):\n",
                (f"{UNIT}/validation/test_certificates.py::test_what_does_not_fit_is",),
            ),
            Mistake(
                "What is doubtful is refused in check mode alone.",
                f"{UTILS}/operations/planning.py",
                "if findings and desired.validation.refuses:",
                "if findings and desired.validation.refuses and context.check_mode:",
                (
                    f"{UNIT}/operations/test_validating.py::test_strict_refuses_everything_at_once_and_writes_nothing",
                ),
            ),
            Mistake(
                "Files are checked for what cannot be stored, and not for what is doubtful.",
                f"{OWN}/validate/check.py",
                "            if finding.code != NO_DOMAIN and (whole or finding.code not in CERTIFICATE):",
                "            if whole and finding.code in CERTIFICATE:",
                (
                    f"{UNIT_OWN}/validate/test_check.py::test_a_file_by_itself",
                    f"{E2E}/test_validate.py::test_everything_is_found_at_once",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "**What a task does not mention stays.** A vhost is found by its name and changed in its place; its "
        "neighbours, the order of keys and the digits of numbers are left alone.",
        (
            Mistake(
                "What is named of an entry takes the place of the whole entry.",
                f"{UTILS}/plan/merging.py",
                "                result[found] = self.map(stored[found], entry, at)\n",
                "                result[found] = entry\n",
                (
                    f"{UNIT}/plan/test_merging.py::test_users_merge_by_username_and_keep_their_order",
                    f"{UNIT}/plan/test_merging.py::test_vhosts_are_the_same_by_application_or_else_by_a_shared_domain",
                ),
            ),
            Mistake(
                "Keys are stored in the order of the task.",
                f"{UTILS}/plan/pairing.py",
                "                result = dict(stored)\n",
                "                result = {**{name: stored[name] for name in other if name in stored}, **stored}\n",
                (f"{UNIT}/plan/test_merging.py::test_new_keys_come_last",),
            ),
            Mistake(
                "8.10 is read as 8.1.",
                f"{UTILS}/text/json_text.py",
                "return number if repr(number) == literal else Number(literal)",
                "return number",
                (
                    f"{UNIT}/text/test_json_text.py::test_a_number_keeps_its_digits",
                    f"{UNIT}/operations/test_configure.py::test_what_is_not_mentioned_is_sent_back_as_it_was",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "**Nothing is reported that did not happen.** After a write the configuration is read back and compared.",
        (
            Mistake(
                "What was read back is not compared.",
                f"{UTILS}/operations/writing/machine.py",
                "return Step(at, Finish(End.VERIFIED)) if event.holds else _read_back(at, End.DIFFERS)",
                "return Step(at, Finish(End.VERIFIED))",
                (
                    f"{UNIT}/operations/test_configure.py::test_what_the_platform_does_not_store_fails_the_task",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "Check mode sends nothing but GET.",
        (
            Mistake(
                "A change is written in check mode.",
                f"{UTILS}/operations/configure.py",
                "if not planned.changed or context.check_mode:",
                "if not planned.changed:",
                (
                    f"{UNIT}/operations/test_configure.py::test_create_modify_delete_each_twice_each_with_and_without_check_mode",
                ),
            ),
            Mistake(
                "A deployment is started in check mode.",
                f"{UTILS}/operations/deployment/machine.py",
                "    if course.check_mode:\n        return Step(at, Finish(End.WOULD_START))\n",
                "",
                (f"{UNIT}/operations/test_deploy.py::test_check_mode_only_looks",),
            ),
        ),
    ),
    Promise(
        README,
        "An answer of unknown shape is an error that outlines it, and never guessed at.",
        (
            Mistake(
                "A list that cannot be found is an empty one.",
                f"{UTILS}/client/envelope.py",
                "        if not isinstance(value, dict):\n            return None\n        if envelopes",
                "        if not isinstance(value, dict):\n            return [], envelopes\n        if envelopes",
                (
                    f"{UNIT}/operations/test_configured_info.py::TestErrors::test_a_body_of_the_wrong_type",
                ),
            ),
            Mistake(
                "An outline shows texts, and so secrets.",
                f"{UTILS}/text/outline.py",
                'return "string" if value else "empty string"',
                "return one_line(value, _KEY_LENGTH)",
                (f"{UNIT}/text/test_outline.py::test_no_value_is_ever_in_an_outline",),
            ),
        ),
    ),
    Promise(
        README,
        "**Nothing is lost.** A change that somebody else made a moment before is kept.",
        (
            Mistake(
                "What is stored right before the write is taken to be what was read at first.",
                f"{UTILS}/operations/planning.py",
                "            return exactly_equal(self.current, other.current)\n",
                "            return self.stored.id == other.stored.id\n",
                (
                    f"{UNIT}/operations/test_configure.py::test_a_change_made_meanwhile_is_kept",
                    f"{UNIT}/operations/test_configure.py::test_a_change_of_type_alone_is_a_change_made_meanwhile",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "A deployment is never started twice, not even when the answer to the start is lost.",
        (
            Mistake(
                "A start is repeated like any other request.",
                f"{UTILS}/resources/deployments.py",
                "Repeat.ONLY_WITHOUT_EFFECT).body",
                "Repeat.IDEMPOTENT).body",
                (f"{UNIT}/operations/test_deploy.py::test_a_lost_answer_is_looked_into",),
            ),
            Mistake(
                "A start whose answer is lost is sent again.",
                f"{UTILS}/operations/deployment/machine.py",
                "    at = replace(at, phase=Phase.SEARCHING, since=elapsed, started=True)\n"
                "    return _step(at, Look(), Note(What.SEARCHING, event.outcome))\n",
                "    return Step(at, Start())\n",
                (f"{UNIT}/operations/deployment/test_machine.py::test_nothing_is_started_twice",),
            ),
        ),
    ),
    Promise(
        README,
        "**Nothing leaks.** Private keys, passwords and tokens are masked in diffs, results and errors, at any "
        "verbosity.",
        (
            Mistake(
                "What stands under a telling key is masked only if it looks like a secret.",
                f"{UTILS}/document/masking.py",
                "                return MASK if value.strip() else value\n",
                "                return redact_text(value)\n",
                (
                    f"{UNIT}/document/test_masking.py::test_masking_a_document",
                    f"{UNIT}/operations/test_configure.py::test_no_secret_is_in_the_result",
                ),
            ),
            Mistake(
                "An error quotes the server, which quotes the token.",
                f"{UTILS}/client/server_message.py",
                "redact_text(text.replace(token, MASK))",
                "redact_text(text)",
                (f"{UNIT}/client/test_server_message.py::test_the_servers_words_are_found",),
            ),
            Mistake(
                "A result is not searched for what a task knows to be secret.",
                f"{OWN}/action/operation.py",
                "        result = plain(result)\n        return self._censor.cleaned(result)\n",
                "        return plain(result)\n",
                (f"{E2E}/test_vaulted.py::test_wherever_the_task_runs",),
            ),
        ),
    ),
    Promise(
        README,
        "What the API says is data: it is never templated, and never becomes a connection variable.",
        (
            Mistake(
                "What the inventory has read is not marked as text, as older releases of ansible-core need it.",
                f"{OWN}/inventory/filling.py",
                "            mark(reading.records)\n",
                "",
                (f"{E2E}/test_inventory.py::TestConstructed::test_templates_of_a_play_see_text",),
                core=OLDEST_CORE,
            ),
            Mistake(
                "Fields of a host may be named so that they are Ansible's own variables.",
                f"{OWN}/inventory/host_variables.py",
                'if prefix.startswith("ansible_"):',
                'if prefix == "ansible_":',
                (f"{UNIT_OWN}/inventory/test_host_variables.py::test_refused_prefixes",),
            ),
        ),
    ),
    Promise(
        README,
        "**It is fast.** Tasks run inside Ansible's own process on the controller; nothing is copied to a managed "
        "host, and the token never reaches one.",
        (
            Mistake(
                "A task runs where its host is, as modules do.",
                f"{OWN}/action/operation.py",
                "            if self._is_for_another_machine():\n",
                "            if not self._is_local():\n",
                (
                    f"{E2E}/test_turbostack_modules.py::test_in_a_play_over_hosts_no_target_means_the_current_host",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "every host, its configuration as variables, groups made of them; complete, or an error",
        (
            Mistake(
                "A list that moved while it was read is taken as it came.",
                f"{UTILS}/client/pages.py",
                "        if len(totals) > 1:\n            return False\n",
                "        if len(totals) > 1:\n            return True\n",
                (
                    f"{UNIT}/client/test_pages.py::TestMovement::test_one_that_goes_takes_no_other_with_it",
                ),
            ),
            Mistake(
                "A page that cannot be read leaves its hosts out.",
                f"{OWN}/inventory/source.py",
                '            if self._options.on_error == "fail":\n'
                "                raise\n"
                "            self._failures.append(failure)\n"
                "            return wanted.rows\n",
                "            self._failures.append(failure)\n            return wanted.rows\n",
                (f"{E2E}/test_inventory.py::TestCompleteness::test_an_error_on_any_page",),
            ),
        ),
    ),
    Promise(
        README,
        "bring a stored configuration to the desired state: `merged`, `replaced` or `deleted`",
        (
            Mistake(
                "Replacing keeps what is not named.",
                f"{UTILS}/plan/replacing.py",
                "        return GONE\n",
                "        return stored\n",
                (f"{UNIT}/plan/test_replacing.py::test_it_reads_as_changes_of_entries",),
            ),
            Mistake(
                "Deleting takes a value away that is another than the one that is named.",
                f"{UTILS}/plan/deleting.py",
                "        if self._draft.equal(stored, other):\n            return GONE\n        self._draft.warn(",
                "        if stored is not None:\n            return GONE\n        self._draft.warn(",
                (
                    f"{UNIT}/plan/test_deleting.py::test_another_value_than_the_one_named_stays_with_a_warning",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "deploy a host once, show the progress, wait for the end",
        (
            Mistake(
                "A task is done once the deployment is started.",
                f"{UTILS}/operations/deployment/machine.py",
                "phase = Phase.FOLLOWING if course.wait else Phase.GLANCING",
                "phase = Phase.GLANCING",
                (f"{UNIT}/operations/test_deploy.py::test_a_deployment_runs_to_its_end",),
            ),
            Mistake(
                "A success that is older than the start is taken for the end.",
                f"{UTILS}/operations/deployment/machine.py",
                "        return Whose.EARLIER\n",
                "        return Whose.OWN\n",
                (
                    f"{UNIT}/operations/test_deploy.py::test_an_earlier_success_is_not_taken_for_ours",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "what the platform shows, as facts; secrets masked unless asked for",
        (
            Mistake(
                "Configurations come with their secrets.",
                f"{UTILS}/operations/configured_info.py",
                "config = document if shown.include_secrets else redact(document, policy)",
                "config = document",
                (
                    f"{UNIT}/operations/test_configured_info.py::TestConfiguration::test_secrets_on_demand",
                ),
            ),
            Mistake(
                "Credentials come with their passwords.",
                f"{UTILS}/operations/credentials_info.py",
                "            **_structured(found, lambda account: MASK if account.password else None),\n",
                "            **_structured(found, lambda account: account.password),\n",
                (f"{UNIT}/operations/test_credentials_info.py::test_every_shape",),
            ),
        ),
    ),
    Promise(
        README,
        "a password for a template or a connection, kept nowhere",
        (
            Mistake(
                "What a run has read lies in a file of the home.",
                f"{OWN}/run_memory.py",
                "        self._memory = mmap.mmap(-1, size)\n",
                '        file = open(os.path.expanduser("~/.turbostack"), "w+b")\n'
                "        file.truncate(size)\n"
                "        self._memory = mmap.mmap(file.fileno(), size)\n",
                (
                    f"{E2E}/test_credentials_lookup.py::test_once_for_each_host_in_a_run_that_began_with_the_collection",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "what a folder of files (`all.yml`, `clients/`, `groups/`, `hosts/`) wants of a host",
        (
            Mistake(
                "The most general file wins.",
                f"{OWN}/desired_config/layering.py",
                "    for layer in layers:\n",
                "    for layer in reversed(layers):\n",
                (
                    f"{UNIT_OWN}/desired_config/test_layering.py::test_the_last_layer_wins_and_neighbours_stay",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "the same merging and masking in Jinja; load, disk and memory as numbers",
        (
            Mistake(
                "The filter knows no state but `merged`.",
                "plugins/filter/merge_config.py",
                "            plain(state),\n",
                '            "merged",\n',
                (
                    "tests/unit/plugins/filter/test_configuration_filters.py::test_every_state_and_option",
                ),
            ),
            Mistake(
                "What is free is taken for what is in use.",
                f"{OWN}/monitoring/usage.py",
                "            return round(_FULL - found, 4)\n",
                "            return found\n",
                (f"{UNIT_OWN}/monitoring/test_monitoring.py::test_disk_and_memory",),
            ),
        ),
    ),
    Promise(
        README,
        "templates, surveys, schedules, and a workflow with an approval, as code",
        (
            Mistake(
                "The workflow asks for an approval also where hosts could not be compared.",
                "extensions/awx/configuration.yml",
                "          drift_fail: error\n",
                '          drift_fail: "false"\n',
                (
                    "tests/unit/extensions/awx/test_configuration.py::test_what_could_not_be_compared_is_never_approved",
                ),
            ),
        ),
    ),
    Promise(
        README,
        "deployments that fail, and servers that are not well, as events for rulebooks",
        (
            Mistake(
                "A deployment's end is no event.",
                f"{OWN}/watching/deployment_changes.py",
                "        if seen.state is not last.state:\n",
                "        if seen.state is not last.state and seen.state.active:\n",
                (f"{UNIT_OWN}/watching/test_news.py::test_what_changed_of_a_deployment",),
            ),
            Mistake(
                "A figure that swings about its threshold is an event with each look.",
                f"{OWN}/watching/figure_levels.py",
                "    share = 1 - margin / 100\n",
                "    share = 1\n",
                (f"{UNIT_OWN}/watching/test_news.py::test_a_level_is_left_only_by_the_margin",),
            ),
        ),
    ),
)
