"""Large outputs are put together from stretches: the same numbers, in little memory, with pauses in between."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import core
from core import OPERATIONS, bands
from core.bands import whole_output
from core.vocabulary import Layer
from tests.core.layers import agree, traces


@given(st.data())
def test_stretches_make_the_whole_output(data: st.DataObject) -> None:
    trace = data.draw(traces())
    if trace is None:
        return
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bands, "WHOLE", data.draw(st.sampled_from([1, 5, 30])))
        with np.errstate(all="ignore"):
            wanted, got = trace.layer.apply(trace.input), whole_output(trace.layer, trace.input)
    assert got.dtype == wanted.dtype
    assert agree(got, wanted)


def layer_on(name: str, shape: tuple[int, int, int], *settings: object, **more: object) -> Layer:
    return OPERATIONS[name](*settings, **more).layer(shape)


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular", "symmetric"])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_border_is_where_it_was_however_the_rows_are_cut(
    mode: str, stride: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = np.random.default_rng(1).integers(0, 99, (2, 23, 9))
    layer = layer_on("conv2d", x.shape, [[1, 2, 3], [4, 5, 6], [7, 8, 9]], padding=2, padding_mode=mode, stride=stride)
    monkeypatch.setattr(bands, "WHOLE", 20)
    assert np.array_equal(whole_output(layer, x), layer.apply(x))


def test_a_border_of_another_number_is_part_of_the_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.ones((1, 20, 5), np.uint8)
    layer = layer_on("conv2d", x.shape, [[1, 1], [1, 1]], padding=1, padding_value=-7)
    monkeypatch.setattr(bands, "WHOLE", 10)
    assert np.array_equal(whole_output(layer, x), layer.apply(x))


@pytest.mark.parametrize("name", ["conv2d", "sobel", "relu", "sigmoid", "max_pool2d", "avg_pool2d"])
def test_a_large_output_takes_little_more_than_itself(name: str) -> None:
    settings = {"conv2d": ("sobel-x",), "max_pool2d": (3,), "avg_pool2d": (3,)}.get(name, ())
    x = np.ones((1, 3000, 3000), np.uint8)
    layer = layer_on(name, x.shape, *settings)
    tracemalloc.start()
    output = whole_output(layer, x)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert output.shape == layer.output_shape
    assert peak < output.nbytes + 60_000_000


def test_work_ends_where_a_pause_says_so() -> None:
    x, seen = np.ones((1, 4096, 1024)), []

    class Enough(Exception):
        pass

    def pause() -> None:
        seen.append(1)
        if len(seen) == 3:
            raise Enough

    with pytest.raises(Enough):
        whole_output(layer_on("sigmoid", x.shape), x, pause)
    assert len(seen) == 3


def test_a_trace_pauses_too() -> None:
    def never() -> None:
        raise InterruptedError

    trace = core.Trace(core.parse("cat | sobel"), 0, np.ones((1, 9, 9)), never)
    with pytest.raises(InterruptedError):
        trace.feature_map()
    assert trace[0]["output"] == 0
