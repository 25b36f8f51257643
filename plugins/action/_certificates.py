# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action of the role certificates; plugins/modules/certificates.yml explains it."""

from __future__ import annotations

from ..plugin_utils.certificates.action import CertificatesAction


class ActionModule(CertificatesAction):
    """The work of the role certificates as an action."""
