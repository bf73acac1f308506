"""What does this cell hold? The number of an output cell, with the slips that lead to another."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from core.errors import SceneError
from core.questions.otherwise import forgotten
from core.questions.question import Question, Slip, distinct
from core.questions.showing import map_shown, place_of, settings_of, window_shown
from core.questions.writing import line
from core.rules.figures import figure
from core.rules.filling import fill
from core.rules.tree import Relation, Symbol, Tree
from core.texts import Text
from core.trace import Trace

TRIES = 6  # steps that are looked at for one that tells slips apart
MANY = 10_000
MOST_WINDOW = 64  # cells of a window that somebody can add up
MOST_CELLS = 10**12

WHOLE = Text("What does the cell at {place} of the output hold? It is a whole number.")
DECIMAL = Text("What does the cell at {place} of the output hold? Give it to within {tolerance}.")
WORKED = Text("This step: {arithmetic}")

NEGATED = Text("{value} has its sign turned.")
BIAS_TWICE = Text("{value} has the bias in it twice.")
BIAS_EACH = Text("{value} adds the bias once for each channel: it is added once for each kernel.")
ONE_CHANNEL = Text("{value} is the sum of channel {channel} alone: the sums of all channels are added up.")
UNWEIGHTED = Text("{value} adds up the window's cells without the kernel: each is multiplied by its weight first.")
ACTIVATED = Text("{value} is what the activation makes of it: the cell of this layer holds the number before that.")
SWAPPED = Text("{value} is in the cell at {place}: rows come before columns.")
NEIGHBOUR = Text("{value} is in the cell at {place}: another window.")
# By what a pooling looks for: (largest, sum, mean, smallest) of the window.
OF_WINDOW = {
    "sum": Text("{value} is the sum of the window: {operation} does something else with it."),
    "mean": Text("{value} is the mean of the window: {operation} does something else with it."),
    "largest": Text("{value} is the largest number of the window: {operation} does something else with it."),
    "smallest": Text("{value} is the smallest number of the window: {operation} does something else with it."),
    "first": Text("{value} is the first cell of the window: {operation} looks at all of them."),
}

Step = Mapping[str, Any]
HIDDEN = ("products", "sums")
HOLES = ("window", "products")
DRAWN = ("noise", "draw")


def can_ask(trace: Trace) -> bool:
    """Whether a step makes one number out of so few that they can be worked out."""
    if trace.scatters or trace.layer.step_cells() > MOST_WINDOW or len(trace) > MOST_CELLS:
        return False
    return asked_of(trace[0])


def asked_of(step: Step) -> bool:
    """What was drawn by chance cannot be worked out."""
    if any(name in step for name in DRAWN):
        return False
    output = step.get("output")
    return isinstance(output, int | float) and not isinstance(output, bool) and math.isfinite(output)


def question(trace: Trace, seed: int, index: int, chance: random.Random, step: int | None = None) -> Question | None:
    """The best of a few steps: one whose slips lead to other numbers."""
    if step is not None:
        record = trace[step]
        return question_of(trace, record, seed, index) if asked_of(record) else None
    places = steps_to_try(len(trace), seed, index, chance)
    found = [question_of(trace, record, seed, index) for record in map(trace.__getitem__, places) if asked_of(record)]
    return max(found, key=worth, default=None)


def steps_to_try(steps: int, seed: int, index: int, chance: random.Random) -> list[int]:
    """A few steps, of a small map others for each question."""
    if steps > MANY:
        return sorted({chance.randrange(steps) for _ in range(TRIES)})
    order = random.Random(seed).sample(range(steps), steps)
    tries = max(1, min(TRIES, steps // 10))
    return [order[(index * tries + place) % steps] for place in range(tries)]


def worth(asked: Question) -> tuple[int, int]:
    """What is not zero, and has many slips, is worth asking."""
    return int(asked.answer != (0.0,)), len(asked.slips)


def question_of(trace: Trace, step: Step, seed: int, index: int) -> Question:
    answer = float(step["output"])
    tolerance = 0.0 if answer == int(answer) else tolerance_of(answer)
    place = place_of(step["at"], trace.output_shape)
    prompt = Text(DECIMAL.template, place=place, tolerance=figure(tolerance)) if tolerance else None
    shown = {**settings_of(trace), **window_shown(trace, step)}
    slips = distinct((*forgotten(trace, tuple(step["at"])), *slips_of(trace, step)), (answer,), tolerance)
    return Question(
        "value",
        seed,
        index,
        prompt or Text(WHOLE.template, place=place),
        "number",
        (answer,),
        explained(trace, step),
        slips,
        tolerance,
        int(step["index"]),
        shown={**without(shown, HIDDEN), **map_shown(trace, step, upto=int(step["index"]))},
        revealed={**shown, **map_shown(trace, step, upto=int(step["index"]) + 1)},
    )


def without(shown: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in shown.items() if name not in names}


def faded(asked: Question, fade: int) -> Mapping[str, Any]:
    """What is shown of a worked example: 1 all of it; 2 without the sum; 3 nor the products; 4 nor the window.
    Whose numbers are missing leaves its shape."""
    shown = left_of(asked, fade)
    holes = {name: shape_of(asked.revealed[name]) for name in HOLES if name in asked.revealed and name not in shown}
    return {**shown, "holes": holes} if holes else shown


def shape_of(planes: list[Any]) -> list[int]:
    return [len(planes), len(planes[0]), len(planes[0][0])]


def left_of(asked: Question, fade: int) -> Mapping[str, Any]:
    if fade == 1:
        return asked.revealed
    if fade == 2:
        return {**asked.shown, **({"products": asked.revealed["products"]} if "products" in asked.revealed else {})}
    if fade == 3:
        return asked.shown
    if asked.shown["input"] is None:
        raise SceneError("fade", fade, "the input is too large to find the window in: choose 1, 2 or 3")
    return without(asked.shown, (*HIDDEN, "window", "corner"))


def tolerance_of(answer: float) -> float:
    """Half of the third digit, or so: what somebody with a pencil can be asked for."""
    return float(f"{max(abs(answer) * 0.005, 0.0005):.1g}")


def explained(trace: Trace, step: Step) -> tuple[Text, ...]:
    """The step's own arithmetic, as the layer tells it."""
    rule = trace.layer.rule()
    fields = {"step": step, "start": trace.start()}
    filled = [fill(template, fields) for template in (rule.numbers if rule else ())]
    lines = [Text(WORKED.template, arithmetic=line(unnamed(piece))) for piece in filled if piece is not None]
    return tuple(lines) or (Text("The cell holds {value}.", value=figure(step["output"])),)


