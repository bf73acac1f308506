"""The browser fills and writes rules as the core does; what it writes is worked out as it is read."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import OPERATIONS
from core.rules.figures import figure, is_exact
from core.rules.filling import fill
from core.telling import rule_of
from core.trace import Trace
from tests.core.layers import drawn
from tests.running import ROOT

NODE = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
EACH = 8  # layers of an operation
Rows = list[dict[str, Any]]


def rows_of(trace: Trace) -> Rows:
    """Every template of a layer, with a step in its middle."""
    rule = rule_of(trace)
    assert rule is not None
    fields = json.loads(json.dumps({"step": trace[len(trace) // 2], "start": trace.start()}))
    return [
        {"template": template, "fields": fields, "most": most}
        for template in (*rule.numbers, *rule.aside)
        for most in (27, 9)
    ]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return [row for name in sorted(OPERATIONS) for trace in drawn(name, EACH) for row in rows_of(trace)]


@pytest.fixture(scope="module")
def told(rows: Rows) -> dict[str, Any]:
    """What the browser's modules make of them."""
    assert NODE, "no Node here: run `make test`, which brings one"
    asked = {"rules": [row | {"template": row["template"].as_json()} for row in rows], "figures": FIGURES}
    answer = subprocess.run(
        [NODE, str(ROOT / "tests/js/rule_lines.js")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


FIGURES = [0, 1, -3, 0.5, 0.1 + 0.2, 1 / 3, 1418 / 7, 2.345, 2.5e-5, 99.95, 99.96, 1e12, 1e12 - 1, 123456.5, 9.995e7,
           -0.0012345, 0.0001, 0.000099999, 1e-300, 1.5, 2.675, 1234567.5, 5e15 + 1]  # fmt: skip


def test_figures_are_the_same_in_both(told: dict[str, Any]) -> None:
    assert told["figures"] == [[figure(value), is_exact(value)] for value in FIGURES]


def test_rules_are_filled_the_same_in_both(rows: Rows, told: dict[str, Any]) -> None:
    assert len(rows) > 5 * len(OPERATIONS)
    for row, answer in zip(rows, told["rules"], strict=True):
        filled = fill(row["template"], row["fields"], row["most"])
        assert answer["filled"] == (None if filled is None else json.loads(json.dumps(filled.as_json()))), answer[
            "text"
        ]


def test_what_is_written_is_true_as_it_stands(told: dict[str, Any]) -> None:
    worked_out = [line for answer in told["rules"] if answer["text"] for line in equations(answer["text"])]
    assert len(worked_out) > len(OPERATIONS)
    for text, one, sign, other in worked_out:
        if sign == "=":
            assert close(one, other, 1e-11), text
        else:
            assert close(one, other, 0.03) or abs(one - other) <= 0.02 * scale(text), text


def close(one: float, other: float, tolerance: float) -> bool:
    return bool(np.isclose(one, other, rtol=tolerance, atol=tolerance, equal_nan=True))


def scale(text: str) -> float:
    """The largest that rounded numbers could bring into a sum."""
    numbers = [abs(float(number)) for number in re.findall(r"\d+(?:\.\d+)?(?:e[−-]?\d+)?", text.replace("−", "-"))]
    return max(numbers, default=0) ** 2


CONDITION = re.compile(r" \([^()]* [<≤] [^()]*\)")  # beside the case that holds
SIGN = re.compile(r" (=|≈|≤|<|\+=) ")


def equations(text: str) -> list[tuple[str, float, str, float]]:
    """Neighbouring sides that are made of numbers alone, worked out."""
    parts = SIGN.split(CONDITION.sub("", text))
    sides = [value_of(side) for side in parts[::2]]
    pairs = zip(sides, parts[1::2], sides[1:], strict=False)
    return [
        (text, one, sign, other) for one, sign, other in pairs if sign in "=≈" and one is not None and other is not None
    ]


WORDS = {"√": "math.sqrt", "max": "max_", "min": "min_", "atan2": "atan2_", "tanh": "math.tanh", "round": "round",
         "ReLU": "relu_", "π": "math.pi"}  # fmt: skip
NAMES = {
    "math": math,
    "max_": lambda *values: max(values),
    "min_": lambda *values: min(values),
    "atan2_": math.atan2,
    "relu_": lambda x: max(0, x),
    "round": round,
    "floor_": math.floor,
    "ceil_": math.ceil,
    "e": math.e,
    "Fraction": Fraction,
}


def value_of(side: str) -> float | None:
    """A side read as mathematics; nothing where letters or dots stand in it."""
    if re.search(r"[\[…–]|_", side):
        return None
    text = re.sub(r"[a-z]+ (?=[(\d−])", "", side)  # a name before a number
    text = text.replace("−", "-").replace("·", "*").replace("²", "**2").replace("³", "**3").replace("^", "**")
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text).replace("°", "*math.pi/180")
    text = text.replace("⌊", "floor_(").replace("⌈", "ceil_(").replace("⌋", ")").replace("⌉", ")")
    for word, python in WORDS.items():
        text = re.sub(rf"(?<![A-Za-z.]){word}(?![A-Za-z_])", python, text)
    if re.search(
        r"(?<![A-Za-z.])(?!math|floor_|ceil_|max_|min_|atan2_|relu_|round|abs|sqrt|tanh|pi|e\b)[A-Za-zαθσ]\w*",
        re.sub(r"\d+e-?\d+", "0", text),
    ):
        return None
    value = eval(text, {"__builtins__": {"abs": abs}}, NAMES)
    return None if isinstance(value, complex | tuple) else float(value)
