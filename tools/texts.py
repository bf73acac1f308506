"""Finds the sentences of Python files for the catalogues: rules of refusals, warnings, and what gettext is given.

Babel looks for literals only; a rule here may also be a name that stands for one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import IO, Any

from app.main import create_app
from app.routes.reference import contents, texts

RULE_AT = {"SceneError": 2, "PictureError": 1, "CutOff": 1, "Refusal": 1, "StoreError": 1, "Busy": 0, "Text": 0}
CONSTANTS = {"SENTENCE", "RULES", "OTHER", "FAILED", "SERVER_FAILED"}
NOTE = "# Translators: "

Found = tuple[int, str, str, list[str]]
Names = dict[str, list[ast.expr]]


def extract(file: IO[bytes], keywords: Iterable[str], comments: Iterable[str], options: dict[str, Any]) -> list[Found]:
    """What Babel asks of an extractor: (line, function, text, comments) of each sentence."""
    source = file.read().decode()
    lines = ["", *source.splitlines()]
    return [
        (line, "gettext", text, note_above(lines, line)) for line, text in sorted(set(sentences(ast.parse(source))))
    ]


def extract_with_reference(
    file: IO[bytes], keywords: Iterable[str], comments: Iterable[str], options: dict[str, Any]
) -> list[Found]:
    """The texts of the file that makes the API reference, and those that it takes from the API's own description."""
    described = {text for text in texts(contents(create_app().openapi())) if text}
    return [*extract(file, keywords, comments, options), *((0, "gettext", text, []) for text in sorted(described))]


def note_above(lines: list[str], line: int) -> list[str]:
    """What the line before a sentence says to translators."""
    return [lines[line - 1].strip().removeprefix(NOTE)] if lines[line - 1].strip().startswith(NOTE) else []


def sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    names = assigned(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from rules(node, names)
        elif isinstance(node, ast.Assign) and named_as_text(node):
            yield from literals(node.value, names)
        elif isinstance(node, ast.Tuple) and is_warning(node):
            yield from literals(node.elts[0], names)


def rules(call: ast.Call, names: Names) -> Iterator[tuple[int, str]]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = RULE_AT.get(name)
    if place is not None and len(call.args) > place:
        yield from literals(call.args[place], names)


def literals(value: ast.expr, names: Names) -> Iterator[tuple[int, str]]:
    """The texts that an expression may be; a name stands for whatever the file puts into it."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.lineno, value.value
    elif isinstance(value, ast.Call) and getattr(value.func, "id", "") == "Text":
        yield from literals(value.args[0], names)
    elif isinstance(value, ast.IfExp):
        yield from literals(value.body, names)
        yield from literals(value.orelse, names)
    elif isinstance(value, ast.Dict):
        for item in value.values:
            yield from literals(item, names)
    elif isinstance(value, ast.Subscript):
        yield from literals(value.value, names)
    elif isinstance(value, ast.Name):
        for meaning in names.pop(value.id, []):
            yield from literals(meaning, names)


def assigned(tree: ast.Module) -> Names:
    names: Names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names.setdefault(node.targets[0].id, []).append(node.value)
    return names


def named_as_text(node: ast.Assign) -> bool:
    return isinstance(node.targets[0], ast.Name) and node.targets[0].id in CONSTANTS


def is_warning(node: ast.Tuple) -> bool:
    """(TEMPLATE, {facts}) is how a layer warns."""
    return len(node.elts) == 2 and isinstance(node.elts[0], ast.Name) and isinstance(node.elts[1], ast.Dict)
