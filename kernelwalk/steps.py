"""What a step tells, for checkers of types: app/models/lines.py says what each name means."""

from __future__ import annotations

from typing import Any, TypedDict

Grid = list[list[Any]]
Planes = list[Grid]

Step = TypedDict(
    "Step",
    {
        "type": str,
        "index": int,
        "at": list[int],
        "corner": list[int],
        "window": Planes | Grid,
        "products": Planes | Grid,
        "partial": Planes | Grid,
        "sums": list[Any],
        "sum": Any,
        "count": int,
        "total": Any,
        "largest": Any,
        "exp": Any,
        "bias": Any,
        "output": Any,
        "activated": Any,
        "angle": Any,
        "channel": int,
        "input_channel": int,
        "argmax": list[int],
        "winner": list[int],
        "size": list[int],
        "input": Any,
        "from": list[Any],
        "noise": Any,
        "draw": Any,
        "before": Planes,
        "after": Planes,
        "outputs": list[Any],
    },
    total=False,
)
