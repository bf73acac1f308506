"""JSON as it must be said: UTF-8, no NaN, no member twice, nothing nested beyond reason."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import orjson

from app.errors import BAD, Refusal
from core.errors import SceneError

DEEPEST = 24


def read_json(body: bytes) -> Any:
    """The value of a body; a number of any length keeps every digit, as it does in a scene line.

    orjson is the stricter of the two readers, json.loads the one that sees a member that is told twice.
    """
    try:
        value = orjson.loads(body)
        if deeper_than(value, DEEPEST):
            rule = "the body is nested deeper than {deepest} levels"
            raise Refusal(BAD, rule, field="body", deepest=DEEPEST)
        return json.loads(body, object_pairs_hook=members)
    except orjson.JSONDecodeError as error:
        raise Refusal(BAD, "the body is not JSON: {reason}", field="body", reason=str(error)) from None


def members(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise SceneError(name, value, "is given twice")
        found[name] = value
    return found


def deeper_than(value: Any, levels: int) -> bool:
    """Level by level, so that no depth can exhaust the stack."""
    level = [value]
    for _ in range(levels):
        level = [
            inner
            for outer in level
            if isinstance(outer, list | dict)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, list | dict)
        ]
        if not level:
            return False
    return True
