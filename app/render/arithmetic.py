"""The middle of a figure, by the kind of its step: grids that multiply, a curve with a point, a cell that moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np

from app.render.grids import Grids, Part, centred
from app.render.model import Model, Step
from app.render.planes import Box
from app.render.shapes import Dot, Frame, Line, Rect, Shape, Words
from core.rules.figures import figure

MOST_ROWS = 3
SMALL = 14  # cells of rows are no smaller, or fewer rows are shown
CELL_SIDE = 64
AXIS_LEFT, AXIS_FOOT = 44, 20

Drawn: TypeAlias = tuple[Iterable[Shape], list[Shape]]  # what stays while the key is the same, and what a step changes


def windows_of(model: Model, step: Step) -> list[Any]:
    """The window as channels of rows of values, whatever its nesting."""
    window = step.get("window")
    if window is None:
        window = looked_up(model, step)
    deep = np.ndim(np.asarray(window, object))
    return window if deep >= 3 else [window] if deep == 2 else [[window]]


def looked_up(model: Model, step: Step) -> Any:
    """A window too large to travel with each step, from the input itself."""
    tall, wide = model.start.get("kernel_size", (1, 1))
    top, left = step.get("corner", (0, 0))
    made = np.full((tall, wide), np.nan)
    plane = model.input[model.channels(step)[0]]
    rows = slice(max(0, top), min(plane.shape[0], top + tall))
    columns = slice(max(0, left), min(plane.shape[1], left + wide))
    found = plane[rows, columns]
    made[rows.start - top : rows.start - top + found.shape[0], columns.start - left :][:, : found.shape[1]] = found
    return made.tolist()


def kernel_of(model: Model, step: Step, channel: int) -> Any:
    weight: Any = model.weight
    if "angle" in step:
        return weight[channel][0] if np.ndim(np.asarray(weight, object)) == 4 else weight[channel]
    first = model.start["input_shape"][0]
    place = step["at"][0] if "input_channel" not in step else step["at"][0] // first
    kernels = weight[min(place, len(weight) - 1)]
    return kernels[channel] if np.ndim(np.asarray(kernels, object)) == 3 else kernels


def gather(model: Model, step: Step, box: Box) -> Drawn:
    """Many cells to one: a row of window, kernel and products for each channel that there is room for."""
    windows, products = windows_of(model, step), step.get("products")
    multiplies = model.weight is not None and bool(products)
    gradient = multiplies and "angle" in step
    rows, columns = len(windows[0]), len(windows[0][0])
    chosen, left = chosen_rows(model, step, windows, box, (multiplies, gradient, rows))
    apart = model.start.get("pairing") == "distance"
    parts = [Part("window", rows, columns, "", model.say("window"))]
    if multiplies:
        last = model.say("squares" if apart else "products")
        parts.append(Part("kernel", rows, columns, "−" if apart else "⊙", model.say("kernel")))
        parts.append(Part("products", rows, columns, "→" if apart else "=", last))
    channels = model.channels(step)
    letters = "xy" if gradient else [
        ("RGB"[channels[place]] if model.coloured else str(channels[place] + 1)) if place < len(channels) else ""
        for place in chosen
    ]  # fmt: skip
    grids = Grids(model, box, parts, list(letters), model.say("more", count=left) if left else "")
    moving: list[Shape] = []
    for row, place in enumerate(chosen):
        moving += grids.grid(row, 0, windows[min(place, len(windows) - 1)])
        if multiplies:
            moving += grids.grid(row, 2, products[place])  # type: ignore[index]
    if "argmax" in step:
        moving.append(grids.ring(0, 0, *step["argmax"]))
    if "channel" in step and step["channel"] in chosen:
        moving.append(grids.ring(chosen.index(step["channel"]), 0, 0, 0))
    return staying(grids, [kernel_of(model, step, place) for place in chosen] if multiplies else ()), moving


def staying(grids: Grids, kernels: Iterable[Any]) -> Iterator[Shape]:
    """Names, signs and the kernels of the rows."""
    yield from grids.labels()
    for row, kernel in enumerate(kernels):
        if kernel is not None:
            yield from grids.grid(row, 1, kernel)


def chosen_rows(
    model: Model, step: Step, windows: list[Any], box: Box, about: tuple[bool, bool, int]
) -> tuple[list[int], int]:
    """Places of the channels that get a row, those with the largest weights where room is short; how many do not."""
    multiplies, gradient, rows = about
    if gradient:
        return [0, 1], 0
    seen = [place for place in range(len(windows)) if model.linked(step, place)]
    room = max(1, min(MOST_ROWS, int(box.height // (rows * SMALL + 8))))
    if len(seen) <= room:
        return seen, 0
    if multiplies:
        sizes = {place: float(np.abs(kernel_of(model, step, place)).sum()) for place in seen}
        seen = sorted(sorted(seen, key=lambda place: -sizes[place])[:room])
        return seen, len(sizes) - room
    return seen[:room], len(seen) - room


def scatter(model: Model, step: Step, box: Box) -> Drawn:
    """One cell to many: the cell, the kernel and the stamp."""
    stamps, products = model.stamps(step), step.get("products") or []
    given = np.atleast_1d(np.asarray(step["input"], np.float64))
    rows, columns = model.start.get("kernel_size", (1, 1))
    many = given.size > 1
    size = (rows, columns) if many else (1, 1)
    room = max(1, min(MOST_ROWS, len(products) or 1, int(box.height // (rows * SMALL + 8))))
    weighs = model.weight is not None
    parts = [
        Part("window", size[0], size[1], "", model.say("cell")),
        *([Part("kernel", rows, columns, "×", model.say("kernel"))] if weighs else []),
        Part("products", rows, columns, "=" if weighs else "→", model.say("stamp")),
    ]
    left = len(stamps) - room
    more = model.say("more", count=left) if left > 0 else ""
    grids = Grids(model, box, parts, [str(plane + 1) for plane, _ in stamps[:room]], more)
    moving: list[Shape] = []
    for row in range(len(stamps[:room])):
        cells = given.reshape(-1)[row * rows * columns : (row + 1) * rows * columns] if many else given
        moving += grids.grid(row, 0, cells)
        if row < len(products):
            moving += grids.grid(row, len(parts) - 1, products[row])
    return staying(grids, [kernel for _, kernel in stamps[:room]]), moving


def pointwise(model: Model, step: Step, box: Box) -> Drawn:
    """One cell to one: on the function's own curve, or the cell and what becomes of it."""
    roles = model.roles
    if not model.curve:
        return [], becoming(model, box, step.get("input"), step.get("output"))
    points = np.array(model.curve)
    (low, bottom), (high, top) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    width, height = min(box.width - AXIS_LEFT - 10, (box.height - AXIS_FOOT) * 1.9), box.height - AXIS_FOOT - 4
    x, y = box.x + (box.width - width + AXIS_LEFT - 10) / 2, box.y + 4

    def at(across: float, up: float) -> tuple[float, float]:
        return (
            round(x + share_of(across, low, high) * width, 2),
            round(y + height - share_of(up, bottom, top) * height, 2),
        )

    still: list[Shape] = [Frame(x, y, width, height, roles["line"], 1)]
    if low < 0 < high:
        still.append(Line((at(0, bottom), at(0, top)), roles["quiet"], 1))
    if bottom < 0 < top:
        still.append(Line((at(low, 0), at(high, 0)), roles["quiet"], 1))
    still.append(Line(tuple(at(*point) for point in points.tolist()), roles["text"], 2))
    foot = y + height + 15
    still += [
        Words(x, foot, ((figure(low), roles["input"]),), 11, "mono"),
        Words(x + width, foot, ((figure(high), roles["input"]),), 11, "mono", "end"),
        Words(x - 6, y + 10, ((figure(top), roles["output"]),), 11, "mono", "end"),
        Words(x - 6, y + height, ((figure(bottom), roles["output"]),), 11, "mono", "end"),
    ]
    given, made = step.get("input"), step.get("output")
    if not isinstance(given, int | float) or not isinstance(made, int | float):
        return still, []
    place = at(given, made)
    return still, [
        Line(((place[0], y + height), place), roles["input"], 2, dashed=True),
        Line((place, (x, place[1])), roles["output"], 2, dashed=True),
        Dot(*place, 6, roles["output"], roles["paper"]),
    ]


