# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A password or another value out of a host's credentials, where it is needed."""

from __future__ import annotations

DOCUMENTATION = r"""
name: credentials
short_description: A value out of the credentials of a TurboStack host
version_added: 1.0.0
author: TurboStack collection authors (@hosted-power)
description:
  - Returns one value, a password if nothing else is asked for, of one account of a host.
  - The value exists where the template is used, and nowhere else. It is not written to any file, and no
    variable holds it unless the playbook puts it into one.
  - The credentials of a host are requested once in a run, when the collection's inventory plugin or one of its
    tasks has a part in the run before the lookup is used. Otherwise they are requested once for each task and
    host. See the notes.
options:
  _terms:
    description: There are none. Everything is said with the options.
    required: false
  host:
    description:
      - The host, as its id, its name in the inventory P(hosted_power.turbostack.turbostack#inventory), or its
        exact name in the platform.
      - The current host of a play over that inventory if it is not set, which is known by its variable
        C(turbostack_id). Its C(turbostack_platform) must be the platform that is asked.
    type: raw
  user:
    description: Name of the user. It may be left out where the host has one account of the kind only.
    type: str
  kind:
    description:
      - The kind of the account. It may be left out where the accounts of the user agree about the value.
      - V(other) stands for accounts of further services, and for those of which the platform does not tell the
        kind.
    type: str
    choices: [system, database, ftp, other]
  field:
    description: What to return of the account.
    type: str
    choices: [password, user, database, home, host, port]
    default: password
extends_documentation_fragment:
  - hosted_power.turbostack.connection
notes:
  - A lookup takes no C(module_defaults), and no C(environment) of a task. It takes its connection from its options
    and from the environment in which Ansible was started.
  - Ansible runs each task for each host in a process of its own. What the lookup has read is shared between these
    processes by memory that they inherit, which never becomes a file. This memory has to be there before they
    are, and it is from the moment at which the collection's inventory plugin is loaded, or a task of the
    collection is begun.
  - What becomes of the value is up to the task that uses it. Arguments that a module declares as secret are
    not shown by Ansible; for all others set C(no_log=true).
  - The host's credentials may be of a shape that is not known. M(hosted_power.turbostack.turbostack_credentials_info)
    returns them as they come.
seealso:
  - module: hosted_power.turbostack.turbostack_credentials_info
"""

EXAMPLES = r"""
- name: Import a dump on each host of the play
  community.mysql.mysql_db:
    name: prod
    state: import
    target: /tmp/dump.sql
    login_user: prod
    login_password: "{{ lookup('hosted_power.turbostack.credentials', user='prod', kind='database') }}"

- name: The settings of an application
  ansible.builtin.template:
    src: env.j2
    dest: /var/www/prod/.env
    mode: "0600"
  no_log: true
  vars:
    database_password: "{{ lookup('hosted_power.turbostack.credentials', host='db-1.example.com', user='prod',
      kind='database') }}"

- name: Where the FTP user of host 7 ends up
  ansible.builtin.debug:
    msg: "{{ lookup('hosted_power.turbostack.credentials', host=7, kind='ftp', user='upload', field='home') }}"
"""

RETURN = r"""
_raw:
  description: The value, in a list of one.
  type: list
  elements: raw
"""

from collections.abc import Mapping
from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.module_utils.basic import missing_required_lib
from ansible.plugins.lookup import LookupBase

from ..module_utils.adapters.censoring import register
from ..module_utils.client.api import Api
from ..module_utils.client.envelope import whole_number
from ..module_utils.client.errors import SettingsError, TurboStackError
from ..module_utils.client.session import requests_import_error
from ..module_utils.client.settings import Settings
from ..plugin_utils.inventory.known_host import KnownHost
from ..module_utils.text.escaping import escape
from ..module_utils.document.masking import redact_text
from ..plugin_utils.action.progress import tell_wait
from ..plugin_utils.credentials_reading import CredentialsReader, chosen
from ..plugin_utils.inventory.inventory_host import inventory_host
from ..plugin_utils.plain import plain


class LookupModule(LookupBase):
    def run(
        self, terms: list[Any], variables: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> list[Any]:
        """The one value, in a list.

        :raises AnsibleLookupError: for everything that the user can do something about.
        """
        self.set_options(var_options=variables, direct=kwargs)
        if requests_import_error:
            raise AnsibleLookupError(missing_required_lib("requests"))
        try:
            if terms:
                raise SettingsError(
                    "The lookup takes no term.",
                    "Name the host with host=, and the user with user=.",
                )
            options = plain(self.get_options())
            host = self._host(options["host"], variables or {})
            settings = Settings.resolve(options)
            if isinstance(host, KnownHost):
                host.check_platform(settings.platform)
                host = host.id
            reader = CredentialsReader(Api(settings, on_wait=tell_wait))
            host_id = host if isinstance(host, int) else reader.id_of(host)
            value = chosen(reader.of(host_id), _shown(host), options)
            if options["field"] == "password":
                register({str(value)})
            return [value]
        except TurboStackError as error:
            raise AnsibleLookupError(escape(redact_text(str(error)))) from None

    @staticmethod
    def _host(named: Any, variables: Mapping[str, Any]) -> KnownHost | int | str:
        """The host as the inventory knows it, or else its id or its name in the platform."""
        current = inventory_host(variables)
        if named is None or named == "":
            if current is None:
                raise SettingsError(
                    "No host is named, and the current one is not of the collection's inventory: it has no "
                    "variable turbostack_id.",
                    "Name the host with host=.",
                )
            return current
        text = str(named).strip()
        number = whole_number(text)
        if number is not None:
            return current if current is not None and current.id == number else number
        hostvars = variables.get("hostvars") or {}
        known = inventory_host(hostvars[text]) if text in hostvars else None
        return text if known is None else known


def _shown(host: int | str) -> str:
    return f"host {host}" if isinstance(host, int) else escape(host)
