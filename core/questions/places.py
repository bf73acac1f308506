"""Which cell of the window wins, and which window comes next."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from core.questions.question import Question, Slip, distinct
from core.questions.showing import map_shown, place_of, settings_of, window_shown
from core.rules.figures import figure
from core.texts import Text
from core.trace import Trace

TRIES = 6
MOST_WINDOW = 64
FLAT = (1, 1, 1)  # places without a channel

WINNER = Text("Which cell of the window wins? Give its row and column in the window, counted from 1.")
WON = Text("The largest number is {value}, at {place} of the window.")
SMALLEST = Text("At {place} lies the smallest number: the largest wins.")
LARGEST_SIZE = Text("At {place} lies the number farthest from zero, but it is negative: the largest wins.")
EQUAL = Text("At {place} lies the same number: of equals the first wins, row by row.")
SWAPPED = Text("You gave the column before the row.")
FROM_NOUGHT = Text("You counted from 0: here rows and columns count from 1.")
IN_PICTURE = Text("That is its place in the whole input: here rows and columns of the window are asked for.")
LOSES = Text("At {place} lies {value}: there is a larger number in the window.")

NEXT = Text("The window's top left corner is at {place} of the input. Where is it in the next step?")
CAME = Text("The next step writes {cell}: the window starts at {place}.")
ONE_ON = Text("That is one cell further: the stride is another.")
DOWN = Text("That is the window below: the row is walked to its end first.")
BESIDE = Text("That is the window beside this one without a common cell: windows overlap where the stride is smaller.")
BACK = Text("That is the window before: the walk goes from left to right.")
BEYOND = Text("That window would go beyond the end of the row: a new row begins.")
STAYED = Text("That is the very same window.")
ELSEWHERE = Text("No window comes to that place after this one.")

Step = Mapping[str, Any]
Corner = tuple[int, int]


def can_ask_winner(trace: Trace) -> bool:
    if trace.scatters or not 1 < trace.layer.step_cells() <= MOST_WINDOW:
        return False
    return competed(trace[0])


def competed(step: Step) -> bool:
    """Whether the cells of a window were compared."""
    winner, window = step.get("argmax"), step.get("window")
    return (
        isinstance(winner, list)
        and len(winner) == 2
        and np.ndim(np.array(window, float)) == 2
        and any(cell is not None for row in step["window"] for cell in row)
        and step["window"][winner[0]][winner[1]] is not None
    )


def winner(trace: Trace, seed: int, index: int, chance: random.Random) -> Question | None:
    """The cell that wins, in a window whose cells differ."""
    places = {chance.randrange(len(trace)) for _ in range(TRIES)}
    records = [record for record in map(trace.__getitem__, places) if competed(record)]
    step = max(records, key=lambda record: np.unique(np.array(record["window"], float)).size, default=None)
    if step is None:
        return None
    row, col = step["argmax"]
    answer = (float(row + 1), float(col + 1))
    shown = {**settings_of(trace), **window_shown(trace, step)}
    value = figure(step["window"][row][col])
    return Question(
        "winner",
        seed,
        index,
        WINNER,
        "cell",
        answer,
        (Text(WON.template, value=value, place=place_of((0, row, col), FLAT)),),
        distinct(losers(step), answer),
        step=int(step["index"]),
        shown={**shown, **map_shown(trace, step, int(step["index"]))},
        revealed={**shown, **map_shown(trace, step, int(step["index"]) + 1), "winner": [row, col]},
    )


def losers(step: Step) -> Iterator[Slip]:
    cells = np.array(step["window"], float)
    row, col = step["argmax"]
    yield from (
        cell_slip(place, why)
        for place, why in (
            (np.unravel_index(np.nanargmin(cells), cells.shape), SMALLEST),
            (np.unravel_index(np.nanargmax(abs(cells)), cells.shape), LARGEST_SIZE),
            *((place, EQUAL) for place in np.argwhere(cells == cells[row, col])),
        )
    )
    yield Slip((float(row), float(col)), FROM_NOUGHT)
    if step.get("winner") is not None:
        yield Slip(tuple(float(part + 1) for part in step["winner"]), IN_PICTURE)
    if row != col and max(row, col) < min(cells.shape):
        yield Slip((float(col + 1), float(row + 1)), SWAPPED)
    for place in np.argwhere(np.isfinite(cells)):
        yield cell_slip(place, LOSES, value=figure(float(cells[tuple(place)])))


def cell_slip(place: Any, why: Text, **facts: object) -> Slip:
    row, col = (int(part) for part in place)
    return Slip((float(row + 1), float(col + 1)), Text(why.template, place=place_of((0, row, col), FLAT), **facts))


def can_ask_window(trace: Trace) -> bool:
    if trace.scatters or len(trace) < 2:
        return False
    return trace.layer.step_cells() <= MOST_WINDOW and cornered(trace[0]) and cornered(trace[1])


def cornered(step: Step) -> bool:
    return isinstance(step.get("corner"), list) and len(step["corner"]) == 2


def window(trace: Trace, seed: int, index: int, chance: random.Random) -> Question | None:
    """The corner of the next window, among corners of windows that come at other times or never."""
    ends = range(trace.output_shape[2] - 1, len(trace) - 1, trace.output_shape[2])
    place = chance.choice(ends) if ends and chance.random() < 1 / 3 else chance.randrange(len(trace) - 1)
    step, after = trace[place], trace[place + 1]
    if not (cornered(step) and cornered(after)):
        return None
    right = corner_of(after)
    offered = others(trace, step, right)
    if len(offered) < 2:
        return None
    order = [right, *offered]
    chance.shuffle(order)
    told = place_of((0, *right), FLAT)
    shown = {**settings_of(trace), **window_shown(trace, step), **map_shown(trace, step, place + 1)}
    return Question(
        "window",
        seed,
        index,
        Text(NEXT.template, place=place_of((0, *corner_of(step)), FLAT)),
        "choice",
        (float(order.index(right)),),
        (Text(CAME.template, cell=place_of(after["at"], trace.output_shape), place=told),),
        tuple(Slip((float(order.index(corner)),), why) for corner, why in offered.items()),
        step=place,
        choices=tuple(place_of((0, *corner), FLAT) for corner in order),
        shown=shown,
        revealed={**shown, **window_shown(trace, after), **map_shown(trace, after, place + 2)},
    )


def corner_of(step: Step) -> Corner:
    row, col = step["corner"]
    return int(row), int(col)


def others(trace: Trace, step: Step, right: Corner) -> dict[Corner, Text]:
    """Three wrong corners, the likeliest slips first."""
    start = trace.start()
    rows, cols = start["kernel_size"]
    down, across = start["stride"]
    row, col = corner_of(step)
    wrong = (
        ((row, col + across), BEYOND),
        ((row, col + 1), ONE_ON),
        ((row + down, col), DOWN),
        ((row, col + cols), BESIDE),
        ((row, col - across), BACK),
        ((row + rows, col), DOWN),
        ((row, col), STAYED),
        ((row + 1, col + 1), ELSEWHERE),
    )
    kept: dict[Corner, Text] = {}
    for corner, why in wrong:
        if corner != right and corner not in kept and len(kept) < 3:
            kept[corner] = why
    return kept