def share_of(value: float, low: float, high: float) -> float:
    """How far on the way from `low` to `high`; halves, whose difference overflows at no float.

    >>> share_of(0, -1e308, 1e308), share_of(7, 7, 7)
    (0.5, 0.0)
    """
    return (value / 2 - low / 2) / ((high / 2 - low / 2) or 1)


def cell(model: Model, box: Box, value: Any, scale: str, role: str) -> list[Shape]:
    """One large cell with its number."""
    roles = model.roles
    if value is None:
        drawn: list[Shape] = [Rect(box.x, box.y, box.width, box.height, roles["hatch_paper"])]
        ink, text = roles["quiet"], "–"
    else:
        red, green, blue = model.scales[scale].pixels(np.array([[float(value)]]), roles["hatch_paper"])[0, 0].tolist()
        drawn = [Rect(box.x, box.y, box.width, box.height, f"#{red:02x}{green:02x}{blue:02x}")]
        ink, text = model.scales[scale].ink(float(value)), figure(value)
    size = min(24.0, (box.width - 8) / max(1, len(text)) / 0.61)
    frame = Frame(box.x, box.y, box.width, box.height, roles[role], 3, roles["paper"])
    return [*drawn, centred(box, text, ink, size), frame]


def pair_of(box: Box) -> tuple[Box, Box]:
    side = min(CELL_SIDE, box.height - 24)
    top = box.y + (box.height - side) / 2 - 6
    middle = box.x + box.width / 2
    return Box(middle - side - 36, top, side, side), Box(middle + 36, top, side, side)


