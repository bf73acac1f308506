"""Random scenes and settings that are valid by construction, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from core import KERNELS, OPERATIONS, Operation, Scene, SceneError, Source

numbers = st.one_of(
    st.integers(-999, 999),
    st.floats(-1e6, 1e6, allow_nan=False, allow_infinity=False).filter(lambda value: value == value),
)
sides = st.integers(1, 4)


@st.composite
def matrices(draw: st.DrawFn, dimensions: int = 2) -> Any:
    shape = [draw(sides) for _ in range(dimensions)]

    def nested(depth: int) -> Any:
        return tuple(nested(depth + 1) if depth + 1 < dimensions else draw(numbers) for _ in range(shape[depth]))

    return nested(0)


pairs = st.one_of(st.integers(1, 5), st.tuples(st.integers(1, 5), st.integers(1, 5)))
paddings = st.one_of(
    st.sampled_from(["valid", "same", "full"]),
    st.integers(0, 3),
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.tuples(st.integers(0, 3), st.integers(0, 3)), st.tuples(st.integers(0, 3), st.integers(0, 3))),
)
weights = st.one_of(st.sampled_from(sorted(KERNELS)), matrices(2), matrices(3), matrices(4))


def values(kind: str, parameter: Any) -> st.SearchStrategy[Any]:
    """Values that a parameter of this kind takes."""
    least = int(parameter.minimum or 0)
    return {
        "int": st.integers(max(least, 0), max(least, 0) + 2),
        "pair": pairs,
        "padding": paddings,
        "choice": st.sampled_from(parameter.choices or ("",)),
        "number": st.sampled_from([1, 2, 0.25, 3.5]),
        "numbers": st.one_of(numbers, st.lists(numbers, min_size=2, max_size=4).map(tuple)),
        "boolean": st.booleans(),
        "weight": weights,
        "matrix": st.one_of(matrices(2), matrices(3)),
        "sizes": st.tuples(st.integers(1, 3), st.integers(1, 3)),
    }[kind]


@st.composite
def settings_of(draw: st.DrawFn, operation: type[Operation]) -> dict[str, Any]:
    """Any settings that an operation's parameters allow by themselves."""
    given = {
        parameter.name: draw(values(parameter.kind, parameter))
        for parameter in operation.parameters
        if parameter.required or draw(st.booleans())
    }
    if operation.name == "pad" and isinstance(given.get("padding"), str):
        given["padding"] = 1
    return given


@st.composite
def operations(draw: st.DrawFn) -> Operation:
    """Any registered operation with any settings its parameters allow by themselves."""
    operation = OPERATIONS[draw(st.sampled_from(sorted(OPERATIONS)))]
    given = draw(settings_of(operation))
    try:
        return operation(**given)
    except SceneError:  # settings that rule each other out, such as a clip without a limit
        reject()


sources = st.one_of(
    st.builds(
        Source,
        name=st.sampled_from(["cat", "checkerboard", "image:0123456789abcdef"]),
        size=st.one_of(st.none(), st.integers(1, 4096)),
        mode=st.sampled_from([None, "gray", "rgb"]),
        crop=st.one_of(st.none(), st.tuples(*[st.integers(0, 99)] * 2, *[st.integers(1, 99)] * 2)),
    ),
    st.builds(Source, matrix=st.one_of(matrices(2), matrices(3))),
)
scenes = st.builds(Scene, source=sources, layers=st.lists(operations(), min_size=1, max_size=4).map(tuple))
