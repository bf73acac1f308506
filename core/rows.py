"""Bulk playback: whole rows of the output instead of steps, as the steps complete them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from core.trace import Trace
from core.vocabulary import Array, nested_lists


def rows(trace: Trace, start: int, stop: int) -> Iterator[dict[str, Any]]:
    """For bulk playback: a record for each output row, or piece of one, with its outputs.

    Where a step makes one output, `index` is the first step of the piece. Otherwise (scatters, unfold) the records are
    the whole rows that the steps start to stop complete, and `index` is the step that completes them.

    >>> from core.trace import trace
    >>> next(rows(trace("[1 2 3; 4 5 6] | relu"), 1, 6))
    {'type': 'row', 'index': 1, 'at': [0, 0, 1], 'count': 2, 'outputs': [2, 3]}
    """
    finishes = trace.layer.finishes()
    pieces = row_pieces(trace, start, stop) if finishes is None else rows_finished(trace, finishes, start, stop)
    _, H, W = trace.output_shape
    for index, first, last in pieces:
        outputs = trace.outputs(first, last)
        at = [first // (H * W), first // W % H, first % W]
        yield {"type": "row", "index": index, "at": at, "count": len(outputs), "outputs": nested_lists(outputs)}


def row_pieces(trace: Trace, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    """(step, first output cell, the one after the last) of each row of the output that a range of steps makes."""
    W = trace.output_shape[2]
    while start < stop:
        end = min(stop, (start // W + 1) * W)
        yield start, start, end
        start = end


def rows_finished(trace: Trace, finishes: Array, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
    W = trace.output_shape[2]
    for row in np.argsort(finishes, kind="stable").tolist():
        if start <= finishes[row] < stop:
            yield int(finishes[row]), row * W, (row + 1) * W