def arrow(first: Box, second: Box, colour: str) -> list[Shape]:
    y, x, end = first.y + first.height / 2, first.x + first.width + 10, second.x - 10
    return [Line(((x, y), (end, y)), colour, 2.5), Line(((end - 8, y - 7), (end, y), (end - 8, y + 7)), colour, 2.5)]


def becoming(model: Model, box: Box, given: Any, made: Any) -> list[Shape]:
    """The cell, an arrow, and what becomes of it."""
    first, second = pair_of(box)
    shapes = [*cell(model, first, given, "input", "input"), *arrow(first, second, model.roles["text"])]
    return [*shapes, *cell(model, second, made, "output", "output")]


def rearrange(model: Model, step: Step, box: Box) -> Drawn:
    """One cell to another place, or a window that becomes a column."""
    made, place = step.get("output"), step.get("from")
    if isinstance(made, list):
        wide = int(model.start.get("kernel_size", (1, 1))[1])
        tall = len(made) // wide
        parts = [
            Part("window", tall, wide, "", model.say("window")),
            Part("products", len(made), 1, "→", model.say("column"), "window"),
        ]
        grids = Grids(model, box, parts, [""])
        values = [float("nan") if value is None else value for value in made]
        return list(grids.labels()), [*grids.grid(0, 0, values), *grids.grid(0, 1, values)]
    shape = model.start["input_shape"]
    outside = place is not None and not all(0 <= at < side for at, side in zip(place, shape, strict=True))
    shapes = becoming(model, box, None if outside else made, made)
    first, second = pair_of(box)
    below = model.say("padding") if outside else told(place)
    for under, text, role in ((first, below, "input"), (second, told(step["at"]), "output")):
        middle = under.x + under.width / 2
        shapes.append(Words(middle, under.y + under.height + 18, ((text, model.roles[role]),), 12, "mono", "middle"))
    return [], shapes


def told(at: Any) -> str:
    return f"[{', '.join(map(str, at))}]" if at is not None else ""


PAINTERS: Mapping[str, Callable[[Model, Step, Box], Drawn]] = {
    "gather": gather,
    "scatter": scatter,
    "pointwise": pointwise,
    "rearrange": rearrange,
}


def drawn(model: Model, step: Step, box: Box) -> Drawn:
    return PAINTERS[model.kind](model, step, box)


def key_of(model: Model, step: Step) -> tuple[Any, ...]:
    """Steps of one key share what stays."""
    if model.kind in ("gather", "scatter"):
        return (step["at"][0], step.get("input_channel"), str(step.get("size")))
    return ()


def marks(model: Model, step: Step) -> Iterator[tuple[str, list[int], list[int], list[int]]]:
    """What a step reads and writes: pane, planes, rows and columns."""
    tall, wide = model.start.get("kernel_size", (1, 1))
    down, across = model.start.get("dilation", (1, 1))
    top, left = step.get("corner", (0, 0))
    at = step["at"]
    if model.kind == "gather":
        tall, wide = step.get("size", (tall, wide))
        planes = [plane for place, plane in enumerate(model.channels(step)) if model.linked(step, place)]
        yield "input", planes, [top + row * down for row in range(tall)], [left + col * across for col in range(wide)]
        yield "output", [at[0]], [at[1]], [at[2]]
    elif model.kind == "scatter":
        many = isinstance(step["input"], list)
        yield "input", [at[0]], list(range(len(step["input"]))) if many else [at[1]], [at[2]]
        planes = [plane for plane, _ in model.stamps(step)]
        yield "output", planes, [top + row * down for row in range(tall)], [left + col * across for col in range(wide)]
    elif isinstance(step.get("output"), list):
        rows, columns = [top + row * down for row in range(tall)], [left + col * across for col in range(wide)]
        yield "input", list(range(model.start["input_shape"][0])), rows, columns
        yield "output", [at[0]], list(range(model.start["output_shape"][1])), [at[2]]
    else:
        place = step.get("from", at)
        shape = model.start["input_shape"]
        if all(0 <= where < side for where, side in zip(place, shape, strict=True)):
            yield "input", [place[0]], [place[1]], [place[2]]
        yield "output", [at[0]], [at[1]], [at[2]]
