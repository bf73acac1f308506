"""Every snippet of NumPy computes what the core computes, and so does the one line that a step is."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core import OPERATIONS
from core.snippets.snippet import Snippet, StepLine
from core.trace import Trace
from core.vocabulary import Array
from tests.core.layers import traces

FAST = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def carried_out(snippet: Snippet, x: Array) -> dict[str, Any]:
    """The names that a snippet leaves behind, in a namespace of its own."""
    space: dict[str, Any] = {}
    exec("import numpy as np\n" + "\n".join(snippet.needs), space)
    space["x"] = x.astype(float)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # a power of a negative number is none, as the core says too
        exec("\n".join(snippet.lines), space)
    return space


def close(one: Any, other: Any) -> bool:
    one, other = np.asarray(one, float), np.asarray(other, float)
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True))


@pytest.mark.parametrize("name", sorted(OPERATIONS))
@FAST
@given(data=st.data())
def test_numpy_computes_the_map_whole_and_in_a_loop(name: str, data: st.DataObject) -> None:
    trace = data.draw(traces(name))
    assume(trace is not None and trace.feature_map().size <= 3000)
    assert trace is not None
    code = trace.layer.code()
    assert code is not None
    for snippet in (code.loop, code.numpy):
        assert close(carried_out(snippet, trace.input)["y"], trace.feature_map()), "\n".join(snippet.lines)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
@FAST
@given(data=st.data())
def test_one_line_is_one_step(name: str, data: st.DataObject) -> None:
    """A step's line, carried out once more, changes nothing but what its step makes."""
    trace = data.draw(traces(name))
    assume(trace is not None and trace.feature_map().size <= 3000)
    assert trace is not None
    code = trace.layer.code()
    assert code is not None
    place = data.draw(st.integers(0, len(trace) - 1))
    space = carried_out(code.loop, trace.input)
    assert close(*both(trace, place, code.step, space))


def both(trace: Trace, place: int, line: StepLine, space: dict[str, Any]) -> tuple[Array, Array]:
    """What a line makes of an output without its step, and the whole output."""
    target = code_target(line)
    whole = space[target].copy()
    text = line.filled(trace[place]["at"])
    if trace.scatters:
        space[target] = np.zeros_like(whole)
        run(text, space)
        stamped = space[target]
        space[target] = whole - stamped
    else:
        space[target] = np.where(touched(text, target, whole), np.nan, whole)
    run(text, space)
    return space[target], whole


def code_target(line: StepLine) -> str:
    return line.text.partition("[")[0]


def touched(text: str, target: str, whole: Array) -> Array:
    """Which cells a line writes."""
    marked = np.zeros(whole.shape, bool)
    left = text.partition(" = ")[0]
    exec(f"{left} = True", {target: marked})
    assert marked.any()
    return marked


def run(text: str, space: dict[str, Any]) -> None:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        exec(text, space)
