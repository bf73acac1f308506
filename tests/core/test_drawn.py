"""Random inputs: whole numbers from a seed, written in a line, the same for ever."""

import numpy as np
import pytest

import core
from core.drawn import Drawn
from core.errors import SceneError

FIRST = [1, 7, 4, 3, 1, 4, 7, 7]
THIRD = [[0, 1, 8, 4, 6, 7], [2, 1, 2, 9, 1, 7]]


def values(line: str) -> np.ndarray:
    found = core.parse(f"{line} | relu").source.array()
    assert found is not None
    return found


def second_opinion(seed: int, count: int) -> list[int]:
    """PCG XSL RR 128/64 (O'Neill 2014) in Python's own integers, seeded as NumPy's SeedSequence does."""
    words = [int(word) for word in np.random.SeedSequence(seed).generate_state(4, np.uint64)]
    multiplier, mask = 47026247687942121848144207491837523525, 2**128 - 1
    increment = ((words[2] << 64 | words[3]) << 1 | 1) & mask
    state = (increment + (words[0] << 64 | words[1])) & mask
    state = (state * multiplier + increment) & mask
    told = []
    for _ in range(count):
        state = (state * multiplier + increment) & mask
        mixed, turn = (state >> 64 ^ state) & (2**64 - 1), state >> 122
        told.append((mixed >> turn | mixed << (-turn & 63)) & (2**64 - 1))
    return told


def test_the_numbers_of_a_seed_stay_as_they_are() -> None:
    assert values("random 2x6 seed=3")[0].tolist() == THIRD
    assert values("random 1x8 seed=0")[0].tolist() == [FIRST]


@pytest.mark.parametrize("seed", [0, 1, 3, 2**31 - 1])
def test_another_implementation_draws_the_same(seed: int) -> None:
    assert values(f"random 4x5 seed={seed}").reshape(-1).tolist() == [raw % 10 for raw in second_opinion(seed, 20)]


def test_the_ends_are_included_and_nothing_lies_beyond() -> None:
    drawn = values("random 100x100 seed=1 min=-2 max=3")
    assert sorted(set(drawn.reshape(-1).tolist())) == [-2, -1, 0, 1, 2, 3]
    assert abs(float(drawn.mean()) - 0.5) < 0.1


def test_three_sides_are_channels_first() -> None:
    assert values("random 3x4x5 seed=2").shape == (3, 4, 5)
    assert values("random 3x4x5 seed=2").reshape(-1).tolist() == values("random 12x5 seed=2").reshape(-1).tolist()


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("random 6x6", "random 6x6 seed=0"),
        ("RANDOM seed=3 6×6", "random 6x6 seed=3"),
        ("random 6*6 seed=3 min=0 max=9", "random 6x6 seed=3"),
        ("random 2x3x4 max=1 seed=5", "random 2x3x4 seed=5 max=1"),
    ],
)
def test_a_line_has_one_spelling_and_its_json_comes_back(written: str, canonical: str) -> None:
    scene = core.parse(f"{written} | relu")
    assert scene.line == f"{canonical} | relu"
    assert core.scene_from_json(scene.as_json()) == scene == core.parse(scene.line)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("random", "shape"),
        ("random 6", "input"),
        ("random seed=3", "shape"),
        ("random 0x6", "shape"),
        ("random 5000x1", "shape"),
        ("random 300x300", "shape"),
        ("random 6x6 seed=-1", "seed"),
        ("random 6x6 seed=1.5", "seed"),
        ("random 6x6 seed=x", "seed"),
        ("random 6x6 min=5 max=4", "max"),
        ("random 6x6 6x6", "shape"),
        ("random 6x6 rgb", "input"),
        ("random 6x6 sede=3", "input"),
        ("random 6x6 seed=99999999999999999999", "seed"),
        ("random 6x6 shape=[1 2; 3 4]", "shape"),
    ],
)
def test_what_cannot_be_drawn_is_refused(line: str, field: str) -> None:
    with pytest.raises(SceneError) as refusal:
        core.parse(f"{line} | relu")
    assert refusal.value.field == field


@pytest.mark.parametrize(
    "told", [{"size": 6}, {"mode": "rgb"}, {"crop": [0, 0, 1, 1]}, {"shape": None}, {"shape": "6x6"}, {"shape": [6]}]
)
def test_json_says_nothing_that_has_no_effect(told: dict[str, object]) -> None:
    with pytest.raises(SceneError):
        core.scene_from_json(
            {"input": {"source": "random", "shape": [6, 6], **told}, "layers": [{"operation": "relu"}]}
        )


def test_a_picture_has_no_seed() -> None:
    with pytest.raises(SceneError) as refusal:
        core.scene_from_json({"input": {"source": "cat", "seed": 3}, "layers": [{"operation": "relu"}]})
    assert refusal.value.field == "seed"


def test_the_numbers_cannot_be_written_over() -> None:
    with pytest.raises(ValueError, match="read-only"):
        Drawn((2, 2)).values()[0, 0, 0] = 5
