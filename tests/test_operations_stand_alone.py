"""An operation is one file and one name: the browser knows none, and everything that tells of it is its own."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np
import pytest

import core
from app.main import create_app
from core.operations.coding_cells import each_cell
from core.operations.letters import AT, INPUT, OUTPUT, PICTURE, SAID_POINT, c, k, r, x, y
from core.rules.rule import Rule, Statement
from core.rules.writing import equal
from core.snippets.snippet import Code, lines
from core.vocabulary import Array, Detail, Layer, Operation, Shape, Text
from tests.core.test_rules_in_the_browser import NODE
from tests.repository import texts
from tests.running import ROOT
from tools.reference import page as reference

COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`/])//[^\n]*", re.DOTALL)
STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`")
INSIDE = re.compile(r"\$\{[^{}`]*\}")  # an expression, not a text
KEY = re.compile(r"[{,]\s*([\w$]+)\s*:(?!:)")
WORD = re.compile(r"[\w-]+")
# Words of the platform and of settings that an operation happens to share.
SHARED = {("round", "lineJoin"), ("flip", "Flip the kernel"), ("shift", "Arrow"), ("shift", "event.shiftKey")}


def named(text: str) -> Iterator[tuple[str, str]]:
    """Operations among the strings and the keys of a script, each with its line."""
    code = INSIDE.sub("", COMMENT.sub("", text))
    for line in code.splitlines():
        words = {word for string in STRING.findall(line) for word in WORD.findall(string)} | set(
            KEY.findall(f"{{{line}")
        )
        for name in sorted(words & set(core.OPERATIONS)):
            if not any(name == shared and place in line for shared, place in SHARED):
                yield name, line.strip()


def test_no_file_of_the_browser_names_an_operation() -> None:
    scripts = [(name, text) for name, text in texts(".js", ".ts") if name.startswith("static/")]
    assert len(scripts) > 50
    assert [(name, *found) for name, text in scripts for found in named(text)] == []


def test_names_would_be_found() -> None:
    found = [name for name, _ in named('if (a === "relu") b = { conv2d: 1, sizes: [`${x} | flip`] }; // softmax')]
    assert found == ["conv2d", "flip", "relu"]


# --- a new operation


class Triple(Operation):
    """output = 3 * x"""

    name = "triple"
    title = Text("Triple")
    kind = "pointwise"
    group = "values"
    names = {"output": Text("Three times")}

    def layer(self, input_shape: Shape) -> Layer:
        return TripleLayer(self, input_shape)


@dataclass(slots=True)
class TripleLayer(Layer):
    def apply(self, x: Array) -> Array:
        return 3 * x

    def columns(self, x: Array, at: Array, detail: Detail) -> dict[str, Array]:
        cell = x[at[:, 0], at[:, 1], at[:, 2]]
        return {"input": cell, "output": 3 * cell}

    def rule(self) -> Rule:
        general = Statement((equal(y[k, r, c], 3 * x[k, r, c]),), PICTURE.outputs())
        letters = PICTURE.sizes(self.input_shape, self.output_shape)
        return Rule(general, letters, (equal(y[AT], 3 * INPUT, OUTPUT),), (), (SAID_POINT,))

    def code(self) -> Code:
        loop, step = each_cell(self.output_shape, "3 * x[{k}, {r}, {c}]")
        return Code(loop, lines("y = 3 * x"), step)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(core.OPERATIONS, Triple.name, Triple)  # type: ignore[arg-type]


def answer(path: str, **words: str) -> Any:
    """What a server in this process answers."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(create_app())
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path, params=words)

    return asyncio.run(asked()).raise_for_status().json()


@pytest.mark.usefixtures("added")
def test_a_new_operation_is_in_the_tables_the_api_and_the_reference() -> None:
    rows = {row["name"]: row for row in answer("/api/operations")}
    assert rows["triple"]["summary"] == "output = 3 * x"
    assert "triple" in reference()
    (layer,) = (answer("/api/scene", scene="[1 2; 3 4] | triple"))["layers"]
    exec(layer["code"]["numpy"], space := {})  # type: ignore[var-annotated]
    assert np.array_equal(space["y"], [[[3, 6], [9, 12]]])
    opening = answer("/api/opening", scene="[1 2; 3 4] | triple", step="2")
    assert opening["names"]["output"]["en"] == "Three times"
    assert opening["rule"]["general"]["lines"]


@pytest.mark.usefixtures("added")
def test_a_new_operation_is_written_by_the_browser_as_it_is() -> None:
    trace = core.trace("[1 -2; 3 4] | triple")
    rule = core.told(trace)["rule"]
    rows = [
        {"template": line, "fields": {"step": trace[1], "start": trace.start()}, "most": 9} for line in rule["numbers"]
    ]
    told = subprocess.run(
        [str(NODE), str(ROOT / "tests/js/rule_lines.js")],
        input=json.dumps({"rules": rows, "figures": []}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert [row["text"] for row in json.loads(told.stdout)["rules"]] == ["y[0, 0, 1] = 3·(−2) = −6"]
