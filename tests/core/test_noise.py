"""Noise from a seed, and the threshold: of every cell alone what they are of the whole picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import core
from core import SceneError
from core.questions.drawing import askable
from core.vocabulary import Array
from tests.core.layers import agree, assembled

GREY = np.full((1, 200, 300), 128)
pictures = arrays.arrays(np.int64, (2, 5, 6), elements=st.integers(-99, 255))


def mapped(operation: str, x: Array) -> Array:
    """The feature map of one operation, after seeing that its steps make the same."""
    trace = core.trace(core.parse(f"cat | {operation}").layers[0], x)
    whole = trace.feature_map()
    assert agree(assembled(trace), whole)
    return whole


@given(pictures, st.integers(-99, 255))
def test_a_threshold_keeps_what_is_above_it(x: Array, limit: int) -> None:
    assert np.array_equal(mapped(f"threshold {limit}", x), np.where(x > limit, x, 0))
    assert np.array_equal(mapped(f"threshold {limit} -5", x), np.where(x > limit, x, -5))
    binary = mapped(f"threshold {limit} maxval=255", x)
    assert np.array_equal(binary, np.where(x > limit, 255, 0))
    assert binary.dtype.kind == "i"
    assert mapped(f"threshold {limit} value=0.5", x).dtype.kind == "f"


def test_a_gaussian_has_the_width_it_is_given_and_whole_numbers_stay_whole() -> None:
    added = mapped("noise 20 seed=3", GREY) - GREY
    assert added.dtype.kind == "i"
    assert abs(added.mean()) < 0.3
    assert abs(added.std() - 20) < 0.3
    within = np.mean(abs(added) <= 20)
    assert 0.66 < within < 0.72  # of a normal distribution 68 % lie within one width, of whole numbers some more
    fine = mapped("noise 0.25", GREY) - GREY
    assert np.allclose(fine, np.round(fine, 4))
    assert abs(fine.std() - 0.25) < 0.004


def test_noise_stays_between_its_ends() -> None:
    for x in (0, 250):
        noisy = mapped("noise 40", np.full((1, 60, 60), x))
        assert (noisy.min(), noisy.max() <= 255) == (0, True) if x == 0 else (noisy.max() == 255)
    wide = mapped("noise 40 low=-1000 high=1000", np.zeros((1, 60, 60), int))
    assert wide.min() < -60
    assert mapped("noise 2 low=0.5", np.zeros((1, 6, 6), int)).min() == 0.5


def test_salt_and_pepper_strikes_as_many_cells_as_it_says() -> None:
    struck = mapped("noise 10 salt_and_pepper", GREY)
    assert abs(np.mean(struck == 0) - 0.05) < 0.004
    assert abs(np.mean(struck == 255) - 0.05) < 0.004
    assert np.array_equal(struck[(struck != 0) & (struck != 255)], GREY[(struck != 0) & (struck != 255)])
    assert set(np.unique(mapped("noise 100 salt_and_pepper low=-1 high=1", GREY))) == {-1, 1}
    assert np.array_equal(mapped("noise 0 salt_and_pepper", GREY), GREY)


def test_more_of_it_strikes_the_same_cells_and_others() -> None:
    """A slider adds to what is there: nothing flickers."""
    few, many = (mapped(f"noise {amount} salt_and_pepper", GREY) != GREY for amount in (5, 20))
    assert (many | ~few).all()


@pytest.mark.parametrize("mode", ["gaussian", "salt_and_pepper"])
def test_a_seed_names_one_noise(mode: str) -> None:
    first, again, other = (mapped(f"noise 20 {mode} seed={seed}", GREY) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("mode", ["gaussian", "salt_and_pepper"])
def test_the_noise_of_a_cell_is_known_without_the_others(mode: str) -> None:
    x = np.arange(3 * 70 * 60).reshape(3, 70, 60)
    trace = core.trace(core.parse(f"cat | noise 30 {mode}").layers[0], x)
    whole = trace.feature_map().reshape(-1)
    for place in (0, 1023, 1024, 4199, 4200, len(trace) - 1):
        assert trace[place]["output"] == whole[place]


@pytest.mark.parametrize(
    "wrong", ["noise -1", "noise 101", "noise 5 pink", "noise seed=-1", "threshold maxval=x", "noise low=9 high=3"]
)
def test_noise_that_cannot_be_is_refused(wrong: str) -> None:
    with pytest.raises(SceneError):
        core.parse(f"cat | {wrong}")


def test_whole_numbers_that_noise_could_bring_beyond_64_bits_are_refused() -> None:
    large = np.array([[[2**63 - 100]]])
    with pytest.raises(SceneError, match="64 bits"):
        core.trace(core.parse("cat | noise").layers[0], large).feature_map()
    assert core.trace(core.parse("cat | noise 0.5").layers[0], large).feature_map().dtype.kind == "f"


@pytest.mark.parametrize(
    ("word", "name"), [("binarize", "threshold"), ("gaussian_noise", "noise"), ("salt-and-pepper", "noise")]
)
def test_words_of_other_libraries_lead_to_them(word: str, name: str) -> None:
    with pytest.raises(SceneError, match=name):
        core.parse(f"cat | {word}")


@pytest.mark.parametrize("mode", ["gaussian", "salt_and_pepper"])
def test_nobody_is_asked_what_chance_has_drawn(mode: str) -> None:
    trace = core.trace(f"[1 2; 3 4] | noise 20 {mode}")
    assert "value" not in askable(trace)
    assert "value" in askable(core.trace("[1 2; 3 4] | threshold 2"))
