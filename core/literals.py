"""How values are spelled in a scene line: numbers, words, and whatever stands in brackets, which is a matrix."""

from __future__ import annotations

import re
from typing import Any

from core import matrices
from core.errors import SceneError
from core.matrices.numbers import LONGEST_NUMBER, NUMBER, TOO_LONG
from core.texts import Text

INTEGER = re.compile(r"[+-]?[0-9]+")
BRACKET = re.compile(r"\\begin\b|\\end\b|[\[\](){}]")
OPENING = ("[", "(", "{", "\\begin")
KEYWORD = re.compile(r"([^=\[\](){}\\]*)(=)(.*)", re.DOTALL)
PAIR = re.compile(rf"\({NUMBER.pattern},{NUMBER.pattern}\)")
BARE = re.compile(r"[-+0-9.,;/&]+")  # what a matrix without its brackets falls into
STARTS_A_NUMBER = re.compile(r"[+-]?[0-9]")
UNBRACKETED = Text("a matrix stands in brackets, such as {example}", example="[1 2; 3 4]")
BOOLEANS = {"true": True, "True": True, "false": False, "False": False}  # as Python writes them, too


def split(text: str, separator: str) -> list[str]:
    """Parts of a text between separators that stand outside all brackets; a space stands for any white space.

    >>> split("[1 2; 3 4] | pad (1,2)", "|")
    ['[1 2; 3 4] ', ' pad (1,2)']
    """
    sign = r"\s" if separator == " " else re.escape(separator)
    parts, depth, start = [], 0, 0
    for found in re.finditer(rf"{BRACKET.pattern}|{sign}", text):
        if found[0] in OPENING:
            depth += 1
        elif BRACKET.fullmatch(found[0]):
            depth -= 1
            if depth < 0:
                raise SceneError("scene", text[: found.end()], "a bracket is closed that was never opened")
        elif depth == 0:
            parts.append(text[start : found.start()])
            start = found.end()
    if depth:
        raise SceneError("scene", text, "a bracket is opened but not closed")
    return [*parts, text[start:]]


def words(text: str) -> list[str]:
    """The words of a part of the line; what stands in brackets is one word."""
    return [word for word in split(text, " ") if word]


def keyword(word: str) -> tuple[str, str, str]:
    """Key, equals sign and value of a word such as stride=2; a key alone where there is no sign outside brackets.

    >>> keyword("stride=(2,1)"), keyword("tensor([1.], dtype=float)")
    (('stride', '=', '(2,1)'), ('tensor([1.], dtype=float)', '', ''))
    """
    found = KEYWORD.fullmatch(word)
    if not found:
        return word, "", ""
    key, equals, value = found.groups()
    if not key:
        raise SceneError("scene", word, "a setting is written without spaces, such as {example}", example="stride=2")
    if not value:
        raise SceneError(key, value, "needs a value after its equals sign")
    return key, equals, value


def is_nested(word: str) -> bool:
    """Whether a word of the line holds brackets, and so numbers."""
    return BRACKET.search(word) is not None


def read(field: str, text: str) -> Any:
    """The value that a word of the line spells: number, boolean, pair, matrix, or the word itself."""
    if is_nested(text):
        return read_nested(field, text)
    if text in BOOLEANS:
        return BOOLEANS[text]
    return read_number(field, text) if NUMBER.fullmatch(text) else text


def read_number(field: str, text: str) -> int | float:
    if len(text) > LONGEST_NUMBER:
        raise SceneError(field, text, TOO_LONG)
    return int(text) if INTEGER.fullmatch(text) else float(text)


def read_nested(field: str, text: str) -> tuple[Any, ...]:
    """[1 2; 3 4] as rows; [[1,2],[3,4]] and (1,2) as they nest."""
    if PAIR.fullmatch(text):
        return tuple(read_number(field, number) for number in text[1:-1].split(","))
    return matrices.read(text, field).values


def spell(value: Any, kind: str) -> str:
    """The shortest spelling of a setting that reads back as the same."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, tuple):
        return repr(value) if isinstance(value, float) else str(value)
    if kind == "pair" and value[0] == value[1]:
        return str(value[0])
    if kind in ("weight", "matrix", "numbers"):
        return matrices.spell_matrix(value)
    return "(" + ",".join(spell(item, "") for item in value) + ")"
