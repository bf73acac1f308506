"""Files write numbers and sums as the player does: both are asked for thousands of them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.render.digits import figure_in, shortened, widest
from app.render.writing import in_line
from core.rules.filling import fill
from tests.app.drawings import KINDS, figure_of
from tests.running import ROOT

NODE = Path(sys.executable).parent / "node"
PLAYER = """
import { figureIn, widestFigures } from "./static/words/figures.js";
import { shortened } from "./static/drawing/cells.js";
import { inLine } from "./static/words/mathematics.js";
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { numbers, ends, lines } = JSON.parse(Buffer.concat(chunks).toString());
console.log(JSON.stringify({
  numbers: numbers.map((value) => [3, 2, 1].map((digits) => figureIn(value, digits))),
  short: numbers.map((value) => [2, 3, 4, 5].map((letters) => shortened(value, 2, letters))),
  ends: ends.map((range) => widestFigures(range, false)),
  lines: lines.map((line) => inLine(line).map(({ text, role }) => [text, role ?? ""])),
}));
"""


def by_the_player(numbers: list[float], ends: list[list[float]], lines: list[Any]) -> Any:
    asked = json.dumps({"numbers": numbers, "ends": ends, "lines": lines})
    ask = [str(NODE), "--input-type=module", "-e", PLAYER]
    done = subprocess.run(ask, cwd=ROOT, input=asked, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def numbers() -> list[float]:
    """Of every size, whole and not, and those that lie between two figures."""
    some = np.random.default_rng(1)
    sizes = 10.0 ** some.uniform(-9, 16, 3000)
    powers = range(-5, 4)
    halves = [sign * (place + 0.5) * 10.0**power for sign in (1, -1) for place in range(1, 40) for power in powers]
    few = some.integers(-(10**6), 10**6, 500) / some.choice([2, 4, 8, 3, 7, 256], 500)
    edges = [0.0, 1.0, -1.0, 9.995, 99.95, 999.5, 9999999.5, 1e7, 1e-4, 9.9996e-5, 1e12, 1e12 - 1, 0.1 + 0.2, 5e-324]
    return [*(sizes * some.choice([1, -1], 3000)).tolist(), *halves, *few.tolist(), *edges]


def test_numbers_are_the_figures_of_the_player_however_many_digits_there_is_room_for() -> None:
    asked = numbers()
    ends = [sorted(asked[place : place + 2]) for place in range(0, 1000, 2)]
    told = by_the_player(asked, ends, [])
    assert [
        (value, ours, theirs)
        for value, theirs in zip(asked, told["numbers"], strict=True)
        if (ours := [figure_in(value, digits) for digits in (3, 2, 1)]) != theirs
    ] == []
    assert [widest(range_, False) for range_ in ends] == told["ends"]
    short = [[shortened(value, 2, letters) for letters in (2, 3, 4, 5)] for value in asked]
    assert [each for each in zip(asked, short, told["short"], strict=True) if each[1] != each[2]] == []


@pytest.mark.parametrize("line", KINDS.values(), ids=KINDS)
def test_the_sums_of_steps_are_those_of_the_player(line: str) -> None:
    model = figure_of(line).model
    assert model.rule
    filled = [
        piece
        for index in {0, len(model.trace) // 2, len(model.trace) - 1}
        for template in model.rule.numbers
        if (piece := fill(template, {"step": model.trace[index], "start": model.start}, 9)) is not None
    ]
    told = by_the_player([], [], [piece.as_json() for piece in filled])["lines"]
    assert told == [[list(token) for token in in_line(piece)] for piece in filled]
