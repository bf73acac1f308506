"""Which steps of a layer a file shows: `0-3,last`, `corner`, `strongest`, or all as far as they fit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

import numpy as np

from core.errors import SceneError
from core.trace import Trace

LAST, CORNER, STRONGEST = "last", "corner", "strongest"
PIECE = re.compile(r"(?P<first>\d{1,15}|last)(?:-(?P<last>\d{1,15}|last))?")
MOST_PIECES = 64
SYNTAX = "must be steps such as 0-3,last or corner or strongest, counted from 0"


def chosen(text: str, count: int, most: int, every: int | None = None) -> tuple[list[range], int]:
    """The steps that are asked for, and one in how many of them is shown so that at most `most` remain.

    The last of them is always there. `strongest` stands as -1 until the output is known.

    >>> [listed(spans) for spans, _ in (chosen("0-3,last", 10, 5), chosen("", 10, 5), chosen("", 10, 5, 5))]
    [[0, 1, 2, 3, 9], [0, 3, 6, 9], [0, 5, 9]]
    """
    spans = spans_of(text, count)
    total = sum(map(len, spans))
    thin = every if every is not None else 1 if total <= most else math.ceil((total - 1) / (most - 1))
    shown = [span[::thin] for span in spans]
    last = spans[-1][-1]
    return (shown if shown[-1][-1] == last else [*shown, range(last, last + 1)]), thin


def evenly(places: Sequence[int]) -> Iterator[range]:
    """The same places, in their order, as ranges.

    >>> list(evenly([0, 3, 6, 7, 7, 2]))
    [range(0, 7, 3), range(7, 8), range(7, 8), range(2, 3)]
    """
    first = 0
    while first < len(places):
        apart = places[first + 1] - places[first] if first + 1 < len(places) else 1
        last = first
        while apart > 0 and last + 1 < len(places) and places[last + 1] - places[last] == apart:
            last += 1
        yield range(places[first], places[last] + 1, max(1, apart))
        first = last + 1


def listed(spans: list[range]) -> list[int]:
    return [place for span in spans for place in span]


def spans_of(text: str, count: int) -> list[range]:
    if not text:
        return [range(count)]
    pieces = text.split(",")
    if len(pieces) > MOST_PIECES:
        raise SceneError("steps", text, "at most {most} pieces can be joined by commas", most=MOST_PIECES)
    return [span_of(piece.strip(), text, count) for piece in pieces]


def span_of(piece: str, text: str, count: int) -> range:
    if piece == CORNER:
        return range(1)
    if piece == STRONGEST:
        return range(-1, 0)
    found = PIECE.fullmatch(piece)
    if found is None:
        raise SceneError("steps", text, SYNTAX)
    ends = [count - 1 if end == LAST else int(end) for end in (found["first"], found["last"] or found["first"])]
    if ends[0] > ends[1]:
        raise SceneError("steps", text, SYNTAX)
    if ends[1] >= count:
        raise SceneError("steps", text, "the layer has {count} {count|step/steps}, counted from 0", count=count)
    return range(ends[0], ends[1] + 1)


def strongest(trace: Trace) -> int:
    """The step whose answer is largest, whatever its sign; the first of a layer whose steps make no cells."""
    output = trace.feature_map()
    if math.prod(trace.layer.walked_shape) != output.size:
        return 0
    sizes = np.abs(output.astype(np.float64)).reshape(-1)
    return int(np.argmax(np.where(np.isfinite(sizes), sizes, -1)))
