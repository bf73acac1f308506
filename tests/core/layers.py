"""Random traces of every registered operation, on inputs that fit it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import core
from core import OPERATIONS, SceneError, Trace
from core.vocabulary import Array, Shape
from tests.core.scenes import settings_of

Settings = dict[str, Any]
Fitted = tuple[Settings, Shape]

small = st.integers(1, 3)


def nested(random: np.random.Generator, *shape: int) -> Any:
    """Weights: mostly whole numbers, sometimes fractions."""
    values = random.integers(-5, 6, shape)
    return (values if random.random() < 0.7 else values / 4).tolist()


def planes(draw: st.DrawFn) -> tuple[int, int]:
    return draw(st.integers(1, 8)), draw(st.integers(1, 8))


def kernels(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    """A weight (F, C / groups, kH, kW) and an input of C channels."""
    groups, depth, each = draw(small), draw(small), draw(small)
    weight = nested(random, groups * each, depth, draw(small), draw(small))
    bias = draw(st.sampled_from([None, 0, 3, -0.5, tuple(range(groups * each)), (0,) * (groups * each)]))
    return {"weight": weight, "groups": groups, "bias": bias}, (groups * depth, *planes(draw))


def stamps(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    """A weight whose first axis are the input's channels."""
    given, (_, H, W) = kernels(draw, random)
    return given | {"input_size": None, "bias": draw(st.sampled_from([None, 0, 2.5]))}, (len(given["weight"]), H, W)


