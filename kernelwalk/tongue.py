"""The language of the system, where a person has not said another."""

from __future__ import annotations

import os
from collections.abc import Mapping


def system_language(environment: Mapping[str, str] = os.environ) -> str:
    """As the system writes it; nothing where it does not say.

    >>> system_language({"LC_ALL": "", "LANG": "ko_KR.UTF-8"}), system_language({})
    ('ko_KR.UTF-8', '')
    """
    return next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
