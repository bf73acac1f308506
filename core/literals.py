"""How values are spelled in a scene line: numbers, words, (1,2), [1 2; 3 4] and nested lists."""

from __future__ import annotations

import re
from typing import Any

from core.errors import SceneError

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
INTEGER = re.compile(r"[+-]?\d+")
TOKEN = re.compile(r"\s*([\[\]();,]|[^\s\[\]();,]+)")
OPENING, CLOSING = "[(", "])"
LONGEST_NUMBER = 40
DEEPEST = 5

Tokens = list[str]


def split(text: str, separator: str) -> list[str]:
    """Parts of a text between separators that stand outside all brackets.

    >>> split("[1 2; 3 4] | pad (1,2)", "|")
    ['[1 2; 3 4] ', ' pad (1,2)']
    """
    parts, depth, start = [], 0, 0
    for place, character in enumerate(text):
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth -= 1
            if depth < 0:
                raise SceneError("scene", text[: place + 1], "a bracket is closed that was never opened")
        elif depth == 0 and (character == separator or (separator == " " and character.isspace())):
            parts.append(text[start:place])
            start = place + 1
    if depth:
        raise SceneError("scene", text, "a bracket is opened but not closed")
    return [*parts, text[start:]]


def words(text: str) -> list[str]:
    """The words of a part of the line; what stands in brackets is one word."""
    return [word for word in split(text, " ") if word]


def read(field: str, text: str) -> Any:
    """The value that a word of the line spells: number, boolean, pair, matrix, or the word itself."""
    if text[0] in OPENING:
        return read_nested(field, text)
    if text in ("true", "false"):
        return text == "true"
    return read_number(field, text) if NUMBER.fullmatch(text) else text


def read_number(field: str, text: str) -> int | float:
    if len(text) > LONGEST_NUMBER:
        raise SceneError(field, text, "is longer than any number needed here")
    return int(text) if INTEGER.fullmatch(text) else float(text)


def read_nested(field: str, text: str) -> Any:
    """[1 2; 3 4] as rows; [[1,2],[3,4]] and (1,2) as they nest."""
    tokens = TOKEN.findall(text)
    tokens.reverse()
    value = _nested(field, tokens, text, depth=0)
    if tokens:
        raise SceneError(field, text, "has something after its closing bracket")
    return value


def _nested(field: str, tokens: Tokens, text: str, depth: int) -> tuple[Any, ...]:
    if depth > DEEPEST:
        raise SceneError(field, text, "has more than four dimensions")
    opening = tokens.pop()
    closing = CLOSING[OPENING.index(opening)]
    rows: list[list[Any]] = [[]]
    while tokens and tokens[-1] not in CLOSING:
        _item(field, tokens, text, depth, rows)
    if not tokens or tokens.pop() != closing:
        raise SceneError(field, text, "its brackets do not match")
    return _rows(field, text, opening == "[" and depth == 0, rows)


def _item(field: str, tokens: Tokens, text: str, depth: int, rows: list[list[Any]]) -> None:
    token = tokens[-1]
    if token in OPENING:
        rows[-1].append(_nested(field, tokens, text, depth + 1))
        return
    tokens.pop()
    if token == ";":
        rows.append([])
    elif token != ",":
        rows[-1].append(_number_in(field, token))


def _number_in(field: str, token: str) -> int | float:
    if not NUMBER.fullmatch(token):
        raise SceneError(field, token, "must be a finite number, such as 2 or -0.5")
    return read_number(field, token)


def _rows(field: str, text: str, outermost: bool, rows: list[list[Any]]) -> tuple[Any, ...]:
    """One outermost row of numbers is a matrix of one row; further in, it is just a row."""
    if not rows[-1] and len(rows) > 1:
        rows = rows[:-1]
    if not all(rows):
        raise SceneError(field, text, "must not be empty")
    of_numbers = outermost and not isinstance(rows[0][0], tuple)
    return tuple(tuple(row) for row in rows) if of_numbers or len(rows) > 1 else tuple(rows[0])


def spell(value: Any, kind: str) -> str:
    """The shortest spelling of a setting that reads back as the same."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, tuple):
        return repr(value) if isinstance(value, float) else str(value)
    if kind == "pair" and value[0] == value[1]:
        return str(value[0])
    if kind in ("weight", "matrix", "numbers"):
        return spell_matrix(value)
    return "(" + ",".join(spell(item, "") for item in value) + ")"


def spell_matrix(value: tuple[Any, ...]) -> str:
    """One or two dimensions as on a board; more as nested lists.

    >>> spell_matrix(((1, 2), (3, 4)))
    '[1 2; 3 4]'
    """
    if not isinstance(value[0], tuple):
        return "[" + " ".join(repr(number) for number in value) + "]"
    if not isinstance(value[0][0], tuple):
        return "[" + "; ".join(" ".join(repr(number) for number in row) for row in value) + "]"
    return _spell_nested(value)


def _spell_nested(value: Any) -> str:
    return "[" + ",".join(map(_spell_nested, value)) + "]" if isinstance(value, tuple) else repr(value)
