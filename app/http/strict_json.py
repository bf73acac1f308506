"""JSON as it must be said: UTF-8, no NaN, no member twice, nothing nested beyond reason."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import orjson

from app.errors import BAD, Refusal
from core.errors import SceneError

DEEPEST = 24
DIGITS = bytes.maketrans(b"123456789", b"000000000")
MANY_DIGITS = b"0" * 19  # more may not fit into 64 bits


def read_json(body: bytes) -> Any:
    """The value of a body; a number of any length keeps every digit, as it does in a scene line.

    orjson is the stricter reader and the quick one, json.loads the one that sees a member that is told twice.
    """
    try:
        value = orjson.loads(body)
        if deeper_than(value, DEEPEST):
            rule = "the body is nested deeper than {deepest} levels"
            raise Refusal(BAD, rule, field="body", deepest=DEEPEST)
        return value if is_whole(value, body) else json.loads(body, object_pairs_hook=members)
    except orjson.JSONDecodeError as error:
        raise Refusal(BAD, "the body is not JSON: {reason}", field="body", reason=str(error)) from None


def is_whole(value: Any, body: bytes) -> bool:
    """Whether the quick reader can have lost nothing: neither a member that is told twice nor a digit.

    >>> bodies = b'{"a": [1, 2]}', b'{"a": 1, "a": 2}', b"18446744073709551617"
    >>> [is_whole(orjson.loads(body), body) for body in bodies]
    [True, False, False]
    """
    if b"\\" in body or MANY_DIGITS in body.translate(DIGITS):
        return False
    return body.count(b'"') == orjson.dumps(value).count(b'"')


def members(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise SceneError(name, value, "is given twice")
        found[name] = value
    return found


def deeper_than(value: Any, levels: int) -> bool:
    """Level by level, so that no depth can exhaust the stack."""
    level = nested_in([value])
    for _ in range(levels):
        level = [inner for outer in level for inner in nested_in(outer)]
        if not level:
            return False
    return True


def nested_in(outer: list[Any] | dict[str, Any]) -> list[Any]:
    """The lists and objects in one; a long row of numbers has none, which is known without a look at each."""
    values = outer.values() if isinstance(outer, dict) else outer
    if {list, dict}.isdisjoint(map(type, values)):
        return []
    return [inner for inner in values if isinstance(inner, list | dict)]