def unnamed(piece: Tree) -> Tree:
    """A row of equal sides without the name of the cell, which the question says."""
    if isinstance(piece, Relation) and len(piece.sides) > 2 and isinstance(piece.sides[0], Symbol):
        return Relation(piece.sides[1:], piece.signs[1:])
    return piece


def slips_of(trace: Trace, step: Step) -> Iterator[Slip]:
    """What comes out of slips in this step's own numbers."""
    answer = step["output"]
    yield from weighted(step, answer) if step.get("sums") is not None else pooled(trace, step)
    if isinstance(step.get("activated"), int | float):
        yield slip(step["activated"], ACTIVATED)
    yield from of_other_cells(trace, step)
    yield slip(-answer, NEGATED)


def weighted(step: Step, answer: float) -> Iterator[Slip]:
    """Slips in a sum of products."""
    sums, bias = step["sums"], step.get("bias")
    if bias and isinstance(bias, int | float):
        if len(sums) > 1:
            yield slip(answer + bias * (len(sums) - 1), BIAS_EACH)
        yield slip(answer + bias, BIAS_TWICE)
    if isinstance(bias, int | float) and len(sums) > 1 and all(isinstance(part, int | float) for part in sums):
        for channel, part in enumerate(sums):
            yield slip(part + bias, ONE_CHANNEL, channel=channel + 1)
            yield slip(part, ONE_CHANNEL, channel=channel + 1)
    if step.get("window") is not None:
        yield slip(float(np.nansum(np.array(step["window"], float))), UNWEIGHTED)


def pooled(trace: Trace, step: Step) -> Iterator[Slip]:
    """What else could be made of a window without weights."""
    if step.get("window") is None or step.get("products") is not None:
        return
    cells = np.array(step["window"], float)
    cells = cells[np.isfinite(cells)]
    if not cells.size:
        return
    made = {"sum": cells.sum(), "mean": cells.mean(), "largest": cells.max(), "smallest": cells.min()}
    for name, value in {**made, "first": cells[0]}.items():
        yield slip(float(value), OF_WINDOW[name], operation=trace.operation.title)


def of_other_cells(trace: Trace, step: Step) -> Iterator[Slip]:
    channel, row, col = step["at"]
    around = ((channel, col, row, SWAPPED), (channel, row, col + 1, NEIGHBOUR), (channel, row + 1, col, NEIGHBOUR))
    for plane, down, right, why in around:
        if down < trace.output_shape[1] and right < trace.output_shape[2]:
            value = trace.layer.outputs(trace.input, np.array([[plane, down, right]]))[0]
            yield slip(float(value), why, place=place_of((plane, down, right), trace.output_shape))


def slip(value: float, why: Text, **facts: object) -> Slip:
    return Slip((float(value),), Text(why.template, value=figure(value), **facts))
