"""What a still shows: a figure at a step, or several steps of it side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.render.captions import caption_height, captioned
from app.render.description import Figure
from app.render.shapes import Frame, Line, Rect, Shape

MOST_PANELS, MOST_ACROSS = 12, 3
NARROWEST_PANEL = 320  # pixels in which a figure's numbers are read
USUAL_PANELS = 4
GAP = 24


@dataclass(frozen=True, slots=True)
class Sheet:
    """Shapes on paper of some size."""

    size: tuple[int, int]
    shapes: list[Shape]
    title: str


def height_of(size: tuple[int, int], width: int) -> int:
    """Pixels down of a figure that is so many across."""
    return round(width * size[1] / size[0])


def title_of(figure: Figure) -> str:
    return f"Kernelwalk: {figure.trace.scene.line}"


def page(figure: Figure, index: int) -> Sheet:
    """One step."""
    step = figure.step(index)
    return Sheet(figure.size, [*figure.still(step), *figure.moving(step)], title_of(figure))


def across(count: int, width: int | None = None) -> int:
    """How many panels of a strip stand in a row; in a width that somebody chose, no more than can be read.

    >>> [across(count) for count in (1, 2, 3, 4, 5, 12)]
    [1, 2, 3, 2, 3, 3]
    >>> [across(12, width) for width in (320, 700, 1400)]
    [1, 2, 3]
    """
    usual = 2 if count == 4 else min(count, MOST_ACROSS)
    return usual if width is None else max(1, min(usual, width // NARROWEST_PANEL))


def spread(count: int) -> list[int]:
    """Steps of a walk for a strip, where nobody chose them: the first, the last, and some between.

    >>> spread(2542), spread(2)
    ([0, 847, 1694, 2541], [0, 1])
    """
    return sorted({round(place * (count - 1) / (USUAL_PANELS - 1)) for place in range(USUAL_PANELS)})


def strip(figure: Figure, steps: Sequence[int], columns: int) -> Sheet:
    """Several steps, so many in a row; the caption stands once, below."""
    wide, tall = figure.size
    tall -= caption_height(figure.caption, wide)
    rows = math.ceil(len(steps) / columns)
    width, height = columns * wide + (columns - 1) * GAP, rows * tall + (rows - 1) * GAP
    size = (width, height + caption_height(figure.caption, width))
    return Sheet(size, list(panels(figure, steps, columns, tall, size)), title_of(figure))


def panels(figure: Figure, steps: Sequence[int], columns: int, tall: int, size: tuple[int, int]) -> Iterator[Shape]:
    roles = figure.roles
    yield Rect(0, 0, *size, roles["paper"])
    for place, index in enumerate(steps):
        x, y = place % columns * (figure.size[0] + GAP), place // columns * (tall + GAP)
        yield Frame(x + 0.5, y + 0.5, figure.size[0] - 1, tall - 1, roles["line"], 1)
        step = figure.step(index)
        for shape in [*figure.stays_of(step), *figure.moving(step)]:
            yield shifted(shape, x, y)
    if figure.caption:
        yield from captioned(figure.caption, roles["text"], size)


def shifted(shape: Shape, x: float, y: float) -> Shape:
    if isinstance(shape, Line):
        return replace(shape, points=tuple((across + x, down + y) for across, down in shape.points))
    return replace(shape, x=shape.x + x, y=shape.y + y)
