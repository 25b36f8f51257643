# Copyright (c) 2026, TurboStack collection authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which places of a document hold secrets: by the name of a key, or because the user says so."""

from __future__ import annotations

from ..text.secrets.names import is_secret_name


def is_secret_key(name: str) -> bool:
    """Whether what is stored under a key of this name is secret (C(db_password), C(cert_pvk), C(apiKey))."""
    return is_secret_name(name)
