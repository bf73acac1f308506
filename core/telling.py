"""What the walked layer says of itself: its rule, what its arrays are called, the curve of an activation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.backward import shapes_of
from core.operations.letters import OUTPUT, step
from core.relations import relations_of
from core.rules.rule import Rule, Said
from core.rules.writing import equal
from core.sizes import sizes_of
from core.texts import Text
from core.trace import Trace

INPUT_NAME, MAP_NAME = Text("Input"), Text("Feature map")
DIGITS = 6  # of a point of a curve


def rule_of(trace: Trace) -> Rule | None:
    """The layer's rule; where an activation follows, with what it makes of each output."""
    rule, f = trace.layer.rule(), trace.activation
    if rule is None or f is None:
        return rule
    line = equal(f.by_name(OUTPUT), step("activated", role="output"))
    said = Said(Text("{name} gives {value}", name=f.letter), {"value": ("step", "activated")})
    return replace(rule, numbers=(*rule.numbers, line), said=(*rule.said, said), activation=f.letter)


def names_of(trace: Trace) -> Mapping[str, Text]:
    """How the page calls what comes in and what comes out; what an operation before has made keeps its name.

    Two of the same name have the number of the layer that makes them.
    """
    before = trace.scene.layers[trace.index - 1].names.get("output", MAP_NAME) if trace.index else INPUT_NAME
    names = {"input": before, "output": MAP_NAME, **trace.operation.names}
    if trace.index and names["input"] == names["output"]:
        numbered = {"input": trace.index, "output": trace.index + 1}
        names |= {role: Text("{name} {number}", name=names[role], number=number) for role, number in numbered.items()}
    return names


def curve_of(trace: Trace) -> list[list[float]] | None:
    """Points of the function that each cell goes through, wide enough for all of this input."""
    points = trace.layer.curve(float(trace.input.min()), float(trace.input.max()))
    return None if points is None else [[round_to(value) for value in point] for point in points.tolist()]


def round_to(value: Any) -> float:
    return float(f"{value:.{DIGITS}g}")


def told(trace: Trace) -> dict[str, Any]:
    """All of it, as data."""
    rule = rule_of(trace)
    return {
        "rule": rule and rule.as_json(),
        "names": dict(names_of(trace)),
        "curve": curve_of(trace),
        "relations": relations_of(trace.layer),
        "backward": shapes_of(trace.layer),
        "sizes": [size.as_json() for size in sizes_of(trace.layer)],
    }