def signals(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    given, (C, _, W) = kernels(draw, random)
    weight = np.array(given["weight"])[:, :, 0]
    return given | {"weight": weight.tolist(), "padding": draw(st.sampled_from([0, 1, (1, 2), "same", "full"]))}, (
        C,
        1,
        W,
    )


def matrices(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    inputs = draw(st.integers(1, 12))
    bias = draw(st.sampled_from([None, 0, 2, 0.25]))
    return {"weight": nested(random, draw(small), inputs), "bias": bias}, (inputs, 1, 1)


def patterns(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    given, shape = matrices(draw, random)
    return {"weight": given["weight"]}, shape


def linked(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    """A table of links without an empty row, and a kernel for each of them."""
    outputs, C = draw(small), draw(st.integers(1, 4))
    links = random.integers(0, 2, (outputs, C))
    links[np.arange(outputs), random.integers(0, C, outputs)] = 1
    weight = nested(random, int(links.sum()), draw(small), draw(small))
    bias = draw(st.sampled_from([None, 0, 3, -0.5, tuple(range(outputs))]))
    return {"weight": weight, "links": links.tolist(), "bias": bias}, (C, *planes(draw))


def coefficients(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    C = draw(small)
    weight, bias = (draw(st.sampled_from([0.25, 2, tuple(random.integers(-3, 4, C).tolist())])) for _ in range(2))
    return {"coefficient": weight, "bias": draw(st.sampled_from([None, bias]))}, (C, *planes(draw))


def slides(draw: st.DrawFn) -> Settings:
    pair = st.tuples(small, small)
    return {"kernel_size": draw(pair), "stride": draw(pair), "dilation": draw(pair), "padding": draw(st.integers(0, 1))}


def columns(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    given, size = slides(draw), planes(draw)
    _, rows, count = OPERATIONS["unfold"](**given).layer((draw(small), *size)).output_shape
    return given | {"output_size": size}, (1, rows, count)


def gradients(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    given, groups = slides(draw), draw(small)
    C, F = groups * draw(small), groups * draw(small)
    shape = (C, *planes(draw))
    weight = np.ones((F, C // groups, *given["kernel_size"])).tolist()
    motion = {name: given[name] for name in ("stride", "dilation", "padding")}
    dy = OPERATIONS["conv2d"](weight, groups=groups, **motion).layer(shape).output_shape
    return given | {"groups": groups, "dy": nested(random, *dy), "padding_mode": "zeros"}, shape


def pooled(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    given = slides(draw)
    shape = (draw(small), *planes(draw))
    given |= {"ceil_mode": draw(st.booleans()), "x": random.integers(0, 9, shape).tolist()}
    names = ("kernel_size", "stride", "dilation", "padding", "ceil_mode")
    return given, OPERATIONS["max_pool2d"](**{name: given[name] for name in names}).layer(shape).output_shape


def averaged(draw: st.DrawFn, random: np.random.Generator) -> Fitted:
    given = slides(draw)
    del given["dilation"]
    shape = (draw(small), *planes(draw))
    given |= {"ceil_mode": draw(st.booleans()), "input_size": shape[1:]}
    names = ("kernel_size", "stride", "padding", "ceil_mode")
    return given, OPERATIONS["avg_pool2d"](**{name: given[name] for name in names}).layer(shape).output_shape


# Operations whose settings and input must agree, so that chance alone would hardly ever make them fit.
FITTED: dict[str, Callable[[st.DrawFn, np.random.Generator], Fitted]] = {
    "conv2d": kernels,
    "conv1d": signals,
    "conv_transpose2d": stamps,
    "linear": matrices,
    "rbf": patterns,
    "partial_conv2d": linked,
    "subsample": coefficients,
    "fold": columns,
    "conv2d_backward_input": stamps,
    "conv2d_backward_weight": gradients,
    "max_pool2d_backward": pooled,
    "avg_pool2d_backward": averaged,
}


@st.composite
def traces(draw: st.DrawFn, name: str | None = None) -> Trace | None:
    """A trace of any operation, or of the named one, on a small array; None where the two do not fit."""
    name = name or draw(st.sampled_from(sorted(OPERATIONS)))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    given = draw(settings_of(OPERATIONS[name]))
    shape: Shape = (draw(st.integers(1, 4)), *planes(draw))
    try:
        if name in FITTED and draw(st.integers(0, 9)):
            settings, shape = FITTED[name](draw, random)
            known = {parameter.name for parameter in OPERATIONS[name].parameters}
            given |= {setting: value for setting, value in settings.items() if setting in known}
        x = random.integers(-9, 256, shape)
        return core.trace(OPERATIONS[name](**given), x if draw(st.booleans()) else x / 8)
    except SceneError:
        return None


def assembled(trace: Trace) -> Array:
    """The output made of the steps alone."""
    if trace.scatters:
        return canvas(trace, len(trace))
    output = trace.batch(0, len(trace)).columns["output"]
    return output.reshape(trace.output_shape) if output.ndim == 1 else output.T.reshape(trace.output_shape)


def canvas(trace: Trace, count: int) -> Array:
    """What the first steps of a scatter stamp, added up in order on an empty output (or on the bias)."""
    start = trace.start()
    steps = trace.batch(0, count).columns
    output = np.zeros(trace.output_shape, steps["products"].dtype)
    if start.get("bias"):
        output = output + np.array(start["bias"])[:, None, None]
    for at, corner, products in zip(steps["at"], steps["corner"], steps["products"], strict=True):
        stamp(output, first_plane(trace, at), corner, products, start)
    return output


def first_plane(trace: Trace, at: Array) -> int:
    """The first output channel of the group that a step's channel belongs to."""
    groups = trace.start()["groups"]
    inner = max(1, trace.layer.walked_shape[0] // groups)
    return int(at[0] // inner * (trace.output_shape[0] // groups))


def stamp(output: Array, plane: int, corner: Array, products: Array, start: dict[str, Any]) -> None:
    for (channel, i, j), value in np.ndenumerate(products):
        row, col = corner[0] + i * start["dilation"][0], corner[1] + j * start["dilation"][1]
        if 0 <= row < output.shape[1] and 0 <= col < output.shape[2]:
            output[plane + channel, row, col] += value


def agree(a: Array, b: Array) -> bool:
    """Bit for bit for integers; floats may round differently where sums are ordered differently."""
    if a.dtype.kind == b.dtype.kind == "i":
        return np.array_equal(a, b)
    return bool(np.allclose(a.astype(float), b.astype(float), rtol=1e-12, atol=1e-9, equal_nan=True))


def drawn(name: str, count: int, again: int | None = None) -> list[Trace]:
    """Some layers of an operation; with a seed the same ones again."""
    found: list[Trace] = []

    @settings(max_examples=count, deadline=None, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(trace=traces(name))
    def draw(trace: Trace | None) -> None:
        if trace is not None:
            found.append(trace)

    (draw if again is None else seed(again)(draw))()
    return found
